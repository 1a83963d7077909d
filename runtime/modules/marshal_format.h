// The module marshal: values as bytes. Parts:
//
//   marshal.cpp        the functions
//   marshal_write.cpp  writing
//   marshal_read.cpp   reading
//   marshal_code.cpp   code objects
//
// The bytes are CPython's but for those of code objects, which carry the image of uops that they
// belong to.
#pragma once

#include "runtime/objects/dict.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pyc::rt {

inline constexpr int kMarshalVersion = 6;
inline constexpr int kMostMarshalDepth = 2000;
inline constexpr uint8_t kMarshalRefFlag = 0x80; // the object may be referred to later

enum class MarshalType : uint8_t {
  Null = '0',
  None = 'N',
  False = 'F',
  True = 'T',
  StopIteration = 'S',
  Ellipsis = '.',
  Int = 'i',
  Int64 = 'I', // of old versions
  Float = 'f', // as text
  BinaryFloat = 'g',
  Complex = 'x', // as texts
  BinaryComplex = 'y',
  Long = 'l',
  Bytes = 's',
  Reference = 'r',
  SmallTuple = ')',
  Tuple = '(',
  List = '[',
  Dict = '{',
  FrozenDict = '}',
  Code = 'c',
  Text = 'u',
  Interned = 't',
  Ascii = 'a',
  AsciiInterned = 'A',
  ShortAscii = 'z',
  ShortAsciiInterned = 'Z',
  Set = '<',
  FrozenSet = '>',
  Slice = ':',
};

class MarshalWriter {
public:
  MarshalWriter(int version, bool allowsCode) : version_(version), allowsCode_(allowsCode) {}
  /// ValueError for what can't be written.
  bool write(Value value);
  std::string& bytes() { return out_; }

private:
  /// Writes a reference to what was written before; else notes it and gives the flag for its type.
  bool writeReference(Value value, uint8_t& flag);
  bool writeNew(Value value, uint8_t flag);
  bool writeSequence(Value value, uint8_t flag);
  bool writeMapping(Value value, uint8_t flag);
  bool writeSet(Value value, uint8_t flag);
  bool writeSlice(Value value, uint8_t flag);
  bool writeBuffer(Value value, uint8_t flag);
  bool writeCode(Value value, uint8_t flag);
  bool writeInt(Value value, uint8_t flag);
  bool writeText(Value value, uint8_t flag);
  bool writeNumber(Value value, uint8_t flag);
  bool writeItems(const Value* items, int64_t count);

  void putType(MarshalType type, uint8_t flag) {
    out_ += static_cast<char>(static_cast<uint8_t>(type) | flag);
  }
  void putByte(uint8_t byte) { out_ += static_cast<char>(byte); }
  void putLong(uint32_t number) { putWord(number, 4); }
  void putWord(uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i)
      out_ += static_cast<char>(number >> (8 * i));
  }
  bool putSize(size_t size);
  void putDouble(double number) { putWord(__builtin_bit_cast(uint64_t, number), 8); }
  void putFloatText(double number);

  int version_;
  bool allowsCode_;
  int depth_ = 0;
  std::string out_;
  /// Numbers of what was written, by the values' bits.
  std::unordered_map<uint64_t, uint32_t> written_;
  std::vector<uint64_t> unfinished_; // slices and code objects that are being written
};

class MarshalReader {
public:
  MarshalReader(std::string_view data, bool allowsCode) : data_(data), allowsCode_(allowsCode) {}
  /// The next object; EOFError, ValueError.
  Ref read();
  /// What was not read yet.
  size_t position() const { return position_; }
  /// Must come before anything is read.
  bool prepare();

private:
  /// As read; null without an exception for Null, which ends dicts.
  Ref readMaybe();
  Ref readItem(const char* container);
  Ref readType(MarshalType type, bool isKept);
  Ref readTuple(int64_t count, bool isKept);
  Ref readList(bool isKept);
  Ref readDict(bool isKept, bool isFrozen);
  Ref readSet(bool isKept, bool isFrozen);
  Ref readSlice(bool isKept);
  Ref readCode(bool isKept);
  Ref readLong();
  Ref readText(size_t size, bool isAscii, bool isInterned);
  Ref readFloatText();
  Ref readReference();

  /// Notes an object that may be referred to.
  Ref keep(Ref value, bool isKept);
  int64_t reserve(bool isKept);
  Ref fill(int64_t place, Ref value);

  bool take(size_t size, std::string_view& bytes);
  bool takeWord(int size, uint64_t& number);
  bool takeSize(const char* what, int64_t& size);
  bool takeDouble(double& number);
  bool takeFloatText(double& number);

  std::string_view data_;
  size_t position_ = 0;
  bool allowsCode_;
  int depth_ = 0;
  Ref kept_; // list
};

/// The fields of a code object as a tuple of values that can be written, and back.
Ref packCode(Value code);
Ref unpackCode(Value fields);

} // namespace pyc::rt
