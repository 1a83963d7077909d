// Slots as special methods: int.__add__ (wrapper_descriptor), (1).__add__ (method-wrapper), and
// int.__new__.
#include "runtime/objects/callable_text.h"
#include "runtime/objects/descriptor_parts.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/module.h"
#include "runtime/objects/new_function.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

SlotWrapperObject* asWrapper(Value value) {
  return value.as<SlotWrapperObject>();
}
MethodWrapperObject* asMethodWrapper(Value value) {
  return value.as<MethodWrapperObject>();
}

Ref callWrapper(Value callee, const Value* args, size_t argc, Value kwnames) {
  SlotWrapperObject* wrapper = asWrapper(callee);
  if (argc == 0)
    return raise(typeErrorType, "descriptor '%S' of '%.100s' object needs an argument",
                 Value(wrapper->name), wrapper->type->name);
  if (PYC_UNLIKELY(!isInstance(args[0], wrapper->type)))
    return raise(typeErrorType,
                 "descriptor '%S' requires a '%.100s' object but received a '%.100T'",
                 Value(wrapper->name), wrapper->type->name, args[0]);
  return wrapper->def->call(wrapper->type, args[0], args + 1, argc - 1, kwnames);
}

Ref bindWrapper(Value descriptor, Value object) {
  Ref result = Ref::steal(allocObject(&methodWrapperType));
  if (!result)
    return {};
  increfObject(descriptor.object());
  asMethodWrapper(result)->wrapper = asWrapper(descriptor);
  setField(asMethodWrapper(result)->self, object);
  return result;
}

Ref getWrapper(Value descriptor, Value object, Value type) {
  if (!object)
    return Ref::copy(descriptor);
  return checkDescriptorSelf(descriptor, object) ? bindWrapper(descriptor, object) : Ref();
}

Ref reprWrapper(Value self) {
  return reprDescriptor(self, "slot wrapper");
}
Ref docOfWrapper(Value self) {
  return docOrNone(asWrapper(self)->def->doc);
}
Ref textSignatureOfWrapper(Value self) {
  return textSignature(asWrapper(self)->def->signature, false);
}

const MethodDef kWrapperMethods[] = {{"__reduce__($self, /)", reduceDescriptor}};
const GetSetDef kWrapperGetSets[] = {
    {"__name__", nameOfDescriptor},
    {"__qualname__", qualifiedNameOfDescriptor},
    {"__objclass__", typeOfDescriptor},
    {"__doc__", docOfWrapper},
    {"__text_signature__", textSignatureOfWrapper},
};

Ref callMethodWrapper(Value callee, const Value* args, size_t argc, Value kwnames) {
  MethodWrapperObject* self = asMethodWrapper(callee);
  return self->wrapper->def->call(self->wrapper->type, self->self, args, argc, kwnames);
}

Ref reprMethodWrapper(Value self) {
  MethodWrapperObject* method = asMethodWrapper(self);
  return formatText("<method-wrapper '%S' of %T object at 0x%llx>", Value(method->wrapper->name),
                    method->self, static_cast<unsigned long long>(method->self.bits()));
}

Ref compareMethodWrappers(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !hasShape(other, kShapeMethodWrapper))
    return Ref::notImplemented();
  bool equal = asMethodWrapper(self)->wrapper == asMethodWrapper(other)->wrapper &&
               asMethodWrapper(self)->self == asMethodWrapper(other)->self;
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool hashMethodWrapper(Value self, int64_t& result) {
  uint64_t bits = asMethodWrapper(self)->self.bits() ^
                  (Value(asMethodWrapper(self)->wrapper).bits() * 0x9E3779B97F4A7C15u);
  result = static_cast<int64_t>(bits >> 4);
  return true;
}

void traverseMethodWrapper(Object* self, Visitor& visitor) {
  if (asMethodWrapper(self)->self)
    visitor.visit(asMethodWrapper(self)->self);
}

void clearMethodWrapper(Object* self) {
  clearField(asMethodWrapper(self)->self);
}

void deallocMethodWrapper(Object* self) {
  clearMethodWrapper(self);
  decrefObject(&asMethodWrapper(self)->wrapper->header);
  freeObject(self);
}

Ref wrapperName(Value self) {
  return nameOfDescriptor(asMethodWrapper(self)->wrapper);
}
Ref wrapperQualifiedName(Value self) {
  return qualifiedNameOfDescriptor(asMethodWrapper(self)->wrapper);
}
Ref wrapperType(Value self) {
  return typeOfDescriptor(asMethodWrapper(self)->wrapper);
}
Ref wrapperDoc(Value self) {
  return docOfWrapper(asMethodWrapper(self)->wrapper);
}
Ref wrapperTextSignature(Value self) {
  return textSignatureOfWrapper(asMethodWrapper(self)->wrapper);
}
Ref wrapperSelf(Value self) {
  return Ref::copy(asMethodWrapper(self)->self);
}

Ref reduceMethodWrapper(const Value* args) {
  PYC_TRY(getattr, getBuiltin(names::getattr));
  PYC_TRY(self, wrapperSelf(args[0]));
  PYC_TRY(name, wrapperName(args[0]));
  PYC_TRY(arguments, tupleOf(self, name));
  return tupleOf(getattr, arguments);
}

const MethodDef kMethodWrapperMethods[] = {{"__reduce__($self, /)", reduceMethodWrapper}};
const GetSetDef kMethodWrapperGetSets[] = {
    {"__name__", wrapperName},
    {"__qualname__", wrapperQualifiedName},
    {"__objclass__", wrapperType},
    {"__doc__", wrapperDoc},
    {"__text_signature__", wrapperTextSignature},
    {"__self__", wrapperSelf},
};

/// The nearest base that is not a Python class, or the type itself.
TypeObject* builtinBase(TypeObject* type) {
  while (type && isHeapType(type))
    type = type->base;
  return type;
}

/// X.__new__(cls, ...): args[0] is X, args[1] should be a subclass of X that is made the same way.
Ref callNew(const Value* args, size_t argc, Value kwnames) {
  auto* owner = args[0].as<TypeObject>();
  if (argc < 2)
    return raise(typeErrorType, "%s.__new__(): not enough arguments", owner->name);
  if (!isType(args[1]))
    return raise(typeErrorType, "%s.__new__(X): X is not a type object (%T)", owner->name, args[1]);
  auto* type = args[1].as<TypeObject>();
  constexpr uint32_t kFlags = kTypeReady | kTypeDisallowNew;
  if (PYC_LIKELY((type->flags & kFlags) == kTypeReady && builtinBase(type) == owner))
    return owner->slots.create(type, args + 2, argc - 2, kwnames);
  if (!isSubtype(type, owner))
    return raise(typeErrorType, "%s.__new__(%s): %s is not a subtype of %s", owner->name,
                 type->name, type->name, owner->name);
  readyType(type);
  if (type->flags & kTypeDisallowNew)
    return raise(typeErrorType, "cannot create '%s' instances", type->name);
  if (!isMadeBy(type, owner))
    return raise(typeErrorType, "%s.__new__(%s) is not safe, use %s.__new__()", owner->name,
                 type->name, builtinBase(type)->name);
  return owner->slots.create(type, args + 2, argc - 2, kwnames);
}

const MethodDef kNew = {"__new__($type, *args, **kwargs)", nullptr, callNew, MethodDef::Instance,
                        "Create and return a new object.  See help(type) for accurate signature."};

} // namespace

bool isMadeBy(TypeObject* type, TypeObject* owner) {
  TypeObject* solid = builtinBase(type);
  return isSubtype(type, owner) && (!solid || solid->slots.create == owner->slots.create);
}

Ref makeSlotWrapper(TypeObject* type, const SlotWrapperDef* def) {
  Ref result =
      makeDescriptor(&slotWrapperType, type, internLiteral(nameInSignature(def->signature)));
  if (result)
    asWrapper(result)->def = def;
  return result;
}

Ref makeNewFunction(TypeObject* type) {
  return makeBuiltinFunction(&kNew, Value(type), {});
}

Ref callNewFunction(TypeObject* owner, Value* window, size_t argc) {
  window[0] = Value(owner);
  return callNew(window, argc + 1, Value());
}

TypeObject* ownerOfNewFunction(Value function) {
  if (!hasShape(function, kShapeBuiltinFunction))
    return nullptr;
  auto* builtin = function.as<BuiltinFunctionObject>();
  return builtin->def == &kNew ? builtin->self.as<TypeObject>() : nullptr;
}

extern "C" constinit TypeObject slotWrapperType = {
    .name = "wrapper_descriptor",
    .basicSize = sizeof(SlotWrapperObject),
    .flags = kTypeBuiltin | kTypeMethodDescriptor,
    .methods = kWrapperMethods,
    .getSets = kWrapperGetSets,
    .slots = {.dealloc = deallocDescriptor,
              .repr = reprWrapper,
              .call = callWrapper,
              .get = getWrapper},
};

extern "C" constinit TypeObject methodWrapperType = {
    .name = "method-wrapper",
    .basicSize = sizeof(MethodWrapperObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kMethodWrapperMethods,
    .getSets = kMethodWrapperGetSets,
    .slots = {.dealloc = deallocMethodWrapper,
              .traverse = traverseMethodWrapper,
              .clear = clearMethodWrapper,
              .repr = reprMethodWrapper,
              .hash = hashMethodWrapper,
              .call = callMethodWrapper,
              .compare = compareMethodWrappers},
};

} // namespace pyc::rt
