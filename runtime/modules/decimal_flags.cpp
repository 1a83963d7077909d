// SignalDict: a context's flags or traps as a mapping from signals to bools.
#include "runtime/modules/decimal_objects.h"
#include "runtime/modules/import_system.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

constexpr const char* kSignalNames =
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n"
    "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";

Value signalDictType; // the class SignalDict

SignalMapping* asMapping(Value value) {
  return value.as<SignalMapping>();
}

/// The word of conditions that a mapping shows, and its context, held meanwhile. False with a
/// ValueError where that is gone.
class Conditions {
public:
  explicit Conditions(Value mapping) {
    SpinGuard guard(asMapping(mapping)->lock);
    DecimalContext* context = asMapping(mapping)->context;
    if (context && tryIncref(&context->header)) {
      context_ = Ref::steal(Value(context));
      word_ = asMapping(mapping)->set == SignalSet::Flags ? &context->state.status
                                                          : &context->state.traps;
    }
  }
  explicit operator bool() const {
    return word_ != nullptr || raise(valueErrorType, "invalid signal dict");
  }
  uint32_t& operator*() const { return *word_; }
  bool has(const DecimalSignal& signal) const { return (*word_ & signal.conditions) != 0; }

private:
  Ref context_;
  uint32_t* word_ = nullptr;
};

const DecimalSignal* findSignal(Value type) {
  for (const DecimalSignal& signal : decimalSignals)
    if (signal.type == type)
      return &signal;
  return nullptr;
}
const DecimalSignal* signalArg(Value type) {
  const DecimalSignal* signal = findSignal(type);
  if (!signal)
    raise(keyErrorType, "%s", kSignalNames);
  return signal;
}

// Slots.

/// Made by a program it belongs to no context, and can do nothing.
Ref createMapping(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type));
}

bool lengthSlot(Value self, int64_t& length) {
  length = kSignalCount;
  return static_cast<bool>(Conditions(self));
}

Ref iterSlot(Value self) {
  if (!Conditions(self))
    return {};
  PYC_TRY(all, listOfSignals(UINT32_MAX));
  PYC_TRY(signals, sequenceTuple(all));
  return getIter(signals);
}

Ref getItemSlot(Value self, Value key) {
  Conditions conditions(self);
  const DecimalSignal* signal = conditions ? signalArg(key) : nullptr;
  return signal ? Ref::boolean(conditions.has(*signal)) : Ref();
}

bool setItemSlot(Value self, Value key, Value value) {
  Conditions conditions(self);
  if (!conditions)
    return false;
  if (!value)
    return raise(valueErrorType, "signal keys cannot be deleted");
  const DecimalSignal* signal = signalArg(key);
  bool isSet;
  if (!signal || !truth(value, isSet))
    return false;
  if (isSet)
    *conditions |= signal->conditions;
  else
    *conditions &= ~signal->conditions;
  return true;
}

Ref reprSlot(Value self) {
  Conditions conditions(self);
  if (!conditions)
    return {};
  std::string text = "{";
  for (const DecimalSignal& signal : decimalSignals) {
    text += text.size() > 1 ? ", <class 'decimal." : "<class 'decimal.";
    text += signal.name;
    text += conditions.has(signal) ? "'>:True" : "'>:False";
  }
  return makeStr(text + "}");
}

/// The signals of which conditions are set, each with all of its conditions.
uint32_t wholeSignals(uint32_t conditions) {
  uint32_t result = 0;
  for (const DecimalSignal& signal : decimalSignals)
    if (conditions & signal.conditions)
      result |= signal.conditions;
  return result;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  Conditions mine(self);
  if (!mine)
    return {};
  bool isMapping = isAnyDict(other) || isInstance(other, &signalMappingType);
  if (!isMapping || (op != CompareOp::Eq && op != CompareOp::Ne))
    return Ref::notImplemented();
  uint32_t others;
  if (!conditionsOfMapping(other, others))
    return catchRaised(keyErrorType) ? Ref::boolean(op == CompareOp::Ne) : Ref();
  return Ref::boolean((wholeSignals(*mine) == wholeSignals(others)) == (op == CompareOp::Eq));
}

Ref copyMethod(const Value* args) {
  Conditions conditions(args[0]);
  if (!conditions)
    return {};
  PYC_TRY(copy, newDict(kSignalCount));
  for (const DecimalSignal& signal : decimalSignals)
    if (!dictSet(asDict(copy), signal.type, Value::fromBool(conditions.has(signal))))
      return {};
  return copy;
}

constexpr MethodDef kMethods[] = {
    {.signature = "copy($self, /)", .bound = copyMethod, .doc = "A dict with the same items."},
};

bool conditionsOfList(Value list, uint32_t& conditions) {
  conditions = 0;
  PYC_TRY(items, sequenceTuple(list));
  for (int64_t i = 0; i < asTuple(items)->count; ++i) {
    const DecimalSignal* signal = signalArg(asTuple(items)->items()[i]);
    if (!signal)
      return false;
    conditions |= signal->conditions;
  }
  return true;
}

Ref makeType() {
  PYC_TRY(abc, importModuleNamed("_collections_abc"));
  PYC_TRY(base, getAttr(abc, internLiteral("MutableMapping")));
  PYC_TRY(name, makeStr("SignalDict"));
  readyType(&signalMappingType);
  PYC_TRY(bases, tupleOf(Value(&signalMappingType.header), base.get()));
  PYC_TRY(attributes, newDict());
  return call(Value(&typeOf(base)->header), name, bases, attributes);
}

} // namespace

constinit TypeObject signalMappingType = {
    .name = "decimal.SignalDictMixin",
    .base = &objectType,
    .basicSize = sizeof(SignalMapping),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .slots = {.repr = reprSlot,
              .hash = unhashable,
              .compare = compareSlot,
              .iter = iterSlot,
              .create = createMapping,
              .length = lengthSlot,
              .getItem = getItemSlot,
              .setItem = setItemSlot},
};

bool makeSignalDictType() {
  if (!signalDictType)
    signalDictType = makeType().release();
  return static_cast<bool>(signalDictType);
}

Ref signalMappingOf(DecimalContext* context, SignalSet set) {
  Value& field = set == SignalSet::Flags ? context->flags : context->traps;
  uint64_t* word = reinterpret_cast<uint64_t*>(&field);
  if (Value found = Value::fromBits(__atomic_load_n(word, __ATOMIC_ACQUIRE)))
    return Ref::copy(found);
  Ref made = Ref::steal(allocObject(asType(signalDictType)));
  if (!made)
    return {};
  allowTryIncref(&context->header);
  asMapping(made)->context = context;
  asMapping(made)->set = set;
  uint64_t none = 0;
  // Another thread may have been first.
  if (!__atomic_compare_exchange_n(word, &none, made.get().bits(), false, __ATOMIC_ACQ_REL,
                                   __ATOMIC_ACQUIRE))
    return Ref::copy(Value::fromBits(none));
  return Ref::copy(made.release()); // the field has the first count
}

void detachMapping(Value mapping) {
  if (!mapping)
    return;
  SpinGuard guard(asMapping(mapping)->lock);
  asMapping(mapping)->context = nullptr;
}

bool conditionsOfMapping(Value mapping, uint32_t& conditions) {
  if (isInstance(mapping, &signalMappingType)) {
    Conditions source(mapping);
    if (!source)
      return false;
    conditions = *source;
    return true;
  }
  if (!isAnyDict(mapping))
    return raise(typeErrorType, "argument must be a signal dict");
  conditions = 0;
  int64_t count;
  if (!length(mapping, count))
    return false;
  for (const DecimalSignal& signal : decimalSignals) {
    Ref value;
    bool isSet;
    if (!dictGet(asDict(mapping), signal.type, value))
      return false;
    if (!value || count != kSignalCount)
      return raise(keyErrorType, "invalid signal dict");
    if (!truth(value, isSet))
      return false;
    if (isSet)
      conditions |= signal.conditions;
  }
  return true;
}

bool conditionsArg(Value argument, uint32_t& conditions) {
  return isList(argument) ? conditionsOfList(argument, conditions)
                          : conditionsOfMapping(argument, conditions);
}

} // namespace pyc::rt
