#include "compiler/import/import.h"

#include "compiler/import/function_importer.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace pyc {

bool isCompiled(uop::ImageView image, const uop::CodeRecord& code) {
  constexpr uint32_t interpreted =
      uop::kCodeGenerator | uop::kCodeCoroutine | uop::kCodeAsyncGenerator | uop::kCodeClassBody;
  if (code.flags & interpreted)
    return false;
  // A frame's own namespace is the module's only in modules and functions.
  return (code.flags & (uop::kCodeOptimized | uop::kCodeModule)) != 0;
}

OwningOpRef<ModuleOp> importImage(MLIRContext& context, uop::ImageView image,
                                  const std::string& moduleName) {
  context.loadDialect<ir::UopDialect, func::FuncDialect>();
  OpBuilder b(&context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(b.getUnknownLoc(), moduleName);
  b.setInsertionPointToEnd(module->getBody());
  llvm::StringSet<> names;
  for (unsigned i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    if (!isCompiled(image, code))
      continue;
    std::string name = moduleName + "." + std::string(image.string(code.qualifiedName));
    if (!names.insert(name).second)
      name += "#" + std::to_string(i);
    FunctionImporter(b, image, code).run(name);
  }
  return module;
}

} // namespace pyc
