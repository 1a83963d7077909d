// Binding calls to Python functions: the values that parameters get, and every TypeError.
#include "runtime/objects/function.h"
#include "tests/unit/runtime/objects/image_builder.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using BindArgumentsTest = RuntimeTest;
using Keywords = std::initializer_list<std::pair<const char*, Value>>;

/// A function without a body from a text like "a b / c=1 * d e=2": `/` ends the positional-only
/// parameters, `*` begins the keyword-only ones, *x and **x collect. Defaults are small ints.
class TestFunction {
public:
  TestFunction(const char* name, std::string parameters) : image_(name) {
    for (size_t at = 0; at < parameters.size();) {
      size_t end = std::min(parameters.find(' ', at), parameters.size());
      add(parameters.substr(at, end - at));
      at = end + 1;
    }
    for (const std::string& collector : collectors_)
      image_.local(collector);
    code_ = image_.build();
    Ref globals = newDict();
    Ref defaults = makeTuple(defaults_.data(), defaults_.size());
    function_ = makeFunction(asCode(code_), asDict(globals),
                             defaults_.empty() ? Value::none() : defaults.get(), keywordDefaults_,
                             Value::none(), Value::none());
  }

  /// The locals after the call's binding, or the error.
  std::string operator()(std::initializer_list<Value> args, Keywords keywords = {}) const {
    std::vector<Value> all(args);
    std::vector<Value> names;
    for (const auto& [name, value] : keywords) {
      names.emplace_back(internLiteral(name));
      all.push_back(value);
    }
    Ref kwnames = makeTuple(names.data(), names.size());
    size_t count = asCode(code_)->localCount;
    std::vector<Value> locals(count + 1);
    bool ok = bindArguments(asFunction(function_), all.data(), args.size(),
                            names.empty() ? Value() : kwnames.get(), locals.data());
    std::string result = ok ? "" : takeError();
    for (size_t i = 0; i < count; i++) {
      if (ok)
        result += (i ? " " : "") + show(locals[i]);
      decrefMaybe(locals[i]);
    }
    return result;
  }

private:
  void add(const std::string& parameter) {
    uop::CodeRecord& record = image_.record();
    if (parameter == "/") {
      record.positionalOnlyCount = record.argumentCount;
    } else if (parameter == "*") {
      keywordOnly_ = true;
    } else if (parameter.starts_with("**")) {
      record.flags |= uop::kCodeVarKeywords;
      collectors_.push_back(parameter.substr(2));
    } else if (parameter.starts_with("*")) {
      record.flags |= uop::kCodeVarargs;
      collectors_.push_back(parameter.substr(1));
      keywordOnly_ = true;
    } else {
      addNamed(parameter);
    }
  }
  void addNamed(const std::string& parameter) {
    size_t equals = parameter.find('=');
    std::string name = parameter.substr(0, equals);
    image_.local(name);
    (keywordOnly_ ? image_.record().keywordOnlyCount : image_.record().argumentCount)++;
    if (equals == std::string::npos)
      return;
    Value value = num(std::stoi(parameter.substr(equals + 1)));
    if (!keywordOnly_) {
      defaults_.push_back(value);
      return;
    }
    if (!keywordDefaults_)
      keywordDefaults_ = newDict();
    EXPECT_TRUE(dictSetStr(asDict(keywordDefaults_), internLiteral(name), value));
  }

  ImageBuilder image_;
  bool keywordOnly_ = false;
  std::vector<std::string> collectors_;
  std::vector<Value> defaults_;
  Ref keywordDefaults_, code_, function_;
};

TEST_F(BindArgumentsTest, ValuesReachTheirParameters) {
  TestFunction f("f", "a b=1 / c=2 *d e g=3 **h");
  EXPECT_EQ(f({num(7)}, {{"e", num(5)}}), "7 1 2 5 3 () {}");
  EXPECT_EQ(f({num(1), num(2), num(3), num(4), num(5)}, {{"e", num(6)}, {"z", num(7)}}),
            "1 2 3 6 3 (4, 5) {'z': 7}");
  EXPECT_EQ(f({num(1)}, {{"b", num(9)}, {"e", num(0)}, {"c", num(4)}}), "1 1 4 0 3 () {'b': 9}");
}

TEST_F(BindArgumentsTest, TooManyPositional) {
  EXPECT_EQ(TestFunction("f", "")({num(1)}),
            "TypeError: f() takes 0 positional arguments but 1 was given");
  EXPECT_EQ(TestFunction("f", "a")({num(1), num(2)}),
            "TypeError: f() takes 1 positional argument but 2 were given");
  EXPECT_EQ(TestFunction("f", "a b=1")({num(1), num(2), num(3)}),
            "TypeError: f() takes from 1 to 2 positional arguments but 3 were given");
  TestFunction keywordOnly("f", "* k");
  EXPECT_EQ(keywordOnly({num(1)}), "TypeError: f() takes 0 positional arguments but 1 was given");
  EXPECT_EQ(keywordOnly({num(1)}, {{"k", num(1)}}),
            "TypeError: f() takes 0 positional arguments but 1 positional argument (and 1 "
            "keyword-only argument) were given");
  EXPECT_EQ(TestFunction("f", "a * k=1")({num(1), num(2)}, {{"k", num(3)}}),
            "TypeError: f() takes 1 positional argument but 2 positional arguments (and 1 "
            "keyword-only argument) were given");
}

TEST_F(BindArgumentsTest, MissingArguments) {
  EXPECT_EQ(TestFunction("f", "a")({}),
            "TypeError: f() missing 1 required positional argument: 'a'");
  EXPECT_EQ(TestFunction("f", "a b")({}),
            "TypeError: f() missing 2 required positional arguments: 'a' and 'b'");
  EXPECT_EQ(TestFunction("f", "a b c")({}),
            "TypeError: f() missing 3 required positional arguments: 'a', 'b', and 'c'");
  EXPECT_EQ(TestFunction("f", "a b=1")({}),
            "TypeError: f() missing 1 required positional argument: 'a'");
  EXPECT_EQ(TestFunction("f", "* k l m")({}),
            "TypeError: f() missing 3 required keyword-only arguments: 'k', 'l', and 'm'");
}

TEST_F(BindArgumentsTest, BadKeywords) {
  TestFunction one("f", "a");
  EXPECT_EQ(one({num(1)}, {{"a", num(2)}}), "TypeError: f() got multiple values for argument 'a'");
  EXPECT_EQ(one({num(1)}, {{"bcd", num(2)}}),
            "TypeError: f() got an unexpected keyword argument 'bcd'");
  EXPECT_EQ(TestFunction("f", "a * k=1")({num(1)}, {{"kk", num(3)}}),
            "TypeError: f() got an unexpected keyword argument 'kk'. Did you mean 'k'?");
  EXPECT_EQ(
      TestFunction("f", "a b /")({}, {{"a", num(1)}, {"b", num(2)}}),
      "TypeError: f() got some positional-only arguments passed as keyword arguments: 'a, b'");
  Ref interned = text("a");
  EXPECT_EQ(one({}, {{"a", interned}}), "'a'");
}

} // namespace
} // namespace pyc::rt::testing
