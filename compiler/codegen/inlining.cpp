#include "compiler/codegen/inlining.h"

#include "compiler/import/import.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Function.h"

using namespace llvm;

namespace pyc {
namespace {

/// The function that a copy or another entry of it stands for.
StringRef sourceFunction(StringRef symbol) {
  return symbol.take_front(symbol.find('$'));
}

class Handler : public DiagnosticHandler {
public:
  Handler(uop::ImageView image, const std::string& moduleName, std::vector<Remark>& remarks)
      : remarks_(remarks) {
    for (unsigned i = 0; i < image.header().codeCount; ++i)
      if (isCompiled(image, image.code(i)))
        names_[functionSymbol(image, image.code(i), moduleName)] =
            std::string(image.string(image.code(i).qualifiedName));
  }

  bool isAnalysisRemarkEnabled(StringRef) const override { return false; }
  bool isPassedOptRemarkEnabled(StringRef pass) const override { return pass == "inline"; }
  bool isMissedOptRemarkEnabled(StringRef pass) const override { return pass == "inline"; }
  bool isAnyRemarkEnabled() const override { return true; }

  bool handleDiagnostics(const DiagnosticInfo& info) override {
    auto* remark = dyn_cast<DiagnosticInfoOptimizationBase>(&info);
    if (!remark)
      return false;
    StringRef name = remark->getRemarkName();
    if (name == "Inlined" || name == "AlwaysInline")
      add(*remark, RemarkKind::Inlined, {});
    else if (name == "TooCostly")
      add(*remark, RemarkKind::NotInlined, {"it is too large"});
    return true;
  }

private:
  void add(const DiagnosticInfoOptimizationBase& remark, RemarkKind kind,
           std::vector<std::string> reasons) {
    auto isCallee = [](auto& argument) { return argument.Key == "Callee"; };
    auto callee = find_if(remark.getArgs(), isCallee);
    StringRef caller = remark.getFunction().getName();
    bool isGeneral = caller.ends_with("$general") || caller.ends_with("$loops");
    if (callee == remark.getArgs().end() || !remark.isLocationAvailable() || isGeneral)
      return;
    auto function = names_.find(sourceFunction(callee->Val));
    if (function == names_.end())
      return;
    Remark out{kind, -1, -1, 0, 0, {function->second + "()"}};
    out.line = remark.getLocation().getLine();
    out.column = remark.getLocation().getColumn();
    if (out.column == 0)
      return; // a function's entry, which calls its other entry
    append_range(out.arguments, reasons);
    remarks_.push_back(std::move(out));
  }

  std::vector<Remark>& remarks_;
  StringMap<std::string> names_; // qualified names by symbol
};

} // namespace

void collectInlining(LLVMContext& context, uop::ImageView image, const std::string& moduleName,
                     std::vector<Remark>& remarks) {
  context.setDiagnosticHandler(std::make_unique<Handler>(image, moduleName, remarks));
}

} // namespace pyc
