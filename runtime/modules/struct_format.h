// Formats of the module _struct, parsed, and the conversion of single items. Parts of the module:
//
//   struct_format.cpp  reading formats
//   struct_items.cpp   packing and unpacking items
//   _struct.cpp        the class Struct, the functions
#pragma once

#include "runtime/objects/type.h"

#include <string_view>
#include <vector>

namespace pyc::rt {

/// `repeat` items of one kind, one behind the other.
struct StructCode {
  char kind;      // the letter; 'F' and 'D' for Zf and Zd
  int64_t offset; // of the first item
  int64_t size;   // bytes an item; of 's' and 'p' the whole text
  int64_t repeat;
};

struct StructFormat {
  std::vector<StructCode> codes;
  int64_t size = 0;      // bytes
  int64_t itemCount = 0; // Python values
  bool isBig = false;

  /// Reads a format; struct.error when it is none.
  bool parse(std::string_view text);

private:
  bool parseCode(std::string_view text, size_t& at, bool isNative);
};

extern constinit TypeObject structErrorType;

/// One item as Python value.
Ref unpackItem(const StructCode& code, const uint8_t* from, bool isBig);
/// Writes one item; struct.error.
bool packItem(const StructCode& code, uint8_t* to, bool isBig, Value value);

} // namespace pyc::rt
