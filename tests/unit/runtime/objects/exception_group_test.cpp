// Exception groups: making, splitting, and what except* leaves to raise.
#include "runtime/objects/exception.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using ExceptionGroupTest = RuntimeTest;

Ref error(TypeObject& type, int64_t number) {
  return call(Value(&type), num(number));
}

Ref group(const char* message, std::initializer_list<Value> members) {
  Ref list = makeList(members.begin(), members.size());
  return call(Value(&exceptionGroupType), text(message), list);
}

TEST_F(ExceptionGroupTest, ChecksItsArguments) {
  Ref a = text("a");
  Ref empty = newList(0);
  EXPECT_EQ(show(call(Value(&exceptionGroupType))),
            "TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)");
  EXPECT_EQ(show(call(Value(&exceptionGroupType), num(1), empty)),
            "TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not int");
  EXPECT_EQ(show(call(Value(&exceptionGroupType), a, num(1))),
            "TypeError: second argument (exceptions) must be a sequence");
  EXPECT_EQ(show(group("a", {})),
            "ValueError: second argument (exceptions) must be a non-empty sequence");
  EXPECT_EQ(show(group("a", {num(1)})),
            "ValueError: Item 0 of second argument (exceptions) is not an exception");
  EXPECT_EQ(show(group("a", {error(keyboardInterruptType, 1)})),
            "TypeError: Cannot nest BaseExceptions in an ExceptionGroup");
}

TEST_F(ExceptionGroupTest, TextAndMembers) {
  Ref g = group("msg", {error(valueErrorType, 1), error(typeErrorType, 2)});
  EXPECT_EQ(asText(str(g)), "msg (2 sub-exceptions)");
  EXPECT_EQ(show(g), "ExceptionGroup('msg', [ValueError(1), TypeError(2)])");
  EXPECT_EQ(show(getAttr(g, internLiteral("exceptions"))), "(ValueError(1), TypeError(2))");
  Ref list = makeList(nullptr, 0);
  ASSERT_TRUE(listAppend(asList(list), error(valueErrorType, 1)));
  Ref base = call(Value(&baseExceptionGroupType), text("m"), list);
  EXPECT_EQ(typeOf(base), &exceptionGroupType);
}

TEST_F(ExceptionGroupTest, SplitsByType) {
  Ref inner = group("in", {error(valueErrorType, 1), error(keyErrorType, 2)});
  Ref g = group("out", {inner, error(typeErrorType, 3)});
  EXPECT_EQ(show(invoke(g, "split", {Value(&valueErrorType)})),
            "(ExceptionGroup('out', [ExceptionGroup('in', [ValueError(1)])]), "
            "ExceptionGroup('out', [ExceptionGroup('in', [KeyError(2)]), TypeError(3)]))");
  EXPECT_EQ(show(invoke(g, "subgroup", {Value(&osErrorType)})), "None");
  Ref types = tupleOf(Value(&keyErrorType), Value(&typeErrorType));
  EXPECT_EQ(show(invoke(g, "subgroup", {types})),
            "ExceptionGroup('out', [ExceptionGroup('in', [KeyError(2)]), TypeError(3)])");
  EXPECT_EQ(show(invoke(g, "split", {num(1)})),
            "TypeError: expected an exception type, a tuple of exception types, or a callable "
            "(other than a class)");
}

TEST_F(ExceptionGroupTest, PartsKeepNotesAndCause) {
  Ref g = group("g", {error(valueErrorType, 1), error(typeErrorType, 2)});
  ASSERT_TRUE(invoke(g, "add_note", {text("note")}));
  setField(asException(g)->cause, error(keyErrorType, 9));
  Ref match, rest;
  ASSERT_TRUE(splitExceptionGroup(g, Value(&typeErrorType), match, rest));
  EXPECT_EQ(show(getAttr(match, names::__notes__)), "['note']");
  EXPECT_EQ(show(asException(rest)->cause), "KeyError(9)");
  EXPECT_NE(getAttr(match, names::__notes__).get(), getAttr(rest, names::__notes__).get());
}

TEST_F(ExceptionGroupTest, UnhandledRestIsRaisedAgain) {
  Ref value = error(valueErrorType, 1), type = error(typeErrorType, 2);
  Ref g = group("g", {value, type});
  Ref match, rest;
  ASSERT_TRUE(splitExceptionGroup(g, Value(&typeErrorType), match, rest));
  Value left[] = {Value::none(), rest};
  EXPECT_EQ(show(prepReraiseStar(g, makeList(left, 2))), "ExceptionGroup('g', [ValueError(1)])");
  Value nothing[] = {Value::none()};
  EXPECT_EQ(show(prepReraiseStar(g, makeList(nothing, 1))), "None");
}

TEST_F(ExceptionGroupTest, NewExceptionsJoinTheRest) {
  Ref g = group("g", {error(valueErrorType, 1), error(typeErrorType, 2)});
  // A group that was raised has a traceback, which its parts share.
  setField(asException(g)->context, error(keyErrorType, 0));
  Ref match, rest;
  ASSERT_TRUE(splitExceptionGroup(g, Value(&typeErrorType), match, rest));
  Ref raised = error(osErrorType, 5);
  Value left[] = {raised, rest};
  EXPECT_EQ(show(prepReraiseStar(g, makeList(left, 2))),
            "ExceptionGroup('', [OSError(5), ExceptionGroup('g', [ValueError(1)])])");
}

} // namespace
} // namespace pyc::rt::testing
