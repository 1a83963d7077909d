// The writer: rows become lines of text.
#include "runtime/modules/csv_parts.h"
#include "runtime/objects/iterate.h"

namespace pyc::rt::csv {

namespace {

struct WriterObject {
  Object header;
  Value write; // the file's method
  Value dialect;

  void each(auto f) {
    f(write);
    f(dialect);
  }
};

class RowWriter {
public:
  explicit RowWriter(const DialectObject* dialect) : d_(dialect) {}
  bool field(Value value);
  Ref finish();

private:
  bool isQuoted(Value value) const;
  bool needsCare(uint32_t c) const;
  bool append(StrObject* text, bool quoted);
  bool care(uint32_t c, bool& quoted, bool& escaped) const;
  bool cannotQuote(bool isNull) const {
    return d_->quoting == kQuoteNone ||
           (isNull && (d_->quoting == kQuoteStrings || d_->quoting == kQuoteNotNull));
  }

  const DialectObject* d_;
  StrBuilder out_;
  int64_t fields_ = 0;
  bool lastIsNull_ = false;
};

bool RowWriter::isQuoted(Value value) const {
  switch (d_->quoting) {
  case kQuoteAll:
    return true;
  case kQuoteNonNumeric: {
    const TypeSlots& slots = typeOf(value)->slots;
    return !isInteger(value) && !isFloat(value) && !slots.index && !slots.toInt && !slots.toFloat;
  }
  case kQuoteStrings:
    return isStr(value);
  case kQuoteNotNull:
    return !value.isNone();
  default:
    return false;
  }
}

bool RowWriter::needsCare(uint32_t c) const {
  if (c == d_->delimiter || c == d_->escapeChar || c == d_->quoteChar || d_->endsLine(c))
    return true;
  StrObject* terminator = asStr(d_->lineTerminator);
  for (int64_t i = 0; i < terminator->length; ++i)
    if (terminator->at(i) == c)
      return true;
  return false;
}

/// How a character that needs care gets through: in quotes, escaped, or doubled (as an escape by
/// itself).
bool RowWriter::care(uint32_t c, bool& quoted, bool& escaped) const {
  if (d_->quoting == kQuoteNone)
    escaped = true;
  else if (c == d_->quoteChar)
    escaped = !d_->doubleQuote.isTrue();
  else
    escaped = c == d_->escapeChar;
  if (escaped)
    return d_->escapeChar != kNotSet ||
           static_cast<bool>(raise(errorType, "need to escape, but no escapechar set"));
  quoted = true;
  return true;
}

bool RowWriter::append(StrObject* text, bool quoted) {
  StrBuilder escapedText;
  int64_t plain = 0;
  for (int64_t i = 0; i < text->length; ++i) {
    uint32_t c = text->at(i);
    if (!needsCare(c))
      continue;
    bool escaped;
    if (!care(c, quoted, escaped))
      return false;
    if (!escaped && c != d_->quoteChar)
      continue;
    escapedText.append(text, plain, i);
    escapedText.appendChar(static_cast<uint32_t>(escaped ? d_->escapeChar : d_->quoteChar));
    plain = i;
  }
  if (quoted)
    out_.appendChar(static_cast<uint32_t>(d_->quoteChar));
  if (plain == 0 && escapedText.length() == 0) {
    out_.append(text);
  } else {
    escapedText.append(text, plain, text->length);
    PYC_TRY(whole, escapedText.finish());
    out_.append(whole);
  }
  if (quoted)
    out_.appendChar(static_cast<uint32_t>(d_->quoteChar));
  return true;
}

bool RowWriter::field(Value value) {
  lastIsNull_ = value.isNone();
  bool quoted = isQuoted(value);
  PYC_TRY(text, lastIsNull_ ? makeStrAscii({}) : isStr(value) ? Ref::copy(value) : str(value));
  if (fields_++ > 0)
    out_.appendChar(static_cast<uint32_t>(d_->delimiter));
  // A reader that skips spaces would take an empty field and the next one for one.
  if (asStr(text)->length == 0 && d_->delimiter == ' ' && d_->skipInitialSpace.isTrue()) {
    if (cannotQuote(lastIsNull_))
      return raise(errorType, "empty field must be quoted if delimiter is a space and "
                              "skipinitialspace is true");
    quoted = true;
  }
  return append(asStr(text), quoted);
}

Ref RowWriter::finish() {
  if (fields_ > 0 && out_.length() == 0) { // it would read as an empty row
    if (cannotQuote(lastIsNull_))
      return raise(errorType, "single empty field record must be quoted");
    out_.appendRepeated(static_cast<uint32_t>(d_->quoteChar), 2);
  }
  out_.append(d_->lineTerminator);
  return out_.finish();
}

void dealloc(Object* self) {
  reinterpret_cast<WriterObject*>(self)->each([](Value& value) { decrefMaybe(value); });
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  reinterpret_cast<WriterObject*>(self)->each([&](Value& value) {
    if (value)
      visitor.visit(value);
  });
}

void clear(Object* self) {
  setField(reinterpret_cast<WriterObject*>(self)->write, Value::none());
}

Ref writeOne(WriterObject* writer, Value row) {
  Ref fields = getIter(row);
  if (!fields) {
    if (catchRaised(typeErrorType))
      raise(errorType, "iterable expected, not %T", row);
    return {};
  }
  RowWriter out(writer->dialect.as<DialectObject>());
  if (!forEach(fields, [&](Value field) { return out.field(field); }))
    return {};
  PYC_TRY(line, out.finish());
  return call(writer->write, line);
}

Ref writeRow(const Value* args) {
  return writeOne(args[0].as<WriterObject>(), args[1]);
}

Ref writeRows(const Value* args) {
  bool done = forEach(args[1], [&](Value row) -> bool {
    PYC_TRY(result, writeOne(args[0].as<WriterObject>(), row));
    return true;
  });
  return done ? Ref::none() : Ref();
}

constexpr MethodDef kMethods[] = {
    {.signature = "writerow($self, row, /)",
     .bound = writeRow,
     .doc = "Writes one row: an iterable of fields. Gives what the file's write() gives."},
    {.signature = "writerows($self, rows, /)",
     .bound = writeRows,
     .doc = "Writes the rows of an iterable."},
};
constexpr MemberDef kMembers[] = {
    {"dialect", offsetof(WriterObject, dialect), MemberDef::ReadOnly},
};

} // namespace

Ref makeWriter(const Value* args, size_t argc, Value kwnames) {
  if (!checkFirst("writer", argc))
    return {};
  PYC_TRY(dialect, makeDialect(args + 1, argc - 1, kwnames));
  Ref write;
  if (!findAttr(args[0], internLiteral("write"), write))
    return {};
  if (!write || !isCallable(write))
    return raise(typeErrorType, "argument 1 must have a \"write\" method");
  Object* object = allocObject(&writerType);
  if (!object)
    return {};
  auto* writer = reinterpret_cast<WriterObject*>(object);
  setField(writer->write, std::move(write));
  setField(writer->dialect, std::move(dialect));
  return Ref::steal(object);
}

constinit TypeObject writerType = {
    .name = "_csv.writer",
    .base = &objectType,
    .basicSize = sizeof(WriterObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMethods,
    .members = kMembers,
    .doc = "Writes rows as lines of CSV text.",
    .slots = {.dealloc = dealloc, .traverse = traverse, .clear = clear},
};

} // namespace pyc::rt::csv
