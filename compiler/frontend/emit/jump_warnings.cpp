#include "compiler/frontend/emit/jump_warnings.h"

#include "compiler/frontend/parse/ast_visit.h"

namespace pyc {

namespace {

class JumpChecker {
public:
  JumpChecker(const Source& source, DiagnosticSink& sink) : source_(source), sink_(sink) {}

  void stmts(ast::Seq<ast::StmtNode> body) {
    for (const ast::StmtNode* node : body)
      stmt(*node);
  }

private:
  void stmt(const ast::StmtNode& node);
  void inside(bool inFinally, bool inLoop, ast::Seq<ast::StmtNode> body);
  template <class T> void loop(const T& node) {
    inside(inFinally_, true, node.body);
    stmts(node.orelse);
  }
  template <class T> void tryStatement(const T& node) {
    stmts(node.body);
    for (const ast::ExceptHandler* handler : node.handlers)
      stmts(handler->body);
    stmts(node.orelse);
    inside(true, false, node.finalbody);
  }
  void jump(const ast::StmtNode& node, bool leaves, const char* what) {
    if (leaves)
      sink_.report(DiagId::JumpInFinally, source_, node.span, {what});
  }

  const Source& source_;
  DiagnosticSink& sink_;
  bool inFinally_ = false;
  bool inLoop_ = false; // of the innermost final body
};

void JumpChecker::inside(bool inFinally, bool inLoop, ast::Seq<ast::StmtNode> body) {
  bool outerFinally = inFinally_, outerLoop = inLoop_;
  inFinally_ = inFinally;
  inLoop_ = inLoop;
  stmts(body);
  inFinally_ = outerFinally;
  inLoop_ = outerLoop;
}

void JumpChecker::stmt(const ast::StmtNode& node) {
  switch (node.kind) {
  case ast::StmtKind::FunctionDef:
    return inside(false, false, ast::cast<ast::FunctionDef>(node).body);
  case ast::StmtKind::AsyncFunctionDef:
    return inside(false, false, ast::cast<ast::AsyncFunctionDef>(node).body);
  case ast::StmtKind::ClassDef:
    return inside(false, false, ast::cast<ast::ClassDef>(node).body);
  case ast::StmtKind::For:
    return loop(ast::cast<ast::For>(node));
  case ast::StmtKind::AsyncFor:
    return loop(ast::cast<ast::AsyncFor>(node));
  case ast::StmtKind::While:
    return loop(ast::cast<ast::While>(node));
  case ast::StmtKind::If:
    stmts(ast::cast<ast::If>(node).body);
    return stmts(ast::cast<ast::If>(node).orelse);
  case ast::StmtKind::With:
    return stmts(ast::cast<ast::With>(node).body);
  case ast::StmtKind::AsyncWith:
    return stmts(ast::cast<ast::AsyncWith>(node).body);
  case ast::StmtKind::Match:
    for (const ast::MatchCase* matchCase : ast::cast<ast::Match>(node).cases)
      stmts(matchCase->body);
    return;
  case ast::StmtKind::Try:
    return tryStatement(ast::cast<ast::Try>(node));
  case ast::StmtKind::TryStar:
    return tryStatement(ast::cast<ast::TryStar>(node));
  case ast::StmtKind::Return:
    return jump(node, inFinally_, "return");
  case ast::StmtKind::Break:
    return jump(node, inFinally_ && !inLoop_, "break");
  case ast::StmtKind::Continue:
    return jump(node, inFinally_ && !inLoop_, "continue");
  case ast::StmtKind::Delete:
  case ast::StmtKind::Assign:
  case ast::StmtKind::TypeAlias:
  case ast::StmtKind::AugAssign:
  case ast::StmtKind::AnnAssign:
  case ast::StmtKind::Raise:
  case ast::StmtKind::Assert:
  case ast::StmtKind::Import:
  case ast::StmtKind::ImportFrom:
  case ast::StmtKind::Global:
  case ast::StmtKind::Nonlocal:
  case ast::StmtKind::Expr:
  case ast::StmtKind::Pass:
    return;
  }
}

} // namespace

void warnJumpsInFinally(const ast::ModNode& root, const Source& source, DiagnosticSink& sink) {
  JumpChecker checker(source, sink);
  if (auto* module = ast::dynCast<ast::Module>(&root))
    checker.stmts(module->body);
  else if (auto* interactive = ast::dynCast<ast::Interactive>(&root))
    checker.stmts(interactive->body);
}

} // namespace pyc
