#include "compiler/codegen/call_table.h"

#include "compiler/lower/source_scopes.h"
#include "runtime/abi/native.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/CodeGen/AsmPrinter.h"
#include "llvm/CodeGen/MachineInstr.h"
#include "llvm/CodeGen/MachineModuleInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/Target/TargetLoweringObjectFile.h"

#include <map>
#include <tuple>

using namespace llvm;

namespace pyc {
namespace {

/// Words of instructions by their place in the source.
class WordFinder {
public:
  explicit WordFinder(uop::ImageView image) : image_(image) {}

  /// The code's first instruction on the line, and of the column where there is one.
  uint32_t find(unsigned code, unsigned line, unsigned column) {
    auto& words = codes_[code];
    if (words.empty())
      collect(image_.code(code), words);
    for (auto key : {std::pair(line, column), std::pair(line, 0u)})
      if (auto found = words.find(key); found != words.end())
        return found->second;
    return 0;
  }

private:
  using Words = std::map<std::pair<unsigned, unsigned>, uint32_t>;

  void collect(const uop::CodeRecord& code, Words& words) {
    const auto* entry = image_.array<uop::PositionEntry>(code.positions);
    for (const auto* end = entry + code.positionCount; entry != end; ++entry) {
      if (entry->line < 1)
        continue;
      unsigned line = entry->line;
      words.try_emplace({line, entry->column < 0 ? 0 : entry->column + 1}, entry->word);
      words.try_emplace({line, 0}, entry->word);
    }
    words.try_emplace({0, 0}, 0);
  }

  uop::ImageView image_;
  DenseMap<unsigned, Words> codes_;
};

/// What a scope's linkage name says.
struct ScopeKind {
  StringRef kind;
  unsigned code;
};
ScopeKind kindOf(const DISubprogram* scope) {
  StringRef name = scope->getLinkageName();
  for (StringRef kind : {kNativeScope, kEntryScope, kInlinedScope}) {
    unsigned code = 0;
    if (StringRef rest = name; rest.consume_front(kind) && !rest.getAsInteger(10, code))
      return {kind, code};
  }
  return {};
}

/// Calls behind which the interpreter has taken over the function's frames.
bool leavesNativeCode(const MachineInstr& call) {
  for (const MachineOperand& operand : call.operands())
    if (operand.isGlobal()) {
      StringRef name = operand.getGlobal()->getName();
      return name.starts_with("pyc_deopt") || name == "pyc_resume_interpreted";
    }
  return false;
}

class CallTableWriter : public AsmPrinterHandler {
public:
  CallTableWriter(AsmPrinter& printer, uop::ImageView image) : printer_(printer), words_(image) {}

  void beginFunction(const MachineFunction* function) override {
    const DISubprogram* scope = function->getFunction().getSubprogram();
    ScopeKind kind = scope ? kindOf(scope) : ScopeKind();
    functions_.push_back(
        {printer_.CurrentFnSym, kind.kind.empty() ? rt::FunctionStart::kNoCode : kind.code});
  }
  void endFunction(const MachineFunction*) override {}
  void beginInstruction(const MachineInstr* instruction) override { current_ = instruction; }

  void endInstruction() override {
    const MachineInstr* call = std::exchange(current_, nullptr);
    if (!call || !call->isCall() || call->isReturn() || !call->getDebugLoc())
      return;
    uint32_t place = placeOf(call->getDebugLoc(), leavesNativeCode(*call));
    if (place == 0)
      return;
    MCSymbol* label = printer_.OutContext.createTempSymbol();
    printer_.OutStreamer->emitLabel(label);
    sites_.push_back({label, place - 1});
  }

  void endModule() override;

private:
  /// One more than the index of a place with its callers; 0 when no function runs there.
  uint32_t placeOf(const DILocation* location, bool isLeft) {
    if (!location)
      return 0;
    ScopeKind scope = kindOf(location->getScope()->getSubprogram());
    const DILocation* caller = location->getInlinedAt();
    if (isLeft && !scope.kind.empty())
      return placeOf(caller, scope.kind == kInlinedScope);
    if (scope.kind.empty() || scope.kind == kEntryScope)
      return placeOf(caller, isLeft);
    uint32_t word = words_.find(scope.code, location->getLine(), location->getColumn());
    auto key = std::tuple(scope.code, word, placeOf(caller, false));
    auto [known, isNew] = placeIndices_.try_emplace(key, places_.size());
    if (isNew)
      places_.push_back(key);
    return known->second + 1;
  }

  struct Row {
    MCSymbol* address;
    uint32_t number;
  };
  /// Offsets from the first function, each with its number. The result is where they are.
  MCSymbol* emitRows(ArrayRef<Row> rows) {
    MCSymbol* begin = printer_.OutContext.createTempSymbol();
    printer_.OutStreamer->emitLabel(begin);
    for (const Row& row : rows) {
      printer_.emitLabelDifference(row.address, functions_.front().address, 4);
      printer_.OutStreamer->emitInt32(row.number);
    }
    return begin;
  }
  void emitPointer(MCSymbol* symbol) {
    printer_.OutStreamer->emitValue(MCSymbolRefExpr::create(symbol, printer_.OutContext), 8);
  }

  AsmPrinter& printer_;
  WordFinder words_;
  const MachineInstr* current_ = nullptr;
  SmallVector<Row> functions_;                                   // with their codes
  SmallVector<Row> sites_;                                       // with their places
  SmallVector<std::tuple<uint32_t, uint32_t, uint32_t>> places_; // as CallPlace
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, uint32_t> placeIndices_;
};

void CallTableWriter::endModule() {
  const GlobalValue* table = printer_.MMI->getModule()->getNamedValue(kCallTableSymbol);
  if (!table)
    return;
  MCStreamer& out = *printer_.OutStreamer;
  out.switchSection(printer_.getObjFileLowering().getDataSection());
  printer_.emitAlignment(Align(8));
  MCSymbol* sites = emitRows(sites_);
  MCSymbol* functions = emitRows(functions_);
  MCSymbol* places = printer_.OutContext.createTempSymbol();
  out.emitLabel(places);
  for (auto [code, word, caller] : places_) {
    out.emitInt32(code);
    out.emitInt32(word);
    out.emitInt32(caller);
  }
  printer_.emitAlignment(Align(8));
  out.emitLabel(printer_.getSymbol(table));
  emitPointer(functions_.empty() ? functions : functions_.front().address);
  emitPointer(sites);
  emitPointer(places);
  emitPointer(functions);
  out.emitInt32(sites_.size());
  out.emitInt32(functions_.size());
}

} // namespace

std::unique_ptr<AsmPrinterHandler> makeCallTableWriter(AsmPrinter& printer, uop::ImageView image) {
  return std::make_unique<CallTableWriter>(printer, image);
}

} // namespace pyc
