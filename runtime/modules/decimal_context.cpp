// The type Context: its settings, and making contexts.
#include "runtime/modules/decimal_current.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

constexpr const char* kRoundingNames[MPD_ROUND_TRUNC] = {
    "ROUND_UP",      "ROUND_DOWN",      "ROUND_CEILING",   "ROUND_FLOOR",
    "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"};

constexpr const char* kRoundingChoice =
    "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
    "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]";

DecimalContext* asContext(Value value) {
  return value.as<DecimalContext>();
}
mpd_context_t& stateOf(Value value) {
  return asContext(value)->state;
}

void initState(DecimalContext* context, const mpd_context_t& state) {
  context->state = state;
  context->state.newtrap = 0;
  context->capitals = 1;
}

Value roundingConstants[MPD_ROUND_TRUNC]; // the names as interned strs

/// The settings of a new context: those of decimal.DefaultContext.
Value defaultContext, basicContext, extendedContext;

Ref createContext(TypeObject* type, const Value*, size_t, Value) {
  Object* object = allocObject(type);
  if (object)
    initState(asContext(object), stateOf(defaultContext));
  return Ref::steal(object);
}

bool initContext(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("Context(prec=None, rounding=None, Emin=None, Emax=None, "
                                        "capitals=None, clamp=None, flags=None, traps=None)");
  static constexpr const char* kNames[] = {"prec",     "rounding", "Emin",  "Emax",
                                           "capitals", "clamp",    "flags", "traps"};
  Value bound[std::size(kNames)];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (bound[i] && !bound[i].isNone() && !setContextAttribute(self, kNames[i], bound[i]))
      return false;
  return true;
}

void clearContext(Object* self) {
  for (Value* mapping : {&asContext(self)->flags, &asContext(self)->traps}) {
    detachMapping(*mapping);
    clearField(*mapping);
  }
}
void deallocContext(Object* self) {
  clearContext(self);
  freeObject(self);
}
void traverseContext(Object* self, Visitor& visitor) {
  for (Value value : {asContext(self)->flags, asContext(self)->traps})
    if (value)
      visitor.visit(value);
}

// Attributes. A null value deletes.

bool checkNotDeleted(Value value) {
  return value || raise(attributeErrorType, "context attributes cannot be deleted");
}

bool integerSetting(Value value, int64_t& result) {
  if (!checkNotDeleted(value))
    return false;
  if (!isInteger(value))
    return raise(typeErrorType, "an integer is required");
  return sizeArg(value, result);
}

Ref getPrecision(Value self) {
  return makeInt(stateOf(self).prec);
}
bool setPrecision(Value self, Value value) {
  int64_t number;
  return integerSetting(value, number) &&
         (mpd_qsetprec(&stateOf(self), number) ||
          raise(valueErrorType, "valid range for prec is [1, MAX_PREC]"));
}

Ref getMost(Value self) {
  return makeInt(stateOf(self).emax);
}
bool setMost(Value self, Value value) {
  int64_t number;
  return integerSetting(value, number) &&
         (mpd_qsetemax(&stateOf(self), number) ||
          raise(valueErrorType, "valid range for Emax is [0, MAX_EMAX]"));
}

Ref getLeast(Value self) {
  return makeInt(stateOf(self).emin);
}
bool setLeast(Value self, Value value) {
  int64_t number;
  return integerSetting(value, number) &&
         (mpd_qsetemin(&stateOf(self), number) ||
          raise(valueErrorType, "valid range for Emin is [MIN_EMIN, 0]"));
}

Ref getRounding(Value self) {
  return Ref::copy(internLiteral(kRoundingNames[stateOf(self).round]));
}
bool setRounding(Value self, Value value) {
  int rounding;
  if (!checkNotDeleted(value))
    return false;
  if (value.isNone())
    return raise(typeErrorType, "%s", kRoundingChoice);
  return roundingArg(value, rounding) && mpd_qsetround(&stateOf(self), rounding);
}

Ref getCapitals(Value self) {
  return makeInt(asContext(self)->capitals);
}
bool setCapitals(Value self, Value value) {
  int64_t number;
  if (!integerSetting(value, number))
    return false;
  if (number != 0 && number != 1)
    return raise(valueErrorType, "valid values for capitals are 0 or 1");
  asContext(self)->capitals = static_cast<int>(number);
  return true;
}

Ref getClamp(Value self) {
  return makeInt(stateOf(self).clamp);
}
bool setClamp(Value self, Value value) {
  int64_t number;
  if (!integerSetting(value, number))
    return false;
  if (number != 0 && number != 1)
    return raise(valueErrorType, "valid values for clamp are 0 or 1");
  stateOf(self).clamp = static_cast<int>(number);
  return true;
}

/// Sets all of a word or, when the value is refused, nothing.
bool setConditions(bool (*read)(Value, uint32_t&), Value value, uint32_t& word) {
  uint32_t conditions;
  if (!read(value, conditions))
    return false;
  __atomic_store_n(&word, conditions, __ATOMIC_RELAXED);
  return true;
}

Ref getFlags(Value self) {
  return signalMappingOf(asContext(self), SignalSet::Flags);
}
bool setFlags(Value self, Value value) {
  return checkNotDeleted(value) && setConditions(conditionsOfMapping, value, stateOf(self).status);
}
Ref getTraps(Value self) {
  return signalMappingOf(asContext(self), SignalSet::Traps);
}
bool setTraps(Value self, Value value) {
  return checkNotDeleted(value) && setConditions(conditionsOfMapping, value, stateOf(self).traps);
}

constexpr GetSetDef kGetSets[] = {
    {"prec", getPrecision, setPrecision, "Digits of results."},
    {"Emax", getMost, setMost, "The largest exponent."},
    {"Emin", getLeast, setLeast, "The least exponent of a number with all digits."},
    {"rounding", getRounding, setRounding, "The name of the rounding mode."},
    {"capitals", getCapitals, setCapitals, "Whether exponents are written with E, not e."},
    {"clamp", getClamp, setClamp, "Whether exponents are kept as IEEE 754 formats need it."},
    {"flags", getFlags, setFlags, "The signals that have occurred."},
    {"traps", getTraps, setTraps, "The signals that raise exceptions."},
};

/// Names in the order of the conditions' bits: that of repr().
std::string signalNames(uint32_t conditions) {
  std::string text = "[";
  for (uint32_t rest = conditions; rest != 0;) {
    uint32_t bit = rest & (0 - rest);
    rest &= ~bit;
    for (const DecimalSignal& signal : decimalSignals)
      if (signal.conditions & bit) {
        text += (text.size() > 1 ? ", " : "") + std::string(signal.name);
        rest &= ~signal.conditions;
      }
  }
  return text + "]";
}

Ref reprContext(Value self) {
  const mpd_context_t& state = stateOf(self);
  return formatText("Context(prec=%lld, rounding=%s, Emin=%lld, Emax=%lld, capitals=%d, clamp=%d, "
                    "flags=%s, traps=%s)",
                    static_cast<long long>(state.prec), kRoundingNames[state.round],
                    static_cast<long long>(state.emin), static_cast<long long>(state.emax),
                    asContext(self)->capitals, state.clamp, signalNames(state.status).c_str(),
                    signalNames(state.traps).c_str());
}

} // namespace

constinit TypeObject decimalContextType = {
    .name = "decimal.Context",
    .base = &objectType,
    .basicSize = sizeof(DecimalContext),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .getSets = kGetSets,
    .doc = "Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None,\n        "
           "clamp=None, flags=None, traps=None)\n--\n\n"
           "How decimal arithmetic is done: the digits of results, how they are rounded, the\n"
           "exponents that there are, and which signals raise exceptions.",
    .slots = {.dealloc = deallocContext,
              .traverse = traverseContext,
              .clear = clearContext,
              .repr = reprContext,
              .create = createContext,
              .init = initContext},
};

bool setContextAttribute(Value context, const char* name, Value value) {
  // Constructors take lists of signals as well.
  if (std::string_view(name) == "flags")
    return setConditions(conditionsArg, value, stateOf(context).status);
  if (std::string_view(name) == "traps")
    return setConditions(conditionsArg, value, stateOf(context).traps);
  return setAttr(context, internLiteral(name), value);
}

const char* roundingName(int rounding) {
  return kRoundingNames[rounding];
}

bool roundingArg(Value argument, int& rounding) {
  if (!argument || argument.isNone())
    return true;
  for (int mode = 0; mode < MPD_ROUND_TRUNC; ++mode) // nearly always a constant of the module
    if (argument == roundingConstants[mode]) {
      rounding = mode;
      return true;
    }
  if (isStr(argument))
    for (int mode = 0; mode < MPD_ROUND_TRUNC; ++mode)
      if (strEquals(asStr(argument), kRoundingNames[mode])) {
        rounding = mode;
        return true;
      }
  return raise(typeErrorType, "%s", kRoundingChoice);
}

Ref newDecimalContext(const mpd_context_t& state) {
  Ref result = Ref::steal(allocObject(&decimalContextType));
  if (result)
    initState(asContext(result), state);
  return result;
}

Ref copyDecimalContext(const DecimalContext* context) {
  Ref result = newDecimalContext(context->state);
  if (result)
    asContext(result)->capitals = context->capitals;
  return result;
}

bool addDecimalContexts(DictObject* names) {
  readyType(&decimalContextType);
  for (int mode = 0; mode < MPD_ROUND_TRUNC; ++mode)
    roundingConstants[mode] = internLiteral(kRoundingNames[mode]);
  if (!defaultContext) {
    mpd_context_t state = {28, 999999, -999999, 0, 0, 0, MPD_ROUND_HALF_EVEN, 0, 1};
    uint32_t usual = MPD_IEEE_Invalid_operation | MPD_Division_by_zero | MPD_Overflow;
    state.traps = usual;
    defaultContext = newDecimalContext(state).release();
    state.prec = 9;
    state.traps = 0;
    extendedContext = newDecimalContext(state).release();
    state.traps = usual | MPD_Underflow | MPD_Clamped;
    state.round = MPD_ROUND_HALF_UP;
    basicContext = newDecimalContext(state).release();
  }
  return defaultContext && basicContext && extendedContext &&
         dictSetStr(names, internLiteral("DefaultContext"), defaultContext) &&
         dictSetStr(names, internLiteral("BasicContext"), basicContext) &&
         dictSetStr(names, internLiteral("ExtendedContext"), extendedContext);
}

const DecimalContext* defaultDecimalContext() {
  return asContext(defaultContext);
}
bool isContextTemplate(Value context) {
  return context == defaultContext || context == basicContext || context == extendedContext;
}

} // namespace pyc::rt
