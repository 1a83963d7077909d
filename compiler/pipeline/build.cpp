#include "compiler/pipeline/build.h"

#include "compiler/pipeline/object_cache.h"
#include "compiler/pipeline/profile_texts.h"
#include "compiler/pipeline/profile_use.h"
#include "compiler/pipeline/toolchain.h"
#include "profiler/report/match.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>

namespace pyc {
namespace {

/// Progress on a terminal, one line that is rewritten; every step with -v.
class Progress {
public:
  Progress(bool verbose, size_t total) : verbose_(verbose), terminal_(isatty(2)), total_(total) {}
  void step(const std::string& what) {
    std::lock_guard<std::mutex> lock(mutex_);
    ++done_;
    if (verbose_)
      std::fprintf(stderr, "[%zu/%zu] %s\n", done_, total_, what.c_str());
    else if (terminal_)
      std::fprintf(stderr, "\r\033[K[%zu/%zu] %s", done_, total_, what.c_str());
  }
  void finish() {
    if (terminal_ && !verbose_)
      std::fputs("\r\033[K", stderr);
  }

private:
  bool verbose_, terminal_;
  size_t total_, done_ = 0;
  std::mutex mutex_;
};

int fail(const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\n", message.c_str());
  return 1;
}

/// How a module is compiled: decides, with its text, what the object is.
struct Treatment {
  bool isInterpreted;
  uint64_t hotWeight = 0; // of functions, to be compiled; 0: all are
};

/// Library modules are compiled where a profile says that they are hot: the program's own speed
/// depends on few of their functions, and to compile all of them takes minutes.
Treatment treatmentOf(const ModuleSource& module, const BuildOptions& options,
                      const profile::Profile* profile, uint64_t hotWeight) {
  if (options.instrument || !module.problems.empty())
    return {true};
  if (module.origin) // the profile has no texts but those that ran often
    return {options.optLevel == 0, /*hotWeight=*/1};
  if (!module.isLibrary || options.compileLibrary)
    return {false};
  if (!profile || options.optLevel == 0)
    return {true};
  bool isHot = std::any_of(profile->functions.begin(), profile->functions.end(), [&](auto& f) {
    return f.module == module.name && profile::isHot(f, hotWeight);
  });
  return {!isHot, isHot ? hotWeight : 0};
}

/// Compiles what the cache does not have, on all cores. Each result is an object's path.
bool compileAll(const std::vector<ModuleSource>& modules, const BuildOptions& options,
                const Installation& installation, ObjectCache& cache,
                const profile::Profile* profile, std::vector<std::string>& objects,
                std::string& error) {
  Progress progress(options.verbose, modules.size());
  objects.assign(modules.size(), "");
  std::atomic<size_t> next{0};
  std::mutex mutex;
  uint64_t hotWeight = profile ? profile::hotWeight(*profile) : 0;
  auto work = [&] {
    for (size_t i; (i = next++) < modules.size();) {
      const ModuleSource& module = modules[i];
      auto [isInterpreted, ownHotWeight] = treatmentOf(module, options, profile, hotWeight);
      std::string parameters =
          module.name + "|" + module.file + "|" + std::to_string(module.isPackage) +
          (isInterpreted ? "|interpreted" : "|native") + (options.debug ? "|g" : "") + "|O" +
          std::to_string(options.optLevel);
      if (profile && !isInterpreted)
        parameters += "|profile" + profile::encode(profile::slice(*profile, module.name)) + "|hot" +
                      std::to_string(ownHotWeight);
      std::string key = cache.key(module.text, parameters);
      if (cache.has(key)) {
        objects[i] = cache.path(key);
        progress.step("cached " + module.name);
        continue;
      }
      ObjectOptions object;
      object.moduleName = module.name;
      object.fileName = module.file;
      object.isPackage = module.isPackage;
      object.isInterpreted = isInterpreted;
      if (!module.problems.empty() || module.origin)
        object.source = module.text;
      object.keepFrames = options.debug;
      object.optLevel = options.optLevel;
      object.profile = profile;
      object.hotWeight = ownHotWeight;
      object.fastPaths = installation.fastPaths;
      std::string problem;
      std::string bytes = compileModule(module.view(), object, Stage::Object, problem);
      if (!bytes.empty())
        objects[i] = cache.store(key, bytes, problem);
      progress.step((isInterpreted ? "packed " : "compiled ") + module.name);
      if (objects[i].empty()) {
        std::lock_guard<std::mutex> lock(mutex);
        error = problem;
      }
    }
  };
  size_t count =
      std::min<size_t>(modules.size(), std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (size_t i = 1; i < count; ++i)
    threads.emplace_back(work);
  work();
  for (std::thread& thread : threads)
    thread.join();
  progress.finish();
  return error.empty();
}

std::string programTable(const ModuleGraph& graph, const BuildOptions& options,
                         std::string& error) {
  ProgramModules names;
  names.isInstrumented = options.instrument;
  for (const ModuleSource& module : graph.modules)
    if (const auto& text = module.origin)
      names.texts.push_back(
          {module.name, static_cast<uint32_t>(text->mode), text->futureFlags, text->optimize});
    else
      names.compiled.push_back(module.name);
  names.builtin = graph.builtin;
  std::string bytes = compileProgramTable(names, "", error);
  std::string path = temporaryName("program.o");
  return !bytes.empty() && writeFileAtomically(path, bytes, error) ? path : "";
}

} // namespace

int buildProgram(const BuildOptions& options) {
  Installation installation;
  std::string error;
  if (!findInstallation(installation, error))
    return fail(error);
  GraphOptions search;
  search.mainFile = options.mainFile;
  std::string stdlib = options.stdlibDir.empty() ? installation.stdlibDir : options.stdlibDir;
  if (!stdlib.empty() && access((stdlib + "/os.py").c_str(), R_OK) != 0)
    return fail("there is no standard library in '" + stdlib + "' (no file os.py)");
  if (!stdlib.empty())
    search.searchPath.push_back(stdlib);
  ModuleGraph graph;
  if (!loadModules(search, graph))
    return 1;
  ObjectCache cache(fileIdentity(installation.compiler) + "/" +
                    fileIdentity(installation.fastPaths));
  LinkOptions link;
  std::optional<profile::Profile> profile;
  if (!options.instrument && !loadProfile(options, profile, error))
    return fail(error);
  if (profile)
    addTexts(*profile, graph);
  if (profile && !checkCoverage(options, graph, *profile, error))
    return fail(error);
  if (!compileAll(graph.modules, options, installation, cache, profile ? &*profile : nullptr,
                  link.objects, error))
    return fail(error);
  std::string table = programTable(graph, options, error);
  if (table.empty())
    return fail(error);
  link.objects.push_back(table);
  link.output = options.output;
  link.verbose = options.verbose;
  bool linked = linkProgram(installation, link, error);
  unlink(table.c_str());
  return linked ? 0 : fail(error);
}

int emitStage(const BuildOptions& build, Stage stage) {
  Installation installation;
  std::string error;
  if (!findInstallation(installation, error))
    return fail(error);
  ModuleSource module;
  if (!loadModule(build.mainFile, "__main__", module))
    return 1;
  ObjectOptions options;
  options.moduleName = module.name;
  options.fileName = module.file;
  options.optLevel = build.optLevel;
  options.keepFrames = build.debug;
  std::optional<profile::Profile> profile;
  if (!build.profiles.empty() && !loadProfile(build, profile, error))
    return fail(error);
  options.profile = profile ? &*profile : nullptr;
  options.fastPaths = installation.fastPaths;
  std::string text = compileModule(module.view(), options, stage, error);
  if (text.empty())
    return fail(error);
  return writeOutput(build.output, text, error) ? 0 : fail(error);
}

} // namespace pyc
