// The modules math, math.integer and cmath.
#include "runtime/modules/registry.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/runtime.h"
#include "tests/unit/runtime/numbers/cases.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <map>

namespace pyc::rt::testing {

namespace {

bool fill(std::string_view name, ModuleObject* module) {
  if (name == "math")
    return fillModule_math(module);
  return name == "cmath" ? fillModule_cmath(module) : fillModule__math_integer(module);
}

/// Stands in for the import system: the modules that the tested ones ask for.
Ref importModule(StrObject* name) {
  static std::map<std::string, Value> modules;
  std::string key(name->asciiView());
  if (auto it = modules.find(key); it != modules.end())
    return Ref::copy(it->second);
  Ref module = makeModule(name);
  bool ok = true;
  if (key == "sys")
    ok = dictSetStr(moduleDict(module), names::modules, newDict());
  else
    ok = fill(key, asModule(module));
  EXPECT_TRUE(ok) << key;
  modules[key] = Ref::copy(module).release();
  return module;
}

Ref findFunction(std::string_view module, std::string_view name) {
  Ref object = importModule(internLiteral(module == "math.integer" ? "_math_integer" : module));
  return getAttr(object, internLiteral(name));
}

TEST(Math, AnswersAsCPythonDoes) {
  initRuntime();
  moduleImporter = importModule;
  const char* given = std::getenv("PYC_MATH_CASES");
  checkCases(given ? given : PYC_TEST_DATA "/math_cases.txt", findFunction, 1e-15);
}

} // namespace

} // namespace pyc::rt::testing
