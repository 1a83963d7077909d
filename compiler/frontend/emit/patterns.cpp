// The kinds of patterns. `pattern` tests `subject`: a local, or the temporary on top, which is gone
// once the pattern has matched.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

namespace {
bool isWildcard(const ast::PatternNode& node) {
  auto* as = ast::dynCast<ast::MatchAs>(&node);
  return as && !as->name;
}

/// Whether the pattern matches anything.
bool isIrrefutable(const ast::PatternNode& node) {
  auto* as = ast::dynCast<ast::MatchAs>(&node);
  return ast::isa<ast::MatchStar>(node) || (as && (!as->pattern || isIrrefutable(*as->pattern)));
}

bool isStarWildcard(const ast::PatternNode& node) {
  auto* star = ast::dynCast<ast::MatchStar>(&node);
  return star && !star->name;
}
} // namespace

/// Literals and attributes may stand in a pattern.
bool Emitter::isValue(const Expr& node) {
  return ast::isa<ast::Attribute>(node) || c_.folder.fold(node) != ConstantId::None;
}

void Emitter::dropSubject(Reg subject) {
  if (subject >= 0)
    b_.drop(subject);
}

/// A pattern inside another one, which may well be irrefutable. `isLast`: nothing of the outer one
/// that comes later can fail.
void Emitter::subpattern(const ast::PatternNode& node, Reg subject, PatternState& state,
                         bool isLast) {
  bool outerIrrefutable = state.mayBeIrrefutable, outerFinal = state.isFinal;
  state.mayBeIrrefutable = true;
  state.isFinal = outerFinal && isLast;
  pattern(node, subject, state);
  state.mayBeIrrefutable = outerIrrefutable;
  state.isFinal = outerFinal;
}

/// The patterns for the temporaries on top, the first one for the topmost.
void Emitter::subpatterns(ast::Seq<ast::PatternNode> parts, PatternState& state) {
  for (size_t i = 0; i < parts.size(); ++i) {
    auto rest = parts.subspan(i + 1);
    bool isLast = std::all_of(rest.begin(), rest.end(),
                              [](const ast::PatternNode* part) { return isIrrefutable(*part); });
    subpattern(*parts[i], b_.top(), state, isLast);
  }
}

void Emitter::pattern(const ast::PatternNode& node, Reg subject, PatternState& state) {
  b_.at(node.span);
  switch (node.kind) {
  case ast::PatternKind::MatchValue: {
    const Expr& wanted = *ast::cast<ast::MatchValue>(node).value;
    if (!isValue(wanted))
      return error(DiagId::PatternValueKind, node.span);
    Reg value = operand(wanted);
    b_.at(node.span);
    return b_.jumpUnlessEq(subject, value, failAfter(state, {subject, value}));
  }
  case ast::PatternKind::MatchSingleton: {
    auto& value = ast::cast<ast::MatchSingleton>(node).value;
    if (value.kind == ast::ConstantKind::None)
      return b_.jumpIfNotNone(subject, failAfter(state, {subject}));
    Reg wanted = loadConst(c_.folder.literal(value));
    Reg result = destination(kPush, {subject, wanted});
    b_.is_(result, subject, wanted);
    return b_.jumpIfFalse(result, failAfter(state, {result}));
  }
  case ast::PatternKind::MatchSequence:
    return sequencePattern(ast::cast<ast::MatchSequence>(node), subject, state);
  case ast::PatternKind::MatchMapping:
    return mappingPattern(ast::cast<ast::MatchMapping>(node), subject, state);
  case ast::PatternKind::MatchClass:
    return classPattern(ast::cast<ast::MatchClass>(node), subject, state);
  case ast::PatternKind::MatchStar: {
    ast::Identifier name = ast::cast<ast::MatchStar>(node).name;
    return name ? capture(c_.names.of(name), subject, node.span, state) : dropSubject(subject);
  }
  case ast::PatternKind::MatchAs:
    return asPattern(ast::cast<ast::MatchAs>(node), subject, state);
  case ast::PatternKind::MatchOr:
    return orPattern(ast::cast<ast::MatchOr>(node), subject, state);
  }
}

void Emitter::asPattern(const ast::MatchAs& node, Reg subject, PatternState& state) {
  if (node.pattern) {
    pattern(*node.pattern, duplicate(subject), state);
    return capture(c_.names.of(node.name), subject, node.span, state);
  }
  if (!state.mayBeIrrefutable)
    return node.name ? error(DiagId::CaptureNotLast, node.span, {node.name->text})
                     : error(DiagId::WildcardNotLast, node.span);
  if (node.name)
    capture(c_.names.of(node.name), subject, node.span, state);
  else
    dropSubject(subject);
}

void Emitter::sequencePattern(const ast::MatchSequence& node, Reg subject, PatternState& state) {
  size_t count = node.patterns.size(), star = count;
  bool isOnlyWildcards = true;
  for (size_t i = 0; i < count; ++i) {
    const ast::PatternNode& part = *node.patterns[i];
    if (ast::isa<ast::MatchStar>(part)) {
      if (star != count)
        return error(DiagId::SeveralStarredPatterns, node.span);
      star = i;
    }
    isOnlyWildcards &= isWildcard(part) || isStarWildcard(part);
  }
  bool hasStar = star != count;
  Reg test = destination(kPush);
  b_.matchSequence(test, subject);
  b_.jumpIfFalse(test, failAfter(state, {test}));
  if (!hasStar || count > 1) {
    b_.getLen(test, subject);
    Reg wanted = loadInt(static_cast<int64_t>(hasStar ? count - 1 : count));
    LabelId fail = failAfter(state, {test, wanted});
    if (hasStar)
      b_.jumpUnlessGe(test, wanted, fail);
    else
      b_.jumpUnlessEq(test, wanted, fail);
  }
  if (isOnlyWildcards)
    return dropSubject(subject);
  if (hasStar && isStarWildcard(*node.patterns[star]))
    return sequenceItems(node, subject, star, state);
  Reg window = destination(kPush, {subject});
  auto total = static_cast<uint16_t>(count);
  if (count > kMostUnpacked)
    return error(DiagId::TooManyTargets, node.span);
  if (hasStar)
    b_.unpackEx(window, subject, static_cast<uint16_t>(star), total);
  else
    b_.unpackSequence(window, subject, total);
  subpatterns(node.patterns, state);
}

/// `[a, *_, b]`: takes the items by index, so that no list of the middle ones is made.
void Emitter::sequenceItems(const ast::MatchSequence& node, Reg subject, size_t star,
                            PatternState& state) {
  size_t count = node.patterns.size();
  for (size_t i = 0; i < count; ++i) {
    const ast::PatternNode& part = *node.patterns[i];
    if (i == star || isWildcard(part))
      continue;
    b_.at(node.span);
    Reg copy = duplicate(subject);
    Reg key;
    if (i < star) {
      key = loadInt(static_cast<int64_t>(i));
    } else {
      key = destination(kPush);
      b_.getLen(key, subject);
      Reg fromEnd = loadInt(static_cast<int64_t>(count - i));
      b_.sub(key, key, fromEnd);
    }
    Reg item = destination(kPush, {copy, key});
    b_.loadItem(item, copy, key);
    // Getting another item may raise.
    auto rest = node.patterns.subspan(i + 1);
    bool isLast = std::all_of(rest.begin(), rest.end(), [](const ast::PatternNode* later) {
      return isWildcard(*later) || isStarWildcard(*later);
    });
    subpattern(part, item, state, isLast);
  }
  dropSubject(subject);
}

void Emitter::mappingPattern(const ast::MatchMapping& node, Reg subject, PatternState& state) {
  size_t count = node.keys.size();
  Reg test = destination(kPush);
  b_.matchMapping(test, subject);
  b_.jumpIfFalse(test, failAfter(state, {test}));
  if (count == 0 && !node.rest)
    return dropSubject(subject);
  if (count > 0) {
    b_.getLen(test, subject);
    Reg wanted = loadInt(static_cast<int64_t>(count));
    b_.jumpUnlessGe(test, wanted, failAfter(state, {test, wanted}));
  }
  rejectSameKeys(node);
  Reg keys = destination(kPush);
  if (ConstantId constant = c_.folder.tupleOf(node.keys); constant != ConstantId::None) {
    loadConst(constant);
  } else {
    for (const Expr* key : node.keys)
      push(*key);
    b_.at(node.span);
    b_.buildTuple(keys, keys, static_cast<uint16_t>(count));
  }
  b_.at(node.span);
  Reg values = destination(kPush);
  b_.matchKeys(values, subject, keys);
  unpackMatched(values, count, state);
  bool outerFinal = state.isFinal;
  state.isFinal &= !node.rest; // taking the rest may raise
  subpatterns(node.patterns, state);
  state.isFinal = outerFinal;
  if (node.rest) {
    b_.at(node.span);
    Reg rest = destination(kPush);
    b_.copyDictWithoutKeys(rest, subject, keys);
    capture(c_.names.of(node.rest), rest, node.span, state);
  }
  b_.drop(keys);
  dropSubject(subject);
}

/// The tuple on top, or None where there is no match: unpacks it.
void Emitter::unpackMatched(Reg values, size_t count, PatternState& state) {
  Reg test = destination(kPush);
  b_.dup(test, values);
  b_.jumpIfNone(test, failAfter(state, {test}));
  b_.unpackSequence(values, values, static_cast<uint16_t>(count));
}

void Emitter::rejectSameKeys(const ast::MatchMapping& node) {
  std::vector<ConstantId> seen;
  for (const Expr* key : node.keys) {
    if (!isValue(*key))
      return error(DiagId::PatternKeyKind, node.span);
    ConstantId constant = c_.folder.fold(*key);
    if (constant == ConstantId::None)
      continue;
    for (ConstantId other : seen)
      if (c_.folder.areEqual(other, constant))
        return error(DiagId::PatternKeyTwice, node.span, {c_.folder.repr(constant)});
    seen.push_back(constant);
  }
}

void Emitter::classPattern(const ast::MatchClass& node, Reg subject, PatternState& state) {
  for (size_t i = 0; i < node.kwd_attrs.size(); ++i)
    for (size_t j = i + 1; j < node.kwd_attrs.size(); ++j)
      if (node.kwd_attrs[i] == node.kwd_attrs[j])
        return error(DiagId::PatternAttributeTwice, node.kwd_patterns[j]->span,
                     {node.kwd_attrs[j]->text});
  Constant names;
  names.kind = uop::ConstKind::Tuple;
  for (ast::Identifier name : node.kwd_attrs)
    names.items.push_back(textConstant(c_.names.of(name)));
  Reg cls = operand(*node.cls);
  b_.at(node.span);
  Reg namesReg = loadConst(c_.constants.intern(std::move(names)));
  Reg values = destination(kPush, {cls, namesReg});
  b_.matchClass(values, subject, cls, namesReg, static_cast<uint16_t>(node.patterns.size()));
  Reg test = destination(kPush);
  b_.dup(test, values);
  b_.jumpIfNone(test, failAfter(state, {test}));
  if (subject >= 0) {
    dropBelow();
    values = b_.top();
  }
  size_t count = node.patterns.size() + node.kwd_patterns.size();
  b_.unpackSequence(values, values, static_cast<uint16_t>(count));
  std::vector<ast::PatternNode*> parts(node.patterns.begin(), node.patterns.end());
  parts.insert(parts.end(), node.kwd_patterns.begin(), node.kwd_patterns.end());
  subpatterns(parts, state);
}

void Emitter::orPattern(const ast::MatchOr& node, Reg subject, PatternState& state) {
  LabelId matched = b_.newLabel();
  unsigned depth = b_.depth();
  std::vector<Capture> bound; // by the first alternative
  for (const ast::PatternNode* part : node.patterns) {
    bool isLast = part == node.patterns.back();
    PatternState alternative;
    alternative.base = depth;
    alternative.mayBeIrrefutable = isLast && state.mayBeIrrefutable;
    alternative.firstSlot = state.firstSlot + state.captures.size();
    alternative.reserved = bound;
    alternative.isFinal = state.isFinal;
    pattern(*part, duplicate(subject), alternative);
    if (hasFailed())
      return;
    if (part == node.patterns.front())
      bound = alternative.captures;
    auto isIn = [&](const Capture& wanted) {
      return std::any_of(bound.begin(), bound.end(),
                         [&](const Capture& known) { return known.name == wanted.name; });
    };
    if (alternative.captures.size() != bound.size() ||
        !std::all_of(alternative.captures.begin(), alternative.captures.end(), isIn))
      return error(DiagId::PatternDifferentNames, node.span);
    if (state.isFinal)
      bindCaptures(alternative, part->span);
    b_.atNone();
    b_.jump(matched);
    b_.setDepth(depth);
    bindFailures(alternative);
  }
  b_.jump(failLabel(state));
  b_.setDepth(depth);
  b_.bind(matched);
  for (const Capture& capture : bound) {
    for (const Capture& known : state.captures)
      if (known.name == capture.name)
        return error(DiagId::PatternNameTwice, node.span, {c_.names.text(capture.name)});
    state.captures.push_back({capture.name, state.isFinal ? kPush : capture.slot});
  }
  dropSubject(subject);
}

} // namespace pyc
