// The modules of a program: the main file and every module or package that it imports, found by
// reading the import uops of the compiled images.
#pragma once

#include "compiler/frontend/compile.h"
#include "dialects/uop/image.h"
#include "profiler/format/profile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pyc {

struct ModuleSource {
  std::string name; // dotted; "__main__" for the program
  std::string file;
  bool isPackage = false;
  bool isLibrary = false; // found on GraphOptions::searchPath, not beside the main file
  std::string text;       // the file's bytes
  std::string problems; // not empty: why the text does not compile; the image is an empty module's
  std::optional<profile::Text> origin; // of a text that the program compiles (profile_texts.h)
  std::vector<uint64_t> image;

  uop::ImageView view() const { return uop::ImageView(image.data()); }
};

struct GraphOptions {
  std::string mainFile;
  std::vector<std::string> searchPath; // folders behind the main file's own
};

struct ModuleGraph {
  std::vector<ModuleSource> modules; // the first is __main__
  std::vector<std::string> builtin;  // names of the C++ modules that the program may import, sorted
};

/// Reads and compiles all modules to images. Unreadable files, and syntax errors in modules that
/// are imported whenever the program runs, are printed on standard error; false then. Errors in
/// modules that functions or lazy imports name are warnings: the import raises them.
bool loadModules(const GraphOptions& options, ModuleGraph& graph);

struct ParsedFile {
  std::string text; // the file's bytes
  Source source;
  ParseResult parsed;
};

/// Reads and parses a file; reports all that is wrong with its syntax on standard error, and is
/// false then.
bool parseFile(const std::string& file, ParsedFile& out);
/// The uop image of a parsed file; false after a report.
bool compileFile(const ParsedFile& file, std::vector<uint64_t>& image);

/// Reads and compiles one file. False after printing what is wrong.
bool loadModule(const std::string& file, const std::string& name, ModuleSource& out);

} // namespace pyc
