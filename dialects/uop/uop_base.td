//===- uop_base.td - How a uop is described -------------------------------===//
//
// A uop (micro-operation) is one record. Opcodes, operand layout, assembler,
// disassembler, verifier, dispatch table, MLIR op and reference page come from
// it (dialects/tblgen/uopgen.py). No second list of opcodes exists.
//
// Registers. Operands of generic uops are registers of a frame. A register is
// an int16: locals (parameters first, then other locals, cell and free
// variables) are negative: local i is register -1-i; temporaries are
// non-negative: temporary i is register i. Temporaries form a stack: those in
// use before an instruction are exactly 0..depth-1 (the depth is in the
// position table).
//
// Ownership. Every register owns its value; a null value is "unbound" (locals)
// or "dead" (temporaries). An `In` operand that is a temporary is consumed: the
// instruction releases or moves it and the register is dead afterwards. An `In`
// operand that is a local is borrowed. A `Keep` operand is borrowed in both
// cases. Writing an `Out` operand that is a local releases the old value.
// An instruction that raises has consumed nothing: the unwinder releases every
// temporary above the handler's depth.
//
//===----------------------------------------------------------------------===//

class Operand<string k, string n> {
  string kind = k;
  string name = n;
}

// Registers (int16).
class In<string n> : Operand<"in", n>;
class Keep<string n> : Operand<"keep", n>;
class Out<string n> : Operand<"out", n>;
class InOut<string n> : Operand<"inout", n>;          // read, consumed and written
// A window of consecutive temporaries starting at the register: count =
// scale * (value of the Imm operand `counter`) + extra.
class Window<string k, string n, string c, int e, int s> : Operand<k, n> {
  string counter = c;
  int extra = e;
  int scale = s;
}
class InWindow<string n, string counter = "", int extra = 0, int scale = 1>
    : Window<"in_window", n, counter, extra, scale>;
class OutWindow<string n, string counter = "", int extra = 0, int scale = 1>
    : Window<"out_window", n, counter, extra, scale>;
// A window whose values are borrowed even though they are temporaries.
class KeepWindow<string n, string counter = "", int extra = 0, int scale = 1>
    : Window<"keep_window", n, counter, extra, scale>;

// Immediates.
class Imm<string n, string e = ""> : Operand<"imm", n> {   // uint16; e: a UopEnum's name
  string enumName = e;
}
class Name<string n> : Operand<"name", n>;             // uint32, index into the code's names
class Const<string n> : Operand<"const", n>;           // uint32, index into the code's constants
class Label<string n> : Operand<"label", n>;           // int32, words from this instruction's start
class Cache<string n> : Operand<"cache", n>;           // uint32, index of an inline cache

// An enumeration used by Imm operands.
class UopEnum<list<string> c> {
  list<string> cases = c;
}

// A generic uop: says what Python says. Its meaning is one function in
// runtime/interp/uops, built on the runtime's semantic functions.
class Uop<string m, list<Operand> o> {
  string mnemonic = m;
  list<Operand> operands = o;
  string description = "";
  bit raises = 1;          // may leave with an exception (and so may run any code)
  bit terminator = 0;      // control never reaches the next instruction by falling through
  bit suspends = 0;        // leaves the frame and may be resumed at the next instruction
  bit renames = 0;         // only moves values between registers: nothing is left of it in SSA form
}
class Pure<string m, list<Operand> o> : Uop<m, o> {
  let raises = 0;
}

// Types of a specialised uop's operands and results.
class UopType<string ods> { string odsType = ods; }
def ValueTy : UopType<"Uop_Value">;
def I64Ty : UopType<"I64">;
def F64Ty : UopType<"F64">;
def I1Ty : UopType<"I1">;

class Arg<UopType t, string n> { UopType type = t; string name = n; }

// A specialised uop: what an inference or a profile made certain. It exists in
// the compiler's IR (and in JIT traces), never in a code image. `exits` says
// that it carries a frame state and leaves through it when its assumption
// fails.
class SpecialUop<string m, list<Arg> a, list<Arg> r> {
  string mnemonic = m;
  list<Arg> arguments = a;
  list<Arg> results = r;
  list<string> attributes = [];   // ODS "Type:$name" strings
  string description = "";
  bit exits = 0;
  bit pure = 1;
}
