// The module _decimal: what `decimal` is made of. The types are in decimal_*.cpp.
#include "runtime/memory/heap.h"
#include "runtime/modules/decimal_current.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

namespace {

// libmpdec's memory.

void* allocZeroed(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes))
    return nullptr;
  void* memory = allocPlain(bytes);
  return memory ? std::memset(memory, 0, bytes) : nullptr;
}

/// libmpdec's settings are the process's: made before its first number.
void initLibrary() {
  static const bool isDone = [] {
    mpd_mallocfunc = allocPlain;
    mpd_callocfunc = allocZeroed;
    mpd_reallocfunc = reallocPlain;
    mpd_free = freeMemory;
    mpd_setminalloc(kDecimalWords);
    return true;
  }();
  (void)isDone;
}

// Functions.

Ref getContext(const Value*) {
  DecimalContext* context = currentDecimalContext();
  return context ? Ref::copy(Value(context)) : Ref();
}

Ref setContext(const Value* args) {
  return setDecimalContext(args[1]) ? Ref::none() : Ref();
}

Ref localContext(const Value* args) {
  return makeLocalContext(args[1], asDict(args[2]));
}

Ref ieeeContext(const Value* args) {
  int64_t bits;
  if (!sizeArg(args[1], bits))
    return {};
  mpd_context_t state;
  if (bits <= 0 || bits > INT32_MAX || mpd_ieee_context(&state, static_cast<int>(bits)) < 0)
    return raise(valueErrorType, "argument must be a multiple of 32, with a maximum of %d",
                 MPD_IEEE_CONTEXT_MAX_BITS);
  state.traps = 0;
  return newDecimalContext(state);
}

constexpr const char* kVersion = "1.70"; // of the specification of decimal arithmetic

Ref getModuleAttribute(const Value* args) {
  if (!isStr(args[1]) || !strEquals(asStr(args[1]), "__version__"))
    return raise(attributeErrorType, "module 'decimal' has no attribute %R", args[1]);
  if (!warn(deprecationWarningType, 1,
            "'__version__' is deprecated and slated for removal in Python 3.20"))
    return {};
  return makeStr(kVersion);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getcontext($module, /)",
     .bound = getContext,
     .doc = "The current context of this thread."},
    {.signature = "setcontext($module, context, /)",
     .bound = setContext,
     .doc = "Makes a context the current one of this thread."},
    {.signature = "localcontext($module, /, ctx=None, **kwargs)",
     .bound = localContext,
     .doc = "For a with statement: a copy of a context, with settings changed, that is the\n"
            "current one inside."},
    {.signature = "IEEEContext($module, bits, /)",
     .bound = ieeeContext,
     .doc = "A context that is like the IEEE 754 format of so many bits."},
    {.signature = "__getattr__($module, name, /)",
     .bound = getModuleAttribute,
     .doc = "Names that are deprecated."},
};

bool addFacts(ModuleObject* module) {
  for (int mode = MPD_ROUND_UP; mode < MPD_ROUND_TRUNC; ++mode)
    if (!addValue(module, roundingName(mode), Ref::copy(internLiteral(roundingName(mode)))))
      return false;
  return addInt(module, "MAX_PREC", MPD_MAX_PREC) && addInt(module, "MAX_EMAX", MPD_MAX_EMAX) &&
         addInt(module, "MIN_EMIN", MPD_MIN_EMIN) && addInt(module, "MIN_ETINY", MPD_MIN_ETINY) &&
         addInt(module, "IEEE_CONTEXT_MAX_BITS", MPD_IEEE_CONTEXT_MAX_BITS) &&
         addValue(module, "HAVE_THREADS", Ref::boolean(true)) &&
         addValue(module, "HAVE_CONTEXTVAR", Ref::boolean(true)) &&
         addStr(module, "SPEC_VERSION", kVersion) &&
         addStr(module, "__libmpdec_version__", mpd_version()) &&
         addStr(module, "__doc__", "Decimal arithmetic, on libmpdec.");
}

Ref makeTupleType() {
  PYC_TRY(collections, importModuleNamed("collections"));
  PYC_TRY(makeNamed, getAttr(collections, internLiteral("namedtuple")));
  PYC_TRY(name, makeStr("DecimalTuple"));
  PYC_TRY(fields, makeStr("sign digits exponent"));
  PYC_TRY(moduleName, makeStr("decimal"));
  PYC_TRY(keywords, tupleOf(Value(internLiteral("module"))));
  Value args[] = {name, fields, moduleName};
  return call(makeNamed, args, 2, keywords);
}

/// Decimal is a number, though none of numbers' more special kinds.
bool joinNumbers() {
  PYC_TRY(numbers, importModuleNamed("numbers"));
  PYC_TRY(number, getAttr(numbers, internLiteral("Number")));
  PYC_TRY(registered, callMethod(number, internLiteral("register"), Value(&decimalType.header)));
  rationalType = getAttr(numbers, internLiteral("Rational")).release();
  return static_cast<bool>(rationalType);
}

/// What all modules of the name share: made by the first.
bool makeTypes() {
  decimalType.methods = decimalMethods();
  decimalContextType.methods = decimalContextMethods();
  readyType(&decimalType);
  if (!decimalTupleType)
    decimalTupleType = makeTupleType().release();
  return decimalTupleType && (rationalType || joinNumbers()) && makeSignalDictType() &&
         makeContextVariable();
}

} // namespace

bool fillModule__decimal(ModuleObject* module) {
  initLibrary();
  DictObject* names = moduleDict(module);
  return names && addDecimalSignals(names) && makeTypes() && addDecimalContexts(names) &&
         addType(module, decimalType) && addType(module, decimalContextType) &&
         addValue(module, "DecimalTuple", Ref::copy(decimalTupleType)) &&
         addFunctions(module, kFunctions, std::size(kFunctions)) && addFacts(module);
}

} // namespace pyc::rt
