#include "compiler/pipeline/toolchain.h"

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace pyc {
namespace {

std::string ownPath() {
  char buffer[PATH_MAX];
  ssize_t size = readlink("/proc/self/exe", buffer, sizeof buffer);
  return size > 0 ? std::string(buffer, size) : std::string();
}

std::string parent(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

bool exists(const std::string& path) {
  return access(path.c_str(), R_OK) == 0;
}

std::string systemError(const std::string& what, const std::string& path) {
  return what + " '" + path + "': " + std::strerror(errno);
}

/// A folder, a device, a pipe: nothing that a file may be renamed to.
bool isSpecialFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

/// What a linker says of a full disk. lld maps its output: there the end is a bus error.
bool saysDiskIsFull(const std::string& linkerOutput) {
  return linkerOutput.find(std::strerror(ENOSPC)) != std::string::npos ||
         linkerOutput.find(strsignal(SIGBUS)) != std::string::npos;
}

bool writeAll(int fd, const std::string& bytes) {
  for (size_t done = 0; done < bytes.size();) {
    ssize_t wrote = write(fd, bytes.data() + done, bytes.size() - done);
    if (wrote <= 0)
      return false;
    done += static_cast<size_t>(wrote);
  }
  return true;
}

/// Full path of a program in PATH, or empty.
std::string findProgram(const char* name) {
  const char* path = std::getenv("PATH");
  std::string rest = path ? path : "/usr/bin:/bin";
  while (!rest.empty()) {
    size_t colon = rest.find(':');
    std::string candidate = rest.substr(0, colon) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0)
      return candidate;
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
  }
  return {};
}

std::string findLinkerDriver() {
  if (const char* chosen = std::getenv("PYC_LINKER"))
    return findProgram(chosen).empty() && !exists(chosen) ? "" : chosen;
  for (const char* name : {"clang++-22", "clang++", "g++", "c++"})
    if (std::string found = findProgram(name); !found.empty())
      return found;
  return {};
}

/// Runs a command with its output caught; the exit status, or -1.
int run(const std::vector<std::string>& command, std::string& output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return -1;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  std::vector<char*> argv;
  for (const std::string& word : command)
    argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t child;
  int failure = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  char buffer[4096];
  for (ssize_t got; failure == 0 && (got = read(ends[0], buffer, sizeof buffer)) > 0;)
    output.append(buffer, got);
  close(ends[0]);
  int status = 0;
  if (failure != 0 || waitpid(child, &status, 0) < 0)
    return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The runtime's libraries, one name a line, as CMake wrote them.
bool readLibraries(const Installation& installation, std::vector<std::string>& command,
                   std::string& error) {
  std::string path = installation.libraryDir + "/runtime-libraries.txt";
  std::FILE* file = std::fopen(path.c_str(), "r");
  if (!file) {
    error = systemError("cannot read", path);
    return false;
  }
  char line[512];
  while (std::fgets(line, sizeof line, file)) {
    line[std::strcspn(line, "\n")] = 0;
    if (line[0] != 0)
      command.push_back(line[0] == '-' || line[0] == '/' ? std::string(line)
                                                         : installation.libraryDir + "/" + line);
  }
  std::fclose(file);
  return true;
}

} // namespace

bool findInstallation(Installation& out, std::string& error) {
  out.compiler = ownPath();
  std::string root = parent(parent(out.compiler));
  out.libraryDir = root + "/lib";
  out.fastPaths = out.libraryDir + "/fast_entry.bc";
  for (const std::string& candidate :
       {root + "/stdlib/python3.15", root + "/stdlib/usr/lib/python3.15"})
    if (exists(candidate + "/os.py"))
      out.stdlibDir = candidate;
  if (!exists(out.fastPaths)) {
    error = "pyc's runtime is missing: no file '" + out.fastPaths +
            "' (reinstall pyc, or build it with ./x build)";
    return false;
  }
  return true;
}

bool linkProgram(const Installation& installation, const LinkOptions& options, std::string& error) {
  std::string driver = findLinkerDriver();
  if (driver.empty()) {
    error = "no linker found: pyc links with clang++-22 (or clang++, g++); install the package "
            "clang-22, or name a "
            "compiler driver in PYC_LINKER";
    return false;
  }
  if (isSpecialFile(options.output)) {
    error = "cannot write '" + options.output + "': it is not a regular file";
    return false;
  }
  std::string temporary = options.output + ".tmp" + std::to_string(getpid());
  // The check gives a plain message where the linker's would be long.
  int probe = open(temporary.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
  if (probe < 0) {
    error = systemError("cannot write", options.output);
    return false;
  }
  close(probe);
  std::vector<std::string> command = {driver,
                                      "-no-pie",
                                      "-fuse-ld=lld",
                                      "-static-libstdc++",
                                      "-static-libgcc",
                                      "-Wl,--gc-sections",
                                      "-Wl,-O1",
                                      "-Wl,--icf=safe",
                                      "-o",
                                      temporary};
  command.insert(command.end(), options.objects.begin(), options.objects.end());
  command.push_back("-Wl,--start-group");
  if (!readLibraries(installation, command, error)) {
    unlink(temporary.c_str());
    return false;
  }
  command.push_back("-Wl,--end-group");
  if (options.verbose) {
    for (const std::string& word : command)
      std::fprintf(stderr, "%s ", word.c_str());
    std::fputc('\n', stderr);
  }
  std::string output;
  int status = run(command, output);
  if (status != 0) {
    unlink(temporary.c_str());
    if (saysDiskIsFull(output)) {
      error = "cannot write '" + options.output + "': " + std::strerror(ENOSPC);
      return false;
    }
    error = "linking '" + options.output + "' failed (" + driver + "):\n" + output;
    return false;
  }
  if (rename(temporary.c_str(), options.output.c_str()) != 0) {
    error = systemError("cannot write", options.output);
    unlink(temporary.c_str());
    return false;
  }
  return true;
}

bool writeFileAtomically(const std::string& path, const std::string& bytes, std::string& error) {
  // /dev/stdout and its like are written, not replaced.
  bool inPlace = isSpecialFile(path);
  std::string written = inPlace ? path : path + ".tmp" + std::to_string(getpid());
  int fd = open(written.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  bool ok = fd >= 0 && writeAll(fd, bytes);
  if (fd >= 0)
    ok &= close(fd) == 0;
  if (ok && (inPlace || rename(written.c_str(), path.c_str()) == 0))
    return true;
  error = systemError("cannot write", path);
  if (!inPlace)
    unlink(written.c_str());
  return false;
}

bool writeOutput(const std::string& path, const std::string& bytes, std::string& error) {
  if (!path.empty() && path != "-")
    return writeFileAtomically(path, bytes, error);
  if (std::fflush(stdout) == 0 && writeAll(STDOUT_FILENO, bytes))
    return true;
  error = std::string("cannot write to standard output: ") + std::strerror(errno);
  return false;
}

std::string temporaryName(const std::string& name) {
  const char* base = std::getenv("TMPDIR");
  return std::string(base && *base ? base : "/tmp") + "/pyc-" + std::to_string(getpid()) + "-" +
         name;
}

} // namespace pyc
