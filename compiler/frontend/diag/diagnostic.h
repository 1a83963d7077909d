// Diagnostics: what is wrong with the user's program, where, and what to do about it.
//
// A phase reports into a DiagnosticSink and goes on or gives up; its result says only that it
// failed. diagnostics.def registers every diagnostic; render.h shows them.
#pragma once

#include "compiler/frontend/source/source.h"
#include "compiler/frontend/source/span.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pyc {

enum class Severity : uint8_t { Error, Warning };

/// The Python exception (or warning category) that a diagnostic becomes at run time.
enum class PythonClass : uint8_t {
  SyntaxError,
  IndentationError,
  TabError,
  IncompleteInputError,
  MemoryError,
  SyntaxWarning,
  DeprecationWarning,
};

/// The class's name, such as "IndentationError".
std::string_view pythonClassName(PythonClass pythonClass);

enum class DiagId : uint16_t {
#define PYC_DIAG(Phase, Name, Severity, PythonClass, text) Name,
#include "compiler/frontend/diag/diagnostics.def"
};

enum class DiagPhase : uint8_t { Source, Lex, Parse, Scope, Emit };

/// What diagnostics.def says of a diagnostic.
struct DiagInfo {
  DiagPhase phase;
  Severity severity;
  PythonClass pythonClass;
  std::string_view name;
  std::string_view text;
};
const DiagInfo& diagInfo(DiagId id);
size_t diagCount();

/// A place in the form of SyntaxError's attributes: lines and offsets count from 1, offsets in
/// characters, the end is exclusive. 0 or -1 for an offset or an end that Python leaves out.
struct DiagLocation {
  int32_t line = 0;
  int32_t offset = 0;
  int32_t endLine = 0;
  int32_t endOffset = 0;
  bool operator==(const DiagLocation&) const = default;
};

/// `span` of `source` as a DiagLocation.
DiagLocation locate(const Source& source, const SourceSpan& span);

struct Diagnostic {
  DiagId id;
  Severity severity;
  PythonClass pythonClass;
  DiagLocation location;
  std::string message;
  /// The line on which the last compound statement before the error began that was right so far and
  /// is no function: from there on one reads to see what is wrong. 0: from the start.
  int32_t contextLine = 0;
};

/// Collects diagnostics in the order of their reports. Not thread-safe: one for each compilation.
class DiagnosticSink {
public:
  /// Reports `id` at `location`; `arguments` fill the text's `{}` in order.
  void report(DiagId id, const DiagLocation& location,
              std::initializer_list<std::string_view> arguments = {});
  /// Sets Diagnostic::contextLine of the diagnostic reported last.
  void setContextLine(int32_t line) { diagnostics_.back().contextLine = line; }
  void report(DiagId id, const Source& source, const SourceSpan& span,
              std::initializer_list<std::string_view> arguments = {}) {
    report(id, locate(source, span), arguments);
  }

  std::span<const Diagnostic> diagnostics() const { return diagnostics_; }
  uint32_t errorCount() const { return errorCount_; }
  /// The first error, or null.
  const Diagnostic* firstError() const;

private:
  std::vector<Diagnostic> diagnostics_;
  uint32_t errorCount_ = 0;
};

} // namespace pyc
