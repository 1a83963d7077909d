#include "compiler/frontend/scope/future.h"

namespace pyc {

namespace {
constexpr std::string_view kAlwaysOn[] = {
    "nested_scopes",  "generators",     "division",         "absolute_import",
    "with_statement", "print_function", "unicode_literals", "generator_stop",
};

bool isFutureImport(const ast::StmtNode& stmt) {
  auto* import = ast::dynCast<ast::ImportFrom>(&stmt);
  return import && import->level == 0 && import->module && import->module->text == "__future__";
}

bool isStringStatement(const ast::StmtNode& stmt) {
  auto* expr = ast::dynCast<ast::Expr>(&stmt);
  auto* constant = expr ? ast::dynCast<ast::Constant>(expr->value) : nullptr;
  return constant && constant->value.kind == ast::ConstantKind::Str;
}

bool addFeature(const ast::Alias& alias, const Source& source, DiagnosticSink& sink,
                FutureFeatures& features) {
  std::string_view name = alias.name->text;
  if (name == "annotations") {
    features.annotations = true;
    features.codeFlags |= kFutureAnnotations;
    return true;
  }
  if (name == "barry_as_FLUFL") {
    features.barryAsFlufl = true;
    features.codeFlags |= kFutureBarryAsFlufl;
    return true;
  }
  for (std::string_view known : kAlwaysOn)
    if (name == known)
      return true;
  if (name == "braces")
    sink.report(DiagId::FutureBraces, source, alias.span);
  else
    sink.report(DiagId::FutureUnknownFeature, source, alias.span, {name});
  return false;
}
} // namespace

bool readFutureFeatures(const ast::ModNode& root, uint32_t inherited, const Source& source,
                        DiagnosticSink& sink, FutureFeatures& features) {
  features.codeFlags = inherited & (kFutureAnnotations | kFutureBarryAsFlufl);
  features.annotations = inherited & kFutureAnnotations;
  features.barryAsFlufl = inherited & kFutureBarryAsFlufl;
  ast::Seq<ast::StmtNode> body;
  if (auto* module = ast::dynCast<ast::Module>(&root))
    body = module->body;
  else if (auto* interactive = ast::dynCast<ast::Interactive>(&root))
    body = interactive->body;

  bool isDone = false;
  uint32_t previousLine = 0;
  for (size_t i = 0; i < body.size(); ++i) {
    const ast::StmtNode& stmt = *body[i];
    if (isDone && stmt.span.line > previousLine)
      return true;
    previousLine = stmt.span.line;
    if (isFutureImport(stmt)) {
      if (isDone) {
        sink.report(DiagId::FutureTooLate, source, stmt.span);
        return false;
      }
      for (const ast::Alias* alias : ast::cast<ast::ImportFrom>(stmt).names)
        if (!addFeature(*alias, source, sink, features))
          return false;
      features.lastLine = stmt.span.line;
    } else if (i != 0 || !isStringStatement(stmt)) {
      isDone = true;
    }
  }
  return true;
}

} // namespace pyc
