// The module _abc: what ABCMeta does, with its caches.
//
// Every ABC keeps three sets of weak references to classes: those registered with it, those found
// to be its subclasses, those found not to be. The last is good only for one number of
// registrations of all ABCs together.
#include "runtime/modules/registry.h"
#include "runtime/objects/function.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/set.h"
#include "runtime/objects/weakref.h"

namespace pyc::rt {

namespace {

struct AbcObject {
  Object header;
  Value registry, found, missed; // sets, or null
  uint64_t missedVersion;
};

uint64_t registrations; // atomic: of all ABCs so far

uint64_t registrationCount() {
  return __atomic_load_n(&registrations, __ATOMIC_ACQUIRE);
}

AbcObject* asAbc(Value value) {
  return value.as<AbcObject>();
}

extern TypeObject abcDataType;

Ref create(TypeObject* type, const Value*, size_t, Value) {
  Object* object = allocObject(type);
  if (object)
    asAbc(object)->missedVersion = registrationCount();
  return Ref::steal(object);
}

void clearSlot(Object* self) {
  for (Value* field : {&asAbc(self)->registry, &asAbc(self)->found, &asAbc(self)->missed})
    clearField(*field);
}
void dealloc(Object* self) {
  clearSlot(self);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  for (Value value : {asAbc(self)->registry, asAbc(self)->found, asAbc(self)->missed})
    if (value)
      visitor.visit(value);
}

constinit TypeObject abcDataType = {
    .name = "_abc._abc_data",
    .base = &objectType,
    .basicSize = sizeof(AbcObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .doc = "What an ABC knows of its subclasses.",
    .slots = {.dealloc = dealloc, .traverse = traverse, .clear = clearSlot, .create = create},
};

StrObject* implName() {
  return internLiteral("_abc_impl");
}

/// The data of an ABC (new reference).
Ref dataOf(Value self) {
  PYC_TRY(data, getAttr(self, implName()));
  if (typeOf(data) != &abcDataType)
    return raise(typeErrorType, "_abc_impl is set to a wrong type");
  return data;
}

// Sets of weak references.

/// Whether a set is small enough to look at all its references.
bool hasFew(const SetObject* set) {
  constexpr int64_t kFewPlaces = 32;
  return set->mask < kFewPlaces;
}

/// Whether the set has a reference to the very object.
bool refersTo(const SetObject* set, const Object* object) {
  int64_t position = 0, hash;
  for (Value reference; setNext(set, position, reference, hash);)
    if (reference.as<WeakReferenceObject>()->object == object)
      return true;
  return false;
}

/// Most sets are small, and most classes that are asked for in large ones have no reference to
/// them: none is made to ask for such a class.
bool isIn(Value set, Value object, bool& result) {
  result = false;
  if (!set || asSet(set)->count == 0)
    return true;
  bool isScanned = hasFew(asSet(set));
  result = isScanned && refersTo(asSet(set), object.object());
  bool isKnown = isScanned || !(object.object()->flags & kObjectHasWeakrefs);
  if (result || (isKnown && isPlainClass(object)))
    return true;
  PYC_TRY(reference, makeWeakReference(object, {}));
  return setContains(asSet(set), reference, result);
}

/// Called with a reference whose class is gone; self is a weak reference to the set.
Ref forget(const Value* args) {
  Ref set = weakReferenceGet(args[0].as<WeakReferenceObject>());
  bool removed;
  if (set && !set.isNone() && !setRemove(asSet(set), args[1], removed))
    return {};
  return Ref::none();
}

constexpr MethodDef kForget = {.signature = "_destroy($self, reference, /)", .bound = forget};

bool addTo(Value& set, Value object) {
  if (!set) {
    PYC_TRY(made, newSet());
    set = made.release();
  }
  PYC_TRY(setReference, makeWeakReference(set, {}));
  PYC_TRY(callback, makeBuiltinFunction(&kForget, setReference, {}));
  PYC_TRY(reference, makeWeakReference(object, callback));
  return setAdd(asSet(set), reference);
}

// A new ABC.

bool isAbstract(Value value, bool& result) {
  Ref mark;
  result = false;
  return findAttr(value, names::__isabstractmethod__, mark) && (!mark || truth(mark, result));
}

bool addOwnAbstracts(Value self, SetObject* abstracts) {
  PYC_TRY(nameSpace, getAttr(self, names::__dict__));
  PYC_TRY(items, callMethod(nameSpace, names::items));
  PYC_TRY(pairs, sequenceList(items));
  return forEach(pairs, [&](Value pair) -> bool {
    bool isMarked;
    if (!isTuple(pair) || asTuple(pair)->count != 2)
      return raise(typeErrorType, "Iteration over items() returned item which size is not 2");
    return isAbstract(asTuple(pair)->items()[1], isMarked) &&
           (!isMarked || setAdd(abstracts, asTuple(pair)->items()[0]));
  });
}

/// Of the abstract methods of a base, those that are still abstract.
bool addInherited(Value self, Value base, SetObject* abstracts) {
  Ref inherited;
  if (!findAttr(base, names::__abstractmethods__, inherited))
    return false;
  return !inherited || forEach(inherited, [&](Value name) -> bool {
    Ref value;
    bool isMarked = false;
    if (!isStr(name))
      return raise(typeErrorType, "attribute name must be string, not '%T'", name);
    if (!findAttr(self, asStr(name), value) || (value && !isAbstract(value, isMarked)))
      return false;
    return !isMarked || setAdd(abstracts, name);
  });
}

bool computeAbstracts(Value self) {
  PYC_TRY(abstracts, newSet());
  PYC_TRY(bases, getAttr(self, names::__bases__));
  if (!addOwnAbstracts(self, asSet(abstracts)) ||
      !forEach(bases, [&](Value base) { return addInherited(self, base, asSet(abstracts)); }))
    return false;
  PYC_TRY(frozen, makeFrozenSet(abstracts));
  return setAttr(self, names::__abstractmethods__, frozen);
}

// Which patterns the instances match: CPython's bits in __abc_tpflags__.

constexpr uint32_t kPatternFlags = kTypeSequence | kTypeMapping;

bool takePatternFlags(TypeObject* type) {
  bool removed;
  Ref flags;
  if (!dictRemove(typeDict(type), internLiteral("__abc_tpflags__"), removed, &flags))
    return false;
  if (!flags || !flags.get().isInt())
    return true;
  bool isSequence = flags.get().asInt() & (1 << 5), isMapping = flags.get().asInt() & (1 << 6);
  if (isSequence && isMapping)
    return raise(typeErrorType,
                 "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
  if (isSequence || isMapping)
    type->flags = (type->flags & ~kPatternFlags) | (isSequence ? kTypeSequence : kTypeMapping);
  return true;
}

/// A class registered with a sequence or mapping is one, and so are its subclasses.
bool passPatternFlags(TypeObject* type, uint32_t flags) {
  if ((type->flags & kPatternFlags) == flags || !isHeapType(type))
    return true;
  type->flags = (type->flags & ~kPatternFlags) | flags;
  PYC_TRY(subclasses, callMethod(Value(&type->header), names::__subclasses__));
  return forEach(subclasses, [&](Value subclass) {
    return !isType(subclass) || passPatternFlags(asType(subclass), flags);
  });
}

Ref initFunction(const Value* args) {
  if (!computeAbstracts(args[0]))
    return {};
  readyType(&abcDataType);
  PYC_TRY(data, create(&abcDataType, nullptr, 0, {}));
  if (!setAttr(args[0], implName(), data))
    return {};
  return !isType(args[0]) || takePatternFlags(asType(args[0])) ? Ref::none() : Ref();
}

// register()

Ref registerFunction(const Value* args) {
  Value self = args[0], subclass = args[1];
  if (!isType(subclass))
    return raise(typeErrorType, "Can only register classes");
  bool isRelated;
  if (!isSubclassOf(subclass, self, isRelated))
    return {};
  if (isRelated)
    return Ref::copy(subclass);
  if (!isSubclassOf(self, subclass, isRelated))
    return {};
  if (isRelated)
    return raise(runtimeErrorType, "Refusing to create an inheritance cycle");
  PYC_TRY(data, dataOf(self));
  if (!addTo(asAbc(data)->registry, subclass))
    return {};
  __atomic_fetch_add(&registrations, 1, __ATOMIC_ACQ_REL);
  uint32_t flags = isType(self) ? asType(self)->flags & kPatternFlags : 0;
  if (flags && !passPatternFlags(asType(subclass), flags))
    return {};
  return Ref::copy(subclass);
}

// isinstance()

Ref checkSubclass(Value self, Value subclass) {
  return callMethod(self, names::__subclasscheck__, subclass);
}

Ref classOf(Value instance) {
  Ref type;
  if (!findAttr(instance, names::__class__, type))
    return {};
  return type ? std::move(type) : Ref::copy(&typeOf(instance)->header);
}

Ref instanceCheck(const Value* args) {
  Value self = args[0];
  Ref type = Ref::copy(&typeOf(args[1])->header); // the instance may change it meanwhile
  PYC_TRY(data, dataOf(self));
  PYC_TRY(subclass, classOf(args[1]));
  bool isThere;
  if (!isIn(asAbc(data)->found, subclass, isThere))
    return {};
  if (isThere)
    return Ref::boolean(true);
  if (subclass.get() == type.get()) {
    if (asAbc(data)->missedVersion == registrationCount() &&
        !isIn(asAbc(data)->missed, subclass, isThere))
      return {};
    return isThere ? Ref::boolean(false) : checkSubclass(self, subclass);
  }
  PYC_TRY(result, checkSubclass(self, subclass));
  if (!truth(result, isThere))
    return {};
  return isThere ? std::move(result) : checkSubclass(self, type);
}

// issubclass()

/// Registered: yes, and the registry says so at once.
enum class Answer { Yes, Registered, No, Unknown, Error };

Answer fromCaches(AbcObject* data, Value subclass) {
  bool isThere;
  if (!isIn(data->found, subclass, isThere))
    return Answer::Error;
  if (isThere)
    return Answer::Yes;
  if (data->missedVersion < registrationCount()) {
    if (data->missed)
      clearField(data->missed);
    data->missedVersion = registrationCount();
    return Answer::Unknown;
  }
  if (!isIn(data->missed, subclass, isThere))
    return Answer::Error;
  return isThere ? Answer::No : Answer::Unknown;
}

Answer fromHook(Value self, Value subclass) {
  Ref answer = callMethod(self, names::__subclasshook__, subclass);
  if (!answer)
    return Answer::Error;
  if (answer.get().isBool())
    return answer.get().isTrue() ? Answer::Yes : Answer::No;
  if (answer.get() == Value::notImplemented())
    return Answer::Unknown;
  raise(assertionErrorType, "__subclasshook__ must return either False, True, or NotImplemented");
  return Answer::Error;
}

Answer fromRelated(Value subclass, Value related) {
  bool isRelated;
  if (!isSubclassOf(subclass, related, isRelated))
    return Answer::Error;
  return isRelated ? Answer::Yes : Answer::Unknown;
}

/// Whether it derives from a registered class. The set may change meanwhile.
Answer fromRegistry(AbcObject* data, Value subclass) {
  bool isThere;
  if (!isIn(data->registry, subclass, isThere))
    return Answer::Error;
  if (isThere || !data->registry)
    return isThere ? Answer::Registered : Answer::Unknown;
  Ref references = sequenceList(data->registry);
  if (!references)
    return Answer::Error;
  Answer answer = Answer::Unknown;
  forEach(references, [&](Value reference) {
    Ref registered = weakReferenceGet(reference.as<WeakReferenceObject>());
    if (registered && !registered.isNone())
      answer = fromRelated(subclass, registered);
    return answer == Answer::Unknown;
  });
  return answer;
}

Answer fromSubclasses(Value self, Value subclass) {
  Ref subclasses = callMethod(self, names::__subclasses__);
  if (!subclasses)
    return Answer::Error;
  if (!isList(subclasses)) {
    raise(typeErrorType, "__subclasses__() must return a list");
    return Answer::Error;
  }
  Answer answer = Answer::Unknown;
  forEach(subclasses, [&](Value related) {
    answer = fromRelated(subclass, related);
    return answer == Answer::Unknown;
  });
  return answer;
}

Answer fromBases(Value self, Value subclass) {
  bool derives = isType(self) && isSubtype(asType(subclass), asType(self));
  return derives ? Answer::Yes : Answer::Unknown;
}

Answer findOut(Value self, AbcObject* data, Value subclass) {
  Answer answer = fromHook(self, subclass);
  if (answer == Answer::Unknown)
    answer = fromBases(self, subclass);
  if (answer == Answer::Unknown)
    answer = fromRegistry(data, subclass);
  if (answer == Answer::Unknown)
    answer = fromSubclasses(self, subclass);
  return answer == Answer::Unknown ? Answer::No : answer;
}

Ref subclassCheck(const Value* args) {
  Value self = args[0], subclass = args[1];
  if (!isType(subclass))
    return raise(typeErrorType, "issubclass() arg 1 must be a class");
  PYC_TRY(keep, dataOf(self));
  AbcObject* data = asAbc(keep);
  Answer answer = fromCaches(data, subclass);
  if (answer == Answer::Unknown) {
    answer = findOut(self, data, subclass);
    if ((answer == Answer::Yes || answer == Answer::No) &&
        !addTo(answer == Answer::Yes ? data->found : data->missed, subclass))
      return {};
  }
  return answer == Answer::Error ? Ref() : Ref::boolean(answer != Answer::No);
}

// For tests.

Ref copyOf(Value set) {
  return set ? makeSet(set) : newSet();
}

Ref getDump(const Value* args) {
  PYC_TRY(keep, dataOf(args[0]));
  AbcObject* data = asAbc(keep);
  PYC_TRY(registry, copyOf(data->registry));
  PYC_TRY(found, copyOf(data->found));
  PYC_TRY(missed, copyOf(data->missed));
  PYC_TRY(version, makeInt(static_cast<int64_t>(data->missedVersion)));
  return tupleOf(registry.get(), found.get(), missed.get(), version.get());
}
Ref resetRegistry(const Value* args) {
  PYC_TRY(data, dataOf(args[0]));
  clearField(asAbc(data)->registry);
  return Ref::none();
}
Ref resetCaches(const Value* args) {
  PYC_TRY(data, dataOf(args[0]));
  clearField(asAbc(data)->found);
  clearField(asAbc(data)->missed);
  return Ref::none();
}
Ref getCacheToken(const Value*) {
  return makeInt(static_cast<int64_t>(registrationCount()));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_abc_init(self, /)",
     .bound = initFunction,
     .doc = "Makes a class an ABC: finds its abstract methods and gives it its data."},
    {.signature = "_abc_register(self, subclass, /)",
     .bound = registerFunction,
     .doc = "What ABCMeta.register() does."},
    {.signature = "_abc_instancecheck(self, instance, /)",
     .bound = instanceCheck,
     .doc = "What ABCMeta.__instancecheck__() does."},
    {.signature = "_abc_subclasscheck(self, subclass, /)",
     .bound = subclassCheck,
     .doc = "What ABCMeta.__subclasscheck__() does."},
    {.signature = "_get_dump(self, /)",
     .bound = getDump,
     .doc = "The registry, the cache, the negative cache and its version."},
    {.signature = "_reset_registry(self, /)",
     .bound = resetRegistry,
     .doc = "Forgets what was registered with an ABC."},
    {.signature = "_reset_caches(self, /)",
     .bound = resetCaches,
     .doc = "Forgets what was found out about the subclasses of an ABC."},
    {.signature = "get_cache_token()",
     .bound = getCacheToken,
     .doc = "A number that changes with every registration."},
};

} // namespace

bool fillModule__abc(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "What ABCMeta does.");
}

} // namespace pyc::rt
