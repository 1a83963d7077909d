#include "compiler/import/import.h"

#include "compiler/import/continuations.h"
#include "compiler/import/function_importer.h"
#include "dialects/uop/body_hash.h"
#include "dialects/uop/uop_info.h"
#include "runtime/abi/native.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

#include <algorithm>

using namespace mlir;

namespace pyc {

static bool hasLoop(uop::ImageView image, const uop::CodeRecord& code) {
  const uint64_t* words = image.words(code);
  for (uint32_t word = 0; word < code.wordCount;) {
    uop::Opcode opcode = uop::opcodeAt(words + word);
    if (opcode == uop::Opcode::JumpBack)
      return true;
    word += uop::infoOf(opcode).words;
  }
  return false;
}

static bool isAnyOf(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

/// Whether the code may look at its own frame's locals by name, which only an interpreter's frame
/// has.
static bool readsItsFrame(uop::ImageView image, const uop::CodeRecord& code) {
  const uint64_t* words = image.words(code);
  for (uint32_t word = 0; word < code.wordCount;) {
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(words + word));
    for (unsigned i = 0; i < info.operandCount; ++i) {
      if (info.operands[i].kind != uop::OperandKind::Name)
        continue;
      uint32_t name = uop::readOperand(words + word, info.operands[i]);
      std::string_view text = image.string(image.array<uint32_t>(code.names)[name]);
      if (isAnyOf(text, {"locals", "_getframe", "currentframe"}))
        return true;
      bool isGlobal = isAnyOf(info.name, {"load_global", "load_name"});
      if (isGlobal && isAnyOf(text, {"vars", "dir", "eval", "exec"}))
        return true;
    }
    word += info.words;
  }
  return false;
}

std::optional<RemarkKind> whyInterpreted(uop::ImageView image, const uop::CodeRecord& code) {
  if (readsItsFrame(image, code))
    return RemarkKind::ReadsFrame;
  return {};
}

bool isCompiled(uop::ImageView image, const uop::CodeRecord& code) {
  if ((code.flags & uop::kCodeClassBody) || whyInterpreted(image, code))
    return false;
  if (code.flags & uop::kCodeOptimized)
    return true;
  // A module's code runs once: without a loop the interpreter is done before a compiler would pay.
  return (code.flags & uop::kCodeModule) && hasLoop(image, code);
}

std::string functionSymbol(uop::ImageView image, const uop::CodeRecord& code,
                           const std::string& moduleName) {
  std::string_view name = image.string(code.qualifiedName);
  std::string symbol = moduleName + "." + std::string(name);
  for (unsigned i = 0; i < code.index; ++i)
    if (image.string(image.code(i).qualifiedName) == name)
      return symbol + "#" + std::to_string(code.index);
  return symbol;
}

std::string profileName(uop::ImageView image, const uop::CodeRecord& code,
                        const std::string& moduleName) {
  std::string name = moduleName + ":" + std::string(image.string(code.qualifiedName));
  uint32_t ordinal = uop::ordinalOf(image, code);
  return ordinal == 0 ? name : name + "#" + std::to_string(ordinal);
}

/// Says of each make_function what profiles call the function that it makes.
static void nameMadeFunctions(func::FuncOp function, uop::ImageView image,
                              const uop::CodeRecord& code, const std::string& moduleName) {
  auto constants = image.array<uop::ConstRecord>(code.constants);
  function.walk([&](ir::MakeFunctionOp op) {
    const auto* made =
        reinterpret_cast<const uop::CodeRecord*>(image.bytes() + constants[op.getCode()].payload);
    std::string name = "function " + profileName(image, *made, moduleName);
    op->setAttr("function", StringAttr::get(op.getContext(), name));
  });
}

/// Whether positional arguments become the parameters as they are.
static bool takesPlainArguments(const uop::CodeRecord& code) {
  constexpr uint32_t kUnusual = uop::kCodeVarargs | uop::kCodeVarKeywords | uop::kCodeModule;
  return !(code.flags & kUnusual) && code.keywordOnlyCount == 0 &&
         code.argumentCount <= rt::kMaxRegisterArguments;
}

/// The same, but that the last parameter takes all further arguments (*args).
static bool collectsArguments(const uop::CodeRecord& code) {
  constexpr uint32_t kUnusual = uop::kCodeVarKeywords | uop::kCodeModule | uop::kCodeSuspends;
  return (code.flags & uop::kCodeVarargs) && !(code.flags & kUnusual) && code.keywordOnlyCount == 0;
}

static uint64_t weightOf(const Observations& seen) {
  return seen ? profile::weightOf(seen.function()) : 0;
}

/// General code beside a function that a profile specialises.
static void importContinuations(OpBuilder& b, uop::ImageView image, const uop::CodeRecord& code,
                                const std::string& moduleName, const ModuleHints* hints) {
  SmallVector<uint32_t> words = continuationWords(image, code);
  auto import = [&](ArrayRef<uint32_t> some) {
    std::string name = continuationSymbol(functionSymbol(image, code, moduleName), some[0]);
    func::FuncOp function = FunctionImporter(b, image, code, {}, hints).runFrom(name, some);
    nameMadeFunctions(function, image, code, moduleName);
  };
  if (!words.empty())
    import(words[0]);
  if (words.size() > 1)
    import(ArrayRef(words).drop_front());
}

OwningOpRef<ModuleOp> importImage(MLIRContext& context, uop::ImageView image,
                                  const std::string& moduleName, const profile::Profile* profile,
                                  bool usesHints, uint64_t hotWeight) {
  context.loadDialect<ir::UopDialect, func::FuncDialect, arith::ArithDialect,
                      cf::ControlFlowDialect>();
  OpBuilder b(&context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(b.getUnknownLoc(), moduleName);
  b.setInsertionPointToEnd(module->getBody());
  ModuleObservations observations(image, moduleName, profile);
  ModuleHints hints(image, moduleName);
  constexpr uint64_t kShare = 32;       // of the program's whole weight
  constexpr uint32_t kMostWords = 2000; // larger functions take seconds to compile
  uint64_t hotEnough = profile ? profile::weightOf(*profile) / kShare : 0;
  for (unsigned i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    Observations seen = observations.of(code);
    bool isWanted = hotWeight == 0 || (seen && profile::isHot(seen.function(), hotWeight));
    if (!isWanted || !isCompiled(image, code))
      continue;
    const ModuleHints* usedHints = usesHints ? &hints : nullptr;
    std::string symbol = functionSymbol(image, code, moduleName);
    func::FuncOp function = FunctionImporter(b, image, code, seen, usedHints).run(symbol);
    if (seen)
      function->setAttr("uop.profiled", b.getUnitAttr());
    function->setAttr("uop.name", b.getStringAttr(profileName(image, code, moduleName)));
    nameMadeFunctions(function, image, code, moduleName);
    if (weightOf(seen) > 0 && weightOf(seen) >= hotEnough && code.wordCount <= kMostWords)
      importContinuations(b, image, code, moduleName, usedHints);
    if (collectsArguments(code))
      function->setAttr("uop.collects", b.getUnitAttr());
    if (!takesPlainArguments(code))
      continue;
    if (code.flags & uop::kCodeGenerator)
      function->setAttr("uop.parameters", b.getI32IntegerAttr(code.argumentCount));
    else if (!(code.flags & uop::kCodeSuspends))
      function->setAttr("uop.direct", b.getUnitAttr());
  }
  return module;
}

} // namespace pyc
