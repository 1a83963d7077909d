// Raising: formats, classes and instances, context and cause.
#include "runtime/objects/exception.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using ErrorsTest = RuntimeTest;

TEST_F(ErrorsTest, FormatKnowsPrintfsConversions) {
  raise(valueErrorType, "%s %d %lld %zu %c %02x %5d|%-5d| %.3s %%", "text", -1, 1LL << 40,
        size_t{7}, 'c', 10, 42, 42, "abcdef");
  EXPECT_EQ(takeError(), "ValueError: text -1 1099511627776 7 c 0a    42|42   | abc %");
}

TEST_F(ErrorsTest, FormatShowsValues) {
  Ref name = text("näme");
  raise(typeErrorType, "%S %R %A %T %N", name.get(), name.get(), name.get(), name.get(),
        Value(&listType));
  EXPECT_EQ(takeError(), "TypeError: näme 'näme' 'n\\xe4me' str list");
}

TEST_F(ErrorsTest, ShortFormatsAgreeWithLongOnes) {
  Ref plain = text("it"), quote = text("it's"), wide = text("ä");
  raise(typeErrorType, "%S %R %.4R %T %d %zd%%", plain.get(), plain.get(), plain.get(), plain.get(),
        -3, size_t{4});
  EXPECT_EQ(takeError(), "TypeError: it 'it' 'it' str -3 4%");
  raise(typeErrorType, "%R %.3R %R %S %R", quote.get(), plain.get(), wide.get(), num(-7),
        Value::none());
  EXPECT_EQ(takeError(), "TypeError: \"it's\" 'it 'ä' -7 None");
  Ref longText = text(std::string(300, 'x').c_str());
  raise(typeErrorType, "%s %.200R", "a", longText.get());
  EXPECT_EQ(takeError(), "TypeError: a '" + std::string(199, 'x'));
}

TEST_F(ErrorsTest, PrecisionCutsWholeCharacters) {
  raise(typeErrorType, "%.2s|%.3S", "aä", text("äöüß").get());
  EXPECT_EQ(takeError(), "TypeError: a|äöü");
}

TEST_F(ErrorsTest, ClassIsInstantiated) {
  raiseValue(Value(&keyErrorType));
  EXPECT_TRUE(isRaised(lookupErrorType));
  EXPECT_EQ(takeError(), "KeyError: ");
}

TEST_F(ErrorsTest, OnlyExceptionsCanBeRaised) {
  raiseValue(num(1));
  EXPECT_EQ(takeError(), "TypeError: exceptions must derive from BaseException");
  raiseValue(Value(&listType));
  EXPECT_EQ(takeError(), "TypeError: exceptions must derive from BaseException");
}

TEST_F(ErrorsTest, KeyErrorShowsItsKeyAsTyped) {
  raiseKeyError(text("").get());
  EXPECT_EQ(takeError(), "KeyError: ''");
}

TEST_F(ErrorsTest, StopIterationCarriesAValue) {
  Ref pair = tupleOf(num(1), num(2));
  raiseStopIteration(pair);
  Ref exception = takeRaised();
  EXPECT_EQ(show(stopIterationValue(exception)), "(1, 2)");
  EXPECT_EQ(show(exception), "StopIteration((1, 2))");
}

TEST_F(ErrorsTest, ErrnoChoosesTheSubclass) {
  raiseErrno(ENOENT, text("file"));
  EXPECT_TRUE(isRaised(fileNotFoundErrorType));
  EXPECT_EQ(takeError(), "FileNotFoundError: [Errno 2] No such file or directory: 'file'");
}

/// Makes an exception the one being handled for a scope.
class Handling {
public:
  explicit Handling(Value exception) : level_{exception, thisThread().handled} {
    thisThread().handled = &level_;
  }
  ~Handling() { thisThread().handled = level_.previous; }

private:
  HandledException level_;
};

TEST_F(ErrorsTest, ContextIsTheExceptionBeingHandled) {
  raise(valueErrorType, "first");
  Ref first = takeRaised();
  Handling handling(first);
  raise(typeErrorType, "second");
  Ref second = takeRaised();
  EXPECT_EQ(asException(second)->context, first.get());
}

TEST_F(ErrorsTest, RaisingTheHandledExceptionAgainSetsNoContext) {
  raise(valueErrorType, "first");
  Ref first = takeRaised();
  Handling handling(first);
  raiseValue(first);
  Ref again = takeRaised();
  EXPECT_EQ(again.get(), first.get());
  EXPECT_TRUE(asException(again)->context.isNull());
}

TEST_F(ErrorsTest, ContextChainNeverBecomesALoop) {
  raise(valueErrorType, "a");
  Ref a = takeRaised();
  Ref b;
  {
    Handling handling(a);
    raise(valueErrorType, "b");
    b = takeRaised();
  }
  Handling handling(b);
  raiseValue(a);
  Ref again = takeRaised();
  EXPECT_EQ(asException(again)->context, b.get());
  EXPECT_TRUE(asException(b)->context.isNull());
}

TEST_F(ErrorsTest, CauseSuppressesTheContext) {
  raiseFrom(Value(&valueErrorType), Value(&keyErrorType));
  Ref exception = takeRaised();
  EXPECT_EQ(show(asException(exception)->cause), "KeyError()");
  EXPECT_TRUE(asException(exception)->suppressContext);
  raiseFrom(Value(&valueErrorType), num(1));
  EXPECT_EQ(takeError(), "TypeError: exception causes must derive from BaseException");
  raiseFrom(Value(&valueErrorType), Value::none());
  exception = takeRaised();
  EXPECT_TRUE(asException(exception)->cause.isNull());
  EXPECT_TRUE(asException(exception)->suppressContext);
}

TEST_F(ErrorsTest, CatchingTakesOnlyInstancesOff) {
  raise(keyErrorType, "x");
  EXPECT_FALSE(catchRaised(valueErrorType));
  EXPECT_TRUE(catchRaised(lookupErrorType));
  EXPECT_FALSE(isRaised());
}

TEST_F(ErrorsTest, AttributeErrorKnowsWhatWasMissing) {
  Ref name = text("nme");
  raiseAttributeError(num(1), name, "no %S", name.get());
  Ref exception = takeRaised();
  EXPECT_EQ(show(exception.as<AttributeErrorObject>()->name), "'nme'");
  EXPECT_EQ(show(exception.as<AttributeErrorObject>()->obj), "1");
}

} // namespace
} // namespace pyc::rt::testing
