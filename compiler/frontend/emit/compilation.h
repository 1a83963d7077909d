// What the emitters of all code objects of one compilation share.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/emit/code_unit.h"
#include "compiler/frontend/emit/fold.h"
#include "compiler/frontend/scope/scope.h"

#include <deque>
#include <set>
#include <tuple>

namespace pyc {

struct Compilation {
  Compilation(const Source& s, NameTable& n, ScopeTable& t, const FutureFeatures& f,
              DiagnosticSink& d, int level, uint32_t treeNames)
      : source(s), names(n), scopes(t), future(f), sink(d), optimize(level),
        folder(constants, level) {
    genericBase.id = treeNames;
  }

  const Source& source;
  NameTable& names;
  ScopeTable& scopes;
  const FutureFeatures& future;
  DiagnosticSink& sink;
  int optimize; // 1: no asserts; 2: no docstrings either
  ConstantTable constants;
  Folder folder;
  std::deque<CodeUnit> units; // addresses stay
  /// Names the hidden base of a generic class, for a tree node made for it.
  ast::InternedName genericBase{".generic_base", 0};
  std::set<std::tuple<uint16_t, uint32_t, uint32_t>> warned; // diagnostic, line, column
  bool hasFailed = false;

  /// Reports an error; only the first one of a compilation counts.
  void error(DiagId id, const SourceSpan& span, std::initializer_list<std::string_view> args = {}) {
    if (!hasFailed)
      sink.report(id, source, span, args);
    hasFailed = true;
  }
};

/// Emits the code of `root` and of all that it contains; null after an error.
CodeUnit* emitModule(Compilation& compilation, const ast::ModNode& root);

} // namespace pyc
