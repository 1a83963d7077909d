// Where pyc's own files are and how executables are linked.
#pragma once

#include <string>
#include <vector>

namespace pyc {

/// Files that come with the compiler, found relative to its own executable.
struct Installation {
  std::string compiler;   // the running executable
  std::string libraryDir; // static libraries of the runtime
  std::string fastPaths;  // fast_entry.bc
  std::string stdlibDir;  // the standard library, empty when there is none
};

/// False with `error` set when files are missing.
bool findInstallation(Installation& out, std::string& error);

struct LinkOptions {
  std::vector<std::string> objects;
  std::string output;
  bool verbose = false;
};

/// Links an executable; it appears under its name complete or not at all. False with `error` set.
bool linkProgram(const Installation& installation, const LinkOptions& options, std::string& error);

/// Writes a file under a temporary name and renames it, so that nothing half-written is ever seen.
/// A device or pipe is written to.
bool writeFileAtomically(const std::string& path, const std::string& bytes, std::string& error);

/// Writes what --emit prints: to standard output where the path is empty or "-".
bool writeOutput(const std::string& path, const std::string& bytes, std::string& error);

/// Path of a temporary file of this process.
std::string temporaryName(const std::string& name);

} // namespace pyc
