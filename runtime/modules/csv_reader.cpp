// The reader: lines of text become rows.
#include "runtime/modules/csv_parts.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/str_chars.h"
#include "runtime/objects/text_args.h"

#include <algorithm>

namespace pyc::rt::csv {

namespace {

struct ReaderObject {
  Object header;
  Value input; // iterator over lines
  Value dialect;
  Value lineNumber; // int
  uint64_t rows;    // that have been given out

  void each(auto f) {
    for (Value* value : {&input, &dialect, &lineNumber})
      f(*value);
  }
};

enum class State : uint8_t {
  StartRecord,
  StartField,
  Escaped,
  InField,
  InQuotes,
  EscapedInQuotes,
  QuoteInQuotes,
  EndOfLine,
  AfterEscapedEnd,
};

/// The end of a line of input, as a character.
constexpr uint32_t kEnd = 0xFFFFFFFF;

/// Puts one row together, from as many lines as it takes.
class RowParser {
public:
  RowParser(const DialectObject* dialect, ListObject* row)
      : d_(dialect), row_(row), limit_(fieldLimit()) {}
  bool line(StrObject* text);
  bool isDone() const { return state_ == State::StartRecord; }
  /// What the end of the input leaves unfinished.
  bool hasRest() const { return fieldLength_ > 0 || state_ == State::InQuotes; }
  bool save();

private:
  bool step(uint32_t c);
  bool startField(uint32_t c);
  bool inField(uint32_t c);
  bool afterQuote(uint32_t c);
  bool add(uint32_t c);
  template <class Char> void skipPlain(const Char* chars);
  bool endField(uint32_t c);
  void flush();
  Ref fieldText();
  bool isQuote(uint32_t c) const { return c == d_->quoteChar && d_->quoting != kQuoteNone; }
  static bool endsLine(uint32_t c) { return c == '\n' || c == '\r' || c == kEnd; }

  const DialectObject* d_;
  ListObject* row_;
  int64_t limit_;
  State state_ = State::StartRecord;
  bool isUnquoted_ = false;
  // The field: `text_`, and behind it [runStart_, runStop_) of the line.
  StrObject* line_ = nullptr;
  StrBuilder text_;
  int64_t at_ = 0, runStart_ = 0, runStop_ = 0;
  int64_t fieldLength_ = 0;
};

void RowParser::flush() {
  if (runStop_ > runStart_)
    text_.append(line_, runStart_, runStop_);
  runStart_ = runStop_ = 0;
}

bool RowParser::add(uint32_t c) {
  if (fieldLength_ >= limit_)
    return raise(errorType, "field larger than field limit (%lld)", static_cast<long long>(limit_));
  ++fieldLength_;
  if (c == '\n' && at_ >= line_->length) { // stands for the line's end
    flush();
    text_.appendChar(c);
    return true;
  }
  if (runStop_ != at_ || runStart_ == runStop_) {
    flush();
    runStart_ = at_;
  }
  runStop_ = at_ + 1;
  return true;
}

Ref RowParser::fieldText() {
  if (text_.length() == 0)
    return strSlice(line_, runStart_, runStop_);
  flush();
  return text_.finish();
}

bool RowParser::save() {
  bool isEmpty = fieldLength_ == 0;
  PYC_TRY(field, isEmpty ? newRef(names::empty) : fieldText());
  fieldLength_ = runStart_ = runStop_ = 0;
  if (isUnquoted_ && isEmpty && (d_->quoting == kQuoteStrings || d_->quoting == kQuoteNotNull))
    field = Ref::none();
  else if (isUnquoted_ && !isEmpty &&
           (d_->quoting == kQuoteNonNumeric || d_->quoting == kQuoteStrings))
    field = call(Value(&floatType), field);
  return field && listAppendStealing(row_, field.release());
}

bool RowParser::endField(uint32_t c) {
  state_ = c == kEnd ? State::StartRecord : State::EndOfLine;
  return save();
}

bool RowParser::startField(uint32_t c) {
  isUnquoted_ = true;
  if (endsLine(c))
    return endField(c);
  if (isQuote(c)) {
    isUnquoted_ = false;
    state_ = State::InQuotes;
    return true;
  }
  if (c == d_->escapeChar) {
    state_ = State::Escaped;
    return true;
  }
  if (c == ' ' && d_->skipInitialSpace.isTrue()) {
    state_ = State::StartField;
    return true;
  }
  if (c == d_->delimiter) {
    state_ = State::StartField;
    return save();
  }
  state_ = State::InField;
  return add(c);
}

bool RowParser::inField(uint32_t c) {
  if (endsLine(c))
    return endField(c);
  if (c == d_->escapeChar) {
    state_ = State::Escaped;
    return true;
  }
  if (c == d_->delimiter) {
    state_ = State::StartField;
    return save();
  }
  state_ = State::InField;
  return add(c);
}

bool RowParser::afterQuote(uint32_t c) {
  if (isQuote(c)) { // a doubled one
    state_ = State::InQuotes;
    return add(c);
  }
  if (c == d_->delimiter) {
    state_ = State::StartField;
    return save();
  }
  if (endsLine(c))
    return endField(c);
  if (d_->strict.isTrue()) {
    PYC_TRY(delimiter, makeStrChar(static_cast<uint32_t>(d_->delimiter)));
    PYC_TRY(quote, makeStrChar(static_cast<uint32_t>(d_->quoteChar)));
    return raise(errorType, "'%S' expected after '%S'", delimiter.get(), quote.get());
  }
  state_ = State::InField;
  return add(c);
}

bool RowParser::step(uint32_t c) {
  switch (state_) {
  case State::StartRecord:
    if (c == kEnd)
      return true;
    if (endsLine(c)) {
      state_ = State::EndOfLine;
      return true;
    }
    return startField(c);
  case State::StartField:
    return startField(c);
  case State::Escaped:
    state_ = c == '\n' || c == '\r' ? State::AfterEscapedEnd : State::InField;
    return add(c == kEnd ? '\n' : c);
  case State::AfterEscapedEnd:
    return c == kEnd || inField(c);
  case State::InField:
    return inField(c);
  case State::InQuotes:
    if (c == kEnd)
      return true;
    if (c == d_->escapeChar)
      state_ = State::EscapedInQuotes;
    else if (isQuote(c))
      state_ = d_->doubleQuote.isTrue() ? State::QuoteInQuotes : State::InField;
    else
      return add(c);
    return true;
  case State::EscapedInQuotes:
    state_ = State::InQuotes;
    return add(c == kEnd ? '\n' : c);
  case State::QuoteInQuotes:
    return afterQuote(c);
  case State::EndOfLine:
    if (c == kEnd)
      state_ = State::StartRecord;
    else if (!endsLine(c))
      return raise(errorType, "new-line character seen in unquoted field - do you need to open the "
                              "file with newline=''?");
    return true;
  }
  __builtin_unreachable();
}

/// Adds the characters up to the next one that means something in a field.
template <class Char> void RowParser::skipPlain(const Char* chars) {
  int64_t stop = std::min(line_->length, at_ + (limit_ - fieldLength_));
  int64_t at = at_;
  if (state_ == State::InField)
    while (at < stop && chars[at] != d_->delimiter && chars[at] != d_->escapeChar &&
           chars[at] != '\n' && chars[at] != '\r')
      ++at;
  else
    while (at < stop && chars[at] != d_->quoteChar && chars[at] != d_->escapeChar)
      ++at;
  if (at == at_)
    return;
  if (runStop_ != at_ || runStart_ == runStop_) {
    flush();
    runStart_ = at_;
  }
  fieldLength_ += at - at_;
  at_ = runStop_ = at;
}

bool RowParser::line(StrObject* text) {
  line_ = text;
  bool done = withChars(text, [&](auto* chars) {
    for (at_ = 0; at_ < text->length; ++at_) {
      if (state_ == State::InField || state_ == State::InQuotes)
        skipPlain(chars);
      if (at_ < text->length && !step(chars[at_]))
        return false;
    }
    return true;
  });
  done = done && step(kEnd);
  flush();
  return done;
}

// The type.

void dealloc(Object* self) {
  reinterpret_cast<ReaderObject*>(self)->each([](Value& value) { decrefMaybe(value); });
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  reinterpret_cast<ReaderObject*>(self)->each([&](Value& value) {
    if (value)
      visitor.visit(value);
  });
}

void clear(Object* self) {
  setField(reinterpret_cast<ReaderObject*>(self)->input, Value::none());
}

Ref iterSelf(Value self) {
  return Ref::copy(self);
}

/// The next line; null at the end or with an exception. The iterator may have asked for rows
/// itself.
Ref nextLine(ReaderObject* reader) {
  uint64_t rows = reader->rows;
  PYC_TRY(line, iterNext(reader->input));
  if (reader->rows != rows)
    return raise(errorType, "iterator has already advanced the reader");
  if (!isStr(line))
    return raise(errorType,
                 "iterator should return strings, not %T (the file should be opened in text mode)",
                 line.get());
  PYC_TRY(number, binaryOp(BinaryOp::Add, reader->lineNumber, Value::fromInt(1)));
  setField(reader->lineNumber, std::move(number));
  return line;
}

Ref nextRow(Value self) {
  auto* reader = self.as<ReaderObject>();
  Ref dialect = Ref::copy(reader->dialect);
  PYC_TRY(row, newList(0));
  RowParser parser(dialect.as<DialectObject>(), asList(row));
  do {
    Ref line = nextLine(reader);
    if (!line) {
      if (isRaised() || !parser.hasRest())
        return {};
      if (dialect.as<DialectObject>()->strict.isTrue())
        return raise(errorType, "unexpected end of data");
      ++reader->rows;
      return parser.save() ? std::move(row) : Ref();
    }
    if (!parser.line(line.as<StrObject>()))
      return {};
  } while (!parser.isDone());
  ++reader->rows;
  return row;
}

constexpr MemberDef kMembers[] = {
    {"dialect", offsetof(ReaderObject, dialect), MemberDef::ReadOnly},
    {"line_num", offsetof(ReaderObject, lineNumber), MemberDef::ReadOnly},
};

} // namespace

Ref makeReader(const Value* args, size_t argc, Value kwnames) {
  if (!checkFirst("reader", argc))
    return {};
  PYC_TRY(input, getIter(args[0]));
  PYC_TRY(dialect, makeDialect(args + 1, argc - 1, kwnames));
  Object* object = allocObject(&readerType);
  if (!object)
    return {};
  auto* reader = reinterpret_cast<ReaderObject*>(object);
  setField(reader->input, std::move(input));
  setField(reader->dialect, std::move(dialect));
  reader->lineNumber = Value::fromInt(0);
  return Ref::steal(object);
}

constinit TypeObject readerType = {
    .name = "_csv.reader",
    .base = &objectType,
    .basicSize = sizeof(ReaderObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .members = kMembers,
    .doc = "Reads rows from lines of CSV text.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .iter = iterSelf,
              .next = nextRow},
};

} // namespace pyc::rt::csv
