#include "compiler/frontend/compile.h"

#include "compiler/frontend/emit/compilation.h"
#include "compiler/frontend/emit/image_writer.h"
#include "compiler/frontend/emit/jump_warnings.h"
#include "compiler/frontend/scope/scope.h"

namespace pyc {

CompileResult compileTree(const ast::Tree& tree, const Source& source,
                          const CompileOptions& options, DiagnosticSink& sink) {
  FutureFeatures future;
  future.allowTopLevelAwait = options.allowTopLevelAwait;
  if (!readFutureFeatures(*tree.root, options.futureFlags, source, sink, future))
    return {};
  warnJumpsInFinally(*tree.root, source, sink);
  NameTable names;
  ScopeTable scopes;
  if (!buildScopes(tree, source, future, names, sink, scopes))
    return {};
  Compilation compilation(source, names, scopes, future, sink, options.optimize, tree.nameCount);
  CodeUnit* unit = emitModule(compilation, *tree.root);
  if (!unit)
    return {};
  const std::string& name = options.fileName.empty() ? source.name() : options.fileName;
  return {writeImage(compilation, *unit, name)};
}

ParseOptions parseOptionsOf(const CompileOptions& options) {
  ParseOptions parseOptions;
  parseOptions.mode = options.mode;
  parseOptions.allowIncompleteInput = options.allowIncompleteInput;
  parseOptions.dontImplyDedent = options.dontImplyDedent;
  parseOptions.barryAsFlufl = options.futureFlags & kFutureBarryAsFlufl;
  parseOptions.maxIntDigits = options.maxIntDigits;
  return parseOptions;
}

CompileResult compileSource(const Source& source, const CompileOptions& options,
                            DiagnosticSink& sink) {
  ParseResult parsed = parse(source, parseOptionsOf(options), sink);
  if (!parsed)
    return {};
  return compileTree(parsed.tree, source, options, sink);
}

} // namespace pyc
