// Methods of str that cut it or put it together: split, splitlines, strip, join, ...
#include "runtime/base/unicode/unicode.h"
#include "runtime/objects/list.h"
#include "runtime/objects/piece_list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str_methods.h"
#include "runtime/objects/str_needle.h"
#include "runtime/objects/text_split.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt::str_methods {

namespace {

bool isBlank(uint32_t c) {
  return isUnicodeSpace(c);
}

bool isLineBreak(uint32_t c) {
  return hasUnicodeFlag(c, kUnicodeLineBreak);
}

/// Makes the pieces of a str; those of an ASCII str without looking at them.
struct Cutter {
  StrObject* str;
  PieceList pieces;

  bool operator()(int64_t start, int64_t stop) {
    if (start == 0 && stop == str->length)
      return pieces.push(exactStr(str));
    if (PYC_LIKELY(str->isAscii()))
      return pieces.push(makeNarrow(str->data() + start, stop - start, StrKind::Ascii));
    return pieces.push(strSlice(str, start, stop));
  }
};

struct SplitArgs {
  StrObject* str;
  Value separator; // None, or a str that is not empty
  int64_t limit = -1;

  bool parse(const Value* args) {
    str = asStr(args[0]);
    separator = args[1] ? args[1] : Value::none();
    if (!sizeArg(args[2], limit))
      return false;
    if (limit < 0)
      limit = INT64_MAX;
    if (separator.isNone())
      return true;
    if (!isStr(separator))
      return raise(typeErrorType, "must be str or None, not %T", separator);
    if (asStr(separator)->length == 0)
      return raise(valueErrorType, "empty separator");
    return true;
  }
};

} // namespace

Ref split(const Value* args) {
  SplitArgs parsed;
  if (!parsed.parse(args))
    return {};
  StrObject* str = parsed.str;
  Cutter cut{str, {}};
  auto emit = [&](int64_t start, int64_t stop) { return cut(start, stop); };
  bool done;
  if (parsed.separator.isNone()) {
    done = withChars(str, [&](auto* chars) {
      return text::splitBlanks(chars, str->length, parsed.limit, isBlank, emit);
    });
  } else {
    StrObject* separator = asStr(parsed.separator);
    if (separator->kind() > str->kind()) {
      done = emit(0, str->length);
    } else {
      done = withNeedle(str, separator, false, [&](auto* chars, auto* needle) {
        return text::splitAt(chars, str->length, needle, separator->length, parsed.limit, emit);
      });
    }
  }
  return done ? cut.pieces.finish() : Ref();
}

Ref rsplit(const Value* args) {
  SplitArgs parsed;
  if (!parsed.parse(args))
    return {};
  StrObject* str = parsed.str;
  Cutter cut{str, {}};
  auto emit = [&](int64_t start, int64_t stop) { return cut(start, stop); };
  bool done;
  if (parsed.separator.isNone()) {
    done = withChars(str, [&](auto* chars) {
      return text::rsplitBlanks(chars, str->length, parsed.limit, isBlank, emit);
    });
  } else {
    StrObject* separator = asStr(parsed.separator);
    if (separator->kind() > str->kind()) {
      done = emit(0, str->length);
    } else {
      done = withNeedle(str, separator, false, [&](auto* chars, auto* needle) {
        return text::rsplitAt(chars, str->length, needle, separator->length, parsed.limit, emit);
      });
    }
  }
  if (!done)
    return {};
  cut.pieces.reverse();
  return cut.pieces.finish();
}

Ref splitlines(const Value* args) {
  bool keepEnds = false;
  if (!boolArg(args[1], keepEnds))
    return {};
  StrObject* str = asStr(args[0]);
  Cutter cut{str, {}};
  bool done = withChars(str, [&](auto* chars) {
    return text::splitLines(chars, str->length, keepEnds, isLineBreak,
                            [&](int64_t start, int64_t stop) { return cut(start, stop); });
  });
  return done ? cut.pieces.finish() : Ref();
}

// strip, lstrip, rstrip.

namespace {

/// The characters that strip() was given.
class CharSet {
public:
  explicit CharSet(const StrObject* chars) : chars_(chars) {
    for (int64_t i = 0; i < chars->length; ++i) {
      uint32_t c = chars->at(i);
      if (c < 256)
        narrow_[c / 64] |= uint64_t(1) << (c % 64);
    }
  }
  bool has(uint32_t c) const {
    if (c < 256)
      return (narrow_[c / 64] >> (c % 64) & 1) != 0;
    return withChars(chars_, [&](auto* chars) {
      for (int64_t i = 0; i < chars_->length; ++i) {
        if (chars[i] == c)
          return true;
      }
      return false;
    });
  }

private:
  const StrObject* chars_;
  uint64_t narrow_[4] = {};
};

Ref stripEnds(const char* function, const Value* args, text::StripEnds ends) {
  StrObject* str = asStr(args[0]);
  int64_t start = 0, stop = str->length;
  if (!args[1] || args[1].isNone()) {
    withChars(str, [&](auto* chars) { text::strip(chars, start, stop, ends, isBlank); });
  } else if (isStr(args[1])) {
    CharSet set(asStr(args[1]));
    withChars(str, [&](auto* chars) {
      text::strip(chars, start, stop, ends, [&](uint32_t c) { return set.has(c); });
    });
  } else {
    return raise(typeErrorType, "%s arg must be None or str", function);
  }
  return strSlice(str, start, stop);
}

} // namespace

Ref strip(const Value* args) {
  return stripEnds("strip", args, text::kStripBoth);
}
Ref lstrip(const Value* args) {
  return stripEnds("lstrip", args, text::kStripLeft);
}
Ref rstrip(const Value* args) {
  return stripEnds("rstrip", args, text::kStripRight);
}

Ref join(const Value* args) {
  return strJoin(asStr(args[0]), args[1]);
}

} // namespace pyc::rt::str_methods

namespace pyc::rt {

namespace {

/// The items of an iterable as an array; `owner` keeps them alive.
bool itemsToJoin(Value iterable, Ref& owner, const Value*& items, size_t& count) {
  if (isTuple(iterable)) {
    owner = Ref::copy(iterable);
  } else {
    if (!isList(iterable) && !typeOf(iterable)->slots.iter && !typeOf(iterable)->slots.getItem)
      return raise(typeErrorType, "can only join an iterable");
    owner = sequenceTuple(iterable);
    if (!owner)
      return false;
  }
  auto* tuple = owner.as<TupleObject>();
  items = tuple->items();
  count = static_cast<size_t>(tuple->count);
  return true;
}

bool checkItems(const Value* items, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (PYC_UNLIKELY(!isStr(items[i])))
      return raise(typeErrorType, "sequence item %zu: expected str instance, %T found", i,
                   items[i]);
  }
  return true;
}

} // namespace

Ref strJoin(StrObject* separator, Value iterable) {
  const Value* items;
  size_t count;
  Ref owner;
  // A list that nobody else sees can't change while its items are copied.
  if (hasShape(iterable, kShapeList) && asList(iterable)->storage == ListStorage::Values) {
    items = asList(iterable)->values();
    count = static_cast<size_t>(asList(iterable)->count);
  } else if (!itemsToJoin(iterable, owner, items, count)) {
    return {};
  }
  if (!checkItems(items, count))
    return {};
  return strJoinArray(separator, items, count);
}

} // namespace pyc::rt
