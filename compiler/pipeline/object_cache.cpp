#include "compiler/pipeline/object_cache.h"

#include "compiler/pipeline/toolchain.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace pyc {

static std::string cacheFolder() {
  if (const char* chosen = std::getenv("PYC_CACHE_DIR"))
    return chosen;
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && cache[0] == '/')
    return std::string(cache) + "/pyc";
  if (const char* home = std::getenv("HOME"); home && home[0] == '/')
    return std::string(home) + "/.cache/pyc";
  return {};
}

ObjectCache::~ObjectCache() {
  for (const std::string& temporary : temporaries_)
    unlink(temporary.c_str());
}

/// mkdir -p; errors show when a file is written.
static void makeFolders(const std::string& path) {
  for (size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1))
    mkdir(path.substr(0, at).c_str(), 0777);
  mkdir(path.c_str(), 0777);
}

ObjectCache::ObjectCache(const std::string& compilerId)
    : folder_(cacheFolder()), compilerId_(compilerId) {}

std::string ObjectCache::key(const std::string& text, const std::string& parameters) const {
  llvm::SHA256 hash;
  for (const std::string* part : {&compilerId_, &parameters, &text}) {
    hash.update(std::to_string(part->size()) + ":");
    hash.update(*part);
  }
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

std::string ObjectCache::path(const std::string& key) const {
  return folder_.empty() ? "" : folder_ + "/" + key.substr(0, 2) + "/" + key + ".o";
}

bool ObjectCache::has(const std::string& key) const {
  std::string entry = path(key);
  return !entry.empty() && access(entry.c_str(), R_OK) == 0;
}

std::string ObjectCache::store(const std::string& key, const std::string& bytes,
                               std::string& error) {
  if (std::string entry = path(key); !entry.empty()) {
    makeFolders(entry.substr(0, entry.rfind('/')));
    std::string ignored;
    if (writeFileAtomically(entry, bytes, ignored))
      return entry;
  }
  std::string temporary = temporaryName(key + ".o");
  if (!writeFileAtomically(temporary, bytes, error))
    return {};
  std::lock_guard<std::mutex> lock(mutex_);
  temporaries_.push_back(temporary);
  return temporary;
}

std::string fileIdentity(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0)
    return "missing";
  return std::to_string(info.st_size) + "." + std::to_string(info.st_mtim.tv_sec) + "." +
         std::to_string(info.st_mtim.tv_nsec);
}

} // namespace pyc
