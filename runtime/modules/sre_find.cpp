// Finding one match after the other: findall, split, sub, and the scanner below finditer.
#include "runtime/modules/sre_objects.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/sequence_iterator.h"
#include "runtime/objects/text_args.h"

#include <cstring>

namespace pyc::rt::sre {

namespace {

/// The matches in a text that don't overlap, in order.
class Matches {
public:
  explicit Matches(PatternObject* pattern) : matching(pattern->program()) {}
  bool open(const Subject& subject, int64_t pos, int64_t endpos) {
    next_ = pos;
    subject.give(matching, endpos);
    return matching.prepare();
  }
  /// False at the end, and with an exception when `isError`.
  bool next(bool& isError) {
    if (next_ > matching.length)
      return false;
    Outcome outcome = matching.search(next_, mustAdvance_);
    isError = outcome == Outcome::Error;
    if (outcome != Outcome::Found)
      return false;
    next_ = matching.stop;
    mustAdvance_ = matching.start == matching.stop;
    return true;
  }
  /// The text of a group from 1 on; `missing` where it took no part.
  Ref group(const Subject& subject, int64_t group, Value missing) const {
    const int64_t* marks = matching.marks + 2 * (group - 1);
    return marks[0] < 0 || marks[1] < marks[0] ? Ref::copy(missing)
                                               : subject.slice(marks[0], marks[1]);
  }

  Matching matching;

private:
  int64_t next_ = 0;
  bool mustAdvance_ = false;
};

Ref emptyText(const Subject& subject) {
  return subject.isStr() ? newRef(names::empty) : makeBytes({});
}

/// What findall gives for a match.
Ref foundItem(const Matches& matches, const Subject& subject, Value empty) {
  const Matching& matching = matches.matching;
  int64_t groups = matching.program.groups;
  if (groups == 0)
    return subject.slice(matching.start, matching.stop);
  if (groups == 1)
    return matches.group(subject, 1, empty);
  PYC_TRY(item, newTuple(static_cast<size_t>(groups)));
  for (int64_t i = 0; i < groups; ++i) {
    PYC_TRY(text, matches.group(subject, i + 1, empty));
    asTuple(item)->items()[i] = text.release();
  }
  return item;
}

// Replacing.

enum class Replacement : uint8_t { Literal, Template, Callable };

/// Whether a replacement text has no backslash: then it stands for itself.
bool isPlainText(Value text) {
  if (isStr(text)) {
    for (int64_t i = 0; i < asStr(text)->length; ++i)
      if (asStr(text)->at(i) == '\\')
        return false;
    return true;
  }
  BytesLike buffer;
  if (!hasBuffer(text))
    return false;
  if (!buffer.open(text)) {
    clearRaised();
    return false;
  }
  return memchr(buffer.data(), '\\', static_cast<size_t>(buffer.size())) == nullptr;
}

/// The replacement in the form that it is used in; null with an exception.
Ref prepareReplacement(PatternObject* pattern, Value argument, Replacement& kind) {
  kind = Replacement::Callable;
  if (isCallable(argument))
    return Ref::copy(argument);
  kind = Replacement::Literal;
  if (isPlainText(argument))
    return Ref::copy(argument);
  PYC_TRY(compiled, compileTemplate(pattern, argument));
  if (Value literal = literalTemplate(compiled.as<TemplateObject>()))
    return Ref::copy(literal);
  kind = Replacement::Template;
  return compiled;
}

/// The groups' spans from 0 on, as expandTemplate wants them.
class Spans {
public:
  const int64_t* of(const Matching& matching) {
    spans_.resize(2 * (static_cast<size_t>(matching.program.groups) + 1));
    spans_[0] = matching.start;
    spans_[1] = matching.stop;
    for (size_t i = 0; i < matching.program.groups; ++i) {
      const int64_t* marks = matching.marks + 2 * i;
      bool isSet = marks[0] >= 0 && marks[1] >= marks[0];
      spans_[2 * i + 2] = isSet ? marks[0] : -1;
      spans_[2 * i + 3] = isSet ? marks[1] : -1;
    }
    return spans_.data();
  }

private:
  std::vector<int64_t> spans_;
};

struct Substitution {
  PatternObject* pattern;
  const Subject& subject;
  Replacement kind;
  Ref replacement;
  Joiner out;
  Spans spans;

  bool replace(const Matching& matching) {
    switch (kind) {
    case Replacement::Literal:
      return out.piece(replacement);
    case Replacement::Template:
      return expandTemplate(replacement.as<TemplateObject>(), spans.of(matching),
                            matching.program.groups + int64_t(1), out);
    case Replacement::Callable: {
      PYC_TRY(match, makeMatch(pattern, subject, matching, 0, subject.length()));
      PYC_TRY(item, call(replacement, match));
      return item.isNone() || out.piece(item);
    }
    }
    __builtin_unreachable();
  }
};

/// The text as sub() gives it when nothing was replaced.
Ref unchanged(const Subject& subject) {
  return subject.slice(0, subject.length());
}

Ref substitute(const Value* args, int64_t& count) {
  PatternObject* pattern = asPattern(args[0]);
  int64_t most = 0;
  Replacement kind;
  if (!sizeArg(args[3], most))
    return {};
  PYC_TRY(replacement, prepareReplacement(pattern, args[1], kind));
  Subject subject;
  Matches matches(pattern);
  if (!subject.open(pattern->compiled->kind, args[2]) ||
      !matches.open(subject, 0, subject.length()))
    return {};
  Substitution work{pattern, subject, kind, std::move(replacement), Joiner(subject), {}};
  int64_t copied = 0;
  bool isError = false;
  for (count = 0; (most == 0 || count < most) && matches.next(isError); ++count) {
    if (copied < matches.matching.start)
      work.out.slice(copied, matches.matching.start);
    copied = matches.matching.stop;
    if (!work.replace(matches.matching))
      return {};
  }
  if (isError)
    return {};
  if (count == 0)
    return unchanged(subject);
  if (copied < subject.length())
    work.out.slice(copied, subject.length());
  return work.out.finish();
}

// The scanner.

void deallocScanner(Object* self) {
  auto* scanner = reinterpret_cast<ScannerObject*>(self);
  delete scanner->subject; // first: it may lend the string's memory
  decrefMaybe(scanner->pattern);
  decrefMaybe(scanner->string);
  freeObject(self);
}

void traverseScanner(Object* self, Visitor& visitor) {
  auto* scanner = reinterpret_cast<ScannerObject*>(self);
  for (Value value : {scanner->pattern, scanner->string})
    if (value)
      visitor.visit(value);
}

template <bool isSearch> Ref scanNext(const Value* args) {
  auto* scanner = args[0].as<ScannerObject>();
  PatternObject* pattern = asPattern(scanner->pattern);
  const Subject& subject = *scanner->subject;
  Matching matching(pattern->program());
  if (scanner->next < 0)
    return Ref::none();
  if (!matching.prepare())
    return {};
  subject.give(matching, scanner->endpos);
  Outcome outcome = isSearch ? matching.search(scanner->next, scanner->mustAdvance)
                             : matching.matchAt(scanner->next, false, scanner->mustAdvance);
  if (outcome == Outcome::Error)
    return {};
  if (outcome == Outcome::NotFound) {
    scanner->next = -1;
    return Ref::none();
  }
  scanner->next = matching.stop;
  scanner->mustAdvance = matching.start == matching.stop;
  return makeMatch(pattern, subject, matching, scanner->pos, scanner->endpos);
}

constexpr MethodDef kScannerMethods[] = {
    {.signature = "prefixmatch($self, /)", .bound = scanNext<false>},
    {.signature = "match($self, /)", .bound = scanNext<false>},
    {.signature = "search($self, /)", .bound = scanNext<true>},
};
constexpr MemberDef kScannerMembers[] = {
    {"pattern", offsetof(ScannerObject, pattern), MemberDef::ReadOnly},
};

} // namespace

Ref patternFindAll(const Value* args) {
  PatternObject* pattern = asPattern(args[0]);
  Subject subject;
  Scope scope(subject);
  Matches matches(pattern);
  if (!scope.open(pattern, args[1], args[2], args[3]) ||
      !matches.open(scope.subject, scope.pos, scope.endpos))
    return {};
  PYC_TRY(empty, emptyText(scope.subject));
  PYC_TRY(list, newList(0));
  bool isError = false;
  while (matches.next(isError)) {
    PYC_TRY(item, foundItem(matches, scope.subject, empty));
    if (!listAppendStealing(asList(list), item.release()))
      return {};
  }
  return isError ? Ref() : std::move(list);
}

Ref patternSplit(const Value* args) {
  PatternObject* pattern = asPattern(args[0]);
  int64_t most = 0;
  Subject subject;
  Matches matches(pattern);
  if (!sizeArg(args[2], most) || !subject.open(pattern->compiled->kind, args[1]) ||
      !matches.open(subject, 0, subject.length()))
    return {};
  PYC_TRY(list, newList(0));
  int64_t last = 0;
  bool isError = false;
  auto append = [&](Ref item) { return item && listAppendStealing(asList(list), item.release()); };
  for (int64_t count = 0; (most == 0 || count < most) && matches.next(isError); ++count) {
    if (!append(subject.slice(last, matches.matching.start)))
      return {};
    for (uint32_t i = 1; i <= pattern->program().groups; ++i)
      if (!append(matches.group(subject, i, Value::none())))
        return {};
    last = matches.matching.stop;
  }
  if (isError || !append(subject.slice(last, subject.length())))
    return {};
  return list;
}

Ref patternSub(const Value* args) {
  int64_t count;
  return substitute(args, count);
}

Ref patternSubN(const Value* args) {
  int64_t count;
  PYC_TRY(text, substitute(args, count));
  return tupleOf(text.get(), Value::fromInt(count));
}

Ref patternScanner(const Value* args) {
  auto subject = std::make_unique<Subject>();
  Scope scope(*subject);
  if (!scope.open(asPattern(args[0]), args[1], args[2], args[3]))
    return {};
  Object* object = allocObject(&scannerType);
  if (!object)
    return {};
  auto* scanner = reinterpret_cast<ScannerObject*>(object);
  setField(scanner->pattern, args[0]);
  setField(scanner->string, args[1]);
  scanner->subject = subject.release();
  scanner->pos = scanner->next = scope.pos;
  scanner->endpos = scope.endpos;
  return Ref::steal(object);
}

Ref patternFindIter(const Value* args) {
  PYC_TRY(scanner, patternScanner(args));
  PYC_TRY(search, getAttr(scanner, internLiteral("search")));
  return makeCallableIterator(search, Value::none());
}

constinit TypeObject scannerType = {
    .name = "_sre.SRE_Scanner",
    .base = &objectType,
    .basicSize = sizeof(ScannerObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kScannerMethods,
    .members = kScannerMembers,
    .slots = {.dealloc = deallocScanner, .traverse = traverseScanner},
};

} // namespace pyc::rt::sre
