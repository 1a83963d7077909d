// compileText: the frontend's result as a code object, its diagnostics as exceptions and warnings.
#include "runtime/interp/compile.h"

#include "compiler/frontend/compile.h"
#include "runtime/abi/native.h"
#include "runtime/eval/ast_types.h"
#include "runtime/eval/diagnostics.h"
#include "runtime/eval/native_texts.h"
#include "runtime/objects/code.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_limit.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace pyc::rt {

namespace {

ParseMode parseMode(CompileMode mode) {
  switch (mode) {
  case CompileMode::Exec:
    return ParseMode::Module;
  case CompileMode::Eval:
    return ParseMode::Expression;
  case CompileMode::Single:
    return ParseMode::Interactive;
  }
  __builtin_unreachable();
}

TypeObject& exceptionFor(PythonClass pythonClass) {
  switch (pythonClass) {
  case PythonClass::SyntaxError:
    return syntaxErrorType;
  case PythonClass::IndentationError:
    return indentationErrorType;
  case PythonClass::TabError:
    return tabErrorType;
  case PythonClass::IncompleteInputError:
    return incompleteInputErrorType;
  case PythonClass::MemoryError:
    return memoryErrorType;
  case PythonClass::SyntaxWarning:
    return syntaxWarningType;
  case PythonClass::DeprecationWarning:
    return deprecationWarningType;
  }
  __builtin_unreachable();
}

Ref number(int32_t value) {
  return Ref::number(Value::fromInt(value));
}

/// Whether the exception tells the source line. Behind the parser, CPython reads it from the file
/// of that name, which compile() of a text need not have.
bool hasShownLine(const Diagnostic& diagnostic, const Source& source) {
  int32_t line = diagnostic.location.line;
  if (line < 1 || static_cast<uint32_t>(line) > source.lineCount())
    return false;
  DiagPhase phase = diagInfo(diagnostic.id).phase;
  bool isParsed = phase == DiagPhase::Scope || phase == DiagPhase::Emit;
  return !isParsed || access(source.name().c_str(), R_OK) == 0;
}

/// SyntaxError(message, (file, line, offset, text, end line, end offset))
bool raiseSyntaxError(TypeObject& type, const Diagnostic& diagnostic, const Source& source) {
  const DiagLocation& at = diagnostic.location;
  PYC_TRY(message, makeStr(diagnostic.message));
  PYC_TRY(fileName, makeStr(source.name()));
  Ref text = Ref::none();
  if (hasShownLine(diagnostic, source)) {
    text = makeStr(std::string(source.line(static_cast<uint32_t>(at.line))) + "\n");
    if (!text)
      return false;
  }
  PYC_TRY(details, tupleOf(fileName, number(at.line), number(at.offset), text, number(at.endLine),
                           number(at.endOffset)));
  Value args[] = {message, details};
  PYC_TRY(error, call(&type.header, args, 2));
  raiseValue(error);
  return false;
}

/// The message of a warning that the filters make an error of. An escape that is an error now says
/// nothing about the future.
std::string messageAsError(const Diagnostic& diagnostic) {
  constexpr std::string_view kFuture = " Such sequences will not work in the future.";
  std::string message = diagnostic.message;
  bool isEscape =
      diagnostic.id == DiagId::UnknownEscape || diagnostic.id == DiagId::UnknownOctalEscape;
  if (size_t at = message.find(kFuture); isEscape && at != std::string::npos)
    message.erase(at, kFuture.size());
  return message;
}

/// What the filters make an error of is shown as one: with the place.
bool raiseFilteredWarning(const Diagnostic& diagnostic, const Source& source) {
  if (!catchRaised(syntaxWarningType))
    return false;
  Diagnostic error = diagnostic;
  error.message = messageAsError(diagnostic);
  return raiseSyntaxError(syntaxErrorType, error, source);
}

} // namespace

bool raiseDiagnostics(const DiagnosticSink& sink, const Source& source) {
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity == Severity::Error)
      return raiseSyntaxError(exceptionFor(diagnostic.pythonClass), diagnostic, source);
    if (warnAt(exceptionFor(diagnostic.pythonClass), diagnostic.message, source.name(),
               diagnostic.location.line))
      continue;
    return raiseFilteredWarning(diagnostic, source);
  }
  return true;
}

namespace {

AstClass rootClass(CompileMode mode) {
  switch (mode) {
  case CompileMode::Exec:
    return AstClass::Module;
  case CompileMode::Eval:
    return AstClass::Expression;
  case CompileMode::Single:
    return AstClass::Interactive;
  }
  __builtin_unreachable();
}

CompileOptions optionsOf(const CompileRequest& request) {
  CompileOptions options;
  options.mode = parseMode(request.mode);
  options.fileName = request.fileName;
  options.futureFlags = request.futureFlags;
  options.optimize = request.optimize;
  options.allowTopLevelAwait = request.allowTopLevelAwait;
  options.allowIncompleteInput = request.allowIncompleteInput;
  options.dontImplyDedent = request.dontImplyDedent;
  options.maxIntDigits = static_cast<uint32_t>(intMaxStrDigits());
  return options;
}

/// The request's source, decoded; errors go to the sink.
bool readRequest(CompileRequest& request, DiagnosticSink& sink, Source& source) {
  SourceForm form = request.isText ? SourceForm::Text : SourceForm::File;
  return readSource(std::move(request.source), request.fileName, form, sink, source);
}

/// Makes and checks the frontend's tree of a tree of objects.
bool readTree(const CompileRequest& request, ast::Tree& tree) {
  return objectsToTree(request.tree, rootClass(request.mode), tree) && checkTree(tree);
}

} // namespace

bool isSyntaxTree(Value value) {
  return value.isObject() && isInstance(value, &astType);
}

Ref parseText(CompileRequest request) {
  if (request.tree) {
    ast::Tree tree;
    return readTree(request, tree) ? Ref::copy(request.tree) : Ref();
  }
  DiagnosticSink sink;
  Source source;
  ParseResult parsed;
  if (readRequest(request, sink, source))
    parsed = parse(source, parseOptionsOf(optionsOf(request)), sink);
  if (!raiseDiagnostics(sink, source))
    return {};
  return treeToObjects(parsed.tree);
}

Ref compileText(CompileRequest request) {
  if (const NativeModule* ahead = takeNativeText(request)) {
    uop::ImageView image(ahead->image);
    return makeCode(image, &image.root(), ahead->natives);
  }
  std::unique_ptr<const TextOrigin> origin = originOf(request);
  DiagnosticSink sink;
  Source source(request.fileName, "");
  CompileResult result;
  if (request.tree) {
    ast::Tree tree;
    if (!readTree(request, tree))
      return {};
    result = compileTree(tree, source, optionsOf(request), sink);
  } else if (readRequest(request, sink, source)) {
    result = compileSource(source, optionsOf(request), sink);
  }
  if (!raiseDiagnostics(sink, source))
    return {};
  if (!result)
    return raise(systemErrorType, "compilation failed without a diagnostic");
  size_t bytes = result.image.size() * sizeof(uint64_t);
  void* image = malloc(bytes);
  if (!image)
    return raiseMemoryError();
  memcpy(image, result.image.data(), bytes);
  return makeOwnedCode(image, std::move(origin));
}

} // namespace pyc::rt
