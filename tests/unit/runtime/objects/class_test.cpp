#include "tests/unit/runtime/objects/python_class.h"

#include "runtime/objects/attribute.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/function.h"
#include "runtime/objects/super.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

class ClassTest : public testing::Test {
protected:
  void SetUp() override { initRuntime(); }
  void TearDown() override { EXPECT_FALSE(isRaised()) << takeError(); }
};

TEST_F(ClassTest, BuiltInTypesShowTheirMethods) {
  EXPECT_TRUE(findInType(&listType, names::append));
  EXPECT_TRUE(findInType(&listType, names::__add__));
  EXPECT_FALSE(findInType(&listType, names::__radd__));
  EXPECT_TRUE(findInType(&objectType, names::__getattribute__));
  EXPECT_EQ(textOf(findInType(&listType, names::__len__)),
            "<slot wrapper '__len__' of 'list' objects>");
}

TEST_F(ClassTest, EmptyClass) {
  Ref cls = makeTestClass("A");
  ASSERT_TRUE(cls) << takeError();
  EXPECT_EQ(textOf(cls), "<class 'A'>");
  Ref instance = call(cls);
  ASSERT_TRUE(instance) << takeError();
  EXPECT_EQ(typeOf(instance), asType(cls));
  EXPECT_TRUE(setAttr(instance, nameStr("x"), Value::fromInt(3)));
  Ref x = getAttr(instance, nameStr("x"));
  EXPECT_EQ(x.get(), Value::fromInt(3));
  EXPECT_FALSE(getAttr(instance, nameStr("y")));
  EXPECT_EQ(takeError(), "AttributeError: 'A' object has no attribute 'y'");
  EXPECT_FALSE(call(cls, Value::none()));
  EXPECT_EQ(takeError(), "TypeError: A() takes no arguments");
}

TEST_F(ClassTest, MroIsC3) {
  Ref a = makeTestClass("A");
  Ref b = makeTestClass("B", {a});
  Ref c = makeTestClass("C", {a});
  Ref d = makeTestClass("D", {b, c});
  ASSERT_TRUE(d) << takeError();
  EXPECT_EQ(textOf(typeMro(asType(d))),
            "(<class 'D'>, <class 'B'>, <class 'C'>, <class 'A'>, <class 'object'>)");
  EXPECT_FALSE(makeTestClass("E", {a, b}));
  EXPECT_EQ(takeError(),
            "TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B");
  EXPECT_FALSE(makeTestClass("E", {a, a}));
  EXPECT_EQ(takeError(), "TypeError: duplicate base class A");
}

TEST_F(ClassTest, LayoutConflicts) {
  EXPECT_FALSE(makeTestClass("A", {&listType, &dictType}));
  EXPECT_EQ(takeError(), "TypeError: multiple bases have instance lay-out conflict");
  EXPECT_FALSE(makeTestClass("A", {&noneType}));
  EXPECT_EQ(takeError(), "TypeError: type 'NoneType' is not an acceptable base type");
}

TEST_F(ClassTest, SubclassesOfBuiltInsInheritSlots) {
  Ref cls = makeTestClass("L", {&listType});
  ASSERT_TRUE(cls) << takeError();
  Ref list = call(cls);
  ASSERT_TRUE(list) << takeError();
  EXPECT_TRUE(callMethod(list, names::append, Value::none()));
  EXPECT_TRUE(setAttr(list, nameStr("x"), Value::none()));
  EXPECT_EQ(textOf(list), "[None]");
  EXPECT_EQ(asType(cls)->slots.length, listType.slots.length);
}

TEST_F(ClassTest, TupleSubclassKeepsAttributesBehindItems) {
  Ref slots = tupleOf(Value(nameStr("one")), Value(nameStr("two")));
  Ref cls = makeTestClass("T", {&tupleType}, {{"__slots__", slots}});
  ASSERT_TRUE(cls) << takeError();
  Ref items = tupleOf(Value::none(), Value::fromBool(true), Value::none());
  Ref tuple = call(cls, items);
  ASSERT_TRUE(tuple) << takeError();
  EXPECT_TRUE(setAttr(tuple, nameStr("two"), Value::fromInt(2)));
  EXPECT_TRUE(setAttr(tuple, nameStr("one"), items));
  EXPECT_FALSE(setAttr(tuple, nameStr("three"), items));
  takeError();
  Ref two = getAttr(tuple, nameStr("two"));
  EXPECT_EQ(two.get(), Value::fromInt(2));
  EXPECT_EQ(textOf(tuple), "(None, True, None)");
  Ref open = makeTestClass("U", {&tupleType});
  Ref other = call(open, items);
  EXPECT_TRUE(setAttr(other, nameStr("x"), items));
  EXPECT_TRUE(setAttr(other, nameStr("y"), Value::fromInt(5)));
  EXPECT_EQ(textOf(other), "(None, True, None)");
  Ref dict = getAttr(other, names::__dict__);
  EXPECT_EQ(asDict(dict)->count, 2);
}

TEST_F(ClassTest, Slots) {
  Ref slots = tupleOf(Value(nameStr("b")), Value(nameStr("a")));
  Ref cls = makeTestClass("S", {}, {{"__slots__", slots}});
  ASSERT_TRUE(cls) << takeError();
  Ref instance = call(cls);
  EXPECT_FALSE(getAttr(instance, nameStr("a")));
  EXPECT_EQ(takeError(), "AttributeError: 'S' object has no attribute 'a'");
  EXPECT_TRUE(setAttr(instance, nameStr("a"), cls));
  EXPECT_FALSE(setAttr(instance, nameStr("c"), cls));
  EXPECT_EQ(takeError(), "AttributeError: 'S' object has no attribute 'c' and no __dict__ for "
                         "setting new attributes");
  Ref derived = makeTestClass("D", {cls});
  Ref other = call(derived);
  EXPECT_TRUE(setAttr(other, nameStr("b"), instance));
  EXPECT_TRUE(setAttr(other, nameStr("z"), instance));
  Ref dict = getAttr(other, names::__dict__);
  EXPECT_EQ(asDict(dict)->count, 1);
}

TEST_F(ClassTest, ManyAttributesAndTheirRemoval) {
  Ref cls = makeTestClass("A");
  Ref instance = call(cls);
  for (int i = 0; i < 300; ++i)
    ASSERT_TRUE(setAttr(instance, nameStr("n" + std::to_string(i)), Value::fromInt(i)));
  for (int i = 0; i < 300; ++i) {
    Ref value = getAttr(instance, nameStr("n" + std::to_string(i)));
    EXPECT_EQ(value.get(), Value::fromInt(i));
  }
  Ref second = call(cls);
  for (const char* name : {"x", "y", "z"})
    EXPECT_TRUE(setAttr(second, nameStr(name), Value::none()));
  EXPECT_TRUE(setAttr(second, nameStr("z"), Value())); // the last one
  EXPECT_EQ(shapeOf(second.get().object())->kind, ShapeKind::Slots);
  EXPECT_TRUE(setAttr(second, nameStr("x"), Value())); // not the last one
  Ref third = call(cls);
  EXPECT_TRUE(setAttr(third, nameStr("y"), Value::none()));
  EXPECT_EQ(shapeOf(second.get().object()), shapeOf(third.get().object()));
  for (int i = 0; i < 9; ++i)
    ASSERT_TRUE(setAttr(third, nameStr("n" + std::to_string(i)), Value::fromInt(i)));
  EXPECT_TRUE(setAttr(third, nameStr("y"), Value())); // too many behind it
  EXPECT_EQ(shapeOf(third.get().object())->kind, ShapeKind::Dictionary);
  Ref y = getAttr(second, nameStr("y"));
  EXPECT_TRUE(y);
  EXPECT_FALSE(setAttr(second, nameStr("x"), Value()));
  EXPECT_EQ(takeError(), "AttributeError: 'A' object has no attribute 'x'");
}

TEST_F(ClassTest, InstancesWiden) {
  Ref cls = makeTestClass("A");
  Ref first = call(cls);
  for (const char* name : {"p", "q", "r", "s"})
    EXPECT_TRUE(setAttr(first, nameStr(name), Value::none()));
  Ref second = call(cls);
  EXPECT_GE(shapeOf(second.get().object())->inlineSlots, 4);
  for (const char* name : {"p", "q", "r", "s", "t"})
    EXPECT_TRUE(setAttr(second, nameStr(name), first));
}

TEST_F(ClassTest, AssignmentToClass) {
  Ref a = makeTestClass("A");
  Ref b = makeTestClass("B");
  Ref instance = call(a);
  EXPECT_TRUE(setAttr(instance, nameStr("x"), Value::fromInt(1)));
  EXPECT_TRUE(setAttr(instance, names::__class__, b));
  EXPECT_EQ(typeOf(instance), asType(b));
  Ref x = getAttr(instance, nameStr("x"));
  EXPECT_EQ(x.get(), Value::fromInt(1));
  EXPECT_FALSE(setAttr(instance, names::__class__, &listType));
  EXPECT_EQ(takeError(), "TypeError: __class__ assignment only supported for mutable types or "
                         "ModuleType subclasses");
  Ref list = makeTestClass("L", {&listType});
  EXPECT_FALSE(setAttr(instance, names::__class__, list));
  EXPECT_EQ(takeError(), "TypeError: __class__ assignment: 'L' object layout differs from 'B'");
}

TEST_F(ClassTest, ClassAttributesChange) {
  Ref a = makeTestClass("A");
  Ref b = makeTestClass("B", {a});
  StrObject* name = nameStr("counter");
  EXPECT_FALSE(findInType(asType(b), name));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(setAttr(a, name, Value::fromInt(i)));
    EXPECT_EQ(findInType(asType(b), name), Value::fromInt(i));
  }
  EXPECT_TRUE(setAttr(a, name, Value()));
  EXPECT_FALSE(findInType(asType(b), name));
  EXPECT_FALSE(setAttr(&listType, name, Value::none()));
  EXPECT_EQ(takeError(), "TypeError: cannot set 'counter' attribute of immutable type 'list'");
}

TEST_F(ClassTest, MetaclassConflict) {
  Ref m = makeTestClass("M", {&typeType});
  Ref n = makeTestClass("N", {&typeType});
  ASSERT_TRUE(m && n) << takeError();
  Ref empty = newTuple(0);
  Ref dict = newDict();
  Ref a = call(m, nameStr("A"), empty, dict);
  Ref b = call(n, nameStr("B"), empty, dict);
  ASSERT_TRUE(a && b) << takeError();
  EXPECT_EQ(typeOf(a), asType(m));
  EXPECT_FALSE(makeTestClass("C", {a, b}));
  EXPECT_EQ(takeError().substr(0, 30), "TypeError: metaclass conflict:");
  Ref d = makeTestClass("D", {a});
  EXPECT_EQ(typeOf(d), asType(m));
}

TEST_F(ClassTest, Super) {
  Ref a = makeTestClass("A", {}, {{"x", Value::fromInt(1)}});
  Ref b = makeTestClass("B", {a}, {{"x", Value::fromInt(2)}});
  Ref instance = call(b);
  Ref super = call(&superType, b, instance);
  ASSERT_TRUE(super) << takeError();
  Ref x = getAttr(super, nameStr("x"));
  EXPECT_EQ(x.get(), Value::fromInt(1));
  EXPECT_EQ(textOf(super), "<super: <class 'B'>, <B object>>");
  EXPECT_FALSE(getAttr(super, nameStr("nope")));
  EXPECT_EQ(takeError(), "AttributeError: 'super' object has no attribute 'nope'");
  Ref other = call(a);
  EXPECT_FALSE(call(&superType, b, other));
  EXPECT_EQ(takeError(), "TypeError: super(type, obj): obj (instance of A) is not an instance or "
                         "subtype of type (B).");
  Value out[2];
  EXPECT_FALSE(superFindMethod(super, nameStr("x"), out)); // no method
  EXPECT_TRUE(superFindMethod(super, nameStr("__init__"), out));
  EXPECT_EQ(out[1], instance.get());
  decref(out[0]);
  decref(out[1]);
}

TEST_F(ClassTest, Bases) {
  Ref a = makeTestClass("A", {}, {{"x", Value::fromInt(1)}});
  Ref b = makeTestClass("B", {}, {{"x", Value::fromInt(2)}});
  Ref c = makeTestClass("C", {a});
  Ref bases = tupleOf(b);
  EXPECT_EQ(findInType(asType(c), nameStr("x")), Value::fromInt(1));
  EXPECT_TRUE(setAttr(c, names::__bases__, bases)) << takeError();
  EXPECT_EQ(findInType(asType(c), nameStr("x")), Value::fromInt(2));
  EXPECT_EQ(textOf(typeMro(asType(c))), "(<class 'C'>, <class 'B'>, <class 'object'>)");
  Ref cycle = tupleOf(c);
  EXPECT_FALSE(setAttr(b, names::__bases__, cycle));
  EXPECT_EQ(takeError(), "TypeError: a __bases__ item causes an inheritance cycle");
}

TEST_F(ClassTest, MemoryOfInstancesIsUsedAgain) {
  Ref cls = makeTestClass("A");
  Object* block = call(cls).get().object();
  Ref first = call(cls);
  EXPECT_EQ(first.get().object(), block);
  Ref list = newDict();
  EXPECT_TRUE(setAttr(first, nameStr("x"), list));
  EXPECT_EQ(refcountOf(list.get().object()), 2);
  first = Ref();
  EXPECT_EQ(refcountOf(list.get().object()), 1);
  Ref second = call(cls);
  EXPECT_EQ(second.get().object(), block);
  EXPECT_FALSE(getAttr(second, nameStr("x")));
  EXPECT_EQ(takeError(), "AttributeError: 'A' object has no attribute 'x'");
  collectGarbage();
}

} // namespace
} // namespace pyc::rt
