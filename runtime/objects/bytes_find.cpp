// Methods of bytes and bytearray that look for bytes: find, count, startswith, partition, replace.
#include "runtime/objects/bytes_methods.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_places.h"
#include "runtime/objects/text_search.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt::bytes_methods {

namespace {

/// What find() looks for: bytes, or one byte given as an integer.
class Needle {
public:
  bool open(Value argument) {
    if (argument.isObject() && hasBuffer(argument))
      return buffer_.open(argument);
    if (!isInteger(argument) && !typeOf(argument)->slots.index)
      return raise(typeErrorType, "argument should be integer or bytes-like object, not '%T'",
                   argument);
    isByte_ = true;
    return byteArg(argument, byte_);
  }
  const uint8_t* data() const { return isByte_ ? &byte_ : buffer_.data(); }
  int64_t length() const { return isByte_ ? 1 : buffer_.size(); }

private:
  BytesLike buffer_;
  uint8_t byte_ = 0;
  bool isByte_ = false;
};

struct SearchArgs {
  Needle needle;
  TextRange range;
  const uint8_t* data = nullptr;

  bool parse(const Value* args) {
    if (!range.parse(args[2], args[3]) || !needle.open(args[1]))
      return false;
    std::string_view self = byteView(args[0]);
    data = byteData(self);
    range.clip(static_cast<int64_t>(self.size()));
    return true;
  }
  int64_t length() const { return range.stop - range.start; }
};

Ref search(const Value* args, bool forward, bool mustFind) {
  SizeLock lock(args[0]);
  SearchArgs search;
  if (!search.parse(args))
    return {};
  int64_t found = -1;
  const Needle& needle = search.needle;
  if (search.length() >= needle.length()) {
    const uint8_t* from = search.data + search.range.start;
    found = forward ? text::find(from, search.length(), needle.data(), needle.length())
                    : text::rfind(from, search.length(), needle.data(), needle.length());
  }
  if (found < 0 && mustFind)
    return raise(valueErrorType, "subsection not found");
  return Ref::number(Value::fromInt(found < 0 ? -1 : search.range.start + found));
}

} // namespace

Ref find(const Value* args) {
  return search(args, true, false);
}
Ref index(const Value* args) {
  return search(args, true, true);
}
Ref rfind(const Value* args) {
  return search(args, false, false);
}
Ref rindex(const Value* args) {
  return search(args, false, true);
}

Ref count(const Value* args) {
  SizeLock lock(args[0]);
  SearchArgs search;
  if (!search.parse(args))
    return {};
  const Needle& needle = search.needle;
  int64_t total = 0;
  if (search.length() >= needle.length())
    total = text::count(search.data + search.range.start, search.length(), needle.data(),
                        needle.length());
  return Ref::number(Value::fromInt(total));
}

// Prefixes and suffixes.

namespace {

/// Whether self has the part at the start or end of the range; the result in `result`.
bool hasEnd(Value self, Value part, TextRange range, bool atStart, bool& result) {
  BytesLike bytes;
  if (!bytes.open(part))
    return false;
  std::string_view view = byteView(self);
  range.clip(static_cast<int64_t>(view.size()));
  int64_t last = range.stop - bytes.size();
  int64_t at = atStart ? range.start : last;
  result = last >= range.start &&
           memcmp(view.data() + at, bytes.data(), static_cast<size_t>(bytes.size())) == 0;
  return true;
}

Ref testEnd(const char* function, const Value* args, bool atStart) {
  TextRange range;
  if (!range.parse(args[2], args[3]))
    return {};
  bool result = false;
  if (isTuple(args[1])) {
    TupleObject* parts = asTuple(args[1]);
    for (int64_t i = 0; i < parts->count && !result; ++i) {
      if (!hasEnd(args[0], parts->items()[i], range, atStart, result))
        return {};
    }
    return Ref::boolean(result);
  }
  if (!hasBuffer(args[1]))
    return raise(typeErrorType, "%s first arg must be bytes or a tuple of bytes, not %T", function,
                 args[1]);
  if (!hasEnd(args[0], args[1], range, atStart, result))
    return {};
  return Ref::boolean(result);
}

} // namespace

Ref startswith(const Value* args) {
  return testEnd("startswith", args, true);
}
Ref endswith(const Value* args) {
  return testEnd("endswith", args, false);
}

Ref removeprefix(const Value* args) {
  BytesLike prefix;
  if (!prefix.open(args[1]))
    return {};
  std::string_view self = byteView(args[0]);
  if (prefix.size() == 0 || !self.starts_with(prefix.get()))
    return bytesUnchanged(args[0]);
  return bytesLike(args[0], self.substr(prefix.get().size()));
}

Ref removesuffix(const Value* args) {
  BytesLike suffix;
  if (!suffix.open(args[1]))
    return {};
  std::string_view self = byteView(args[0]);
  if (suffix.size() == 0 || !self.ends_with(suffix.get()))
    return bytesUnchanged(args[0]);
  return bytesLike(args[0], self.substr(0, self.size() - suffix.get().size()));
}

// partition, rpartition.

namespace {

Ref partitionAt(const Value* args, bool forward) {
  BytesLike separator;
  if (!separator.open(args[1]))
    return {};
  if (separator.size() == 0)
    return raise(valueErrorType, "empty separator");
  Value self = args[0];
  std::string_view view = byteView(self);
  auto length = static_cast<int64_t>(view.size());
  int64_t found = forward ? text::find(byteData(view), length, separator.data(), separator.size())
                          : text::rfind(byteData(view), length, separator.data(), separator.size());
  std::string_view before, middle, after;
  if (found >= 0) {
    before = view.substr(0, static_cast<size_t>(found));
    middle = separator.get();
    after = view.substr(before.size() + middle.size());
  } else {
    (forward ? before : after) = view;
  }
  // Parts that are the whole are the same object where self can't change.
  PYC_TRY(first, before.size() == view.size() ? bytesUnchanged(self) : bytesLike(self, before));
  PYC_TRY(second, found >= 0 && hasShape(args[1], kShapeBytes) && isBytes(self)
                      ? Ref::copy(args[1])
                      : bytesLike(self, middle));
  PYC_TRY(third, after.size() == view.size() ? bytesUnchanged(self) : bytesLike(self, after));
  return tupleOf(first, second, third);
}

} // namespace

Ref partition(const Value* args) {
  return partitionAt(args, true);
}
Ref rpartition(const Value* args) {
  return partitionAt(args, false);
}

// replace.

namespace {

Ref interleave(Value self, std::string_view view, std::string_view inserted, int64_t limit) {
  int64_t count = std::min(limit, static_cast<int64_t>(view.size()) + 1);
  int64_t length;
  if (__builtin_mul_overflow(count, static_cast<int64_t>(inserted.size()), &length) ||
      __builtin_add_overflow(length, static_cast<int64_t>(view.size()), &length))
    return raise(overflowErrorType, "replace bytes is too long");
  ByteOutput result;
  if (!result.makeLike(self, length))
    return {};
  uint8_t* out = result.data();
  for (int64_t i = 0; i < count; ++i) {
    std::copy(inserted.begin(), inserted.end(), out);
    out += inserted.size();
    if (static_cast<size_t>(i) < view.size())
      *out++ = static_cast<uint8_t>(view[static_cast<size_t>(i)]);
  }
  if (static_cast<size_t>(count) < view.size())
    memcpy(out, view.data() + count, view.size() - static_cast<size_t>(count));
  return result.finish();
}

Ref replaceAt(Value self, std::string_view view, std::string_view old, std::string_view inserted,
              const Places& places) {
  int64_t growth, length;
  if (__builtin_mul_overflow(static_cast<int64_t>(inserted.size()) -
                                 static_cast<int64_t>(old.size()),
                             places.count(), &growth) ||
      __builtin_add_overflow(static_cast<int64_t>(view.size()), growth, &length))
    return raise(overflowErrorType, "replace bytes is too long");
  ByteOutput result;
  if (!result.makeLike(self, length))
    return {};
  uint8_t* out = result.data();
  size_t done = 0;
  for (int64_t i = 0; i < places.count(); ++i) {
    size_t kept = static_cast<size_t>(places[i]) - done;
    memcpy(out, view.data() + done, kept);
    std::copy(inserted.begin(), inserted.end(), out + kept);
    out += kept + inserted.size();
    done = static_cast<size_t>(places[i]) + old.size();
  }
  memcpy(out, view.data() + done, view.size() - done);
  return result.finish();
}

} // namespace

Ref replace(const Value* args) {
  BytesLike old, inserted;
  int64_t limit = -1;
  if (!old.open(args[1]) || !inserted.open(args[2]) || !sizeArg(args[3], limit))
    return {};
  if (limit < 0)
    limit = INT64_MAX;
  std::string_view view = byteView(args[0]);
  if (limit == 0 || old.get().size() > view.size())
    return bytesUnchanged(args[0]);
  if (old.size() == 0)
    return inserted.size() == 0 ? bytesUnchanged(args[0])
                                : interleave(args[0], view, inserted.get(), limit);
  Places places;
  if (!findPlaces(byteData(view), static_cast<int64_t>(view.size()), old.data(), old.size(), limit,
                  places))
    return {};
  if (places.count() == 0)
    return bytesUnchanged(args[0]);
  return replaceAt(args[0], view, old.get(), inserted.get(), places);
}

} // namespace pyc::rt::bytes_methods
