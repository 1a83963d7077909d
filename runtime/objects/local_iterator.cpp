#include "runtime/objects/local_iterator.h"

#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/protocol.h"

#include <cstring>

namespace pyc::rt {

namespace {

template <class T, class Container>
void begin(T* iterator, TypeObject& type, Container* T::* member, Value container) {
  readyType(&type);
  initLocal(&iterator->header, type.rootShape);
  incref(container);
  iterator->*member = container.as<Container>();
}

template <class T> void count(T* iterator, int64_t size) {
  iterator->position = 0;
  iterator->count = iterator->remaining = size;
}

} // namespace

Ref makeLocalIterator(Value iterable, LocalIterator* memory) {
  if (hasShape(iterable, kShapeList)) {
    begin(&memory->list, listIteratorType, &ListIterator::list, iterable);
    memory->list.index = 0;
  } else if (hasShape(iterable, kShapeTuple)) {
    begin(&memory->tuple, tupleIteratorType, &TupleIterator::tuple, iterable);
    memory->tuple.index = 0;
  } else if (hasShape(iterable, kShapeStr)) {
    begin(&memory->str, strIteratorType, &StrIterator::str, iterable);
    memory->str.index = 0;
  } else if (hasShape(iterable, kShapeDict)) {
    begin(&memory->dict, dictKeyIteratorType, &DictIterator::dict, iterable);
    count(&memory->dict, asDict(iterable)->count);
    memory->dict.result = nullptr;
  } else if (hasShape(iterable, kShapeSet)) {
    begin(&memory->set, setIteratorType, &SetIterator::set, iterable);
    count(&memory->set, asSet(iterable)->count);
  } else {
    return getIter(iterable);
  }
  return Ref::steal(&memory->header);
}

Value moveToHeap(LocalIterator* iterator) {
  Value local = &iterator->header;
  TypeObject* type = typeOf(local);
  Object* moved = allocFast<true>(type, type->basicSize);
  PYC_CHECK(moved); // out of memory, where the program can't go on
  std::memcpy(static_cast<void*>(moved + 1), static_cast<void*>(&iterator->header + 1),
              type->basicSize - sizeof(Object));
  moved->localCount = iterator->header.localCount;
  return moved;
}

} // namespace pyc::rt
