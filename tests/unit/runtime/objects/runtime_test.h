// What the tests of the runtime's objects share: a runtime that is up, short ways to make values
// and to look at them.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/runtime.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <vector>

namespace pyc::rt::testing {

/// Fixture: each test begins and ends with nothing raised.
class RuntimeTest : public ::testing::Test {
protected:
  RuntimeTest() { initRuntime(); }
  void TearDown() override {
    EXPECT_FALSE(isRaised());
    clearRaised();
  }
};

inline Value num(int64_t value) {
  return Value::fromInt(value);
}
inline Ref text(const char* utf8) {
  return makeStr(utf8);
}

inline std::string asText(Value str) {
  std::string storage;
  return std::string(utf8View(str, storage));
}
/// repr(value), or the exception that came instead.
std::string show(Value value);
inline std::string show(const Ref& value) {
  return show(value.get());
}
/// "TypeError: message" of what is being raised, which is cleared; "" when nothing is.
std::string takeError();
/// A list of small ints.
Ref intList(std::initializer_list<int64_t> items);
/// value.name(args...)
Ref invoke(Value value, const char* name, std::initializer_list<Value> args = {});

} // namespace pyc::rt::testing
