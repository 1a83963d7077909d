// importlib.machinery.ModuleSpec, as modules carry it without importlib being loaded.
#include "runtime/modules/import_system.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

Ref makeSpec(Value name, Value loader, Value origin, Value locations, bool hasLocation) {
  readyType(&moduleSpecType);
  Object* object = allocObject(&moduleSpecType);
  if (!object)
    return {};
  ModuleSpecObject* spec = asSpec(object);
  spec->name = Ref::copy(name).release();
  spec->loader = Ref::copy(loader).release();
  spec->origin = Ref::copy(origin).release();
  spec->locations = Ref::copy(locations).release();
  spec->hasLocation = hasLocation;
  return Ref::steal(object);
}

namespace {

Ref noneOr(Value value) {
  return value ? Ref::copy(value) : Ref::none();
}

/// The package of a module: itself when it is one, else the part before the last dot.
Ref parentOf(const ModuleSpecObject* spec) {
  if (!isStr(spec->name))
    return Ref::copy(spec->name);
  if (spec->locations && !spec->locations.isNone())
    return Ref::copy(spec->name);
  StrObject* name = asStr(spec->name);
  int64_t end = name->length;
  while (end > 0 && name->at(end - 1) != '.')
    --end;
  return strSlice(name, 0, end > 0 ? end - 1 : 0);
}

#define SPEC_FIELD(function, field)                                                                \
  Ref get##function(Value self) {                                                                  \
    return noneOr(asSpec(self)->field);                                                            \
  }                                                                                                \
  bool set##function(Value self, Value value) {                                                    \
    decrefMaybe(std::exchange(asSpec(self)->field, Ref::copy(value).release()));                   \
    return true;                                                                                   \
  }
SPEC_FIELD(Name, name)
SPEC_FIELD(Loader, loader)
SPEC_FIELD(Origin, origin)
SPEC_FIELD(Locations, locations)
SPEC_FIELD(LoaderState, loaderState)
SPEC_FIELD(Cached, cached)

Ref getParent(Value self) {
  return parentOf(asSpec(self));
}
Ref getHasLocation(Value self) {
  return Ref::boolean(asSpec(self)->hasLocation);
}
bool setHasLocation(Value self, Value value) {
  return value && truth(value, asSpec(self)->hasLocation);
}
Ref getInitializing(Value self) {
  return Ref::boolean(asSpec(self)->initializing);
}
bool setInitializing(Value self, Value value) {
  return value && truth(value, asSpec(self)->initializing);
}
Ref getUninitialized(Value self) {
  ModuleSpecObject* spec = asSpec(self);
  if (!spec->uninitialized)
    spec->uninitialized = newList(0).release();
  return Ref::copy(spec->uninitialized);
}

Ref specRepr(Value self) {
  ModuleSpecObject* spec = asSpec(self);
  StrBuilder out;
  PYC_TRY(head, formatText("name=%R, loader=%R", spec->name,
                           spec->loader ? spec->loader : Value::none()));
  out.append("ModuleSpec(");
  out.append(head.get());
  if (spec->origin && !spec->origin.isNone()) {
    PYC_TRY(origin, formatText(", origin=%R", spec->origin));
    out.append(origin.get());
  }
  if (spec->locations && !spec->locations.isNone()) {
    PYC_TRY(locations, formatText(", submodule_search_locations=%R", spec->locations));
    out.append(locations.get());
  }
  out.append(")");
  return out.finish();
}

Ref compareSpecs(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || typeOf(other) != &moduleSpecType)
    return Ref::notImplemented();
  ModuleSpecObject* a = asSpec(self);
  ModuleSpecObject* b = asSpec(other);
  bool equal = a->hasLocation == b->hasLocation;
  for (auto [x, y] : {std::pair(a->name, b->name), std::pair(a->loader, b->loader),
                      std::pair(a->origin, b->origin), std::pair(a->locations, b->locations),
                      std::pair(a->cached, b->cached)})
    if (equal && !equalItems(noneOr(x), noneOr(y), equal))
      return {};
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)");
  Value bound[5];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  setName(self, bound[0]);
  setLoader(self, bound[1]);
  setOrigin(self, bound[2]);
  setLoaderState(self, bound[3]);
  bool isPackage = false;
  if (bound[4] && !truth(bound[4], isPackage))
    return false;
  if (!isPackage)
    return true;
  PYC_TRY(locations, newList(0));
  return setLocations(self, locations);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  return Ref::steal(allocObject(type));
}

void dealloc(Object* self) {
  ModuleSpecObject* spec = asSpec(self);
  for (Value value : {spec->name, spec->loader, spec->origin, spec->locations, spec->loaderState,
                      spec->cached, spec->uninitialized})
    decrefMaybe(value);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  ModuleSpecObject* spec = asSpec(self);
  for (Value value : {spec->loader, spec->locations, spec->loaderState, spec->uninitialized})
    if (value)
      visitor.visit(value);
}

const GetSetDef kGetSets[] = {
    {"name", getName, setName},
    {"loader", getLoader, setLoader},
    {"origin", getOrigin, setOrigin},
    {"submodule_search_locations", getLocations, setLocations},
    {"loader_state", getLoaderState, setLoaderState},
    {"cached", getCached, setCached},
    {"parent", getParent},
    {"has_location", getHasLocation, setHasLocation},
    {"_set_fileattr", getHasLocation, setHasLocation},
    {"_initializing", getInitializing, setInitializing},
    {"_uninitialized_submodules", getUninitialized},
};

} // namespace

constinit TypeObject moduleSpecType = {
    .name = "_frozen_importlib.ModuleSpec",
    .basicSize = sizeof(ModuleSpecObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs,
    .getSets = kGetSets,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .repr = specRepr,
              .compare = compareSpecs,
              .create = create,
              .init = init},
};

bool initModuleAttributes(Value module, Value specValue) {
  DictObject* dict = moduleDict(module);
  ModuleSpecObject* spec = asSpec(specValue);
  Ref parent = parentOf(spec);
  bool isPackage = spec->locations && !spec->locations.isNone();
  return dict && parent && dictSetStr(dict, names::__name__, spec->name) &&
         dictSetStr(dict, names::__loader__, noneOr(spec->loader)) &&
         dictSetStr(dict, names::__package__, parent) &&
         dictSetStr(dict, names::__spec__, specValue) &&
         (!isPackage || dictSetStr(dict, names::__path__, spec->locations)) &&
         (!spec->hasLocation || dictSetStr(dict, names::__file__, spec->origin));
}

} // namespace pyc::rt
