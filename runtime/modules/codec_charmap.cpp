// Codecs by a mapping: a str or any mapping from bytes to characters for decoding, a mapping from
// characters to bytes for encoding.
#include "runtime/modules/codec_kinds.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/codec_errors.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <vector>

namespace pyc::rt {

namespace {

constexpr const char* kUndefined = "character maps to <undefined>";

// A map that encodes fast: characters below 65534 to bytes.

struct EncodingMapObject {
  Object header;
  uint8_t* pages[256]; // by the high byte; 256 bytes each, or null. Byte 0 stands for U+0000 only
  int64_t bytes;
};

void deallocMap(Object* self) {
  for (uint8_t* page : reinterpret_cast<EncodingMapObject*>(self)->pages)
    delete[] page;
  freeObject(self);
}

Ref mapSize(const Value* args) {
  return makeInt(args[0].as<EncodingMapObject>()->bytes);
}

constexpr MethodDef kMapMethods[] = {
    {.signature = "size($self, /)", .bound = mapSize, .doc = "Its size in memory, in bytes."},
};

constinit TypeObject encodingMapType = {
    .name = "EncodingMap",
    .base = &objectType,
    .basicSize = sizeof(EncodingMapObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kMapMethods,
    .slots = {.dealloc = deallocMap},
};

/// The byte for a character; -1: none.
int findByte(const EncodingMapObject* map, uint32_t c) {
  if (c == 0)
    return 0;
  if (c > 0xFFFF || !map->pages[c >> 8])
    return -1;
  uint8_t byte = map->pages[c >> 8][c & 0xFF];
  return byte ? byte : -1;
}

bool fitsMap(StrObject* table) {
  if (table->length == 0 || table->length > 256 || table->at(0) != 0)
    return false;
  for (int64_t i = 1; i < table->length; ++i)
    if (table->at(i) == 0 || table->at(i) > 0xFFFE)
      return false;
  return true;
}

Ref buildMap(StrObject* table) {
  readyType(&encodingMapType);
  Object* object = allocObject(&encodingMapType);
  if (!object)
    return {};
  auto* map = reinterpret_cast<EncodingMapObject*>(object);
  map->bytes = sizeof(EncodingMapObject);
  for (int64_t i = 1; i < table->length; ++i) {
    uint32_t c = table->at(i);
    if (c == 0xFFFE) // undefined
      continue;
    uint8_t*& page = map->pages[c >> 8];
    if (!page) {
      page = new uint8_t[256]();
      map->bytes += 256;
    }
    page[c & 0xFF] = static_cast<uint8_t>(i);
  }
  return Ref::steal(object);
}

Ref buildDict(StrObject* table) {
  PYC_TRY(dict, newDict());
  for (int64_t i = 0; i < table->length; ++i)
    if (!dictSet(asDict(dict), Value::fromInt(table->at(i)), Value::fromInt(i)))
      return {};
  return dict;
}

// Decoding.

/// What the mapping has for a byte: null with nothing raised when it is undefined.
Ref findMapped(Value mapping, uint32_t key) {
  Ref found = getItem(mapping, Value::fromInt(key));
  if (!found)
    catchRaised(lookupErrorType);
  return found.isNone() ? Ref() : std::move(found);
}

/// Appends what stands for a byte; `isDefined` says whether there is any.
bool appendMapped(Value mapping, uint8_t byte, StrBuilder& out, bool& isDefined) {
  isDefined = false;
  Ref mapped = findMapped(mapping, byte);
  if (!mapped)
    return !isRaised();
  if (isInteger(mapped)) {
    int64_t c;
    if (!intFits64(mapped, c) || c < 0 || c > 0x10FFFF)
      return raise(typeErrorType, "character mapping must be in range(0x%x)", 0x110000);
    isDefined = c != 0xFFFE;
    if (isDefined)
      out.appendChar(static_cast<uint32_t>(c));
    return true;
  }
  if (!isStr(mapped))
    return raise(typeErrorType, "character mapping must return integer, None or str");
  StrObject* text = asStr(mapped);
  isDefined = text->length != 1 || text->at(0) != 0xFFFE;
  if (isDefined)
    out.append(text);
  return true;
}

bool appendFromTable(StrObject* table, uint8_t byte, StrBuilder& out) {
  if (byte >= table->length || table->at(byte) == 0xFFFE)
    return false;
  out.appendChar(table->at(byte));
  return true;
}

// Encoding.

class CharmapEncoder {
public:
  CharmapEncoder(StrObject* str, const ErrorHandling& errors, Value mapping)
      : str_(str), mapping_(mapping), handler_("charmap", str, errors) {}

  Ref encode() {
    for (int64_t at = 0; at < str_->length;) {
      bool isDefined;
      if (!put(str_->at(at), isDefined))
        return {};
      if (isDefined)
        ++at;
      else if (!handle(at))
        return {};
    }
    return makeBytes(out_);
  }

private:
  /// Appends the bytes for a character, if the mapping has any.
  bool put(uint32_t c, bool& isDefined) {
    if (typeOf(mapping_) == &encodingMapType) {
      int byte = findByte(mapping_.as<EncodingMapObject>(), c);
      isDefined = byte >= 0;
      if (isDefined)
        out_ += static_cast<char>(byte);
      return true;
    }
    Ref mapped = findMapped(mapping_, c);
    isDefined = static_cast<bool>(mapped);
    return mapped ? append(mapped) : !isRaised();
  }

  bool append(Value mapped) {
    if (isBytes(mapped)) {
      out_ += asBytes(mapped)->view();
      return true;
    }
    if (!isInteger(mapped))
      return raise(typeErrorType, "character mapping must return integer, bytes or None, not %T",
                   mapped);
    int64_t byte;
    if (!intFits64(mapped, byte) || byte < 0 || byte > 255)
      return raise(typeErrorType, "character mapping must be in range(256)");
    out_ += static_cast<char>(byte);
    return true;
  }

  /// The error handler takes the whole stretch of characters that have no bytes.
  bool handle(int64_t& at) {
    int64_t end = at + 1;
    for (; end < str_->length; ++end) {
      bool isDefined;
      size_t size = out_.size();
      if (!put(str_->at(end), isDefined))
        return false;
      out_.resize(size);
      if (isDefined)
        break;
    }
    int64_t next = handler_.handle(at, end, kUndefined);
    if (next < 0 || !putReplacement(at, end))
      return false;
    at = next;
    return true;
  }

  bool putReplacement(int64_t start, int64_t end) {
    if (handler_.hasBytes()) {
      out_ += handler_.bytes();
      return true;
    }
    StrObject* text = handler_.text();
    for (int64_t i = 0; i < text->length; ++i) {
      bool isDefined;
      if (!put(text->at(i), isDefined))
        return false;
      if (!isDefined)
        return handler_.raiseError(start, end, kUndefined) >= 0;
    }
    return true;
  }

  StrObject* str_;
  Value mapping_;
  EncodeErrors handler_;
  std::string out_;
};

} // namespace

Ref decodeCharmap(std::string_view data, const ErrorHandling& errors, Value mapping) {
  if (!mapping || mapping.isNone())
    return decodeText(data, Encoding::Latin1);
  StrBuilder out;
  DecodeErrors handler("charmap", data, errors, out);
  auto size = static_cast<int64_t>(data.size());
  for (int64_t at = 0; at < size;) {
    auto byte = static_cast<uint8_t>(data[static_cast<size_t>(at)]);
    bool isDefined;
    if (isExactStr(mapping))
      isDefined = appendFromTable(asStr(mapping), byte, out);
    else if (!appendMapped(mapping, byte, out, isDefined))
      return {};
    at = isDefined ? at + 1 : handler.handle(at, at + 1, kUndefined);
    if (at < 0)
      return {};
  }
  return out.finish();
}

Ref encodeCharmap(StrObject* str, const ErrorHandling& errors, Value mapping) {
  if (!mapping || mapping.isNone())
    return encodeText(str, Encoding::Latin1, errors);
  return CharmapEncoder(str, errors, mapping).encode();
}

Ref buildCharmap(StrObject* table) {
  return fitsMap(table) ? buildMap(table) : buildDict(table);
}

} // namespace pyc::rt
