#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Remarks.h"

using namespace mlir;

namespace pyc {
namespace {

constexpr RemarkInfo kRemarks[] = {
#define PYC_REMARK(Kind, name, group, text, advice) {name, RemarkGroup::group, text, advice},
#include "compiler/remarks/remarks.def"
#undef PYC_REMARK
};

// Keys of a remark's arguments that are not its text's.
constexpr char kCode[] = "code", kWord[] = "word";

int intAttribute(Operation* op, StringRef name) {
  auto attribute = op ? op->getAttrOfType<IntegerAttr>(name) : IntegerAttr();
  return attribute ? static_cast<int>(attribute.getInt()) : -1;
}

/// The Python line that a location leads to.
FileLineColLoc placeOf(Location location) {
  return location->findInstanceOf<FileLineColLoc>();
}

class Collector : public remark::detail::MLIRRemarkStreamerBase {
public:
  explicit Collector(std::vector<Remark>& remarks) : remarks_(remarks) {}

  void streamOptimizationRemark(const remark::detail::Remark& remark) override {
    auto kind = remarkKindOf(std::string_view(remark.getRemarkName()));
    if (!kind)
      return; // one of MLIR's own passes
    Remark& out = remarks_.emplace_back(Remark{*kind, -1, -1, 0, 0, {}});
    if (FileLineColLoc place = placeOf(remark.getLocation())) {
      out.line = place.getLine();
      out.column = place.getColumn();
    }
    for (const remark::detail::Remark::Arg& argument : remark.getArgs()) {
      StringRef text = argument.val;
      if (argument.key == kCode)
        (void)text.getAsInteger(10, out.code);
      else if (argument.key == kWord)
        (void)text.getAsInteger(10, out.word);
      else
        out.arguments.push_back(argument.val);
    }
  }

private:
  std::vector<Remark>& remarks_;
};

} // namespace

const RemarkInfo& infoOf(RemarkKind kind) {
  return kRemarks[static_cast<unsigned>(kind)];
}

std::optional<RemarkKind> remarkKindOf(std::string_view name) {
  for (unsigned i = 0; i < std::size(kRemarks); ++i)
    if (kRemarks[i].name == name)
      return static_cast<RemarkKind>(i);
  return {};
}

bool isExplained(MLIRContext* context) {
  return context->getRemarkEngine() != nullptr;
}

void explain(Operation* op, RemarkKind kind, ArrayRef<StringRef> arguments) {
  if (!isExplained(op->getContext()))
    return;
  const RemarkInfo& info = infoOf(kind);
  auto function = dyn_cast<func::FuncOp>(op);
  if (!function)
    function = op->getParentOfType<func::FuncOp>();
  if (function && function->hasAttr("uop.continues")) // for a profile that does not fit
    return;
  auto opts = remark::RemarkOpts::name(info.name).category("pyc");
  if (function)
    opts = opts.function(function.getName());
  using Arg = remark::detail::Remark::Arg;
  auto out = info.group == RemarkGroup::Generic ? remark::missed(op->getLoc(), opts)
                                                : remark::passed(op->getLoc(), opts);
  out << Arg(kCode, intAttribute(function, "uop.code")) << Arg(kWord, intAttribute(op, "pc"));
  for (auto [i, argument] : llvm::enumerate(arguments))
    out << Arg(std::to_string(i), argument);
}

void collectRemarks(MLIRContext& context, std::vector<Remark>& remarks) {
  remark::RemarkCategories all;
  all.passed = all.missed = "pyc";
  auto policy = std::make_unique<remark::RemarkEmittingPolicyAll>();
  if (failed(remark::enableOptimizationRemarks(context, std::make_unique<Collector>(remarks),
                                               std::move(policy), all)))
    llvm_unreachable("the pattern for remarks is one");
}

} // namespace pyc
