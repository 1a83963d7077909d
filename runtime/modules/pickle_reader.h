// Reading pickles.
//
//   pickle_input.cpp        bytes, or a file
//   pickle_read_atoms.cpp   numbers and texts
//   pickle_read_objects.cpp containers, calls, states
//   pickle_reader.cpp       the opcodes
#pragma once

#include "runtime/modules/pickle_parts.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pyc::rt::pickle {

/// What a pickle is read from. Functions return false with an exception; what they give is valid
/// until the next call.
class PickleInput {
public:
  explicit PickleInput(std::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()), start_(at_) {}
  /// The methods of a file, borrowed; `peek` may be null.
  PickleInput(Value read, Value readLine, Value readInto, Value peek)
      : read_(read), readLine_(readLine), readInto_(readInto), peek_(peek) {}

  bool byte(uint8_t& result) {
    if (at_ != end_ && at_ != frameEnd_) [[likely]] {
      result = static_cast<uint8_t>(*at_++);
      return true;
    }
    std::string_view bytes;
    if (!take(1, bytes))
      return false;
    result = static_cast<uint8_t>(bytes[0]);
    return true;
  }
  /// The next opcode; EOFError at the end.
  bool opcode(uint8_t& result) { return byte(result) || raiseEnd(); }
  bool take(uint64_t count, std::string_view& result) {
    const char* limit = frameEnd_ ? frameEnd_ : end_;
    if (count <= static_cast<size_t>(limit - at_)) [[likely]] {
      result = {at_, count};
      at_ += count;
      return true;
    }
    return takeSlow(count, result);
  }
  /// A line without the end of the line; `whole` has it.
  bool line(std::string_view& result);
  /// A frame of so many bytes begins.
  bool beginFrame(uint64_t length);
  /// Fills memory.
  bool fill(uint8_t* to, size_t count);
  /// The pickle has ended: the file goes on behind it.
  bool finish();

private:
  bool raiseEnd();
  bool takeSlow(uint64_t count, std::string_view& result);
  bool more(uint64_t count);
  bool readFully(uint64_t count);
  bool skipPeeked();
  bool keep(Ref bytes);

  const char *at_ = nullptr, *end_ = nullptr;
  const char* start_ = nullptr;    // of the bytes
  const char* frameEnd_ = nullptr; // null: in no frame
  const char* peekedFrom_ = nullptr;
  Value read_, readLine_, readInto_, peek_;
  Ref chunk_; // bytes that at_ and end_ point into
};

/// What has been memoized, by number.
class ReadMemo {
public:
  ~ReadMemo() { clear(); }
  Value find(uint64_t index) const {
    if (index < dense_.size()) [[likely]]
      return dense_[index];
    auto found = sparse_.find(index);
    return found == sparse_.end() ? Value() : found->second;
  }
  void put(uint64_t index, Value object) {
    if (index == dense_.size() && index == count_) [[likely]] {
      incref(object);
      dense_.push_back(object);
      ++count_;
    } else {
      putAnywhere(index, object);
    }
  }
  void clear();
  void swap(ReadMemo& other) {
    dense_.swap(other.dense_);
    sparse_.swap(other.sparse_);
    std::swap(count_, other.count_);
  }
  /// How many there are: what MEMOIZE takes for the next.
  uint64_t count() const { return count_; }
  void each(auto use) const {
    for (size_t i = 0; i < dense_.size(); ++i)
      if (dense_[i])
        use(static_cast<uint64_t>(i), dense_[i]);
    for (auto& [index, object] : sparse_)
      use(index, object);
  }

private:
  void putAnywhere(uint64_t index, Value object);

  std::vector<Value> dense_;
  std::unordered_map<uint64_t, Value> sparse_; // numbers far behind the others
  uint64_t count_ = 0;
};

/// Values are borrowed; null: not given.
struct ReaderSettings {
  bool fixImports = true;
  Value encoding, errors; // strs; null: ASCII, strict
  Value buffers;          // an iterator
  Value unpickler;        // asked for classes
  Value persistentLoad;
};

/// The object that a name in a module stands for.
Ref findClass(Value module, Value name, int protocol, bool fixImports);

/// A text in which \uXXXX and \UXXXXXXXX stand for characters.
Ref decodeUnicodeLine(std::string_view line);

/// Reads one pickle. Functions return false with an exception.
class Reader {
public:
  Reader(PickleInput& input, ReadMemo& memo, const ReaderSettings& settings, int& protocol)
      : settings_(settings), memo_(memo), in_(input), protocol_(protocol) {}
  Reader(const Reader&) = delete;
  ~Reader();

  Ref load();

private:
  bool step(Op op, uint8_t code);
  bool stepRare(Op op, uint8_t code);
  /// A number of so many bytes, least significant first.
  bool number(size_t bytes, uint64_t& result) {
    if (bytes == 1) {
      uint8_t byte;
      if (!in_.byte(byte))
        return false;
      result = byte;
      return true;
    }
    return wideNumber(bytes, result);
  }
  bool wideNumber(size_t bytes, uint64_t& result);

  // The stack.
  bool push(Ref value) {
    if (!value)
      return false;
    stack_.push_back(value.release());
    return true;
  }
  bool pop(Ref& value) {
    if (!has(1))
      return false;
    value = Ref::steal(stack_.back());
    stack_.pop_back();
    return true;
  }
  /// At least so many values lie above the last mark.
  bool has(size_t count) {
    size_t fence = marks_.empty() ? 0 : marks_.back();
    return stack_.size() - fence >= count || raiseUnderflow();
  }
  bool raiseUnderflow();
  Value top() const { return stack_.back(); }
  bool popMark(size_t& start);
  bool dropFrom(size_t start);
  Ref tupleFrom(size_t start);
  bool popItem();

  // Atoms.
  bool loadInt();
  bool loadLong();
  bool loadFloat();
  bool loadBinFloat();
  bool loadLongBytes(size_t lengthBytes);
  bool loadString();
  bool loadCounted(size_t lengthBytes, const char* what, std::string_view& bytes);
  bool loadBinString(size_t lengthBytes);
  bool loadText(size_t lengthBytes);
  bool loadBytes(size_t lengthBytes);
  bool loadByteArray();
  bool pushString(std::string_view bytes);

  // Memo.
  bool get(uint64_t index);
  bool put(uint64_t index);
  bool indexLine(uint64_t& index, bool isPut);

  // Objects.
  Ref classNamed(Value module, Value name);
  bool loadGlobal();
  bool loadStackGlobal();
  bool loadExtension(size_t bytes);
  bool loadInst();
  bool loadObj();
  bool instantiate(Value type, Value args);
  bool loadReduce();
  bool loadNewObj(bool isEx);
  bool loadBuild();
  bool setAttributes(Value object, Value state, bool isPlain);
  bool hasPlainState(Value object);
  StrObject* attributeName(Value key);
  bool loadPersistent(Ref id);
  bool loadPersistentLine();
  bool loadTuple(size_t count);
  bool loadList();
  bool loadDict();
  bool append(size_t start);
  bool setItems(size_t start);
  bool addItems();
  bool loadFrozenSet();
  bool loadBuffer();
  bool makeReadOnly();

  const ReaderSettings& settings_;
  ReadMemo& memo_;
  PickleInput& in_;
  int& protocol_;
  std::vector<Value> stack_; // owned
  std::vector<size_t> marks_;
  TypeObject* plainType_ = nullptr; // whose instances have plain states (hasPlainState)
  uint32_t plainVersion_ = 0;
  /// Names of attributes, which come again with each instance of a class, and their interned forms.
  struct KnownName {
    Ref read;
    StrObject* interned = nullptr;
  } names_[32];
};

} // namespace pyc::rt::pickle
