// Remarks: what the compiler did at a place in the program, or did not do and why, for people who
// want to know (`pyc explain`). remarks.def lists the kinds with their texts.
//
// A pass says so with one line, explain(op, RemarkKind::CountedLoop). Remarks go to the remark
// engine of the MLIRContext; where there is none, nothing happens, and only a pointer was tested.
// `pyc opt --remark-format=emitRemark --remarks-filter=.` prints those of single passes.
#pragma once

#include "mlir/IR/Operation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyc {

enum class RemarkKind : uint8_t {
#define PYC_REMARK(Kind, name, group, text, advice) Kind,
#include "compiler/remarks/remarks.def"
#undef PYC_REMARK
};

enum class RemarkGroup : uint8_t { Fast, Check, Generic, Note };

struct RemarkInfo {
  const char* name;
  RemarkGroup group;
  const char *text, *advice;
};
const RemarkInfo& infoOf(RemarkKind kind);
/// The kind of a name; nothing for an unknown one.
std::optional<RemarkKind> remarkKindOf(std::string_view name);

/// A remark that was collected.
struct Remark {
  RemarkKind kind;
  int code = -1;                 // index of the function's code in the image
  int word = -1;                 // of the instruction in it, where counts are looked up; -1: none
  unsigned line = 0, column = 0; // from 1; 0: none
  std::vector<std::string> arguments;
  auto operator<=>(const Remark&) const = default;
};

/// Whether anybody listens: for remarks whose arguments take work.
bool isExplained(mlir::MLIRContext* context);

/// Remarks on an operation inside a function, or on a function.
void explain(mlir::Operation* op, RemarkKind kind, llvm::ArrayRef<llvm::StringRef> arguments = {});

/// From now on the context's remarks are appended to `remarks`, which outlives the context.
void collectRemarks(mlir::MLIRContext& context, std::vector<Remark>& remarks);

} // namespace pyc
