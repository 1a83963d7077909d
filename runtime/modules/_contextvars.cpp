// The module _contextvars; its types ContextVar and Token.
#include "runtime/modules/context.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

unsigned long long addressOf(Value value) {
  return static_cast<unsigned long long>(value.bits());
}

template <class T, auto... kFields> struct OwnedFields {
  static void clear(Object* self) { (clearField(reinterpret_cast<T*>(self)->*kFields), ...); }
  static void dealloc(Object* self) {
    clear(self);
    freeObject(self);
  }
  static void traverse(Object* self, Visitor& visitor) {
    auto visit = [&](Value value) {
      if (value)
        visitor.visit(value);
    };
    (visit(reinterpret_cast<T*>(self)->*kFields), ...);
  }
};

// Variables.

ContextVarObject* asVar(Value value) {
  return value.as<ContextVarObject>();
}

Ref createVar(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("ContextVar(name, /, *, default=None)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isStr(bound[0]))
    return raise(typeErrorType, "context variable name must be a str");
  int64_t nameHash; // a subclass may have none
  if (!hash(bound[0], nameHash))
    return {};
  Object* object = allocObject(type);
  if (!object)
    return {};
  asVar(object)->name = Ref::copy(bound[0]).release();
  asVar(object)->defaultValue = Ref::copy(bound[1]).release();
  return Ref::steal(object);
}

Ref reprVar(Value self) {
  ContextVarObject* variable = asVar(self);
  if (!variable->defaultValue)
    return formatText("<ContextVar name=%R at 0x%llx>", variable->name, addressOf(self));
  return formatText("<ContextVar name=%R default=%R at 0x%llx>", variable->name,
                    variable->defaultValue, addressOf(self));
}

Value findInContext(Value self) {
  ContextObject* context = enteredContext();
  return context ? contextMapFind(context->map, self) : Value();
}

Ref getValue(const Value* args) {
  Value found = findInContext(args[0]);
  if (!found)
    found = args[1] ? args[1] : asVar(args[0])->defaultValue;
  return found ? Ref::copy(found) : Ref(raiseWith(lookupErrorType, args[0]));
}

Ref setValue(const Value* args) {
  ContextObject* context = currentContext();
  if (!context)
    return {};
  readyType(&contextTokenType);
  Object* object = allocObject(&contextTokenType);
  if (!object)
    return {};
  auto* token = reinterpret_cast<ContextTokenObject*>(object);
  Ref result = Ref::steal(object);
  token->context = Ref::copy(Value(context)).release();
  token->variable = Ref::copy(args[0]).release();
  token->oldValue = Ref::copy(contextMapFind(context->map, args[0])).release();
  return contextSet(context, args[0], args[1]) ? std::move(result) : Ref();
}

bool resetTo(Value self, Value tokenValue) {
  if (typeOf(tokenValue) != &contextTokenType)
    return raise(typeErrorType, "expected an instance of Token, got %R", tokenValue);
  auto* token = tokenValue.as<ContextTokenObject>();
  if (token->isUsed)
    return raise(runtimeErrorType, "%R has already been used once", tokenValue);
  if (token->variable != self)
    return raise(valueErrorType, "%R was created by a different ContextVar", tokenValue);
  ContextObject* context = currentContext();
  if (!context)
    return false;
  if (token->context != Value(context))
    return raise(valueErrorType, "%R was created in a different Context", tokenValue);
  token->isUsed = true;
  return token->oldValue ? contextSet(context, self, token->oldValue)
                         : contextRemove(context, self);
}

Ref resetVar(const Value* args) {
  return resetTo(args[0], args[1]) ? Ref::none() : Ref();
}

constexpr MethodDef kVarMethods[] = {
    {.signature = "get($self, default=<unrepresentable>, /)",
     .bound = getValue,
     .doc = "The variable's value in the current context; else the default given here, else the\n"
            "variable's own; else a LookupError."},
    {.signature = "set($self, value, /)",
     .bound = setValue,
     .doc = "Sets the variable in the current context. The token that this returns undoes it."},
    {.signature = "reset($self, token, /)",
     .bound = resetVar,
     .doc = "Undoes the set() that returned the token."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr MemberDef kVarMembers[] = {{"name", offsetof(ContextVarObject, name)}};

using VarFields =
    OwnedFields<ContextVarObject, &ContextVarObject::name, &ContextVarObject::defaultValue>;

// Tokens.

ContextTokenObject* asToken(Value value) {
  return value.as<ContextTokenObject>();
}

Ref reprMissing(Value) {
  return makeStr("<Token.MISSING>");
}

constinit TypeObject missingType = {
    .name = "Token.MISSING",
    .base = &objectType,
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .slots = {.repr = reprMissing},
};

/// Token.MISSING, borrowed: the only instance.
Value missingMark() {
  static Object* mark = [] {
    readyType(&missingType);
    Object* object = allocObject(&missingType);
    if (object)
      makeImmortal(object);
    return object;
  }();
  return mark;
}

Ref createToken(TypeObject*, const Value*, size_t, Value) {
  return raise(runtimeErrorType, "Tokens can only be created by ContextVars");
}

Ref reprToken(Value self) {
  return formatText("<Token%s var=%R at 0x%llx>", asToken(self)->isUsed ? " used" : "",
                    asToken(self)->variable, addressOf(self));
}

Ref getVar(Value self) {
  return Ref::copy(asToken(self)->variable);
}
Ref getOldValue(Value self) {
  return Ref::copy(asToken(self)->oldValue ? asToken(self)->oldValue : missingMark());
}

Ref enterToken(const Value* args) {
  return Ref::copy(args[0]);
}
Ref exitToken(const Value* args) {
  return resetTo(asToken(args[0])->variable, args[0]) ? Ref::none() : Ref();
}

constexpr MethodDef kTokenMethods[] = {
    {.signature = "__enter__($self, /)", .bound = enterToken, .doc = "The token itself."},
    {.signature = "__exit__($self, type, val, tb, /)",
     .bound = exitToken,
     .doc = "Gives the variable its old value again."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};
constexpr GetSetDef kTokenGetSets[] = {
    {"var", getVar, nullptr, "The variable."},
    {"old_value", getOldValue, nullptr, "What the variable was before; Token.MISSING: nothing."},
};

bool addTokenConstants(DictObject* dict) {
  return missingMark() && dictSetStr(dict, internLiteral("MISSING"), missingMark());
}

using TokenFields = OwnedFields<ContextTokenObject, &ContextTokenObject::context,
                                &ContextTokenObject::variable, &ContextTokenObject::oldValue>;

// The module.

Ref copyCurrent(const Value*) {
  ContextObject* context = currentContext();
  return context ? copyContext(context) : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "copy_context()", .bound = copyCurrent, .doc = "A copy of the current context."},
};

} // namespace

constinit TypeObject contextVarType = {
    .name = "_contextvars.ContextVar",
    .base = &objectType,
    .basicSize = sizeof(ContextVarObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kVarMethods,
    .members = kVarMembers,
    .slots = {.dealloc = VarFields::dealloc,
              .traverse = VarFields::traverse,
              .clear = VarFields::clear,
              .repr = reprVar,
              .create = createVar},
};

constinit TypeObject contextTokenType = {
    .name = "_contextvars.Token",
    .base = &objectType,
    .basicSize = sizeof(ContextTokenObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kTokenMethods,
    .getSets = kTokenGetSets,
    .slots = {.dealloc = TokenFields::dealloc,
              .traverse = TokenFields::traverse,
              .clear = TokenFields::clear,
              .repr = reprToken,
              .hash = unhashable,
              .create = createToken},
    .addConstants = addTokenConstants,
};

bool fillModule__contextvars(ModuleObject* module) {
  return addType(module, contextType) && addType(module, contextVarType) &&
         addType(module, contextTokenType) &&
         addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "Context Variables");
}

} // namespace pyc::rt
