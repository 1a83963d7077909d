#include "runtime/interp/call_memo.h"

#include "runtime/abi/native.h"
#include "runtime/interp/call.h"
#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/type_call.h"

#include <algorithm>
#include <mimalloc.h>

namespace pyc::rt {

namespace {

/// Refills of a place; then it keeps what it has.
constexpr uint32_t kMostRefills = 12;
constexpr unsigned kMostParameters = 24;

} // namespace

/// Where each parameter's value comes from. It holds for calls of one form: so many arguments, and
/// the keywords of the place.
struct ArgumentLayout {
  enum Source : uint8_t { Default = 64, Rest = 128, NoKeywords, Missing };

  const uop::CodeRecord* record; // the callee's, of the executable: never freed
  uint8_t given;                 // arguments, keywords among them
  uint8_t parameters;
  uint8_t defaults; // so many of the last ones are needed at most
  uint8_t restBegin, restEnd;
  bool takesArray;
  uint8_t sources[kMostParameters]; // an argument's index, Default + (place from the end), or above
};

namespace {

const CodeObject* codeOf(const FunctionObject* function) {
  return function->nativeCode;
}

/// A call's arguments: `first`, if there is one, stands before `rest`.
struct Arguments {
  Value first;
  const Value* rest;
  size_t positional;
  Value kwnames;

  size_t keywords() const { return kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0; }
  size_t given() const { return positional + keywords(); }
  Value operator[](size_t i) const { return !first ? rest[i] : i == 0 ? first : rest[i - 1]; }
};

//===----------------------------------------------------------------------===//
// Layouts
//===----------------------------------------------------------------------===//

class LayoutMaker {
public:
  LayoutMaker(const FunctionObject* function, const Arguments& arguments)
      : function_(function), code_(codeOf(function)), record_(*code_->record),
        arguments_(arguments) {}

  /// False when arguments and parameters do not fit, or only in the general way.
  bool make(ArgumentLayout& out) {
    size_t named = record_.argumentCount + record_.keywordOnlyCount;
    bool hasRest = record_.flags & uop::kCodeVarargs;
    bool hasKeywords = record_.flags & uop::kCodeVarKeywords;
    size_t parameters = named + hasRest + hasKeywords;
    if (!code_->native || code_->ownsRecord || parameters > kMostParameters ||
        arguments_.given() > kMostParameters ||
        (arguments_.positional > record_.argumentCount && !hasRest))
      return false;
    out = {};
    out.record = &record_;
    out.given = static_cast<uint8_t>(arguments_.given());
    out.parameters = static_cast<uint8_t>(parameters);
    out.takesArray = code_->native->arrayEntry;
    std::fill(out.sources, out.sources + parameters, ArgumentLayout::Missing);
    if (hasRest)
      out.sources[named] = ArgumentLayout::Rest;
    if (hasKeywords)
      out.sources[named + hasRest] = ArgumentLayout::NoKeywords;
    placePositional(out);
    return placeKeywords(out) && placeDefaults(out);
  }

private:
  void placePositional(ArgumentLayout& out) {
    size_t taken = std::min<size_t>(arguments_.positional, record_.argumentCount);
    for (size_t i = 0; i < taken; ++i)
      out.sources[i] = static_cast<uint8_t>(i);
    out.restBegin = static_cast<uint8_t>(taken);
    out.restEnd = static_cast<uint8_t>(arguments_.positional);
  }

  /// Names are interned, as those of calls in a program's text are.
  bool placeKeywords(ArgumentLayout& out) {
    StrObject* const* names = code_->localNames;
    size_t last = record_.argumentCount + record_.keywordOnlyCount;
    for (size_t k = 0; k < arguments_.keywords(); ++k) {
      Value keyword = asTuple(arguments_.kwnames)->items()[k];
      size_t place = record_.positionalOnlyCount;
      while (place < last && Value(names[place]) != keyword)
        ++place;
      if (place == last || out.sources[place] != ArgumentLayout::Missing)
        return false;
      out.sources[place] = static_cast<uint8_t>(arguments_.positional + k);
    }
    return true;
  }

  bool placeDefaults(ArgumentLayout& out) {
    size_t last = record_.argumentCount + record_.keywordOnlyCount;
    for (size_t place = 0; place < last; ++place) {
      if (out.sources[place] != ArgumentLayout::Missing)
        continue;
      if (place >= record_.argumentCount)
        return false;
      auto fromEnd = static_cast<uint8_t>(record_.argumentCount - place);
      out.sources[place] = ArgumentLayout::Default + fromEnd;
      out.defaults = std::max(out.defaults, fromEnd);
    }
    return !out.defaults ||
           (function_->defaults && asTuple(function_->defaults)->count >= int64_t{out.defaults});
  }

  const FunctionObject* function_;
  const CodeObject* code_;
  const uop::CodeRecord& record_;
  const Arguments& arguments_;
};

/// A copy for good; null when memory is out.
template <class T> const T* publish(const T& value, const T*& place, uint32_t& count) {
  if (__atomic_load_n(&count, __ATOMIC_RELAXED) >= kMostRefills)
    return nullptr;
  __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
  auto* copy = static_cast<T*>(mi_malloc(sizeof(T)));
  if (!copy)
    return nullptr;
  *copy = value;
  __atomic_store_n(&place, copy, __ATOMIC_RELEASE);
  return copy;
}

const ArgumentLayout* layoutAt(CallMemo& memo, const FunctionObject* function,
                               const Arguments& arguments) {
  const ArgumentLayout* known = __atomic_load_n(&memo.layout, __ATOMIC_ACQUIRE);
  if (PYC_LIKELY(known && known->record == codeOf(function)->record &&
                 known->given == arguments.given()))
    return known;
  ArgumentLayout layout;
  if (!LayoutMaker(function, arguments).make(layout))
    return nullptr;
  return publish(layout, memo.layout, memo.layouts);
}

/// Calls the function with the arguments as the layout says.
class ArrangedCall {
public:
  ArrangedCall(FunctionObject* function, void* entry, const ArgumentLayout& layout)
      : function_(function), entry_(entry), layout_(layout) {}

  /// False when the function has too few defaults now.
  bool takeDefaults() {
    if (!layout_.defaults)
      return true;
    defaults_ = Ref::copy(function_->defaults); // it may get others while it runs
    return defaults_ && asTuple(defaults_)->count >= int64_t{layout_.defaults};
  }

  /// Behind takeDefaults.
  Ref run(const Arguments& arguments) {
    for (unsigned i = 0; i < layout_.parameters; ++i) {
      locals_[i] = valueOf(layout_.sources[i], arguments);
      if (PYC_UNLIKELY(!locals_[i]))
        return {}; // MemoryError
    }
    return layout_.takesArray
               ? callArray()
               : Ref::steal(callEntry(entry_, function_, locals_, layout_.parameters));
  }

private:
  Value valueOf(uint8_t source, const Arguments& arguments) {
    if (PYC_LIKELY(source < ArgumentLayout::Default))
      return arguments[source];
    if (source < ArgumentLayout::Rest)
      return asTuple(defaults_)
          ->items()[asTuple(defaults_)->count - (source - ArgumentLayout::Default)];
    if (source == ArgumentLayout::Rest)
      return restOf(arguments);
    keywords_ = newDict();
    return keywords_;
  }

  Value restOf(const Arguments& arguments) {
    size_t count = layout_.restEnd - layout_.restBegin;
    rest_ = newTuple(count);
    for (size_t i = 0; rest_ && i < count; ++i)
      asTuple(rest_)->items()[i] = Ref::copy(arguments[layout_.restBegin + i]).release();
    return rest_;
  }

  Ref callArray() {
    using ArrayEntry = Value (*)(FunctionObject*, Value*);
    return Ref::steal(reinterpret_cast<ArrayEntry>(entry_)(function_, locals_));
  }

  FunctionObject* function_;
  void* entry_;
  const ArgumentLayout& layout_;
  Ref defaults_, rest_, keywords_;
  Value locals_[kMostParameters];
};

bool callArranged(CallMemo& memo, FunctionObject* function, const Arguments& arguments,
                  Ref& result) {
  void* entry = function->nativeEntry;
  if (!entry)
    return false;
  const ArgumentLayout* layout = layoutAt(memo, function, arguments);
  if (!layout)
    return false;
  ArrangedCall call(function, entry, *layout);
  if (!call.takeDefaults())
    return false;
  result = call.run(arguments);
  return true;
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

Ref newInstanceOf(TypeObject* type, const ConstructionCache& construction) {
  if (Object* object = reuseInstance(construction.shape, construction.grains, construction.cleared))
    return Ref::steal(object);
  return newPlainInstance(type);
}

bool constructRemembering(CallMemo& memo, TypeObject* type, const Value* args, size_t argc,
                          Value kwnames, Ref& result) {
  const ConstructionCache* construction = constructionAt(memo, type);
  if (!construction)
    return false;
  Ref function = Ref::copy(construction->init);
  if (construction->shape == 0) {
    Ref made;
    if (!callArranged(memo, asFunction(function), {Value(type), args, argc + 1, kwnames}, made))
      return false;
    if (PYC_LIKELY(made && typeOf(made) == type && type->version == construction->version))
      result = std::move(made);
    else
      result = made ? finishCreation(type, std::move(made), args, argc, kwnames) : Ref();
    return true;
  }
  // Whether the arguments fit is known before there is an instance.
  Arguments arguments{Value(type), args, argc + 1, kwnames};
  void* entry = asFunction(function)->nativeEntry;
  const ArgumentLayout* layout = entry ? layoutAt(memo, asFunction(function), arguments) : nullptr;
  if (!layout)
    return false;
  ArrangedCall call(asFunction(function), entry, *layout);
  if (!call.takeDefaults())
    return false;
  Ref instance = newInstanceOf(type, *construction);
  if (!instance)
    return true;
  arguments.first = instance;
  if (Ref answer = call.run(arguments))
    result = finishInit(std::move(instance), answer);
  return true;
}

} // namespace

const ConstructionCache* constructionAt(CallMemo& memo, TypeObject* type) {
  const ConstructionCache* known = __atomic_load_n(&memo.construction, __ATOMIC_ACQUIRE);
  if (PYC_LIKELY(known && known->type == type && known->version == type->version))
    return known;
  if (!isHeapType(type)) // nothing of these is written in Python
    return nullptr;
  if (__atomic_load_n(&memo.constructions, __ATOMIC_RELAXED) >= kMostRefills)
    return nullptr;
  ConstructionCache found = {};
  roomForAttributes(type);
  if (Value init = plainInit(type))
    rememberConstruction(type, init, found);
  else if (Value create = plainNew(type))
    found = {.type = type,
             .version = typeVersion(type),
             .shape = 0,
             .init = create,
             .grains = 0,
             .cleared = 0};
  if (!found.type || !found.version)
    return nullptr;
  noteBorrowed(found.init);
  return publish(found, memo.construction, memo.constructions);
}

bool callRemembering(CallMemo& memo, Value callee, const Value* args, size_t argc, Value kwnames,
                     Ref& result) {
  if (hasShape(callee, kShapeFunction))
    return callArranged(memo, asFunction(callee), {Value(), args, argc, kwnames}, result);
  return isType(callee) && constructRemembering(memo, asType(callee), args, argc, kwnames, result);
}

} // namespace pyc::rt
