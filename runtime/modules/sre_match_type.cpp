// The type re.Match.
#include "runtime/modules/sre_objects.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::sre {

namespace {

void dealloc(Object* self) {
  auto* match = reinterpret_cast<MatchObject*>(self);
  decref(match->string);
  decref(match->pattern);
  decrefMaybe(match->regs);
  freeFast<true>(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* match = reinterpret_cast<MatchObject*>(self);
  visitor.visit(match->string);
  visitor.visit(match->pattern);
  if (match->regs)
    visitor.visit(match->regs);
}

/// A group's text; `missing` where it did not take part.
Ref groupText(MatchObject* match, int64_t group, Value missing) {
  int64_t start = match->spans()[2 * group], stop = match->spans()[2 * group + 1];
  if (start < 0)
    return Ref::copy(missing);
  Subject subject;
  return subject.open(TextKind::Any, match->string) ? subject.slice(start, stop) : Ref();
}

/// The number that a group argument means: a number, or a name.
bool groupOf(MatchObject* match, Value argument, int64_t& group) {
  group = -1;
  if (isInteger(argument) || typeOf(argument)->slots.index) {
    if (!toInt64(argument, group))
      return false;
  } else {
    Value found;
    if (!dictFind(asDict(asPattern(match->pattern)->groupIndex), argument, found))
      return false;
    if (found && isInteger(found) && !toInt64(found, group))
      return false;
  }
  if (group >= 0 && group < match->groups)
    return true;
  return raise(indexErrorType, "no such group");
}

Ref getItemSlot(Value self, Value key) {
  int64_t group;
  return groupOf(asMatch(self), key, group) ? groupText(asMatch(self), group, Value::none())
                                            : Ref();
}

Ref group(const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "Match.group() takes no keyword arguments");
  if (argc <= 2)
    return getItemSlot(args[0], argc == 2 ? args[1] : Value::fromInt(0));
  PYC_TRY(result, newTuple(argc - 1));
  for (size_t i = 0; i + 1 < argc; ++i) {
    PYC_TRY(item, getItemSlot(args[0], args[i + 1]));
    asTuple(result)->items()[i] = item.release();
  }
  return result;
}

Ref groups(const Value* args) {
  MatchObject* match = asMatch(args[0]);
  Value missing = args[1] ? args[1] : Value::none();
  PYC_TRY(result, newTuple(static_cast<size_t>(match->groups - 1)));
  for (int64_t i = 1; i < match->groups; ++i) {
    PYC_TRY(item, groupText(match, i, missing));
    asTuple(result)->items()[i - 1] = item.release();
  }
  return result;
}

Ref groupDict(const Value* args) {
  MatchObject* match = asMatch(args[0]);
  Value missing = args[1] ? args[1] : Value::none();
  PYC_TRY(names, dictCopy(asDict(asPattern(match->pattern)->groupIndex)));
  PYC_TRY(result, newDict());
  int64_t position = 0;
  Value name, number;
  while (dictNext(asDict(names), position, name, number)) {
    PYC_TRY(text, getItemSlot(match, name));
    // A group that took no part reads as None; only then is it worth a look at its span.
    int64_t index = 0;
    if (text.isNone() && (!groupOf(match, name, index) || match->spans()[2 * index] < 0))
      text = Ref::copy(missing);
    if (!dictSet(asDict(result), name, text))
      return {};
  }
  return result;
}

int64_t* spanOf(const Value* args) {
  int64_t group = 0;
  if (args[1] && !groupOf(asMatch(args[0]), args[1], group))
    return nullptr;
  return asMatch(args[0])->spans() + 2 * group;
}

Ref start(const Value* args) {
  int64_t* span = spanOf(args);
  return span ? makeInt(span[0]) : Ref();
}
Ref end(const Value* args) {
  int64_t* span = spanOf(args);
  return span ? makeInt(span[1]) : Ref();
}
Ref makeSpan(const int64_t* span) {
  return tupleOf(Value::fromInt(span[0]), Value::fromInt(span[1]));
}
Ref span(const Value* args) {
  int64_t* found = spanOf(args);
  return found ? makeSpan(found) : Ref();
}

Ref expand(const Value* args) {
  MatchObject* match = asMatch(args[0]);
  PYC_TRY(compiled, compileTemplate(asPattern(match->pattern), args[1]));
  auto* parts = compiled.as<TemplateObject>();
  if (Value literal = literalTemplate(parts))
    return Ref::copy(literal);
  Subject subject;
  if (!subject.open(TextKind::Any, match->string))
    return {};
  Joiner out(subject);
  return expandTemplate(parts, match->spans(), match->groups, out) ? out.finish() : Ref();
}

Ref copySelf(const Value* args) {
  return Ref::copy(args[0]);
}

Ref lastIndex(Value self) {
  int64_t last = asMatch(self)->lastGroup;
  return last < 0 ? Ref::none() : makeInt(last + 1);
}

Ref lastGroup(Value self) {
  TupleObject* names = asTuple(asPattern(asMatch(self)->pattern)->indexGroup);
  int64_t last = asMatch(self)->lastGroup;
  return last >= 0 && last + 1 < names->count ? Ref::copy(names->items()[last + 1]) : Ref::none();
}

Ref regs(Value self) {
  MatchObject* match = asMatch(self);
  if (match->regs)
    return Ref::copy(match->regs);
  PYC_TRY(result, newTuple(static_cast<size_t>(match->groups)));
  for (int64_t i = 0; i < match->groups; ++i) {
    PYC_TRY(pair, makeSpan(match->spans() + 2 * i));
    asTuple(result)->items()[i] = pair.release();
  }
  setField(match->regs, result.get());
  return result;
}

Ref reprSlot(Value self) {
  MatchObject* match = asMatch(self);
  PYC_TRY(text, groupText(match, 0, Value::none()));
  PYC_TRY(shown, repr(text));
  PYC_TRY(cut, strSlice(asStr(shown), 0, 50));
  return formatText("<%s object; span=(%lld, %lld), match=%S>", "re.Match",
                    static_cast<long long>(match->spans()[0]),
                    static_cast<long long>(match->spans()[1]), cut.get());
}

constexpr MethodDef kMethods[] = {
    {.signature = "group",
     .raw = group,
     .doc = "group([group1, ...]) -> str or tuple.\n\nThe text of one group, or of several as a "
            "tuple; group 0 is the whole match."},
    {.signature = "start($self, group=0, /)",
     .bound = start,
     .doc = "Where the text of the group begins; -1 when it took no part."},
    {.signature = "end($self, group=0, /)",
     .bound = end,
     .doc = "Where the text of the group ends; -1 when it took no part."},
    {.signature = "span($self, group=0, /)",
     .bound = span,
     .doc = "Where the text of the group begins and ends, as a tuple."},
    {.signature = "groups($self, /, default=None)",
     .bound = groups,
     .doc = "The texts of all groups from 1 on; `default` for those that took no part."},
    {.signature = "groupdict($self, /, default=None)",
     .bound = groupDict,
     .doc = "The texts of the named groups by name; `default` for those that took no part."},
    {.signature = "expand($self, /, template)",
     .bound = expand,
     .doc = "The template with its references to groups replaced, as sub() does it."},
    {.signature = "__copy__($self, /)", .bound = copySelf},
    {.signature = "__deepcopy__($self, memo, /)", .bound = copySelf},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr MemberDef kMembers[] = {
    {"string", offsetof(MatchObject, string), MemberDef::ReadOnly, "What was searched."},
    {"re", offsetof(MatchObject, pattern), MemberDef::ReadOnly, "The pattern that was found."},
    {"pos", offsetof(MatchObject, pos), MemberDef::ReadOnly, "Where the search was to begin."},
    {"endpos", offsetof(MatchObject, endpos), MemberDef::ReadOnly, "Where it was to end."},
};

constexpr GetSetDef kGetSets[] = {
    {"lastindex", lastIndex, nullptr, "The number of the group that was closed last, or None."},
    {"lastgroup", lastGroup, nullptr, "The name of the group that was closed last, or None."},
    {"regs", regs, nullptr, "The spans of all groups."},
};

} // namespace

Ref makeMatch(PatternObject* pattern, const Subject& subject, const Matching& matching, int64_t pos,
              int64_t endpos) {
  int64_t groups = matching.program.groups + int64_t(1);
  size_t size = sizeof(MatchObject) + 2 * static_cast<size_t>(groups) * sizeof(int64_t);
  auto* match = reinterpret_cast<MatchObject*>(allocFast<true>(&matchType, size));
  if (!match)
    return {};
  match->string = Ref::copy(subject.string()).release();
  match->pattern = Ref::copy(Value(pattern)).release();
  match->pos = Value::fromInt(pos);
  match->endpos = Value::fromInt(endpos);
  match->regs = {};
  match->lastGroup = matching.lastGroup;
  match->groups = groups;
  int64_t* spans = match->spans();
  spans[0] = matching.start;
  spans[1] = matching.stop;
  for (int64_t i = 0; i + 1 < groups; ++i) {
    const int64_t* marks = matching.marks + 2 * i;
    bool isSet = marks[0] >= 0 && marks[1] >= marks[0];
    spans[2 * i + 2] = isSet ? marks[0] : -1;
    spans[2 * i + 3] = isSet ? marks[1] : -1;
  }
  return Ref::steal(match);
}

constinit TypeObject matchType = {
    .name = "re.Match",
    .base = &objectType,
    .basicSize = sizeof(MatchObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "What re.search(), re.prefixmatch() and re.fullmatch() have found; true in tests.",
    .slots = {.dealloc = dealloc, .traverse = traverse, .repr = reprSlot, .getItem = getItemSlot},
};

} // namespace pyc::rt::sre
