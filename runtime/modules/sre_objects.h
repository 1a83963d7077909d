// The objects of the module _sre: patterns, matches, scanners and replacement templates.
#pragma once

#include "runtime/modules/sre_match.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <string>

namespace pyc::rt::sre {

/// What a pattern is for: str or bytes-like; one that came from no text, for both.
enum class TextKind : int8_t { Any = -1, Str = 0, Bytes = 1 };

struct Compiled {
  std::vector<uint32_t> code; // as re gave it: equality and hash
  Program program;
  TextKind kind = TextKind::Any;
};

struct PatternObject {
  Object header;
  Value pattern;
  Value flags, groups; // ints
  Value groupIndex;    // dict
  Value indexGroup;    // tuple
  Compiled* compiled;
  const Program& program() const { return compiled->program; }
};

struct MatchObject {
  Object header;
  Value string;
  Value pattern;
  Value pos, endpos; // ints
  Value regs;        // tuple, or null until asked for
  int64_t lastGroup; // from 0; -1: none
  int64_t groups;    // the whole match included
  // start and stop of each group follow, -1: not set

  int64_t* spans() { return reinterpret_cast<int64_t*>(this + 1); }
};

/// Literals with group numbers between them.
struct TemplateObject {
  Object header;
  Value literal; // in front of all groups
  Value parts;   // tuple: group, literal, group, literal, ...
};

extern constinit TypeObject patternType, matchType, scannerType, templateType;

inline PatternObject* asPattern(Value value) {
  return value.as<PatternObject>();
}
inline MatchObject* asMatch(Value value) {
  return value.as<MatchObject>();
}

/// A text that patterns are looked for in.
class Subject {
public:
  /// TypeError when it is no text, or none for this kind of pattern.
  bool open(TextKind kind, Value string);
  /// Brings [pos, endpos) into the text.
  void clip(int64_t& pos, int64_t& endpos) const;
  /// The text becomes what `matching` works on, up to `endpos`.
  void give(Matching& matching, int64_t endpos) const;
  Ref slice(int64_t start, int64_t stop) const;
  bool isStr() const { return isStr_; }
  Value string() const { return string_; }
  int64_t length() const { return length_; }
  const uint8_t* bytes() const { return buffer_.data(); }

private:
  Value string_;
  BytesLike buffer_;
  const void* data_ = nullptr;
  unsigned width_ = 1;
  int64_t length_ = 0;
  bool isStr_ = false;
};

struct ScannerObject {
  Object header;
  Value pattern;
  Value string;
  Subject* subject; // keeps the string's buffer as long as the scanner lives
  int64_t pos, endpos;
  int64_t next; // -1: there are no more
  bool mustAdvance;
};

/// Joins pieces of the subject's kind. What doesn't fit in is an error at the end, as it is for
/// str.join().
class Joiner {
public:
  explicit Joiner(const Subject& subject) : subject_(subject) {}
  void slice(int64_t start, int64_t stop);
  bool piece(Value value);
  Ref finish();

private:
  const Subject& subject_;
  StrBuilder text_;
  std::string bytes_;
  int64_t count_ = 0;
  int64_t badPlace_ = -1;
  Ref bad_;
};

/// A match object of what `matching` has found.
Ref makeMatch(PatternObject* pattern, const Subject& subject, const Matching& matching, int64_t pos,
              int64_t endpos);
/// re's template for a replacement text.
Ref compileTemplate(PatternObject* pattern, Value text);
/// `_sre.template`.
Ref makeTemplate(const Value* args);
/// Adds a template with the groups as `spans` has them: pairs from group 0 on.
bool expandTemplate(TemplateObject* parts, const int64_t* spans, int64_t groups, Joiner& out);
/// The text of a template without groups, or null.
inline Value literalTemplate(TemplateObject* parts) {
  return asTuple(parts->parts)->count == 0 ? parts->literal : Value();
}

/// `_sre.compile`.
Ref compilePattern(const Value* args);

// Methods of patterns, in files of their own.
Ref patternFindAll(const Value* args);
Ref patternFindIter(const Value* args);
Ref patternScanner(const Value* args);
Ref patternSplit(const Value* args);
Ref patternSub(const Value* args);
Ref patternSubN(const Value* args);

/// The arguments string, pos, endpos of a pattern's methods.
struct Scope {
  explicit Scope(Subject& subject) : subject(subject) {}
  Subject& subject;
  int64_t pos = 0, endpos = INT64_MAX;
  bool open(PatternObject* pattern, Value string, Value pos, Value endpos);
};

} // namespace pyc::rt::sre
