// What the parts of the module _csv share: dialects, readers and writers.
#pragma once

#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt::csv {

enum Quoting : int64_t {
  kQuoteMinimal,
  kQuoteAll,
  kQuoteNonNumeric,
  kQuoteNone,
  kQuoteStrings,
  kQuoteNotNull,
  kQuotingCount
};

inline constexpr int64_t kNotSet = -1; // no such character

struct DialectObject {
  Object header;
  int64_t delimiter, quoteChar, escapeChar; // code points
  int64_t quoting;
  Value lineTerminator;                        // str
  Value doubleQuote, skipInitialSpace, strict; // bools

  bool endsLine(uint32_t c) const { return c == '\n' || c == '\r'; }
};

extern constinit TypeObject errorType, dialectType, readerType, writerType;

/// The dialect that arguments (dialect=None, **formatting) describe.
Ref makeDialect(const Value* args, size_t argc, Value kwnames);

/// The dialects registered by name: the module's dict `_dialects`, made once and kept.
DictObject* dialects();
/// Error when there is none of this name.
Ref findDialect(Value name);

/// The most characters that a field may have. Any thread.
int64_t fieldLimit();

// The module's functions reader and writer.
Ref makeReader(const Value* args, size_t argc, Value kwnames);
Ref makeWriter(const Value* args, size_t argc, Value kwnames);

/// A function's arguments (first, /, dialect='excel', **formatting), `argc` the positional ones.
bool checkFirst(const char* name, size_t argc);

} // namespace pyc::rt::csv
