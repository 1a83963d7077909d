// What compiled code and the runtime know of each other. The compiler emits these tables and calls
// the pyc_* entry points of runtime/abi/entry.h; nothing else crosses the border.
//
// A native function of n parameters (all plain positional) has the C signature
//     Value f(FunctionObject* self, Value a0, ..., Value an-1)
// Arguments are borrowed from the caller for the length of the call; the result is owned, or null
// with the exception raised. With more than kMaxRegisterArguments parameters, or other kinds of
// parameter, it is
//     Value f(FunctionObject* self, Value* locals)
// where locals[0..parameters) are the bound arguments, borrowed as well.
//
// The native function of a generator runs it from one suspension to the next:
//     Value f(FunctionObject* self, Value* registers, uint64_t resumption, Value sent)
// `registers` are those of its frame (interp/frame.h), `resumption` is 0 at its start, else one
// more than the word of the yield; `sent` is handed over. The result is owned. Having yielded, it
// has called pyc_suspend; otherwise it has returned or, with null, raised. After a side exit the
// interpreter has left the generator in one of these ways.
//
// A function that a profile specialised has general code beside, which a call goes on in that left
// the specialised code: at the function's beginning, or in one of its loops. Its signature is
//     Value f(FunctionObject* self, Value* registers, uint64_t word)
// It takes what the registers of the interpreter's frame hold, but for free variables, before it
// does anything else; the frame is gone. The result is owned, or null with the exception raised.
#pragma once

#include "runtime/base/value.h"

#include <cstdint>

namespace pyc::rt {

inline constexpr unsigned kMaxRegisterArguments = 12;

/// General code that a call goes on in.
struct Continuation {
  uint32_t word; // that the code begins at
  void* entry;   // as above
};

/// Facts about the native code of one code object, and the memory that both tiers use for it: the
/// runtime fills these arrays in prepareCode and points the CodeObject at them.
struct NativeCode {
  void* entry; // as above; null: not compiled
  uint32_t parameterCount;
  uint32_t arrayEntry; // 1: takes the array
  Value* constants;    // one a constant of the code record
  struct StrObject** names;
  struct GlobalSlot** globalSlots;
  struct AttrCache* attrCaches;
  /// The one that uses the arrays, once there is one; others are interpreted.
  struct CodeObject* code;
  const Continuation* continuations; // by word
  uint32_t continuationCount;
};

/// Where calls in a module's native code return to, and what runs there: what
/// interp/stack_walk.h tells the frames of native code by.
struct CallSite {
  uint32_t offset; // of the return address, from CallTable::code
  uint32_t place;  // the innermost, in CallTable::places
};
struct CallPlace {
  uint32_t code;   // index
  uint32_t word;   // of the call, or an instruction of the same place in the source
  uint32_t caller; // one more than the place of the call that was inlined; 0: the outermost
};
/// Where a function begins, which is not always an entry that the runtime knows.
struct FunctionStart {
  static constexpr uint32_t kNoCode = UINT32_MAX; // a copy of the runtime's
  uint32_t offset;                                // as in CallSite
  uint32_t code;                                  // index
};
struct CallTable {
  const char* code;      // the first function's
  const CallSite* sites; // by offset
  const CallPlace* places;
  const FunctionStart* functions; // by offset
  uint32_t siteCount;
  uint32_t functionCount;
};

/// One compiled module.
struct NativeModule {
  const char* name;           // dotted; "__main__" for the program
  const void* image;          // uop image
  NativeCode* const* natives; // by code index; null entries are interpreted
  const char* file;           // source path as given to the build
  uint32_t isPackage;
  uint32_t sourceSize;
  const char* source;     // of a file that does not compile, which importing it raises, or a
                          // NativeText's; or null
  const CallTable* calls; // null without native code
};

/// A text that the program is expected to compile while it runs (a profile saw it), compiled ahead.
/// The module's `source` is the text, its `file` the file's name as compile() is told.
struct NativeText {
  const NativeModule* module;
  uint32_t mode; // rt::CompileMode (runtime/interp/compile.h)
  uint32_t futureFlags;
  uint32_t optimize;
};

/// A module written in C++ (runtime/modules/modules.def). Its fill function, which adds its
/// contents when it is first imported, is the C symbol PYC_MODULE_FILL_PREFIX + name.
struct BuiltinModule {
  const char* name;
  bool (*fill)(struct ModuleObject* module);
};
#define PYC_MODULE_FILL_PREFIX "fillModule_"

/// What an instrumented program does beside running: begin() once the runtime is ready, end() when
/// `__main__` has ended, before the modules are cleared.
struct ProgramHooks {
  void (*begin)();
  void (*end)();
};

/// What an executable is made of; the linker resolves it.
struct NativeProgram {
  const NativeModule* const* modules; // the first is __main__
  uint32_t moduleCount;
  uint32_t builtinCount;
  const BuiltinModule* builtins; // the C++ modules that the program may import: all that are linked
  const ProgramHooks* hooks;     // or null
  const NativeText* texts;
  uint32_t textCount;
};

extern "C" const NativeProgram pycProgram;

/// State at a guard: how to rebuild the interpreter's frame. Emitted as constant data.
struct DeoptInfo {
  uint32_t word;       // instruction to go on at
  uint32_t valueCount; // entries of registers[] and kinds[], without those inside of others
  const int16_t* registers;
  const uint8_t* kinds; // DeoptKind of each
  const char* guard;    // what failed: the operation's name, for statistics
  uint32_t isGeneral;   // 1: in the code of a Continuation
};

/// How a register's value was kept by native code. Every kind takes one spilled word unless it says
/// otherwise.
enum DeoptKind : uint8_t {
  kDeoptOwned = 0,         // Value, maybe null; its count goes to the frame
  kDeoptBorrowed = 1,      // Value, maybe null; the frame takes a new count
  kDeoptInt = 2,           // int64_t, not boxed
  kDeoptFloat = 3,         // double, not boxed
  kDeoptBool = 4,          // 0 or 1
  kDeoptRangeIterator = 5, // three words: next, stop, step
  /// Words: the function (counted), where it goes on (interp/generator.h, rebuildGenerator), and
  /// how many entries follow, which are the registers of the generator's frame.
  kDeoptGenerator = 6,
  /// What sum(), any() or all() is called as (objects/reductions.h). Words: the function (counted),
  /// and how many entries follow, which are the state.
  kDeoptReduction = 7,
  kDeoptAgain = 8, // the object that was rebuilt as number n (from 0) of this frame state; word: n
  kDeoptIntOrNull = 9, // two words: int64_t, not boxed; whether it is there
  /// Words: how many entries follow, which are the items. Null when an item is.
  kDeoptTuple = 10,
  /// Words: how many attributes, and their names (StrObject*, in the order in which they were
  /// added). One entry more than that follows: the class and the attributes. Null when one is.
  kDeoptInstance = 11,
  /// Not a register's value: the entries behind it are of the frame of an inlined call's callee.
  /// The register is the call's kind (InlinedCall). Words: the function (borrowed), the word to go
  /// on at.
  kDeoptFrame = 12,
};

/// Methods that operations on instances run. TruthLength is the `__len__` of a class without
/// `__bool__`, asked for a truth value.
enum class SpecialMethod : uint8_t {
  GetItem,
  SetItem,
  DeleteItem,
  Call,
  Neg,
  Pos,
  Invert,
  Bool,
  Length,
  TruthLength,
  Contains,
  Iter,
  Next
};

/// What the instruction of an inlined call was: one with a result (a call, attribute or item), one
/// without (a store or deletion), ... Operators: kInlinedOperator + BinaryOp.
enum InlinedCall : int16_t {
  kInlinedStore = -1,
  kInlinedCall = 0,
  kInlinedConstruction = 1,
  kInlinedOperator = 2
};

/// Registers of the frame state of an inlined call that no frame has.
enum InlinedCallRegister : int16_t {
  kCallerRegister = -32768,       // in the callee's state: the caller's (uop.caller_frame)
  kCallInstanceRegister = -32767, // what is constructed
  kCallFunctionRegister = -32766, // the callee, when it is in no register
};

/// Where an AttrCache has its value (runtime/objects/code.h; checked in runtime/abi/entry.cpp).
inline constexpr uint32_t kCacheValue = 8;

/// Where native code finds the parts of an exact list (runtime/objects/list.h; checked in
/// runtime/abi/entry.cpp).
struct ListFields {
  static constexpr uint32_t kShape = 17 * 64;
  static constexpr uint32_t kData = 16, kCount = 24, kStorage = 40;
};
enum ListStorageKind : uint32_t { kListValues, kListInts, kListFloats, kListBools };

} // namespace pyc::rt
