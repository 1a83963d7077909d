// The module _tokenize: the frontend's lexer as an iterator of (type, string, start, end, line), on
// which `tokenize` stands. The source is read whole before its first token is given.
#include "compiler/frontend/lex/lexer.h"
#include "runtime/eval/diagnostics.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <memory>

namespace pyc::rt {

namespace {

/// What is left of a source between and in its tokens.
struct Tokens {
  Source source;
  LexResult lexed;
  size_t next = 0;     // token
  uint32_t offset = 0; // of the text behind what was given last
  bool usesCarriageReturn = false;
  Ref exactTypes; // token.EXACT_TOKEN_TYPES
};

struct TokenizerObject {
  Object header;
  Value readline; // owned
  Value encoding; // owned str, or null: the lines are strs
  bool extraTokens, finished;
  Tokens* tokens; // null until the source is read
};
TokenizerObject* asTokenizer(Value value) {
  return value.as<TokenizerObject>();
}

// Numbers of the module `token` that have no operator's text.
enum TokenType : int {
  kEndMarker = 0,
  kName = 1,
  kNumber = 2,
  kString = 3,
  kNewline = 4,
  kIndent = 5,
  kDedent = 6,
  kOp = 55,
  kFStringStart = 59,
  kFStringMiddle = 60,
  kFStringEnd = 61,
  kTStringStart = 62,
  kTStringMiddle = 63,
  kTStringEnd = 64,
  kComment = 65,
  kNl = 66,
};

/// One line; "" at the end, of which StopIteration is another form. False with an exception.
bool readLine(TokenizerObject* self, std::string& text, bool& ended) {
  Ref line = call(self->readline);
  if (!line) {
    ended = true;
    return catchRaised(stopIterationType);
  }
  size_t before = text.size();
  if (!self->encoding) {
    if (!isStr(line))
      return raise(typeErrorType, "readline() returned a non-string object");
    std::string storage;
    text += utf8View(line, storage);
  } else {
    if (!isBytes(line))
      return raise(typeErrorType, "readline() returned a non-bytes object");
    PYC_TRY(errors, makeStr("replace"));
    Value args[] = {self->encoding, errors};
    PYC_TRY(decoded, callMethod(line, internLiteral("decode"), args, 2));
    std::string storage;
    text += utf8View(decoded, storage);
  }
  ended = text.size() == before;
  return true;
}

bool readTokens(TokenizerObject* self) {
  std::string text;
  for (bool ended = false; !ended;)
    if (!readLine(self, text, ended))
      return false;
  auto tokens = std::make_unique<Tokens>();
  tokens->usesCarriageReturn = text.find("\r\n") != text.npos;
  DiagnosticSink sink;
  if (!readSource(std::move(text), "<string>", SourceForm::Text, sink, tokens->source))
    return raiseDiagnostics(sink, tokens->source);
  tokens->lexed = lex(tokens->source);
  PYC_TRY(module, importModuleNamed("token"));
  tokens->exactTypes = getAttr(module, internLiteral("EXACT_TOKEN_TYPES"));
  if (!tokens->exactTypes)
    return false;
  self->tokens = tokens.release();
  return true;
}

/// (line, column in characters)
Ref positionAt(const Source& source, uint32_t line, uint32_t offset) {
  uint32_t column = source.charColumn(line, offset - source.lineStart(line));
  return tupleOf(Value::fromInt(line), Value::fromInt(column));
}

/// The lines from `first` to `last`, as they were read.
Ref linesOf(const Tokens& tokens, uint32_t first, uint32_t last) {
  const Source& source = tokens.source;
  if (first > source.lineCount())
    return makeStr("");
  last = std::min(last, source.lineCount());
  std::string text;
  for (uint32_t line = first; line <= last; ++line) {
    text += source.line(line);
    bool isWhole = line < source.lineCount() || source.hasFinalNewline();
    if (isWhole)
      text += tokens.usesCarriageReturn ? "\r\n" : "\n";
  }
  return makeStr(text);
}

Ref makeToken(const Tokens& tokens, int type, std::string_view text, uint32_t start, uint32_t end) {
  const Source& source = tokens.source;
  uint32_t firstLine = source.lineOf(start),
           lastLine = end > start ? source.lineOf(end - 1) : firstLine;
  PYC_TRY(string, makeStr(text));
  PYC_TRY(from, positionAt(source, firstLine, start));
  PYC_TRY(to, positionAt(source, lastLine, end));
  PYC_TRY(lines, linesOf(tokens, firstLine, lastLine));
  return tupleOf(Value::fromInt(type), string.get(), from.get(), to.get(), lines.get());
}

/// The end of a line, where the token is longer than the characters of its line.
Ref makeLineEnd(const Tokens& tokens, int type, uint32_t start) {
  const Source& source = tokens.source;
  uint32_t line = source.lineOf(start);
  bool isThere = line < source.lineCount() || source.hasFinalNewline();
  std::string_view text = !isThere ? "" : tokens.usesCarriageReturn ? "\r\n" : "\n";
  PYC_TRY(string, makeStr(text));
  uint32_t column = source.charColumn(line, start - source.lineStart(line));
  PYC_TRY(from, tupleOf(Value::fromInt(line), Value::fromInt(column)));
  uint32_t length = text.empty() ? 1 : static_cast<uint32_t>(text.size());
  PYC_TRY(to, tupleOf(Value::fromInt(line), Value::fromInt(column + length)));
  PYC_TRY(lines, linesOf(tokens, line, line));
  return tupleOf(Value::fromInt(type), string.get(), from.get(), to.get(), lines.get());
}

/// The next comment or line end without meaning between two tokens; null with nothing raised when
/// only blanks are left before `end`.
Ref takeFromGap(Tokens& tokens, uint32_t end) {
  std::string_view text = tokens.source.text();
  for (uint32_t& at = tokens.offset; at < end; ++at) {
    if (text[at] == '\n') {
      bool isJoined = at > 0 && text[at - 1] == '\\';
      uint32_t start = at;
      if (!isJoined) {
        ++at;
        return makeLineEnd(tokens, kNl, start);
      }
    } else if (text[at] == '#') {
      uint32_t start = at;
      at = static_cast<uint32_t>(std::min<size_t>(text.find('\n', at), text.size()));
      return makeToken(tokens, kComment, text.substr(start, at - start), start, at);
    }
  }
  return {};
}

bool isKeyword(TokenKind kind) {
  switch (kind) {
#define PYC_KEYWORD(Name, text) case TokenKind::Kw##Name:
#include "compiler/frontend/lex/token.def"
    return true;
  default:
    return false;
  }
}

/// The number of a token; -1 with an exception.
int typeOfToken(const TokenizerObject* self, const Token& token, std::string_view text) {
  switch (token.kind) {
  case TokenKind::EndMarker:
    return kEndMarker;
  case TokenKind::Newline:
    return kNewline;
  case TokenKind::Indent:
    return kIndent;
  case TokenKind::Dedent:
    return kDedent;
  case TokenKind::Name:
    return kName;
  case TokenKind::Number:
    return kNumber;
  case TokenKind::String:
    return kString;
  case TokenKind::FStringStart:
    return kFStringStart;
  case TokenKind::FStringMiddle:
    return kFStringMiddle;
  case TokenKind::FStringEnd:
    return kFStringEnd;
  case TokenKind::TStringStart:
    return kTStringStart;
  case TokenKind::TStringMiddle:
    return kTStringMiddle;
  case TokenKind::TStringEnd:
    return kTStringEnd;
  default:
    break;
  }
  if (isKeyword(token.kind))
    return kName;
  if (self->extraTokens)
    return kOp;
  Ref key = makeStr(text), found;
  if (!key || !dictGet(asDict(self->tokens->exactTypes), key, found))
    return -1;
  int64_t number = kOp;
  return found && !toInt64(found, number) ? -1 : static_cast<int>(number);
}

/// The end of the tokens: behind the last line.
Ref makeEndMarker(const TokenizerObject* self) {
  const Source& source = self->tokens->source;
  PYC_TRY(empty, makeStr(""));
  int64_t line = source.lineCount() + (self->extraTokens || source.hasFinalNewline() ? 1 : 0);
  int64_t column = self->extraTokens || source.hasFinalNewline() ? 0 : -1;
  PYC_TRY(at, tupleOf(Value::fromInt(std::max<int64_t>(line, 1)), Value::fromInt(column)));
  PYC_TRY(shown, linesOf(*self->tokens, static_cast<uint32_t>(line), static_cast<uint32_t>(line)));
  return tupleOf(Value::fromInt(kEndMarker), empty.get(), at.get(), at.get(), shown.get());
}

/// An Indent or Dedent, which stands before the first token of its line.
Ref makeIndentation(Tokens& tokens, const Token& token) {
  std::string_view text = tokens.source.text();
  if (token.kind == TokenKind::Indent) {
    uint32_t start = tokens.source.lineStart(token.line);
    uint32_t end = start;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\f'))
      ++end;
    return makeToken(tokens, kIndent, text.substr(start, end - start), start, end);
  }
  uint32_t end = tokens.offset;
  for (size_t k = tokens.next; k < tokens.lexed.tokens.size(); ++k)
    if (tokens.lexed.tokens[k].kind != TokenKind::Dedent) {
      end = tokens.lexed.tokens[k].start;
      break;
    }
  if (end < text.size())
    return makeToken(tokens, kDedent, "", end, end);
  PYC_TRY(empty, makeStr(""));
  PYC_TRY(at, tupleOf(Value::fromInt(tokens.source.lineCount() + 1), Value::fromInt(0)));
  return tupleOf(Value::fromInt(kDedent), empty.get(), at.get(), at.get(), empty.get());
}

Raised raiseLexError(const Tokens& tokens) {
  if (tokens.lexed.end == LexEnd::InBrackets || tokens.lexed.end == LexEnd::InJoinedLine)
    return raise(syntaxErrorType, "unexpected EOF in multi-line statement");
  DiagnosticSink sink;
  const std::vector<std::string>& arguments = tokens.lexed.error.arguments;
  std::string_view given[3];
  std::copy_n(arguments.begin(), std::min<size_t>(arguments.size(), 3), given);
  sink.report(tokens.lexed.error.id, tokens.lexed.error.location, {given[0], given[1], given[2]});
  raiseDiagnostics(sink, tokens.source);
  return {};
}

/// Where the token's own text begins: a Newline's token includes the comment before it.
uint32_t ownStart(const Tokens& tokens, const Token& token) {
  std::string_view text = tokens.source.text();
  if (token.kind != TokenKind::Newline)
    return token.start;
  return static_cast<uint32_t>(std::min(text.find('\n', token.start), text.size()));
}

/// Where comments before this token end: Indents and Dedents come behind them.
uint32_t gapEnd(const Tokens& tokens) {
  for (size_t k = tokens.next; k < tokens.lexed.tokens.size(); ++k) {
    TokenKind kind = tokens.lexed.tokens[k].kind;
    if (kind != TokenKind::Indent && kind != TokenKind::Dedent)
      return ownStart(tokens, tokens.lexed.tokens[k]);
  }
  return static_cast<uint32_t>(tokens.source.text().size());
}

Ref nextToken(Value value) {
  TokenizerObject* self = asTokenizer(value);
  if (self->finished)
    return {};
  if (!self->tokens && !readTokens(self))
    return {};
  Tokens& tokens = *self->tokens;
  if (self->extraTokens) {
    Ref extra = takeFromGap(tokens, gapEnd(tokens));
    if (extra || isRaised())
      return extra;
  }
  const Token& token = tokens.lexed.tokens[tokens.next];
  if (token.kind == TokenKind::Error) {
    self->finished = true;
    return raiseLexError(tokens);
  }
  ++tokens.next;
  std::string_view text = tokens.source.text().substr(token.start, token.end - token.start);
  int type = typeOfToken(self, token, text);
  if (type < 0)
    return {};
  if (token.kind == TokenKind::EndMarker) {
    self->finished = true;
    return makeEndMarker(self);
  }
  if (token.kind == TokenKind::Indent || token.kind == TokenKind::Dedent)
    return makeIndentation(tokens, token);
  tokens.offset = token.end;
  if (token.kind == TokenKind::Newline) {
    uint32_t start = ownStart(tokens, token);
    tokens.offset =
        std::min<uint32_t>(start + 1, static_cast<uint32_t>(tokens.source.text().size()));
    return makeLineEnd(tokens, kNewline, start);
  }
  return makeToken(tokens, type, text, token.start, token.end);
}

Ref createTokenizer(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "TokenizerIter(readline, /, *, encoding=None, extra_tokens)");
  Value bound[3];
  bool extraTokens = false;
  if (!signature.bind(args, argc, kwnames, bound) || !truth(bound[2], extraTokens))
    return {};
  bool hasEncoding = bound[1] && !bound[1].isNone();
  if (hasEncoding && !isStr(bound[1]))
    return raise(typeErrorType, "tokenizeriter() argument 'encoding' must be str, not %T",
                 bound[1]);
  Object* object = allocObject(type);
  if (!object)
    return {};
  TokenizerObject* self = asTokenizer(object);
  self->readline = Ref::copy(bound[0]).release();
  self->encoding = hasEncoding ? Ref::copy(bound[1]).release() : Value();
  self->extraTokens = extraTokens;
  return Ref::steal(object);
}

void deallocTokenizer(Object* object) {
  TokenizerObject* self = asTokenizer(object);
  delete self->tokens;
  decrefMaybe(self->readline);
  decrefMaybe(self->encoding);
  freeObject(object);
}

void traverseTokenizer(Object* object, Visitor& visitor) {
  if (Value readline = asTokenizer(object)->readline)
    visitor.visit(readline);
}

Ref selfIterator(Value self) {
  return Ref::copy(self);
}

constinit TypeObject tokenizerType = {
    .name = "_tokenize.TokenizerIter",
    .basicSize = sizeof(TokenizerObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .slots = {.dealloc = deallocTokenizer,
              .traverse = traverseTokenizer,
              .iter = selfIterator,
              .next = nextToken,
              .create = createTokenizer},
};

} // namespace

bool fillModule__tokenize(ModuleObject* module) {
  return addType(module, tokenizerType);
}

} // namespace pyc::rt
