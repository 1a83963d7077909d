// The parser's entry point: a source in, a tree out.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/parse/ast.h"
#include "compiler/frontend/parse/escapes.h"
#include "compiler/frontend/source/source.h"
#include "runtime/base/unicode/unicode_names.h"

#include <cstdint>

namespace pyc {

enum class ParseMode : uint8_t {
  Module,      ///< a whole file ("exec"): ast::Module
  Expression,  ///< one expression ("eval"): ast::Expression
  Interactive, ///< one statement of a REPL ("single"): ast::Interactive
};

struct ParseOptions {
  ParseMode mode = ParseMode::Module;
  /// Errors to report before giving up. The first is CPython's; later ones come from going on at
  /// the next statement.
  uint32_t maxErrors = 1;
  /// PyCF_ALLOW_INCOMPLETE_INPUT: a text that ends too early is the error "incomplete input".
  bool allowIncompleteInput = false;
  /// PyCF_DONT_IMPLY_DEDENT: in Interactive mode a block ends with an empty line only.
  bool dontImplyDedent = false;
  /// CO_FUTURE_BARRY_AS_BDFL: inequality is written `<>`.
  bool barryAsFlufl = false;
  /// The digits a decimal integer literal may have (sys.set_int_max_str_digits); 0 for any number.
  uint32_t maxIntDigits = 4300;
  /// What "\N{...}" in strings asks; without it, that escape is an error.
  CharacterLookup characterLookup = unicodeByName;
};

struct ParseResult {
  /// `tree.root` is null after an error.
  ast::Tree tree;
  explicit operator bool() const { return tree.root != nullptr; }
};

/// Parses `source`. Errors and warnings go to `sink`. The tree does not refer to `source`.
ParseResult parse(const Source& source, const ParseOptions& options, DiagnosticSink& sink);

} // namespace pyc
