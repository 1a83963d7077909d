// Functions made by `def` and `lambda`: making, calling, binding to instances.
#include "runtime/objects/function.h"

#include "runtime/abi/native.h"
#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/dict_hint.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/function_attributes.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/local_function.h"
#include "runtime/objects/local_iterator.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <cstring>

namespace pyc::rt {

static Ref refuseCall(Value callee, const Value* args, size_t argc, Value kwnames) {
  return raise(systemErrorType, "no interpreter to call %R with", callee);
}

CallFn functionCaller = refuseCall;

namespace {

Value orNull(Value value) {
  return value && !value.isNone() ? value : Value();
}

/// The value of a name that most namespaces have in the same place, borrowed; or null.
Value findHinted(DictObject* globals, StrObject* name, uint32_t* hint) {
  if (const DictEntry* entry = dictEntryAt(globals, Value(name), hint))
    return entry->value;
  int64_t number;
  if (!dictFindNumber(globals, Value(name), number))
    return dictFindStr(globals, name);
  if (number < 0)
    return {};
  __atomic_store_n(hint, static_cast<uint32_t>(number), __ATOMIC_RELAXED);
  return globals->entries[number].value;
}

/// The builtins that a namespace's code sees: what __builtins__ says, a module or a dict.
DictObject* builtinsOf(DictObject* globals) {
  static uint32_t hint;
  Value own = findHinted(globals, names::__builtins__, &hint);
  if (own && isModule(own))
    return moduleDict(own);
  return own && isBuiltinsMapping(own) ? own.as<DictObject>() : builtinsDict;
}

Ref callFunctionSlot(Value callee, const Value* args, size_t argc, Value kwnames) {
  return functionCaller(callee, args, argc, kwnames);
}

Ref getFunction(Value descriptor, Value object, Value type) {
  if (!object || object.isNone())
    return Ref::copy(descriptor);
  return makeBoundMethod(descriptor, object);
}

Ref reprFunction(Value self) {
  return formatText("<function %S at 0x%llx>", asFunction(self)->qualifiedName,
                    static_cast<unsigned long long>(self.bits()));
}

/// Every field that can be part of a cycle.
template <class Use> void eachField(FunctionObject* function, Use use) {
  for (Value* field : {&function->closure, &function->defaults, &function->kwDefaults,
                       &function->name, &function->qualifiedName, &function->module, &function->doc,
                       &function->annotate, &function->annotations, &function->typeParams})
    use(*field);
}

void traverseFunction(Object* self, Visitor& visitor) {
  auto* function = reinterpret_cast<FunctionObject*>(self);
  visitor.visit(Value(function->code));
  if (function->nativeCode)
    visitor.visit(Value(function->nativeCode));
  visitor.visit(Value(function->globals));
  if (function->builtins)
    visitor.visit(Value(function->builtins));
  eachField(function, [&](Value field) {
    if (field)
      visitor.visit(field);
  });
}

void clearFunction(Object* self) {
  // Code and names stay: a function in the middle of being collected may still be called.
  auto* function = reinterpret_cast<FunctionObject*>(self);
  if (isRunningBorrowed(function))
    return;
  for (Value* field :
       {&function->closure, &function->defaults, &function->kwDefaults, &function->doc,
        &function->annotate, &function->annotations, &function->typeParams})
    clearField(*field);
}

/// Nothing needs to be released of the attributes.
bool isWithoutAttributes(Object* function) {
  return function->shape == functionType.rootShape && storeWord(function, &functionType)->isNull();
}

uint32_t grainsOfFunctions() {
  return (functionType.instanceSize + kInstanceGrain - 1) / kInstanceGrain;
}

/// Functions of comprehensions and callbacks live shortly: one takes the memory of the last.
FunctionObject* allocFunction() {
  readyType(&functionType);
  size_t size = size_t(grainsOfFunctions()) * kInstanceGrain;
  Object* object = reuseBlock(functionType.rootShape, grainsOfFunctions());
  if (!object)
    object = allocFast<true>(&functionType, size);
  if (object)
    std::memset(static_cast<void*>(object + 1), 0, size - sizeof(Object));
  return reinterpret_cast<FunctionObject*>(object);
}

void deallocFunction(Object* self) {
  auto* function = reinterpret_cast<FunctionObject*>(self);
  if (PYC_UNLIKELY(self->flags & kFunctionBorrowed) && outlivesItsCount(function))
    return;
  eachField(function, [](Value& field) { clearField(field); });
  decrefMaybe(Value(function->code));
  decrefMaybe(Value(function->nativeCode));
  decrefMaybe(Value(function->globals));
  decrefMaybe(Value(function->builtins));
  if (PYC_LIKELY(isWithoutAttributes(self)))
    keepInstance(self, grainsOfFunctions());
  else
    freeObject(self);
}

/// Checks the closure given to types.FunctionType().
bool checkClosure(CodeObject* code, Value closure) {
  int64_t needed = code->freeCount;
  if (closure && !closure.isNone() && !isTuple(closure))
    return raise(typeErrorType, "arg 5 (closure) must be tuple");
  bool given = closure && !closure.isNone();
  if (!given && needed)
    return raise(typeErrorType, "arg 5 (closure) must be tuple");
  int64_t count = given ? asTuple(closure)->count : 0;
  if (count != needed)
    return raise(valueErrorType, "%S requires closure of length %lld, not %lld", Value(code->name),
                 static_cast<long long>(needed), static_cast<long long>(count));
  for (int64_t i = 0; i < count; i++)
    if (!hasShape(asTuple(closure)->items()[i], kShapeCell))
      return raise(typeErrorType, "arg 5 (closure) expected cell, found %T",
                   asTuple(closure)->items()[i]);
  return true;
}

Ref createFunction(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)");
  Value in[6];
  if (!signature.bind(args, argc, kwnames, in))
    return {};
  if (!hasShape(in[0], kShapeCode))
    return raise(typeErrorType, "function() argument 'code' must be code, not %T", in[0]);
  if (!isDict(in[1]))
    return raise(typeErrorType, "function() argument 'globals' must be dict, not %T", in[1]);
  if (orNull(in[2]) && !isStr(in[2]))
    return raise(typeErrorType, "arg 3 (name) must be None or string");
  if (orNull(in[3]) && !isTuple(in[3]))
    return raise(typeErrorType, "arg 4 (defaults) must be None or tuple");
  if (!checkClosure(asCode(in[0]), in[4]))
    return {};
  if (orNull(in[5]) && !isDict(in[5]))
    return raise(typeErrorType, "arg 6 (kwdefaults) must be None or dict");
  PYC_TRY(function, makeFunction(asCode(in[0]), asDict(in[1]), in[3], in[5], {}, in[4]));
  if (orNull(in[2]))
    setField(asFunction(function)->name, in[2]);
  return function;
}

} // namespace

uint32_t directArgsOf(const CodeObject* code) {
  constexpr uint32_t kNotDirect = uop::kCodeVarargs | uop::kCodeVarKeywords | uop::kCodeSuspends |
                                  uop::kCodeModule | uop::kCodeClassBody;
  if (!code->prepared || (code->flags() & kNotDirect) || code->freeCount ||
      code->record->keywordOnlyCount)
    return kNoDirectCall;
  return code->positionalCount();
}

void* nativeEntryFor(CodeObject* code, DictObject* globals) {
  if (!code->native || (code->nativeGlobals && code->nativeGlobals != globals))
    return nullptr;
  code->nativeGlobals = globals;
  return code->native->entry;
}

Ref makeFunction(CodeObject* code, DictObject* globals, Value defaults, Value kwDefaults,
                 Value annotate, Value closure) {
  static uint32_t nameHint;
  FunctionObject* function = allocFunction();
  if (!function)
    return {};
  Ref result = Ref::steal(function);
  function->code = asCode(Ref::copy(Value(code)).release());
  function->globals = asDict(Ref::copy(Value(globals)).release());
  function->builtins = asDict(Ref::copy(Value(builtinsOf(globals))).release());
  setField(function->name, Value(code->name));
  setField(function->qualifiedName, Value(code->qualifiedName));
  setField(function->module, findHinted(globals, names::__name__, &nameHint));
  setField(function->defaults, orNull(defaults));
  setField(function->kwDefaults, orNull(kwDefaults));
  setField(function->annotate, orNull(annotate));
  setField(function->closure, orNull(closure));
  if (code->native && !prepareCode(code))
    return {};
  function->directArgs = directArgsOf(code);
  if (void* entry = nativeEntryFor(code, globals)) {
    function->nativeCode = asCode(Ref::copy(Value(code)).release());
    if (!(code->flags() & uop::kCodeNested))
      noteBorrowed(result);
    // Calling a generator function makes a generator, which asks for the entry itself.
    if (code->flags() & uop::kCodeSuspends)
      return result;
    function->nativeEntry = entry;
    function->directArgs = code->native->arrayEntry ? kNoDirectCall : code->native->parameterCount;
  }
  return result;
}

Ref makeLocalFunction(CodeObject* code, DictObject* globals, Value closure,
                      FunctionObject* memory) {
  if (PYC_UNLIKELY(!code->prepared || !code->native || code->nativeGlobals != globals))
    return makeFunction(code, globals, Value(), Value(), Value(), closure);
  std::memset(static_cast<void*>(memory), 0, sizeof(FunctionObject));
  initLocal(&memory->header, functionType.rootShape);
  memory->code = memory->nativeCode = code;
  memory->globals = globals;
  memory->builtins = builtinsOf(globals);
  memory->name = Value(code->name);
  memory->qualifiedName = Value(code->qualifiedName);
  memory->directArgs = kNoDirectCall;
  setField(memory->closure, orNull(closure));
  return Ref::steal(&memory->header);
}

Value moveToHeap(FunctionObject* local) {
  Ref moved = makeFunction(local->code, local->globals, Value(), Value(), Value(), local->closure);
  PYC_CHECK(moved); // out of memory, where the program can't go on
  Value builtins = Ref::copy(Value(local->builtins)).release(); // of when it was made
  decref(Value(std::exchange(asFunction(moved)->builtins, asDict(builtins))));
  clearField(local->closure);
  Value(moved).object()->localCount = local->header.localCount;
  return moved.release();
}

extern "C" constinit TypeObject functionType = {
    .name = "function",
    .basicSize = sizeof(FunctionObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeHasStore | kTypeWeakrefs | kTypeMethodDescriptor,
    .getSets = functionGetSets,
    .members = functionMembers,
    .doc = "Create a function object.\n\n"
           "  code\n"
           "    a code object\n"
           "  globals\n"
           "    the globals dictionary\n"
           "  name\n"
           "    a string that overrides the name from the code object\n"
           "  argdefs\n"
           "    a tuple that specifies the default argument values\n"
           "  closure\n"
           "    a tuple that supplies the bindings for free variables\n"
           "  kwdefaults\n"
           "    a dictionary that specifies the default keyword argument values",
    .slots = {.dealloc = deallocFunction,
              .traverse = traverseFunction,
              .clear = clearFunction,
              .repr = reprFunction,
              .call = callFunctionSlot,
              .get = getFunction,
              .create = createFunction},
};

} // namespace pyc::rt
