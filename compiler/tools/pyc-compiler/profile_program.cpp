#include "compiler/tools/pyc-compiler/profile_program.h"

#include "compiler/pipeline/module_graph.h"
#include "compiler/pipeline/profile_texts.h"
#include "compiler/pipeline/toolchain.h"
#include "compiler/tools/pyc-compiler/profile.h"

#include <algorithm>
#include <set>
#include <unistd.h>

namespace pyc {
namespace {

/// The file of a module in a folder; empty when there is none.
std::string findModule(const std::string& folder, std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  for (const char* ending : {"/__init__.py", ".py"}) {
    std::string path = folder;
    path += "/" + name + ending;
    if (access(path.c_str(), R_OK) == 0)
      return path;
  }
  return "";
}

} // namespace

bool loadProgram(const std::string& file, const profile::Profile& profile,
                 std::vector<profile::ProgramModule>& modules) {
  Installation installation;
  std::string error;
  if (!findInstallation(installation, error))
    return profileError(error), false;
  GraphOptions search;
  search.mainFile = file;
  if (!installation.stdlibDir.empty())
    search.searchPath.push_back(installation.stdlibDir);
  ModuleGraph graph;
  if (!loadModules(search, graph))
    return false;
  addTexts(profile, graph);
  std::set<std::string> known;
  for (const ModuleSource& module : graph.modules)
    known.insert(module.name);
  size_t slash = file.rfind('/');
  std::vector<std::string> folders{slash == std::string::npos ? "." : file.substr(0, slash)};
  folders.insert(folders.end(), search.searchPath.begin(), search.searchPath.end());
  for (const profile::Function& function : profile.functions) {
    if (!known.insert(function.module).second)
      continue;
    for (const std::string& folder : folders) {
      std::string path = findModule(folder, function.module);
      if (path.empty())
        continue;
      ModuleSource& module = graph.modules.emplace_back();
      if (!loadModule(path, function.module, module))
        return false;
      module.isLibrary = folder != folders.front();
      break;
    }
  }
  for (ModuleSource& module : graph.modules)
    modules.push_back({module.name, module.file, std::move(module.text), module.isLibrary,
                       std::move(module.image)});
  return true;
}

} // namespace pyc
