// Compiling source text at run time. Declared here for everybody who needs it; runtime/eval, the
// only user of the frontend, defines it.
#pragma once

#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

struct NativeProgram;

enum class CompileMode : uint8_t { Exec, Eval, Single };

struct CompileRequest {
  std::string source;   // bytes of a file, or UTF-8 (WTF-8) of a str
  Value tree = {};      // instead of a source: a syntax tree (ast.AST); borrowed
  bool isText = true;   // a str: a coding cookie is a comment
  std::string fileName; // UTF-8
  CompileMode mode = CompileMode::Exec;
  uint32_t futureFlags = 0;
  int optimize = 0;
  bool allowTopLevelAwait = false;
  bool allowIncompleteInput = false;
  bool dontImplyDedent = false;
};

/// Whether the value is a syntax tree, an instance of ast.AST.
bool isSyntaxTree(Value value);
/// The tree of a source text as instances of ast's classes; the tree itself of a tree, once it is
/// found to be right. Exceptions as compileText's.
Ref parseText(CompileRequest request);
/// A code object; SyntaxError and its like, or what a warning became, when there is none.
Ref compileText(CompileRequest request);

/// The program's texts that were compiled ahead: the first compileText() of one takes it.
void setNativeTexts(const NativeProgram* program);
/// From now on codes know the texts that they are compiled from (textOrigin). Once, before the
/// program begins.
void keepTextOrigins();

/// A warning about a place in a source text; false when it became an exception. Defined by
/// runtime/modules.
bool warnAt(TypeObject& category, std::string_view message, std::string_view fileName, int line);

} // namespace pyc::rt
