// Pickled states, and other small things that the types of _datetime share.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

bool fits(const PickleForm& form, uint32_t item) {
  if (form.folded)
    item &= 0x7F;
  return item >= form.least && item <= form.most;
}

} // namespace

bool stateArg(Value argument, const PickleForm& form, std::string& state) {
  if (hasShape(argument, kShapeBytes)) {
    BytesObject* bytes = asBytes(argument);
    if (bytes->length == form.length && fits(form, bytes->data()[form.place]))
      state = bytes->view();
    return true;
  }
  if (!isStr(argument))
    return true;
  StrObject* text = asStr(argument);
  if (text->length != form.length || !fits(form, text->at(form.place)))
    return true;
  if (!text->isNarrow())
    return raise(valueErrorType,
                 "Failed to encode latin1 string when unpickling a %s object. "
                 "pickle.load(data, encoding='latin1') is assumed.",
                 form.what);
  state.assign(reinterpret_cast<const char*>(text->data()), static_cast<size_t>(text->length));
  return true;
}

bool stateZoneArg(Value argument, Value& zone) {
  zone = {};
  if (!argument || argument.isNone())
    return true;
  if (!isInstance(argument, &zoneBaseType))
    return raise(typeErrorType, "bad tzinfo state arg");
  zone = argument;
  return true;
}

void appendClockState(std::string& state, const ClockFields& clock) {
  for (int part : {clock.hour, clock.minute, clock.second, clock.microsecond >> 16,
                   clock.microsecond >> 8, clock.microsecond})
    state.push_back(static_cast<char>(part));
}

ClockFields clockOfState(const uint8_t* state) {
  return {state[0], state[1], state[2], state[3] << 16 | state[4] << 8 | state[5], 0};
}

bool clockArgs(const Value* args, ClockFields& clock) {
  return intArg(args[0], clock.hour) && intArg(args[1], clock.minute) &&
         intArg(args[2], clock.second) && intArg(args[3], clock.microsecond);
}

Ref ordering(int64_t difference, CompareOp op) {
  switch (op) {
  case CompareOp::Lt:
    return Ref::boolean(difference < 0);
  case CompareOp::Le:
    return Ref::boolean(difference <= 0);
  case CompareOp::Eq:
    return Ref::boolean(difference == 0);
  case CompareOp::Ne:
    return Ref::boolean(difference != 0);
  case CompareOp::Gt:
    return Ref::boolean(difference > 0);
  case CompareOp::Ge:
    return Ref::boolean(difference >= 0);
  }
  __builtin_unreachable();
}

} // namespace pyc::rt
