#include "tests/unit/runtime/objects/python_class.h"

#include "runtime/objects/code.h"
#include "runtime/objects/module.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

class AttrCacheTest : public testing::Test {
protected:
  void SetUp() override { initRuntime(); }
  void TearDown() override {
    EXPECT_FALSE(isRaised()) << takeError();
    releaseAttrCaches(&cache_, 1);
  }
  /// The attribute through the cache.
  Value load(Value object, const char* name) {
    loaded_ = getAttrCached(object, nameStr(name), cache_);
    return loaded_;
  }
  bool store(Value object, const char* name, Value value) {
    return setAttrCached(object, nameStr(name), value, cache_);
  }

  AttrCache cache_;
  Ref loaded_;
};

const Value kOne = Value::fromInt(1);
const Value kTwo = Value::fromInt(2);

TEST_F(AttrCacheTest, OwnSlot) {
  Ref cls = makeTestClass("A");
  Ref a = call(cls);
  Ref b = call(cls);
  EXPECT_TRUE(setAttr(a, nameStr("x"), kOne) && setAttr(b, nameStr("x"), kTwo));
  EXPECT_EQ(load(a, "x"), kOne);
  EXPECT_NE(cache_.kind, AttrKind::None);
  EXPECT_EQ(cache_.shape, b.get().object()->shape);
  EXPECT_EQ(load(b, "x"), kTwo);
  EXPECT_TRUE(setAttr(b, nameStr("x"), Value()));
  EXPECT_FALSE(load(b, "x"));
  EXPECT_EQ(takeError(), "AttributeError: 'A' object has no attribute 'x'");
}

TEST_F(AttrCacheTest, ClassAttributeUntilItChanges) {
  Ref base = makeTestClass("A", {}, {{"x", kOne}});
  Ref cls = makeTestClass("B", {base});
  Ref object = call(cls);
  EXPECT_EQ(load(object, "x"), kOne);
  EXPECT_EQ(cache_.kind, AttrKind::TypeValue);
  EXPECT_TRUE(setAttr(base, nameStr("y"), kOne)); // another name
  EXPECT_EQ(cache_.kind, AttrKind::TypeValue);
  EXPECT_TRUE(setAttr(base, nameStr("x"), kTwo));
  EXPECT_EQ(cache_.kind, AttrKind::None);
  EXPECT_EQ(load(object, "x"), kTwo);
  EXPECT_TRUE(setAttr(cls, nameStr("x"), kOne)); // hides the base's
  EXPECT_EQ(load(object, "x"), kOne);
  EXPECT_TRUE(setAttr(object, nameStr("x"), kTwo)); // hides the class's
  EXPECT_EQ(load(object, "x"), kTwo);
}

TEST_F(AttrCacheTest, VariablesOfClassesAreLeftAlone) {
  Ref cls = makeTestClass("A", {}, {{"n", kOne}});
  Ref object = call(cls);
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(setAttr(cls, nameStr("n"), Value::fromInt(i)));
    EXPECT_EQ(load(object, "n"), Value::fromInt(i));
  }
  EXPECT_EQ(cache_.kind, AttrKind::None);
}

// A site takes over what the shared cache learnt from the store before.
TEST_F(AttrCacheTest, FirstStoreAddsAndLaterStoresReplace) {
  Ref cls = makeTestClass("A");
  for (int round = 0; round < 3; ++round) {
    Ref object = call(cls);
    EXPECT_TRUE(store(object, "x", object));
    EXPECT_EQ(cache_.kind, round == 0 ? AttrKind::None : AttrKind::AddInline);
    Ref x = getAttr(object, nameStr("x"));
    EXPECT_EQ(x.get(), object.get());
    EXPECT_TRUE(setAttr(object, nameStr("x"), kTwo));
  }
  Ref object = call(cls);
  EXPECT_TRUE(store(object, "x", kOne));
  EXPECT_TRUE(store(object, "x", kTwo));
  EXPECT_TRUE(store(object, "x", kTwo));
  EXPECT_EQ(cache_.kind, AttrKind::InlineSlot);
  EXPECT_TRUE(store(object, "x", kOne));
  Ref x = getAttr(object, nameStr("x"));
  EXPECT_EQ(x.get(), kOne);
}

TEST_F(AttrCacheTest, OverflowingAttributes) {
  Ref cls = makeTestClass("A");
  Ref object = call(cls);
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(setAttr(object, nameStr("n" + std::to_string(i)), Value::fromInt(i)));
  EXPECT_EQ(load(object, "n19"), Value::fromInt(19));
  EXPECT_EQ(cache_.kind, AttrKind::OverflowSlot);
  EXPECT_EQ(load(object, "n19"), Value::fromInt(19));
}

TEST_F(AttrCacheTest, SlotsOfClasses) {
  Ref slots = tupleOf(Value(nameStr("s")));
  Ref cls = makeTestClass("A", {}, {{"__slots__", slots}});
  Ref object = call(cls);
  EXPECT_TRUE(store(object, "s", kOne));
  EXPECT_TRUE(store(object, "s", kOne));
  EXPECT_EQ(cache_.kind, AttrKind::InlineSlot);
  EXPECT_TRUE(store(object, "s", kTwo));
  AttrCache loads;
  Ref s = getAttrCached(object, nameStr("s"), loads);
  EXPECT_EQ(s.get(), kTwo);
  EXPECT_EQ(loads.kind, AttrKind::InlineSlot);
  EXPECT_TRUE(setAttr(object, nameStr("s"), Value()));
  EXPECT_FALSE(getAttrCached(object, nameStr("s"), loads));
  EXPECT_EQ(takeError(), "AttributeError: 'A' object has no attribute 's'");
  releaseAttrCaches(&loads, 1);
}

TEST_F(AttrCacheTest, MethodsOfBuiltIns) {
  Ref list = callMethod(&listType, names::__new__, &listType);
  list = newTuple(0);
  Value pair[2];
  EXPECT_TRUE(loadMethodCached(list, nameStr("count"), cache_, pair));
  EXPECT_EQ(cache_.kind, AttrKind::Method);
  EXPECT_EQ(pair[1], list.get());
  decref(pair[0]);
  decref(pair[1]);
  EXPECT_TRUE(loadMethodCached(list, nameStr("count"), cache_, pair));
  decref(pair[0]);
  decref(pair[1]);
}

TEST_F(AttrCacheTest, Modules) {
  Ref module = makeModule(nameStr("m"));
  Ref other = makeModule(nameStr("n"));
  EXPECT_TRUE(setAttr(module, nameStr("x"), kOne) && setAttr(other, nameStr("x"), kTwo));
  EXPECT_EQ(load(module, "x"), kOne);
  EXPECT_EQ(cache_.kind, AttrKind::ModuleValue);
  EXPECT_TRUE(setAttr(module, nameStr("x"), kTwo));
  EXPECT_EQ(load(module, "x"), kTwo);
  EXPECT_EQ(load(other, "x"), kTwo);
  EXPECT_EQ(load(module, "x"), kTwo);
  EXPECT_TRUE(setAttr(module, nameStr("x"), Value()));
  EXPECT_FALSE(load(module, "x"));
  EXPECT_EQ(takeError(), "AttributeError: module 'm' has no attribute 'x'");
}

TEST_F(AttrCacheTest, ClassesThemselves) {
  Ref a = makeTestClass("A", {}, {{"x", kOne}});
  Ref b = makeTestClass("B", {a});
  EXPECT_EQ(load(b, "x"), kOne);
  EXPECT_EQ(cache_.kind, AttrKind::TypeValue);
  EXPECT_TRUE(isType(b));
  EXPECT_EQ(load(b, "x"), kOne);
  EXPECT_TRUE(setAttr(a, nameStr("x"), kTwo));
  EXPECT_EQ(load(b, "x"), kTwo);
  EXPECT_EQ(load(a, "x"), kTwo);
}

TEST_F(AttrCacheTest, ClassesThatDie) {
  for (int i = 0; i < 20; ++i) {
    Ref cls = makeTestClass("A", {}, {{"x", kOne}});
    Ref object = call(cls);
    EXPECT_EQ(load(object, "x"), kOne);
    EXPECT_EQ(load(cls, "x"), kOne);
  }
}

TEST_F(AttrCacheTest, OwnLookupEmptiesCaches) {
  Ref cls = makeTestClass("A", {}, {{"x", kOne}});
  Ref object = call(cls);
  EXPECT_EQ(load(object, "x"), kOne);
  EXPECT_TRUE(setAttr(cls, names::__getattribute__, &listType));
  EXPECT_EQ(cache_.kind, AttrKind::None);
}

} // namespace
} // namespace pyc::rt
