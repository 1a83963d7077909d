#include "tests/unit/compiler/frontend/syntax_test.h"

#include <fstream>
#include <sstream>

namespace pyc::test {

namespace {
std::set<DiagId>& exercised() {
  static std::set<DiagId> ids;
  return ids;
}
} // namespace

Parsed parseText(std::string_view text, const ParseOptions& options) {
  Parsed parsed;
  if (readSource(std::string(text), "<string>", SourceForm::Text, parsed.sink, parsed.source))
    parsed.result = parse(parsed.source, options, parsed.sink);
  noteExercised(parsed.sink);
  return parsed;
}

std::string summary(const Diagnostic* error) {
  if (!error)
    return "ok";
  const DiagLocation& place = error->location;
  return std::string(pythonClassName(error->pythonClass)) + " " + std::to_string(place.line) + ":" +
         std::to_string(place.offset) + "-" + std::to_string(place.endLine) + ":" +
         std::to_string(place.endOffset) + " " + error->message;
}

std::string errorOf(std::string_view text, const ParseOptions& options) {
  Parsed parsed = parseText(text, options);
  const Diagnostic* error = parsed.sink.firstError();
  if (!error && !parsed.result)
    return "neither a tree nor an error";
  return summary(error);
}

void noteExercised(const DiagnosticSink& sink) {
  for (const Diagnostic& diagnostic : sink.diagnostics())
    exercised().insert(diagnostic.id);
}

const std::set<DiagId>& exercisedDiagnostics() {
  return exercised();
}

std::string readFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

} // namespace pyc::test
