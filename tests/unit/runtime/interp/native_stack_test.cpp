#include "runtime/interp/native_stack.h"

#include "gtest/gtest.h"

#include <vector>

using namespace pyc::rt;

namespace {

using Stack = std::vector<std::pair<uintptr_t, uintptr_t>>;

[[gnu::noinline]] Stack walk() {
  Stack stack;
  walkNativeStack([&](uintptr_t address, uintptr_t bottom) {
    stack.emplace_back(address, bottom);
    return true;
  });
  return stack;
}

[[gnu::noinline]] Stack recurse(int depth) {
  if (depth == 0)
    return walk();
  Stack stack = recurse(depth - 1);
  asm volatile("" : : "r"(&stack) : "memory"); // no tail call
  return stack;
}

TEST(NativeStack, GoesFromTheCallerOutwards) {
  Stack stack = recurse(5);
  ASSERT_GT(stack.size(), 6u);
  for (size_t i = 1; i < stack.size(); ++i)
    EXPECT_GT(stack[i].second, stack[i - 1].second);
  for (size_t i = 2; i <= 5; ++i)
    EXPECT_EQ(stack[i].first, stack[5].first) << i;
}

TEST(NativeStack, IsTheSameWhenItsFramesAreKnown) {
  volatile int times = 2; // one call, of the same address
  std::vector<Stack> stacks;
  for (int i = 0; i < times; ++i)
    stacks.push_back(recurse(3));
  EXPECT_EQ(stacks[0], stacks[1]);
  EXPECT_EQ(recurse(7).size(), stacks[0].size() + 4);
}

TEST(NativeStack, StopsWhenTold) {
  int count = 0;
  walkNativeStack([&](uintptr_t, uintptr_t) { return ++count < 2; });
  EXPECT_EQ(count, 2);
}

} // namespace
