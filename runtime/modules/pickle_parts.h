// Pickles: what the files pickle_*.cpp share. The opcodes are those that pickletools describes.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt::pickle {

enum class Op : uint8_t {
  Mark = '(',
  Stop = '.',
  Pop = '0',
  PopMark = '1',
  Dup = '2',
  Float = 'F',
  Int = 'I',
  BinInt = 'J',
  BinInt1 = 'K',
  Long = 'L',
  BinInt2 = 'M',
  None = 'N',
  PersId = 'P',
  BinPersId = 'Q',
  Reduce = 'R',
  String = 'S',
  BinString = 'T',
  ShortBinString = 'U',
  Unicode = 'V',
  BinUnicode = 'X',
  Append = 'a',
  Build = 'b',
  Global = 'c',
  Dict = 'd',
  EmptyDict = '}',
  Appends = 'e',
  Get = 'g',
  BinGet = 'h',
  Inst = 'i',
  LongBinGet = 'j',
  List = 'l',
  EmptyList = ']',
  Obj = 'o',
  Put = 'p',
  BinPut = 'q',
  LongBinPut = 'r',
  SetItem = 's',
  Tuple = 't',
  EmptyTuple = ')',
  SetItems = 'u',
  BinFloat = 'G',
  // Protocol 2.
  Proto = 0x80,
  NewObj = 0x81,
  Ext1 = 0x82,
  Ext2 = 0x83,
  Ext4 = 0x84,
  Tuple1 = 0x85,
  Tuple2 = 0x86,
  Tuple3 = 0x87,
  NewTrue = 0x88,
  NewFalse = 0x89,
  Long1 = 0x8a,
  Long4 = 0x8b,
  // Protocol 3.
  BinBytes = 'B',
  ShortBinBytes = 'C',
  // Protocol 4.
  ShortBinUnicode = 0x8c,
  BinUnicode8 = 0x8d,
  BinBytes8 = 0x8e,
  EmptySet = 0x8f,
  AddItems = 0x90,
  FrozenSet = 0x91,
  NewObjEx = 0x92,
  StackGlobal = 0x93,
  Memoize = 0x94,
  Frame = 0x95,
  // Protocol 5.
  ByteArray8 = 0x96,
  NextBuffer = 0x97,
  ReadOnlyBuffer = 0x98,
};

inline constexpr int kHighestProtocol = 5, kDefaultProtocol = 5;
/// Items that one APPENDS, SETITEMS or ADDITEMS takes.
inline constexpr int64_t kBatch = 1000;

extern constinit TypeObject pickleErrorType, picklingErrorType, unpicklingErrorType;
extern constinit TypeObject picklerType, picklerMemoType, unpicklerType, unpicklerMemoType;
extern constinit TypeObject pickleBufferType;

/// module.name of a module that is imported if need be.
Ref importedValue(const char* module, const char* name);
/// The module of that name, from sys.modules where it is there.
Ref moduleNamed(Value name);
/// The value at a dotted path; AttributeError. `parent`, unless null, becomes what the last part
/// was found in.
Ref valueAtPath(Value module, StrObject* path, Ref* parent = nullptr);
/// Raises a new exception whose context is the one that is being raised.
template <class... Args> Raised raiseOver(TypeObject& type, const char* format, Args... args);
/// Gives what is being raised the context.
void chainTo(Ref context);
/// mapping[key] of a dict that _compat_pickle has; null with nothing raised where it has none.
bool compatible(const char* mapping, Value key, Ref& found);

template <class... Args> Raised raiseOver(TypeObject& type, const char* format, Args... args) {
  Ref context = takeRaised();
  raise(type, format, args...);
  chainTo(std::move(context));
  return {};
}

/// A pickler's or unpickler's mark that a thread is at work with it.
class InUse {
public:
  InUse(bool& flag, const char* what);
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;
  ~InUse();
  explicit operator bool() const { return flag_ != nullptr; }

private:
  bool* flag_ = nullptr;
};

// pickle_pickler.cpp and pickle_unpickler.cpp: functions of the module.
Ref dumpFunction(const Value* args);
Ref dumpsFunction(const Value* args);
Ref loadFunction(const Value* args);
Ref loadsFunction(const Value* args);

/// What pickler.memo and unpickler.memo give: a view of the memo, of a type whose instances have
/// this size and these ends.
struct MemoProxyObject {
  Object header;
  Value owner;
};
inline Value ownerOf(Value proxy) {
  return proxy.as<MemoProxyObject>()->owner;
}
Ref makeMemoProxy(TypeObject* type, Value owner);
void clearMemoProxy(Object* self);
void deallocMemoProxy(Object* self);
void traverseMemoProxy(Object* self, Visitor& visitor);

} // namespace pyc::rt::pickle
