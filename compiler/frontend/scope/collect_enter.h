// Entering and leaving scopes and conditional statements, for the collector's own files.
#pragma once

#include "compiler/frontend/scope/collect.h"

namespace pyc {

/// Makes `scope` the current one for as long as this lives.
class ScopeCollector::Enter {
public:
  Enter(ScopeCollector& collector, Scope& scope)
      : collector_(collector), outer_(collector.scope_), outerState_(collector.state_) {
    collector.scope_ = &scope;
    if (outerState_) // also what is nested in an iterable belongs to it
      state_.iterExpressions = outerState_->iterExpressions;
    collector.state_ = &state_;
  }
  ~Enter() {
    collector_.scope_ = outer_;
    collector_.state_ = outerState_;
  }
  Enter(const Enter&) = delete;
  Enter& operator=(const Enter&) = delete;

private:
  ScopeCollector& collector_;
  Scope* outer_;
  State* outerState_;
  State state_;
};

/// Marks what is visited while this lives as perhaps not executed.
class ScopeCollector::Conditional {
public:
  explicit Conditional(ScopeCollector& collector, bool isTry = false)
      : state_(*collector.state_), wasConditional_(state_.isConditional), wasTry_(state_.isTry) {
    state_.isConditional = true;
    state_.isTry |= isTry;
  }
  ~Conditional() {
    state_.isConditional = wasConditional_;
    state_.isTry = wasTry_;
  }
  Conditional(const Conditional&) = delete;
  Conditional& operator=(const Conditional&) = delete;

private:
  State& state_;
  bool wasConditional_;
  bool wasTry_;
};

inline bool hasDocstring(ast::Seq<ast::StmtNode> body) {
  auto* first = body.empty() ? nullptr : ast::dynCast<ast::Expr>(body[0]);
  auto* constant = first ? ast::dynCast<ast::Constant>(first->value) : nullptr;
  return constant && constant->value.kind == ast::ConstantKind::Str;
}

} // namespace pyc
