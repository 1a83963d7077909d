// Each thread's current context, and `with localcontext()`.
#include "runtime/modules/decimal_current.h"
#include "runtime/modules/context.h"
#include "runtime/modules/import_system.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

Value currentVariable; // the context variable

/// What this thread found last, and in which map: maps never change, so that it is there still.
struct LastFound {
  uint64_t map; // its id; 0: none
  DecimalContext* context;
};
thread_local LastFound lastFound;

/// A template's copy begins without flags.
Ref copyTemplate(const DecimalContext* context) {
  Ref copy = copyDecimalContext(context);
  if (copy)
    copy.as<DecimalContext>()->state.status = 0;
  return copy;
}

bool setCurrent(Value context) {
  ContextObject* variables = currentContext();
  return variables && contextSet(variables, currentVariable, context);
}

DecimalContext* firstContext() {
  Ref context = copyTemplate(defaultDecimalContext());
  if (!context || !setCurrent(context))
    return nullptr;
  return context.as<DecimalContext>(); // the variable holds it
}

// localcontext().

struct LocalContext {
  Object header;
  Value inside, outside;
};
LocalContext* asLocal(Value value) {
  return value.as<LocalContext>();
}

void clearLocal(Object* self) {
  clearField(asLocal(self)->inside);
  clearField(asLocal(self)->outside);
}
void deallocLocal(Object* self) {
  clearLocal(self);
  freeObject(self);
}
void traverseLocal(Object* self, Visitor& visitor) {
  for (Value value : {asLocal(self)->inside, asLocal(self)->outside})
    if (value)
      visitor.visit(value);
}

Ref enterLocal(const Value* args) {
  Value inside = asLocal(args[0])->inside;
  return setDecimalContext(inside) ? Ref::copy(inside) : Ref();
}
Ref exitLocal(const Value* args) {
  return setDecimalContext(asLocal(args[0])->outside) ? Ref::none() : Ref();
}

constexpr MethodDef kLocalMethods[] = {
    {.signature = "__enter__($self, /)",
     .bound = enterLocal,
     .doc = "Makes the local context the current one."},
    {.signature = "__exit__($self, /, *args)",
     .bound = exitLocal,
     .doc = "Makes the context that was the current one that again."},
};

bool setAttributes(Value context, DictObject* keywords) {
  static constexpr const char* kNames[] = {"prec",     "rounding", "Emin",  "Emax",
                                           "capitals", "clamp",    "flags", "traps"};
  int64_t position = 0;
  Value key, value;
  while (dictNext(keywords, position, key, value)) {
    const char* found = nullptr;
    for (const char* name : kNames)
      if (strEquals(asStr(key), name))
        found = name;
    if (!found)
      return raise(typeErrorType, "localcontext() got an unexpected keyword argument '%S'", key);
    if (!value.isNone() && !setContextAttribute(context, found, value))
      return false;
  }
  return true;
}

} // namespace

constinit TypeObject localContextType = {
    .name = "decimal.ContextManager",
    .base = &objectType,
    .basicSize = sizeof(LocalContext),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kLocalMethods,
    .slots = {.dealloc = deallocLocal, .traverse = traverseLocal, .clear = clearLocal},
};

bool makeContextVariable() {
  if (currentVariable)
    return true;
  PYC_TRY(module, importModuleNamed("_contextvars"));
  PYC_TRY(type, getAttr(module, internLiteral("ContextVar")));
  PYC_TRY(name, makeStr("decimal_context"));
  currentVariable = call(type, name).release();
  return static_cast<bool>(currentVariable);
}

DecimalContext* currentDecimalContext() {
  ContextObject* variables = enteredContext();
  if (!variables || !variables->map)
    return firstContext();
  uint64_t map = variables->map.as<ContextNode>()->id;
  if (PYC_LIKELY(map == lastFound.map))
    return lastFound.context;
  Value found = contextMapFind(variables->map, currentVariable);
  if (!found)
    return firstContext();
  lastFound = {map, found.as<DecimalContext>()};
  return lastFound.context;
}

bool setDecimalContext(Value context) {
  if (!isDecimalContext(context))
    return raise(typeErrorType, "argument must be a context");
  if (!isContextTemplate(context))
    return setCurrent(context);
  PYC_TRY(copy, copyTemplate(context.as<DecimalContext>()));
  return setCurrent(copy);
}

bool contextArg(Value argument, DecimalContext*& context) {
  if (!argument || argument.isNone()) {
    context = currentDecimalContext();
    return context != nullptr;
  }
  if (!isDecimalContext(argument))
    return raise(typeErrorType, "optional argument must be a context");
  context = argument.as<DecimalContext>();
  return true;
}

Ref makeLocalContext(Value context, DictObject* keywords) {
  DecimalContext *outside = currentDecimalContext(), *source;
  if (!outside || !contextArg(context, source))
    return {};
  PYC_TRY(inside, copyDecimalContext(source));
  if (!setAttributes(inside, keywords))
    return {};
  readyType(&localContextType);
  Ref result = Ref::steal(allocObject(&localContextType));
  if (result) {
    asLocal(result)->inside = inside.release();
    asLocal(result)->outside = Ref::copy(Value(outside)).release();
  }
  return result;
}

} // namespace pyc::rt
