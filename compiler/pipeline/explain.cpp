#include "compiler/pipeline/explain.h"

#include "compiler/explain/writers.h"
#include "compiler/import/import.h"
#include "compiler/pipeline/profile_texts.h"
#include "compiler/pipeline/profile_use.h"
#include "compiler/pipeline/toolchain.h"
#include "profiler/report/match.h"

#include <cstdio>

namespace pyc {
namespace {

int fail(const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\n", message.c_str());
  return 1;
}

/// Functions that stay with the interpreter have no compilation that could say so.
void addInterpreted(uop::ImageView image, std::vector<Remark>& remarks) {
  for (uint32_t i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    bool isFunction = (code.flags & uop::kCodeOptimized) != 0;
    if (auto why = whyInterpreted(image, code); why && isFunction)
      remarks.push_back({*why, static_cast<int>(i), -1, code.firstLine, 0, {}});
  }
}

/// Compiles a module as far as remarks come: native code is not asked for.
bool compile(const ModuleSource& module, const BuildOptions& build, const std::string& fastPaths,
             const profile::Profile* profile, std::vector<Remark>& remarks, std::string& error) {
  ObjectOptions options;
  options.moduleName = module.name;
  options.fileName = module.file;
  options.isPackage = module.isPackage;
  options.optLevel = build.optLevel;
  options.profile = profile;
  options.fastPaths = fastPaths;
  options.remarks = &remarks;
  if (compileModule(module.view(), options, Stage::LlvmIr, error).empty())
    return false;
  addInterpreted(module.view(), remarks);
  return true;
}

std::string written(const Explanation& explanation, const ExplainOptions& options) {
  switch (options.format) {
  case ExplainFormat::Text:
    return explanationText(explanation, options.top);
  case ExplainFormat::Json:
    return explanationJson(explanation, options.top);
  case ExplainFormat::Html:
    return explanationHtml(explanation, options.top);
  }
}

} // namespace

int explainProgram(const BuildOptions& build, const ExplainOptions& options) {
  Installation installation;
  std::string error;
  if (!findInstallation(installation, error))
    return fail(error);
  GraphOptions search;
  search.mainFile = build.mainFile;
  std::string stdlib = build.stdlibDir.empty() ? installation.stdlibDir : build.stdlibDir;
  if (!stdlib.empty())
    search.searchPath.push_back(stdlib);
  ModuleGraph graph;
  if (!loadModules(search, graph))
    return 1;
  std::optional<profile::Profile> profile;
  if (!loadProfile(build, profile, error))
    return fail(error);

  Explanation explanation;
  explanation.program = build.mainFile;
  explanation.optLevel = build.optLevel;
  if (profile) {
    addTexts(*profile, graph);
    profile::Coverage coverage(*profile);
    for (const ModuleSource& module : graph.modules)
      coverage.add(module.view(), module.name, module.isLibrary);
    explanation.hasProfile = true;
    explanation.runs = profile->runs;
    explanation.relevance = coverage.relevance();
  }
  std::vector<ExplainedSource> sources;
  for (const ModuleSource& module : graph.modules) {
    if (module.isLibrary)
      continue;
    ExplainedSource& source = sources.emplace_back(
        ExplainedSource{module.name, module.file, module.text, module.view(), {}});
    if (!compile(module, build, installation.fastPaths, profile ? &*profile : nullptr,
                 source.remarks, error))
      return fail(error);
  }
  explanation.modules = explainModules(sources, profile ? &*profile : nullptr, options.accepts);
  return writeOutput(build.output, written(explanation, options), error) ? 0 : fail(error);
}

} // namespace pyc
