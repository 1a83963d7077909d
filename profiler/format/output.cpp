#include "profiler/format/output.h"

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace pyc::profile {

std::string expandPattern(const std::string& pattern, uint64_t program) {
  std::string path;
  for (size_t i = 0; i < pattern.size(); ++i) {
    char next = pattern[i] == '%' && i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    char number[17];
    std::snprintf(number, sizeof number, "%016" PRIx64, program);
    if (next == 'p')
      path += std::to_string(getpid());
    else if (next == 'm')
      path += number;
    else
      path += pattern[i];
    i += next == 'p' || next == 'm' || next == '%';
  }
  return path;
}

std::string patternWithProcess(const std::string& pattern) {
  for (size_t i = 0; i + 1 < pattern.size(); ++i)
    if (pattern[i] == '%') {
      if (pattern[i + 1] == 'p')
        return pattern;
      ++i;
    }
  size_t dot = pattern.rfind('.'), slash = pattern.rfind('/');
  bool hasSuffix = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
  return hasSuffix ? pattern.substr(0, dot) + "-%p" + pattern.substr(dot) : pattern + "-%p";
}

static bool writeAll(int fd, const std::string& bytes) {
  for (size_t done = 0; done < bytes.size();) {
    ssize_t wrote = write(fd, bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR)
      continue;
    if (wrote <= 0)
      return false;
    done += static_cast<size_t>(wrote);
  }
  return true;
}

bool writeProfile(const std::string& path, const std::string& bytes, std::string& error) {
  std::string written = path + ".tmp" + std::to_string(getpid());
  int fd = open(written.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool ok = fd >= 0 && writeAll(fd, bytes) && fsync(fd) == 0;
  int cause = errno;
  if (fd >= 0)
    close(fd);
  if (ok && rename(written.c_str(), path.c_str()) == 0)
    return true;
  error = "'" + path + "': " + std::strerror(ok ? errno : cause);
  if (fd >= 0)
    unlink(written.c_str());
  return false;
}

} // namespace pyc::profile
