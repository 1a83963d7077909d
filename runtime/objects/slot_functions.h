// Slots of classes that define special methods in Python: each calls the method along the MRO.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

Ref slotRepr(Value self);
Ref slotStr(Value self);
bool slotHash(Value self, int64_t& hash);
Ref slotCall(Value self, const Value* args, size_t argc, Value kwnames);
Ref slotGetAttr(Value self, StrObject* name);
bool slotSetAttr(Value self, StrObject* name, Value value);
/// Whether instances' attributes are looked up in the general way, with nothing but a `__getattr__`
/// for those that are not found.
bool looksUpPlainly(TypeObject* type);
Ref slotCompare(Value self, Value other, CompareOp op);
Ref slotIter(Value self);
Ref slotNext(Value self);
Ref slotGet(Value descriptor, Value object, Value type);
bool slotSet(Value descriptor, Value object, Value value);
Ref slotCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames);
bool slotInit(Value self, const Value* args, size_t argc, Value kwnames);
void slotFinalize(Value self);
bool slotTruth(Value self, bool& result);
bool slotLength(Value self, int64_t& length);
Ref slotGetItem(Value self, Value key);
bool slotSetItem(Value self, Value key, Value value);
bool slotContains(Value self, Value item, bool& result);
Ref slotToInt(Value self);
Ref slotToFloat(Value self);
Ref slotIndexOf(Value self);
Ref slotAwait(Value self);
Ref slotAiter(Value self);
Ref slotAnext(Value self);
Ref slotPower(Value base, Value exponent, Value modulus);

// What special methods have answered (null: raised), as the slots above give it.
bool truthOfAnswer(Value self, Ref answer, bool& result);
bool lengthOfAnswer(Ref answer, int64_t& length);
/// TypeError unless what the object's `__iter__` has made is an iterator.
Ref checkedIterator(Value object, Ref iterator);

/// function(self, *args, **keywords).
Ref callWithSelf(Value function, Value self, const Value* args, size_t argc, Value kwnames);

/// The functions of binary[op], inplace[op], unary[op].
BinaryFn slotBinary(BinaryOp op);
BinaryFn slotInplace(BinaryOp op);
UnaryFn slotUnary(UnaryOp op);

/// Names of an operator's methods: __add__, __radd__, __iadd__.
struct BinaryNames {
  StrObject *forward, *reflected, *inplace;
};
const BinaryNames& binaryNames(BinaryOp op);

/// Operators as native code numbers them: those of BinaryOp, behind them those of CompareOp.
inline constexpr uint32_t kFirstComparison = kBinaryOpCount;
/// Whether the Python function that is lhs's method for the operator is what lhs op rhs asks first;
/// then the cache has it (kind Method), for objects of lhs's shape.
bool findOperatorMethod(uint32_t op, Value lhs, Value rhs, struct AttrCache& cache);
/// The same for lhs op= rhs and the method that it asks before those of lhs op rhs.
bool findInplaceMethod(BinaryOp op, Value lhs, struct AttrCache& cache);
/// lhs op rhs, once lhs's method has returned NotImplemented.
Ref operatorOfRight(uint32_t op, Value lhs, Value rhs);
Ref compareOfRight(CompareOp op, Value lhs, Value rhs);
/// lhs op= rhs, once its own method (`asked`: also that of lhs op rhs) has returned NotImplemented.
Ref finishInplace(BinaryOp op, Value lhs, Value rhs, bool asked);
/// rhs's answer to lhs op rhs, once lhs's method has refused; NotImplemented if it has none.
Ref askRight(BinaryOp op, Value lhs, Value rhs);

} // namespace pyc::rt
