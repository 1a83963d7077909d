// The module _tokenize: an iterator over the tokens of a source that a function gives line by line.
// The source is read as a whole when the first token is asked for.
#include "runtime/eval/diagnostics.h"
#include "runtime/eval/token_list.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <memory>
#include <optional>

namespace pyc::rt {

namespace {

/// A source that was read.
struct TokenizedSource {
  std::vector<std::string> lines; // as they were given
  std::optional<Source> source;
  LexResult lexed;
  std::vector<ListedToken> tokens;
  size_t next = 0;
};

struct TokenizerObject {
  Object header;
  Value readline; // null once the source has been read
  Value encoding; // of what readline returns; null: it returns text
  bool withExtras;
  TokenizedSource* text; // null before the first token
};

TokenizerObject* asTokenizer(Value value) {
  return value.as<TokenizerObject>();
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "tokenizeriter(readline, /, *, encoding=None, extra_tokens)");
  Value bound[3];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (bound[1] && !isStr(bound[1]))
    return raiseBadArgument("tokenizeriter", "encoding", "str", bound[1]);
  bool withExtras = false;
  if (!boolArg(bound[2], withExtras))
    return {};
  Object* object = allocObject(type);
  if (!object)
    return {};
  asTokenizer(object)->readline = Ref::copy(bound[0]).release();
  asTokenizer(object)->encoding = Ref::copy(bound[1]).release();
  asTokenizer(object)->withExtras = withExtras;
  return Ref::steal(object);
}

void clearSlot(Object* self) {
  clearField(asTokenizer(self)->readline);
  clearField(asTokenizer(self)->encoding);
}
void dealloc(Object* self) {
  clearSlot(self);
  delete asTokenizer(self)->text;
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  for (Value value : {asTokenizer(self)->readline, asTokenizer(self)->encoding})
    if (value)
      visitor.visit(value);
}

/// The next line as text; an empty one, or null with nothing raised, at the end.
Ref readLine(TokenizerObject* tokenizer) {
  Ref readline = Ref::copy(tokenizer->readline);
  Ref line = call(readline);
  if (!line) {
    catchRaised(stopIterationType);
    return {};
  }
  if (!tokenizer->encoding) {
    if (!isStr(line))
      return raise(typeErrorType, "readline() returned a non-string object");
    return line;
  }
  if (!isBytes(line))
    return raise(typeErrorType, "readline() returned a non-bytes object");
  return decodeByName(line, asBytes(line)->view(), tokenizer->encoding, {});
}

bool readLines(TokenizerObject* tokenizer, std::vector<std::string>& lines) {
  for (;;) {
    Ref line = readLine(tokenizer);
    if (!line)
      return !isRaised();
    if (asStr(line)->length == 0)
      return true;
    std::string text;
    if (!toUtf8(line, text))
      return false;
    if (text.find('\0') != text.npos)
      return raise(syntaxErrorType, "source code cannot contain null bytes");
    lines.push_back(std::move(text));
  }
}

/// The text of all lines with plain line ends.
Source joinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    bool endsInPair = line.ends_with("\r\n");
    text.append(line, 0, line.size() - (endsInPair ? 2 : 0));
    if (endsInPair)
      text += '\n';
  }
  for (char& c : text)
    if (c == '\r')
      c = '\n';
  bool hasNewline = text.empty() || text.back() == '\n';
  if (!hasNewline)
    text += '\n';
  return Source("<string>", std::move(text), hasNewline);
}

bool readSource(TokenizerObject* tokenizer) {
  auto text = std::make_unique<TokenizedSource>();
  if (!readLines(tokenizer, text->lines))
    return false;
  text->source.emplace(joinLines(text->lines));
  text->lexed = lex(*text->source);
  text->tokens = listTokens(*text->source, text->lexed, tokenizer->withExtras);
  tokenizer->text = text.release();
  clearField(tokenizer->readline);
  return true;
}

/// The source ends in the middle of a statement.
bool raiseUnexpectedEnd(const TokenizedSource& text) {
  raise(syntaxErrorType, "unexpected EOF in multi-line statement");
  Ref error = takeRaised();
  auto* fields = error.as<SyntaxErrorObject>();
  uint32_t line = text.source->lineCount();
  auto length = static_cast<int64_t>(text.source->line(line).size());
  bool isJoined = text.lexed.end == LexEnd::InJoinedLine;
  setField(fields->fileName, makeStr(text.source->name()));
  setField(fields->line, Value::fromInt(line));
  setField(fields->endLine, Value::fromInt(line));
  setField(fields->offset, Value::fromInt(isJoined ? length + 1 : 0));
  restoreRaised(std::move(error));
  return false;
}

/// What ends the tokens before their source does.
bool raiseLexError(const TokenizedSource& text) {
  const LexError& error = text.lexed.error;
  switch (text.lexed.end) {
  case LexEnd::Complete:
    return true;
  case LexEnd::InBrackets:
  case LexEnd::InJoinedLine:
    return raiseUnexpectedEnd(text);
  case LexEnd::Error:
  case LexEnd::MildError:
    break;
  }
  DiagnosticSink sink;
  std::string_view arguments[3];
  for (size_t i = 0; i < error.arguments.size() && i < 3; ++i)
    arguments[i] = error.arguments[i];
  sink.report(error.id, error.location, {arguments[0], arguments[1], arguments[2]});
  return raiseDiagnostics(sink, *text.source);
}

/// The lines that a token shows, as they were given.
Ref shownLines(const TokenizedSource& text, const ListedToken& token) {
  std::string shown;
  for (int32_t line = token.shownLine; line > 0 && line <= token.shownEndLine; ++line)
    if (static_cast<size_t>(line) <= text.lines.size())
      shown += text.lines[static_cast<size_t>(line) - 1];
  return makeStr(shown);
}

/// The text of a token; line ends are those that were given.
Ref tokenText(const TokenizedSource& text, const ListedToken& token, bool& isPair) {
  auto line = static_cast<size_t>(token.line);
  isPair =
      token.text == "\n" && line <= text.lines.size() && text.lines[line - 1].ends_with("\r\n");
  return makeStr(isPair ? "\r\n" : token.text);
}

Ref makeToken(const TokenizedSource& text, const ListedToken& token) {
  bool isPair;
  PYC_TRY(string, tokenText(text, token, isPair));
  PYC_TRY(line, shownLines(text, token));
  PYC_TRY(start, tupleOf(Value::fromInt(token.line), Value::fromInt(token.column)));
  PYC_TRY(end, tupleOf(Value::fromInt(token.endLine), Value::fromInt(token.endColumn + isPair)));
  return tupleOf(Value::fromInt(token.type), string.get(), start.get(), end.get(), line.get());
}

Ref nextSlot(Value self) {
  TokenizerObject* tokenizer = asTokenizer(self);
  if (!tokenizer->text && !readSource(tokenizer))
    return {};
  TokenizedSource& text = *tokenizer->text;
  if (text.next < text.tokens.size())
    return makeToken(text, text.tokens[text.next++]);
  raiseLexError(text);
  return {};
}

Ref iterSlot(Value self) {
  return Ref::copy(self);
}

constinit TypeObject tokenizerType = {
    .name = "_tokenize.TokenizerIter",
    .base = &objectType,
    .basicSize = sizeof(TokenizerObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clearSlot,
              .iter = iterSlot,
              .next = nextSlot,
              .create = create},
};

} // namespace

bool fillModule__tokenize(ModuleObject* module) {
  return addType(module, tokenizerType);
}

} // namespace pyc::rt
