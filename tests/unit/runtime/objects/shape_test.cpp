#include "runtime/objects/instance.h"
#include "runtime/objects/runtime.h"

#include <gtest/gtest.h>
#include <string>

namespace pyc::rt {
namespace {

StrObject* nameOfIndex(const char* prefix, int i) {
  return internLiteral(prefix + std::to_string(i));
}

class ShapeTest : public testing::Test {
protected:
  void SetUp() override {
    initRuntime();
    root_ = newRootShape(&objectType, ShapeKind::Slots, 3);
  }
  Shape* chain(int count, const char* prefix = "a") {
    Shape* shape = root_;
    for (int i = 0; i < count && shape; ++i)
      shape = shapeWith(shape, nameOfIndex(prefix, i));
    return shape;
  }
  Shape* root_ = nullptr;
};

TEST_F(ShapeTest, BuiltInShapesHaveFixedPlaces) {
  EXPECT_EQ(shapeAt(kShapeStr)->type, &strType);
  EXPECT_EQ(shapeAt(kShapeUserWarning)->type, &userWarningType);
}

TEST_F(ShapeTest, TransitionsAreShared) {
  EXPECT_EQ(chain(5), chain(5));
  EXPECT_EQ(chain(5)->parent, chain(4));
  EXPECT_EQ(chain(5)->inlineSlots, 3);
}

TEST_F(ShapeTest, FindsSlotsByWalkingAndByTable) {
  for (int count : {1, 6, 7, 40, 150}) {
    Shape* shape = chain(count);
    for (int i = 0; i < count; ++i)
      EXPECT_EQ(findSlot(shape, nameOfIndex("a", i)), i);
    EXPECT_EQ(findSlot(shape, nameOfIndex("a", count)), -1);
    EXPECT_EQ(findSlot(shape, names::__init__), -1);
  }
}

TEST_F(ShapeTest, BranchesDoNotSeeEachOther) {
  Shape* trunk = chain(10);
  EXPECT_EQ(findSlot(trunk, nameOfIndex("a", 3)), 3); // makes the table that children share
  Shape* left = shapeWith(trunk, nameOfIndex("left", 0));
  Shape* right = shapeWith(trunk, nameOfIndex("right", 0));
  right = shapeWith(right, nameOfIndex("right", 1));
  EXPECT_EQ(findSlot(left, nameOfIndex("left", 0)), 10);
  EXPECT_EQ(findSlot(left, nameOfIndex("right", 0)), -1);
  EXPECT_EQ(findSlot(right, nameOfIndex("right", 1)), 11);
  EXPECT_EQ(findSlot(right, nameOfIndex("left", 0)), -1);
  EXPECT_EQ(findSlot(trunk, nameOfIndex("left", 0)), -1);
}

TEST_F(ShapeTest, RunawayProgramsGoOverToDictionaries) {
  EXPECT_EQ(chain(500), nullptr);
  int made = 0;
  while (shapeWith(root_, nameOfIndex("b", made)) && made < 100000)
    ++made;
  EXPECT_LT(made, 2000);
}

} // namespace
} // namespace pyc::rt
