#include "compiler/pipeline/profile_texts.h"

namespace pyc {
namespace {

ParseMode parseMode(profile::TextMode mode) {
  switch (mode) {
  case profile::TextMode::Exec:
    return ParseMode::Module;
  case profile::TextMode::Eval:
    return ParseMode::Expression;
  case profile::TextMode::Single:
    return ParseMode::Interactive;
  }
  __builtin_unreachable();
}

/// Empty when it is left to the run time.
std::vector<uint64_t> compileText(const profile::Text& text) {
  DiagnosticSink sink;
  Source source;
  if (!readSource(text.source, text.fileName, SourceForm::Text, sink, source))
    return {};
  CompileOptions options;
  options.mode = parseMode(text.mode);
  options.fileName = text.fileName;
  options.futureFlags = text.futureFlags;
  options.optimize = static_cast<int>(text.optimize);
  CompileResult result = compileSource(source, options, sink);
  return sink.diagnostics().empty() ? std::move(result.image) : std::vector<uint64_t>();
}

} // namespace

void addTexts(const profile::Profile& profile, ModuleGraph& graph) {
  for (const profile::Text& text : profile.texts) {
    ModuleSource module;
    module.name = profile::textName(text);
    module.file = text.fileName;
    module.isLibrary = true;
    module.text = text.source;
    module.image = compileText(text);
    module.origin = text;
    if (!module.image.empty())
      graph.modules.push_back(std::move(module));
  }
}

} // namespace pyc
