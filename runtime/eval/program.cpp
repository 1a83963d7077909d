// The start: runtime, builtins, sys, `__main__`. The end: exit status, atexit, namespaces, streams.
#include "runtime/eval/program.h"

#include "runtime/abi/native.h"
#include "runtime/eval/main_stack.h"
#include "runtime/interp/compile.h"
#include "runtime/interp/frame.h"
#include "runtime/interp/interpreter.h"
#include "runtime/interp/native_places.h"
#include "runtime/interp/signals.h"
#include "runtime/modules/codec_registry.h"
#include "runtime/modules/file_system.h"
#include "runtime/modules/finalize.h"
#include "runtime/modules/import_lazy.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/system.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/runtime.h"
#include "runtime/stats/statistics.h"

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace pyc::rt {

namespace {

struct Start {
  const NativeProgram* program; // null: a script
  std::span<const BuiltinModule> builtins;
  int argc;
  char** argv;
  const ProgramHooks* hooks; // or null
};

// sys.path and its like.

std::string realDirectory(const char* file) {
  char buffer[PATH_MAX];
  std::string path = realpath(file, buffer) ? buffer : file;
  size_t slash = path.rfind('/');
  return slash == path.npos ? std::string() : path.substr(0, slash);
}

void splitPath(const char* text, std::vector<std::string>& out) {
  std::string_view rest = text ? text : "";
  while (!rest.empty()) {
    size_t end = rest.find(':');
    out.emplace_back(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
}

std::string executablePath() {
  char buffer[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
  return length > 0 ? std::string(buffer, static_cast<size_t>(length)) : std::string();
}

void describeStart(const Start& start) {
  SystemStart& facts = systemStart();
  facts.arguments.assign(start.argv, start.argv + start.argc);
  facts.originalArguments = facts.arguments;
  facts.executable = executablePath();
  if (!start.program && start.argc > 0)
    facts.path.push_back(realDirectory(start.argv[0]));
  splitPath(getenv("PYTHONPATH"), facts.path);
  const char* library = getenv("PYC_STDLIB");
  facts.path.push_back(library && *library ? library : PYC_STDLIB_DIR);
}

// The first modules.

/// A module written in C++, made before there is an import system.
Ref makeFirstModule(const char* name) {
  Ref module = makeModule(internLiteral(name));
  if (!module || !findBuiltinModule(name)->fill(asModule(module)))
    return {};
  return module;
}

/// What importing it would have given it: its spec.
bool adoptModule(Value module, const char* name) {
  PYC_TRY(finder, programFinder());
  PYC_TRY(spec, findModuleSpec(internLiteral(name), Value()));
  return initModuleAttributes(module, spec) &&
         dictSetStr(modulesDict(), internLiteral(name), module);
}

bool makeFirstModules() {
  PYC_TRY(builtins, makeFirstModule("builtins"));
  builtinsDict = asDict(Ref::copy(Value(&moduleDict(builtins)->header)).release());
  setOwnImportFunction(dictFindStr(builtinsDict, names::__import__));
  installErrorHooks();
  installCodecRegistry();
  PYC_TRY(sys, makeFirstModule("sys"));
  PYC_TRY(finder, programFinder());
  PYC_TRY(path, systemValue("meta_path"));
  moduleImporter = importModule;
  return listAppend(asList(path), finder) && adoptModule(sys, "sys") &&
         adoptModule(builtins, "builtins");
}

/// Prints the exception and gives up: the runtime itself could not start.
int failStart(const char* what) {
  fprintf(stderr, "fatal error: %s\n", what);
  if (isRaised())
    printUncaught();
  return 1;
}

// __main__

Ref makeMainModule() {
  PYC_TRY(module, makeModule(names::__main__));
  DictObject* dict = moduleDict(module);
  if (!dict ||
      !dictSetStr(dict, names::__builtins__, dictFindStr(modulesDict(), names::builtins)) ||
      !dictSetStr(modulesDict(), names::__main__, module))
    return {};
  return module;
}

bool readScript(const char* file, std::string& out) {
  FILE* stream = fopen(file, "rb");
  if (!stream) {
    fprintf(stderr, "pyc: error: cannot read '%s': %s\n", file, strerror(errno));
    return false;
  }
  char buffer[65536];
  size_t count;
  while ((count = fread(buffer, 1, sizeof buffer, stream)) > 0)
    out.append(buffer, count);
  int error = ferror(stream) ? errno : 0;
  fclose(stream);
  if (error == EISDIR)
    fprintf(stderr, "pyc: error: '%s' is a directory, not a Python file\n", file);
  else if (error != 0)
    fprintf(stderr, "pyc: error: cannot read '%s': %s\n", file, strerror(error));
  return error == 0;
}

bool setMainFile(Value module, Value path) {
  DictObject* dict = moduleDict(module);
  PYC_TRY(loader, makeSourceLoader(names::__main__, path));
  return dictSetStr(dict, names::__file__, path) && dictSetStr(dict, names::__loader__, loader);
}

Ref runSourceMain(Value module, const char* file, std::string source) {
  PYC_TRY(path, fileSystemDecode(file));
  if (!setMainFile(module, path))
    return {};
  CompileRequest request;
  request.source = std::move(source);
  request.isText = false;
  request.fileName = file;
  PYC_TRY(code, compileText(std::move(request)));
  return runCode(asCode(code), moduleDict(module), Value());
}

Ref runProgramMain(Value module, const NativeModule* native) {
  PYC_TRY(path, fileSystemDecode(native->file));
  if (!setMainFile(module, path))
    return {};
  uop::ImageView image(native->image);
  PYC_TRY(code, makeCode(image, &image.root(), native->natives));
  DictObject* dict = moduleDict(module);
  if (!asCode(code)->native || !asCode(code)->native->entry)
    return runCode(asCode(code), dict, Value());
  PYC_TRY(function, makeFunction(asCode(code), dict, Value::none(), Value::none(), Value::none(),
                                 Value::none()));
  return callFunction(function, nullptr, 0, Value());
}

// The end.

/// Exit status of SystemExit(code): an int's, 0 for None, else 1 with the code printed.
int exitStatus(Value exception) {
  Ref code = getAttr(exception, names::code);
  if (!code) {
    clearRaised();
    return 1;
  }
  if (code.isNone())
    return 0;
  int64_t status;
  if (isInteger(code))
    return intFits64(code, status) ? static_cast<int>(status & 0xFF) : 255;
  Ref text = str(code);
  Ref line = text ? strConcat(text, names::newline) : Ref();
  if (line)
    writeStandardError(line);
  clearRaised();
  return 1;
}

/// What an exception that left `__main__` means for the process; `interrupted`: it is to die of
/// SIGINT.
int endWithException(bool& interrupted) {
  if (isRaised(systemExitType)) {
    Ref exception = takeRaised();
    return exitStatus(exception);
  }
  interrupted = isRaised(keyboardInterruptType);
  printUncaught();
  if (isRaised(systemExitType)) {
    Ref exception = takeRaised();
    return exitStatus(exception);
  }
  clearRaised();
  return 1;
}

/// As a shell expects of a program that Ctrl-C ended.
int dieOfInterrupt() {
  signal(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
  return SIGINT + 128;
}

int runAll(const Start& start, std::string source, bool& interrupted) {
  initRuntime();
  adoptMainStack();
  initInterpreter();
  describeStart(start);
  setProgram(start.program);
  setNativeProgram(start.program);
  setNativeTexts(start.program);
  setBuiltinModules(start.builtins);
  if (!makeFirstModules())
    return failStart("the runtime could not start");
  installSignalHandlers();
  Ref module = makeMainModule();
  if (!module)
    return failStart("no memory for __main__");
  if (start.hooks)
    start.hooks->begin();
  Ref result = start.program ? runProgramMain(module, start.program->modules[0])
                             : runSourceMain(module, start.argv[0], std::move(source));
  module = Ref();
  int status = result ? 0 : endWithException(interrupted);
  result = Ref();
  if (start.hooks)
    start.hooks->end();
  if (!finalizeInterpreter())
    status = 120;
  return status;
}

int run(const Start& start, std::string source) {
  bool interrupted = false;
  beginStatistics(start.program);
  int status = runAll(start, std::move(source), interrupted);
  std::string program = start.argc > 0 ? start.argv[0] : "";
  endStatistics(program.substr(program.rfind('/') + 1));
  return interrupted ? dieOfInterrupt() : status;
}

} // namespace

int runMain(const NativeProgram* program, int argc, char** argv) {
  Start start{program, {program->builtins, program->builtinCount}, argc, argv, program->hooks};
  return onMainStack([&] { return run(start, {}); });
}

int runScript(std::span<const BuiltinModule> builtins, int argc, char** argv,
              const ProgramHooks* hooks) {
  std::string source;
  if (!readScript(argv[0], source))
    return 1;
  Start start{nullptr, builtins, argc, argv, hooks};
  return onMainStack([&] { return run(start, std::move(source)); });
}

} // namespace pyc::rt
