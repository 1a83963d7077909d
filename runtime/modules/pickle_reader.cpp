// Reading pickles: the stack, the memo and the opcodes.
#include "runtime/modules/pickle_reader.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/set.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt::pickle {

// The memo.

void ReadMemo::putAnywhere(uint64_t index, Value object) {
  constexpr uint64_t kGap = 1 << 16;
  incref(object);
  Value* place;
  if (index < dense_.size() + kGap) {
    if (index >= dense_.size())
      dense_.resize(index + 1);
    place = &dense_[index];
  } else {
    place = &sparse_[index];
  }
  Value old = std::exchange(*place, object);
  if (old)
    decref(old);
  else
    ++count_;
}

void ReadMemo::clear() {
  std::vector<Value> dense;
  std::unordered_map<uint64_t, Value> sparse;
  dense.swap(dense_);
  sparse.swap(sparse_);
  count_ = 0;
  for (Value value : dense)
    decrefMaybe(value);
  for (auto& [index, value] : sparse)
    decref(value);
}

// The stack.

Reader::~Reader() {
  for (Value value : stack_)
    decref(value);
}

bool Reader::raiseUnderflow() {
  return raise(unpicklingErrorType,
               marks_.empty() ? "unpickling stack underflow" : "unexpected MARK found");
}

bool Reader::popMark(size_t& start) {
  if (marks_.empty())
    return raise(unpicklingErrorType, "could not find MARK");
  start = marks_.back();
  marks_.pop_back();
  return true;
}

bool Reader::dropFrom(size_t start) {
  while (stack_.size() > start) {
    Value value = stack_.back();
    stack_.pop_back();
    decref(value);
  }
  return true;
}

Ref Reader::tupleFrom(size_t start) {
  size_t count = stack_.size() - start;
  Ref tuple = makeTupleStealing(stack_.data() + start, count);
  stack_.resize(start);
  return tuple;
}

/// A value, or the mark where that is on top.
bool Reader::popItem() {
  if (!marks_.empty() && marks_.back() == stack_.size()) {
    marks_.pop_back();
    return true;
  }
  Ref value;
  return pop(value);
}

bool Reader::wideNumber(size_t bytes, uint64_t& result) {
  std::string_view view;
  if (!in_.take(bytes, view))
    return false;
  result = 0;
  memcpy(&result, view.data(), bytes);
  return true;
}

bool Reader::get(uint64_t index) {
  if (Value found = memo_.find(index))
    return push(Ref::copy(found));
  return raise(unpicklingErrorType, "Memo value not found at index %llu",
               static_cast<unsigned long long>(index));
}

bool Reader::put(uint64_t index) {
  if (!has(1))
    return false;
  memo_.put(index, top());
  return true;
}

/// The opcodes of data, and those that any pickle has many of.
bool Reader::step(Op op, uint8_t code) {
  uint64_t n;
  size_t start;
  switch (op) {
  case Op::None:
    return push(Ref::none());
  case Op::NewTrue:
    return push(Ref::boolean(true));
  case Op::NewFalse:
    return push(Ref::boolean(false));
  case Op::BinInt1:
    return number(1, n) && push(Ref::number(Value::fromInt(static_cast<int64_t>(n))));
  case Op::BinInt2:
    return number(2, n) && push(Ref::number(Value::fromInt(static_cast<int64_t>(n))));
  case Op::BinInt:
    return number(4, n) && push(Ref::number(Value::fromInt(static_cast<int32_t>(n))));
  case Op::BinFloat:
    return loadBinFloat();
  case Op::Long1:
    return loadLongBytes(1);
  case Op::Long4:
    return loadLongBytes(4);
  case Op::ShortBinUnicode:
    return loadText(1);
  case Op::BinUnicode:
    return loadText(4);
  case Op::BinUnicode8:
    return loadText(8);
  case Op::ShortBinBytes:
    return loadBytes(1);
  case Op::BinBytes:
    return loadBytes(4);
  case Op::BinBytes8:
    return loadBytes(8);
  case Op::Memoize:
    return put(memo_.count());
  case Op::BinPut:
    return number(1, n) && put(n);
  case Op::LongBinPut:
    return number(4, n) && put(n);
  case Op::BinGet:
    return number(1, n) && get(n);
  case Op::LongBinGet:
    return number(4, n) && get(n);
  case Op::Mark:
    marks_.push_back(stack_.size());
    return true;
  case Op::EmptyList:
    return push(newList(0));
  case Op::EmptyDict:
    return push(newDict());
  case Op::EmptyTuple:
    return push(makeTuple(nullptr, 0));
  case Op::EmptySet:
    return push(newSet());
  case Op::Append:
    return has(1) && append(stack_.size() - 1);
  case Op::Appends:
    return popMark(start) && append(start);
  case Op::SetItem:
    return has(2) && setItems(stack_.size() - 2);
  case Op::SetItems:
    return popMark(start) && setItems(start);
  case Op::AddItems:
    return addItems();
  case Op::Tuple:
    return popMark(start) && push(tupleFrom(start));
  case Op::Tuple1:
  case Op::Tuple2:
  case Op::Tuple3:
    return loadTuple(code - static_cast<uint8_t>(Op::Tuple1) + 1u);
  case Op::NewObj:
    return loadNewObj(false);
  case Op::Build:
    return loadBuild();
  case Op::Reduce:
    return loadReduce();
  case Op::StackGlobal:
    return loadStackGlobal();
  default:
    return stepRare(op, code);
  }
}

static Raised raiseUnknown(uint8_t code) {
  char text[8];
  bool isPrintable = code >= 0x20 && code < 0x7F && code != '\'' && code != '\\';
  snprintf(text, sizeof text, isPrintable ? "%c" : "\\x%02x", code);
  return raise(unpicklingErrorType, "invalid load key, '%s'.", text);
}

bool Reader::stepRare(Op op, uint8_t code) {
  uint64_t n;
  size_t start;
  std::string_view line;
  switch (op) {
  case Op::Proto:
    if (!number(1, n))
      return false;
    if (n > kHighestProtocol)
      return raise(valueErrorType, "unsupported pickle protocol: %d", static_cast<int>(n));
    protocol_ = static_cast<int>(n);
    return true;
  case Op::Frame:
    if (!number(8, n))
      return false;
    if (n > INT64_MAX)
      return raise(overflowErrorType, "FRAME length exceeds system's maximum of %lld bytes",
                   static_cast<long long>(INT64_MAX));
    return in_.beginFrame(n);
  case Op::Int:
    return loadInt();
  case Op::Long:
    return loadLong();
  case Op::Float:
    return loadFloat();
  case Op::String:
    return loadString();
  case Op::BinString:
    return loadBinString(4);
  case Op::ShortBinString:
    return loadBinString(1);
  case Op::Unicode:
    return in_.line(line) && push(decodeUnicodeLine(line));
  case Op::ByteArray8:
    return loadByteArray();
  case Op::NextBuffer:
    return loadBuffer();
  case Op::ReadOnlyBuffer:
    return makeReadOnly();
  case Op::Pop:
    return popItem();
  case Op::PopMark:
    return popMark(start) && dropFrom(start);
  case Op::Dup:
    return has(1) && push(Ref::copy(top()));
  case Op::Get:
    return indexLine(n, false) && get(n);
  case Op::Put:
    return has(1) && indexLine(n, true) && put(n);
  case Op::List:
    return loadList();
  case Op::Dict:
    return loadDict();
  case Op::FrozenSet:
    return loadFrozenSet();
  case Op::Global:
    return loadGlobal();
  case Op::Ext1:
    return loadExtension(1);
  case Op::Ext2:
    return loadExtension(2);
  case Op::Ext4:
    return loadExtension(4);
  case Op::Inst:
    return loadInst();
  case Op::Obj:
    return loadObj();
  case Op::NewObjEx:
    return loadNewObj(true);
  case Op::PersId:
    return loadPersistentLine();
  case Op::BinPersId: {
    Ref id;
    return pop(id) && loadPersistent(std::move(id));
  }
  default:
    return raiseUnknown(code);
  }
}

Ref Reader::load() {
  protocol_ = 0;
  for (;;) {
    uint8_t code;
    if (!in_.opcode(code))
      return {};
    auto op = static_cast<Op>(code);
    if (op == Op::Stop)
      break;
    if (!step(op, code))
      return {};
  }
  Ref result;
  if (!pop(result) || !in_.finish())
    return {};
  return result;
}

} // namespace pyc::rt::pickle
