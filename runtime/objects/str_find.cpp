// Methods of str that look for a text: find, count, startswith, partition, replace, ...
#include "runtime/objects/str_methods.h"
#include "runtime/objects/str_needle.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

int64_t strFind(const StrObject* str, const StrObject* needle, int64_t start, int64_t stop) {
  TextRange range{start, stop};
  range.clip(str->length);
  return findInStr(str, needle, range, text::kForward);
}

namespace str_methods {

namespace {

/// The needle and range of find and its kin; the function's name is for errors.
struct SearchArgs {
  StrObject* str;
  StrObject* needle;
  TextRange range;

  bool parse(const char* function, const Value* args) {
    if (!strArg(function, 1, args[1]) || !range.parse(args[2], args[3]))
      return false;
    str = asStr(args[0]);
    needle = asStr(args[1]);
    range.clip(str->length);
    return true;
  }
};

Ref search(const char* function, const Value* args, text::Direction direction, bool mustFind) {
  SearchArgs search;
  if (!search.parse(function, args))
    return {};
  int64_t found = findInStr(search.str, search.needle, search.range, direction);
  if (found < 0 && mustFind)
    return raise(valueErrorType, "substring not found");
  return Ref::number(Value::fromInt(found));
}

} // namespace

Ref find(const Value* args) {
  return search("find", args, text::kForward, false);
}
Ref index(const Value* args) {
  return search("index", args, text::kForward, true);
}
Ref rfind(const Value* args) {
  return search("rfind", args, text::kBackward, false);
}
Ref rindex(const Value* args) {
  return search("rindex", args, text::kBackward, true);
}

Ref count(const Value* args) {
  SearchArgs search;
  if (!search.parse("count", args))
    return {};
  int64_t length = search.range.stop - search.range.start;
  if (length < search.needle->length)
    return Ref::number(Value::fromInt(0));
  int64_t total = withNeedle(search.str, search.needle, int64_t(0), [&](auto* chars, auto* needle) {
    return text::count(chars + search.range.start, length, needle, search.needle->length);
  });
  return Ref::number(Value::fromInt(total));
}

// Prefixes and suffixes.

namespace {

bool matchesAt(const StrObject* str, const StrObject* part, int64_t at) {
  return withNeedle(str, part, false, [&](auto* chars, auto* needle) {
    return text::sameChars(chars + at, needle, part->length);
  });
}

bool hasEnd(const StrObject* str, const StrObject* part, const TextRange& range, bool atStart) {
  int64_t lastPlace = range.stop - part->length;
  if (lastPlace < range.start)
    return false;
  return matchesAt(str, part, atStart ? range.start : lastPlace);
}

Ref testEnd(const char* function, const Value* args, bool atStart) {
  StrObject* str = asStr(args[0]);
  TextRange range{0, str->length};
  if (args[2]) {
    range.stop = INT64_MAX;
    if (!range.parse(args[2], args[3]))
      return {};
    range.clip(str->length);
  }
  if (PYC_LIKELY(isStr(args[1])))
    return Ref::boolean(hasEnd(str, asStr(args[1]), range, atStart));
  if (!isTuple(args[1]))
    return raise(typeErrorType, "%s first arg must be str or a tuple of str, not %T", function,
                 args[1]);
  TupleObject* parts = asTuple(args[1]);
  for (int64_t i = 0; i < parts->count; ++i) {
    Value part = parts->items()[i];
    if (!isStr(part))
      return raise(typeErrorType, "tuple for %s must only contain str, not %T", function, part);
    if (hasEnd(str, asStr(part), range, atStart))
      return Ref::boolean(true);
  }
  return Ref::boolean(false);
}

} // namespace

Ref startswith(const Value* args) {
  return testEnd("startswith", args, true);
}
Ref endswith(const Value* args) {
  return testEnd("endswith", args, false);
}

Ref removeprefix(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (!strArg("removeprefix", 0, args[1]))
    return {};
  StrObject* prefix = asStr(args[1]);
  if (!hasEnd(str, prefix, {0, str->length}, true))
    return exactStr(str);
  return strSlice(str, prefix->length, str->length);
}

Ref removesuffix(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (!strArg("removesuffix", 0, args[1]))
    return {};
  StrObject* suffix = asStr(args[1]);
  if (!hasEnd(str, suffix, {0, str->length}, false))
    return exactStr(str);
  return strSlice(str, 0, str->length - suffix->length);
}

// partition, rpartition.

namespace {

Ref partitionAt(const Value* args, text::Direction direction) {
  if (!isStr(args[1]))
    return raise(typeErrorType, "must be str, not %T", args[1]);
  StrObject* str = asStr(args[0]);
  StrObject* separator = asStr(args[1]);
  if (separator->length == 0)
    return raise(valueErrorType, "empty separator");
  int64_t found = findInStr(str, separator, {0, str->length}, direction);
  if (found < 0) {
    PYC_TRY(whole, exactStr(str));
    if (direction == text::kForward)
      return tupleOf(whole.get(), Value(&names::empty->header), Value(&names::empty->header));
    return tupleOf(Value(&names::empty->header), Value(&names::empty->header), whole.get());
  }
  PYC_TRY(before, strSlice(str, 0, found));
  PYC_TRY(after, strSlice(str, found + separator->length, str->length));
  return tupleOf(before.get(), args[1], after.get());
}

} // namespace

Ref partition(const Value* args) {
  return partitionAt(args, text::kForward);
}
Ref rpartition(const Value* args) {
  return partitionAt(args, text::kBackward);
}

} // namespace str_methods
} // namespace pyc::rt
