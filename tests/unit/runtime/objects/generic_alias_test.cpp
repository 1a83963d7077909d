// list[int] and int | str.
#include "runtime/objects/generic_alias.h"

#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using GenericAliasTest = RuntimeTest;

Value intValue() {
  return Value(&intType);
}
Value strValue() {
  return Value(&strType);
}
Ref alias(Value origin, Value args) {
  return getItem(origin, args);
}
std::string attr(Value object, const char* name) {
  return show(getAttr(object, internLiteral(name)));
}

TEST_F(GenericAliasTest, Repr) {
  EXPECT_EQ(show(alias(Value(&listType), intValue())), "list[int]");
  EXPECT_EQ(show(alias(Value(&dictType), tupleOf(strValue(), Value(&floatType)))),
            "dict[str, float]");
  EXPECT_EQ(show(alias(Value(&tupleType), tupleOf())), "tuple[()]");
  EXPECT_EQ(show(alias(Value(&tupleType), tupleOf(intValue(), Value::ellipsis()))),
            "tuple[int, ...]");
  EXPECT_EQ(show(alias(Value(&listType), text("x"))), "list['x']");
  EXPECT_EQ(show(alias(Value(&listType), Value::none())), "list[None]");
}

TEST_F(GenericAliasTest, OwnAttributesAndTheOrigins) {
  Ref ints = alias(Value(&listType), intValue());
  EXPECT_EQ(attr(ints, "__origin__"), "<class 'list'>");
  EXPECT_EQ(attr(ints, "__args__"), "(<class 'int'>,)");
  EXPECT_EQ(attr(ints, "__parameters__"), "()");
  EXPECT_EQ(attr(ints, "__name__"), "'list'");
  EXPECT_EQ(attr(ints, "append"), "<method 'append' of 'list' objects>");
  EXPECT_EQ(attr(ints, "foo"), "AttributeError: type object 'list' has no attribute 'foo'");
  EXPECT_EQ(show(invoke(ints, "__mro_entries__", {tupleOf()})), "(<class 'list'>,)");
}

TEST_F(GenericAliasTest, CallsTheOrigin) {
  EXPECT_EQ(show(call(alias(Value(&listType), intValue()), text("ab"))), "['a', 'b']");
  EXPECT_EQ(show(getItem(alias(Value(&listType), intValue()), strValue())),
            "TypeError: list[int] is not a generic class");
}

TEST_F(GenericAliasTest, EqualWhenPartsAre) {
  Ref a = alias(Value(&listType), intValue()), b = alias(Value(&listType), intValue());
  EXPECT_EQ(show(compare(CompareOp::Eq, a, b)), "True");
  EXPECT_EQ(show(compare(CompareOp::Eq, a, alias(Value(&listType), strValue()))), "False");
  int64_t hashOfA = 0, hashOfB = 1;
  EXPECT_TRUE(hash(a, hashOfA) && hash(b, hashOfB));
  EXPECT_EQ(hashOfA, hashOfB);
}

TEST_F(GenericAliasTest, IteratingGivesTheStarredForm) {
  Ref items = sequenceList(alias(Value(&tupleType), intValue()));
  EXPECT_EQ(show(items), "[*tuple[int]]");
  EXPECT_EQ(attr(listGet(asList(items), 0), "__unpacked__"), "True");
}

TEST_F(GenericAliasTest, UnionsAreFlatAndWithoutRepetition) {
  Ref u = binaryOp(BinaryOp::Or, intValue(), strValue());
  EXPECT_EQ(show(u), "int | str");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, u, Value(&floatType))), "int | str | float");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, u, intValue())), "int | str");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, intValue(), intValue())), "<class 'int'>");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, intValue(), Value::none())), "int | None");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, Value::none(), intValue())), "None | int");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, intValue(), num(1))),
            "TypeError: unsupported operand type(s) for |: 'type' and 'int'");
  EXPECT_EQ(attr(u, "__args__"), "(<class 'int'>, <class 'str'>)");
  EXPECT_EQ(show(call(Value(&unionType))), "TypeError: cannot create 'typing.Union' instances");
  EXPECT_EQ(show(alias(Value(&unionType), tupleOf(intValue(), Value::none()))), "int | None");
}

TEST_F(GenericAliasTest, UnionsAreEqualAsSets) {
  Ref a = binaryOp(BinaryOp::Or, intValue(), strValue());
  Ref b = binaryOp(BinaryOp::Or, strValue(), intValue());
  EXPECT_EQ(show(compare(CompareOp::Eq, a, b)), "True");
  int64_t hashOfA = 0, hashOfB = 1;
  EXPECT_TRUE(hash(a, hashOfA) && hash(b, hashOfB));
  EXPECT_EQ(hashOfA, hashOfB);
  EXPECT_EQ(show(compare(CompareOp::Lt, a, b)),
            "TypeError: '<' not supported between instances of 'typing.Union' and 'typing.Union'");
}

} // namespace
} // namespace pyc::rt::testing
