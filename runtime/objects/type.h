// Types: what an object of a class can do. A type is a table of functions (its slots), which the
// semantic functions of protocol.h call, and a dict of attributes. Built-in types are static
// objects; their dicts are filled when first asked for, so that start-up pays for nothing.
#pragma once

#include "runtime/objects/shape.h"

#include <cstddef>
#include <span>

namespace pyc::rt {

struct TupleObject;
struct SubclassList;
struct AttrDependents;

enum class BinaryOp : uint8_t {
  Add,
  Sub,
  Mul,
  MatMul,
  TrueDiv,
  FloorDiv,
  Mod,
  Pow,
  LShift,
  RShift,
  And,
  Or,
  Xor
};
inline constexpr unsigned kBinaryOpCount = 13;
enum class CompareOp : uint8_t { Lt, Le, Eq, Ne, Gt, Ge };
enum class UnaryOp : uint8_t { Neg, Pos, Invert, Abs };

/// Called by the collector for each reference that an object holds.
class Visitor {
public:
  virtual void visit(Value value) = 0;

  /// Whether it is to hear of numbers and strs too, which are part of no cycle.
  const bool seesAtoms = true;

protected:
  Visitor() = default;
  explicit Visitor(bool seesAtoms) : seesAtoms(seesAtoms) {}
  ~Visitor() = default;
};

struct BufferView;

// Argument conventions. `args` are borrowed. `argc` counts the positional arguments only; `kwnames`
// is null or a tuple of names whose values follow them: args[argc + i] belongs to name i.
using CallFn = Ref (*)(Value callee, const Value* args, size_t argc, Value kwnames);
using UnaryFn = Ref (*)(Value self);
using BinaryFn = Ref (*)(Value lhs, Value rhs);

/// What a type can do. A null slot means that it can't. Functions follow one error convention: a
/// null Ref, false, or a negative number, with the exception raised on the thread.
struct TypeSlots {
  void (*dealloc)(Object* self) = nullptr; // releases what self holds, then freeObject(self)
  void (*traverse)(Object* self, Visitor& visitor) = nullptr;
  void (*clear)(Object* self) = nullptr;  // breaks cycles: drops references, keeps self valid
  void (*finalize)(Value self) = nullptr; // __del__; may resurrect
  UnaryFn repr = nullptr;
  UnaryFn str = nullptr;
  bool (*hash)(Value self, int64_t& hash) = nullptr;
  CallFn call = nullptr;
  Ref (*getAttr)(Value self, StrObject* name) = nullptr;               // null: generic look-up
  bool (*setAttr)(Value self, StrObject* name, Value value) = nullptr; // null value deletes
  Ref (*compare)(Value self, Value other, CompareOp op) = nullptr;     // may be NotImplemented
  UnaryFn iter = nullptr;
  UnaryFn next = nullptr; // null with nothing raised: exhausted
  Ref (*get)(Value descriptor, Value object, Value type) = nullptr;   // object may be null
  bool (*set)(Value descriptor, Value object, Value value) = nullptr; // null value deletes
  Ref (*create)(TypeObject* type, const Value* args, size_t argc,
                Value kwnames) = nullptr; // __new__
  bool (*init)(Value self, const Value* args, size_t argc, Value kwnames) = nullptr;
  BinaryFn binary[kBinaryOpCount] = {}; // (lhs, rhs) in source order; may be NotImplemented
  BinaryFn inplace[kBinaryOpCount] = {};
  Ref (*power)(Value base, Value exponent, Value modulus) = nullptr; // pow() with three arguments
  UnaryFn unary[4] = {};
  bool (*truth)(Value self, bool& result) = nullptr;
  UnaryFn toInt = nullptr;
  UnaryFn toFloat = nullptr;
  UnaryFn index = nullptr;
  bool (*length)(Value self, int64_t& length) = nullptr;
  BinaryFn getItem = nullptr;
  bool (*setItem)(Value self, Value key, Value value) = nullptr; // null value deletes
  bool (*contains)(Value self, Value item, bool& result) = nullptr;
  UnaryFn await = nullptr;
  UnaryFn aiter = nullptr;
  UnaryFn anext = nullptr;
  bool (*getBuffer)(Value self, BufferView& view, int flags) = nullptr;
  void (*releaseBuffer)(Value self, BufferView& view) = nullptr;
};

/// A method or function written in C++. `signature` is Python's, for example
/// "sort($self, /, *, key=None, reverse=False)"; names and arity come from it, and
/// __text_signature__. A first parameter that begins with `$` ($self, $type, $module) receives the
/// object that the method was reached through, or the module; a function whose signature has none
/// receives its arguments only. Exactly one of the two functions is set:
///  - bound: args[i] is the i-th parameter, null when left out; *args arrives as a tuple, **kwargs
///  as a dict;
///  - raw: arguments as they were given, the `$` parameter first.
/// Parameters with defaults are optional whatever the default's text; the body supplies the value.
struct MethodDef {
  const char* signature;
  Ref (*bound)(const Value* args) = nullptr;
  Ref (*raw)(const Value* args, size_t argc, Value kwnames) = nullptr;
  enum Kind : uint8_t { Instance, Static, Class } kind = Instance;
  const char* doc = nullptr;
};

/// An attribute computed in C++. A null setter makes it read-only.
struct GetSetDef {
  const char* name;
  UnaryFn get;
  bool (*set)(Value self, Value value) = nullptr; // null value deletes
  const char* doc = nullptr;
};

/// A Value field of the object shown as an attribute (null reads as AttributeError or None).
struct MemberDef {
  const char* name;
  uint32_t offset;
  enum Flags : uint8_t { Writable = 0, ReadOnly = 1, NullIsNone = 2 } flags = ReadOnly;
  const char* doc = nullptr;
};

enum TypeFlags : uint32_t {
  kTypeBuiltin = 1u << 0,   // static object; attributes can't be set from Python
  kTypeReady = 1u << 1,     // MRO and inherited slots are there
  kTypeDictReady = 1u << 2, // dict is filled
  kTypeBase = 1u << 3,      // may be subclassed
  kTypeCollected = 1u << 4, // instances can be part of cycles
  kTypeHasStore = 1u << 5,  // instances have an attribute store (shape.h), so a __dict__
  kTypeVarSized = 1u << 6, // itemSize bytes an item behind basicSize; Object is followed by a count
  kTypeWeakrefs = 1u << 7, // instances can be referenced weakly
  kTypeAbstract = 1u << 8, // has abstract methods
  kTypeMethodDescriptor = 1u << 9, // load_method may split it into function and self
  kTypeCustomGetAttr = 1u << 10,   // getAttr slot is not the generic look-up
  kTypeDisallowNew = 1u << 11,     // calling the type is a TypeError
  kTypeSequence = 1u << 12,        // matches sequence patterns
  kTypeMapping = 1u << 13,         // matches mapping patterns
  kTypeMatchSelf = 1u << 14,       // class pattern with one positional matches the subject itself
  kTypeHeap = 1u << 15,            // made by a class statement or type()
  kTypeConcat = 1u << 16,          // binary[Add] concatenates: no __radd__ is made of it
  // Fast subclass tests.
  kTypeIsInt = 1u << 20,
  kTypeIsFloat = 1u << 21,
  kTypeIsStr = 1u << 22,
  kTypeIsBytes = 1u << 23,
  kTypeIsTuple = 1u << 24,
  kTypeIsList = 1u << 25,
  kTypeIsDict = 1u << 26,
  kTypeIsType = 1u << 27,
  kTypeIsException = 1u << 28,
};

struct TypeObject {
  Object header = immortalObject(kShapeType);
  const char* name =
      nullptr; // as tp_name: "list", "collections.deque"; __name__ is behind the last dot
  TypeObject* base = nullptr;       // null: object
  TypeObject* secondBase = nullptr; // ExceptionGroup's Exception; else null
  uint32_t basicSize = sizeof(Object);
  uint32_t itemSize = 0;
  uint32_t flags = kTypeBuiltin;
  ShapeRef rootShape = 0; // of new instances; 0: not ready
  std::span<const MethodDef> methods = {};
  std::span<const GetSetDef> getSets = {};
  std::span<const MemberDef> members = {};
  const char* doc = nullptr;
  TypeSlots slots = {};
  /// Adds the type's attributes that no table can hold (constants) to its new dict, or null.
  bool (*addConstants)(DictObject* dict) = nullptr;

  // Filled by readyType(); for heap types by type_new.
  uint32_t storeOffset =
      0; // of the attribute store word; 0: none (kTypeVarSized: behind the items)
  uint32_t instanceSize = 0; // bytes of an instance without items
  ShapeRef dictionaryShape =
      0; // of instances whose attributes are in a dict; built-in types: rootShape
  /// Changes when a base or an attribute along the MRO does, except where plain data replaces plain
  /// data; 0: not asked for since the last change (typeVersion gives a new one).
  uint32_t version = 0;
  TupleObject* bases = nullptr;         // typeBases()
  TupleObject* mro = nullptr;           // typeMro()
  DictObject* dict = nullptr;           // typeDict()
  Value nameValue = {};                 // str: __name__
  Value qualifiedName = {};             // str
  SubclassList* subclasses = nullptr;   // direct subclasses, borrowed
  AttrDependents* dependents = nullptr; // inline caches to reset when an attribute changes
  uint16_t widestInstance = 0; // most attributes seen on an instance, for new ones' inline slots
};

#define PYC_TYPE(id, variable) extern "C" constinit TypeObject variable;
#include "runtime/objects/builtin_types.def"

inline Shape* shapeOf(const Object* object) {
  return shapeAt(object->shape);
}

/// The value's type. The value must not be null.
inline TypeObject* typeOf(Value value) {
  if (PYC_LIKELY(value.isObject()))
    return shapeOf(value.object())->type;
  return value.isInt() ? &intType : &floatType;
}
inline bool hasTypeFlag(Value value, TypeFlags flag) {
  return (typeOf(value)->flags & flag) != 0;
}
/// Whether the value is an object with exactly this root shape: an exact instance of a built-in
/// type.
inline bool hasShape(Value value, ShapeRef shape) {
  return value.isObject() && value.object()->shape == shape;
}

inline bool isStr(Value v) {
  return v.isObject() && (hasShape(v, kShapeStr) || hasTypeFlag(v, kTypeIsStr));
}
inline bool isTuple(Value v) {
  return v.isObject() && (hasShape(v, kShapeTuple) || hasTypeFlag(v, kTypeIsTuple));
}
inline bool isList(Value v) {
  return v.isObject() && (hasShape(v, kShapeList) || hasTypeFlag(v, kTypeIsList));
}
inline bool isDict(Value v) {
  return v.isObject() && (hasShape(v, kShapeDict) || hasTypeFlag(v, kTypeIsDict));
}
inline bool isBytes(Value v) {
  return v.isObject() && (hasShape(v, kShapeBytes) || hasTypeFlag(v, kTypeIsBytes));
}
inline bool isType(Value v) {
  return v.isObject() && (hasShape(v, kShapeType) || hasTypeFlag(v, kTypeIsType));
}
inline bool isException(Value v) {
  return v.isObject() && hasTypeFlag(v, kTypeIsException);
}
/// int, bool and subclasses.
inline bool isInteger(Value v) {
  return v.isInt() || (v.isObject() && hasTypeFlag(v, kTypeIsInt));
}
inline bool isFloat(Value v) {
  return v.isDouble() || (v.isObject() && hasTypeFlag(v, kTypeIsFloat));
}

inline TypeObject* asType(Value value) {
  return value.as<TypeObject>();
}

/// Whether `type` is `ancestor` or derives from it (by the MRO).
bool isSubtypeSlow(const TypeObject* type, const TypeObject* ancestor);
inline bool isSubtype(const TypeObject* type, const TypeObject* ancestor) {
  return type == ancestor || isSubtypeSlow(type, ancestor);
}
inline bool isInstance(Value value, const TypeObject* type) {
  return isSubtype(typeOf(value), type);
}

/// Computes MRO and inherited slots of a built-in type; idempotent. The types of all objects that
/// exist are ready (allocObject sees to it), so only code that holds a type and no instance calls
/// it.
void readyTypeSlow(TypeObject* type);
inline void readyType(TypeObject* type) {
  if (PYC_UNLIKELY((type->flags & kTypeReady) == 0))
    readyTypeSlow(type);
}
/// The type's MRO and bases, borrowed (the fields are null until asked for).
TupleObject* typeMro(TypeObject* type);
TupleObject* typeBases(TypeObject* type);
/// The type's own dict, filled.
DictObject* typeDict(TypeObject* type);
/// Attribute along the MRO without descriptors, borrowed, or null with nothing raised.
/// `name` must be interned. Cached by (type version, name).
Value findInType(TypeObject* type, StrObject* name);
/// Must follow every change to a type's dict (`name`: the attribute, interned) or bases (null): new
/// versions and slots, caches reset.
void typeModified(TypeObject* type, StrObject* name);
/// The type's version, never 0. A guard on it says that no method along the MRO has changed.
uint32_t typeVersion(TypeObject* type);
/// The hash slot of what can't be hashed: TypeError. A built-in type that has `compare` and no
/// `hash` gets it by itself.
bool unhashable(Value self, int64_t& hash);

/// Memory for an instance of `type` (and `items` items), zeroed behind the header; header set with
/// the type's root shape and one reference. Null with MemoryError. Never runs Python code.
Object* allocObject(TypeObject* type, size_t items = 0);
/// Gives an object's memory back, with its attribute store (end of every dealloc). What comes
/// before a dealloc slot's call (finalizer, weak references, bounding the native stack) is done by
/// then.
void freeObject(Object* object);

/// The part of the type's name behind the last dot, for messages. Valid while the type lives.
const char* typeName(Value value);
const char* nameOf(const TypeObject* type);

} // namespace pyc::rt
