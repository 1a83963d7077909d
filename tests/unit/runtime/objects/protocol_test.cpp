// The semantic functions: dispatch between operands, fallbacks, and CPython's messages.
#include "runtime/objects/function.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/sequence_iterator.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using ProtocolTest = RuntimeTest;

Ref attribute(Value self, const char* name) {
  return getAttr(self, internLiteral(name));
}

std::string binary(BinaryOp op, Value a, Value b) {
  return show(binaryOp(op, a, b));
}

/// A class whose methods are C++ functions.
class ClassMaker {
public:
  explicit ClassMaker(const char* name) : name_(makeStr(name)), dict_(newDict()) {}
  ClassMaker& base(Value base) {
    base_ = base;
    return *this;
  }
  /// The definition must outlive the class.
  ClassMaker& method(const MethodDef& def) {
    std::string_view signature = def.signature;
    StrObject* name = internLiteral(signature.substr(0, signature.find('(')));
    // A function binds to instances, as one made by `def` does.
    Ref function = makeFunctionLike(def);
    EXPECT_TRUE(dictSetStr(asDict(dict_), name, function));
    return *this;
  }
  ClassMaker& set(const char* name, Value value) {
    EXPECT_TRUE(dictSetStr(asDict(dict_), internLiteral(name), value));
    return *this;
  }
  Ref make() {
    Ref bases = base_ ? tupleOf(base_) : makeTuple(nullptr, 0);
    return call(Value(&typeType), name_, bases, dict_);
  }

private:
  static Ref makeFunctionLike(const MethodDef& def);

  Ref name_, dict_;
  Value base_;
};

Ref callMethodLike(Value callee, const Value* args, size_t argc, Value kwnames);

/// What makeFunctionLike makes: calls a MethodDef's bound function with the arguments as they are.
struct FunctionLike {
  Object header;
  const MethodDef* def;
};

Ref getFunctionLike(Value descriptor, Value object, Value type) {
  return object ? makeBoundMethod(descriptor, object) : Ref::copy(descriptor);
}

constinit TypeObject functionLikeType = {
    .name = "function_like",
    .basicSize = sizeof(FunctionLike),
    .flags = kTypeBuiltin | kTypeMethodDescriptor,
    .slots = {.dealloc = freeObject, .call = callMethodLike, .get = getFunctionLike},
};

Ref callMethodLike(Value callee, const Value* args, size_t argc, Value kwnames) {
  return callee.as<FunctionLike>()->def->bound(args);
}

Ref ClassMaker::makeFunctionLike(const MethodDef& def) {
  Ref result = Ref::steal(allocObject(&functionLikeType));
  result.as<FunctionLike>()->def = &def;
  return result;
}

Ref notImplemented(const Value*) {
  return Ref::notImplemented();
}
Ref sayAdd(const Value*) {
  return makeStr("add");
}
Ref sayRadd(const Value*) {
  return makeStr("radd");
}
Ref giveOne(const Value*) {
  return makeInt(1);
}
Ref giveText(const Value*) {
  return makeStr("x");
}

const MethodDef kAdd = {"__add__($self, other)", sayAdd};
const MethodDef kAddNot = {"__add__($self, other)", notImplemented};
const MethodDef kRadd = {"__radd__($self, other)", sayRadd};

TEST_F(ProtocolTest, NumbersAreAddedWithoutDispatch) {
  EXPECT_EQ(binary(BinaryOp::Add, num(2), num(3)), "5");
  EXPECT_EQ(binary(BinaryOp::TrueDiv, num(1), num(4)), "0.25");
  EXPECT_EQ(binary(BinaryOp::Mul, num(int64_t{1} << 40), num(int64_t{1} << 40)),
            "1208925819614629174706176");
  EXPECT_EQ(binary(BinaryOp::FloorDiv, num(-7), num(2)), "-4");
  EXPECT_EQ(binary(BinaryOp::Mod, num(-7), num(2)), "1");
  EXPECT_EQ(binary(BinaryOp::FloorDiv, num(1), num(0)), "ZeroDivisionError: division by zero");
}

TEST_F(ProtocolTest, ReflectedMethodIsAskedSecond) {
  Ref left = ClassMaker("Left").method(kAddNot).make();
  Ref right = ClassMaker("Right").method(kAdd).method(kRadd).make();
  Ref l = call(left), r = call(right);
  EXPECT_EQ(binary(BinaryOp::Add, l, r), "'radd'");
  EXPECT_EQ(binary(BinaryOp::Add, num(1), r), "'radd'");
  EXPECT_EQ(binary(BinaryOp::Add, r, num(1)), "'add'");
  EXPECT_EQ(binary(BinaryOp::Add, l, num(1)),
            "TypeError: unsupported operand type(s) for +: 'Left' and 'int'");
}

TEST_F(ProtocolTest, SubclassOnTheRightGoesFirst) {
  Ref base = ClassMaker("Base").method(kAdd).make();
  Ref derived = ClassMaker("Derived").base(base).method(kRadd).make();
  EXPECT_EQ(binary(BinaryOp::Add, call(base), call(derived)), "'radd'");
  EXPECT_EQ(binary(BinaryOp::Add, call(derived), call(base)), "'add'");
}

TEST_F(ProtocolTest, SequencesYieldToTheRightOperand) {
  Ref right = ClassMaker("Right").method(kRadd).make();
  Ref list = intList({1});
  EXPECT_EQ(binary(BinaryOp::Add, list, call(right)), "'radd'");
  EXPECT_EQ(show(inplaceOp(BinaryOp::Add, list, call(right))), "'radd'");
  EXPECT_EQ(show(inplaceOp(BinaryOp::Add, list, intList({2}))), "[1, 2]");
  EXPECT_EQ(show(inplaceOp(BinaryOp::Add, list, num(1))),
            "TypeError: 'int' object is not iterable");
}

TEST_F(ProtocolTest, SequencesSayWhatTheyNeed) {
  Ref list = intList({1}), pair = tupleOf(num(1)), str = text("a");
  EXPECT_EQ(binary(BinaryOp::Add, list, num(1)),
            "TypeError: can only concatenate list (not \"int\") to list");
  EXPECT_EQ(binary(BinaryOp::Add, str, num(1)),
            "TypeError: can only concatenate str (not \"int\") to str");
  EXPECT_EQ(binary(BinaryOp::Add, pair, list),
            "TypeError: can only concatenate tuple (not \"list\") to tuple");
  EXPECT_EQ(binary(BinaryOp::Mul, list, str),
            "TypeError: can't multiply sequence by non-int of type 'str'");
  EXPECT_EQ(binary(BinaryOp::Mul, num(2), list), "[1, 1]");
}

TEST_F(ProtocolTest, UnsupportedOperandsAreNamed) {
  Ref str = text("a");
  EXPECT_EQ(binary(BinaryOp::Add, num(1), str),
            "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  EXPECT_EQ(binary(BinaryOp::Pow, str, num(1)),
            "TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'");
  EXPECT_EQ(show(inplaceOp(BinaryOp::Pow, num(1), str)),
            "TypeError: unsupported operand type(s) for **=: 'int' and 'str'");
  EXPECT_EQ(show(power(num(1), str, num(3))),
            "TypeError: unsupported operand type(s) for ** or pow(): 'int', 'str', 'int'");
  EXPECT_EQ(show(divmod(num(1), str)),
            "TypeError: unsupported operand type(s) for divmod(): 'int' and 'str'");
  EXPECT_EQ(show(divmod(num(-7), num(2))), "(-4, 1)");
  EXPECT_EQ(show(unaryOp(UnaryOp::Neg, str)), "TypeError: bad operand type for unary -: 'str'");
  EXPECT_EQ(show(unaryOp(UnaryOp::Abs, str)), "TypeError: bad operand type for abs(): 'str'");
}

TEST_F(ProtocolTest, ComparisonFallsBackToIdentity) {
  Ref object = call(Value(&objectType));
  EXPECT_EQ(show(compare(CompareOp::Eq, object, object)), "True");
  EXPECT_EQ(show(compare(CompareOp::Eq, object, num(1))), "False");
  EXPECT_EQ(show(compare(CompareOp::Ne, num(1), text("a"))), "True");
  EXPECT_EQ(show(compare(CompareOp::Lt, num(1), text("a"))),
            "TypeError: '<' not supported between instances of 'int' and 'str'");
  EXPECT_EQ(show(compare(CompareOp::Lt, num(1), Value::fromDouble(1.5))), "True");
}

TEST_F(ProtocolTest, DeepComparisonRaisesRecursionError) {
  Ref a = newList(0), b = newList(0);
  for (int i = 0; i < 200000; i++) {
    Value itemA = a, itemB = b;
    a = makeList(&itemA, 1);
    b = makeList(&itemB, 1);
  }
  EXPECT_TRUE(compare(CompareOp::Eq, a, b).get().isNull());
  EXPECT_TRUE(catchRaised(recursionErrorType));
  EXPECT_TRUE(repr(a).get().isNull());
  EXPECT_TRUE(catchRaised(recursionErrorType));
}

TEST_F(ProtocolTest, ItemsOfWhatHasNone) {
  EXPECT_EQ(show(getItem(num(1), num(0))), "TypeError: 'int' object is not subscriptable");
  EXPECT_EQ(show(getItem(Value(&intType), num(0))), "TypeError: type 'int' is not subscriptable");
  EXPECT_EQ(show(getItem(Value(&listType), Value(&intType))), "list[int]");
  EXPECT_EQ(show(getItem(Value(&typeType), Value(&intType))), "type[int]");
  EXPECT_FALSE(setItem(num(1), num(0), num(0)));
  EXPECT_EQ(takeError(), "TypeError: 'int' object does not support item assignment");
  EXPECT_FALSE(setItem(num(1), num(0), {}));
  EXPECT_EQ(takeError(), "TypeError: 'int' object does not support item deletion");
  Ref list = intList({1, 2, 3});
  EXPECT_EQ(show(getItem(list, num(-1))), "3");
  EXPECT_EQ(show(getItem(list, num(3))), "IndexError: list index out of range");
  Ref dict = newDict();
  EXPECT_EQ(show(getItem(dict, text("k"))), "KeyError: 'k'");
}

TEST_F(ProtocolTest, LengthIterationAndMembership) {
  int64_t count = 0;
  EXPECT_FALSE(length(num(1), count));
  EXPECT_EQ(takeError(), "TypeError: object of type 'int' has no len()");
  EXPECT_EQ(show(getIter(num(1))), "TypeError: 'int' object is not iterable");
  EXPECT_EQ(show(iterNext(num(1))), "TypeError: 'int' object is not an iterator");
  bool result = false;
  EXPECT_FALSE(contains(num(1), num(1), result));
  EXPECT_EQ(takeError(), "TypeError: argument of type 'int' is not a container or iterable");
}

Ref getThree(const Value* args) {
  return args[1].asInt() < 3 ? makeInt(args[1].asInt() * 10) : Ref(raise(indexErrorType, "end"));
}
const MethodDef kGetItem = {"__getitem__($self, index)", getThree};

TEST_F(ProtocolTest, ClassWithGetItemIsIterable) {
  Ref sequence = call(ClassMaker("Sequence").method(kGetItem).make());
  EXPECT_EQ(show(sequenceList(sequence)), "[0, 10, 20]");
  bool result = false;
  EXPECT_TRUE(contains(sequence, num(20), result));
  EXPECT_TRUE(result);
}

const MethodDef kReprOne = {"__repr__($self)", giveOne};
const MethodDef kStrOne = {"__str__($self)", giveOne};
const MethodDef kIterOne = {"__iter__($self)", giveOne};
const MethodDef kBoolOne = {"__bool__($self)", giveOne};
const MethodDef kIndexText = {"__index__($self)", giveText};
const MethodDef kFloatOne = {"__float__($self)", giveOne};

TEST_F(ProtocolTest, SpecialMethodsMustReturnTheirType) {
  Ref object = call(ClassMaker("A")
                        .method(kReprOne)
                        .method(kStrOne)
                        .method(kIterOne)
                        .method(kBoolOne)
                        .method(kIndexText)
                        .method(kFloatOne)
                        .make());
  EXPECT_EQ(show(repr(object)), "TypeError: A.__repr__() must return a str, not int");
  EXPECT_EQ(show(str(object)), "TypeError: A.__str__() must return a str, not int");
  EXPECT_EQ(show(getIter(object)), "TypeError: A.__iter__() must return an iterator, not int");
  bool result = false;
  EXPECT_FALSE(truth(object, result));
  EXPECT_EQ(takeError(), "TypeError: A.__bool__() must return a bool, not int");
  EXPECT_EQ(show(toIndex(object)), "TypeError: A.__index__() must return an int, not str");
  double number = 0;
  EXPECT_FALSE(toDouble(object, number));
  EXPECT_EQ(takeError(), "TypeError: A.__float__() must return a float, not int");
}

TEST_F(ProtocolTest, Conversions) {
  EXPECT_EQ(show(ascii(text("aé\u1234\U0001F600"))), "\"'a\\\\xe9\\\\u1234\\\\U0001f600'\"");
  EXPECT_EQ(show(format(num(5), text("03d"))), "'005'");
  EXPECT_EQ(show(format(num(5), num(1))), "TypeError: Format specifier must be a string, not int");
  EXPECT_EQ(show(toIndex(text("a"))),
            "TypeError: 'str' object cannot be interpreted as an integer");
  EXPECT_EQ(show(toInt(intList({}))), "TypeError: int() argument must be a string, a bytes-like "
                                      "object or a real number, not 'list'");
  EXPECT_EQ(show(toFloat(intList({}))),
            "TypeError: float() argument must be a string or a real number, not 'list'");
  EXPECT_EQ(show(toFloat(text(" 1.5 "))), "1.5");
  int64_t number = 0;
  Ref big = power(num(10), num(30), {});
  EXPECT_TRUE(toInt64(big, number));
  EXPECT_EQ(number, INT64_MAX);
  EXPECT_FALSE(toInt64(big, number, &indexErrorType));
  EXPECT_EQ(takeError(), "IndexError: cannot fit 'int' into an index-sized integer");
}

std::string instance(Value object, Value classInfo) {
  bool result = false;
  return isInstanceOf(object, classInfo, result) ? (result ? "yes" : "no") : takeError();
}
std::string subclass(Value type, Value classInfo) {
  bool result = false;
  return isSubclassOf(type, classInfo, result) ? (result ? "yes" : "no") : takeError();
}

TEST_F(ProtocolTest, InstanceAndSubclassChecks) {
  Ref types = tupleOf(Value(&strType), Value(&intType));
  EXPECT_EQ(instance(num(1), Value(&intType)), "yes");
  EXPECT_EQ(instance(Value::fromBool(true), Value(&intType)), "yes");
  EXPECT_EQ(instance(num(1), Value(&strType)), "no");
  EXPECT_EQ(instance(num(1), types), "yes");
  EXPECT_EQ(instance(num(1), unionOf(types)), "yes");
  EXPECT_EQ(instance(num(1), num(1)),
            "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union");
  EXPECT_EQ(instance(num(1), makeGenericAlias(Value(&listType), Value(&intType))),
            "TypeError: isinstance() argument 2 cannot be a parameterized generic");
  EXPECT_EQ(subclass(Value(&boolType), types), "yes");
  EXPECT_EQ(subclass(num(1), Value(&intType)), "TypeError: issubclass() arg 1 must be a class");
  EXPECT_EQ(subclass(Value(&intType), num(1)),
            "TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union");
}

TEST_F(ProtocolTest, CallsWithTupleAndDict) {
  EXPECT_EQ(show(call(num(1))), "TypeError: 'int' object is not callable");
  Ref args = tupleOf(num(1), num(2));
  Ref kwargs = newDict();
  EXPECT_EQ(show(callEx(Value(&tupleType), tupleOf(args.get()), kwargs)), "(1, 2)");
  ASSERT_TRUE(dictSet(asDict(kwargs), text("a"), num(1)));
  EXPECT_EQ(show(callEx(Value(&dictType), tupleOf(), kwargs)), "{'a': 1}");
  ASSERT_TRUE(dictSet(asDict(kwargs), num(1), num(1)));
  EXPECT_EQ(show(callEx(Value(&dictType), tupleOf(), kwargs)),
            "TypeError: keywords must be strings");
}

TEST_F(ProtocolTest, IteratorsStayExhausted) {
  Ref sequence = call(ClassMaker("Sequence").method(kGetItem).make());
  Ref iterator = makeSequenceIterator(sequence);
  for (int i = 0; i < 3; i++)
    EXPECT_TRUE(iterNext(iterator));
  EXPECT_TRUE(iterNext(iterator).get().isNull());
  EXPECT_TRUE(iterNext(iterator).get().isNull());
  Ref callable = makeCallableIterator(Value(&intType), num(0));
  EXPECT_TRUE(iterNext(callable).get().isNull());
  EXPECT_EQ(show(attribute(callable, "__class__")), "<class 'callable_iterator'>");
}

TEST_F(ProtocolTest, MissingAttributeCanBeFoundOutQuietly) {
  Ref result;
  EXPECT_TRUE(findAttr(num(1), internLiteral("nothing"), result));
  EXPECT_FALSE(result);
  EXPECT_FALSE(isRaised());
  EXPECT_EQ(show(getAttr(num(1), num(1))), "TypeError: attribute name must be string, not 'int'");
}

TEST_F(ProtocolTest, ReprGuardSeesNestingOnce) {
  Ref list = newList(0);
  ReprGuard outer(list);
  EXPECT_TRUE(outer.enter());
  ReprGuard inner(list);
  EXPECT_FALSE(inner.enter());
}

/// Nests guards of new lists; true when an outer one is recognised at every depth.
bool seesOuterGuard(Value outermost, int depth) {
  ReprGuard again(outermost);
  if (again.enter())
    return false;
  if (depth == 0)
    return true;
  Ref list = newList(0);
  ReprGuard guard(list);
  return guard.enter() && seesOuterGuard(outermost, depth - 1) && seesOuterGuard(list, 0);
}

TEST_F(ProtocolTest, ReprGuardSeesFarNesting) {
  Ref list = newList(0);
  {
    ReprGuard outer(list);
    EXPECT_TRUE(outer.enter());
    EXPECT_TRUE(seesOuterGuard(list, 100));
  }
  ReprGuard again(list);
  EXPECT_TRUE(again.enter());
}

} // namespace
} // namespace pyc::rt::testing
