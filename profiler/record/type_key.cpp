#include "profiler/record/type_key.h"

#include "dialects/uop/body_hash.h"
#include "runtime/interp/compile.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/int.h"
#include "runtime/objects/interned.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"
#include "runtime/threads/spin_lock.h"

#include <unordered_map>

namespace pyc::profile {

using namespace rt;

std::string utf8(Value text) {
  std::string storage;
  return text && isStr(text) ? std::string(utf8View(text, storage)) : std::string("?");
}

std::string moduleOf(DictObject* globals) {
  Value spec = dictFindStr(globals, names::__spec__);
  Ref name;
  if (spec && !spec.isNone()) {
    Ref pending = takeRaised();
    if (!findAttr(spec, internLiteral("name"), name))
      clearRaised();
    restoreRaised(std::move(pending));
  }
  return name && isStr(name) ? utf8(name) : utf8(dictFindStr(globals, names::__name__));
}

static_assert(static_cast<uint8_t>(TextMode::Eval) == static_cast<uint8_t>(CompileMode::Eval) &&
              static_cast<uint8_t>(TextMode::Single) == static_cast<uint8_t>(CompileMode::Single));

std::optional<Text> textOf(const CodeObject* code) {
  const TextOrigin* origin = code->ownsRecord ? nullptr : textOrigin(code);
  if (!origin)
    return {};
  return Text{origin->source, origin->fileName, static_cast<TextMode>(origin->mode),
              origin->futureFlags, origin->optimize};
}

std::string moduleOf(const CodeObject* code, DictObject* globals) {
  std::optional<Text> text = textOf(code);
  return text ? textName(*text) : moduleOf(globals);
}

namespace {

/// The lowest three bits of a key say what the others are.
enum Tag : TypeKey { kShape, kFunction, kClass, kMethod, kBuiltin, kBuiltinMethod };
constexpr unsigned kDetailShift = 40; // above a shape: storage, length, size

constexpr uint32_t kMaxTupleLength = 15;

TypeKey keyOfPointer(const void* pointer, Tag tag) {
  return reinterpret_cast<TypeKey>(pointer) | tag;
}

TypeKey withDetail(ShapeRef shape, uint64_t detail) {
  return static_cast<TypeKey>(shape) << 3 | detail << kDetailShift;
}

std::string nameOf(TypeObject* type) {
  Value module = type->dict ? dictFindStr(type->dict, names::__module__) : Value();
  if (!(type->flags & kTypeBuiltin))
    return utf8(module) + ":" + utf8(type->qualifiedName);
  return type->name;
}

std::string nameOf(FunctionObject* function) {
  CodeObject* code = function->code;
  uop::ImageView image = code->image;
  std::string name = moduleOf(code, function->globals) + ":" +
                     std::string(image.string(code->record->qualifiedName));
  if (code->ownsRecord)
    return name;
  uint32_t ordinal = uop::ordinalOf(image, *code->record);
  return ordinal == 0 ? name : name + "#" + std::to_string(ordinal);
}

std::string nameOf(const MethodDef* def) {
  std::string text = def->signature;
  return text.substr(0, text.find('('));
}

/// The same of a class with nothing but __slots__, whose objects have no shapes by attribute; empty
/// for other classes.
std::string slotsOf(TypeObject* type) {
  if (type->storeOffset != 0 || (type->flags & kTypeVarSized))
    return "";
  std::string text;
  uint32_t first = 0; // of the slots of the classes that were looked at, derived ones first
  for (; isHeapType(type); type = type->base) {
    HeapTypeObject* heap = asHeapType(type);
    if (!heap->slotNames || heap->slotNames->count == 0)
      continue;
    std::string own;
    for (int64_t i = 0; i < heap->slotNames->count; ++i)
      own += (i == 0 ? "" : ",") + utf8(heap->slotNames->items()[i]);
    uint32_t end = heap->slotOffset + static_cast<uint32_t>(heap->slotNames->count * sizeof(Value));
    if (first != 0 && end != first)
      return "";
    first = heap->slotOffset;
    text = own + (text.empty() ? "" : ",") + text;
  }
  return text.empty() ? "" : "{" + text + "}@" + std::to_string(first);
}

/// `{a,b}@24`: the attributes, oldest first, and where the first one lies; those that are not in
/// the object itself are left out.
std::string attributesOf(Shape* shape) {
  const TypeSlots& slots = shape->type->slots;
  // Where access runs the class's own code, places are of no use: no guard on them would hold.
  bool isPlain = !slots.getAttr && !slots.setAttr;
  if (shape->kind == ShapeKind::Plain)
    return isPlain ? slotsOf(shape->type) : "";
  if (shape->kind == ShapeKind::Dictionary)
    return "{**}";
  std::string text, place;
  if (shape->type->storeOffset != 0 && isPlain)
    place = "@" + std::to_string(shape->type->storeOffset + sizeof(Value));
  uint32_t inlineSlots = shape->inlineSlots;
  for (; shape->parent; shape = shape->parent)
    if (shape->slotCount <= inlineSlots)
      text = utf8(Value(&shape->lastName->header)) + (text.empty() ? "" : ",") + text;
  return "{" + text + "}" + place;
}

std::string describeShape(TypeKey key) {
  uint64_t detail = key >> kDetailShift;
  Shape* shape = shapeAt(static_cast<ShapeRef>(key >> 3));
  ShapeRef ref = refOf(shape);
  if (ref == kShapeInt)
    return detail == 1 ? "int64" : "bigint";
  if (ref == kShapeList) {
    const char* storages[] = {"list[object]", "list[int]", "list[float]", "list[bool]"};
    return storages[detail];
  }
  if (ref == kShapeTuple)
    return "tuple[" + (detail > kMaxTupleLength ? "..." : std::to_string(detail)) + "]";
  if (ref == kShapeNone)
    return "None";
  if (ref == pycArrayShape && detail != 0)
    return formatOf(static_cast<ItemStorage>(detail)).type;
  if (ref < kBuiltinShapeCount * sizeof(Shape))
    return shape->type->name;
  return "instance " + nameOf(shape->type) + attributesOf(shape);
}

std::string describe(TypeKey key, Value value) {
  // Modules and classes may have shapes of their own.
  if ((key & 7) == kShape && value && value.isObject()) {
    if (typeOf(value) == &typeType)
      return "class " + nameOf(value.as<TypeObject>());
    if (typeOf(value) == &moduleType)
      return "module " + utf8(dictFindStr(moduleDict(value), names::__name__));
  }
  switch (static_cast<Tag>(key & 7)) {
  case kShape:
    return key == kKeyInt     ? "int"
           : key == kKeyFloat ? "float"
           : key == kKeyNull  ? "unbound"
                              : describeShape(key);
  case kFunction:
    return "function " + nameOf(asFunction(value));
  case kClass:
    return "class " + nameOf(value.as<TypeObject>());
  case kMethod: {
    FunctionObject* function = asFunction(asBoundMethod(value)->function);
    return "method " + nameOf(function);
  }
  case kBuiltin: {
    auto* function = value.as<BuiltinFunctionObject>();
    std::string owner = function->module ? utf8(function->module)
                        : function->self ? std::string(typeOf(function->self)->name)
                                         : std::string("?");
    return "builtin " + owner + ":" + nameOf(function->def);
  }
  case kBuiltinMethod: {
    auto* method = value.as<MethodDescriptorObject>();
    return "builtin " + std::string(method->type->name) + ":" + nameOf(method->def);
  }
  }
  return "?";
}

/// What the key's number is made of, to be kept alive.
Value referent(TypeKey key, Value value) {
  switch (static_cast<Tag>(key & 7)) {
  case kFunction:
    return Value(&asFunction(value)->code->header);
  case kMethod:
    return Value(&asFunction(asBoundMethod(value)->function)->code->header);
  case kClass:
    return value;
  case kShape:
    return value && value.isObject() ? Value(&typeOf(value)->header) : Value();
  default:
    return Value(); // method tables are constants
  }
}

SpinLock textsLock;
std::unordered_map<TypeKey, std::string>& texts() {
  static std::unordered_map<TypeKey, std::string> map;
  return map;
}

} // namespace

TypeKey keyOfBuiltin(Object* object) {
  switch (object->shape) {
  case kShapeList:
    return withDetail(kShapeList,
                      static_cast<uint64_t>(reinterpret_cast<ListObject*>(object)->storage));
  case kShapeTuple: {
    auto length = static_cast<uint64_t>(reinterpret_cast<TupleObject*>(object)->count);
    return withDetail(kShapeTuple, std::min<uint64_t>(length, kMaxTupleLength + 1));
  }
  case kShapeInt: {
    int64_t number;
    return withDetail(kShapeInt, intFits64(Value(object), number) ? 1 : 2);
  }
  case kShapeFunction:
    return keyOfPointer(reinterpret_cast<FunctionObject*>(object)->code, kFunction);
  case kShapeType:
    return keyOfPointer(object, kClass);
  case kShapeBoundMethod: {
    Value function = reinterpret_cast<BoundMethodObject*>(object)->function;
    if (hasShape(function, kShapeFunction))
      return keyOfPointer(asFunction(function)->code, kMethod);
    break;
  }
  case kShapeBuiltinFunction:
    return keyOfPointer(reinterpret_cast<BuiltinFunctionObject*>(object)->def, kBuiltin);
  case kShapeMethodDescriptor:
    return keyOfPointer(reinterpret_cast<MethodDescriptorObject*>(object)->def, kBuiltinMethod);
  default:
    break;
  }
  return static_cast<TypeKey>(object->shape) << 3;
}

TypeKey keyOfArray(Object* object) {
  return withDetail(object->shape,
                    static_cast<uint64_t>(reinterpret_cast<ArrayObject*>(object)->storage));
}

void describeKey(TypeKey key, Value value) {
  SpinGuard guard(textsLock);
  auto [at, isNew] = texts().try_emplace(key);
  if (!isNew)
    return;
  at->second = describe(key, value);
  if (Value kept = referent(key, value))
    incref(kept);
}

std::string textOfKey(TypeKey key) {
  SpinGuard guard(textsLock);
  return texts()[key];
}

} // namespace pyc::profile
