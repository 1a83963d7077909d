// The module _operator: the operators as functions.
#include "runtime/modules/operator_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

template <BinaryOp op> Ref binary(const Value* args) {
  return binaryOp(op, args[0], args[1]);
}
template <BinaryOp op> Ref inPlace(const Value* args) {
  return inplaceOp(op, args[0], args[1]);
}
template <CompareOp op> Ref compared(const Value* args) {
  return compare(op, args[0], args[1]);
}
template <UnaryOp op> Ref unary(const Value* args) {
  return unaryOp(op, args[0]);
}

template <bool wanted> Ref truthIs(const Value* args) {
  bool result;
  return truth(args[0], result) ? Ref::boolean(result == wanted) : Ref();
}
template <bool wanted> Ref identityIs(const Value* args) {
  return Ref::boolean(isSame(args[0], args[1]) == wanted);
}
template <bool wanted> Ref noneIs(const Value* args) {
  return Ref::boolean(args[0].isNone() == wanted);
}

Ref index(const Value* args) {
  return toIndex(args[0]);
}

// Sequences.

/// Has items by number: a sequence to concatenate, not a mapping.
bool isSequence(Value value) {
  return !isDict(value) && typeOf(value)->slots.getItem;
}

template <Ref (*add)(BinaryOp, Value, Value)> Ref concatenate(const Value* args) {
  if (!isSequence(args[0]))
    return raise(typeErrorType, "'%T' object can't be concatenated", args[0]);
  return add(BinaryOp::Add, args[0], args[1]);
}

Ref containsItem(const Value* args) {
  bool result;
  return contains(args[0], args[1], result) ? Ref::boolean(result) : Ref();
}

Raised raiseNotIterable(Value object) {
  if (!catchRaised(typeErrorType))
    return {};
  return raise(typeErrorType, "argument of type '%T' is not iterable", object);
}

/// As forEach, with the error of these functions for what has no items.
template <class Use> bool eachItem(Value iterable, Use use) {
  Ref iterator = getIter(iterable);
  if (!iterator)
    return raiseNotIterable(iterable);
  while (Ref item = iterNext(iterator))
    if (!use(item.get()))
      return false;
  return !isRaised();
}

Ref countOf(const Value* args) {
  int64_t count = 0;
  bool done = eachItem(args[0], [&](Value item) -> bool {
    bool isEqual;
    if (!equalItems(item, args[1], isEqual))
      return false;
    count += isEqual;
    return true;
  });
  return done ? makeInt(count) : Ref();
}

Ref indexOf(const Value* args) {
  int64_t at = 0;
  bool isFound = false;
  bool atEnd = eachItem(args[0], [&](Value item) -> bool {
    if (!equalItems(item, args[1], isFound) || isFound)
      return false;
    ++at;
    return true;
  });
  if (atEnd)
    return raise(valueErrorType, "sequence.index(x): x not in sequence");
  return isFound ? makeInt(at) : Ref();
}

Ref getItemOf(const Value* args) {
  return getItem(args[0], args[1]);
}
Ref setItemOf(const Value* args) {
  return setItem(args[0], args[1], args[2]) ? Ref::none() : Ref();
}
Ref deleteItemOf(const Value* args) {
  return setItem(args[0], args[1], {}) ? Ref::none() : Ref();
}

Ref lengthHintOf(const Value* args) {
  int64_t fallback = 0, result;
  if (!sizeArg(args[1], fallback) || !lengthHint(args[0], fallback, result))
    return {};
  return makeInt(result);
}

Ref callObject(const Value* args, size_t argc, Value kwnames) {
  if (argc == 0)
    return raise(typeErrorType, "call expected at least 1 argument, got 0");
  return call(args[0], args + 1, argc - 1, kwnames);
}

// Comparing secrets: in a time that depends on the length of the second only.

bool equalSecrets(std::string_view left, std::string_view right) {
  const std::string_view& other = left.size() == right.size() ? left : right;
  volatile uint8_t difference = left.size() != right.size();
  for (size_t i = 0; i < right.size(); ++i)
    difference = difference | static_cast<uint8_t>(other[i] ^ right[i]);
  return difference == 0;
}

Ref compareDigest(const Value* args) {
  if (isStr(args[0]) && isStr(args[1])) {
    if (!asStr(args[0])->isAscii() || !asStr(args[1])->isAscii())
      return raise(typeErrorType, "comparing strings with non-ASCII characters is not supported");
    return Ref::boolean(equalSecrets(asStr(args[0])->asciiView(), asStr(args[1])->asciiView()));
  }
  if (!hasBuffer(args[0]) && !hasBuffer(args[1]))
    return raise(typeErrorType,
                 "unsupported operand types(s) or combination of types: '%T' and '%T'", args[0],
                 args[1]);
  BytesLike left, right;
  if (!left.open(args[0]) || !right.open(args[1]))
    return {};
  return Ref::boolean(equalSecrets(left.get(), right.get()));
}

#define PYC_ONE(name, function, text)                                                              \
  {.signature = name "(a, /)", .bound = function, .doc = "Same as " text "."}
#define PYC_TWO(name, function, text)                                                              \
  {.signature = name "(a, b, /)", .bound = function, .doc = "Same as " text "."}

constexpr MethodDef kFunctions[] = {
    PYC_ONE("abs", unary<UnaryOp::Abs>, "abs(a)"),
    PYC_ONE("neg", unary<UnaryOp::Neg>, "-a"),
    PYC_ONE("pos", unary<UnaryOp::Pos>, "+a"),
    PYC_ONE("inv", unary<UnaryOp::Invert>, "~a"),
    PYC_ONE("invert", unary<UnaryOp::Invert>, "~a"),
    PYC_ONE("not_", truthIs<false>, "not a"),
    PYC_ONE("truth", truthIs<true>, "bool(a)"),
    PYC_ONE("index", index, "a.__index__()"),
    PYC_ONE("is_none", noneIs<true>, "a is None"),
    PYC_ONE("is_not_none", noneIs<false>, "a is not None"),
    PYC_TWO("is_", identityIs<true>, "a is b"),
    PYC_TWO("is_not", identityIs<false>, "a is not b"),
    PYC_TWO("lt", compared<CompareOp::Lt>, "a < b"),
    PYC_TWO("le", compared<CompareOp::Le>, "a <= b"),
    PYC_TWO("eq", compared<CompareOp::Eq>, "a == b"),
    PYC_TWO("ne", compared<CompareOp::Ne>, "a != b"),
    PYC_TWO("gt", compared<CompareOp::Gt>, "a > b"),
    PYC_TWO("ge", compared<CompareOp::Ge>, "a >= b"),
    PYC_TWO("add", binary<BinaryOp::Add>, "a + b"),
    PYC_TWO("sub", binary<BinaryOp::Sub>, "a - b"),
    PYC_TWO("mul", binary<BinaryOp::Mul>, "a * b"),
    PYC_TWO("matmul", binary<BinaryOp::MatMul>, "a @ b"),
    PYC_TWO("truediv", binary<BinaryOp::TrueDiv>, "a / b"),
    PYC_TWO("floordiv", binary<BinaryOp::FloorDiv>, "a // b"),
    PYC_TWO("mod", binary<BinaryOp::Mod>, "a % b"),
    PYC_TWO("pow", binary<BinaryOp::Pow>, "a ** b"),
    PYC_TWO("lshift", binary<BinaryOp::LShift>, "a << b"),
    PYC_TWO("rshift", binary<BinaryOp::RShift>, "a >> b"),
    PYC_TWO("and_", binary<BinaryOp::And>, "a & b"),
    PYC_TWO("or_", binary<BinaryOp::Or>, "a | b"),
    PYC_TWO("xor", binary<BinaryOp::Xor>, "a ^ b"),
    PYC_TWO("iadd", inPlace<BinaryOp::Add>, "a += b"),
    PYC_TWO("isub", inPlace<BinaryOp::Sub>, "a -= b"),
    PYC_TWO("imul", inPlace<BinaryOp::Mul>, "a *= b"),
    PYC_TWO("imatmul", inPlace<BinaryOp::MatMul>, "a @= b"),
    PYC_TWO("itruediv", inPlace<BinaryOp::TrueDiv>, "a /= b"),
    PYC_TWO("ifloordiv", inPlace<BinaryOp::FloorDiv>, "a //= b"),
    PYC_TWO("imod", inPlace<BinaryOp::Mod>, "a %= b"),
    PYC_TWO("ipow", inPlace<BinaryOp::Pow>, "a **= b"),
    PYC_TWO("ilshift", inPlace<BinaryOp::LShift>, "a <<= b"),
    PYC_TWO("irshift", inPlace<BinaryOp::RShift>, "a >>= b"),
    PYC_TWO("iand", inPlace<BinaryOp::And>, "a &= b"),
    PYC_TWO("ior", inPlace<BinaryOp::Or>, "a |= b"),
    PYC_TWO("ixor", inPlace<BinaryOp::Xor>, "a ^= b"),
    PYC_TWO("concat", concatenate<binaryOp>, "a + b, for sequences"),
    PYC_TWO("iconcat", concatenate<inplaceOp>, "a += b, for sequences"),
    PYC_TWO("contains", containsItem, "b in a"),
    PYC_TWO("getitem", getItemOf, "a[b]"),
    PYC_TWO("delitem", deleteItemOf, "del a[b]"),
    {.signature = "setitem(a, b, c, /)", .bound = setItemOf, .doc = "Same as a[b] = c."},
    {.signature = "countOf(a, b, /)",
     .bound = countOf,
     .doc = "How many items of a are equal to b."},
    {.signature = "indexOf(a, b, /)", .bound = indexOf, .doc = "The first place of b in a."},
    {.signature = "length_hint(obj, default=0, /)",
     .bound = lengthHintOf,
     .doc = "How many items an object has, or probably has: a guess for making room."},
    {.signature = "call($module, obj, /, *args, **kwargs)",
     .raw = moduleRaw<callObject>,
     .doc = "Same as obj(*args, **kwargs)."},
    {.signature = "_compare_digest(a, b, /)",
     .bound = compareDigest,
     .doc = "Same as a == b for bytes and ASCII texts, in a time that does not tell where they\n"
            "differ."},
};

#undef PYC_ONE
#undef PYC_TWO

} // namespace

bool fillModule__operator(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addType(module, itemGetterType) && addType(module, attrGetterType) &&
         addType(module, methodCallerType) &&
         addStr(module, "__doc__", "The operators as functions.");
}

} // namespace pyc::rt
