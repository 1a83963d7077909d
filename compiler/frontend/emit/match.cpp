// match statements. Names are bound only when a whole pattern has matched: what is captured before
// that is certain waits in hidden locals.
#include "compiler/frontend/emit/emitter.h"

#include "compiler/frontend/parse/ast_visit.h"

#include <algorithm>

namespace pyc {

namespace {
/// Whether `pattern` captures `name`.
bool captures(const ast::PatternNode& pattern, std::string_view name) {
  auto is = [&](ast::Identifier identifier) { return identifier && identifier->text == name; };
  auto any = [&](ast::Seq<ast::PatternNode> patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const ast::PatternNode* part) { return captures(*part, name); });
  };
  switch (pattern.kind) {
  case ast::PatternKind::MatchValue:
  case ast::PatternKind::MatchSingleton:
    return false;
  case ast::PatternKind::MatchSequence:
    return any(ast::cast<ast::MatchSequence>(pattern).patterns);
  case ast::PatternKind::MatchMapping: {
    auto& node = ast::cast<ast::MatchMapping>(pattern);
    return is(node.rest) || any(node.patterns);
  }
  case ast::PatternKind::MatchClass: {
    auto& node = ast::cast<ast::MatchClass>(pattern);
    return any(node.patterns) || any(node.kwd_patterns);
  }
  case ast::PatternKind::MatchStar:
    return is(ast::cast<ast::MatchStar>(pattern).name);
  case ast::PatternKind::MatchAs: {
    auto& node = ast::cast<ast::MatchAs>(pattern);
    return is(node.name) || (node.pattern && captures(*node.pattern, name));
  }
  case ast::PatternKind::MatchOr:
    return any(ast::cast<ast::MatchOr>(pattern).patterns);
  }
  PYC_UNREACHABLE("PatternKind");
}
} // namespace

/// Evaluates the subject: to a local's own register if nothing rebinds it before the last case.
Reg Emitter::matchSubject(const ast::Match& node) {
  auto* name = ast::dynCast<ast::Name>(node.subject);
  bool isRebound = !name || !scope_.walrusTargets.empty();
  for (const ast::MatchCase* matchCase : node.cases)
    isRebound = isRebound || captures(*matchCase->pattern, name->id->text);
  return isRebound ? push(*node.subject) : operand(*node.subject);
}

void Emitter::match(const ast::Match& node) {
  LabelId end = b_.newLabel();
  unsigned depth = b_.depth();
  Reg subject = matchSubject(node);
  for (const ast::MatchCase* matchCase : node.cases) {
    emitCase(*matchCase, subject, matchCase == node.cases.back(), end);
    if (hasFailed())
      return;
  }
  b_.setDepth(depth);
  b_.bind(end);
}

/// One case: falls through where it does not match, with the subject gone after the last one.
void Emitter::emitCase(const ast::MatchCase& node, Reg subject, bool isLast, LabelId end) {
  PatternState state;
  bool keepsSubject = subject >= 0 && !isLast;
  state.base = subject >= 0 && isLast ? b_.depth() - 1 : b_.depth();
  state.mayBeIrrefutable = node.guard || isLast;
  b_.at(node.pattern->span);
  pattern(*node.pattern, keepsSubject ? duplicate(subject) : subject, state);
  bindCaptures(state, node.pattern->span);
  if (node.guard)
    condition(*node.guard, false, failLabel(state));
  if (keepsSubject)
    b_.drop(subject);
  stmts(node.body);
  b_.atNone();
  b_.jump(end);
  b_.setDepth(state.base);
  bindFailures(state);
}

/// Where a failing (sub)pattern goes with `depth` temporaries in use.
LabelId Emitter::failLabel(PatternState& state, unsigned depth) {
  size_t toDrop = depth - state.base;
  while (state.fail.size() <= toDrop)
    state.fail.push_back(b_.newLabel());
  return state.fail[toDrop];
}

/// The code that the fail labels stand for: drops what a half-done pattern left.
void Emitter::bindFailures(PatternState& state) {
  b_.atNone();
  if (state.fail.empty())
    return;
  for (size_t toDrop = state.fail.size(); toDrop-- > 0;) {
    b_.setDepth(state.base + static_cast<unsigned>(toDrop));
    b_.bind(state.fail[toDrop]);
    if (toDrop > 0)
      b_.drop(b_.top());
  }
  for (const Capture& capture : state.captures)
    if (capture.slot != kPush)
      b_.clearLocal(capture.slot);
}

/// Stores `value`, a local or the temporary on top, until the pattern has matched.
void Emitter::capture(NameId name, Reg value, const SourceSpan& span, PatternState& state) {
  for (const Capture& known : state.captures)
    if (known.name == name)
      return error(DiagId::PatternNameTwice, span, {c_.names.text(name)});
  b_.at(span);
  if (state.isFinal) {
    state.captures.push_back({name, kPush});
    return storeName(mangled(name), value);
  }
  size_t used = state.firstSlot + state.captures.size();
  for (const Capture& reserved : state.reserved)
    if (reserved.name == name && reserved.slot != kPush) {
      b_.move(reserved.slot, value);
      state.captures.push_back(reserved);
      return;
    }
  while (patternSlots_.size() <= used)
    patternSlots_.push_back(b_.addLocal(NameId::DotMatch, uop::kLocalHidden));
  b_.move(patternSlots_[used], value);
  state.captures.push_back({name, patternSlots_[used]});
}

void Emitter::bindCaptures(const PatternState& state, const SourceSpan& span) {
  b_.at(span);
  for (const Capture& capture : state.captures) {
    if (capture.slot == kPush)
      continue;
    storeName(mangled(capture.name), capture.slot);
    b_.clearLocal(capture.slot);
  }
}

} // namespace pyc
