// The module math: its table is made of pages by topic (math_*.cpp).
#include "runtime/modules/math_functions.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/callable_text.h"

#include <cmath>

namespace pyc::rt {

namespace {

/// math.integer: an attribute, and a module that `import math.integer` finds.
bool addIntegerModule(ModuleObject* module) {
  PYC_TRY(integer, moduleImporter(internLiteral("_math_integer")));
  if (!setAttr(integer, names::__name__, internLiteral("math.integer")) ||
      !dictSetStr(moduleDict(module), internLiteral("integer"), integer))
    return false;
  PYC_TRY(sys, moduleImporter(names::sys));
  PYC_TRY(modules, getAttr(sys, names::modules));
  if (!setItem(modules, internLiteral("math.integer"), integer))
    return false;
  for (const MethodDef& def : mathIntegers()) {
    StrObject* name = internLiteral(nameInSignature(def.signature));
    PYC_TRY(function, getAttr(integer, name));
    if (!dictSetStr(moduleDict(module), name, function))
      return false;
  }
  return true;
}

} // namespace

bool fillModule_math(ModuleObject* module) {
  for (std::span<const MethodDef> page :
       {mathElementary(), mathLogarithms(), mathSpecial(), mathParts(), mathSums(), mathVectors()})
    if (!addFunctions(module, page.data(), page.size()))
      return false;
  return addStr(module, "__doc__", "Functions of real numbers, and constants.") &&
         addValue(module, "pi", makeFloat(M_PI)) && addValue(module, "e", makeFloat(M_E)) &&
         addValue(module, "tau", makeFloat(2 * M_PI)) &&
         addValue(module, "inf", makeFloat(HUGE_VAL)) &&
         addValue(module, "nan", makeFloat(__builtin_nan(""))) && addIntegerModule(module);
}

} // namespace pyc::rt
