// String literals: plain ones, f-strings and t-strings, and their implicit concatenation.
#include "compiler/frontend/lex/identifier.h"
#include "compiler/frontend/parse/parser_impl.h"

#include <algorithm>

namespace pyc::parsing {

namespace {

struct Prefix {
  LiteralForm form;
  bool isUnicode = false; // `u`
  size_t length = 0;      // with the quotes
  size_t quotes = 1;
};

Prefix prefixOf(std::string_view text) {
  Prefix prefix;
  for (;; ++prefix.length) {
    char c = char(text[prefix.length] | 0x20);
    if (text[prefix.length] == '"' || text[prefix.length] == '\'')
      break;
    prefix.form.isRaw |= c == 'r';
    prefix.form.isBytes |= c == 'b';
    prefix.isUnicode |= c == 'u';
    prefix.form.isFString |= c == 'f' || c == 't';
  }
  std::string_view rest = text.substr(prefix.length);
  bool isTriple = rest.size() >= 3 && rest[1] == rest[0] && rest[2] == rest[0];
  prefix.quotes = isTriple && (prefix.form.isFString || rest.size() >= 6) ? 3 : 1;
  prefix.length += prefix.quotes;
  return prefix;
}

} // namespace

/// The parts of a concatenation as they come: adjacent texts become one Constant, empty ones none.
class Parser::StringBuilder {
public:
  explicit StringBuilder(Parser& parser) : parser_(parser), parts_(parser) {}

  void addText(std::string_view text, const SourceSpan& span, StringPrefix kind) {
    if (text_.empty()) {
      span_ = span;
      kind_ = kind;
    }
    text_ += text;
    span_ = SourceSpan::join(span_, span);
  }

  void addField(ExprNode* field) {
    flush();
    parts_.push(field);
  }

  Seq<ExprNode> finish() {
    flush();
    return parts_.finish();
  }

private:
  void flush() {
    if (text_.empty())
      return;
    auto* constant = parser_.makeAt<Constant>(span_);
    constant->value.kind = ConstantKind::Str;
    constant->value.text = parser_.arena_.copy(std::string_view(text_));
    constant->kind = kind_;
    parts_.push(constant);
    text_.clear();
  }

  Parser& parser_;
  Collector<ExprNode> parts_;
  std::string text_;
  SourceSpan span_;
  StringPrefix kind_ = StringPrefix::None;
};

ExprNode* Parser::strings() {
  return memoized<ExprNode>(Rule::Strings, [&] { return stringsUncached(); });
}

ExprNode* Parser::stringsUncached() {
  Mark first = pos_;
  bool isPlain = true;
  bool isTemplate = at(TokenKind::TStringStart);
  Mark end = first;
  // What is concatenated decides how: skip the replacement fields to find the next literal.
  for (uint32_t depth = 0;; ++end) {
    TokenKind kind = tokens_[end].kind;
    bool isStart = kind == TokenKind::FStringStart || kind == TokenKind::TStringStart;
    isPlain &= !isStart;
    depth += isStart;
    if (kind == TokenKind::FStringEnd || kind == TokenKind::TStringEnd)
      --depth;
    else if (kind == TokenKind::Error || (depth == 0 && kind != TokenKind::String))
      break;
  }
  return isPlain ? plainStrings(first) : formattedStrings(first, isTemplate);
}

/// Only STRING tokens.
ExprNode* Parser::plainStrings(Mark first) {
  bool isBytes = prefixOf(textOf(first)).form.isBytes;
  bool isMixed = false;
  std::string value;
  do {
    if (!literalText(pos_, value))
      return nullptr;
    isMixed |= prefixOf(textOf(pos_)).form.isBytes != isBytes;
    ++pos_;
  } while (at(TokenKind::String));
  if (isMixed)
    return raiseAtFurthest(DiagId::MixedBytes);
  auto* constant = make<Constant>(first);
  constant->value.kind = isBytes ? ConstantKind::Bytes : ConstantKind::Str;
  constant->value.text = arena_.copy(std::string_view(value));
  constant->kind = prefixOf(textOf(first)).isUnicode ? StringPrefix::U : StringPrefix::None;
  return constant;
}

/// f-strings with strings between them, or t-strings alone.
ExprNode* Parser::formattedStrings(Mark first, bool isTemplate) {
  StringBuilder builder(*this);
  bool hasBytes = false;
  Mark lastLiteral = first;
  for (;;) {
    TokenKind kind = peek();
    bool isLiteral = kind == TokenKind::String || kind == TokenKind::FStringStart ||
                     kind == TokenKind::TStringStart;
    if (!isLiteral)
      break;
    if ((kind == TokenKind::TStringStart) != isTemplate) {
      if (wantsInvalid())
        return mixedTemplate(lastLiteral);
      break;
    }
    lastLiteral = pos_;
    if (kind == TokenKind::String) {
      std::string text;
      if (!literalText(pos_, text))
        return nullptr;
      Prefix prefix = prefixOf(textOf(pos_));
      hasBytes |= prefix.form.isBytes;
      builder.addText(text, spanOf(pos_), prefix.isUnicode ? StringPrefix::U : StringPrefix::None);
      ++pos_;
    } else if (!formattedString(builder)) {
      return nullptr;
    }
  }
  if (hasBytes)
    return raiseAtFurthest(DiagId::MixedBytes);
  Seq<ExprNode> values = builder.finish();
  if (isTemplate) {
    auto* node = make<TemplateStr>(first);
    node->values = values;
    cover(node, values);
    return node;
  }
  auto* node = make<JoinedStr>(first);
  node->values = values;
  cover(node, values);
  return node;
}

/// A t-string next to another kind of literal; the cursor is at the second one.
ExprNode* Parser::mixedTemplate(Mark lastLiteral) {
  SourceSpan start = spanOf(lastLiteral);
  if (at(TokenKind::String)) {
    ++pos_;
  } else {
    StringBuilder ignored(*this);
    if (!formattedString(ignored))
      return nullptr;
  }
  return raiseRange(DiagId::MixedTemplate, start, spanOf(pos_ - 1));
}

/// One f-string or t-string, from its start token to its end token.
bool Parser::formattedString(StringBuilder& builder) {
  bool isTemplate = at(TokenKind::TStringStart);
  bool isRaw = prefixOf(textOf(pos_)).form.isRaw;
  ++pos_;
  for (;;) {
    switch (peek()) {
    case TokenKind::FStringMiddle:
    case TokenKind::TStringMiddle: {
      std::string text;
      if (!middleText(pos_, isRaw, text))
        return false;
      builder.addText(text, spanOf(pos_), StringPrefix::None);
      ++pos_;
      break;
    }
    case TokenKind::LeftBrace:
      if (!replacementField(builder, isTemplate, isRaw, /*inSpec=*/false))
        return false;
      break;
    case TokenKind::FStringEnd:
    case TokenKind::TStringEnd:
      ++pos_;
      return true;
    default:
      return false;
    }
  }
}

/// '{' annotated_rhs ['='] ['!' NAME] [':' format_spec] '}'
bool Parser::replacementField(StringBuilder& builder, bool isTemplate, bool isRaw, bool inSpec) {
  Mark first = pos_++;
  auto failField = [&] {
    if (wantsInvalid())
      invalidReplacementField(first, isTemplate);
    return false;
  };
  ExprNode* value = annotatedRhs();
  if (!value)
    return raised_ ? false : failField();
  Mark afterValue = pos_;
  bool isDebug = accept(TokenKind::Equal);
  int32_t letter = -1;
  ExprNode* spec = nullptr;
  Mark textEnd = pos_;
  if (at(TokenKind::Exclamation) && !conversion(isTemplate, letter))
    return raised_ ? false : failField();
  if (at(TokenKind::Colon) && !formatSpec(isTemplate, isRaw, spec))
    return false;
  if (!accept(TokenKind::RightBrace))
    return raised_ ? false : failField();
  SourceSpan fieldSpan = spanFrom(first);
  if (isDebug) {
    SourceSpan open = spanOf(first), end = spanOf(textEnd);
    builder.addText(fieldText(first, textEnd), {open.endLine, open.endColumn, end.line, end.column},
                    StringPrefix::None);
    if (letter < 0 && !spec)
      letter = 'r';
  }
  if (isTemplate && !inSpec) {
    auto* node = makeAt<Interpolation>(fieldSpan);
    node->value = value;
    node->str.kind = ConstantKind::Str;
    std::string text = fieldText(first, afterValue);
    node->str.text = arena_.copy(std::string_view(text));
    node->conversion = letter;
    node->format_spec = spec;
    cover(node, value);
    cover(node, spec);
    builder.addField(node);
  } else {
    auto* node = makeAt<FormattedValue>(fieldSpan);
    node->value = value;
    node->conversion = letter;
    node->format_spec = spec;
    cover(node, value);
    cover(node, spec);
    builder.addField(node);
  }
  return !raised_;
}

/// '!' and the letter that follows it without a blank.
bool Parser::conversion(bool isTemplate, int32_t& letter) {
  Mark mark = pos_++;
  if (!at(TokenKind::Name))
    return false;
  Mark name = pos_++;
  std::string_view kind = isTemplate ? "t" : "f";
  if (tokens_[mark].end != tokens_[name].start) {
    raiseRange(DiagId::ConversionAfterBlank, spanOf(mark), spanOf(name), {kind});
    return false;
  }
  std::string_view text = textOf(name);
  if (text != "s" && text != "r" && text != "a") {
    raise(DiagId::InvalidConversion, spanOf(name), {kind, text});
    return false;
  }
  letter = text[0];
  return true;
}

/// ':' and the text and fields up to the brace that ends the field.
bool Parser::formatSpec(bool isTemplate, bool isRaw, ExprNode*& spec) {
  Mark first = pos_++;
  StringBuilder builder(*this);
  for (;;) {
    TokenKind kind = peek();
    if (kind == TokenKind::FStringMiddle || kind == TokenKind::TStringMiddle) {
      std::string text;
      if (!middleText(pos_, isRaw, text))
        return false;
      builder.addText(text, spanOf(pos_), StringPrefix::None);
      ++pos_;
    } else if (kind == TokenKind::LeftBrace) {
      if (!replacementField(builder, isTemplate, isRaw, /*inSpec=*/true))
        return false;
    } else {
      break;
    }
  }
  auto* node = make<JoinedStr>(first);
  node->values = builder.finish();
  cover(node, node->values);
  spec = node;
  return true;
}

/// The source text between two tokens, without comments.
std::string Parser::fieldText(Mark first, Mark end) const {
  std::string result;
  for (Mark token = first;; ++token) {
    std::string_view gap =
        text_.substr(tokens_[token].end, tokens_[token + 1].start - tokens_[token].end);
    while (!gap.empty()) {
      size_t comment = gap.find('#');
      result += gap.substr(0, comment);
      gap.remove_prefix(std::min(
          comment == std::string_view::npos ? comment : gap.find('\n', comment), gap.size()));
    }
    if (token + 1 == end)
      return result;
    result += textOf(token + 1);
  }
}

/// Appends the value of a STRING token.
bool Parser::literalText(Mark token, std::string& out) {
  std::string_view text = textOf(token);
  Prefix prefix = prefixOf(text);
  std::string_view body = text.substr(prefix.length, text.size() - prefix.length - prefix.quotes);
  if (prefix.form.isBytes &&
      std::any_of(body.begin(), body.end(), [](char c) { return c & 0x80; })) {
    raise(DiagId::BytesNotAscii, spanOf(token));
    return false;
  }
  return decodeInto(token, body, prefix.form, out);
}

/// Appends the value of an FSTRING_MIDDLE or TSTRING_MIDDLE token.
bool Parser::middleText(Mark token, bool isRaw, std::string& out) {
  return decodeInto(token, textOf(token), {isRaw, false, true}, out);
}

bool Parser::decodeInto(Mark token, std::string_view body, LiteralForm form, std::string& out) {
  std::optional<UnknownEscape> unknown;
  auto problem = decodeLiteral(body, form, options_.characterLookup, out, unknown);
  if (problem) {
    raiseEscape(token, *problem);
    return false;
  }
  if (unknown)
    warnEscape(token, body, *unknown);
  return true;
}

std::nullptr_t Parser::raiseEscape(Mark token, const EscapeProblem& problem) {
  if (problem.kind == EscapeProblem::InvalidBytesX)
    return raise(DiagId::InvalidBytesEscape, spanOf(token), {std::to_string(problem.first)});
  static constexpr std::string_view kReasons[] = {
      "truncated \\xXX escape",         "truncated \\uXXXX escape",
      "truncated \\UXXXXXXXX escape",   "malformed \\N character escape",
      "unknown Unicode character name", "\\N escapes not supported (can't load unicodedata module)",
      "illegal Unicode character",
  };
  return raise(
      DiagId::InvalidEscape, spanOf(token),
      {std::to_string(problem.first), std::to_string(problem.last), kReasons[problem.kind]});
}

/// Warns once about the unknown escape of a token.
void Parser::warnEscape(Mark token, std::string_view body, const UnknownEscape& unknown) {
  if (!isFirstVisit(token))
    return;
  auto offset = static_cast<uint32_t>(body.data() + unknown.at - text_.data());
  std::string_view shown = text_.substr(offset + 1, 4);
  if (unknown.isOctal) {
    shown = shown.substr(0, 3);
  } else {
    size_t next = 0;
    decodeUtf8(shown, next);
    shown = shown.substr(0, next);
  }
  uint32_t line = source_.lineOf(offset);
  uint32_t column = offset - source_.lineStart(line);
  SourceSpan span{line, column, line, column + 1 + static_cast<uint32_t>(shown.size())};
  sink_.report(unknown.isOctal ? DiagId::UnknownOctalEscape : DiagId::UnknownEscape, source_, span,
               {shown, shown});
}

} // namespace pyc::parsing
