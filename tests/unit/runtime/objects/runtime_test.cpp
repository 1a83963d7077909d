#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {

std::string takeError() {
  if (!isRaised())
    return "";
  Ref exception = takeRaised();
  Ref message = str(exception);
  return std::string(typeName(exception)) + ": " + (message ? asText(message) : "?");
}

std::string show(Value value) {
  if (value.isNull())
    return takeError();
  Ref result = repr(value);
  return result ? asText(result) : takeError();
}

Ref intList(std::initializer_list<int64_t> items) {
  Ref list = newList(items.size());
  for (int64_t item : items)
    EXPECT_TRUE(listAppend(asList(list), num(item)));
  return list;
}

Ref invoke(Value value, const char* name, std::initializer_list<Value> args) {
  return callMethod(value, internLiteral(name), args.begin(), args.size());
}

} // namespace pyc::rt::testing
