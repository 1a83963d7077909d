// Methods of bytes and bytearray that cut them or put them together.
#include "runtime/objects/bytes_methods.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/piece_list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_split.h"

#include <cstring>
#include <string>

namespace pyc::rt::bytes_methods {

namespace {

bool isBlank(uint8_t c) {
  return c == ' ' || c - 9u < 5;
}
bool isLineBreak(uint8_t c) {
  return c == '\n' || c == '\r';
}

struct Cutter {
  Value self;
  std::string_view view;
  PieceList pieces;

  bool operator()(int64_t start, int64_t stop) {
    if (start == 0 && static_cast<size_t>(stop) == view.size())
      return pieces.push(bytesUnchanged(self));
    auto at = static_cast<size_t>(start);
    return pieces.push(bytesLike(self, view.substr(at, static_cast<size_t>(stop) - at)));
  }
};

Ref splitEnds(const Value* args, bool forward) {
  SizeLock lock(args[0]);
  int64_t limit = -1;
  if (!sizeArg(args[2], limit))
    return {};
  if (limit < 0)
    limit = INT64_MAX;
  bool atBlanks = !args[1] || args[1].isNone();
  BytesLike separator;
  if (!atBlanks && !separator.open(args[1]))
    return {};
  if (!atBlanks && separator.size() == 0)
    return raise(valueErrorType, "empty separator");
  Cutter cut{args[0], byteView(args[0]), {}};
  auto emit = [&](int64_t start, int64_t stop) { return cut(start, stop); };
  const uint8_t* data = byteData(cut.view);
  auto length = static_cast<int64_t>(cut.view.size());
  bool done;
  if (atBlanks)
    done = forward ? text::splitBlanks(data, length, limit, isBlank, emit)
                   : text::rsplitBlanks(data, length, limit, isBlank, emit);
  else
    done = forward ? text::splitAt(data, length, separator.data(), separator.size(), limit, emit)
                   : text::rsplitAt(data, length, separator.data(), separator.size(), limit, emit);
  if (!done)
    return {};
  if (!forward)
    cut.pieces.reverse();
  return cut.pieces.finish();
}

} // namespace

Ref split(const Value* args) {
  return splitEnds(args, true);
}
Ref rsplit(const Value* args) {
  return splitEnds(args, false);
}

Ref splitlines(const Value* args) {
  bool keepEnds = false;
  if (!boolArg(args[1], keepEnds))
    return {};
  Cutter cut{args[0], byteView(args[0]), {}};
  bool done =
      text::splitLines(byteData(cut.view), static_cast<int64_t>(cut.view.size()), keepEnds,
                       isLineBreak, [&](int64_t start, int64_t stop) { return cut(start, stop); });
  return done ? cut.pieces.finish() : Ref();
}

// strip, lstrip, rstrip.

namespace {

Ref stripEnds(const Value* args, text::StripEnds ends) {
  BytesLike set;
  bool blanks = !args[1] || args[1].isNone();
  if (!blanks && !set.open(args[1]))
    return {};
  std::string_view view = byteView(args[0]);
  int64_t start = 0, stop = static_cast<int64_t>(view.size());
  if (blanks)
    text::strip(byteData(view), start, stop, ends, isBlank);
  else
    text::strip(byteData(view), start, stop, ends, [&](uint8_t c) {
      return set.size() != 0 && memchr(set.data(), c, set.get().size()) != nullptr;
    });
  if (static_cast<size_t>(stop - start) == view.size())
    return bytesUnchanged(args[0]);
  return bytesLike(args[0],
                   view.substr(static_cast<size_t>(start), static_cast<size_t>(stop - start)));
}

} // namespace

Ref strip(const Value* args) {
  return stripEnds(args, text::kStripBoth);
}
Ref lstrip(const Value* args) {
  return stripEnds(args, text::kStripLeft);
}
Ref rstrip(const Value* args) {
  return stripEnds(args, text::kStripRight);
}

// join.

Ref join(const Value* args) {
  Value iterable = args[1];
  if (!isTuple(iterable) && !isList(iterable) && !typeOf(iterable)->slots.iter &&
      !typeOf(iterable)->slots.getItem)
    return raise(typeErrorType, "can only join an iterable");
  SizeLock lock(args[0]);
  PYC_TRY(items, sequenceTuple(iterable));
  TupleObject* tuple = asTuple(items);
  if (tuple->count == 1 && hasShape(tuple->items()[0], kShapeBytes) && isBytes(args[0]))
    return Ref::copy(tuple->items()[0]);
  std::string out;
  for (int64_t i = 0; i < tuple->count; ++i) {
    Value item = tuple->items()[i];
    if (!hasBuffer(item))
      return raise(typeErrorType, "sequence item %lld: expected a bytes-like object, %T found",
                   static_cast<long long>(i), item);
    BytesLike bytes;
    if (!bytes.open(item))
      return {};
    if (isList(iterable) && asList(iterable)->count != tuple->count)
      return raise(runtimeErrorType, "sequence changed size during iteration");
    if (i != 0)
      out += byteView(args[0]);
    out += bytes.get();
  }
  return bytesLike(args[0], out);
}

} // namespace pyc::rt::bytes_methods
