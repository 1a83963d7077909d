// The type memoryview: slots, methods, attributes, and its iterator.
#include "runtime/objects/bytes.h"
#include "runtime/objects/bytes_text.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/index_iterator.h"
#include "runtime/objects/int.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

namespace {

MemoryViewObject* selfOf(const Value* args) {
  return asMemoryView(args[0]);
}

void dealloc(Object* self) {
  auto* view = reinterpret_cast<MemoryViewObject*>(self);
  if (view->buffer)
    decrefObject(&view->buffer->header);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  if (auto* buffer = reinterpret_cast<MemoryViewObject*>(self)->buffer)
    visitor.visit(buffer);
}
void clear(Object* self) {
  auto* view = reinterpret_cast<MemoryViewObject*>(self);
  if (view->exports == 0 && view->buffer)
    decrefObject(&std::exchange(view->buffer, nullptr)->header);
}

Ref reprSlot(Value self) {
  char text[64];
  const char* form = asMemoryView(self)->buffer ? "<memory at %p>" : "<released memory at %p>";
  int length = snprintf(text, sizeof text, form, static_cast<void*>(self.object()));
  return makeStrAscii({text, static_cast<size_t>(length)});
}

/// The items as bytes, contiguous; `storage` is used where they are not.
std::string_view contiguousBytes(MemoryViewObject* view, std::string& storage) {
  BufferView borrowed = view->borrow();
  if (isContiguous(borrowed, 'C'))
    return borrowed.bytes();
  copyBuffer(borrowed, 'C', storage);
  return storage;
}

bool hashSlot(Value self, int64_t& hash) {
  MemoryViewObject* view = asMemoryView(self);
  if (view->hashCode != 0) {
    hash = view->hashCode;
    return true;
  }
  if (!checkUsable(view))
    return false;
  if (!view->readOnly)
    return raise(valueErrorType, "cannot hash writable memoryview object");
  char letter = view->format[*view->format == '@'];
  if (nativeItemSize(view->format) != 1 || letter == '?')
    return raise(valueErrorType, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  // An unhashable exporter is one whose bytes may change.
  if (Value owner = view->buffer->view.owner; owner && !pyc::rt::hash(owner, hash))
    return false;
  std::string storage;
  std::string_view bytes = contiguousBytes(view, storage);
  view->hashCode = hash = hashBytes(bytes.data(), bytes.size());
  return true;
}

bool lengthSlot(Value self, int64_t& length) {
  MemoryViewObject* view = asMemoryView(self);
  if (!checkUsable(view))
    return false;
  if (view->dimensions == 0)
    return raise(typeErrorType, "0-dim memory has no length");
  length = view->shape()[0];
  return true;
}

bool getBufferSlot(Value self, BufferView& view, int flags) {
  MemoryViewObject* source = asMemoryView(self);
  if (!checkUsable(source) || !checkUnrestricted(source))
    return false;
  view = source->borrow();
  auto wants = [&](int flag) { return (flags & flag) == flag; };
  bool isC = isContiguous(view, 'C');
  if (wants(kBufferWritable) && source->readOnly)
    return raise(bufferErrorType, "memoryview: underlying buffer is not writable");
  if (wants(kBufferCContiguous) && !isC)
    return raise(bufferErrorType, "memoryview: underlying buffer is not C-contiguous");
  if (wants(kBufferFContiguous) && !isContiguous(view, 'F'))
    return raise(bufferErrorType, "memoryview: underlying buffer is not Fortran contiguous");
  if (wants(kBufferAnyContiguous) && !isContiguous(view, 'A'))
    return raise(bufferErrorType, "memoryview: underlying buffer is not contiguous");
  if (!wants(kBufferStrides)) {
    if (!isC)
      return raise(bufferErrorType, "memoryview: underlying buffer is not C-contiguous");
    view.strides = nullptr;
  }
  if (!wants(kBufferFormat))
    view.format = nullptr;
  if (!wants(kBufferND)) {
    if (view.format)
      return raise(bufferErrorType,
                   "memoryview: cannot cast to unsigned bytes if the format flag is present");
    view.dimensions = 1;
    view.shape = nullptr;
  }
  view.owner = Ref::copy(self).release();
  ++source->exports;
  return true;
}
void releaseBufferSlot(Value self, BufferView&) {
  --asMemoryView(self)->exports;
}

constinit ConstructorSignature kSignature("memoryview(object)");

Ref create(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  Value object;
  return kSignature.bind(args, argc, kwnames, &object) ? makeMemoryView(object) : Ref();
}

// Methods.

Ref fromFlags(const Value* args) {
  int flags = 0;
  if (!intArg(args[2], flags))
    return {};
  return makeMemoryViewWith(args[1], flags);
}

Ref release(const Value* args) {
  return releaseMemoryView(selfOf(args)) ? Ref::none() : Ref();
}
Ref enter(const Value* args) {
  return checkUsable(selfOf(args)) ? Ref::copy(args[0]) : Ref();
}

Ref toBytes(const Value* args) {
  MemoryViewObject* view = selfOf(args);
  if (!checkUsable(view))
    return {};
  char order = 'C';
  if (args[1] && !args[1].isNone()) {
    if (!isStr(args[1]))
      return raiseBadArgument("tobytes", "order", "str or None", args[1]);
    StrObject* text = asStr(args[1]);
    if (!strEquals(text, "C") && !strEquals(text, "F") && !strEquals(text, "A"))
      return raise(valueErrorType, "order must be 'C', 'F' or 'A'");
    order = static_cast<char>(text->at(0));
  }
  BufferView borrowed = view->borrow();
  if (order == 'A')
    order = isContiguous(borrowed, 'F') && !isContiguous(borrowed, 'C') ? 'F' : 'C';
  std::string out;
  copyBuffer(borrowed, order, out);
  return makeBytes(out);
}

Ref toList(const Value* args) {
  return checkUsable(selfOf(args)) ? memoryToList(selfOf(args)) : Ref();
}

Ref hex(const Value* args) {
  if (!checkUsable(selfOf(args)))
    return {};
  std::string storage;
  return bytesToHex(contiguousBytes(selfOf(args), storage), args[1], args[2]);
}

Ref toReadOnly(const Value* args) {
  PYC_TRY(view, makeMemoryView(args[0]));
  asMemoryView(view)->readOnly = true;
  return view;
}

/// Calls use(index, equal) for each item until it returns false. False with an exception.
template <class Use> bool compareItems(const Value* args, Use use) {
  MemoryViewObject* view = selfOf(args);
  if (!checkUsable(view))
    return false;
  if (view->dimensions == 0)
    return raise(typeErrorType, "invalid indexing of 0-dim memory");
  if (view->dimensions > 1)
    return raise(notImplementedErrorType, "multi-dimensional sub-views are not implemented");
  for (int64_t i = 0; i < view->shape()[0]; ++i) {
    Ref item = memoryItem(view, i);
    bool equal;
    if (!item || !equalItems(item, args[1], equal))
      return false;
    if (!use(i, equal))
      return true;
    if (!checkUsable(view)) // __eq__ may have released it
      return false;
  }
  return true;
}

Ref count(const Value* args) {
  int64_t found = 0;
  bool done = compareItems(args, [&](int64_t, bool equal) {
    found += equal;
    return true;
  });
  return done ? Ref::number(Value::fromInt(found)) : Ref();
}

Ref index(const Value* args) {
  TextRange range;
  if (!range.parse(args[2], args[3]))
    return {};
  range.clip(selfOf(args)->count());
  int64_t found = -1;
  bool done = compareItems(args, [&](int64_t i, bool equal) {
    if (equal && i >= range.start && i < range.stop)
      found = i;
    return found < 0;
  });
  if (!done)
    return {};
  if (found < 0)
    return raise(valueErrorType, "memoryview.index(x): x not found");
  return Ref::number(Value::fromInt(found));
}

constexpr MethodDef kMethods[] = {
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
    {.signature = "__enter__($self, /)", .bound = enter},
    {.signature = "__exit__($self, /, *exc_info)", .bound = release},
    {.signature = "_from_flags($type, /, object, flags)",
     .bound = fromFlags,
     .kind = MethodDef::Class},
    {.signature = "cast($self, /, format, shape=<unrepresentable>)", .bound = memoryCast},
    {.signature = "count($self, value, /)", .bound = count},
    {.signature = "hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", .bound = hex},
    {.signature = "index($self, value, start=0, stop=sys.maxsize, /)", .bound = index},
    {.signature = "release($self, /)", .bound = release},
    {.signature = "tobytes($self, /, order='C')", .bound = toBytes},
    {.signature = "tolist($self, /)", .bound = toList},
    {.signature = "toreadonly($self, /)", .bound = toReadOnly},
};

// Attributes.

/// f(view) when it is usable.
template <class F> Ref attribute(Value self, F f) {
  return checkUsable(asMemoryView(self)) ? f(asMemoryView(self)) : Ref();
}
Ref tupleOfNumbers(const int64_t* numbers, int count) {
  PYC_TRY(tuple, newTuple(static_cast<size_t>(count)));
  for (int i = 0; i < count; ++i)
    asTuple(tuple)->items()[i] = makeInt(numbers[i]).release();
  return tuple;
}
Ref contiguity(Value self, char order) {
  return attribute(self,
                   [&](auto* view) { return Ref::boolean(isContiguous(view->borrow(), order)); });
}

Ref getObj(Value self) {
  return attribute(self, [](auto* view) {
    Value owner = view->buffer->view.owner;
    return owner ? Ref::copy(owner) : Ref::none();
  });
}
Ref getNbytes(Value self) {
  return attribute(self, [](auto* view) { return makeInt(view->size); });
}
Ref getReadOnly(Value self) {
  return attribute(self, [](auto* view) { return Ref::boolean(view->readOnly); });
}
Ref getItemSize(Value self) {
  return attribute(self, [](auto* view) { return makeInt(view->itemSize); });
}
Ref getFormat(Value self) {
  return attribute(self, [](auto* view) { return makeStr(view->format); });
}
Ref getNdim(Value self) {
  return attribute(self, [](auto* view) { return makeInt(view->dimensions); });
}
Ref getShape(Value self) {
  return attribute(self,
                   [](auto* view) { return tupleOfNumbers(view->shape(), view->dimensions); });
}
Ref getStrides(Value self) {
  return attribute(self,
                   [](auto* view) { return tupleOfNumbers(view->strides(), view->dimensions); });
}
Ref getSuboffsets(Value self) {
  return attribute(self, [](auto*) { return newTuple(0); });
}
Ref getCContiguous(Value self) {
  return contiguity(self, 'C');
}
Ref getFContiguous(Value self) {
  return contiguity(self, 'F');
}
Ref getContiguous(Value self) {
  return contiguity(self, 'A');
}

constexpr GetSetDef kGetSets[] = {
    {.name = "obj", .get = getObj},
    {.name = "nbytes", .get = getNbytes},
    {.name = "readonly", .get = getReadOnly},
    {.name = "itemsize", .get = getItemSize},
    {.name = "format", .get = getFormat},
    {.name = "ndim", .get = getNdim},
    {.name = "shape", .get = getShape},
    {.name = "strides", .get = getStrides},
    {.name = "suboffsets", .get = getSuboffsets},
    {.name = "c_contiguous", .get = getCContiguous},
    {.name = "f_contiguous", .get = getFContiguous},
    {.name = "contiguous", .get = getContiguous},
};

// The iterator.

struct MemoryIterator {
  Object header;
  MemoryViewObject* view; // owned; null when exhausted
  int64_t index;
};

Ref iterSlot(Value self) {
  MemoryViewObject* view = asMemoryView(self);
  if (!checkUsable(view))
    return {};
  if (view->dimensions == 0)
    return raise(typeErrorType, "invalid indexing of 0-dim memory");
  if (view->dimensions > 1)
    return raise(notImplementedErrorType, "multi-dimensional sub-views are not implemented");
  auto* iterator = reinterpret_cast<MemoryIterator*>(allocObject(&memoryIteratorType));
  if (!iterator)
    return {};
  increfObject(&view->header);
  iterator->view = view;
  return Ref::steal(iterator);
}

Ref iteratorNext(Value self) {
  auto* iterator = self.as<MemoryIterator>();
  if (!iterator->view)
    return {};
  if (!checkUsable(iterator->view))
    return {};
  if (iterator->index < iterator->view->shape()[0])
    return memoryItem(iterator->view, iterator->index++);
  return finishIterator(iterator->view);
}
void iteratorDealloc(Object* self) {
  if (auto* view = reinterpret_cast<MemoryIterator*>(self)->view)
    decrefObject(&view->header);
  freeObject(self);
}
void iteratorTraverse(Object* self, Visitor& visitor) {
  if (auto* view = reinterpret_cast<MemoryIterator*>(self)->view)
    visitor.visit(view);
}

} // namespace

constinit TypeObject memoryViewType = {
    .name = "memoryview",
    .base = &objectType,
    .basicSize = sizeof(MemoryViewObject),
    .itemSize = sizeof(int64_t),
    .flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeSequence | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "memoryview(object)\n--\n\nThe memory of an object that has the buffer protocol, as an "
           "array.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .repr = reprSlot,
              .hash = hashSlot,
              .compare = memoryCompare,
              .iter = iterSlot,
              .create = create,
              .length = lengthSlot,
              .getItem = memoryGetItem,
              .setItem = memorySetItem,
              .getBuffer = getBufferSlot,
              .releaseBuffer = releaseBufferSlot},
};

constinit TypeObject memoryIteratorType = {
    .name = "memory_iterator",
    .basicSize = sizeof(MemoryIterator),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = iteratorDealloc,
              .traverse = iteratorTraverse,
              .iter = iterSelf,
              .next = iteratorNext},
};

} // namespace pyc::rt
