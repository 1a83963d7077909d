// Dialects: how a CSV file is written.
#include "runtime/modules/csv_parts.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/int.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

#include <string>

namespace pyc::rt::csv {

namespace {

DialectObject* asDialect(Value value) {
  return value.as<DialectObject>();
}

enum Setting : unsigned {
  kDelimiter = 1,
  kDoubleQuote,
  kEscapeChar,
  kLineTerminator,
  kQuoteChar,
  kQuoting,
  kSkipInitialSpace,
  kStrict,
  kSettingCount
};
constexpr const char* kNames[kSettingCount] = {"dialect",    "delimiter",        "doublequote",
                                               "escapechar", "lineterminator",   "quotechar",
                                               "quoting",    "skipinitialspace", "strict"};

/// One character, or none where that is allowed.
bool characterOf(Setting setting, Value value, bool mayBeNone, int64_t& character) {
  const char* orNone = mayBeNone ? " or None" : "";
  if (mayBeNone && value.isNone()) {
    character = kNotSet;
    return true;
  }
  if (!isStr(value))
    return raise(typeErrorType, "\"%s\" must be a unicode character%s, not %T", kNames[setting],
                 orNone, value);
  if (asStr(value)->length != 1)
    return raise(typeErrorType, "\"%s\" must be a unicode character%s, not a string of length %lld",
                 kNames[setting], orNone, static_cast<long long>(asStr(value)->length));
  character = asStr(value)->at(0);
  return true;
}

bool quotingOf(Value value, int64_t& quoting) {
  if (!value.isInt() && !(isInteger(value) && typeOf(value) == &intType))
    return raise(typeErrorType, "\"quoting\" must be an integer, not %T", value);
  if (!intFits64(value, quoting) || quoting < 0 || quoting >= kQuotingCount)
    return raise(typeErrorType, "bad \"quoting\" value");
  return true;
}

bool switchOf(Value value, Value& field) {
  bool isOn;
  if (!truth(value, isOn))
    return false;
  field = Value::fromBool(isOn);
  return true;
}

bool contains(Value text, int64_t character) {
  for (int64_t i = 0; i < asStr(text)->length; ++i)
    if (asStr(text)->at(i) == character)
      return true;
  return false;
}

/// A character that can't stand for itself: at the end of a line, or skipped.
bool checkCharacter(const DialectObject* dialect, Setting setting, int64_t c, bool maySpace) {
  if (c == kNotSet)
    return true;
  if (c == '\r' || c == '\n' || (c == ' ' && !maySpace))
    return raise(valueErrorType, "bad %s value", kNames[setting]);
  if (contains(dialect->lineTerminator, c))
    return raise(valueErrorType, "bad %s or lineterminator value", kNames[setting]);
  return true;
}

bool checkDistinct(Setting a, Setting b, int64_t first, int64_t second) {
  if (first != second || first == kNotSet)
    return true;
  return raise(valueErrorType, "bad %s or %s value", kNames[a], kNames[b]);
}

bool check(const DialectObject* dialect) {
  if (dialect->quoting != kQuoteNone && dialect->quoteChar == kNotSet)
    return raise(typeErrorType, "quotechar must be set if quoting enabled");
  bool maySpace = !dialect->skipInitialSpace.isTrue();
  return checkCharacter(dialect, kDelimiter, dialect->delimiter, true) &&
         checkCharacter(dialect, kEscapeChar, dialect->escapeChar, maySpace) &&
         checkCharacter(dialect, kQuoteChar, dialect->quoteChar, maySpace) &&
         checkDistinct(kDelimiter, kEscapeChar, dialect->delimiter, dialect->escapeChar) &&
         checkDistinct(kDelimiter, kQuoteChar, dialect->delimiter, dialect->quoteChar) &&
         checkDistinct(kEscapeChar, kQuoteChar, dialect->escapeChar, dialect->quoteChar);
}

bool fill(DialectObject* dialect, const Value* given) {
  dialect->delimiter = ',';
  dialect->quoteChar = '"';
  dialect->escapeChar = kNotSet;
  dialect->quoting = kQuoteMinimal;
  dialect->doubleQuote = Value::fromBool(true);
  dialect->skipInitialSpace = dialect->strict = Value::fromBool(false);
  if (given[kDelimiter] && !characterOf(kDelimiter, given[kDelimiter], false, dialect->delimiter))
    return false;
  if (given[kDoubleQuote] && !switchOf(given[kDoubleQuote], dialect->doubleQuote))
    return false;
  if (given[kEscapeChar] &&
      !characterOf(kEscapeChar, given[kEscapeChar], true, dialect->escapeChar))
    return false;
  if (given[kLineTerminator] && !isStr(given[kLineTerminator]))
    return raise(typeErrorType, "\"lineterminator\" must be a string, not %T",
                 given[kLineTerminator]);
  Ref terminator = given[kLineTerminator] ? Ref::copy(given[kLineTerminator]) : makeStr("\r\n");
  if (!terminator)
    return false;
  setField(dialect->lineTerminator, std::move(terminator));
  if (given[kQuoteChar] && !characterOf(kQuoteChar, given[kQuoteChar], true, dialect->quoteChar))
    return false;
  if (given[kQuoting] && !quotingOf(given[kQuoting], dialect->quoting))
    return false;
  if (given[kQuoteChar] && given[kQuoteChar].isNone() && !given[kQuoting])
    dialect->quoting = kQuoteNone;
  if (given[kSkipInitialSpace] && !switchOf(given[kSkipInitialSpace], dialect->skipInitialSpace))
    return false;
  return (!given[kStrict] || switchOf(given[kStrict], dialect->strict)) && check(dialect);
}

/// What is not given comes from another dialect's attributes, as far as it has them.
bool inherit(Value other, Value* given, Ref* keep) {
  for (unsigned i = 1; i < kSettingCount; ++i) {
    if (given[i])
      continue;
    if (!findAttr(other, internLiteral(kNames[i]), keep[i]))
      return false;
    given[i] = keep[i];
  }
  return true;
}

bool checkNames(Value kwnames) {
  for (int64_t i = 0; kwnames && i < asTuple(kwnames)->count; ++i) {
    Value name = asTuple(kwnames)->items()[i];
    bool known = false;
    for (const char* setting : kNames)
      known |= isStr(name) && strEquals(asStr(name), setting);
    if (!known)
      return raise(typeErrorType, "this function got an unexpected keyword argument '%S'", name);
  }
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "Dialect(dialect=None, delimiter=None, doublequote=None, escapechar=None, "
      "lineterminator=None, quotechar=None, quoting=None, skipinitialspace=None, strict=None)");
  Value given[kSettingCount];
  Ref keep[kSettingCount];
  if (!checkNames(kwnames) || !signature.bind(args, argc, kwnames, given))
    return {};
  Ref base = Ref::copy(given[0] ? given[0] : Value::none());
  if (isStr(base)) {
    base = findDialect(base);
    if (!base)
      return {};
  }
  bool isPlain = true;
  for (unsigned i = 1; i < kSettingCount; ++i)
    isPlain &= !given[i];
  if (isPlain && typeOf(base) == &dialectType)
    return base;
  if (!base.isNone() && !inherit(base, given, keep))
    return {};
  Ref self = Ref::steal(allocObject(type));
  return self && fill(asDialect(self), given) ? std::move(self) : Ref();
}

void dealloc(Object* self) {
  decrefMaybe(reinterpret_cast<DialectObject*>(self)->lineTerminator);
  freeObject(self);
}

template <auto member> Ref character(Value self) {
  int64_t c = asDialect(self)->*member;
  return c == kNotSet ? Ref::none() : makeStrChar(static_cast<uint32_t>(c));
}
Ref lineTerminator(Value self) {
  return Ref::copy(asDialect(self)->lineTerminator);
}
Ref quoting(Value self) {
  return makeInt(asDialect(self)->quoting);
}

Ref refuseReduce(const Value* args) {
  return raise(typeErrorType, "cannot pickle '%T' instances", args[0]);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = refuseReduce},
    {.signature = "__reduce_ex__($self, protocol, /)", .bound = refuseReduce},
};
constexpr GetSetDef kGetSets[] = {
    {"delimiter", character<&DialectObject::delimiter>},
    {"escapechar", character<&DialectObject::escapeChar>},
    {"lineterminator", lineTerminator},
    {"quotechar", character<&DialectObject::quoteChar>},
    {"quoting", quoting},
};
constexpr MemberDef kMembers[] = {
    {"doublequote", offsetof(DialectObject, doubleQuote), MemberDef::ReadOnly},
    {"skipinitialspace", offsetof(DialectObject, skipInitialSpace), MemberDef::ReadOnly},
    {"strict", offsetof(DialectObject, strict), MemberDef::ReadOnly},
};

} // namespace

Ref makeDialect(const Value* args, size_t argc, Value kwnames) {
  readyType(&dialectType);
  return create(&dialectType, args, argc, kwnames);
}

constinit TypeObject dialectType = {
    .name = "_csv.Dialect",
    .base = &objectType,
    .basicSize = sizeof(DialectObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "How a CSV file is written.",
    .slots = {.dealloc = dealloc, .create = create},
};

} // namespace pyc::rt::csv
