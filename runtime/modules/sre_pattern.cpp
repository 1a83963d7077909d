// The type re.Pattern: making patterns, single matches, what a pattern shows.
#include "runtime/modules/sre_objects.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/mapping_proxy.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::sre {

namespace {

// Making.

bool readCode(ListObject* list, std::vector<uint32_t>& code) {
  code.reserve(static_cast<size_t>(list->count));
  for (int64_t i = 0; i < list->count; ++i) {
    PYC_TRY(item, listGet(list, i));
    uint64_t number = 0;
    if (!isInteger(item))
      return raise(typeErrorType, "an integer is required");
    if (intSign(item) < 0)
      return raise(overflowErrorType, "can't convert negative value to unsigned int");
    if (!intFitsUnsigned64(item, number))
      return raise(overflowErrorType, "Python int too large to convert to C unsigned long");
    if (number > UINT32_MAX)
      return raise(overflowErrorType, "regular expression code size limit exceeded");
    code.push_back(static_cast<uint32_t>(number));
  }
  return true;
}

bool kindOf(Value pattern, TextKind& kind) {
  kind = TextKind::Any;
  if (pattern.isNone())
    return true;
  Subject text;
  if (!text.open(TextKind::Any, pattern))
    return false;
  kind = text.isStr() ? TextKind::Str : TextKind::Bytes;
  return true;
}

bool checkTypes(const Value* args) {
  if (!isList(args[2]))
    return raiseBadArgument("compile", "code", "list", args[2]);
  if (!isDict(args[4]))
    return raiseBadArgument("compile", "groupindex", "dict", args[4]);
  if (!isTuple(args[5]))
    return raiseBadArgument("compile", "indexgroup", "tuple", args[5]);
  return true;
}

bool build(Compiled& compiled, int64_t groups) {
  if (groups < 0 || groups > kMaxGroups)
    return raise(runtimeErrorType, "invalid SRE code");
  switch (translate(compiled.code, static_cast<uint32_t>(groups), compiled.program)) {
  case Translation::Done:
    optimise(compiled.program);
    return true;
  case Translation::Invalid:
    return raise(runtimeErrorType, "invalid SRE code");
  case Translation::Raised:
    return false;
  }
  __builtin_unreachable();
}

void dealloc(Object* self) {
  auto* pattern = reinterpret_cast<PatternObject*>(self);
  decrefMaybe(pattern->pattern);
  decrefMaybe(pattern->groupIndex);
  decrefMaybe(pattern->indexGroup);
  delete pattern->compiled;
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* pattern = reinterpret_cast<PatternObject*>(self);
  for (Value value : {pattern->pattern, pattern->groupIndex, pattern->indexGroup})
    if (value)
      visitor.visit(value);
}

// Single matches.

enum class Way : uint8_t { Match, FullMatch, Search };

template <Way way> Ref matchOnce(const Value* args) {
  PatternObject* pattern = asPattern(args[0]);
  Subject subject;
  Scope scope(subject);
  Matching matching(pattern->program());
  if (!scope.open(pattern, args[1], args[2], args[3]) || !matching.prepare())
    return {};
  scope.subject.give(matching, scope.endpos);
  Outcome outcome = way == Way::Search ? matching.search(scope.pos)
                                       : matching.matchAt(scope.pos, way == Way::FullMatch);
  if (outcome == Outcome::Found)
    return makeMatch(pattern, scope.subject, matching, scope.pos, scope.endpos);
  return outcome == Outcome::NotFound ? Ref::none() : Ref();
}

// What it shows.

Ref copySelf(const Value* args) {
  return Ref::copy(args[0]);
}

Ref groupIndex(Value self) {
  return makeMappingProxy(asPattern(self)->groupIndex);
}

struct FlagName {
  uint32_t flag;
  const char* name;
};
constexpr FlagName kFlagNames[] = {
    {kIgnoreCase, "re.IGNORECASE"}, {kLocale, "re.LOCALE"},   {kMultiline, "re.MULTILINE"},
    {kDotAll, "re.DOTALL"},         {kUnicode, "re.UNICODE"}, {kVerbose, "re.VERBOSE"},
    {kDebug, "re.DEBUG"},           {kAscii, "re.ASCII"},
};

std::string flagText(const PatternObject* pattern) {
  auto flags = static_cast<uint32_t>(pattern->flags.asInt());
  // It goes without saying for texts.
  if (pattern->compiled->kind == TextKind::Str &&
      (flags & (kLocale | kUnicode | kAscii)) == kUnicode)
    flags &= ~kUnicode;
  std::string text;
  for (const FlagName& known : kFlagNames)
    if (flags & known.flag) {
      text += text.empty() ? "" : "|";
      text += known.name;
      flags &= ~known.flag;
    }
  if (flags) {
    char rest[16];
    snprintf(rest, sizeof rest, "0x%x", flags);
    text += text.empty() ? "" : "|";
    text += rest;
  }
  return text;
}

Ref reprSlot(Value self) {
  PYC_TRY(shown, repr(asPattern(self)->pattern));
  PYC_TRY(cut, strSlice(asStr(shown), 0, 200));
  std::string flags = flagText(asPattern(self));
  return formatText("re.compile(%S%s%s)", cut.get(), flags.empty() ? "" : ", ", flags.c_str());
}

bool hashSlot(Value self, int64_t& result) {
  PatternObject* pattern = asPattern(self);
  const std::vector<uint32_t>& code = pattern->compiled->code;
  if (!hash(pattern->pattern, result))
    return false;
  result ^= hashBytes(code.data(), code.size() * sizeof(uint32_t));
  result ^= pattern->flags.asInt() ^ static_cast<int64_t>(pattern->compiled->kind) ^
            pattern->groups.asInt();
  result = result == -1 ? -2 : result;
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isInstance(other, &patternType))
    return Ref::notImplemented();
  PatternObject *a = asPattern(self), *b = asPattern(other);
  bool equal = a == b;
  // Equal flags and texts aren't enough: the locale has a say in what a pattern becomes.
  if (!equal && a->flags == b->flags && a->compiled->kind == b->compiled->kind &&
      a->compiled->code == b->compiled->code &&
      !compareBool(CompareOp::Eq, a->pattern, b->pattern, equal))
    return {};
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

constexpr const char* kMatchDoc =
    "Matches at `pos`: a Match object, or None. What lies from `endpos` on doesn't count.";

constexpr MethodDef kMethods[] = {
    {.signature = "prefixmatch($self, /, string, pos=0, endpos=sys.maxsize)",
     .bound = matchOnce<Way::Match>,
     .doc = kMatchDoc},
    {.signature = "match($self, /, string, pos=0, endpos=sys.maxsize)",
     .bound = matchOnce<Way::Match>,
     .doc = kMatchDoc},
    {.signature = "fullmatch($self, /, string, pos=0, endpos=sys.maxsize)",
     .bound = matchOnce<Way::FullMatch>,
     .doc = "Matches all of the string from `pos` to `endpos`: a Match object, or None."},
    {.signature = "search($self, /, string, pos=0, endpos=sys.maxsize)",
     .bound = matchOnce<Way::Search>,
     .doc = "The first match from `pos` on: a Match object, or None."},
    {.signature = "sub($self, /, repl, string, count=0)",
     .bound = patternSub,
     .doc = "The string with its matches replaced, `count` of them at most."},
    {.signature = "subn($self, /, repl, string, count=0)",
     .bound = patternSubN,
     .doc = "What sub() gives, and how many matches were replaced."},
    {.signature = "findall($self, /, string, pos=0, endpos=sys.maxsize)",
     .bound = patternFindAll,
     .doc = "A list of all matches that don't overlap: texts, or the groups' texts."},
    {.signature = "split($self, /, string, maxsplit=0)",
     .bound = patternSplit,
     .doc = "What lies between the matches, and the groups' texts, as a list."},
    {.signature = "finditer($self, /, string, pos=0, endpos=sys.maxsize)",
     .bound = patternFindIter,
     .doc = "An iterator over all matches that don't overlap."},
    {.signature = "scanner($self, /, string, pos=0, endpos=sys.maxsize)", .bound = patternScanner},
    {.signature = "__copy__($self, /)", .bound = copySelf},
    {.signature = "__deepcopy__($self, memo, /)", .bound = copySelf},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr MemberDef kMembers[] = {
    {"pattern", offsetof(PatternObject, pattern), MemberDef::ReadOnly,
     "What the pattern was compiled from."},
    {"flags", offsetof(PatternObject, flags), MemberDef::ReadOnly, "The flags that it has."},
    {"groups", offsetof(PatternObject, groups), MemberDef::ReadOnly, "How many groups there are."},
};

constexpr GetSetDef kGetSets[] = {
    {"groupindex", groupIndex, nullptr, "The numbers of the named groups by name."},
};

} // namespace

Ref compilePattern(const Value* args) {
  int flags = 0;
  int64_t groups = 0;
  TextKind kind;
  if (!intArg(args[1], flags) || !sizeArg(args[3], groups) || !checkTypes(args))
    return {};
  auto compiled = std::make_unique<Compiled>();
  if (!readCode(asList(args[2]), compiled->code) || !kindOf(args[0], kind))
    return {};
  compiled->kind = kind;
  if (!build(*compiled, groups))
    return {};
  Object* object = allocObject(&patternType);
  if (!object)
    return {};
  auto* pattern = reinterpret_cast<PatternObject*>(object);
  setField(pattern->pattern, args[0]);
  pattern->flags = Value::fromInt(flags);
  pattern->groups = Value::fromInt(groups);
  setField(pattern->groupIndex, args[4]);
  setField(pattern->indexGroup, args[5]);
  pattern->compiled = compiled.release();
  return Ref::steal(object);
}

constinit TypeObject patternType = {
    .name = "re.Pattern",
    .base = &objectType,
    .basicSize = sizeof(PatternObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs | kTypeDisallowNew,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Compiled regular expression object.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .repr = reprSlot,
              .hash = hashSlot,
              .compare = compareSlot},
};

} // namespace pyc::rt::sre
