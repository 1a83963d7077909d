#include "compiler/lower/source_scopes.h"

#include "compiler/passes/uop/state.h"

#include "llvm/BinaryFormat/Dwarf.h"

using namespace mlir;

namespace pyc {

/// The place of an instruction in the source; the code's first line where it has none.
static FileLineColLoc placeOf(MLIRContext* context, uop::ImageView image,
                              const uop::CodeRecord& code, int64_t word) {
  auto fileName = image.string(code.fileName);
  StringRef file(fileName.data(), fileName.size());
  const uop::PositionEntry* position = uop::findPosition(image, code, static_cast<uint32_t>(word));
  if (!position || position->line < 1)
    return FileLineColLoc::get(context, file, code.firstLine, 0);
  return FileLineColLoc::get(context, file, position->line,
                             position->column < 0 ? 0 : position->column + 1);
}

LLVM::DICompileUnitAttr compileUnitOf(MLIRContext* context, uop::ImageView image) {
  auto name = image.string(image.code(0).fileName);
  auto file = LLVM::DIFileAttr::get(context, StringRef(name.data(), name.size()), "");
  return LLVM::DICompileUnitAttr::get(DistinctAttr::create(file), llvm::dwarf::DW_LANG_C, file,
                                      StringAttr::get(context, "pyc"), /*isOptimized=*/true,
                                      LLVM::DIEmissionKind::LineTablesOnly);
}

SourceScopes::SourceScopes(func::FuncOp function, uop::ImageView image,
                           LLVM::DICompileUnitAttr unit)
    : function_(function), image_(image), unit_(unit), context_(function.getContext()),
      own_(function.getLoc()) {
  bool isEntry = false;
  function.walk([&](Operation* op) {
    if (auto frame = dyn_cast<ir::InlinedFrameOp>(op))
      frames_[frame.getFrame()] = frame;
    isEntry |= isa<ir::EnterTypedOp>(op);
  });
  auto code = function->getAttrOfType<IntegerAttr>("uop.code");
  auto place = function.getLoc()->findInstanceOf<FileLineColLoc>();
  if (!code || !place)
    return;
  StringRef kind = isEntry ? kEntryScope : kNativeScope;
  auto own = scope(function.getName(), kind + Twine(code.getInt()), place);
  function->setLoc(FusedLoc::get({place}, own, context_));
}

LLVM::DISubprogramAttr SourceScopes::scope(StringRef name, const Twine& linkageName,
                                           FileLineColLoc place) {
  auto file = LLVM::DIFileAttr::get(context_, place.getFilename().strref(), "");
  auto type = LLVM::DISubroutineTypeAttr::get(context_, llvm::dwarf::DW_CC_normal, {});
  auto flags = LLVM::DISubprogramFlags::Definition | LLVM::DISubprogramFlags::Optimized;
  return LLVM::DISubprogramAttr::get(context_, DistinctAttr::create(file), unit_, file,
                                     StringAttr::get(context_, name),
                                     StringAttr::get(context_, linkageName), file, place.getLine(),
                                     place.getLine(), flags, type, {}, {});
}

LLVM::DISubprogramAttr SourceScopes::inlinedScope(int64_t frame) {
  auto& known = inlinedScopes_[frame];
  if (!known) {
    const uop::CodeRecord& code = image_.code(frames_.lookup(frame).getCode());
    auto name = image_.string(code.qualifiedName);
    known = scope(StringRef(name.data(), name.size()), kInlinedScope + Twine(code.index),
                  placeOf(context_, image_, code, -1));
  }
  return known;
}

/// Where the call is whose callee's code the operation is, if the operation says so.
std::optional<Location> SourceScopes::callerLocation(Operation* op) {
  if (Operation* caller = ir::callerOf(op))
    return locationOf(caller);
  auto pc = op->getAttrOfType<IntegerAttr>("pc");
  if (!pc || !op->hasAttr("word"))
    return {};
  // A generator's code, in the loop of the function that has the frame state.
  auto code = function_->getAttrOfType<IntegerAttr>("uop.code");
  return placeOf(context_, image_, image_.code(code.getInt()), pc.getInt());
}

Location SourceScopes::locationOf(Operation* op) {
  auto inlined = op->getAttrOfType<IntegerAttr>("inlined");
  if (!inlined || !frames_.contains(inlined.getInt()))
    return op->getLoc();
  int64_t frame = inlined.getInt();
  if (auto caller = callerLocation(op))
    callers_.insert_or_assign(frame, *caller);
  Location caller = callers_.try_emplace(frame, own_).first->second;
  auto place = op->getLoc()->findInstanceOf<FileLineColLoc>();
  if (!place)
    return caller;
  auto here = FusedLoc::get({place}, inlinedScope(frame), context_);
  return CallSiteLoc::get(here, caller);
}

} // namespace pyc
