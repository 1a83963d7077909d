// The module _opcode: what `opcode`, `dis` and `inspect` ask about instructions. They mean
// CPython's instructions, of which pyc's code has none: its uops are not numbered for Python
// programs.
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

Ref noInstruction(const Value* args) {
  int opcode;
  return intArg(args[0], opcode) ? Ref::boolean(false) : Ref();
}

Ref stackEffect(const Value*) {
  return raise(valueErrorType, "invalid opcode or oparg");
}

Ref none(const Value*) {
  return Ref::none();
}

Ref getExecutor(const Value*) {
  return raise(runtimeErrorType, "Executors are not available in this build");
}

Ref textList(std::span<const std::string_view> texts) {
  PYC_TRY(list, newList(texts.size()));
  for (std::string_view text : texts) {
    PYC_TRY(item, makeStr(text));
    if (!listAppend(asList(list), item))
      return {};
  }
  return list;
}

constexpr std::pair<std::string_view, std::string_view> kBinaryOperators[] = {
    {"NB_ADD", "+"},
    {"NB_AND", "&"},
    {"NB_FLOOR_DIVIDE", "//"},
    {"NB_LSHIFT", "<<"},
    {"NB_MATRIX_MULTIPLY", "@"},
    {"NB_MULTIPLY", "*"},
    {"NB_REMAINDER", "%"},
    {"NB_OR", "|"},
    {"NB_POWER", "**"},
    {"NB_RSHIFT", ">>"},
    {"NB_SUBTRACT", "-"},
    {"NB_TRUE_DIVIDE", "/"},
    {"NB_XOR", "^"},
    {"NB_INPLACE_ADD", "+="},
    {"NB_INPLACE_AND", "&="},
    {"NB_INPLACE_FLOOR_DIVIDE", "//="},
    {"NB_INPLACE_LSHIFT", "<<="},
    {"NB_INPLACE_MATRIX_MULTIPLY", "@="},
    {"NB_INPLACE_MULTIPLY", "*="},
    {"NB_INPLACE_REMAINDER", "%="},
    {"NB_INPLACE_OR", "|="},
    {"NB_INPLACE_POWER", "**="},
    {"NB_INPLACE_RSHIFT", ">>="},
    {"NB_INPLACE_SUBTRACT", "-="},
    {"NB_INPLACE_TRUE_DIVIDE", "/="},
    {"NB_INPLACE_XOR", "^="},
    {"NB_SUBSCR", "[]"},
};

Ref binaryOperators(const Value*) {
  PYC_TRY(list, newList(std::size(kBinaryOperators)));
  for (auto [name, sign] : kBinaryOperators) {
    PYC_TRY(first, makeStr(name));
    PYC_TRY(second, makeStr(sign));
    PYC_TRY(pair, tupleOf(first, second));
    if (!listAppend(asList(list), pair))
      return {};
  }
  return list;
}

Ref oneOperandIntrinsics(const Value*) {
  static constexpr std::string_view kNames[] = {
      "INTRINSIC_1_INVALID",         "INTRINSIC_PRINT",
      "INTRINSIC_IMPORT_STAR",       "INTRINSIC_STOPITERATION_ERROR",
      "INTRINSIC_ASYNC_GEN_WRAP",    "INTRINSIC_UNARY_POSITIVE",
      "INTRINSIC_LIST_TO_TUPLE",     "INTRINSIC_TYPEVAR",
      "INTRINSIC_PARAMSPEC",         "INTRINSIC_TYPEVARTUPLE",
      "INTRINSIC_SUBSCRIPT_GENERIC", "INTRINSIC_TYPEALIAS"};
  return textList(kNames);
}

Ref twoOperandIntrinsics(const Value*) {
  static constexpr std::string_view kNames[] = {"INTRINSIC_2_INVALID",
                                                "INTRINSIC_PREP_RERAISE_STAR",
                                                "INTRINSIC_TYPEVAR_WITH_BOUND",
                                                "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
                                                "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
                                                "INTRINSIC_SET_TYPEPARAM_DEFAULT"};
  return textList(kNames);
}

Ref specialMethodNames(const Value*) {
  static constexpr std::string_view kNames[] = {"__enter__", "__exit__", "__aenter__", "__aexit__"};
  return textList(kNames);
}

Ref commonConstants(const Value*) {
  return newList(0);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "stack_effect(opcode, oparg=None, /, *, jump=None)", .bound = stackEffect},
    {.signature = "is_valid(opcode)", .bound = noInstruction},
    {.signature = "has_arg(opcode)", .bound = noInstruction},
    {.signature = "has_const(opcode)", .bound = noInstruction},
    {.signature = "has_name(opcode)", .bound = noInstruction},
    {.signature = "has_jump(opcode)", .bound = noInstruction},
    {.signature = "has_free(opcode)", .bound = noInstruction},
    {.signature = "has_local(opcode)", .bound = noInstruction},
    {.signature = "has_exc(opcode)", .bound = noInstruction},
    {.signature = "get_executor(*, code, offset)", .bound = getExecutor},
    {.signature = "get_specialization_stats()", .bound = none},
    {.signature = "get_nb_ops()", .bound = binaryOperators},
    {.signature = "get_intrinsic1_descs()", .bound = oneOperandIntrinsics},
    {.signature = "get_intrinsic2_descs()", .bound = twoOperandIntrinsics},
    {.signature = "get_special_method_names()", .bound = specialMethodNames},
    {.signature = "get_common_constants()", .bound = commonConstants},
};

} // namespace

bool fillModule__opcode(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions));
}

} // namespace pyc::rt
