#include "compiler/tools/pyc-compiler/child_process.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pyc {
namespace {

/// A file without a name that has what is left of a pipe.
int keepPipe() {
  std::FILE* file = std::tmpfile();
  if (!file)
    return -1;
  char buffer[65536];
  for (ssize_t got; (got = read(STDIN_FILENO, buffer, sizeof buffer)) != 0;) {
    if (got < 0 && errno != EINTR)
      break;
    if (got > 0)
      std::fwrite(buffer, 1, static_cast<size_t>(got), file);
  }
  std::fflush(file);
  int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
  std::fclose(file);
  return fd;
}

[[noreturn]] void becomeChild(const std::vector<std::string>& arguments, const SharedInput& input,
                              bool isSilent) {
  input.use();
  if (isSilent) {
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(null, STDOUT_FILENO);
  }
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
  _exit(127);
}

} // namespace

SharedInput::SharedInput() {
  struct stat info;
  if (fstat(STDIN_FILENO, &info) != 0)
    return;
  if (S_ISFIFO(info.st_mode)) {
    fd_ = keepPipe();
  } else if (S_ISREG(info.st_mode)) {
    fd_ = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    start_ = lseek(fd_, 0, SEEK_CUR);
  }
}

SharedInput::~SharedInput() {
  if (fd_ >= 0)
    close(fd_);
}

void SharedInput::use() const {
  if (fd_ < 0)
    return;
  lseek(fd_, start_, SEEK_SET);
  dup2(fd_, STDIN_FILENO);
}

std::string ChildResult::text() const {
  if (!started)
    return "could not be started";
  if (WIFSIGNALED(status))
    return "died of signal " + std::to_string(WTERMSIG(status)) + " (" +
           strsignal(WTERMSIG(status)) + ")"; // NOLINT(concurrency-mt-unsafe)
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

ChildResult runChild(const std::vector<std::string>& arguments, const SharedInput& input,
                     bool isSilent) {
  ChildResult result;
  auto begin = std::chrono::steady_clock::now();
  pid_t pid = fork();
  if (pid == 0)
    becomeChild(arguments, input, isSilent);
  if (pid < 0)
    return result;
  while (waitpid(pid, &result.status, 0) < 0 && errno == EINTR)
    continue;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  result.started = true;
  return result;
}

} // namespace pyc
