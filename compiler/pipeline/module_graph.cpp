#include "compiler/pipeline/module_graph.h"

#include "compiler/frontend/compile.h"
#include "compiler/frontend/diag/render.h"
#include "dialects/uop/uop_info.h"

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace pyc {
namespace {

void complain(const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\n", message.c_str());
}

bool readFile(const std::string& path, std::string& out) {
  struct stat info;
  if (stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
    complain("'" + path + "' is a directory, not a Python file");
    return false;
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) {
    complain("cannot read '" + path + "': " + std::strerror(errno));
    return false;
  }
  char buffer[65536];
  for (size_t got; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
    out.append(buffer, got);
  bool ok = std::ferror(file) == 0;
  std::fclose(file);
  if (!ok)
    complain("cannot read '" + path + "': " + std::strerror(errno));
  return ok;
}

/// Once each: going on after an error may find it again.
std::string render(const Source& source, const DiagnosticSink& sink) {
  std::set<std::string> seen;
  std::string all;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    std::string text = renderCompiler(diagnostic, source);
    if (seen.insert(text).second)
      all += text;
  }
  return all;
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// Parses and compiles what `file` holds in its text; what there is to say goes to `messages`.
bool parseText(const std::string& name, ParsedFile& file, std::string& messages) {
  DiagnosticSink sink;
  if (readSource(file.text, name, SourceForm::File, sink, file.source)) {
    ParseOptions options;
    options.maxErrors = 20;
    file.parsed = parse(file.source, options, sink);
  }
  messages += render(file.source, sink);
  return static_cast<bool>(file.parsed);
}

bool compileParsed(const ParsedFile& file, std::vector<uint64_t>& image, std::string& messages) {
  DiagnosticSink sink;
  image = compileTree(file.parsed.tree, file.source, {}, sink).image;
  messages += render(file.source, sink);
  return !image.empty();
}

std::vector<uint64_t> emptyImage(const std::string& name) {
  ParsedFile empty;
  std::string messages;
  std::vector<uint64_t> image;
  [[maybe_unused]] bool ok =
      parseText(name, empty, messages) && compileParsed(empty, image, messages);
  assert(ok && "an empty file compiles");
  return image;
}

/// Reads and compiles a file that the program may import. False when it cannot be read.
bool loadImported(const std::string& file, const std::string& name, ModuleSource& out) {
  out.name = name;
  out.file = file;
  ParsedFile parsed;
  if (!readFile(file, parsed.text))
    return false;
  std::string messages;
  bool ok = parseText(file, parsed, messages) && compileParsed(parsed, out.image, messages);
  out.text = std::move(parsed.text);
  if (ok) {
    print(messages);
  } else {
    out.problems = std::move(messages);
    out.image = emptyImage(file);
  }
  return true;
}

/// A name that an import may import.
struct Wanted {
  std::string name;
  bool isCertain; // whenever the module is, as far as one can see
};

/// Modules that the runtime has in C++ come before files.
bool isBuiltinModule(const std::string& name) {
  static const std::set<std::string> names = {
#define PYC_MODULE(name) #name,
#include "runtime/modules/modules.def"
  };
  return names.count(name) != 0;
}

const char* const kCoreModules[] = {
#define PYC_CORE_MODULE(name) #name,
#define PYC_MODULE(name)
#include "runtime/modules/modules.def"
};

/// What a module written in C++ imports by itself.
struct ModuleNeed {
  std::string module, other;
  std::string user; // only when some module mentions this name; empty: always
};
const ModuleNeed kModuleNeeds[] = {
#define PYC_MODULE(name)
#define PYC_MODULE_NEEDS(name, other, user) {#name, other, user},
#include "runtime/modules/modules.def"
};

bool isFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::string folderOf(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

/// Finds modules along the search path and follows their imports.
class Graph {
public:
  Graph(const GraphOptions& options, ModuleGraph& graph)
      : options_(options), modules_(graph.modules), linked_(graph.builtin) {
    path_.push_back(folderOf(options.mainFile));
    path_.insert(path_.end(), options.searchPath.begin(), options.searchPath.end());
  }

  bool run() {
    ModuleSource main;
    if (!loadModule(options_.mainFile, "__main__", main))
      return false;
    modules_.push_back(std::move(main));
    builtin_.insert(std::begin(kCoreModules), std::end(kCoreModules));
    size_t followed = 0;
    do {
      for (; followed < modules_.size(); ++followed)
        if (!followImports(followed))
          return false;
      if (!followNeeds())
        return false;
    } while (followed < modules_.size());
    linked_.assign(builtin_.begin(), builtin_.end());
    return reportProblems();
  }

private:
  /// The package that relative imports of a module count from: itself when it is a package.
  static std::string packageOf(const ModuleSource& module) {
    if (module.isPackage)
      return module.name;
    size_t dot = module.name.rfind('.');
    return dot == std::string::npos ? "" : module.name.substr(0, dot);
  }

  /// What the C++ modules import. One need may bring the next.
  bool followNeeds() {
    for (size_t before = 0; before != builtin_.size();) {
      before = builtin_.size();
      for (const ModuleNeed& need : kModuleNeeds)
        if (builtin_.count(need.module) && (need.user.empty() || isMentioned(need.user)) &&
            !require(need.other))
          return false;
    }
    return true;
  }

  bool isMentioned(const std::string& name) const {
    for (const ModuleSource& module : modules_) {
      uop::ImageView image = module.view();
      for (unsigned c = 0; c < image.header().codeCount; ++c) {
        const uop::CodeRecord& code = image.code(c);
        for (uint32_t i = 0; i < code.nameCount; ++i)
          if (image.string(image.array<uint32_t>(code.names)[i]) == name)
            return true;
      }
    }
    return false;
  }

  bool followImports(size_t index) {
    std::vector<Wanted> wanted;
    collectImports(modules_[index], wanted);
    for (const Wanted& want : wanted) {
      if (modules_[index].isLibrary && isDevelopmentTool(want.name))
        continue;
      if (want.isCertain)
        certain_[modules_[index].name].insert(want.name);
      if (!require(want.name))
        return false;
    }
    return true;
  }

  /// Modules that are imported whenever the program runs must compile; what is wrong with others is
  /// raised where they are imported.
  bool reportProblems() const {
    std::set<std::string> imported{"__main__"};
    std::vector<std::string> pending{"__main__"};
    while (!pending.empty()) {
      auto imports = certain_.find(pending.back());
      pending.pop_back();
      if (imports == certain_.end())
        continue;
      for (const std::string& name : imports->second)
        if (imported.insert(name).second)
          pending.push_back(name);
    }
    bool ok = true;
    for (const ModuleSource& module : modules_) {
      if (module.problems.empty())
        continue;
      print(module.problems);
      if (imported.count(module.name))
        ok = false;
      else
        std::fprintf(stderr, "pyc: warning: the import of '%s' will raise what is wrong with it\n",
                     module.name.c_str());
    }
    return ok;
  }

  /// Packages that the library's own modules import in self-tests and for debugging only; a program
  /// that imports one itself gets it.
  static bool isDevelopmentTool(const std::string& name) {
    static const std::set<std::string> tools = {"doctest", "ensurepip", "idlelib", "pdb",
                                                "pydoc",   "test",      "tkinter", "unittest"};
    return tools.count(name.substr(0, name.find('.'))) != 0;
  }

  /// Every name that the module's import uops may import, packages before their modules. Certain
  /// are those of the module's own code, if they are not lazy.
  static void collectImports(const ModuleSource& module, std::vector<Wanted>& out) {
    uop::ImageView image = module.view();
    for (unsigned c = 0; c < image.header().codeCount; ++c) {
      const uop::CodeRecord& code = image.code(c);
      const uint64_t* words = image.words(code);
      std::string base; // of the import that import_from goes on with
      bool isRoot = &code == &image.root(), isCertain = false;
      for (uint32_t word = 0; word < code.wordCount;) {
        const uint64_t* at = words + word;
        uop::Opcode opcode = uop::opcodeAt(at);
        auto name = [&](uint32_t i) {
          return std::string(image.string(image.array<uint32_t>(code.names)[i]));
        };
        if (opcode == uop::Opcode::ImportName) {
          auto& uop = *reinterpret_cast<const uop::ImportNameUop*>(at);
          base = resolve(module, name(uop.name), uop.level);
          isCertain = isRoot;
          addWithParents(base, isCertain, out);
        } else if (opcode == uop::Opcode::LazyImportName) {
          auto& uop = *reinterpret_cast<const uop::LazyImportNameUop*>(at);
          base = resolve(module, name(uop.name), uop.level);
          isCertain = false;
          addWithParents(base, isCertain, out);
        } else if (opcode == uop::Opcode::ImportFrom && !base.empty()) {
          auto& uop = *reinterpret_cast<const uop::ImportFromUop*>(at);
          out.push_back({base + "." + name(uop.name), isCertain});
        } else if (opcode == uop::Opcode::Intrinsic1 &&
                   reinterpret_cast<const uop::Intrinsic1Uop*>(at)->which ==
                       static_cast<uint16_t>(uop::Intrinsic1Kind::SubscriptGeneric)) {
          out.push_back({"typing", isRoot}); // the base of a class with type parameters
        }
        word += uop::infoOf(opcode).words;
      }
    }
  }

  static std::string resolve(const ModuleSource& module, const std::string& name, unsigned level) {
    if (level == 0)
      return name;
    std::string package = packageOf(module);
    for (unsigned i = 1; i < level; ++i) {
      size_t dot = package.rfind('.');
      package = dot == std::string::npos ? "" : package.substr(0, dot);
    }
    if (package.empty())
      return name;
    return name.empty() ? package : package + "." + name;
  }

  static void addWithParents(const std::string& name, bool isCertain, std::vector<Wanted>& out) {
    for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1))
      out.push_back({name.substr(0, dot), isCertain});
    if (!name.empty())
      out.push_back({name, isCertain});
  }

  /// Adds a module when there is a file for it. What is not found may be built in, or appear on
  /// sys.path at run time, or be an attribute.
  bool require(const std::string& name) {
    if (!seen_.insert(name).second)
      return true;
    if (isBuiltinModule(name)) {
      builtin_.insert(name);
      return true;
    }
    std::string relative = name;
    for (char& c : relative)
      if (c == '.')
        c = '/';
    for (const std::string& folder : path_)
      for (bool package : {true, false}) {
        std::string file = folder + "/" + relative + (package ? "/__init__.py" : ".py");
        if (!isFile(file))
          continue;
        ModuleSource module;
        module.isPackage = package;
        module.isLibrary = &folder != &path_.front();
        if (!loadImported(file, name, module))
          return false;
        modules_.push_back(std::move(module));
        return true;
      }
    return true;
  }

  const GraphOptions& options_;
  std::vector<ModuleSource>& modules_;
  std::vector<std::string>& linked_;
  std::set<std::string> builtin_;
  std::vector<std::string> path_;
  std::set<std::string> seen_;
  std::map<std::string, std::set<std::string>> certain_; // what a module imports when it is
};

} // namespace

bool parseFile(const std::string& file, ParsedFile& out) {
  if (!readFile(file, out.text))
    return false;
  std::string messages;
  bool ok = parseText(file, out, messages);
  print(messages);
  return ok;
}

bool compileFile(const ParsedFile& file, std::vector<uint64_t>& image) {
  std::string messages;
  bool ok = compileParsed(file, image, messages);
  print(messages);
  return ok;
}

bool loadModule(const std::string& file, const std::string& name, ModuleSource& out) {
  out.name = name;
  out.file = file;
  ParsedFile parsed;
  if (!parseFile(file, parsed) || !compileFile(parsed, out.image))
    return false;
  out.text = std::move(parsed.text);
  return true;
}

bool loadModules(const GraphOptions& options, ModuleGraph& graph) {
  return Graph(options, graph).run();
}

} // namespace pyc
