// Where modules come from: C++ modules of the runtime, modules linked into the program, source
// files on a path. One finder object in sys.meta_path stands for all of them; a program may put
// others beside it.
#include "runtime/modules/import_system.h"

#include "runtime/abi/native.h"
#include "runtime/interp/compile.h"
#include "runtime/interp/frame.h"
#include "runtime/modules/file_system.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/function.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

const NativeProgram* program = nullptr;

enum class Origin : uint8_t { Builtin, Program, Source, Namespace };

/// The loader of one module.
struct LoaderObject {
  Object header;
  Value name; // str
  Value path; // str, or null
  Origin origin;
  const void* what; // BuiltinModule or NativeModule
};
extern TypeObject loaderType;
LoaderObject* asLoader(Value value) {
  return value.as<LoaderObject>();
}

Ref makeLoader(Value name, Value path, Origin origin, const void* what = nullptr) {
  readyType(&loaderType);
  Object* object = allocObject(&loaderType);
  if (!object)
    return {};
  LoaderObject* loader = asLoader(object);
  loader->name = Ref::copy(name).release();
  loader->path = Ref::copy(path).release();
  loader->origin = origin;
  loader->what = what;
  return Ref::steal(object);
}

} // namespace

void setProgram(const NativeProgram* native) {
  program = native;
}
const NativeProgram* currentProgram() {
  return program;
}

Ref makeSourceLoader(Value name, Value path) {
  return makeLoader(name, path, Origin::Source);
}

// Finding.

namespace {

Ref findBuiltin(StrObject* name, std::string_view text) {
  const BuiltinModule* module = findBuiltinModule(text);
  if (!module)
    return Ref::none();
  PYC_TRY(loader, makeLoader(Value(&name->header), Value(), Origin::Builtin, module));
  PYC_TRY(origin, makeStr("built-in"));
  return makeSpec(Value(&name->header), loader, origin, Value(), false);
}

/// A list with one str.
Ref listOf(std::string_view text) {
  PYC_TRY(item, fileSystemDecode(text));
  Value items[] = {item};
  return makeList(items, 1);
}

std::string_view directoryOf(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

Ref findInProgram(StrObject* name, std::string_view text) {
  for (uint32_t k = 0; program && k < program->moduleCount; ++k) {
    const NativeModule* module = program->modules[k];
    if (text != module->name)
      continue;
    PYC_TRY(path, fileSystemDecode(module->file));
    PYC_TRY(loader, makeLoader(Value(&name->header), path, Origin::Program, module));
    Ref locations;
    if (module->isPackage && !(locations = listOf(directoryOf(module->file))))
      return {};
    return makeSpec(Value(&name->header), loader, path, locations, true);
  }
  return Ref::none();
}

enum class FileKind : uint8_t { None, File, Directory };

FileKind kindOf(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0)
    return FileKind::None;
  return S_ISREG(info.st_mode)   ? FileKind::File
         : S_ISDIR(info.st_mode) ? FileKind::Directory
                                 : FileKind::None;
}

Ref sourceSpec(StrObject* name, const std::string& file, std::string_view package) {
  PYC_TRY(path, fileSystemDecode(file));
  PYC_TRY(loader, makeSourceLoader(Value(&name->header), path));
  Ref locations;
  if (!package.empty() && !(locations = listOf(package)))
    return {};
  return makeSpec(Value(&name->header), loader, path, locations, true);
}

/// One entry of a path: a spec, None when there is nothing; folders without __init__ are collected.
Ref findInDirectory(StrObject* name, std::string_view tail, std::string directory, Value portions) {
  if (directory.empty()) {
    char buffer[4096];
    if (!getcwd(buffer, sizeof buffer))
      return Ref::none();
    directory = buffer;
  }
  std::string base = directory + (directory.back() == '/' ? "" : "/") + std::string(tail);
  FileKind kind = kindOf(base);
  if (kind == FileKind::Directory) {
    std::string init = base + "/__init__.py";
    if (kindOf(init) == FileKind::File)
      return sourceSpec(name, init, base);
  }
  std::string file = base + ".py";
  if (kindOf(file) == FileKind::File)
    return sourceSpec(name, file, {});
  if (kind == FileKind::Directory) {
    PYC_TRY(portion, fileSystemDecode(base));
    if (!listAppend(asList(portions), portion))
      return {};
  }
  return Ref::none();
}

Ref findOnPath(StrObject* name, std::string_view tail, Value path) {
  PYC_TRY(portions, newList(0));
  Ref found = Ref::none();
  bool searched = forEach(path, [&](Value entry) {
    std::string directory;
    if (!isStr(entry) && !isBytes(entry))
      return true;
    if (!fileSystemEncode(entry, directory)) {
      clearRaised();
      return true;
    }
    found = findInDirectory(name, tail, std::move(directory), portions);
    return found && found.isNone();
  });
  if (!found || (!searched && isRaised()))
    return {};
  if (!found.isNone() || asList(portions)->count == 0)
    return found;
  PYC_TRY(loader, makeLoader(Value(&name->header), Value(), Origin::Namespace));
  return makeSpec(Value(&name->header), loader, Value(), portions, false);
}

Ref findOurs(StrObject* name, Value path) {
  std::string storage;
  std::string_view text = utf8View(Value(&name->header), storage);
  bool top = !path || path.isNone();
  if (top) {
    PYC_TRY(builtin, findBuiltin(name, text));
    if (!builtin.isNone())
      return builtin;
  }
  PYC_TRY(linked, findInProgram(name, text));
  if (!linked.isNone())
    return linked;
  Ref searched = top ? systemValue("path") : Ref::copy(path);
  if (!searched)
    return Ref::none();
  size_t dot = text.rfind('.');
  return findOnPath(name, dot == text.npos ? text : text.substr(dot + 1), searched);
}

// The finder object.

struct FinderObject {
  Object header;
};
extern TypeObject finderType;
Value theFinder;

Ref findSpecMethod(const Value* args) {
  if (!isStr(args[1]))
    return raise(typeErrorType, "find_spec() argument 1 must be str, not %T", args[1]);
  return findOurs(asStr(args[1]), args[2]);
}
Ref invalidateMethod(const Value* args) {
  return Ref::none();
}

const MethodDef kFinderMethods[] = {
    {.signature = "find_spec($self, fullname, path=None, target=None)", .bound = findSpecMethod},
    {.signature = "invalidate_caches($self)", .bound = invalidateMethod},
};

void deallocFinder(Object* self) {
  freeObject(self);
}

TypeObject finderType = {
    .name = "_frozen_importlib.PathFinder",
    .basicSize = sizeof(FinderObject),
    .methods = kFinderMethods,
    .slots = {.dealloc = deallocFinder},
};

/// One foreign entry of sys.meta_path.
Ref askFinder(Value finder, StrObject* name, Value path) {
  Ref method;
  if (!findAttr(finder, internLiteral("find_spec"), method))
    return {};
  if (!method)
    return Ref::none();
  return call(method, Value(&name->header), path ? path : Value::none(), Value::none());
}

} // namespace

Ref programFinder() {
  if (!theFinder) {
    readyType(&finderType);
    Object* object = allocObject(&finderType);
    if (!object)
      return {};
    theFinder = Ref::steal(object).release();
  }
  return Ref::copy(theFinder);
}

Ref findModuleSpec(StrObject* name, Value path) {
  Ref finders = systemValue("meta_path");
  if (!finders || finders.isNone() || !isExactList(finders))
    return raise(importErrorType, "sys.meta_path is None, Python is likely shutting down");
  ListObject* list = asList(finders);
  if (list->count == 0 && !warn(importWarningType, 1, "sys.meta_path is empty"))
    return {};
  for (int64_t k = 0; k < list->count; ++k) {
    PYC_TRY(finder, listGet(list, k));
    PYC_TRY(spec, finder.get() == theFinder ? findOurs(name, path) : askFinder(finder, name, path));
    if (!spec.isNone())
      return spec;
  }
  return Ref::none();
}

// Loading.

namespace {

bool readFile(const std::string& path, Value name, std::string& out) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return raiseErrno(errno, name);
  char buffer[65536];
  for (;;) {
    ssize_t count = read(fd, buffer, sizeof buffer);
    if (count > 0) {
      out.append(buffer, static_cast<size_t>(count));
      continue;
    }
    if (count < 0 && errno == EINTR)
      continue;
    int error = errno;
    close(fd);
    return count == 0 || static_cast<bool>(raiseErrno(error, name));
  }
}

Ref compileFile(Value path) {
  CompileRequest request;
  if (!fileSystemEncode(path, request.fileName) ||
      !readFile(request.fileName, path, request.source))
    return {};
  request.isText = false;
  return compileText(std::move(request));
}

/// The module's code. A file that did not compile is compiled again, for the exception.
Ref programCode(const NativeModule* module) {
  if (module->source) {
    CompileRequest request;
    request.fileName = module->file;
    request.source.assign(module->source, module->sourceSize);
    request.isText = false;
    return compileText(std::move(request));
  }
  uop::ImageView image(module->image);
  return makeCode(image, &image.root(), module->natives);
}

/// Runs a module's code; compiled code runs as a function without parameters.
bool runModuleCode(CodeObject* code, DictObject* dict) {
  if (!code->native || !code->native->entry)
    return static_cast<bool>(runCode(code, dict, Value()));
  PYC_TRY(function,
          makeFunction(code, dict, Value::none(), Value::none(), Value::none(), Value::none()));
  return static_cast<bool>(callFunction(function, nullptr, 0, Value()));
}

bool setBuiltins(DictObject* dict) {
  if (dictFindStr(dict, names::__builtins__))
    return true;
  return dictSetStr(dict, names::__builtins__, Value(&builtinsDict->header));
}

bool execute(LoaderObject* loader, Value module) {
  DictObject* dict = moduleDict(module);
  if (!dict)
    return false;
  switch (loader->origin) {
  case Origin::Builtin:
    return static_cast<const BuiltinModule*>(loader->what)->fill(asModule(module));
  case Origin::Namespace:
    return true;
  case Origin::Program: {
    PYC_TRY(code, programCode(static_cast<const NativeModule*>(loader->what)));
    return setBuiltins(dict) && runModuleCode(asCode(code), dict);
  }
  case Origin::Source: {
    PYC_TRY(code, compileFile(loader->path));
    return setBuiltins(dict) && runModuleCode(asCode(code), dict);
  }
  }
  __builtin_unreachable();
}

} // namespace

bool executeModule(Value module, Value spec) {
  PYC_TRY(loader, getAttr(spec, internLiteral("loader")));
  if (loader.isNone())
    return true; // a namespace package
  if (typeOf(loader) == &loaderType)
    return execute(asLoader(loader), module);
  Ref method;
  if (!findAttr(loader, internLiteral("exec_module"), method))
    return false;
  if (!method)
    return raise(importErrorType, "%R: loader has no exec_module()", loader.get());
  return static_cast<bool>(call(method, module));
}

namespace {

// The loader's methods, for importlib, pkgutil, inspect, linecache.

Ref createModuleMethod(const Value* args) {
  return Ref::none();
}

Ref execModuleMethod(const Value* args) {
  return isModule(args[1]) && execute(asLoader(args[0]), args[1]) ? Ref::none() : Ref();
}

bool checkName(LoaderObject* loader, Value name) {
  bool same = !name || name.isNone();
  if (!same && !equalItems(name, loader->name, same))
    return false;
  return same || static_cast<bool>(
                     raise(importErrorType, "loader for %S cannot handle %S", loader->name, name));
}

Ref getFilenameMethod(const Value* args) {
  LoaderObject* loader = asLoader(args[0]);
  if (!checkName(loader, args[1]))
    return {};
  return loader->path ? Ref::copy(loader->path)
                      : Ref(raise(importErrorType, "%S has no file", loader->name));
}

Ref getSourceMethod(const Value* args) {
  LoaderObject* loader = asLoader(args[0]);
  if (!checkName(loader, args[1]))
    return {};
  if (!loader->path)
    return Ref::none();
  std::string path, bytes;
  if (!fileSystemEncode(loader->path, path))
    return {};
  if (!readFile(path, loader->path, bytes)) {
    if (loader->origin == Origin::Program && catchRaised(osErrorType))
      return Ref::none(); // the program may have moved without its sources
    return {};
  }
  PYC_TRY(data, makeBytes(bytes));
  PYC_TRY(util, importModuleNamed("importlib.util"));
  return callMethod(util, internLiteral("decode_source"), data);
}

Ref getDataMethod(const Value* args) {
  std::string path, bytes;
  if (!fileSystemEncode(args[1], path) || !readFile(path, args[1], bytes))
    return {};
  return makeBytes(bytes);
}

Ref getCodeMethod(const Value* args) {
  LoaderObject* loader = asLoader(args[0]);
  if (!checkName(loader, args[1]))
    return {};
  switch (loader->origin) {
  case Origin::Program:
    return programCode(static_cast<const NativeModule*>(loader->what));
  case Origin::Source:
    return compileFile(loader->path);
  default:
    return Ref::none();
  }
}

Ref isPackageMethod(const Value* args) {
  LoaderObject* loader = asLoader(args[0]);
  if (!checkName(loader, args[1]))
    return {};
  if (loader->origin == Origin::Namespace)
    return Ref::boolean(true);
  std::string path;
  if (!loader->path)
    return Ref::boolean(false);
  if (!fileSystemEncode(loader->path, path))
    return {};
  constexpr std::string_view kInit = "__init__.py";
  return Ref::boolean(path.size() > kInit.size() && path.ends_with(kInit) &&
                      path[path.size() - kInit.size() - 1] == '/');
}

Ref loaderName(Value self) {
  return Ref::copy(asLoader(self)->name);
}
Ref loaderPath(Value self) {
  Value path = asLoader(self)->path;
  return path ? Ref::copy(path) : Ref::none();
}

const MethodDef kLoaderMethods[] = {
    {.signature = "create_module($self, spec)", .bound = createModuleMethod},
    {.signature = "exec_module($self, module)", .bound = execModuleMethod},
    {.signature = "get_filename($self, name=None)", .bound = getFilenameMethod},
    {.signature = "get_source($self, fullname=None)", .bound = getSourceMethod},
    {.signature = "get_data($self, path)", .bound = getDataMethod},
    {.signature = "get_code($self, fullname=None)", .bound = getCodeMethod},
    {.signature = "is_package($self, fullname=None)", .bound = isPackageMethod},
};
const GetSetDef kLoaderGetSets[] = {{"name", loaderName}, {"path", loaderPath}};

void deallocLoader(Object* self) {
  decrefMaybe(asLoader(self)->name);
  decrefMaybe(asLoader(self)->path);
  freeObject(self);
}

TypeObject loaderType = {
    .name = "_frozen_importlib_external.SourceFileLoader",
    .basicSize = sizeof(LoaderObject),
    .methods = kLoaderMethods,
    .getSets = kLoaderGetSets,
    .slots = {.dealloc = deallocLoader},
};

} // namespace

} // namespace pyc::rt
