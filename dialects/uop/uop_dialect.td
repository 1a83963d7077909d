// The `uop` MLIR dialect: SSA form of uop code. Its operations are generated
// from the uop table; see uop_base.td for their meaning and rationale.md for
// the SSA form's rules.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Uop_Dialect : Dialect {
  let name = "uop";
  let cppNamespace = "::pyc::ir";
  let useDefaultTypePrinterParser = 1;
}

def Uop_Value : TypeDef<Uop_Dialect, "Value"> {
  let mnemonic = "value";
  let summary = "a boxed Python value, or null";
  let builderCall = "$_builder.getType<::pyc::ir::ValueType>()";
}
def Uop_ValueBuildable : BuildableType<"$_builder.getType<::pyc::ir::ValueType>()">;

// May run any code and raise. `state` holds the registers before the uop, with
// `registers` and `owned` beside it: what an exception releases, and what a
// side exit hands to the interpreter.
class Uop_GenericOp<string mnemonic, list<Trait> traits = []> : Op<Uop_Dialect, mnemonic, traits>;
// Neither raises nor exits, but has effects or allocates.
class Uop_QuietOp<string mnemonic, list<Trait> traits = []> : Op<Uop_Dialect, mnemonic, traits>;
class Uop_PureOp<string mnemonic, list<Trait> traits = []>
    : Op<Uop_Dialect, mnemonic, !listconcat(traits, [Pure])>;
// Leaves through its state when its assumption fails.
class Uop_ExitOp<string mnemonic, list<Trait> traits = []> : Op<Uop_Dialect, mnemonic, traits>;

include "uop/generated_ops.td"

// Control flow that the CFG needs beside the cf dialect.
def Uop_NextOp : Uop_GenericOp<"next"> {
  let summary = "for_iter's step: the next item, or null when there is none; may raise";
  let arguments = (ins Uop_Value:$iterator, Variadic<AnyType>:$state, I32Attr:$pc, DenseI16ArrayAttr:$registers,
                   DenseBoolArrayAttr:$owned);
  let results = (outs Uop_Value:$item);
  let assemblyFormat = "$iterator (`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_TruthOp : Uop_GenericOp<"truth"> {
  let summary = "bool(operand) as a bit; may raise";
  let arguments = (ins Uop_Value:$operand, Variadic<AnyType>:$state, I32Attr:$pc, DenseI16ArrayAttr:$registers,
                   DenseBoolArrayAttr:$owned);
  let results = (outs I1:$result);
  let assemblyFormat = "$operand (`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_PollOp : Uop_GenericOp<"poll"> {
  let summary = "safepoint: signals, thread stops, stack limit; may raise";
  let arguments = (ins Variadic<AnyType>:$state, I32Attr:$pc, DenseI16ArrayAttr:$registers,
                   DenseBoolArrayAttr:$owned);
  let assemblyFormat = "(`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_SameOp : Uop_PureOp<"same"> {
  let summary = "`is` as a bit";
  let arguments = (ins Uop_Value:$lhs, Uop_Value:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = "$lhs $rhs attr-dict";
}
def Uop_NoneOp : Uop_PureOp<"none"> {
  let summary = "None";
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "attr-dict";
}
def Uop_CompareTruthOp : Uop_GenericOp<"compare_truth"> {
  let summary = "bool(lhs op rhs) as a bit; may raise";
  let arguments = (ins StrAttr:$predicate, Uop_Value:$lhs, Uop_Value:$rhs, Variadic<AnyType>:$state, I32Attr:$pc,
                   DenseI16ArrayAttr:$registers, DenseBoolArrayAttr:$owned);
  let results = (outs I1:$result);
  let assemblyFormat = "$predicate $lhs $rhs (`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_FreeVariableOp : Uop_PureOp<"free_variable"> {
  let summary = "a cell of the function's closure, borrowed for the length of the call";
  let arguments = (ins Uop_Value:$self, I32Attr:$index);
  let results = (outs Uop_Value:$cell);
  let assemblyFormat = "$self $index attr-dict";
}
def Uop_NumberOrNullOp : Uop_PureOp<"number_or_null"> {
  let summary = "a number, or null unless it is bound; made only where a frame state needs it";
  let arguments = (ins AnyTypeOf<[I64, F64, I1]>:$value, I1:$bound);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "$value $bound attr-dict `:` type($value)";
}
def Uop_VirtualComplexOp : Uop_PureOp<"virtual_complex"> {
  let summary = "a complex number; made only where a frame state needs it";
  let arguments = (ins F64:$real, F64:$imag);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "$real $imag attr-dict";
}
def Uop_UnwindOp : Op<Uop_Dialect, "unwind", [Terminator, DeclareOpInterfaceMethods<BranchOpInterface>,
                                              AttrSizedOperandSegments]> {
  let summary = "ends a block behind a raising uop: where an exception of that uop goes";
  let description = [{
    The uop before it branches to `handler` when it raises, after it has released the owned
    temporaries from `depth` on; this operation itself goes on to `normal`.
  }];
  let arguments = (ins Variadic<AnyType>:$normalArgs, Variadic<AnyType>:$handlerArgs, I32Attr:$depth);
  let successors = (successor AnySuccessor:$normal, AnySuccessor:$handler);
  let assemblyFormat = [{
    $normal (`(` $normalArgs^ `:` type($normalArgs) `)`)? `,` $handler
    (`(` $handlerArgs^ `:` type($handlerArgs) `)`)? attr-dict
  }];
}
def Uop_MayEndOp : Uop_QuietOp<"may_end"> {
  let summary = "whether one of the values may end when a count of each is given back; null is allowed";
  let arguments = (ins Variadic<Uop_Value>:$values);
  let results = (outs I1:$result);
  let assemblyFormat = "$values attr-dict `:` type($values)";
}
def Uop_LoadRegisterOp : Uop_QuietOp<"load_register"> {
  let summary = "moves a value out of a register of a generator's frame (owned, or null)";
  let arguments = (ins I64:$registers, I32Attr:$index);
  let results = (outs Uop_Value:$value);
  let assemblyFormat = "$registers $index attr-dict";
}
def Uop_SuspendOp : Uop_QuietOp<"suspend"> {
  let summary = "moves the state into a generator's frame, whose native code returns behind it";
  let arguments = (ins Variadic<AnyType>:$state, I32Attr:$pc, DenseI16ArrayAttr:$registers,
                   DenseBoolArrayAttr:$owned);
  let assemblyFormat = "(`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_CallTypedOp : Op<Uop_Dialect, "call_typed", [AttrSizedOperandSegments]> {
  let summary = "calls the typed entry of the function that the callee is expected to be; may raise";
  let description = [{
    `symbol` takes numbers in registers where the operands are numbers. `boxed` says that `value` is a
    value; otherwise it holds the bits of an unboxed number (see typed_result_*). Another callee is
    called in the general way, with the operands boxed; `is_method` says that the first operand is
    the object of a method call, null when there is none.
  }];
  let arguments = (ins StrAttr:$symbol, Uop_Value:$callee, Variadic<AnyType>:$args, Variadic<AnyType>:$state,
                   I32Attr:$pc, DenseI16ArrayAttr:$registers, DenseBoolArrayAttr:$owned, UnitAttr:$is_method);
  let results = (outs Uop_Value:$value, I1:$boxed);
  let assemblyFormat = [{
    $symbol $callee (`(` $args^ `:` type($args) `)`)? (`state` `(` $state^ `:` type($state) `)`)? attr-dict
  }];
}
def Uop_EnterTypedOp : Uop_QuietOp<"enter_typed"> {
  let summary = "in a function's general entry: runs its typed entry";
  let arguments = (ins StrAttr:$symbol, Uop_Value:$self, Variadic<AnyType>:$args);
  let results = (outs Uop_Value:$value, I1:$boxed);
  let assemblyFormat = "$symbol $self (`(` $args^ `:` type($args) `)`)? attr-dict";
}
def Uop_UnpackItemsOp : Uop_ExitOp<"unpack_items"> {
  let summary = "the items of a tuple or list, the first one last; leaves for others";
  let description = [{
    `sources`: "tuple", or the type of a list ("list[int]"), with as many items as there are results.
    Results that are no values are numbers; an item that is none leaves. Values are owned, but for
    those that `borrowed` names.
  }];
  let arguments = (ins StrArrayAttr:$sources, Uop_Value:$source, Variadic<AnyType>:$state, I32Attr:$pc,
                   DenseI16ArrayAttr:$registers, DenseBoolArrayAttr:$owned,
                   OptionalAttr<DenseBoolArrayAttr>:$borrowed);
  let results = (outs Variadic<AnyType>:$items);
  let assemblyFormat = [{
    $sources $source (`state` `(` $state^ `:` type($state) `)`)? attr-dict (`:` type($items)^)?
  }];
}
def Uop_SendOp : Uop_GenericOp<"send"> {
  let summary = "yield_from's step: what the iterator yields, or returns; may raise";
  let arguments = (ins Uop_Value:$iterator, Uop_Value:$sent, Variadic<AnyType>:$state, I32Attr:$pc,
                   DenseI16ArrayAttr:$registers, DenseBoolArrayAttr:$owned);
  let results = (outs Uop_Value:$result, I1:$yielded);
  let assemblyFormat = "$iterator $sent (`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_InlinedFrameOp : Uop_QuietOp<"inlined_frame"> {
  let summary = "the function whose code the operations with `inlined` = `frame` are";
  let description = [{
    An operation of inlined code has two more attributes: `inlined` names its frame, `word` is its place
    in that frame's code (`pc` and the frame state are those of the function that it was inlined into).
  }];
  let arguments = (ins Uop_Value:$function, I32Attr:$frame, I32Attr:$code);
  let assemblyFormat = "$function attr-dict";
}
def Uop_GeneratorFrameOp : Uop_PureOp<"generator_frame"> {
  let summary = "a generator whose code was inlined; made only where a frame state needs it";
  let description = [{
    `resumption` says where it goes on: 0 at its start, n > 0 behind the yield at word n - 1, -1 nowhere
    (it has ended), n < -1 at word -2 - n. `values` are the registers `slots`; `counted` as `owned` of a
    frame state.
  }];
  let arguments = (ins Uop_Value:$function, I64:$resumption, Variadic<AnyType>:$values, I32Attr:$frame,
                   DenseI16ArrayAttr:$slots, DenseBoolArrayAttr:$counted);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "$function $resumption (`(` $values^ `:` type($values) `)`)? attr-dict";
}
def Uop_CallerFrameOp : Uop_PureOp<"caller_frame"> {
  let summary = "the frame of a call whose callee was inlined; made only where a frame state needs it";
  let description = [{
    `state` are the registers before the call at `pc`, which the interpreter finishes with the callee's
    result. The callee's operations have it in their state, in the register kCallerRegister.
  }];
  let arguments = (ins Variadic<AnyType>:$state, I32Attr:$pc, DenseI16ArrayAttr:$registers,
                   DenseBoolArrayAttr:$owned);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "(`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
def Uop_VirtualTupleOp : Uop_PureOp<"virtual_tuple"> {
  let summary = "a tuple that nobody sees; made only where a frame state needs it";
  let description = [{
    Null when an item is. A count of the tuple is a count of each item; `counted` as `owned` of a frame
    state.
  }];
  let arguments = (ins Variadic<AnyType>:$items, DenseBoolArrayAttr:$counted);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "(`(` $items^ `:` type($items) `)`)? attr-dict";
}
def Uop_VirtualInstanceOp : Uop_PureOp<"virtual_instance"> {
  let summary = "an instance that nobody sees; made only where a frame state needs it";
  let description = [{
    `values` are its class and its attributes, in the order in which it got them; `names` are those of
    the attributes in the code `code`. Null when a value is. Counts are as with virtual_tuple.
  }];
  let arguments = (ins Variadic<AnyType>:$values, DenseI32ArrayAttr:$names, I32Attr:$code,
                   DenseBoolArrayAttr:$counted);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "`(` $values `:` type($values) `)` attr-dict";
}
def Uop_ReductionOp : Uop_PureOp<"reduction"> {
  let summary = "sum, any or all in the middle of a generator expression; made only where a frame state needs it";
  let description = [{
    `values` are the state of runtime/objects/reductions.h; what is called again is this, with the
    generator that is left.
  }];
  let arguments = (ins Uop_Value:$function, Variadic<AnyType>:$values);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "$function (`(` $values^ `:` type($values) `)`)? attr-dict";
}
def Uop_ResumeInterpretedOp : Uop_QuietOp<"resume_interpreted"> {
  let summary = "goes on in the interpreter where native code has no way in";
  let arguments = (ins Uop_Value:$self, I64:$registers, Uop_Value:$sent);
  let results = (outs Uop_Value:$result);
  let assemblyFormat = "$self $registers $sent attr-dict";
}
def Uop_TakeExceptionOp : Uop_QuietOp<"take_exception"> {
  let summary = "first in a handler: the exception, taken off the thread (owned)";
  let results = (outs Uop_Value:$exception);
  let assemblyFormat = "attr-dict";
}
def Uop_ThrowOp : Uop_QuietOp<"throw", [AttrSizedOperandSegments]> {
  let summary = "raises (raise, raise_from, raise_again, reraise, propagate); a branch to the handler or a return follows";
  let description = [{
    Releases the owned temporaries from `depth` on; with depth -1 everything that is owned.
    `propagate` passes on what code inlined here has raised.
  }];
  let arguments = (ins StrAttr:$kind, Variadic<Uop_Value>:$values, Variadic<AnyType>:$state, I32Attr:$pc,
                   DenseI16ArrayAttr:$registers, DenseBoolArrayAttr:$owned, I32Attr:$depth);
  let assemblyFormat = "$kind (`(` $values^ `)`)? (`state` `(` $state^ `:` type($state) `)`)? attr-dict";
}
