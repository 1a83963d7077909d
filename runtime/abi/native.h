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
#pragma once

#include "runtime/base/value.h"

#include <cstdint>

namespace pyc::rt {

inline constexpr unsigned kMaxRegisterArguments = 12;

struct NativeCode {
  void* entry;            // as above; null: not compiled
  uint32_t parameterCount;
  uint32_t arrayEntry;    // 1: takes the array
};

/// One compiled module.
struct NativeModule {
  const char* name;                 // dotted; "__main__" for the program
  const void* image;                // uop image
  const NativeCode* const* natives; // by code index; null entries are interpreted
  const char* file;                 // source path as given to the build
  uint32_t isPackage;
  uint32_t reserved;
};

/// What an executable is made of; the linker resolves it.
struct NativeProgram {
  const NativeModule* modules;
  uint32_t moduleCount;
  uint32_t flags;
};

/// State at a guard: how to rebuild the interpreter's frame. Emitted as constant data.
struct DeoptInfo {
  uint32_t word;          // instruction to go on at
  uint32_t valueCount;    // entries of registers[] and of the spilled values
  const int16_t* registers;
  const uint8_t* kinds;   // DeoptKind of each
};
enum DeoptKind : uint8_t {
  kDeoptOwned = 0,    // Value, its count goes to the frame
  kDeoptBorrowed = 1, // Value, the frame takes a new count
  kDeoptInt = 2,      // int64_t, not boxed
  kDeoptFloat = 3,    // double, not boxed
  kDeoptBool = 4,     // 0 or 1
};

} // namespace pyc::rt
