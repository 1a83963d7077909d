// Specialised uops: see uop_base.td. They say what an inference, a guard or a
// profile made certain; where an assumption fails they leave through their
// frame state to the interpreter.

// Values without a register's history.
def NullOp : SpecialUop<"null", [], [Arg<ValueTy, "result">]> {
  let description = "The null value: an unbound local.";
}
def IsNullOp : SpecialUop<"is_null", [Arg<ValueTy, "value">], [Arg<I1Ty, "result">]> {
  let description = "Whether a value is null.";
}
def EndsAsyncForOp : SpecialUop<"ends_async_for", [Arg<ValueTy, "exception">], [Arg<I1Ty, "result">]> {
  let description = "Whether the exception is a StopAsyncIteration.";
}
def IncrefOp : SpecialUop<"incref", [Arg<ValueTy, "value">], []> {
  let pure = 0;
  let description = "Counts one more reference; null is allowed.";
}
def DecrefOp : SpecialUop<"decref", [Arg<ValueTy, "value">], []> {
  let pure = 0;
  let description = "Gives one reference back; null is allowed.";
}
def BoolOp : SpecialUop<"box_bool", [Arg<I1Ty, "value">], [Arg<ValueTy, "result">]> {
  let description = "True or False.";
}
def BoxIntOp : SpecialUop<"box_int", [Arg<I64Ty, "value">], [Arg<ValueTy, "result">]> {
  let description = "The int as a value; owned, for it may need a heap object.";
}
def BoxFloatOp : SpecialUop<"box_float", [Arg<F64Ty, "value">], [Arg<ValueTy, "result">]> {
  let description = "The float as a value; counts no references.";
}
def BoxComplexOp : SpecialUop<"box_complex", [Arg<F64Ty, "real">, Arg<F64Ty, "imag">], [Arg<ValueTy, "result">]> {
  let description = "The complex number as a value: an object, owned.";
}
def UnboxIntOp : SpecialUop<"unbox_int", [Arg<ValueTy, "value">], [Arg<I64Ty, "result">]> {
  let description = "The number of a value that is known to be a small int.";
}
def UnboxFloatOp : SpecialUop<"unbox_float", [Arg<ValueTy, "value">], [Arg<F64Ty, "result">]> {
  let description = "The number of a value that is known to be a float.";
}
def IsIntOp : SpecialUop<"is_int", [Arg<ValueTy, "value">], [Arg<I1Ty, "result">]> {
  let description = "Whether a value is a small int.";
}
def IsFloatOp : SpecialUop<"is_float", [Arg<ValueTy, "value">], [Arg<I1Ty, "result">]> {
  let description = "Whether a value is a float.";
}
def RangeIteratorOp : SpecialUop<"range_iterator",
    [Arg<I64Ty, "next">, Arg<I64Ty, "stop">, Arg<I64Ty, "step">], [Arg<ValueTy, "result">]> {
  let description = "An iterator over a range, made only where a frame state needs it.";
}

// What a profile saw.
def Observe : SpecialUop<"observe", [Arg<ValueTy, "value">], []> {
  let attributes = ["StrArrayAttr:$types"];
  let exits = 1;
  let description = "The types that a profile saw of a value, behind the uop that made it; a place for a guard.";
}

// Guards.
def GuardInt : SpecialUop<"guard_int", [Arg<ValueTy, "value">], [Arg<I64Ty, "result">]> {
  let exits = 1;
  let description = "The number of a small int; leaves for anything else.";
}
def GuardWideInt : SpecialUop<"guard_wide_int", [Arg<ValueTy, "value">], [Arg<I64Ty, "result">]> {
  let exits = 1;
  let description = "The number of an int that fits 64 bits, small or not; leaves for anything else.";
}
def GuardFloat : SpecialUop<"guard_float", [Arg<ValueTy, "value">], [Arg<F64Ty, "result">]> {
  let exits = 1;
  let description = "The number of a float; leaves for anything else.";
}
def GuardComplex : SpecialUop<"guard_complex", [Arg<ValueTy, "value">], [Arg<F64Ty, "real">, Arg<F64Ty, "imag">]> {
  let exits = 1;
  let description = "The parts of a complex number; leaves for anything else, and where a part is NaN.";
}
def GuardBool : SpecialUop<"guard_bool", [Arg<ValueTy, "value">], [Arg<I1Ty, "result">]> {
  let exits = 1;
  let description = "Whether a value is True; leaves for anything else than True and False.";
}
def GuardSame : SpecialUop<"guard_same", [Arg<ValueTy, "value">], []> {
  let attributes = ["StrAttr:$symbol"];
  let exits = 1;
  let description = "Leaves unless the value is the runtime's object of that linker symbol.";
}
def GuardTrue : SpecialUop<"guard_true", [Arg<I1Ty, "condition">], []> {
  let exits = 1;
  let description = "Leaves unless the condition holds.";
}

def GuardShape : SpecialUop<"guard_shape", [Arg<ValueTy, "value">], []> {
  let attributes = ["StrAttr:$layout"];
  let exits = 1;
  let description = "Leaves unless the object has the attributes of a layout (profile.h: instance ...) where it says.";
}

def GuardSelfGlobal : SpecialUop<"guard_self_global", [Arg<ValueTy, "self">], []> {
  let attributes = ["StrAttr:$name", "I32Attr:$nameIndex"];
  let exits = 1;
  let description = "Leaves unless the global is the running function itself.";
}

def GuardGenerator : SpecialUop<"guard_generator", [Arg<ValueTy, "value">], []> {
  let attributes = ["StrAttr:$symbol"];
  let exits = 1;
  let description = "Leaves unless the value is the generator function with the native code of that symbol.";
}

def GuardBuiltin : SpecialUop<"guard_builtin", [Arg<ValueTy, "value">], []> {
  let attributes = ["StrAttr:$function"];
  let exits = 1;
  let description = "Leaves unless the value is the built-in function (or class) of that name.";
}

// Code of functions that was inlined.
def GuardFunction : SpecialUop<"guard_function", [Arg<ValueTy, "value">], []> {
  let attributes = ["StrAttr:$symbol"];
  let exits = 1;
  let description = "Leaves unless the value is the Python function with the native code of that symbol.";
}
def FindOperator : SpecialUop<"find_operator", [Arg<ValueTy, "lhs">, Arg<ValueTy, "rhs">], [Arg<ValueTy, "result">]> {
  let attributes = ["StrAttr:$symbol", "I32Attr:$number"];
  let pure = 0;
  let exits = 1;
  let description = "The function (owned, or with the attribute `borrowed` not) with that native code which the operator calls first; leaves when it is another.";
}
def BeginConstruction : SpecialUop<"begin_construction", [Arg<ValueTy, "callee">],
    [Arg<ValueTy, "instance">, Arg<ValueTy, "init">]> {
  let attributes = ["StrAttr:$symbol"];
  let pure = 0;
  let exits = 1;
  let description = "An instance without attributes, and its __init__ (both owned; with the attribute `borrowed` __init__ is not); leaves unless the class makes its instances in the plain way, with the __init__ that has that native code.";
}
def GuardConstruction : SpecialUop<"guard_construction", [Arg<ValueTy, "callee">], [Arg<ValueTy, "init">]> {
  let attributes = ["StrAttr:$symbol", "DenseI32ArrayAttr:$names", "I32Attr:$code"];
  let pure = 0;
  let exits = 1;
  let description = "As begin_construction, without the instance; and it may have the attributes of these names in slots.";
}
def ClassMethod : SpecialUop<"class_method", [Arg<ValueTy, "callee">], [Arg<ValueTy, "result">]> {
  let attributes = ["StrAttr:$name", "I32Attr:$nameIndex"];
  let pure = 0;
  let exits = 1;
  let description = "The function (owned, or with the attribute `borrowed` not) that is the method of instances of the class without an attribute of that name; leaves when it is something else.";
}

// sum() of floats: high + x is added plainly beside these (runtime/objects/compensated_sum.h).
def SumLow : SpecialUop<"sum_low", [Arg<F64Ty, "high">, Arg<F64Ty, "low">, Arg<F64Ty, "x">], [Arg<F64Ty, "result">]> {
  let description = "The compensation for high + x.";
}
def SumValue : SpecialUop<"sum_value", [Arg<F64Ty, "high">, Arg<F64Ty, "low">], [Arg<F64Ty, "result">]> {
  let description = "The sum.";
}

// Results of typed entries: (bits, whether they are a boxed value).
def TypedResultInt : SpecialUop<"typed_result_int", [Arg<ValueTy, "value">, Arg<I1Ty, "boxed">], [Arg<I64Ty, "result">]> {
  let exits = 1;
  let description = "The number; leaves for a value that is no small int.";
}
def TypedResultFloat : SpecialUop<"typed_result_float", [Arg<ValueTy, "value">, Arg<I1Ty, "boxed">], [Arg<F64Ty, "result">]> {
  let exits = 1;
  let description = "The number; leaves for a value that is no float.";
}
def BoxResultInt : SpecialUop<"box_result_int", [Arg<ValueTy, "value">, Arg<I1Ty, "boxed">], [Arg<ValueTy, "result">]> {
  let description = "The result as a value.";
}
def BoxResultFloat : SpecialUop<"box_result_float", [Arg<ValueTy, "value">, Arg<I1Ty, "boxed">], [Arg<ValueTy, "result">]> {
  let description = "The result as a value.";
}

// Methods of classes.
def LoadKnownMethod : SpecialUop<"load_known_method", [Arg<ValueTy, "object">], [Arg<ValueTy, "result">]> {
  let attributes = ["StrAttr:$name", "I32Attr:$nameIndex", "I32Attr:$ways"];
  let pure = 0;
  let exits = 1;
  let description = "The function (owned) that is the object's method of the name; leaves when the object's class has no such method, or is none of the first `ways` that came by.";
}

def LoadBuiltinMethod : SpecialUop<"load_builtin_method", [Arg<ValueTy, "object">], [Arg<ValueTy, "result">]> {
  let attributes = ["StrAttr:$owner", "StrAttr:$name", "I32Attr:$nameIndex"];
  let exits = 1;
  let description = "The method (not counted: the type keeps it) of an object of exactly this built-in type, written in C++; leaves for other objects.";
}

// Attributes of objects whose shape was guarded: `offset` bytes from the start.
class Slot<string m, list<Arg> a, list<Arg> r> : SpecialUop<m, a, r> {
  let attributes = ["StrAttr:$layout", "StrAttr:$name", "I32Attr:$nameIndex", "I32Attr:$offset"];
  let pure = 0;
  let exits = 1;
}
def LoadSlot : Slot<"load_slot", [Arg<ValueTy, "object">], [Arg<ValueTy, "result">]> {
  let description = "The attribute; leaves when it is deleted. Owned, or with the attribute `borrowed` not.";
}
def LoadSlotInt : Slot<"load_slot_int", [Arg<ValueTy, "object">], [Arg<I64Ty, "result">]> {
  let description = "The attribute's number; leaves unless it is a small int.";
}
def LoadSlotFloat : Slot<"load_slot_float", [Arg<ValueTy, "object">], [Arg<F64Ty, "result">]> {
  let description = "The attribute's number; leaves unless it is a float.";
}
def LoadSlotBool : Slot<"load_slot_bool", [Arg<ValueTy, "object">], [Arg<I1Ty, "result">]> {
  let description = "Whether the attribute is True; leaves unless it is True or False.";
}
def StoreSlot : Slot<"store_slot", [Arg<ValueTy, "object">, Arg<ValueTy, "value">], []> {
  let description = "Replaces the attribute.";
}
def StoreSlotNumber : Slot<"store_slot_number", [Arg<ValueTy, "object">, Arg<ValueTy, "value">], []> {
  let description = "Replaces the attribute by a float or small int; leaves when the old value would die of it.";
}

// `layout` ends with the attributes that are added, "...}@24+b+c"; this is the one with the number `step`.
def AddSlot : SpecialUop<"add_slot", [Arg<ValueTy, "object">, Arg<ValueTy, "value">], []> {
  let attributes = ["StrAttr:$layout", "StrAttr:$name", "I32Attr:$nameIndex", "I32Attr:$offset", "I32Attr:$step"];
  let pure = 0;
  let exits = 1;
  let description = "Gives the object an attribute that it has not had, and the shape that goes with it.";
}

// Items of lists, by storage. The index may be negative; outside of the list they leave, as for another storage.
class ListItem<string m, list<Arg> a, list<Arg> r> : SpecialUop<m, a, r> {
  let pure = 0;
  let exits = 1;
}
foreach item = ["int", "float", "bool", "value"] in {
  defvar type = !cond(!eq(item, "int"): I64Ty, !eq(item, "float"): F64Ty, !eq(item, "bool"): I1Ty, true: ValueTy);
  def LoadListItem_#item : ListItem<"load_list_" # item, [Arg<ValueTy, "object">, Arg<I64Ty, "index">],
                                    [Arg<type, "result">]> {
    let description = "object[index] of a list that stores such items.";
  }
  def StoreListItem_#item : ListItem<"store_list_" # item,
      [Arg<ValueTy, "object">, Arg<I64Ty, "index">, Arg<type, "value">], []> {
    let description = "object[index] = value in a list that stores such items.";
  }
}

// Items of bytes, bytearrays and arrays, by storage (runtime/base/item_storage.h), in the same way. Stores
// leave for numbers that an item can't hold, loads for those beyond 64 bits.
class ArrayItem<string m, list<Arg> a, list<Arg> r> : ListItem<m, a, r> {
  let attributes = ["I32Attr:$storage"];
}
foreach item = ["int", "float"] in {
  defvar type = !if(!eq(item, "int"), I64Ty, F64Ty);
  def LoadArrayItem_#item : ArrayItem<"load_array_" # item, [Arg<ValueTy, "object">, Arg<I64Ty, "index">],
                                      [Arg<type, "result">]> {
    let description = "object[index] of an object with that storage.";
  }
  def StoreArrayItem_#item : ArrayItem<"store_array_" # item,
      [Arg<ValueTy, "object">, Arg<I64Ty, "index">, Arg<type, "value">], []> {
    let description = "object[index] = value in an object with that storage.";
  }
}

// Views of lists: made once before a loop that leaves lists as they are, used in it. A view expects
// nothing: where the list is none, or stores other items, its count is 0, and an access leaves.
def ViewList : SpecialUop<"view_list", [Arg<ValueTy, "list">], [Arg<I64Ty, "data">, Arg<I64Ty, "count">]> {
  let attributes = ["I32Attr:$storage"];
  let pure = 0;
  let description = "Where the items of a list of that storage (ListStorageKind), or of an array (ItemStorage), lie; null is allowed.";
}
def ViewItem : SpecialUop<"view_item", [Arg<I64Ty, "data">, Arg<I64Ty, "count">, Arg<I64Ty, "index">],
                          [Arg<ValueTy, "result">]> {
  let pure = 0;
  let description = "The object at an index of a view, not counted; null when there is none.";
}
def ViewSlot : SpecialUop<"view_slot", [Arg<ValueTy, "object">], [Arg<ValueTy, "result">]> {
  let attributes = ["StrAttr:$layout", "StrAttr:$name", "I32Attr:$nameIndex", "I32Attr:$offset"];
  let pure = 0;
  let description = "The attribute, not counted, of an object that may be null; null unless the object has the layout.";
}
def ViewGlobal : SpecialUop<"view_global", [], [Arg<ValueTy, "result">]> {
  let attributes = ["StrAttr:$name", "I32Attr:$nameIndex"];
  let pure = 0;
  let description = "The global, not counted; null when it is not bound.";
}
def ViewDeref : SpecialUop<"view_deref", [Arg<ValueTy, "cell">], [Arg<ValueTy, "result">]> {
  let pure = 0;
  let description = "The cell's content, not counted; null when it is empty.";
}

// Parts of slices as numbers (passes/uop/sink_slices.cpp, runtime/base/slice_part.h: kNoPart, kOtherPart).
def SlicePart : SpecialUop<"slice_part", [Arg<ValueTy, "value">], [Arg<I64Ty, "result">]> {
  let description = "The number of a small int, kNoPart of None, kOtherPart of anything else.";
}
def CopySlice : SpecialUop<"copy_slice",
    [Arg<ValueTy, "to">, Arg<I64Ty, "to_start">, Arg<I64Ty, "to_stop">, Arg<I64Ty, "to_step">,
     Arg<ValueTy, "from">, Arg<I64Ty, "from_start">, Arg<I64Ty, "from_stop">, Arg<I64Ty, "from_step">],
    [Arg<I1Ty, "result">]> {
  let pure = 0;
  let description = "to[...] = from[...] for lists where items are copied one by one; false, with nothing done, for anything else.";
}

// What guards expect, asked before a loop (passes/uop/hoist_checks.cpp). Nothing is expected; null is allowed.
class Check<string m, string attribute> : SpecialUop<m, [Arg<ValueTy, "value">], [Arg<I1Ty, "result">]> {
  let attributes = ["StrAttr:$" # attribute];
  let pure = 0;
}
def HasLayout : Check<"has_layout", "layout"> {
  let description = "Whether guard_shape would not leave.";
}
def IsFunction : Check<"is_function", "symbol"> {
  let description = "Whether guard_function would not leave.";
}
def IsBuiltin : Check<"is_builtin", "function"> {
  let description = "Whether guard_builtin would not leave.";
}
def IsObject : Check<"is_object", "symbol"> {
  let description = "Whether guard_same would not leave.";
}
foreach item = ["int", "float", "bool", "value"] in {
  defvar type = !cond(!eq(item, "int"): I64Ty, !eq(item, "float"): F64Ty, !eq(item, "bool"): I1Ty, true: ValueTy);
  def LoadViewItem_#item : ListItem<"load_view_" # item,
      [Arg<I64Ty, "data">, Arg<I64Ty, "count">, Arg<I64Ty, "index">], [Arg<type, "result">]> {
    let description = "load_list_" # item # " of the list of a view; with the attribute `storage`, load_array_" # item # " of the array.";
  }
  if !ne(item, "value") then
    def StoreViewItem_#item : ListItem<"store_view_" # item,
        [Arg<I64Ty, "data">, Arg<I64Ty, "count">, Arg<I64Ty, "index">, Arg<type, "value">], []> {
      let description = "store_list_" # item # " to the list of a view; with the attribute `storage`, store_array_" # item # " to the array.";
    }
}
def PollRan : SpecialUop<"poll_ran", [], [Arg<I1Ty, "result">]> {
  let pure = 0;
  let exits = 1;
  let description = "As poll; whether anything was done. Otherwise what was known before is known behind it.";
}
def Length : SpecialUop<"length", [Arg<ValueTy, "object">], [Arg<I64Ty, "result">]> {
  let pure = 0;
  let exits = 1;
  let description = "len(object) of an exact list, tuple, str, bytes, bytearray or array; leaves for other objects.";
}

// Unboxed arithmetic. Results that 64 bits can't hold, and errors, leave.
foreach op = ["add", "sub", "mul", "floordiv", "mod", "lshift", "rshift", "pow"] in
  def Int_#op : SpecialUop<"int_" # op, [Arg<I64Ty, "lhs">, Arg<I64Ty, "rhs">], [Arg<I64Ty, "result">]> {
    let exits = 1;
    let description = "Python's int operator on 64 bits.";
  }
def IntNeg : SpecialUop<"int_neg", [Arg<I64Ty, "operand">], [Arg<I64Ty, "result">]> {
  let exits = 1;
  let description = "-operand.";
}
def IntTrueDiv : SpecialUop<"int_truediv", [Arg<I64Ty, "lhs">, Arg<I64Ty, "rhs">], [Arg<F64Ty, "result">]> {
  let exits = 1;
  let description = "lhs / rhs for operands that a double holds exactly; leaves for others and for 0.";
}
def FloatDiv : SpecialUop<"float_truediv", [Arg<F64Ty, "lhs">, Arg<F64Ty, "rhs">], [Arg<F64Ty, "result">]> {
  let exits = 1;
  let description = "lhs / rhs; leaves for a zero divisor.";
}
def FloatSqrt : SpecialUop<"float_sqrt", [Arg<F64Ty, "operand">], [Arg<F64Ty, "result">]> {
  let exits = 1;
  let description = "math.sqrt(operand); leaves for negative numbers and NaN.";
}
def FloatFunction : SpecialUop<"float_function", [Arg<F64Ty, "operand">], [Arg<F64Ty, "result">]> {
  let attributes = ["StrAttr:$function"];
  let exits = 1;
  let description = "The function of math of that name; leaves where the result is not finite.";
}
def ComplexAbs : SpecialUop<"complex_abs", [Arg<F64Ty, "real">, Arg<F64Ty, "imag">], [Arg<F64Ty, "result">]> {
  let exits = 1;
  let description = "abs() of the complex number; leaves where the result is not finite.";
}
foreach round = ["floor", "ceil"] in
  def Float_#round : SpecialUop<"float_" # round, [Arg<F64Ty, "operand">], [Arg<F64Ty, "result">]> {
    let description = "The next whole number in this direction.";
  }
foreach op = ["floordiv", "mod", "pow"] in
  def Float_#op : SpecialUop<"float_" # op, [Arg<F64Ty, "lhs">, Arg<F64Ty, "rhs">], [Arg<F64Ty, "result">]> {
    let exits = 1;
    let description = "Python's float operator; leaves where it raises or the result is complex.";
  }

// Containers with unboxed indices; the container is any object.
def LoadItemInt : SpecialUop<"load_item_int", [Arg<ValueTy, "object">, Arg<I64Ty, "index">], [Arg<ValueTy, "result">]> {
  let pure = 0;
  let exits = 1;
  let description = "object[index]; as load_item otherwise (raises with the frame state's cleanup).";
}
def StoreItemInt : SpecialUop<"store_item_int",
    [Arg<ValueTy, "object">, Arg<I64Ty, "index">, Arg<ValueTy, "value">], []> {
  let pure = 0;
  let exits = 1;
  let description = "object[index] = value; as store_item otherwise.";
}
