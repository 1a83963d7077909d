// The semantic functions: what a Python operation means, for any operands. The interpreter, the
// JIT and native code call these and nothing below them. Inline fast paths are in fast.h.
//
// Errors: a null Ref or false with the exception raised. Arguments are borrowed. All may run
// arbitrary Python code. Thread-safe as CPython's free-threaded build is.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

// Operators.
Ref binaryOp(BinaryOp op, Value lhs, Value rhs);
Ref inplaceOp(BinaryOp op, Value lhs, Value rhs);
Ref divmod(Value lhs, Value rhs);
Ref power(Value base, Value exponent, Value modulus); // modulus may be None
/// The TypeError of an operator that neither operand can do.
Raised raiseUnsupportedBinary(BinaryOp op, Value lhs, Value rhs);
Ref unaryOp(UnaryOp op, Value operand);
Ref compare(CompareOp op, Value lhs, Value rhs);
/// compare() and truth in one; identity implies equality as in containers only in containsEq.
bool compareBool(CompareOp op, Value lhs, Value rhs, bool& result);
/// x is y or x == y, as containers compare.
bool equalItems(Value lhs, Value rhs, bool& result);
bool truth(Value value, bool& result);
/// `is`: numbers compare by type and value.
bool isSame(Value lhs, Value rhs);

// Attributes. Names are str objects; they need not be interned.
Ref getAttr(Value object, StrObject* name);
Ref getAttr(Value object, Value name);                    // name checked to be a str
bool setAttr(Value object, StrObject* name, Value value); // null value deletes
/// As getAttr; a missing attribute is a null Ref with nothing raised; false on errors.
bool findAttr(Value object, StrObject* name, Ref& result);
/// The generic look-ups (object.__getattribute__, object.__setattr__).
Ref genericGetAttr(Value object, StrObject* name);
bool genericSetAttr(Value object, StrObject* name, Value value);
/// Special method looked up on the type, bound as for a call: `method` unbound with self needed
/// (needsSelf) or already bound. Null with nothing raised when there is none. `name` interned.
bool findSpecial(Value object, StrObject* name, Ref& method, bool& needsSelf);
/// Calls a special method with arguments; a null Ref with nothing raised and found == false when
/// there is none.
Ref callSpecial(Value object, StrObject* name, const Value* args, size_t argc, bool& found);
/// load_method: method and object, or value and null, in out[0], out[1] (owned).
bool loadMethod(Value object, StrObject* name, Value out[2]);

// Items.
Ref getItem(Value object, Value key);
bool setItem(Value object, Value key, Value value); // null value deletes
bool contains(Value container, Value item, bool& result);
bool length(Value object, int64_t& result);
/// len() or __length_hint__, `fallback` when neither.
bool lengthHint(Value object, int64_t fallback, int64_t& result);

// Iteration.
Ref getIter(Value object);
/// Next item; null with nothing raised at the end (a StopIteration is cleared).
Ref iterNext(Value iterator);

// Calls.
Ref call(Value callee, const Value* args, size_t argc, Value kwnames = {});
Ref call(Value callee);
Ref call(Value callee, Value a);
Ref call(Value callee, Value a, Value b);
Ref call(Value callee, Value a, Value b, Value c);
/// callee(*args, **kwargs): args a tuple, kwargs a dict, None or null.
Ref callEx(Value callee, Value args, Value kwargs);
Ref callMethod(Value object, StrObject* name, const Value* args, size_t argc);
Ref callMethod(Value object, StrObject* name);
Ref callMethod(Value object, StrObject* name, Value a);
bool isCallable(Value value);

// Conversions.
Ref repr(Value value);
Ref str(Value value);
Ref ascii(Value value);
Ref format(Value value, Value spec); // spec: str, or null for ''
bool hash(Value value, int64_t& result);
/// __index__ as an int object.
Ref toIndex(Value value);
/// __index__ as a number that fits; otherwise IndexError/OverflowError of type `overflow`, or
/// clipped when null.
bool toInt64(Value value, int64_t& result, TypeObject* overflow = nullptr);
/// float(value) for numbers: __float__ or __index__.
bool toDouble(Value value, double& result);
Ref toInt(Value value);            // int(value) for numbers
Ref toFloat(Value value);          // float(value); strings through floatType's create slot
Ref sequenceTuple(Value iterable); // tuple(iterable)
Ref sequenceList(Value iterable);  // list(iterable)

// Types.
bool isInstanceOf(Value object, Value classInfo, bool& result); // isinstance, __instancecheck__
bool isSubclassOf(Value type, Value classInfo, bool& result);
/// What type.__instancecheck__ and type.__subclasscheck__ themselves do.
bool typeInstanceCheck(Value object, Value type, bool& result);
bool typeSubclassCheck(Value derived, Value type, bool& result);

} // namespace pyc::rt
