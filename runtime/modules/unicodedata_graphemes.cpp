// unicodedata.iter_graphemes: a text's grapheme clusters, one after the other.
#include "runtime/base/unicode/normalize.h"
#include "runtime/modules/unicodedata_parts.h"
#include "runtime/objects/int.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

struct SegmentObject {
  Object header;
  Value text;
  Value start, end; // ints
};

struct GraphemeIteratorObject {
  Object header;
  Value text;
  int64_t at, end;
};

template <class T> void dealloc(Object* self) {
  decrefMaybe(reinterpret_cast<T*>(self)->text);
  freeObject(self);
}

template <class T> void traverse(Object* self, Visitor& visitor) {
  if (reinterpret_cast<T*>(self)->text)
    visitor.visit(reinterpret_cast<T*>(self)->text);
}

Ref iterSelf(Value self) {
  return Ref::copy(self);
}

Ref nextSegment(Value self) {
  auto* iterator = self.as<GraphemeIteratorObject>();
  if (iterator->at >= iterator->end)
    return {};
  StrObject* text = asStr(iterator->text);
  // A break needs no knowledge of what came before the cluster that it ends.
  GraphemeBreaks breaks;
  int64_t start = iterator->at, stop = start + 1;
  breaks.startsAt(text->at(start));
  while (stop < iterator->end && !breaks.startsAt(text->at(stop)))
    ++stop;
  Object* object = allocObject(&segmentType);
  if (!object)
    return {};
  auto* segment = reinterpret_cast<SegmentObject*>(object);
  setField(segment->text, iterator->text);
  segment->start = Value::fromInt(start);
  segment->end = Value::fromInt(stop);
  iterator->at = stop;
  return Ref::steal(object);
}

Ref reprSegment(Value self) {
  auto* segment = self.as<SegmentObject>();
  return formatText("<Segment %S:%S>", segment->start, segment->end);
}

Ref strSegment(Value self) {
  auto* segment = self.as<SegmentObject>();
  return strSlice(asStr(segment->text), segment->start.asInt(), segment->end.asInt());
}

constexpr MemberDef kSegmentMembers[] = {
    {"start", offsetof(SegmentObject, start), MemberDef::ReadOnly, "where the cluster begins"},
    {"end", offsetof(SegmentObject, end), MemberDef::ReadOnly, "where it ends"},
};

} // namespace

Ref iterateGraphemes(const Value* args) {
  if (!isStr(args[0]))
    return raiseBadArgument("iter_graphemes", 1, "str", args[0]);
  TextRange range;
  if (!sizeArg(args[1], range.start) || !sizeArg(args[2], range.stop))
    return {};
  range.clip(asStr(args[0])->length);
  Object* object = allocObject(&graphemeIteratorType);
  if (!object)
    return {};
  auto* iterator = reinterpret_cast<GraphemeIteratorObject*>(object);
  setField(iterator->text, args[0]);
  iterator->at = range.start;
  iterator->end = range.stop;
  return Ref::steal(object);
}

constinit TypeObject segmentType = {
    .name = "unicodedata.Segment",
    .base = &objectType,
    .basicSize = sizeof(SegmentObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .members = kSegmentMembers,
    .slots = {.dealloc = dealloc<SegmentObject>,
              .traverse = traverse<SegmentObject>,
              .repr = reprSegment,
              .str = strSegment},
};

constinit TypeObject graphemeIteratorType = {
    .name = "unicodedata.GraphemeBreakIterator",
    .base = &objectType,
    .basicSize = sizeof(GraphemeIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = dealloc<GraphemeIteratorObject>,
              .traverse = traverse<GraphemeIteratorObject>,
              .iter = iterSelf,
              .next = nextSegment},
};

} // namespace pyc::rt
