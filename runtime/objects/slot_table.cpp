#include "runtime/objects/slot_table.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/slot_wrappers.h"

namespace pyc::rt {

namespace {

/// A row whose method takes no keywords. The wrapper's `call` is a lambda per row: it knows its
/// slot and name without looking them up.
#define PYC_ROW(name, parameters, doc, slot, generic, wrap)                                        \
  {                                                                                                \
    &pycNames.name.str, slot, reinterpret_cast<SlotFn>(generic), {                                 \
      #name parameters, doc,                                                                       \
          [](TypeObject* owner, Value self, const Value* args, size_t argc,                        \
             Value kwnames) -> Ref {                                                               \
            WrapperCall call{owner, self, args, argc, kwnames};                                    \
            return checkWrapperKeywords(call, #name) ? wrap(call, slot) : Ref();                   \
          }                                                                                        \
    }                                                                                              \
  }
/// A row whose method takes any arguments.
#define PYC_ROW_ANY(name, doc, slot, generic, wrap)                                                \
  {                                                                                                \
    &pycNames.name.str, slot, reinterpret_cast<SlotFn>(generic), {                                 \
      #name "($self, /, *args, **kwargs)", doc,                                                    \
          [](TypeObject* owner, Value self, const Value* args, size_t argc,                        \
             Value kwnames) -> Ref { return wrap({owner, self, args, argc, kwnames}, slot); }      \
    }                                                                                              \
  }
/// A row that no built-in type shows in this way.
#define PYC_ROW_HIDDEN(name, slot, generic)                                                        \
  {                                                                                                \
    &pycNames.name.str, slot, reinterpret_cast<SlotFn>(generic), {}                                \
  }
#define PYC_ROW_UNARY(name, doc, op)                                                               \
  PYC_ROW(name, "($self, /)", doc, unarySlot(UnaryOp::op), slotUnary(UnaryOp::op), wrapUnary)
#define PYC_ROW_BINARY(name, reflected, sign, op)                                                  \
  PYC_ROW(name, "($self, value, /)", "Return self" sign "value.", binarySlot(BinaryOp::op),        \
          slotBinary(BinaryOp::op), wrapBinary),                                                   \
      PYC_ROW(reflected, "($self, value, /)", "Return value" sign "self.",                         \
              binarySlot(BinaryOp::op), slotBinary(BinaryOp::op), wrapReflected)
#define PYC_ROW_INPLACE(name, sign, op)                                                            \
  PYC_ROW(name, "($self, value, /)", "Return self" sign "value.", inplaceSlot(BinaryOp::op),       \
          slotInplace(BinaryOp::op), wrapBinary)
#define PYC_ROW_COMPARE(name, sign, op)                                                            \
  PYC_ROW(name, "($self, value, /)", "Return self" sign "value.", PYC_SLOT(compare), slotCompare,  \
          wrapCompare<CompareOp::op>)

const SlotRow kRows[] = {
    PYC_ROW(__repr__, "($self, /)", "Return repr(self).", PYC_SLOT(repr), slotRepr, wrapUnary),
    PYC_ROW(__hash__, "($self, /)", "Return hash(self).", PYC_SLOT(hash), slotHash, wrapHash),
    PYC_ROW_ANY(__call__, "Call self as a function.", PYC_SLOT(call), slotCall, wrapCall),
    PYC_ROW(__str__, "($self, /)", "Return str(self).", PYC_SLOT(str), slotStr, wrapUnary),
    PYC_ROW(__getattribute__, "($self, name, /)", "Return getattr(self, name).", PYC_SLOT(getAttr),
            slotGetAttr, wrapGetAttr),
    PYC_ROW_HIDDEN(__getattr__, PYC_SLOT(getAttr), slotGetAttr),
    PYC_ROW(__setattr__, "($self, name, value, /)", "Implement setattr(self, name, value).",
            PYC_SLOT(setAttr), slotSetAttr, wrapSetAttr),
    PYC_ROW(__delattr__, "($self, name, /)", "Implement delattr(self, name).", PYC_SLOT(setAttr),
            slotSetAttr, wrapDeleteAttr),
    PYC_ROW_COMPARE(__lt__, "<", Lt),
    PYC_ROW_COMPARE(__le__, "<=", Le),
    PYC_ROW_COMPARE(__eq__, "==", Eq),
    PYC_ROW_COMPARE(__ne__, "!=", Ne),
    PYC_ROW_COMPARE(__gt__, ">", Gt),
    PYC_ROW_COMPARE(__ge__, ">=", Ge),
    PYC_ROW(__iter__, "($self, /)", "Implement iter(self).", PYC_SLOT(iter), slotIter, wrapUnary),
    PYC_ROW(__next__, "($self, /)", "Implement next(self).", PYC_SLOT(next), slotNext, wrapNext),
    PYC_ROW(__get__, "($self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.", PYC_SLOT(get), slotGet,
            wrapGet),
    PYC_ROW(__set__, "($self, instance, value, /)", "Set an attribute of instance to value.",
            PYC_SLOT(set), slotSet, wrapSet),
    PYC_ROW(__delete__, "($self, instance, /)", "Delete an attribute of instance.", PYC_SLOT(set),
            slotSet, wrapDelete),
    PYC_ROW_HIDDEN(__new__, PYC_SLOT(create), slotCreate),
    PYC_ROW_ANY(__init__, "Initialize self.  See help(type(self)) for accurate signature.",
                PYC_SLOT(init), slotInit, wrapInit),
    PYC_ROW(__del__, "($self, /)", "Called when the instance is about to be destroyed.",
            PYC_SLOT(finalize), slotFinalize, wrapFinalize),

    PYC_ROW_BINARY(__add__, __radd__, "+", Add),
    PYC_ROW_BINARY(__sub__, __rsub__, "-", Sub),
    PYC_ROW_BINARY(__mul__, __rmul__, "*", Mul),
    PYC_ROW_BINARY(__matmul__, __rmatmul__, "@", MatMul),
    PYC_ROW_BINARY(__truediv__, __rtruediv__, "/", TrueDiv),
    PYC_ROW_BINARY(__floordiv__, __rfloordiv__, "//", FloorDiv),
    PYC_ROW_BINARY(__mod__, __rmod__, "%", Mod),
    PYC_ROW(__pow__, "($self, value, mod=None, /)", "Return pow(self, value, mod).",
            binarySlot(BinaryOp::Pow), slotBinary(BinaryOp::Pow), wrapPower),
    PYC_ROW(__rpow__, "($self, value, mod=None, /)", "Return pow(value, self, mod).",
            binarySlot(BinaryOp::Pow), slotBinary(BinaryOp::Pow), wrapReflectedPower),
    PYC_ROW_BINARY(__lshift__, __rlshift__, "<<", LShift),
    PYC_ROW_BINARY(__rshift__, __rrshift__, ">>", RShift),
    PYC_ROW_BINARY(__and__, __rand__, "&", And),
    PYC_ROW_BINARY(__or__, __ror__, "|", Or),
    PYC_ROW_BINARY(__xor__, __rxor__, "^", Xor),
    PYC_ROW_INPLACE(__iadd__, "+=", Add),
    PYC_ROW_INPLACE(__isub__, "-=", Sub),
    PYC_ROW_INPLACE(__imul__, "*=", Mul),
    PYC_ROW_INPLACE(__imatmul__, "@=", MatMul),
    PYC_ROW_INPLACE(__itruediv__, "/=", TrueDiv),
    PYC_ROW_INPLACE(__ifloordiv__, "//=", FloorDiv),
    PYC_ROW_INPLACE(__imod__, "%=", Mod),
    PYC_ROW_INPLACE(__ipow__, "**=", Pow),
    PYC_ROW_INPLACE(__ilshift__, "<<=", LShift),
    PYC_ROW_INPLACE(__irshift__, ">>=", RShift),
    PYC_ROW_INPLACE(__iand__, "&=", And),
    PYC_ROW_INPLACE(__ior__, "|=", Or),
    PYC_ROW_INPLACE(__ixor__, "^=", Xor),
    PYC_ROW_HIDDEN(__pow__, PYC_SLOT(power), slotPower),
    PYC_ROW_HIDDEN(__rpow__, PYC_SLOT(power), slotPower),
    PYC_ROW_UNARY(__neg__, "-self", Neg),
    PYC_ROW_UNARY(__pos__, "+self", Pos),
    PYC_ROW_UNARY(__invert__, "~self", Invert),
    PYC_ROW_UNARY(__abs__, "abs(self)", Abs),
    PYC_ROW(__bool__, "($self, /)", "True if self else False", PYC_SLOT(truth), slotTruth,
            wrapTruth),
    PYC_ROW(__int__, "($self, /)", "int(self)", PYC_SLOT(toInt), slotToInt, wrapUnary),
    PYC_ROW(__float__, "($self, /)", "float(self)", PYC_SLOT(toFloat), slotToFloat, wrapUnary),
    PYC_ROW(__index__, "($self, /)",
            "Return self converted to an integer, if self is suitable for use as an index into a "
            "list.",
            PYC_SLOT(index), slotIndexOf, wrapUnary),

    PYC_ROW(__len__, "($self, /)", "Return len(self).", PYC_SLOT(length), slotLength, wrapLength),
    PYC_ROW(__getitem__, "($self, key, /)", "Return self[key].", PYC_SLOT(getItem), slotGetItem,
            wrapGetItem),
    PYC_ROW(__setitem__, "($self, key, value, /)", "Set self[key] to value.", PYC_SLOT(setItem),
            slotSetItem, wrapSetItem),
    PYC_ROW(__delitem__, "($self, key, /)", "Delete self[key].", PYC_SLOT(setItem), slotSetItem,
            wrapDeleteItem),
    PYC_ROW(__contains__, "($self, key, /)", "Return bool(key in self).", PYC_SLOT(contains),
            slotContains, wrapContains),
    PYC_ROW(__await__, "($self, /)", "Return an iterator to be used in await expression.",
            PYC_SLOT(await), slotAwait, wrapUnary),
    PYC_ROW(__aiter__, "($self, /)", "Return an awaitable, that resolves in asynchronous iterator.",
            PYC_SLOT(aiter), slotAiter, wrapUnary),
    PYC_ROW(__anext__, "($self, /)", "Return a value or raise StopAsyncIteration.", PYC_SLOT(anext),
            slotAnext, wrapUnary),
    PYC_ROW(__buffer__, "($self, flags, /)",
            "Return a buffer object that exposes the underlying memory of the object.",
            PYC_SLOT(getBuffer), getBufferOfClass, wrapBuffer),
    PYC_ROW(__release_buffer__, "($self, buffer, /)",
            "Release the buffer object that exposes the underlying memory of the object.",
            PYC_SLOT(releaseBuffer), releaseBufferOfClass, wrapReleaseBuffer),
};

} // namespace

std::span<const SlotRow> slotRows() {
  return kRows;
}

} // namespace pyc::rt
