// The `pyc` command. It runs programs itself; what needs LLVM it hands to pyc-compiler beside it,
// so that `pyc prog.py` starts without loading a compiler.

#include "compiler/tools/version.h"
#include "profiler/record/program_hooks.h"
#include "runtime/eval/program.h"
#include "runtime/modules/registry.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

namespace {

constexpr char kHelp[] = R"(usage: pyc [run] FILE [ARGUMENT...]        run a Python program at once
       pyc build FILE [-o OUTPUT] [OPTIONS]  compile it to a native executable
       pyc profile COMMAND ...               record, merge, show and check profiles
       pyc pgo FILE [OPTIONS] [-- ARGUMENT...]
                                             record, build with the profile, compare
       pyc explain FILE [OPTIONS]            what a build makes of each line, and why
       pyc opt [OPTIONS] [FILE]              run passes on the uop dialect
       pyc --version | --help

`pyc COMMAND --help` lists the options of a command.
)";

int usageError(const char* message, const char* what) {
  std::fprintf(stderr, "pyc: error: %s%s\n\n%s", message, what, kHelp);
  return 2;
}

/// Replaces this process by the compiler with the same arguments.
int handToCompiler(char** argv) {
  char self[PATH_MAX];
  ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
  std::string path(self, size > 0 ? size : 0);
  path = path.substr(0, path.rfind('/') + 1) + "pyc-compiler";
  execv(path.c_str(), argv);
  std::fprintf(stderr,
               "pyc: error: cannot run '%s': %s (reinstall pyc, or build it with ./x build)\n",
               path.c_str(), std::strerror(errno));
  return 1;
}

constexpr char kProfileRunHelp[] =
    R"(usage: pyc profile run [-o PROFILE] [--] FILE [ARGUMENT...]

Runs a program in the interpreter and records its profile. Arguments behind FILE are the program's.

  -o [ --output ] PROFILE  where the profile goes: %p is replaced by the process's number, %m by a
                           number made from the program's code (otherwise PYC_PROFILE_FILE, or
                           NAME-%p.pycprof in the current folder)
  -h [ --help ]            show this text
)";

int profileRunUsageError(const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\nTry 'pyc profile run --help'.\n", message.c_str());
  return 2;
}

/// `pyc profile run`; argv begins behind `run`.
int profileRun(int argc, char** argv) {
  int at = 0;
  for (; at < argc && argv[at][0] == '-' && argv[at][1] != 0; ++at) {
    std::string option = argv[at];
    if (option == "--") {
      ++at;
      break;
    }
    if (option == "-h" || option == "--help") {
      std::fputs(kProfileRunHelp, stdout);
      return 0;
    }
    std::string file;
    if (option == "-o" || option == "--output")
      file = ++at < argc ? argv[at] : "";
    else if (option.starts_with("--output="))
      file = option.substr(std::strlen("--output="));
    else if (option.starts_with("-o"))
      file = option.substr(2);
    else
      return profileRunUsageError("unknown option " + option);
    if (file.empty())
      return profileRunUsageError("the name of the profile is missing");
    pyc::profile::setProfileFile(file);
  }
  if (at >= argc)
    return profileRunUsageError("no program given");
  return pyc::rt::runScript(pyc::rt::allBuiltinModules(), argc - at, argv + at,
                            &pyc::profile::pycProfileHooks);
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2)
    return usageError("no program given", "");
  std::string command = argv[1];
  if (command == "--version" || command == "-V") {
    std::printf("pyc %s (Python %s)\n", pyc::kVersion, pyc::kPythonVersion);
    return 0;
  }
  if (command == "--help" || command == "-h") {
    std::fputs(kHelp, stdout);
    return 0;
  }
  if (command == "profile" && argc > 2 && std::strcmp(argv[2], "run") == 0)
    return profileRun(argc - 3, argv + 3);
  for (const char* known : {"build", "explain", "opt", "pgo", "profile"})
    if (command == known)
      return handToCompiler(argv);
  int script = command == "run" ? 2 : 1;
  if (script >= argc)
    return usageError("no program given", "");
  if (argv[script][0] == '-' && argv[script][1] != 0)
    return usageError("unknown option ", argv[script]);
  return pyc::rt::runScript(pyc::rt::allBuiltinModules(), argc - script, argv + script);
}
