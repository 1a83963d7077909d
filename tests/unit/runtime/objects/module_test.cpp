// Modules and simple namespaces.
#include "runtime/objects/module.h"

#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using ModuleTest = RuntimeTest;

std::string attr(Value object, const char* name) {
  return show(getAttr(object, internLiteral(name)));
}
std::string set(Value object, const char* name, Value value) {
  return setAttr(object, internLiteral(name), value) ? "" : takeError();
}

TEST_F(ModuleTest, NamesLiveInTheDict) {
  Ref module = makeModule(internLiteral("m"));
  EXPECT_EQ(attr(module, "__dict__"), "{'__name__': 'm', '__doc__': None, '__package__': None, "
                                      "'__loader__': None, '__spec__': None}");
  EXPECT_EQ(set(module, "x", num(1)), "");
  EXPECT_EQ(show(dictFindStr(moduleDict(module), internLiteral("x"))), "1");
  EXPECT_EQ(attr(module, "x"), "1");
  EXPECT_EQ(set(module, "x", {}), "");
  EXPECT_EQ(attr(module, "x"), "AttributeError: module 'm' has no attribute 'x'");
  EXPECT_EQ(set(module, "__dict__", newDict()), "AttributeError: readonly attribute");
}

TEST_F(ModuleTest, GetAttrFunctionIsAsked) {
  Ref module = makeModule(internLiteral("m"));
  EXPECT_EQ(set(module, "__getattr__", Value(&strType)), "");
  EXPECT_EQ(attr(module, "missing"), "'missing'");
}

TEST_F(ModuleTest, Repr) {
  Ref module = makeModule(internLiteral("m"));
  EXPECT_EQ(show(module), "<module 'm'>");
  EXPECT_EQ(set(module, "__file__", text("/x")), "");
  EXPECT_EQ(show(module), "<module 'm' from '/x'>");
  EXPECT_EQ(set(module, "__name__", {}), "");
  EXPECT_EQ(show(module), "<module '?' from '/x'>");
  EXPECT_EQ(attr(module, "foo"), "AttributeError: module has no attribute 'foo'");
}

TEST_F(ModuleTest, SpecDecidesTheRepr) {
  Ref module = makeModule(internLiteral("m"));
  Ref names = tupleOf(Value(internLiteral("name")), Value(internLiteral("origin")),
                      Value(internLiteral("has_location")), Value(internLiteral("loader")));
  Ref name = text("n"), origin = text("o");
  Value values[] = {name, origin, Value::fromBool(true), Value::none()};
  Ref spec = call(Value(&simpleNamespaceType), values, 0, names);
  EXPECT_EQ(set(module, "__spec__", spec), "");
  EXPECT_EQ(show(module), "<module 'n' from 'o'>");
  EXPECT_EQ(set(spec, "has_location", Value::fromBool(false)), "");
  EXPECT_EQ(show(module), "<module 'n' (o)>");
}

TEST_F(ModuleTest, TypeChecksItsArguments) {
  EXPECT_EQ(show(call(Value(&moduleType))),
            "TypeError: module() missing required argument 'name' (pos 1)");
  EXPECT_EQ(show(call(Value(&moduleType), num(1))),
            "TypeError: module() argument 'name' must be str, not int");
}

TEST_F(ModuleTest, SimpleNamespace) {
  Value type = Value(&simpleNamespaceType);
  Ref dict = newDict();
  ASSERT_TRUE(dictSetStr(asDict(dict), internLiteral("a"), num(1)));
  Ref ns = call(type, dict);
  EXPECT_EQ(show(ns), "namespace(a=1)");
  EXPECT_EQ(set(ns, "b", ns), "");
  EXPECT_EQ(show(ns), "namespace(a=1, b=namespace(...))");
  EXPECT_EQ(set(ns, "b", {}), "");
  EXPECT_EQ(show(compare(CompareOp::Eq, ns, call(type, dict))), "True");
  EXPECT_EQ(show(compare(CompareOp::Lt, ns, ns)),
            "TypeError: '<' not supported between instances of 'types.SimpleNamespace' and "
            "'types.SimpleNamespace'");
  EXPECT_EQ(show(call(type, num(1), num(2))),
            "TypeError: SimpleNamespace expected at most 1 argument, got 2");
  ASSERT_TRUE(dictSet(asDict(dict), num(1), num(2)));
  EXPECT_EQ(show(call(type, dict)), "TypeError: keywords must be strings");
}

} // namespace
} // namespace pyc::rt::testing
