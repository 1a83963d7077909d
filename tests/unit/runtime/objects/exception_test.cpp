// The exception types: construction, text, attributes, as CPython has them.
#include "runtime/objects/exception.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using ExceptionTest = RuntimeTest;
using Keywords = std::initializer_list<std::pair<const char*, Value>>;

/// type(*args, **keywords)
Ref make(TypeObject& type, std::initializer_list<Value> args, Keywords keywords = {}) {
  std::vector<Value> all(args);
  std::vector<Value> names;
  for (const auto& [name, value] : keywords) {
    names.emplace_back(internLiteral(name));
    all.push_back(value);
  }
  Ref kwnames = makeTuple(names.data(), names.size());
  return call(Value(&type), all.data(), args.size(), names.empty() ? Value() : kwnames.get());
}

std::string showStr(const Ref& value) {
  Ref result = value ? str(value) : Ref();
  return result ? asText(result) : takeError();
}

Ref attr(const Ref& object, const char* name) {
  return getAttr(object, internLiteral(name));
}

std::string set(const Ref& object, const char* name, Value value) {
  return setAttr(object, internLiteral(name), value) ? "" : takeError();
}

TEST_F(ExceptionTest, ArgumentsMakeTheText) {
  EXPECT_EQ(showStr(make(valueErrorType, {})), "");
  EXPECT_EQ(showStr(make(valueErrorType, {num(1)})), "1");
  EXPECT_EQ(showStr(make(valueErrorType, {num(1), num(2)})), "(1, 2)");
  EXPECT_EQ(show(make(valueErrorType, {text("x")})), "ValueError('x')");
  EXPECT_EQ(show(make(valueErrorType, {num(1), num(2)})), "ValueError(1, 2)");
  EXPECT_EQ(show(make(valueErrorType, {}, {{"a", num(1)}})),
            "TypeError: ValueError() takes no keyword arguments");
}

TEST_F(ExceptionTest, MemoryIsUsedAgain) {
  Ref first = make(valueErrorType, {num(1)});
  ASSERT_TRUE(setAttr(first, internLiteral("extra"), num(2)));
  Ref second = make(keyErrorType, {});
  setField(asException(second)->context, first.get());
  Object* memory = second.get().object();
  second = Ref();
  EXPECT_EQ(refcountOf(first.get().object()), 1);
  Ref third = make(indexErrorType, {text("x")});
  EXPECT_EQ(third.get().object(), memory);
  EXPECT_FALSE(asException(third)->context);
  EXPECT_EQ(show(third), "IndexError('x')");
}

TEST_F(ExceptionTest, AttributesCheckWhatTheyAreSetTo) {
  Ref e = make(valueErrorType, {num(1)});
  EXPECT_EQ(set(e, "args", num(1)), "TypeError: 'int' object is not iterable");
  EXPECT_EQ(set(e, "args", {}), "TypeError: args may not be deleted");
  EXPECT_EQ(set(e, "__traceback__", num(1)),
            "TypeError: __traceback__ must be a traceback or None");
  EXPECT_EQ(set(e, "__context__", num(1)),
            "TypeError: exception context must be None or derive from BaseException");
  EXPECT_EQ(set(e, "__cause__", num(1)),
            "TypeError: exception cause must be None or derive from BaseException");
  EXPECT_EQ(set(e, "__suppress_context__", num(1)), "TypeError: attribute value type must be bool");
  EXPECT_EQ(set(e, "__suppress_context__", {}), "TypeError: can't delete numeric/char attribute");
  EXPECT_EQ(set(e, "__cause__", make(keyErrorType, {})), "");
  EXPECT_EQ(show(attr(e, "__suppress_context__")), "True");
  EXPECT_EQ(set(e, "extra", num(5)), "");
  EXPECT_EQ(show(attr(e, "extra")), "5");
}

TEST_F(ExceptionTest, NotesAreAList) {
  Ref e = make(valueErrorType, {});
  EXPECT_EQ(show(invoke(e, "add_note", {num(1)})),
            "TypeError: add_note() argument must be str, not int");
  EXPECT_EQ(show(invoke(e, "add_note", {text("a")})), "None");
  EXPECT_EQ(show(invoke(e, "add_note", {text("b")})), "None");
  EXPECT_EQ(show(attr(e, "__notes__")), "['a', 'b']");
  EXPECT_EQ(set(e, "__notes__", num(1)), "");
  EXPECT_EQ(show(invoke(e, "add_note", {text("c")})),
            "TypeError: Cannot add note: __notes__ is not a list");
}

TEST_F(ExceptionTest, StateForPickling) {
  Ref e = make(valueErrorType, {num(1)});
  EXPECT_EQ(show(invoke(e, "__reduce__")), "(<class 'ValueError'>, (1,))");
  EXPECT_EQ(set(e, "x", num(2)), "");
  EXPECT_EQ(show(invoke(e, "__reduce__")), "(<class 'ValueError'>, (1,), {'x': 2})");
  EXPECT_EQ(show(invoke(e, "__setstate__", {num(1)})), "TypeError: state is not a dictionary");
}

TEST_F(ExceptionTest, FieldsFollowTheArguments) {
  EXPECT_EQ(show(attr(make(stopIterationType, {num(1), num(2)}), "value")), "1");
  EXPECT_EQ(show(attr(make(systemExitType, {num(1), num(2)}), "code")), "(1, 2)");
  EXPECT_EQ(show(attr(make(systemExitType, {num(3)}), "code")), "3");
  EXPECT_EQ(show(attr(make(systemExitType, {}), "code")), "None");
  EXPECT_EQ(showStr(make(keyErrorType, {text("a")})), "'a'");
  EXPECT_EQ(showStr(make(keyErrorType, {text("a"), text("b")})), "('a', 'b')");
}

TEST_F(ExceptionTest, KeywordsOfNamedExceptions) {
  Ref a = text("a"), n = text("n");
  EXPECT_EQ(show(make(importErrorType, {a}, {{"name", n}, {"path", a}})),
            "ImportError('a', name='n', path='a')");
  EXPECT_EQ(show(make(importErrorType, {}, {{"name", n}})), "ImportError(name='n')");
  EXPECT_EQ(show(make(importErrorType, {a}, {{"foo", n}})),
            "TypeError: ImportError() got an unexpected keyword argument 'foo'");
  EXPECT_EQ(show(make(attributeErrorType, {a}, {{"name", n}, {"obj", n}, {"x", n}})),
            "TypeError: AttributeError() takes at most 2 keyword arguments (3 given)");
  EXPECT_EQ(show(make(nameErrorType, {a}, {{"name", n}, {"x", n}})),
            "TypeError: NameError() takes at most 1 keyword argument (2 given)");
  EXPECT_EQ(show(invoke(make(importErrorType, {a}, {{"name", n}}), "__reduce__")),
            "(<class 'ImportError'>, ('a',), {'name': 'n'})");
  EXPECT_EQ(show(invoke(make(attributeErrorType, {a}, {{"name", n}}), "__reduce__")),
            "(<class 'AttributeError'>, ('a',), {'name': 'n', 'args': ('a',)})");
}

TEST_F(ExceptionTest, OSErrorChoosesASubclass) {
  Ref x = text("x"), f = text("f"), g = text("g");
  EXPECT_EQ(show(make(osErrorType, {num(2), x, f})), "FileNotFoundError(2, 'x')");
  Ref both = make(osErrorType, {num(2), x, f, Value::none(), g});
  EXPECT_EQ(showStr(both), "[Errno 2] x: 'f' -> 'g'");
  EXPECT_EQ(show(invoke(both, "__reduce__")),
            "(<class 'FileNotFoundError'>, (2, 'x', 'f', None, 'g'))");
  EXPECT_EQ(show(make(osErrorType, {num(1)})), "OSError(1)");
  EXPECT_EQ(show(make(osErrorType, {num(2), x, f, num(1), g, g})),
            "OSError(2, 'x', 'f', 1, 'g', 'g')");
  Ref blocking = make(blockingIOErrorType, {num(11), x, num(5)});
  EXPECT_EQ(show(blocking), "BlockingIOError(11, 'x', 5)");
  EXPECT_EQ(show(attr(blocking, "characters_written")), "5");
  EXPECT_EQ(show(attr(both, "characters_written")), "AttributeError: characters_written");
  Ref changed = make(osErrorType, {});
  EXPECT_EQ(set(changed, "errno", num(5)) + set(changed, "strerror", x), "");
  EXPECT_EQ(showStr(changed), "[Errno 5] x");
}

TEST_F(ExceptionTest, SyntaxErrorTakesAPlace) {
  Ref m = text("m"), path = text("/a/f"), t = text("t");
  Ref place = tupleOf(path.get(), num(1), num(2), t.get());
  Ref error = make(syntaxErrorType, {m, place});
  EXPECT_EQ(showStr(error), "m (f, line 1)");
  EXPECT_EQ(show(attr(error, "text")), "'t'");
  EXPECT_EQ(show(attr(error, "end_lineno")), "None");
  EXPECT_EQ(show(make(syntaxErrorType, {m, tupleOf(m.get(), num(1), num(2))})),
            "TypeError: function takes at least 4 arguments (3 given)");
  EXPECT_EQ(show(make(syntaxErrorType, {m, tupleOf(m.get(), num(1), num(2), t.get(), num(3))})),
            "TypeError: end_offset must be provided when end_lineno is provided");
  EXPECT_EQ(showStr(make(syntaxErrorType, {})), "None");
}

TEST_F(ExceptionTest, UnicodeErrorsShowTheRange) {
  Ref codec = text("a"), reason = text("r"), s = text("\u1234bc");
  EXPECT_EQ(showStr(make(unicodeEncodeErrorType, {codec, s, num(0), num(1), reason})),
            "'a' codec can't encode character '\\u1234' in position 0: r");
  EXPECT_EQ(showStr(make(unicodeEncodeErrorType, {codec, s, num(0), num(2), reason})),
            "'a' codec can't encode characters in position 0-1: r");
  EXPECT_EQ(showStr(make(unicodeTranslateErrorType, {text("\u00e9"), num(0), num(1), reason})),
            "can't translate character '\\xe9' in position 0: r");
  EXPECT_EQ(show(make(unicodeDecodeErrorType, {num(1)})),
            "TypeError: function takes exactly 5 arguments (1 given)");
  EXPECT_EQ(show(make(unicodeEncodeErrorType, {codec, num(1), num(0), num(1), reason})),
            "TypeError: argument 2 must be str, not int");
}

} // namespace
} // namespace pyc::rt::testing
