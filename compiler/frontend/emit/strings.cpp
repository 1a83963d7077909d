// f-strings and t-strings.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

namespace {
constexpr size_t kPiece = 256; // parts on the stack at once

uop::Conversion conversionOf(int32_t letter) {
  switch (letter) {
  case 's':
    return uop::Conversion::Str;
  case 'r':
    return uop::Conversion::Repr;
  case 'a':
    return uop::Conversion::Ascii;
  default: // -1
    return uop::Conversion::None;
  }
}
} // namespace

Reg Emitter::joinedStr(const ast::JoinedStr& node, Reg want) {
  if (node.values.empty()) {
    at(node);
    return loadText(std::string_view(), want);
  }
  if (node.values.size() == 1)
    return expr(*node.values[0], want);
  Reg base = destination(kPush);
  size_t parts = 0;
  for (const Expr* value : node.values) {
    if (parts == kPiece) {
      at(node);
      b_.buildString(base, base, static_cast<uint16_t>(parts));
      parts = 1;
    }
    auto* formatted = ast::dynCast<ast::FormattedValue>(value);
    if (formatted && !formatted->format_spec)
      part(*formatted);
    else
      push(*value);
    ++parts;
  }
  at(node);
  Reg dst = want == kPush ? base : want;
  b_.buildString(dst, base, static_cast<uint16_t>(parts));
  return dst;
}

/// The value of a replacement field, converted.
Reg Emitter::fieldValue(const ast::FormattedValue& node) {
  Reg value = operand(*node.value, node.format_spec);
  uop::Conversion conversion = conversionOf(node.conversion);
  at(node);
  if (conversion == uop::Conversion::None)
    return value;
  Reg converted = destination(kPush, {value});
  b_.convertValue(converted, value, conversion);
  return converted;
}

/// A replacement field without a format, for build_string.
void Emitter::part(const ast::FormattedValue& node) {
  Reg value = fieldValue(node);
  b_.formatPart(destination(kPush, {value}), value);
}

Reg Emitter::formattedValue(const ast::FormattedValue& node, Reg want) {
  Reg value = fieldValue(node);
  if (!node.format_spec) {
    Reg dst = destination(want, {value});
    b_.formatSimple(dst, value);
    return dst;
  }
  Reg spec = push(*node.format_spec);
  at(node);
  Reg dst = destination(want, {value, spec});
  b_.formatValue(dst, value, spec);
  return dst;
}

Reg Emitter::templateStr(const ast::TemplateStr& node, Reg want) {
  // The strings and interpolations alternate, and a string stands at both ends.
  Constant strings;
  strings.kind = uop::ConstKind::Tuple;
  ConstantId empty = c_.constants.intern(Constant::ofStr(""));
  bool isAfterString = false;
  for (const Expr* value : node.values) {
    if (auto* constant = ast::dynCast<ast::Constant>(value)) {
      strings.items.push_back(c_.folder.literal(constant->value));
      isAfterString = true;
      continue;
    }
    if (!isAfterString)
      strings.items.push_back(empty);
    isAfterString = false;
  }
  if (!isAfterString)
    strings.items.push_back(empty);
  at(node);
  Reg base = loadConst(c_.constants.intern(std::move(strings)));

  Reg list = destination(kPush);
  size_t count = 0;
  bool isList = false;
  for (const Expr* value : node.values) {
    auto* part = ast::dynCast<ast::Interpolation>(value);
    if (!part)
      continue;
    interpolation(*part);
    at(node);
    if (isList) {
      b_.listAppend(list, b_.top());
    } else if (++count == kPiece) {
      b_.buildList(list, list, static_cast<uint16_t>(count));
      isList = true;
    }
  }
  at(node);
  if (isList)
    b_.listToTuple(list, list);
  else
    b_.buildTuple(list, list, static_cast<uint16_t>(count));
  Reg dst = want == kPush ? base : want;
  b_.buildTemplate(dst, base, list);
  return dst;
}

void Emitter::interpolation(const ast::Interpolation& node) {
  Reg parts = push(*node.value);
  at(node);
  loadConst(c_.folder.literal(node.str));
  if (node.format_spec)
    push(*node.format_spec);
  else
    loadText(std::string_view());
  at(node);
  b_.buildInterpolation(parts, parts, conversionOf(node.conversion));
}

} // namespace pyc
