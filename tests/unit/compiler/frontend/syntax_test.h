// What the tests of source/, diag/, lex/ and parse/ share.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/parse/parser.h"

#include <set>
#include <string>
#include <string_view>

namespace pyc::test {

/// A parsed text and all that came with it.
struct Parsed {
  Source source;
  DiagnosticSink sink;
  ParseResult result;

  const Diagnostic& error() const { return *sink.firstError(); }
};

/// Parses `text` as a str object. Reports count for the coverage test.
Parsed parseText(std::string_view text, const ParseOptions& options = {});

/// `Class line:offset-endLine:endOffset message`, or "ok".
std::string summary(const Diagnostic* error);

/// The first error of `text` in that form.
std::string errorOf(std::string_view text, const ParseOptions& options = {});

/// Remembers the diagnostics of a sink for the coverage test.
void noteExercised(const DiagnosticSink& sink);
const std::set<DiagId>& exercisedDiagnostics();

std::string readFile(const std::string& path);

} // namespace pyc::test
