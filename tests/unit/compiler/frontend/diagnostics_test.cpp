// Compiles the snippets of Inputs/diagnostics.txt and compares what is reported with what the table
// has from CPython (tests/tools/update_diagnostics.py). Another table can be given by the
// environment variable PYC_DIAGNOSTICS_TABLE.
#include "compiler/frontend/compile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace pyc {
namespace {

struct Snippet {
  std::string source;
  std::vector<std::string> expected;
  int line = 0;
};

std::vector<Snippet> readTable(const std::string& path) {
  std::vector<Snippet> snippets;
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("#"))
      continue;
    if (line.starts_with("|")) {
      if (snippets.empty() || !snippets.back().expected.empty())
        snippets.push_back({"", {}, number});
      snippets.back().source += line.size() > 2 ? line.substr(2) + "\n" : "\n";
    } else if (!snippets.empty()) {
      snippets.back().expected.push_back(line);
    }
  }
  return snippets;
}

std::string describe(const Diagnostic& diagnostic) {
  const DiagLocation& at = diagnostic.location;
  std::string className(pythonClassName(diagnostic.pythonClass));
  if (diagnostic.severity == Severity::Warning)
    return "warning " + className + " " + std::to_string(at.line) + ": " + diagnostic.message;
  return "error " + className + " " + std::to_string(at.line) + " " + std::to_string(at.offset) +
         " " + std::to_string(at.endLine) + " " + std::to_string(at.endOffset) + ": " +
         diagnostic.message;
}

/// What compiling the source reports, in the table's words; `ids` gets what was reported.
std::vector<std::string> compileSnippet(const std::string& text, std::set<DiagId>& ids) {
  DiagnosticSink sink;
  Source source;
  if (readSource(text, "<snippet>", SourceForm::Text, sink, source))
    compileSource(source, {}, sink);
  std::vector<std::string> errors, warnings;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    ids.insert(diagnostic.id);
    std::string line = describe(diagnostic);
    bool isError = diagnostic.severity == Severity::Error;
    // The table has each warning once.
    if (isError || std::find(warnings.begin(), warnings.end(), line) == warnings.end())
      (isError ? errors : warnings).push_back(line);
  }
  errors.insert(errors.end(), warnings.begin(), warnings.end());
  if (errors.empty())
    errors.push_back("fine");
  return errors;
}

TEST(Diagnostics, AreCPythons) {
  const char* given = std::getenv("PYC_DIAGNOSTICS_TABLE");
  std::set<DiagId> ids;
  for (const Snippet& snippet : readTable(given ? given : PYC_TEST_INPUTS "/diagnostics.txt"))
    EXPECT_EQ(compileSnippet(snippet.source, ids), snippet.expected)
        << "snippet at line " << snippet.line << ":\n"
        << snippet.source;
  if (given)
    return;
  // Nothing is registered that no snippet brings about.
  static const DiagId kUnreachable[] = {
      DiagId::TooManyRegisters, // need huge statements: below
      DiagId::TooManyTargets,
      DiagId::TooManyStarTargets,
      DiagId::BareExceptPlace, // the parser says so itself
  };
  for (size_t i = 0; i < diagCount(); ++i) {
    auto id = static_cast<DiagId>(i);
    const DiagInfo& info = diagInfo(id);
    bool isOurs = info.phase == DiagPhase::Scope || info.phase == DiagPhase::Emit;
    bool isExempt =
        std::find(std::begin(kUnreachable), std::end(kUnreachable), id) != std::end(kUnreachable);
    if (isOurs && !isExempt)
      EXPECT_TRUE(ids.contains(id)) << info.name;
  }
}

std::string repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i)
    result += text;
  return result;
}

TEST(Diagnostics, NameTheLimits) {
  std::set<DiagId> ids;
  compileSnippet(repeat("a, ", 300) + "*b = c\n", ids);
  EXPECT_TRUE(ids.contains(DiagId::TooManyStarTargets));
  compileSnippet("[" + repeat("a, ", 40000) + "] = c\n", ids);
  EXPECT_TRUE(ids.contains(DiagId::TooManyTargets));
  std::string body;
  for (int i = 0; i < 33000; ++i)
    body += " v" + std::to_string(i) + " = 1\n";
  compileSnippet("def f():\n" + body, ids);
  EXPECT_TRUE(ids.contains(DiagId::TooManyRegisters));
}

} // namespace
} // namespace pyc
