// Objects of compiled modules, kept by content under the user's cache folder: PYC_CACHE_DIR, or
// $XDG_CACHE_HOME/pyc, or ~/.cache/pyc. Entries are written atomically; a broken or missing cache
// only costs time.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace pyc {

class ObjectCache {
public:
  /// `compilerId` changes when the compiler or its runtime does.
  explicit ObjectCache(const std::string& compilerId);
  /// Removes the temporary files.
  ~ObjectCache();
  ObjectCache(const ObjectCache&) = delete;
  ObjectCache& operator=(const ObjectCache&) = delete;

  /// A key of everything that the object depends on.
  std::string key(const std::string& text, const std::string& parameters) const;
  /// Path of the entry, whether it exists or not; empty when there is no cache folder.
  std::string path(const std::string& key) const;
  bool has(const std::string& key) const;
  /// Keeps the bytes and returns the entry's path; a private temporary file where the cache can't
  /// be written; empty with `error` set when neither works. Thread-safe, as are the others.
  std::string store(const std::string& key, const std::string& bytes, std::string& error);

private:
  std::string folder_;
  std::string compilerId_;
  std::mutex mutex_;
  std::vector<std::string> temporaries_;
};

/// Identity of a file for the cache's keys: size and modification time.
std::string fileIdentity(const std::string& path);

} // namespace pyc
