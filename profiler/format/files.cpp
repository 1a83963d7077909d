#include "profiler/format/files.h"

#include "profiler/format/json.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace pyc::profile {

bool parse(const std::string& bytes, Profile& profile, std::string& error) {
  size_t first = bytes.find_first_not_of(" \t\r\n");
  bool isJson = first != std::string::npos && bytes[first] == '{';
  return isJson ? fromJson(bytes, profile, error) : decode(bytes, profile, error);
}

bool readProfile(const std::string& path, Profile& profile, std::string& error) {
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  std::string bytes;
  char buffer[65536];
  while (file) {
    size_t got = std::fread(buffer, 1, sizeof buffer, file);
    if (got == 0)
      break;
    bytes.append(buffer, got);
  }
  bool ok = file && !std::ferror(file);
  int cause = errno;
  if (file)
    std::fclose(file);
  if (!ok) {
    error = "cannot read '" + path + "': " + std::strerror(cause);
    return false;
  }
  if (parse(bytes, profile, error))
    return true;
  error = "'" + path + "' " + error;
  return false;
}

} // namespace pyc::profile
