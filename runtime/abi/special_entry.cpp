// What native code does not settle itself of the answers of special methods that it has called.

#include "runtime/abi/entry.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slot_functions.h"

namespace pyc::rt {

extern "C" {

int32_t pyc_slow_finish_bool(Value object, Value answer) {
  bool result;
  return truthOfAnswer(object, Ref::steal(answer), result) ? result : -1;
}
int32_t pyc_slow_finish_truth_length(Value answer) {
  int64_t length;
  return lengthOfAnswer(Ref::steal(answer), length) ? length != 0 : -1;
}
int32_t pyc_slow_finish_truth(Value answer) {
  Ref held = Ref::steal(answer);
  bool result;
  return held && truth(held, result) ? result : -1;
}
Value pyc_slow_finish_iter(Value object, Value iterator) {
  return checkedIterator(object, Ref::steal(iterator)).release();
}
void pyc_slow_end_iteration() {
  catchRaised(stopIterationType);
}
Value pyc_slow_length_of_instance(Value object) {
  int64_t length;
  auto slot = typeOf(object)->slots.length;
  return slot && slot(object, length) ? makeInt(length).release() : Value();
}
}

} // namespace pyc::rt
