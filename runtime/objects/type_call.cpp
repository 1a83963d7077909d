#include "runtime/objects/type_call.h"

#include "runtime/objects/exception_fields.h"
#include "runtime/objects/function.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/static_method.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

constexpr uint32_t kMostInlineSlots = 32;

/// Instances have turned out to have more attributes than there is room for in them: those to come
/// get it.
[[gnu::noinline]] void widenInstances(TypeObject* type) {
  uint32_t wanted = std::min<uint32_t>(type->widestInstance, kMostInlineSlots);
  if (shapeAt(type->rootShape)->inlineSlots < wanted && !setInlineSlots(type, wanted))
    clearRaised();
}

/// An empty instance of a class that object.__new__ makes; the caller has tested that it may.
Ref newInstance(TypeObject* type) {
  roomForAttributes(type);
  if (uint32_t cleared = clearedWords(type))
    if (Object* object =
            reuseInstance(type->rootShape, type->instanceSize / kInstanceGrain, cleared))
      return Ref::steal(object);
  return Ref::steal(allocObject(type));
}

/// __init__ of a class, borrowed, if it is a plain function; found once per version of the class.
Value initFunction(TypeObject* type) {
  HeapTypeObject* heap = asHeapType(type);
  if (PYC_LIKELY(heap->initVersion == type->version && type->version != 0))
    return heap->init;
  Value found = findInType(type, names::__init__);
  heap->init = found && hasShape(found, kShapeFunction) ? found : Value();
  heap->initVersion = typeVersion(type);
  return heap->init;
}

/// Calls __init__ with the instance and the arguments behind it, which are `all[1..argc]`.
Ref initialise(Value init, Ref instance, Value* all, size_t argc, Value kwnames) {
  all[0] = instance;
  Ref keep = Ref::copy(init);
  PYC_TRY(result, callFunction(init, all, argc + 1, kwnames));
  return finishInit(std::move(instance), result);
}

Ref callInit(Value init, Ref instance, const Value* args, size_t argc, Value kwnames) {
  size_t keywords = kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
  SmallArray<Value> all(argc + keywords + 1);
  if (!all)
    return raiseMemoryError();
  for (size_t i = 0; i < argc + keywords; ++i)
    all[i + 1] = args[i];
  return initialise(init, std::move(instance), all.data(), argc, kwnames);
}

Ref callSlots(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!type->slots.create)
    return raise(typeErrorType, "cannot create '%s' instances", type->name);
  PYC_TRY(instance, type->slots.create(type, args, argc, kwnames));
  return finishCreation(type, std::move(instance), args, argc, kwnames);
}

/// A class written in C++ that is called as classes are. Exceptions' classes have a way of their
/// own.
bool isPlainBuiltin(const TypeObject* type) {
  constexpr uint32_t kReady = kTypeBuiltin | kTypeReady;
  return (type->flags & (kReady | kTypeHeap | kTypeIsException)) == kReady &&
         typeOf(type) == &typeType && type != &typeType && type->slots.create;
}

/// Calls such a class.
Ref constructBuiltin(TypeObject* type, const Value* args, size_t argc) {
  PYC_TRY(made, type->slots.create(type, args, argc, Value()));
  // object.__init__ asks nothing of the arguments of a class that has its own __new__.
  bool hasInit = type->slots.init != objectInit || type->slots.create == objectCreate;
  return typeOf(made) == type && !hasInit
             ? std::move(made)
             : finishCreation(type, std::move(made), args, argc, Value());
}

} // namespace

Ref finishCreation(TypeObject* type, Ref made, const Value* args, size_t argc, Value kwnames) {
  // Something else than an instance of the class is left as it is.
  TypeObject* actual = typeOf(made);
  if (!isSubtype(actual, type) || !actual->slots.init)
    return made;
  if (!actual->slots.init(made, args, argc, kwnames))
    return {};
  return made;
}

Ref finishInit(Ref instance, Value answer) {
  if (PYC_UNLIKELY(!answer.isNone()))
    return raise(typeErrorType, "__init__() should return None, not '%T'", answer);
  return instance;
}

void roomForAttributes(TypeObject* type) {
  if (PYC_UNLIKELY(type->widestInstance > shapeAt(type->rootShape)->inlineSlots) &&
      type->storeOffset != 0 && isHeapType(type))
    widenInstances(type);
}

static bool makesPlainInstances(TypeObject* type) {
  return isHeapType(type) && type->slots.create == objectCreate && !(type->flags & kTypeAbstract) &&
         typeOf(type)->slots.call == typeCall;
}

Value plainInit(TypeObject* type) {
  return makesPlainInstances(type) && type->slots.init == slotInit ? initFunction(type) : Value();
}

Value plainNew(TypeObject* type) {
  if (!isHeapType(type) || type->slots.create != slotCreate || type->slots.init != objectInit ||
      typeOf(type) != &typeType)
    return {};
  Value create = findInType(type, names::__new__);
  if (create && hasShape(create, kShapeStaticMethod))
    create = create.as<MethodHolderObject>()->function;
  return create && hasShape(create, kShapeFunction) ? create : Value();
}

Ref newPlainInstance(TypeObject* type) {
  return newInstance(type);
}

bool plainConstruction(TypeObject* type, Ref& instance, Value& init) {
  if (!makesPlainInstances(type))
    return false;
  if (type->slots.init == objectInit) {
    init = Value();
  } else {
    init = type->slots.init == slotInit ? initFunction(type) : Value();
    if (!init)
      return false;
  }
  instance = newInstance(type);
  return true;
}

/// Whether calling the class makes an exception by BaseException.__new__ and, behind it, calls
/// nothing but BaseException.__init__ (`init` is null then) or a function.
static bool makesExceptions(TypeObject* type, Value& init) {
  if (type->slots.create != createException || typeOf(type)->slots.call != typeCall)
    return false;
  if (type->slots.init == initException) // has nothing left to do
    return true;
  init = type->slots.init == slotInit ? initFunction(type) : Value();
  return static_cast<bool>(init);
}

Ref constructDirectly(TypeObject* type, const Value* args, size_t argc, Value& init) {
  bool isException = makesExceptions(type, init);
  if (!isException)
    init = plainInit(type);
  if (init ? asFunction(init)->directArgs != argc + 1 || !asFunction(init)->nativeEntry
           : !isException)
    return {};
  Ref instance = isException ? createException(type, args, argc, {}) : newInstance(type);
  if (PYC_UNLIKELY(!instance))
    clearRaised();
  return instance;
}

Ref construct(Value* window, size_t argc) {
  TypeObject* type = asType(window[0]);
  if (type == &strType && argc == 1)
    return str(window[1]);
  if (isTypeQuery(type, argc))
    return Ref::copy(Value(typeOf(window[1])));
  if (isPlainBuiltin(type))
    return constructBuiltin(type, window + 1, argc);
  if (Value init; makesExceptions(type, init)) {
    PYC_TRY(exception, createException(type, window + 1, argc, {}));
    return init ? initialise(init, std::move(exception), window, argc, Value())
                : std::move(exception);
  }
  Ref instance;
  Value init;
  if (PYC_LIKELY(plainConstruction(type, instance, init)) && instance) {
    if (init)
      return initialise(init, std::move(instance), window, argc, Value());
    if (argc == 0)
      return instance;
  }
  return call(window[0], window + 1, argc);
}

Ref typeCall(Value self, const Value* args, size_t argc, Value kwnames) {
  TypeObject* type = asType(self);
  Ref instance;
  Value init;
  if (PYC_LIKELY(plainConstruction(type, instance, init))) {
    if (!instance)
      return {};
    if (init)
      return callInit(init, std::move(instance), args, argc, kwnames);
    if (argc == 0 && !kwnames)
      return instance;
  }
  if (Value function; !kwnames && makesExceptions(type, function)) {
    PYC_TRY(exception, createException(type, args, argc, {}));
    return function ? callInit(function, std::move(exception), args, argc, {})
                    : std::move(exception);
  }
  readyType(type);
  if (isTypeQuery(type, argc)) {
    if (kwnames && asTuple(kwnames)->count != 0)
      return raise(typeErrorType, "type() takes no keyword arguments");
    return Ref::copy(typeOf(args[0]));
  }
  if (type == &typeType && argc != 3)
    return raise(typeErrorType, "type() takes 1 or 3 arguments");
  return callSlots(type, args, argc, kwnames);
}

} // namespace pyc::rt
