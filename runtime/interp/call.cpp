#include "runtime/interp/call.h"

#include "runtime/abi/native.h"
#include "runtime/interp/generator.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <array>
#include <vector>

namespace pyc::rt {

namespace {

template <size_t... index>
Value callRegisters(void* entry, FunctionObject* self, const Value* args,
                    std::index_sequence<index...>) {
  using Entry = Value (*)(FunctionObject*, decltype(static_cast<void>(index), Value())...);
  return reinterpret_cast<Entry>(entry)(self, args[index]...);
}

using NativeCaller = Value (*)(void*, FunctionObject*, const Value*);
template <size_t count> Value callWithCount(void* entry, FunctionObject* self, const Value* args) {
  return callRegisters(entry, self, args, std::make_index_sequence<count>());
}

template <size_t... count> constexpr auto makeCallers(std::index_sequence<count...>) {
  return std::array<NativeCaller, sizeof...(count)>{callWithCount<count>...};
}
constexpr auto kNativeCallers = makeCallers(std::make_index_sequence<kMaxRegisterArguments + 1>());

unsigned parameterCount(const CodeObject* code) {
  const uop::CodeRecord& record = *code->record;
  return record.argumentCount + record.keywordOnlyCount +
         ((record.flags & uop::kCodeVarargs) != 0) + ((record.flags & uop::kCodeVarKeywords) != 0);
}

/// Positional arguments for positional parameters, defaults for the rest. False when that does not
/// fit.
bool bindPlain(Frame* frame, const Value* args, size_t argc) {
  FunctionObject* function = frame->function;
  const uop::CodeRecord& record = *frame->code->record;
  if ((record.flags & (uop::kCodeVarargs | uop::kCodeVarKeywords)) || record.keywordOnlyCount ||
      argc > record.argumentCount)
    return false;
  size_t missing = record.argumentCount - argc;
  size_t defaults =
      function->defaults ? static_cast<size_t>(asTuple(function->defaults)->count) : 0;
  if (missing > defaults)
    return false;
  Value* out = frame->registers - 1;
  for (size_t k = 0; k < argc; ++k)
    *out-- = Ref::copy(args[k]).release();
  for (size_t k = defaults - missing; k < defaults; ++k)
    *out-- = Ref::copy(asTuple(function->defaults)->items()[k]).release();
  return true;
}

/// Whether the parameters are plain positional ones and the arguments with the defaults fill them.
bool fitsPlain(const FunctionObject* function, size_t argc, Value kwnames) {
  const uop::CodeRecord& record = *function->code->record;
  size_t defaults =
      function->defaults ? static_cast<size_t>(asTuple(function->defaults)->count) : 0;
  return !kwnames && !(record.flags & (uop::kCodeVarargs | uop::kCodeVarKeywords)) &&
         record.keywordOnlyCount == 0 && argc <= record.argumentCount &&
         record.argumentCount - argc <= defaults;
}

/// Native code with some arguments and the defaults of the rest; fitsPlain holds.
Ref callNativeWithDefaults(FunctionObject* function, const Value* args, size_t argc) {
  unsigned count = function->code->record->argumentCount;
  Value all[kMaxRegisterArguments];
  std::copy_n(args, argc, all);
  // The function may get other defaults while it runs.
  Ref keep = Ref::copy(function->defaults);
  const Value* defaults = asTuple(keep)->items() + asTuple(keep)->count - (count - argc);
  std::copy_n(defaults, count - argc, all + argc);
  return Ref::steal(kNativeCallers[count](function->nativeEntry, function, all));
}

/// Values of parameters, null at first. (Not alloca: native_stack.cpp wants frames of one size.)
class ParameterValues {
public:
  explicit ParameterValues(unsigned count) {
    if (count > kFew)
      many_.resize(count);
    values_ = count > kFew ? many_.data() : few_;
  }
  ParameterValues(const ParameterValues&) = delete;
  ParameterValues& operator=(const ParameterValues&) = delete;

  operator Value*() { return values_; }

private:
  static constexpr unsigned kFew = 24;
  Value* values_;
  Value few_[kFew];
  std::vector<Value> many_;
};

/// Native code that takes bound arguments, from a call of any form.
Ref callNativeBound(FunctionObject* function, const Value* args, size_t argc, Value kwnames) {
  const NativeCode* native = function->code->native;
  unsigned count = parameterCount(function->code);
  if (!native->arrayEntry && argc < count && fitsPlain(function, argc, kwnames))
    return callNativeWithDefaults(function, args, argc);
  ParameterValues locals(count);
  Value result;
  if (bindArguments(function, args, argc, kwnames, locals)) {
    using ArrayEntry = Value (*)(FunctionObject*, Value*);
    result = native->arrayEntry ? reinterpret_cast<ArrayEntry>(native->entry)(function, locals)
                                : kNativeCallers[count](native->entry, function, locals);
  }
  for (unsigned k = 0; k < count; ++k)
    decrefMaybe(locals[k]);
  return Ref::steal(result);
}

/// Puts keywords where the parameters of their names are, counted. False, with counts given back,
/// when one is none, or has got a value already.
bool placeKeywords(const CodeObject* code, DictObject* keywords, Value* locals) {
  const uop::CodeRecord& record = *code->record;
  int64_t position = 0;
  Value key, value;
  while (dictNext(keywords, position, key, value)) {
    unsigned place = record.positionalOnlyCount;
    while (place < record.argumentCount && Value(code->localNames[place]) != key)
      ++place;
    if (place == record.argumentCount || locals[place])
      return false;
    locals[place] = Ref::copy(value).release();
  }
  return true;
}

/// Whether the function's parameters are `self` (if there is one), *args and **kwargs, and keywords
/// are names that are not self's.
bool collectsAll(const CodeObject* code, Value self, DictObject* keywords) {
  const uop::CodeRecord& record = *code->record;
  constexpr uint32_t kBoth = uop::kCodeVarargs | uop::kCodeVarKeywords;
  if ((record.flags & kBoth) != kBoth || record.keywordOnlyCount != 0 ||
      record.argumentCount != (self ? 1 : 0) || !code->native->arrayEntry)
    return false;
  int64_t position = 0;
  Value key, value;
  while (dictNext(keywords, position, key, value))
    if (!isExactStr(key) || (self && strEquals(asStr(key), code->localNames[0])))
      return false;
  return true;
}

/// Such a function gets a tuple and a dict of its own.
Ref callCollecting(FunctionObject* function, Value self, TupleObject* args, DictObject* keywords) {
  PYC_TRY(tuple, makeTuple(args->items(), static_cast<size_t>(args->count)));
  PYC_TRY(dict, dictCopy(keywords));
  Ref keep = Ref::copy(self);
  Value locals[] = {self, tuple, dict};
  using ArrayEntry = Value (*)(FunctionObject*, Value*);
  auto entry = reinterpret_cast<ArrayEntry>(function->code->native->entry);
  return Ref::steal(entry(function, self ? locals : locals + 1));
}

} // namespace

bool callNativeDirectly(FunctionObject* function, Value self, TupleObject* args,
                        DictObject* keywords, Ref& result) {
  const CodeObject* code = function->code;
  if (!function->nativeEntry || !code->prepared || !code->native ||
      !checkRecursion(" while calling a Python object"))
    return false;
  if (!self && keywords->count == 0 && args->count == function->directArgs) {
    Ref keep = Ref::copy(Value(&args->header));
    result = callNative(function, args->items());
    return true;
  }
  if (collectsAll(code, self, keywords)) {
    result = callCollecting(function, self, args, keywords);
    return true;
  }
  unsigned count = code->record->argumentCount;
  unsigned first = self ? 1 : 0, argc = first + static_cast<unsigned>(args->count);
  if (code->native->arrayEntry || code->record->keywordOnlyCount || args->count > count ||
      argc > count || count > kMaxRegisterArguments)
    return false;
  Value locals[kMaxRegisterArguments] = {};
  if (self)
    locals[0] = Ref::copy(self).release();
  for (unsigned k = first; k < argc; ++k)
    locals[k] = Ref::copy(args->items()[k - first]).release();
  bool isComplete = placeKeywords(code, keywords, locals);
  size_t defaults =
      function->defaults ? static_cast<size_t>(asTuple(function->defaults)->count) : 0;
  for (unsigned k = argc; isComplete && k < count; ++k) {
    if (locals[k])
      continue;
    isComplete = k + defaults >= count;
    if (isComplete)
      locals[k] = Ref::copy(asTuple(function->defaults)->items()[k + defaults - count]).release();
  }
  if (isComplete)
    result = Ref::steal(kNativeCallers[count](function->nativeEntry, function, locals));
  for (unsigned k = 0; k < count; ++k)
    decrefMaybe(locals[k]);
  return isComplete;
}

bool bindFrame(Frame* frame, const Value* args, size_t argc, Value kwnames) {
  if (!kwnames && bindPlain(frame, args, argc))
    return true;
  unsigned count = parameterCount(frame->code);
  ParameterValues locals(count);
  bool bound = bindArguments(frame->function, args, argc, kwnames, locals);
  for (unsigned k = 0; k < count; ++k)
    frame->registers[-1 - static_cast<int>(k)] = locals[k];
  return bound;
}

Ref callNative(FunctionObject* function, const Value* args) {
  return Ref::steal(kNativeCallers[function->directArgs](function->nativeEntry, function, args));
}

Value callEntry(void* entry, FunctionObject* function, const Value* args, unsigned count) {
  return kNativeCallers[count](entry, function, args);
}

Frame* pushCall(FunctionObject* function, const Value* args, size_t argc, Value kwnames) {
  Frame* frame = pushFrame(function);
  if (!frame)
    return nullptr;
  if (PYC_LIKELY(bindFrame(frame, args, argc, kwnames)))
    return frame;
  popFrame(frame);
  return nullptr;
}

Ref callFunctionEntry(Value callee, const Value* args, size_t argc, Value kwnames) {
  FunctionObject* function = asFunction(callee);
  if (!checkRecursion(" while calling a Python object"))
    return {};
  if (function->nativeEntry) {
    if (argc == function->directArgs && !kwnames)
      return callNative(function, args);
    if (!readyFunction(function))
      return {};
    return callNativeBound(function, args, argc, kwnames);
  }
  if (!readyFunction(function))
    return {};
  if (isGeneratorCode(function->code))
    return makeGenerator(function, args, argc, kwnames);
  Frame* frame = pushCall(function, args, argc, kwnames);
  return frame ? runFrame(frame) : Ref();
}

namespace {
const bool kCallerInstalled = (functionCaller = callFunctionEntry, true);
} // namespace

} // namespace pyc::rt
