// Code objects and the attributes of functions.
#include "runtime/objects/function.h"
#include "tests/unit/runtime/objects/image_builder.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using CodeTest = RuntimeTest;

std::string attr(Value object, const char* name) {
  return show(getAttr(object, internLiteral(name)));
}
std::string set(Value object, const char* name, Value value) {
  return setAttr(object, internLiteral(name), value) ? "" : takeError();
}

/// def f(a, b): "doc"; x captured; two instructions of three words in lines 3 and 4.
Ref sampleCode() {
  ImageBuilder image("f");
  image.record().argumentCount = 2;
  image.record().flags = uop::kCodeOptimized | uop::kCodeNewLocals | uop::kCodeHasDocstring;
  image.record().firstLine = 3;
  image.local("a").local("b", uop::kLocalCell).local("y").local("x", uop::kLocalCell);
  image.constant(uop::ConstKind::Str, 0, "doc").constant(uop::ConstKind::Int, 42);
  image.words(3).position({0, 3, 3, 0, 5, 0, 0}).position({2, 4, 4, -1, -1, 0, 0});
  return image.build();
}

Ref sampleFunction() {
  Ref code = sampleCode();
  Ref globals = newDict();
  EXPECT_TRUE(dictSetStr(asDict(globals), names::__name__, text("mod")));
  return makeFunction(asCode(code), asDict(globals), {}, {}, {}, {});
}

TEST_F(CodeTest, AttributesOfCode) {
  Ref code = sampleCode();
  EXPECT_EQ(attr(code, "co_name"), "'f'");
  EXPECT_EQ(attr(code, "co_filename"), "'test.py'");
  EXPECT_EQ(attr(code, "co_consts"), "('doc', 42)");
  EXPECT_EQ(attr(code, "co_varnames"), "('a', 'b', 'y')");
  EXPECT_EQ(attr(code, "co_cellvars"), "('b', 'x')");
  EXPECT_EQ(attr(code, "co_freevars"), "()");
  EXPECT_EQ(attr(code, "co_argcount"), "2");
  EXPECT_EQ(attr(code, "co_nlocals"), "3");
  EXPECT_EQ(attr(code, "co_flags"), std::to_string(0x3 | 0x4000000));
  EXPECT_EQ(show(sequenceList(invoke(code, "co_lines"))), "[(0, 4, 3), (4, 6, 4)]");
  EXPECT_EQ(show(sequenceList(invoke(code, "co_positions"))),
            "[(3, 3, 0, 5), (3, 3, 0, 5), (4, 4, None, None)]");
  EXPECT_EQ(codeLine(asCode(code), 2), 4);
}

TEST_F(CodeTest, ReplaceMakesAChangedCopy) {
  Ref code = sampleCode();
  Value args[] = {code, text("g").release(), num(1)};
  Ref kwnames = tupleOf(Value(internLiteral("co_name")), Value(internLiteral("co_flags")));
  Ref replace = getAttr(code, internLiteral("replace"));
  Ref changed = call(replace, args + 1, 0, kwnames);
  EXPECT_EQ(attr(changed, "co_name"), "'g'");
  EXPECT_EQ(attr(changed, "co_flags"), "1");
  EXPECT_EQ(attr(code, "co_name"), "'f'");
  EXPECT_EQ(show(compare(CompareOp::Eq, code, changed)), "False");
  EXPECT_EQ(show(compare(CompareOp::Eq, code, call(replace))), "True");
  Ref names = tupleOf(Value(internLiteral("co_argcount")));
  Value one = num(1);
  EXPECT_EQ(show(call(replace, &one, 0, names)), "ValueError: code: co_argcount can't be replaced");
  decref(args[1]);
}

TEST_F(CodeTest, AttributesOfFunctions) {
  Ref f = sampleFunction();
  EXPECT_EQ(attr(f, "__name__") + attr(f, "__module__") + attr(f, "__doc__"), "'f''mod''doc'");
  EXPECT_EQ(attr(f, "__defaults__"), "None");
  EXPECT_EQ(attr(f, "__annotations__"), "{}");
  EXPECT_EQ(attr(f, "__type_params__"), "()");
  EXPECT_EQ(set(f, "__name__", num(1)), "TypeError: __name__ must be set to a string object");
  EXPECT_EQ(set(f, "__defaults__", num(1)),
            "TypeError: __defaults__ must be set to a tuple object");
  EXPECT_EQ(set(f, "__kwdefaults__", num(1)),
            "TypeError: __kwdefaults__ must be set to a dict object");
  EXPECT_EQ(set(f, "__code__", num(1)), "TypeError: __code__ must be set to a code object");
  EXPECT_EQ(set(f, "__closure__", num(1)), "AttributeError: readonly attribute");
  EXPECT_EQ(set(f, "__annotate__", num(1)), "TypeError: __annotate__ must be callable or None");
  EXPECT_EQ(set(f, "__doc__", {}), "");
  EXPECT_EQ(attr(f, "__doc__"), "None");
  EXPECT_EQ(set(f, "anything", num(1)), "");
  EXPECT_EQ(attr(f, "__dict__"), "{'anything': 1}");
}

TEST_F(CodeTest, FunctionTypeChecksItsArguments) {
  Ref code = sampleCode();
  Ref globals = newDict();
  Value type = Value(&functionType);
  EXPECT_EQ(show(call(type)), "TypeError: function() missing required argument 'code' (pos 1)");
  EXPECT_EQ(show(call(type, num(1), num(2))),
            "TypeError: function() argument 'code' must be code, not int");
  EXPECT_EQ(show(call(type, code, num(2))),
            "TypeError: function() argument 'globals' must be dict, not int");
  EXPECT_EQ(show(call(type, code, globals, num(1))),
            "TypeError: arg 3 (name) must be None or string");
  Ref made = call(type, code, globals, text("g"));
  EXPECT_EQ(attr(made, "__name__"), "'g'");
}

TEST_F(CodeTest, FunctionBindsToInstances) {
  Ref f = sampleFunction();
  Ref bound = invoke(f, "__get__", {num(1)});
  EXPECT_EQ(show(bound), "<bound method f of 1>");
  EXPECT_EQ(attr(bound, "__self__"), "1");
  EXPECT_EQ(attr(bound, "__doc__"), "'doc'");
  EXPECT_EQ(attr(bound, "nothing"), "AttributeError: 'function' object has no attribute 'nothing'");
  EXPECT_EQ(show(call(f)).substr(0, 33), "SystemError: no interpreter to ca");
}

} // namespace
} // namespace pyc::rt::testing
