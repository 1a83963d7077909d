// The module _ast: AST and the classes of the abstract grammar (ast_schema.h).
#include "runtime/eval/ast_types.h"

#include "runtime/modules/registry.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

namespace {

TypeObject* classes[kAstClassCount];
Value constants[kAstClassCount];

StrObject* fieldTypesName() {
  return internLiteral("_field_types");
}

Ref fieldsOf(TypeObject* type) {
  return getAttr(Value(&type->header), internLiteral("_fields"));
}

bool containsName(Value names, Value name) {
  bool found = false;
  return contains(names, name, found) && found;
}

// The constructor.

bool setPositional(Value self, Value fields, const Value* args, size_t argc) {
  int64_t count = 0;
  if (!length(fields, count))
    return false;
  if (argc > static_cast<size_t>(count))
    return raise(typeErrorType, "%T constructor takes at most %lld positional argument%s", self,
                 static_cast<long long>(count), count == 1 ? "" : "s");
  for (size_t k = 0; k < argc; ++k) {
    PYC_TRY(name, getItem(fields, Value::fromInt(static_cast<int64_t>(k))));
    if (!isStr(name) || !setAttr(self, asStr(name), args[k]))
      return false;
  }
  return true;
}

bool setKeywords(Value self, Value fields, const Value* values, Value kwnames, size_t positional) {
  if (!kwnames)
    return true;
  PYC_TRY(attributes, getAttr(self, internLiteral("_attributes")));
  TupleObject* keywords = asTuple(kwnames);
  for (int64_t k = 0; k < keywords->count; ++k) {
    Value name = keywords->items()[k];
    bool given = false, isField = false;
    for (int64_t i = 0; isExactTuple(fields) && i < asTuple(fields)->count; ++i)
      if (isStr(asTuple(fields)->items()[i]) &&
          strEquals(asStr(asTuple(fields)->items()[i]), asStr(name))) {
        isField = true;
        given = static_cast<size_t>(i) < positional;
      }
    if (given)
      return raise(typeErrorType, "%Q got multiple values for argument %R", self, name);
    if (!isField && !containsName(fields, name) && !containsName(attributes, name))
      return isRaised()
                 ? false
                 : static_cast<bool>(raise(typeErrorType,
                                           "%Q.__init__ got an unexpected keyword argument %R",
                                           self, name));
    if (!setAttr(self, asStr(name), values[k]))
      return false;
  }
  return true;
}

/// A field that was left out: what is optional is None by a class attribute, lists are empty, the
/// context is Load.
bool setDefault(Value self, Value types, Value name) {
  Ref type;
  if (!dictGet(asDict(types), name, type))
    return false;
  if (!type)
    return raise(typeErrorType, "Field %R is missing from %Q._field_types", name, self);
  if (isInstance(type, &unionType))
    return true;
  if (isInstance(type, &genericAliasType)) {
    PYC_TRY(list, newList(0));
    return setAttr(self, asStr(name), list);
  }
  if (type.get() == Value(&classes[static_cast<size_t>(AstClass::expr_context)]->header)) {
    PYC_TRY(load, astConstant(AstClass::Load));
    return setAttr(self, asStr(name), load);
  }
  return raise(typeErrorType, "%Q.__init__ missing 1 required positional argument: %R", self, name);
}

bool setDefaults(Value self, Value fields) {
  Ref types;
  if (!findAttr(Value(&typeOf(self)->header), fieldTypesName(), types))
    return false;
  if (!types || !isDict(types))
    return true;
  DictObject* own = instanceDict(self.object());
  return own && forEach(fields, [&](Value name) {
           Value value;
           if (!dictFind(own, name, value))
             return false;
           return value ? true : setDefault(self, types, name);
         });
}

bool initAst(Value self, const Value* args, size_t argc, Value kwnames) {
  if (isAbstractAstClass(Value(&typeOf(self)->header)) &&
      !warn(deprecationWarningType, 1,
            "Instantiating abstract AST node class %Q is deprecated. This will become an error in "
            "Python 3.20",
            self))
    return false;
  PYC_TRY(fields, fieldsOf(typeOf(self)));
  return setPositional(self, fields, args, argc) &&
         setKeywords(self, fields, args + argc, kwnames, argc) && setDefaults(self, fields);
}

Ref createAst(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type));
}

void deallocAst(Object* self) {
  freeObject(self);
}

// Methods.

/// (class, one None for each leading field that is set, attributes): the constructor wants the
/// fields, which the attributes then replace.
Ref reduceAst(const Value* args) {
  DictObject* own = instanceDict(args[0].object());
  Ref fields = fieldsOf(typeOf(args[0]));
  Ref holders = newList(0);
  if (!own || !fields || !holders)
    return {};
  bool done = forEach(fields, [&](Value name) {
    Value value;
    return dictFind(own, name, value) && value && listAppend(asList(holders), Value::none());
  });
  if (!done && isRaised())
    return {};
  PYC_TRY(positional, listToTuple(asList(holders)));
  PYC_TRY(attributes, dictCopy(own));
  return tupleOf(Value(&typeOf(args[0])->header), positional.get(), attributes.get());
}

Ref replaceAst(const Value* args, size_t argc, Value kwnames) {
  if (argc > 1)
    return raise(typeErrorType, "__replace__() takes no positional arguments");
  DictObject* own = instanceDict(args[0].object());
  if (!own)
    return {};
  PYC_TRY(attributes, dictCopy(own));
  for (int64_t k = 0; kwnames && k < asTuple(kwnames)->count; ++k)
    if (!dictSet(asDict(attributes), asTuple(kwnames)->items()[k],
                 args[argc + static_cast<size_t>(k)]))
      return {};
  PYC_TRY(none, makeTuple(nullptr, 0));
  return callEx(Value(&typeOf(args[0])->header), none, attributes);
}

// repr(): nodes deeper than this are shown as "Name(...)".
constexpr int kShownDepth = 3;
Ref reprNode(Value node, int depth);

Ref reprPart(Value value, int depth) {
  return isInstance(value, &astType) ? reprNode(value, depth) : repr(value);
}

/// A list or tuple: of more than two items the first and the last.
Ref reprItems(Value items, int depth) {
  PYC_TRY(tuple, sequenceTuple(items));
  StrBuilder out;
  int64_t count = asTuple(tuple)->count;
  out.append(isList(items) ? "[" : "(");
  for (int64_t k = 0; k < count; ++k) {
    if (k)
      out.append(", ");
    if (count > 2 && k == 1) {
      out.append("..., ");
      k = count - 1;
    }
    PYC_TRY(text, reprPart(asTuple(tuple)->items()[k], depth));
    out.append(text.get());
  }
  out.append(isList(items) ? "]" : count == 1 ? ",)" : ")");
  return out.finish();
}

Ref reprNode(Value node, int depth) {
  if (depth <= 0)
    return formatText("%T(...)", node);
  ReprGuard guard(node);
  if (!guard.enter())
    return isRaised() ? Ref() : formatText("%T(...)", node);
  PYC_TRY(fields, fieldsOf(typeOf(node)));
  StrBuilder out;
  out.append(typeName(node));
  out.append("(");
  bool isFirst = true;
  bool done = forEach(fields, [&](Value name) -> bool {
    PYC_TRY(value, getAttr(node, name));
    bool isSequence = isExactList(value) || isExactTuple(value);
    PYC_TRY(text, isSequence ? reprItems(value, depth - 1) : reprPart(value, depth - 1));
    if (!isFirst)
      out.append(", ");
    isFirst = false;
    out.append(name);
    out.append("=");
    out.append(text.get());
    return true;
  });
  if (!done)
    return {};
  out.append(")");
  return out.finish();
}

Ref reprAst(Value self) {
  return reprNode(self, kShownDepth);
}

bool addAstConstants(DictObject* dict) {
  PYC_TRY(none, makeTuple(nullptr, 0));
  return dictSetStr(dict, internLiteral("_fields"), none) &&
         dictSetStr(dict, internLiteral("__match_args__"), none) &&
         dictSetStr(dict, internLiteral("_attributes"), none);
}

constexpr MethodDef kAstMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceAst},
    {.signature = "__replace__",
     .raw = replaceAst,
     .doc = "Return a copy with other values of the fields that are named."},
};

} // namespace

TypeObject astType = {
    .name = "ast.AST",
    .basicSize = sizeof(Object),
    .flags = kTypeBase | kTypeCollected | kTypeHasStore,
    .methods = kAstMethods,
    .slots = {.dealloc = deallocAst, .repr = reprAst, .create = createAst, .init = initAst},
    .addConstants = addAstConstants,
};

// Making the classes.

namespace {

/// "a b c" as a tuple of names.
Ref namesTuple(std::span<const AstField> fields) {
  PYC_TRY(names, newList(fields.size()));
  for (const AstField& field : fields)
    if (!listAppend(asList(names), Value(&internLiteral(field.name)->header)))
      return {};
  return listToTuple(asList(names));
}

Ref positionNames() {
  static constexpr AstField kPosition[] = {
      {"lineno", "int"}, {"col_offset", "int"}, {"end_lineno", "int"}, {"end_col_offset", "int"}};
  return namesTuple(kPosition);
}

TypeObject* typeNamed(std::string_view name) {
  if (name == "identifier" || name == "string")
    return &strType;
  if (name == "int")
    return &intType;
  return name == "constant" ? &objectType : classes[static_cast<size_t>(astClassNamed(name))];
}

/// What _field_types says: X, X | None or list[X].
Ref fieldType(const AstField& field) {
  Value type(&typeNamed(field.type)->header);
  switch (field.many) {
  case AstMany::One:
    return Ref::copy(type);
  case AstMany::Optional:
    return binaryOp(BinaryOp::Or, type, Value::none());
  case AstMany::List:
  case AstMany::HoleyList:
    return getItem(Value(&listType.header), type);
  }
  __builtin_unreachable();
}

/// The namespace of a class, without the types of its fields.
Ref classNamespace(AstClass id) {
  const AstSchema& schema = astSchema(id);
  PYC_TRY(space, newDict());
  DictObject* dict = asDict(space);
  PYC_TRY(fields, namesTuple(schema.fields));
  PYC_TRY(module, makeStr("ast"));
  PYC_TRY(doc, makeStr(astDefinition(id)));
  bool done = dictSetStr(dict, internLiteral("_fields"), fields) &&
              dictSetStr(dict, internLiteral("__match_args__"), fields) &&
              dictSetStr(dict, names::__module__, module) && dictSetStr(dict, names::__doc__, doc);
  for (const AstField& field : schema.fields)
    if (field.many == AstMany::Optional)
      done = done && dictSetStr(dict, internLiteral(field.name), Value::none());
  bool ownsPosition = schema.hasPosition && schema.base == AstClass::Count;
  if (done && ownsPosition) {
    PYC_TRY(positions, positionNames());
    done = dictSetStr(dict, internLiteral("_attributes"), positions) &&
           dictSetStr(dict, internLiteral("end_lineno"), Value::none()) &&
           dictSetStr(dict, internLiteral("end_col_offset"), Value::none());
  }
  return done ? std::move(space) : Ref();
}

bool makeAstClass(AstClass id) {
  const AstSchema& schema = astSchema(id);
  TypeObject* base =
      schema.base == AstClass::Count ? &astType : classes[static_cast<size_t>(schema.base)];
  PYC_TRY(space, classNamespace(id));
  PYC_TRY(bases, tupleOf(Value(&base->header)));
  PYC_TRY(made, makeClass(&typeType, Value(&internLiteral(schema.name)->header), asTuple(bases),
                          asDict(space), nullptr, Value()));
  classes[static_cast<size_t>(id)] = asType(made.release());
  return true;
}

/// _field_types, once all classes are there.
bool addFieldTypes(AstClass id) {
  const AstSchema& schema = astSchema(id);
  if (schema.isAbstract)
    return true;
  PYC_TRY(types, newDict());
  for (const AstField& field : schema.fields) {
    PYC_TRY(type, fieldType(field));
    if (!dictSetStr(asDict(types), internLiteral(field.name), type))
      return false;
  }
  Value made(&classes[static_cast<size_t>(id)]->header);
  return setAttr(made, fieldTypesName(), types) &&
         setAttr(made, internLiteral("__annotations_cache__"), types);
}

bool makeConstant(AstClass id) {
  Object* object = allocObject(classes[static_cast<size_t>(id)]);
  constants[static_cast<size_t>(id)] = Value(object);
  return object != nullptr;
}

template <class Make> bool forAllClasses(Make&& make) {
  for (size_t k = 0; k < kAstClassCount; ++k)
    if (!make(static_cast<AstClass>(k)))
      return false;
  return true;
}

} // namespace

bool makeAstClasses() {
  if (constants[kAstClassCount - 1])
    return true;
  readyType(&astType);
  if (!forAllClasses(makeAstClass) || !forAllClasses(addFieldTypes))
    return false;
  for (auto k = static_cast<size_t>(AstClass::Load); k < kAstClassCount; ++k)
    if (!makeConstant(static_cast<AstClass>(k)))
      return false;
  return true;
}

TypeObject* astClass(AstClass id) {
  return classes[static_cast<size_t>(id)];
}

Ref astConstant(AstClass id) {
  return Ref::copy(constants[static_cast<size_t>(id)]);
}

bool isAbstractAstClass(Value type) {
  if (type == Value(&astType.header))
    return true;
  for (size_t k = 0; k < kAstClassCount; ++k)
    if (classes[k] && type == Value(&classes[k]->header))
      return astSchema(static_cast<AstClass>(k)).isAbstract;
  return false;
}

namespace {

Ref isAbstract(const Value* args) {
  return Ref::boolean(isAbstractAstClass(args[0]));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_is_abstract(cls, /)", .bound = isAbstract},
};

constexpr std::pair<std::string_view, int64_t> kFlags[] = {
    {"PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000},
    {"PyCF_ONLY_AST", 0x400},
    {"PyCF_OPTIMIZED_AST", 0x8400},
    {"PyCF_TYPE_COMMENTS", 0x1000},
};

} // namespace

bool fillModule__ast(ModuleObject* module) {
  if (!makeAstClasses() || !addFunctions(module, kFunctions, std::size(kFunctions)) ||
      !addType(module, astType))
    return false;
  for (auto [name, value] : kFlags)
    if (!addInt(module, name, value))
      return false;
  return forAllClasses([&](AstClass id) {
    return addValue(module, astSchema(id).name, Ref::copy(Value(&astClass(id)->header)));
  });
}

} // namespace pyc::rt
