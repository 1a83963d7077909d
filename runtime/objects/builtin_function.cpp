// Functions written in C++: functions of modules, and methods of built-in types bound to an object.
#include "runtime/objects/callable_text.h"
#include "runtime/objects/function.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/small_array.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

std::string_view nameInSignature(const char* signature) {
  const char* open = strchr(signature, '(');
  return open ? std::string_view(signature, static_cast<size_t>(open - signature)) : signature;
}

Ref textSignature(const char* signature, bool ofModule) {
  const char* open = strchr(signature, '(');
  if (!open)
    return Ref::none();
  std::string text = open;
  if (ofModule && open[1] != '$')
    text = std::string("($module") + (open[1] == ')' ? "" : ", ") + (open + 1);
  // The object itself is passed by position only: that ends with the `/` of the text, if it has
  // one.
  if (text.starts_with("($") && text.find('/') == std::string::npos)
    text.insert(text.find_first_of(",)"), ", /");
  return makeStr(text);
}

Ref docOrNone(const char* doc) {
  return doc ? makeStr(doc) : Ref::none();
}

Ref callWithSelf(const MethodDef* def, const Signature& signature, Value self, const Value* args,
                 size_t argc, Value kwnames) {
  size_t given = argc + keywordCount(kwnames);
  SmallArray<Value> all(given + 1);
  if (!all)
    return raiseMemoryError();
  all[0] = self;
  std::copy(args, args + given, all.data() + 1);
  return callMethodDef(def, signature, all.data(), argc + 1, kwnames);
}

namespace {

BuiltinFunctionObject* asBuiltin(Value value) {
  return value.as<BuiltinFunctionObject>();
}

const Signature& signatureOf(BuiltinFunctionObject* function) {
  if (PYC_LIKELY(function->signature != nullptr))
    return *function->signature;
  auto* signature = const_cast<Signature*>(parseSignature(function->def->signature));
  // Messages name the module of a function, unless it is builtins.
  if (Value module = function->module; module && isStr(module))
    if (asStr(module)->isAscii() && !strEquals(asStr(module), "builtins"))
      signature->owner = internStr(asStr(module))->asciiView().data();
  function->signature = signature;
  return *signature;
}

Ref callBuiltin(Value callee, const Value* args, size_t argc, Value kwnames) {
  BuiltinFunctionObject* function = asBuiltin(callee);
  const Signature& signature = signatureOf(function);
  if (!signature.takesSelf)
    return callMethodDef(function->def, signature, args, argc, kwnames);
  return callWithSelf(function->def, signature, function->self, args, argc, kwnames);
}

bool isOfModule(BuiltinFunctionObject* function) {
  return !function->self || isModule(function->self);
}

Ref nameOfBuiltin(Value self) {
  return Ref::copy(Value(internLiteral(nameInSignature(asBuiltin(self)->def->signature))));
}

Ref reprBuiltin(Value self) {
  PYC_TRY(name, nameOfBuiltin(self));
  BuiltinFunctionObject* function = asBuiltin(self);
  if (isOfModule(function))
    return formatText("<built-in function %S>", name.get());
  return formatText("<built-in method %S of %T object at 0x%llx>", name.get(), function->self,
                    static_cast<unsigned long long>(function->self.bits()));
}

Ref qualifiedName(Value self) {
  PYC_TRY(name, nameOfBuiltin(self));
  BuiltinFunctionObject* function = asBuiltin(self);
  if (isOfModule(function))
    return name;
  Value type = isType(function->self) ? function->self : Value(typeOf(function->self));
  PYC_TRY(typeQualifiedName, getAttr(type, names::__qualname__));
  if (!isStr(typeQualifiedName))
    return raise(typeErrorType, "<method>.__class__.__qualname__ is not a unicode object");
  return formatText("%S.%S", typeQualifiedName.get(), name.get());
}

Ref moduleOfBuiltin(Value self) {
  Value module = asBuiltin(self)->module;
  return module ? Ref::copy(module) : Ref::none();
}

bool setModuleOfBuiltin(Value self, Value value) {
  setField(asBuiltin(self)->module, value ? value : Value::none());
  return true;
}

Ref selfOfBuiltin(Value self) {
  Value bound = asBuiltin(self)->self;
  return bound ? Ref::copy(bound) : Ref::none();
}

Ref docOfBuiltin(Value self) {
  return docOrNone(asBuiltin(self)->def->doc);
}

Ref textSignatureOfBuiltin(Value self) {
  return textSignature(asBuiltin(self)->def->signature, isOfModule(asBuiltin(self)));
}

Ref reduceBuiltin(const Value* args) {
  PYC_TRY(name, nameOfBuiltin(args[0]));
  if (isOfModule(asBuiltin(args[0])))
    return name;
  PYC_TRY(getattr, getBuiltin(names::getattr));
  PYC_TRY(arguments, tupleOf(asBuiltin(args[0])->self, name.get()));
  return tupleOf(getattr.get(), arguments.get());
}

Ref compareBuiltins(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !hasShape(other, kShapeBuiltinFunction))
    return Ref::notImplemented();
  bool equal = asBuiltin(self)->self == asBuiltin(other)->self &&
               asBuiltin(self)->def == asBuiltin(other)->def;
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool hashBuiltin(Value self, int64_t& result) {
  auto bits = asBuiltin(self)->self.bits() ^
              (reinterpret_cast<uint64_t>(asBuiltin(self)->def) * 0x9E3779B97F4A7C15u);
  result = static_cast<int64_t>(bits >> 4);
  return true;
}

void traverseBuiltin(Object* self, Visitor& visitor) {
  if (asBuiltin(self)->self)
    visitor.visit(asBuiltin(self)->self);
  if (asBuiltin(self)->module)
    visitor.visit(asBuiltin(self)->module);
}

void clearBuiltin(Object* self) {
  clearField(asBuiltin(self)->self);
  clearField(asBuiltin(self)->module);
}

void deallocBuiltin(Object* self) {
  clearBuiltin(self);
  freeObject(self);
}

const MethodDef kMethods[] = {{"__reduce__($self, /)", reduceBuiltin}};
const GetSetDef kGetSets[] = {
    {"__name__", nameOfBuiltin},
    {"__qualname__", qualifiedName},
    {"__module__", moduleOfBuiltin, setModuleOfBuiltin},
    {"__self__", selfOfBuiltin},
    {"__doc__", docOfBuiltin},
    {"__text_signature__", textSignatureOfBuiltin},
};

} // namespace

Ref makeBuiltinFunction(const MethodDef* def, Value self, Value module) {
  Ref result = Ref::steal(allocObject(&builtinFunctionType));
  if (!result)
    return {};
  BuiltinFunctionObject* function = asBuiltin(result);
  function->def = def;
  setField(function->self, self);
  setField(function->module, module);
  return result;
}

extern "C" constinit TypeObject builtinFunctionType = {
    .name = "builtin_function_or_method",
    .basicSize = sizeof(BuiltinFunctionObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocBuiltin,
              .traverse = traverseBuiltin,
              .clear = clearBuiltin,
              .repr = reprBuiltin,
              .hash = hashBuiltin,
              .call = callBuiltin,
              .compare = compareBuiltins},
};

} // namespace pyc::rt
