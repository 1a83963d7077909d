// Finding the replacement fields of a format string (PEP 3101): what str.format() and the module
// _string share. Functions return false with ValueError.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// A stretch of the format string.
struct FormatPart {
  const StrObject* str = nullptr;
  int64_t start = 0, stop = 0;

  int64_t length() const { return stop - start; }
  bool isEmpty() const { return start >= stop; }
  uint32_t at(int64_t i) const { return str->at(start + i); }
  Ref text() const { return strSlice(const_cast<StrObject*>(str), start, stop); }
};

/// One replacement field.
struct FormatField {
  FormatPart name;
  uint32_t conversion = 0; // 0: none
  FormatPart spec;
  bool specHasFields = false;
};

/// A step from an object to what the field's name says next: ".attribute" or "[key]".
struct FieldStep {
  bool isAttribute = false;
  int64_t index = -1; // the key as a number, when it is one
  FormatPart key;
};

/// The number that the part is, -1 when it is none; -2 with ValueError.
int64_t parseFieldIndex(const FormatPart& part);
/// Copies up to the next field, or up to and with one doubled brace.
bool readFormatLiteral(StrBuilder& out, FormatPart& rest, bool& hasField);
/// Reads a field behind its opening brace.
bool readFormatField(FormatPart& rest, FormatField& field);
/// The part of a field's name that is no step.
FormatPart firstOfName(const FormatPart& name);
/// Takes a step off what is left of a name, which is not empty.
bool readFieldStep(FormatPart& rest, FieldStep& step);

} // namespace pyc::rt
