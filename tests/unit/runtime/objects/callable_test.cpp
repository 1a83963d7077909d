// Built-in functions and the descriptors of built-in types; bound methods, properties, cells.
#include "runtime/objects/function.h"
#include "runtime/objects/module.h"
#include "runtime/objects/property.h"
#include "runtime/objects/static_method.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using CallableTest = RuntimeTest;

Ref get(Value object, const char* name) {
  return getAttr(object, internLiteral(name));
}
std::string attr(Value object, const char* name) {
  return show(get(object, name));
}
std::string set(Value object, const char* name, Value value) {
  return setAttr(object, internLiteral(name), value) ? "" : takeError();
}
/// repr() up to the address.
std::string prefix(const Ref& value) {
  std::string text = show(value);
  return text.substr(0, text.find(" at 0x"));
}

TEST_F(CallableTest, MethodDescriptors) {
  Ref append = get(Value(&listType), "append");
  Ref list = intList({1});
  EXPECT_EQ(show(append), "<method 'append' of 'list' objects>");
  EXPECT_EQ(attr(append, "__qualname__"), "'list.append'");
  EXPECT_EQ(attr(append, "__text_signature__"), "'($self, object, /)'");
  EXPECT_EQ(show(call(append)), "TypeError: unbound method list.append() needs an argument");
  EXPECT_EQ(show(call(append, num(1), num(2))),
            "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
  EXPECT_EQ(show(call(append, list)),
            "TypeError: list.append() takes exactly one argument (0 given)");
  EXPECT_EQ(show(call(append, list, num(2))), "None");
  EXPECT_EQ(show(list), "[1, 2]");
}

TEST_F(CallableTest, BoundBuiltinMethods) {
  Ref list = intList({});
  Ref bound = get(list, "append");
  EXPECT_EQ(prefix(bound), "<built-in method append of list object");
  EXPECT_EQ(show(call(bound, num(5))), "None");
  EXPECT_EQ(show(list), "[5]");
  EXPECT_EQ(attr(bound, "__self__"), "[5]");
  EXPECT_EQ(attr(bound, "__qualname__"), "'list.append'");
  EXPECT_EQ(show(compare(CompareOp::Eq, bound, get(list, "append"))), "True");
  EXPECT_EQ(show(compare(CompareOp::Eq, bound, get(list, "extend"))), "False");
}

TEST_F(CallableTest, ClassMethods) {
  EXPECT_EQ(prefix(get(Value(&dictType), "fromkeys")), "<built-in method fromkeys of type object");
  EXPECT_EQ(show(invoke(Value(&dictType), "fromkeys", {intList({1, 2})})), "{1: None, 2: None}");
  Ref raw = Ref::copy(dictFindStr(typeDict(&dictType), internLiteral("fromkeys")));
  EXPECT_EQ(show(raw), "<method 'fromkeys' of 'dict' objects>");
  EXPECT_EQ(show(call(raw, num(1))),
            "TypeError: descriptor 'fromkeys' for type 'dict' needs a type, not a 'int' as arg 2");
  EXPECT_EQ(show(call(raw, Value(&intType))),
            "TypeError: descriptor 'fromkeys' requires a subtype of 'dict' but received 'int'");
}

TEST_F(CallableTest, SlotWrappers) {
  Ref add = get(Value(&intType), "__add__");
  EXPECT_EQ(show(add), "<slot wrapper '__add__' of 'int' objects>");
  EXPECT_EQ(show(call(add, num(1), num(2))), "3");
  EXPECT_EQ(show(call(add)), "TypeError: descriptor '__add__' of 'int' object needs an argument");
  EXPECT_EQ(show(call(add, text("a"), num(1))),
            "TypeError: descriptor '__add__' requires a 'int' object but received a 'str'");
  EXPECT_EQ(show(call(add, num(1))), "TypeError: expected 1 argument, got 0");
  Ref bound = get(num(1), "__add__");
  EXPECT_EQ(prefix(bound), "<method-wrapper '__add__' of int object");
  EXPECT_EQ(show(call(bound, num(4))), "5");
  EXPECT_EQ(attr(bound, "__self__"), "1");
}

TEST_F(CallableTest, NewFunctions) {
  Ref create = get(Value(&intType), "__new__");
  EXPECT_EQ(prefix(create), "<built-in method __new__ of type object");
  EXPECT_EQ(show(call(create, Value(&intType), text("12"))), "12");
  EXPECT_EQ(show(call(create)), "TypeError: int.__new__(): not enough arguments");
  EXPECT_EQ(show(call(create, num(1))), "TypeError: int.__new__(X): X is not a type object (int)");
  EXPECT_EQ(show(call(create, Value(&strType))),
            "TypeError: int.__new__(str): str is not a subtype of int");
  EXPECT_EQ(show(call(get(Value(&objectType), "__new__"), Value(&intType))),
            "TypeError: object.__new__(int) is not safe, use int.__new__()");
}

TEST_F(CallableTest, AttributesOfBuiltinObjects) {
  Ref real = get(Value(&intType), "real");
  EXPECT_EQ(show(real), "<attribute 'real' of 'int' objects>");
  EXPECT_EQ(show(invoke(real, "__get__", {num(5)})), "5");
  EXPECT_EQ(show(invoke(real, "__get__", {text("a")})),
            "TypeError: descriptor 'real' for 'int' objects doesn't apply to a 'str' object");
  EXPECT_EQ(set(num(1), "real", num(1)),
            "AttributeError: attribute 'real' of 'int' objects is not writable");
  Ref value = get(Value(&stopIterationType), "value");
  EXPECT_EQ(show(value), "<member 'value' of 'StopIteration' objects>");
}

Ref addOne(const Value* args) {
  return makeInt(args[0].asInt() + 1);
}
Ref nameOfModule(const Value* args) {
  return getAttr(args[0], names::__name__);
}
const MethodDef kFunctions[] = {
    {"add_one(number, /)", addOne, nullptr, MethodDef::Instance, "Adds one."},
    {"name($module, /)", nameOfModule},
};

TEST_F(CallableTest, FunctionsOfModules) {
  Ref module = makeModule(internLiteral("sample"));
  ASSERT_TRUE(addFunctions(asModule(module), kFunctions, std::size(kFunctions)));
  Ref function = get(module, "add_one");
  EXPECT_EQ(show(function), "<built-in function add_one>");
  EXPECT_EQ(show(call(function, num(1))), "2");
  EXPECT_EQ(show(call(function)),
            "TypeError: sample.add_one() takes exactly one argument (0 given)");
  EXPECT_EQ(attr(function, "__module__"), "'sample'");
  EXPECT_EQ(attr(function, "__doc__"), "'Adds one.'");
  EXPECT_EQ(attr(function, "__text_signature__"), "'($module, number, /)'");
  EXPECT_EQ(show(invoke(module, "name")), "'sample'");
}

TEST_F(CallableTest, BoundMethods) {
  Ref append = get(Value(&listType), "append");
  Ref list = intList({});
  Ref method = makeBoundMethod(append, list);
  EXPECT_EQ(show(method), "<bound method list.append of []>");
  EXPECT_EQ(show(call(method, num(3))), "None");
  EXPECT_EQ(attr(method, "__self__"), "[3]");
  EXPECT_EQ(show(compare(CompareOp::Eq, method, makeBoundMethod(append, list))), "True");
  EXPECT_EQ(show(call(Value(&boundMethodType))), "TypeError: method expected 2 arguments, got 0");
  EXPECT_EQ(show(call(Value(&boundMethodType), num(1), num(2))),
            "TypeError: first argument must be callable");
  EXPECT_EQ(show(call(Value(&boundMethodType), append, Value::none())),
            "TypeError: instance must not be None");
}

Ref makeClassWith(const char* name, Value attribute) {
  Ref dict = newDict();
  EXPECT_TRUE(dictSetStr(asDict(dict), internLiteral(name), attribute));
  return call(Value(&typeType), text("C"), tupleOf(), dict);
}

TEST_F(CallableTest, Properties) {
  Ref type = makeClassWith("p", makeProperty(Value(&strType)));
  Ref object = call(type);
  EXPECT_EQ(attr(object, "p").substr(0, 10), "'<C object");
  EXPECT_EQ(set(object, "p", num(1)), "AttributeError: property 'p' of 'C' object has no setter");
  EXPECT_EQ(set(object, "p", {}), "AttributeError: property 'p' of 'C' object has no deleter");
  Ref empty = makeClassWith("x", call(Value(&propertyType)));
  EXPECT_EQ(attr(call(empty), "x"), "AttributeError: property 'x' of 'C' object has no getter");
  Ref property = makeProperty({});
  Ref withGetter = invoke(property, "getter", {Value(&strType)});
  EXPECT_EQ(attr(withGetter, "fget"), "<class 'str'>");
  EXPECT_EQ(attr(withGetter, "__name__"), "'str'");
  EXPECT_EQ(attr(withGetter, "__isabstractmethod__"), "False");
}

TEST_F(CallableTest, StaticAndClassMethods) {
  Ref holder = call(Value(&staticMethodType), Value(&intType));
  EXPECT_EQ(show(holder), "<staticmethod(<class 'int'>)>");
  EXPECT_EQ(show(call(holder, text("7"))), "7");
  EXPECT_EQ(attr(holder, "__wrapped__"), "<class 'int'>");
  EXPECT_EQ(attr(holder, "__name__"), "'int'");
  EXPECT_EQ(show(call(Value(&staticMethodType))),
            "TypeError: staticmethod expected 1 argument, got 0");
  Ref type = makeClassWith("c", makeClassMethod(get(Value(&typeType), "mro")));
  EXPECT_EQ(show(invoke(call(type), "c")), "[<class 'C'>, <class 'object'>]");
}

TEST_F(CallableTest, Cells) {
  Ref cell = makeCell(num(1));
  EXPECT_EQ(attr(cell, "cell_contents"), "1");
  EXPECT_EQ(set(cell, "cell_contents", {}), "");
  EXPECT_EQ(attr(cell, "cell_contents"), "ValueError: Cell is empty");
  EXPECT_EQ(show(compare(CompareOp::Lt, cell, makeCell(num(0)))), "True");
  int64_t ignored = 0;
  EXPECT_FALSE(hash(cell, ignored));
  EXPECT_EQ(takeError(), "TypeError: unhashable type: 'cell'");
}

} // namespace
} // namespace pyc::rt::testing
