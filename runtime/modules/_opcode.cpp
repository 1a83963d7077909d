// The module _opcode: facts about CPython's bytecode, on which the standard library's opcode, dis
// and inspect stand.
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

enum class Effect : uint8_t { Linear, WhenJumping, None };

struct OpcodeFacts {
  int number;
  const char* uses;
  Effect kind;
  int effect, perArgument, lowBit;
};

// In order of their numbers.
constexpr OpcodeFacts kOpcodes[] = {
#define PYC_OPCODE(number, name, uses, effect, perArgument, lowBit)                                \
  {number, uses, Effect::Linear, effect, perArgument, lowBit},
#define PYC_HANDLER(number, name, uses, effect) {number, uses, Effect::WhenJumping, effect, 0, 0},
#define PYC_SPECIALIZED(number, name, uses) {number, uses, Effect::None, 0, 0, 0},
#include "runtime/modules/opcodes.def"
};

const OpcodeFacts* findOpcode(int number) {
  const auto* end = std::end(kOpcodes);
  const auto* found =
      std::lower_bound(std::begin(kOpcodes), end, number,
                       [](const OpcodeFacts& facts, int wanted) { return facts.number < wanted; });
  return found != end && found->number == number ? found : nullptr;
}

template <char use> Ref hasUse(const Value* args) {
  int number = 0;
  if (!intArg(args[0], number))
    return {};
  const OpcodeFacts* facts = findOpcode(number);
  return Ref::boolean(facts && std::strchr(facts->uses, use));
}

Ref isValid(const Value* args) {
  int number = 0;
  return intArg(args[0], number) ? Ref::boolean(findOpcode(number) != nullptr) : Ref();
}

Ref stackEffect(const Value* args) {
  int number = 0, oparg = 0;
  if (!intArg(args[0], number) || (args[1] && !args[1].isNone() && !intArg(args[1], oparg)))
    return {};
  if (args[2] && !args[2].isNone() && !args[2].isBool())
    return raise(valueErrorType, "stack_effect: jump must be False, True or None");
  const OpcodeFacts* facts = findOpcode(number);
  if (!facts || facts->kind == Effect::None)
    return raise(valueErrorType, "invalid opcode or oparg");
  bool mayJump = !args[2] || !args[2].isFalse();
  if (facts->kind == Effect::WhenJumping)
    return makeInt(mayJump ? facts->effect : 0);
  return makeInt(facts->effect + int64_t(facts->perArgument) * oparg +
                 int64_t(facts->lowBit) * (oparg & 1));
}

// Tables of names.

Ref listOf(std::span<const char* const> texts) {
  PYC_TRY(list, newList(texts.size()));
  for (const char* text : texts) {
    PYC_TRY(item, makeStr(text));
    if (!listAppend(asList(list), item))
      return {};
  }
  return list;
}

Ref unaryIntrinsics(const Value*) {
  constexpr const char* names[] = {"INTRINSIC_1_INVALID",         "INTRINSIC_PRINT",
                                   "INTRINSIC_IMPORT_STAR",       "INTRINSIC_STOPITERATION_ERROR",
                                   "INTRINSIC_ASYNC_GEN_WRAP",    "INTRINSIC_UNARY_POSITIVE",
                                   "INTRINSIC_LIST_TO_TUPLE",     "INTRINSIC_TYPEVAR",
                                   "INTRINSIC_PARAMSPEC",         "INTRINSIC_TYPEVARTUPLE",
                                   "INTRINSIC_SUBSCRIPT_GENERIC", "INTRINSIC_TYPEALIAS"};
  return listOf(names);
}

Ref binaryIntrinsics(const Value*) {
  constexpr const char* names[] = {"INTRINSIC_2_INVALID",
                                   "INTRINSIC_PREP_RERAISE_STAR",
                                   "INTRINSIC_TYPEVAR_WITH_BOUND",
                                   "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
                                   "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
                                   "INTRINSIC_SET_TYPEPARAM_DEFAULT"};
  return listOf(names);
}

Ref specialMethods(const Value*) {
  constexpr const char* names[] = {"__enter__", "__exit__", "__aenter__", "__aexit__"};
  return listOf(names);
}

constexpr const char* kBinaryOps[][2] = {{"ADD", "+"},
                                         {"AND", "&"},
                                         {"FLOOR_DIVIDE", "//"},
                                         {"LSHIFT", "<<"},
                                         {"MATRIX_MULTIPLY", "@"},
                                         {"MULTIPLY", "*"},
                                         {"REMAINDER", "%"},
                                         {"OR", "|"},
                                         {"POWER", "**"},
                                         {"RSHIFT", ">>"},
                                         {"SUBTRACT", "-"},
                                         {"TRUE_DIVIDE", "/"},
                                         {"XOR", "^"}};

bool addBinaryOp(ListObject* list, const std::string& name, const std::string& text) {
  Ref nameText = makeStr(name), opText = makeStr(text);
  if (!nameText || !opText)
    return false;
  PYC_TRY(pair, tupleOf(nameText.get(), opText.get()));
  return listAppend(list, pair);
}

Ref binaryOps(const Value*) {
  PYC_TRY(list, newList(2 * std::size(kBinaryOps) + 1));
  for (const auto& op : kBinaryOps)
    if (!addBinaryOp(asList(list), std::string("NB_") + op[0], op[1]))
      return {};
  for (const auto& op : kBinaryOps)
    if (!addBinaryOp(asList(list), std::string("NB_INPLACE_") + op[0], std::string(op[1]) + "="))
      return {};
  return addBinaryOp(asList(list), "NB_SUBSCR", "[]") ? std::move(list) : Ref();
}

// Nothing is specialised in ways that CPython's tools could read.

Ref specializationStats(const Value*) {
  return Ref::none();
}

Ref getExecutor(const Value* args) {
  if (!hasShape(args[0], kShapeCode))
    return raise(typeErrorType, "expected a code object, not '%T'", args[0]);
  int offset = 0;
  if (!intArg(args[1], offset))
    return {};
  return raise(valueErrorType, "no executor at given byte offset");
}

constexpr MethodDef kFunctions[] = {
    {.signature = "stack_effect(opcode, oparg=None, /, *, jump=None)",
     .bound = stackEffect,
     .doc = "By how much an opcode of CPython makes the stack grow."},
    {.signature = "is_valid(opcode)", .bound = isValid, .doc = "Whether there is such an opcode."},
    {.signature = "has_arg(opcode)", .bound = hasUse<'a'>, .doc = "Whether it has an argument."},
    {.signature = "has_const(opcode)", .bound = hasUse<'c'>, .doc = "Whether it uses a constant."},
    {.signature = "has_name(opcode)", .bound = hasUse<'n'>, .doc = "Whether it uses a name."},
    {.signature = "has_jump(opcode)", .bound = hasUse<'j'>, .doc = "Whether it may jump."},
    {.signature = "has_free(opcode)",
     .bound = hasUse<'f'>,
     .doc = "Whether it uses a free variable. Those of enclosed functions are local ones, too."},
    {.signature = "has_local(opcode)",
     .bound = hasUse<'l'>,
     .doc = "Whether it uses a local variable."},
    {.signature = "has_exc(opcode)",
     .bound = hasUse<'e'>,
     .doc = "Whether it sets an exception handler up."},
    {.signature = "get_specialization_stats()",
     .bound = specializationStats,
     .doc = "Counts of specialised instructions; None where they are not kept."},
    {.signature = "get_nb_ops()",
     .bound = binaryOps,
     .doc = "Names and texts of the binary operators, by the argument of BINARY_OP."},
    {.signature = "get_intrinsic1_descs()",
     .bound = unaryIntrinsics,
     .doc = "Names of the intrinsics with one argument."},
    {.signature = "get_intrinsic2_descs()",
     .bound = binaryIntrinsics,
     .doc = "Names of the intrinsics with two arguments."},
    {.signature = "get_special_method_names()",
     .bound = specialMethods,
     .doc = "Names of the methods that LOAD_SPECIAL knows."},
    {.signature = "get_executor(code, offset)",
     .bound = getExecutor,
     .doc = "CPython's machine code at a place of its bytecode: ValueError, for there is none."},
};

} // namespace

bool fillModule__opcode(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addInt(module, "ENABLE_SPECIALIZATION", 0) &&
         addStr(module, "__doc__", "Facts about CPython's bytecode.");
}

} // namespace pyc::rt
