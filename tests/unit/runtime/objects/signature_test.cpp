// Signatures of C++ functions and the TypeErrors that follow from them.
#include "runtime/objects/signature.h"

#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using SignatureTest = RuntimeTest;
using Keywords = std::initializer_list<std::pair<const char*, Value>>;

/// Binds a call without the object: the parameters' values, or the error.
std::string bind(const char* text, std::initializer_list<Value> args, Keywords keywords = {}) {
  const Signature* signature = parseSignature(text);
  const_cast<Signature*>(signature)->owner = "list";
  std::vector<Value> all;
  if (signature->takesSelf)
    all.push_back(Value::none());
  all.insert(all.end(), args);
  size_t argc = all.size();
  std::vector<Value> names;
  for (const auto& [name, value] : keywords) {
    names.emplace_back(internLiteral(name));
    all.push_back(value);
  }
  Ref kwnames = makeTuple(names.data(), names.size());
  std::vector<Value> out(signature->count + 1);
  Ref keep[2];
  if (!bindSignature(*signature, all.data(), argc, kwnames, out.data(), keep))
    return takeError();
  std::string result;
  for (size_t i = signature->takesSelf ? 1 : 0; i < signature->count; i++)
    result += (result.empty() ? "" : " ") + (out[i] ? show(out[i]) : std::string("-"));
  return result;
}

TEST_F(SignatureTest, ParametersAreCounted) {
  const Signature* s =
      parseSignature("f($self, a, b='(,', /, c=[1, 2], *args, d, e=None, **kwargs)");
  EXPECT_EQ(s->name, "f");
  EXPECT_TRUE(s->takesSelf);
  EXPECT_EQ(s->count, 8);
  EXPECT_EQ(s->positionalOnly, 3);
  EXPECT_EQ(s->positional, 4);
  EXPECT_EQ(s->required, 2);
  EXPECT_EQ(s->varArgs, 4);
  EXPECT_EQ(s->firstKeywordOnly, 5);
  EXPECT_EQ(s->keywordOnly, 2);
  EXPECT_EQ(s->varKeywords, 7);
  EXPECT_EQ(s->parameters[3].name, "c");
  EXPECT_FALSE(s->parameters[5].optional);
}

TEST_F(SignatureTest, ArgumentsGoToTheirParameters) {
  EXPECT_EQ(bind("f($self, a, /, b, c=3, *, d=4)", {num(1), num(2)}), "1 2 - -");
  EXPECT_EQ(bind("f($self, a, /, b, c=3, *, d=4)", {num(1)}, {{"d", num(9)}, {"b", num(8)}}),
            "1 8 - 9");
  EXPECT_EQ(bind("f(*args, sep=' ')", {num(1), num(2)}, {{"sep", num(3)}}), "(1, 2) 3");
  EXPECT_EQ(bind("f(a, /, **kw)", {num(1)}, {{"a", num(2)}, {"b", num(3)}}), "1 {'a': 2, 'b': 3}");
}

TEST_F(SignatureTest, PositionalOnlyFunctions) {
  EXPECT_EQ(bind("append($self, object, /)", {}),
            "TypeError: list.append() takes exactly one argument (0 given)");
  EXPECT_EQ(bind("append($self, object, /)", {num(1)}, {{"a", num(1)}}),
            "TypeError: list.append() takes no keyword arguments");
  EXPECT_EQ(bind("clear($self, /)", {num(1)}),
            "TypeError: list.clear() takes no arguments (1 given)");
  EXPECT_EQ(bind("insert($self, index, object, /)", {num(1)}),
            "TypeError: insert expected 2 arguments, got 1");
  EXPECT_EQ(bind("pop($self, index=-1, /)", {num(1), num(2)}),
            "TypeError: pop expected at most 1 argument, got 2");
  EXPECT_EQ(bind("fromkeys($type, iterable, value=None, /)", {}),
            "TypeError: fromkeys expected at least 1 argument, got 0");
}

TEST_F(SignatureTest, FunctionsWithKeywords) {
  const char* sort = "sort($self, /, *, key=None, reverse=False)";
  EXPECT_EQ(bind(sort, {num(1)}), "TypeError: sort() takes no positional arguments");
  EXPECT_EQ(bind(sort, {}, {{"a", num(1)}}),
            "TypeError: sort() got an unexpected keyword argument 'a'");
  const char* sum = "sum(iterable, /, start=0)";
  EXPECT_EQ(bind(sum, {}), "TypeError: sum() takes at least 1 positional argument (0 given)");
  EXPECT_EQ(bind(sum, {num(1), num(2), num(3)}),
            "TypeError: sum() takes at most 2 arguments (3 given)");
  EXPECT_EQ(bind(sum, {num(1)}, {{"start", num(1)}, {"end", num(2)}}),
            "TypeError: sum() takes at most 2 arguments (3 given)");
  EXPECT_EQ(bind("open(file, mode='r')", {}),
            "TypeError: open() missing required argument 'file' (pos 1)");
  EXPECT_EQ(
      bind("encode($self, /, encoding='utf-8', errors='strict')", {num(1)}, {{"encoding", num(1)}}),
      "TypeError: argument for encode() given by name ('encoding') and position (1)");
  EXPECT_EQ(bind("split($self, /, sep=None, maxsplit=-1)", {}, {{"sepp", num(1)}}),
            "TypeError: split() got an unexpected keyword argument 'sepp'. Did you mean 'sep'?");
}

} // namespace
} // namespace pyc::rt::testing
