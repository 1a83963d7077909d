#include "compiler/frontend/diag/diagnostic.h"

#include "runtime/base/check.h"

namespace pyc {

namespace {
constexpr DiagInfo kInfos[] = {
#define PYC_DIAG(Phase, Name, Sev, Class, text)                                                    \
  {DiagPhase::Phase, Severity::Sev, PythonClass::Class, #Name, text},
#include "compiler/frontend/diag/diagnostics.def"
};

std::string fill(std::string_view text, std::initializer_list<std::string_view> arguments) {
  std::string message;
  auto argument = arguments.begin();
  for (size_t at = 0;;) {
    size_t hole = text.find("{}", at);
    message += text.substr(at, hole - at);
    if (hole == std::string_view::npos)
      return message;
    PYC_CHECK(argument != arguments.end());
    message += *argument++;
    at = hole + 2;
  }
}
} // namespace

std::string_view pythonClassName(PythonClass pythonClass) {
  switch (pythonClass) {
  case PythonClass::SyntaxError:
    return "SyntaxError";
  case PythonClass::IndentationError:
    return "IndentationError";
  case PythonClass::TabError:
    return "TabError";
  case PythonClass::IncompleteInputError:
    return "_IncompleteInputError";
  case PythonClass::MemoryError:
    return "MemoryError";
  case PythonClass::SyntaxWarning:
    return "SyntaxWarning";
  case PythonClass::DeprecationWarning:
    return "DeprecationWarning";
  }
  PYC_UNREACHABLE("PythonClass");
}

const DiagInfo& diagInfo(DiagId id) {
  return kInfos[static_cast<size_t>(id)];
}

size_t diagCount() {
  return std::size(kInfos);
}

DiagLocation locate(const Source& source, const SourceSpan& span) {
  return {static_cast<int32_t>(span.line),
          static_cast<int32_t>(source.charColumn(span.line, span.column)) + 1,
          static_cast<int32_t>(span.endLine),
          static_cast<int32_t>(source.charColumn(span.endLine, span.endColumn)) + 1};
}

void DiagnosticSink::report(DiagId id, const DiagLocation& location,
                            std::initializer_list<std::string_view> arguments) {
  const DiagInfo& info = diagInfo(id);
  errorCount_ += info.severity == Severity::Error;
  diagnostics_.push_back(
      {id, info.severity, info.pythonClass, location, fill(info.text, arguments), 0});
}

const Diagnostic* DiagnosticSink::firstError() const {
  for (const Diagnostic& diagnostic : diagnostics_)
    if (diagnostic.severity == Severity::Error)
      return &diagnostic;
  return nullptr;
}

} // namespace pyc
