// Tracebacks as text: source lines, carets, chains, groups, notes.
#include "runtime/objects/traceback.h"

#include "tests/unit/runtime/objects/image_builder.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

/// A source known to tracebacks as "test.py".
class TracebackTest : public RuntimeTest {
protected:
  void source(const char* text) { rememberSource("test.py", text); }

  /// A code object whose instructions, one word each, are at the given places.
  static Ref code(const char* name, std::vector<uop::PositionEntry> places) {
    ImageBuilder image(name);
    for (size_t i = 0; i < places.size(); i++) {
      places[i].word = static_cast<uint32_t>(i);
      image.position(places[i]);
    }
    image.words(static_cast<uint32_t>(places.size()));
    return image.build();
  }
  static uop::PositionEntry at(int line, int column, int endColumn, int endLine = 0) {
    return {0, line, endLine ? endLine : line, column, endColumn, 0, 0};
  }
  /// The exception being raised, taken off, with entries of the codes added, innermost first.
  static Ref raisedThrough(std::initializer_list<Value> codes) {
    for (Value code : codes)
      addTraceback(asCode(code), nullptr, 0);
    return takeRaised();
  }
  static std::string text(const Ref& exception) { return asText(formatException(exception)); }
};

TEST_F(TracebackTest, ShowsTheLineAndCarets) {
  source("def f(a):\n    return a + 1\n\nf('x')\n");
  Ref f = code("f", {at(2, 11, 16)}), module = code("<module>", {at(4, 0, 6)});
  raise(typeErrorType, "bad");
  EXPECT_EQ(text(raisedThrough({f, module})), "Traceback (most recent call last):\n"
                                              "  File \"test.py\", line 4, in <module>\n"
                                              "    f('x')\n"
                                              "    ~^^^^^\n"
                                              "  File \"test.py\", line 2, in f\n"
                                              "    return a + 1\n"
                                              "           ~~^~~\n"
                                              "TypeError: bad\n");
}

TEST_F(TracebackTest, WholeStatementsHaveNoCarets) {
  source("raise ValueError\nreturn f(x)\nname = o.f(x)\nx = y = f(x)\nreturn o.f(x)\n");
  auto shown = [&](uop::PositionEntry place) {
    Ref c = code("<module>", {place});
    raise(valueErrorType, "bad");
    std::string all = text(raisedThrough({c}));
    size_t start = all.find("<module>\n") + 9;
    return all.substr(start, all.find("ValueError: bad") - start);
  };
  EXPECT_EQ(shown(at(1, 0, 16)), "    raise ValueError\n");
  EXPECT_EQ(shown(at(2, 7, 11)), "    return f(x)\n");
  EXPECT_EQ(shown(at(3, 7, 13)), "    name = o.f(x)\n");
  EXPECT_EQ(shown(at(4, 8, 12)), "    x = y = f(x)\n            ~^^^\n");
  EXPECT_EQ(shown(at(5, 7, 13)), "    return o.f(x)\n           ~~~^^^\n");
  EXPECT_EQ(shown(at(1, 6, 16)), "    raise ValueError\n          ^^^^^^^^^^\n");
  EXPECT_EQ(shown(at(9, 0, 1)), "");
  EXPECT_EQ(shown(at(1, -1, -1)), "    raise ValueError\n");
}

TEST_F(TracebackTest, SeveralLinesAreShownAroundTheAnchors) {
  source("x = (\n    a +\n    b\n    ) / f(1,\n          2,\n          3,\n          4)\n");
  Ref c = code("<module>", {at(4, 8, 12, 7)});
  raise(valueErrorType, "bad");
  EXPECT_EQ(text(raisedThrough({c})), "Traceback (most recent call last):\n"
                                      "  File \"test.py\", line 4, in <module>\n"
                                      "    ) / f(1,\n"
                                      "        ~^^^\n"
                                      "          2,\n"
                                      "          ^^\n"
                                      "          3,\n"
                                      "          ^^\n"
                                      "          4)\n"
                                      "          ^^\n"
                                      "ValueError: bad\n");
}

TEST_F(TracebackTest, WideCharactersTakeTwoColumns) {
  source("'日本' + é\n");
  Ref c = code("<module>", {at(1, 0, 13)});
  raise(valueErrorType, "bad");
  std::string all = text(raisedThrough({c}));
  EXPECT_NE(all.find("    '日本' + é\n    ~~~~~~~^~~\n"), std::string::npos) << all;
}

TEST_F(TracebackTest, LongRepetitionsAreCut) {
  source("f()\n");
  Ref f = code("f", {at(1, 0, 3)}), module = code("<module>", {at(1, 0, 3)});
  raise(recursionErrorType, "deep");
  for (int i = 0; i < 9; i++)
    addTraceback(asCode(f), nullptr, 0);
  std::string all = text(raisedThrough({module}));
  EXPECT_NE(all.find("  [Previous line repeated 6 more times]\nRecursionError: deep\n"),
            std::string::npos)
      << all;
  std::string limited;
  raise(valueErrorType, "x");
  formatExceptionTo(limited, raisedThrough({f, module, module}), 1);
  EXPECT_EQ(limited, "Traceback (most recent call last):\n"
                     "  File \"test.py\", line 1, in f\n"
                     "    f()\n"
                     "    ~^^\n"
                     "ValueError: x\n");
}

TEST_F(TracebackTest, CausesAndContextsComeFirst) {
  Ref first = call(Value(&keyErrorType), num(1));
  Ref second = call(Value(&valueErrorType), num(2));
  setField(asException(second)->context, first.get());
  EXPECT_EQ(text(second),
            "KeyError: 1\n\nDuring handling of the above exception, another exception "
            "occurred:\n\nValueError: 2\n");
  setField(asException(second)->cause, first.get());
  EXPECT_EQ(text(second), "KeyError: 1\n\nThe above exception was the direct cause of the "
                          "following exception:\n\nValueError: 2\n");
  clearField(asException(second)->cause);
  asException(second)->suppressContext = true;
  EXPECT_EQ(text(second), "ValueError: 2\n");
  asException(second)->suppressContext = false;
  setField(asException(first)->context, second.get()); // a loop
  EXPECT_EQ(text(second), "KeyError: 1\n\nDuring handling of the above exception, another "
                          "exception occurred:\n\nValueError: 2\n");
  clearField(asException(first)->context);
}

TEST_F(TracebackTest, NotesFollow) {
  Ref e = call(Value(&valueErrorType), makeStr("x"));
  ASSERT_TRUE(invoke(e, "add_note", {makeStr("one\ntwo")}));
  EXPECT_EQ(text(e), "ValueError: x\none\ntwo\n");
  ASSERT_TRUE(setAttr(e, names::__notes__, num(1)));
  EXPECT_EQ(text(e), "ValueError: x\n1\n");
}

TEST_F(TracebackTest, GroupsAreTrees) {
  Ref inner = makeList(nullptr, 0);
  ASSERT_TRUE(listAppend(asList(inner), call(Value(&typeErrorType), num(1))));
  Ref innerGroup = call(Value(&exceptionGroupType), makeStr("in"), inner);
  Ref list = makeList(nullptr, 0);
  ASSERT_TRUE(listAppend(asList(list), call(Value(&valueErrorType), num(2))));
  ASSERT_TRUE(listAppend(asList(list), innerGroup));
  Ref group = call(Value(&exceptionGroupType), makeStr("out"), list);
  EXPECT_EQ(text(group), "  | ExceptionGroup: out (2 sub-exceptions)\n"
                         "  +-+---------------- 1 ----------------\n"
                         "    | ValueError: 2\n"
                         "    +---------------- 2 ----------------\n"
                         "    | ExceptionGroup: in (1 sub-exception)\n"
                         "    +-+---------------- 1 ----------------\n"
                         "      | TypeError: 1\n"
                         "      +------------------------------------\n");
}

TEST_F(TracebackTest, SyntaxErrorsShowTheirLine) {
  Ref place =
      tupleOf(makeStr("f.py").get(), num(3), num(7), makeStr("    a = $\n").get(), num(3), num(8));
  Ref error = call(Value(&syntaxErrorType), makeStr("invalid syntax"), place);
  EXPECT_EQ(text(error), "  File \"f.py\", line 3\n"
                         "    a = $\n"
                         "      ^\n"
                         "SyntaxError: invalid syntax\n");
  EXPECT_EQ(text(call(Value(&syntaxErrorType))), "SyntaxError: <no detail available>\n");
}

TEST_F(TracebackTest, SuggestionsForNames) {
  Ref globals = newDict();
  ASSERT_TRUE(dictSetStr(asDict(globals), internLiteral("counter"), num(1)));
  Ref c = code("<module>", {at(99, 0, 1)});
  raiseNameError(nameErrorType, "name '%S' is not defined", Value(internLiteral("countr")));
  addTraceback(asCode(c), asDict(globals), 0);
  EXPECT_EQ(text(takeRaised()), "Traceback (most recent call last):\n"
                                "  File \"test.py\", line 99, in <module>\n"
                                "NameError: name 'countr' is not defined. Did you mean: "
                                "'counter'?\n");
}

TEST_F(TracebackTest, SuggestionsForAttributes) {
  auto message = [&](Value object, const char* name) {
    Ref result = getAttr(object, internLiteral(name));
    std::string all = text(takeRaised());
    return all.substr(all.find(". ") + 2);
  };
  Ref list = intList({});
  EXPECT_EQ(message(list, "apend"), "Did you mean '.append' instead of '.apend'?\n");
  EXPECT_EQ(message(list, "push"), "Did you mean '.append'?\n");
  EXPECT_EQ(message(tupleOf(), "append"), "Did you mean to use a 'list' object?\n");
  Ref outer = call(Value(&simpleNamespaceType)), inner = call(Value(&simpleNamespaceType));
  ASSERT_TRUE(setAttr(inner, internLiteral("area"), num(1)));
  ASSERT_TRUE(setAttr(outer, internLiteral("shape"), inner));
  EXPECT_EQ(message(outer, "area"), "Did you mean '.shape.area' instead of '.area'?\n");
}

TEST_F(TracebackTest, AttributesOfTracebackObjects) {
  Ref f = code("f", {at(2, 11, 16)}), module = code("<module>", {at(4, 0, 6)});
  raise(typeErrorType, "bad");
  Ref exception = raisedThrough({f, module});
  Ref traceback = getAttr(exception, names::__traceback__);
  Ref next = getAttr(traceback, internLiteral("tb_next"));
  EXPECT_EQ(show(getAttr(traceback, internLiteral("tb_lineno"))), "4");
  EXPECT_EQ(show(getAttr(next, internLiteral("tb_lineno"))), "2");
  EXPECT_EQ(show(getAttr(next, internLiteral("tb_next"))), "None");
  EXPECT_FALSE(setAttr(next, internLiteral("tb_next"), traceback));
  EXPECT_EQ(takeError(), "ValueError: traceback loop detected");
}

} // namespace
} // namespace pyc::rt::testing
