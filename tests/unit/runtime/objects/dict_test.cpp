#include "runtime/objects/dict_hint.h"
#include "runtime/objects/iterators.h"
#include "tests/unit/runtime/objects/runtime_test.h"

#include <map>
#include <random>

namespace pyc::rt::testing {
namespace {

class DictTest : public RuntimeTest {
protected:
  Ref dict = newDict();
  DictObject* d = asDict(dict);

  void set(int64_t key, int64_t value) { ASSERT_TRUE(dictSet(d, num(key), num(value))); }
  bool remove(int64_t key) {
    bool removed = false;
    EXPECT_TRUE(dictRemove(d, num(key), removed));
    return removed;
  }
};

TEST_F(DictTest, KeepsTheOrderOfInsertion) {
  for (int64_t key : {5, 3, 9, 1})
    set(key, key * 10);
  set(3, 0);
  EXPECT_EQ(show(dict), "{5: 50, 3: 0, 9: 90, 1: 10}");
}

TEST_F(DictTest, FindsStrsThatAreEqualButNotTheSame) {
  ASSERT_TRUE(dictSet(d, text("a key"), num(1)));
  Ref other = text("a key");
  EXPECT_EQ(dictFindStr(d, asStr(other)), num(1));
  EXPECT_TRUE(dictFindStr(d, internLiteral("another")).isNull());
}

TEST_F(DictTest, TreatsEqualNumbersOfAllTypesAsOneKey) {
  set(1, 10);
  ASSERT_TRUE(dictSet(d, Value::fromDouble(1.0), num(20)));
  ASSERT_TRUE(dictSet(d, Value::fromBool(true), num(30)));
  EXPECT_EQ(show(dict), "{1: 30}");
  ASSERT_TRUE(dictSet(d, Value::fromDouble(2.0), num(1)));
  Value found;
  ASSERT_TRUE(dictFind(d, num(2), found));
  EXPECT_EQ(found, num(1));
}

TEST_F(DictTest, MixesKeysOfAllKinds) {
  set(7, 0);
  ASSERT_TRUE(dictSet(d, text("seven"), num(1)));
  ASSERT_TRUE(dictSet(d, Value::none(), num(2)));
  ASSERT_TRUE(dictSet(d, tupleOf(num(7), num(8)), num(3)));
  EXPECT_EQ(show(dict), "{7: 0, 'seven': 1, None: 2, (7, 8): 3}");
  Value found;
  ASSERT_TRUE(dictFind(d, tupleOf(num(7), num(8)), found));
  EXPECT_EQ(found, num(3));
  EXPECT_EQ(dictFindStr(d, internLiteral("seven")), num(1));
}

TEST_F(DictTest, RefusesKeysThatCannotBeHashed) {
  EXPECT_FALSE(dictSet(d, intList({1}), num(1)));
  EXPECT_EQ(takeError(), "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
}

TEST_F(DictTest, AgreesWithAMapUnderRandomOperations) {
  std::mt19937 random(7);
  std::map<int64_t, int64_t> model;
  for (int step = 0; step < 200000; ++step) {
    int64_t range = step % 20000 < 10000 ? 50 : 3000;
    int64_t key = static_cast<int64_t>(random() % range) * (random() % 2 ? 1 : 1 << 20);
    switch (random() % 3) {
    case 0:
      EXPECT_EQ(remove(key), model.erase(key) == 1);
      break;
    case 1:
      set(key, step);
      model[key] = step;
      break;
    default: {
      Value found;
      ASSERT_TRUE(dictFind(d, num(key), found));
      auto place = model.find(key);
      ASSERT_EQ(!found.isNull(), place != model.end());
      if (found)
        ASSERT_EQ(found, num(place->second));
    }
    }
    ASSERT_EQ(d->count, model.size());
  }
  int64_t position = 0, seen = 0;
  for (Value key, value; dictNext(d, position, key, value); ++seen)
    EXPECT_EQ(model[key.asInt()], value.asInt());
  EXPECT_EQ(seen, static_cast<int64_t>(model.size()));
}

TEST_F(DictTest, UsesLittleMemoryAsAQueue) {
  for (int64_t i = 0; i < 100000; ++i) {
    set(i, i);
    if (i >= 10)
      EXPECT_TRUE(remove(i - 10));
  }
  EXPECT_LE(tableOf(d)->mask, 63u);
}

TEST_F(DictTest, IterationNoticesChanges) {
  set(1, 1);
  set(2, 2);
  Ref iterator = getIter(dict);
  EXPECT_EQ(show(iterNext(iterator)), "1");
  set(3, 3);
  EXPECT_EQ(show(iterNext(iterator)), "RuntimeError: dictionary changed size during iteration");
  EXPECT_EQ(show(iterNext(iterator)), "RuntimeError: dictionary changed size during iteration");
}

TEST_F(DictTest, IterationNoticesExchangedKeys) {
  for (int64_t key : {1, 3, 5})
    set(key, 0);
  Ref iterator = getIter(dict);
  EXPECT_EQ(show(iterNext(iterator)), "1");
  remove(1);
  set(9, 0);
  EXPECT_EQ(show(iterNext(iterator)), "3");
  EXPECT_EQ(show(iterNext(iterator)), "5");
  EXPECT_EQ(show(iterNext(iterator)), "RuntimeError: dictionary keys changed during iteration");
  EXPECT_TRUE(iterNext(iterator).get().isNull());
}

TEST_F(DictTest, ItemsReuseTheirTupleOnlyWhenItIsDropped) {
  set(1, 10);
  set(2, 20);
  set(3, 30);
  Ref iterator = makeDictIterator(&dictItemIteratorType, dict);
  Ref first = iterNext(iterator);
  Ref second = iterNext(iterator);
  EXPECT_EQ(show(first), "(1, 10)");
  EXPECT_EQ(show(second), "(2, 20)");
  Object* address = second.get().object();
  second = Ref();
  EXPECT_EQ(iterNext(iterator).get().object(), address);
}

TEST_F(DictTest, IteratesBackwards) {
  for (int64_t key : {1, 2, 3, 4})
    set(key, -key);
  remove(4);
  remove(2);
  Ref iterator = makeDictIterator(&dictReverseItemIteratorType, dict);
  Ref items = sequenceList(iterator);
  EXPECT_EQ(show(items), "[(3, -3), (1, -1)]");
}

TEST_F(DictTest, PopItemTakesTheLastOne) {
  for (int64_t key = 0; key < 50; ++key)
    set(key, key);
  for (int64_t key = 49; key >= 0; --key)
    EXPECT_EQ(show(invoke(dict, "popitem")),
              "(" + std::to_string(key) + ", " + std::to_string(key) + ")");
  EXPECT_EQ(show(invoke(dict, "popitem")), "KeyError: 'popitem(): dictionary is empty'");
  set(1, 2);
  EXPECT_EQ(show(dict), "{1: 2}");
}

TEST_F(DictTest, HasItsMethods) {
  set(1, 10);
  EXPECT_EQ(show(invoke(dict, "get", {num(1)})), "10");
  EXPECT_EQ(show(invoke(dict, "get", {num(2)})), "None");
  EXPECT_EQ(show(invoke(dict, "get", {num(2), num(5)})), "5");
  EXPECT_EQ(show(invoke(dict, "setdefault", {num(2), num(20)})), "20");
  EXPECT_EQ(show(invoke(dict, "setdefault", {num(2), num(30)})), "20");
  EXPECT_EQ(show(invoke(dict, "pop", {num(1)})), "10");
  EXPECT_EQ(show(invoke(dict, "pop", {num(1)})), "KeyError: 1");
  EXPECT_EQ(show(invoke(dict, "pop", {num(1), num(0)})), "0");
  EXPECT_EQ(show(invoke(dict, "copy")), "{2: 20}");
  EXPECT_EQ(show(invoke(dict, "clear")), "None");
  EXPECT_EQ(show(dict), "{}");
}

TEST_F(DictTest, UpdatesFromMappingsAndPairs) {
  set(1, 1);
  Ref other = newDict();
  ASSERT_TRUE(dictSet(asDict(other), num(2), num(2)));
  ASSERT_TRUE(dictUpdate(d, other));
  Ref pairs = newList(0);
  ASSERT_TRUE(listAppend(asList(pairs), tupleOf(num(3), num(3))));
  ASSERT_TRUE(listAppend(asList(pairs), intList({1, 5})));
  ASSERT_TRUE(dictUpdate(d, pairs));
  EXPECT_EQ(show(dict), "{1: 5, 2: 2, 3: 3}");
  ASSERT_TRUE(listAppend(asList(pairs), intList({1, 5, 6})));
  EXPECT_FALSE(dictUpdate(d, pairs));
  EXPECT_EQ(takeError(),
            "ValueError: dictionary update sequence element #2 has length 3; 2 is required");
}

TEST_F(DictTest, HintsAreRightOrFindNothing) {
  Ref ref = newDict();
  DictObject* dict = asDict(ref);
  ASSERT_TRUE(dictSet(dict, num(1), num(10)) && dictSet(dict, text("name"), num(20)));
  uint32_t hint = 1, first = 0;
  Ref equal = makeStr("name");
  EXPECT_FALSE(dictEntryAt(dict, equal, &hint)); // equal, but not the same
  EXPECT_TRUE(dictEntryAt(dict, dict->entries[1].key, &hint));
  EXPECT_FALSE(dictEntryAt(dict, num(1), &hint));
  EXPECT_TRUE(dictEntryAt(dict, num(1), &first));
  bool removed;
  ASSERT_TRUE(dictRemove(dict, num(1), removed));
  EXPECT_FALSE(dictEntryAt(dict, num(1), &first));
  dictClear(dict);
  EXPECT_FALSE(dictEntryAt(dict, num(1), &first));
}

TEST_F(DictTest, ViewsAreSets) {
  for (int64_t key : {1, 2, 3})
    set(key, key * key);
  Ref keys = invoke(dict, "keys"), items = invoke(dict, "items");
  Ref other = makeSet(intList({2, 3, 4}));
  EXPECT_EQ(show(keys), "dict_keys([1, 2, 3])");
  EXPECT_EQ(show(invoke(dict, "values")), "dict_values([1, 4, 9])");
  EXPECT_EQ(show(items), "dict_items([(1, 1), (2, 4), (3, 9)])");
  EXPECT_EQ(show(binaryOp(BinaryOp::And, keys, other)), "{2, 3}");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, keys, other)), "{1, 2, 3, 4}");
  EXPECT_EQ(show(binaryOp(BinaryOp::Sub, keys, other)), "{1}");
  EXPECT_EQ(show(binaryOp(BinaryOp::Sub, other, keys)), "{4}");
  EXPECT_EQ(show(binaryOp(BinaryOp::Xor, keys, other)), "{1, 4}");
  EXPECT_EQ(show(compare(CompareOp::Lt, keys, other)), "False");
  EXPECT_EQ(show(compare(CompareOp::Eq, keys, makeSet(intList({3, 1, 2})))), "True");
  EXPECT_EQ(show(compare(CompareOp::Ge, keys, makeSet(intList({3})))), "True");
  bool found = false;
  ASSERT_TRUE(contains(items, tupleOf(num(2), num(4)), found));
  EXPECT_TRUE(found);
  EXPECT_EQ(show(invoke(keys, "isdisjoint", {other})), "False");
}

TEST_F(DictTest, ReprStopsAtItself) {
  ASSERT_TRUE(dictSet(d, num(1), dict));
  EXPECT_EQ(show(dict), "{1: {...}}");
  dictClear(d);
}

TEST_F(DictTest, Compares) {
  set(1, 1);
  set(2, 2);
  Ref other = newDict();
  ASSERT_TRUE(dictSet(asDict(other), num(2), num(2)));
  ASSERT_TRUE(dictSet(asDict(other), Value::fromDouble(1), num(1)));
  EXPECT_EQ(show(compare(CompareOp::Eq, dict, other)), "True");
  ASSERT_TRUE(dictSet(asDict(other), num(2), num(3)));
  EXPECT_EQ(show(compare(CompareOp::Ne, dict, other)), "True");
}

// Mirrors of globals.

class GlobalSlotTest : public RuntimeTest {
protected:
  Ref globalsRef = newDict(), builtinsRef = newDict();
  DictObject* globals = asDict(globalsRef);
  DictObject* builtins = asDict(builtinsRef);
  StrObject* name = internLiteral("some_name");
};

TEST_F(GlobalSlotTest, FollowsTheNamespace) {
  GlobalSlot* slot = globalSlot(globals, builtins, name);
  EXPECT_TRUE(slot->value.isNull());
  ASSERT_TRUE(dictSetStr(globals, name, num(1)));
  EXPECT_EQ(slot->value, num(1));
  ASSERT_TRUE(dictSetSlot(globals, slot, num(2)));
  EXPECT_EQ(slot->value, num(2));
  ASSERT_TRUE(dictSetSlot(globals, slot, num(3)));
  EXPECT_EQ(dictFindStr(globals, name), num(3));
  dictClear(globals);
  EXPECT_TRUE(slot->value.isNull());
}

TEST_F(GlobalSlotTest, FallsBackToTheBuiltins) {
  GlobalSlot* slot = globalSlot(globals, builtins, name);
  ASSERT_TRUE(dictSetStr(builtins, name, num(5)));
  EXPECT_EQ(slot->value, num(5));
  ASSERT_TRUE(dictSetStr(globals, name, num(6)));
  ASSERT_TRUE(dictSetStr(builtins, name, num(7)));
  EXPECT_EQ(slot->value, num(6));
  bool removed;
  ASSERT_TRUE(dictRemove(globals, name, removed));
  EXPECT_EQ(slot->value, num(7));
  ASSERT_TRUE(dictRemove(builtins, name, removed));
  EXPECT_TRUE(slot->value.isNull());
}

TEST_F(GlobalSlotTest, ThereIsOneForAName) {
  EXPECT_EQ(globalSlot(globals, builtins, name), globalSlot(globals, builtins, name));
  for (int i = 0; i < 100; ++i)
    globalSlot(globals, builtins, asStr(intern(text(("n" + std::to_string(i)).c_str()))));
  ASSERT_TRUE(dictSetStr(globals, internLiteral("n42"), num(42)));
  EXPECT_EQ(globalSlot(globals, builtins, internLiteral("n42"))->value, num(42));
}

} // namespace
} // namespace pyc::rt::testing
