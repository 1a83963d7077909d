// Runs the frontend on files, for tests:
//   frontend_tool verify FILE...     compiles each file and verifies its image
//   frontend_tool uops FILE          prints its uops (--positions, --depths, --offsets)
//   frontend_tool image FILE         writes its code image to the standard output
//   frontend_tool symbols FILE       prints its symbol tables as JSON
//   frontend_tool ast FILE           prints its tree with positions, as ast.dump() does
// `-` is the standard input. Exit status 1 when anything was wrong.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/parse/dump.h"
#include "compiler/frontend/scope/scope.h"
#include "dialects/uop/disassemble.h"
#include "dialects/uop/verify.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace pyc;

namespace {

std::string readAll(const char* path) {
  FILE* file = std::strcmp(path, "-") == 0 ? stdin : std::fopen(path, "rb");
  std::string bytes;
  if (!file) {
    std::perror(path);
    std::exit(1);
  }
  char buffer[65536];
  for (size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
    bytes.append(buffer, count);
  if (std::ferror(file)) {
    std::perror(path);
    std::exit(1);
  }
  if (file != stdin)
    std::fclose(file);
  return bytes;
}

struct Options {
  CompileOptions compile;
  uop::DisassembleOptions disassemble;
  bool printsWarnings = false;
};

void print(const char* path, const Diagnostic& diagnostic) {
  std::fprintf(stderr, "%s:%d:%d-%d:%d: %s: %s\n", path, diagnostic.location.line,
               diagnostic.location.offset, diagnostic.location.endLine,
               diagnostic.location.endOffset, pythonClassName(diagnostic.pythonClass).data(),
               diagnostic.message.c_str());
}

CompileResult compileFile(const char* path, const Options& options) {
  DiagnosticSink sink;
  Source source;
  if (!readSource(readAll(path), path, SourceForm::File, sink, source)) {
    print(path, *sink.firstError());
    return {};
  }
  CompileResult result = compileSource(source, options.compile, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics())
    if (diagnostic.severity == Severity::Error || options.printsWarnings)
      print(path, diagnostic);
  return result;
}

int verifyFiles(const std::vector<const char*>& files, const Options& options) {
  size_t failures = 0, bytes = 0;
  for (const char* file : files) {
    CompileResult result = compileFile(file, options);
    if (!result) {
      ++failures;
      continue;
    }
    bytes += result.image.size() * sizeof(uint64_t);
    std::string error = uop::verifyImage(result.image.data(), result.image.size() * 8);
    if (error.empty())
      continue;
    std::printf("%s: %s\n", file, error.c_str());
    ++failures;
  }
  std::printf("%zu files, %zu failed, %zu bytes of images\n", files.size(), failures, bytes);
  return failures != 0;
}

int printUops(const char* file, const Options& options) {
  CompileResult result = compileFile(file, options);
  if (!result)
    return 1;
  std::string error = uop::verifyImage(result.image.data(), result.image.size() * 8);
  std::string text = uop::disassemble(uop::ImageView(result.image.data()), options.disassemble);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!error.empty())
    std::printf("INVALID: %s\n", error.c_str());
  return !error.empty();
}

int writeImage(const char* file, const Options& options) {
  CompileResult result = compileFile(file, options);
  std::fwrite(result.image.data(), sizeof(uint64_t), result.image.size(), stdout);
  return result ? 0 : 1;
}

void printScope(const Scope& scope, const NameTable& names, std::string& json) {
  static constexpr const char* kKinds[] = {"module",       "class",      "function",
                                           "annotation",   "type alias", "type parameters",
                                           "type variable"};
  static constexpr const char* kBindings[] = {"unknown",         "local", "global explicit",
                                              "global implicit", "free",  "cell"};
  json += "{\"kind\": \"" + std::string(kKinds[static_cast<int>(scope.kind)]) + "\", \"name\": \"" +
          std::string(names.text(scope.name)) + "\", \"line\": " + std::to_string(scope.span.line) +
          ", \"inlined\": " + (scope.isInlined ? "true" : "false") +
          ", \"nested\": " + (scope.isNested ? "true" : "false") + ", \"symbols\": {";
  const char* separator = "";
  for (const Symbol& symbol : scope.symbols()) {
    json += separator + ("\"" + std::string(names.text(symbol.name)) + "\": [") +
            std::to_string(symbol.flags) + ", \"" + kBindings[static_cast<int>(symbol.binding)] +
            "\"]";
    separator = ", ";
  }
  json += "}, \"children\": [";
  separator = "";
  for (const Scope* child : scope.children) {
    json += separator;
    printScope(*child, names, json);
    separator = ", ";
  }
  json += "]}";
}

int printTree(const char* file) {
  DiagnosticSink sink;
  Source source;
  ParseResult parsed;
  if (readSource(readAll(file), file, SourceForm::File, sink, source))
    parsed = parse(source, {}, sink);
  if (!parsed) {
    print(file, *sink.firstError());
    return 1;
  }
  std::string text = dumpAst(parsed.tree, {.includeAttributes = true});
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

int printSymbols(const char* file) {
  DiagnosticSink sink;
  Source source;
  ParseResult parsed;
  FutureFeatures future;
  NameTable names;
  ScopeTable table;
  bool isRead = readSource(readAll(file), file, SourceForm::File, sink, source);
  if (isRead)
    parsed = parse(source, {}, sink);
  bool isBuilt = parsed && readFutureFeatures(*parsed.tree.root, 0, source, sink, future) &&
                 buildScopes(parsed.tree, source, future, names, sink, table);
  if (!isBuilt) {
    print(file, *sink.firstError());
    return 1;
  }
  std::string json;
  printScope(table.root(), names, json);
  std::printf("%s\n", json.c_str());
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  Options options;
  std::vector<const char*> files;
  for (int i = 2; i < argc; ++i) {
    std::string_view arg = argv[i];
    if (arg == "--positions")
      options.disassemble.positions = true;
    else if (arg == "--depths")
      options.disassemble.depths = true;
    else if (arg == "--offsets")
      options.disassemble.offsets = true;
    else if (arg == "--warnings")
      options.printsWarnings = true;
    else if (arg == "--eval")
      options.compile.mode = ParseMode::Expression;
    else if (arg == "--single")
      options.compile.mode = ParseMode::Interactive;
    else if (arg == "-O" || arg == "-OO")
      options.compile.optimize = static_cast<int>(arg.size()) - 1;
    else
      files.push_back(argv[i]);
  }
  std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "verify")
    return verifyFiles(files, options);
  if (command == "uops" && files.size() == 1)
    return printUops(files[0], options);
  if (command == "image" && files.size() == 1)
    return writeImage(files[0], options);
  if (command == "symbols" && files.size() == 1)
    return printSymbols(files[0]);
  if (command == "ast" && files.size() == 1)
    return printTree(files[0]);
  std::fprintf(stderr, "usage: frontend_tool verify|uops|image|symbols|ast [options] FILE...\n");
  return 2;
}
