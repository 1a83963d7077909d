// Cutting texts of any width: at blanks, at a separator, at line ends; trimming. Shared by str,
// bytes and bytearray. Pieces are given to emit(start, stop), which returns false to stop with an
// error; the functions then return false as well.
#pragma once

#include "runtime/objects/text_search.h"

namespace pyc::rt::text {

/// At runs of blanks, at most `limit` cuts; blanks at both ends are dropped.
template <class Char, class IsBlank, class Emit>
bool splitBlanks(const Char* chars, int64_t length, int64_t limit, IsBlank isBlank, Emit emit) {
  int64_t i = 0;
  for (;;) {
    while (i < length && isBlank(chars[i]))
      ++i;
    if (i == length)
      return true;
    int64_t start = i;
    if (limit-- == 0) {
      // The rest is one piece, blanks at its end included.
      return emit(start, length);
    }
    do
      ++i;
    while (i < length && !isBlank(chars[i]));
    if (!emit(start, i))
      return false;
  }
}

/// As splitBlanks from the end: pieces come in reverse order.
template <class Char, class IsBlank, class Emit>
bool rsplitBlanks(const Char* chars, int64_t length, int64_t limit, IsBlank isBlank, Emit emit) {
  int64_t i = length;
  for (;;) {
    while (i > 0 && isBlank(chars[i - 1]))
      --i;
    if (i == 0)
      return true;
    int64_t stop = i;
    if (limit-- == 0) {
      return emit(0, stop);
    }
    do
      --i;
    while (i > 0 && !isBlank(chars[i - 1]));
    if (!emit(i, stop))
      return false;
  }
}

/// At each occurrence of a separator (not empty), at most `limit` cuts.
template <class Char, class Emit>
bool splitAt(const Char* chars, int64_t length, const Char* separator, int64_t separatorLength,
             int64_t limit, Emit emit) {
  int64_t start = 0;
  while (limit-- > 0) {
    int64_t found = find(chars + start, length - start, separator, separatorLength);
    if (found < 0)
      break;
    if (!emit(start, start + found))
      return false;
    start += found + separatorLength;
  }
  return emit(start, length);
}

/// As splitAt from the end: pieces come in reverse order.
template <class Char, class Emit>
bool rsplitAt(const Char* chars, int64_t length, const Char* separator, int64_t separatorLength,
              int64_t limit, Emit emit) {
  int64_t stop = length;
  while (limit-- > 0) {
    int64_t found = rfind(chars, stop, separator, separatorLength);
    if (found < 0)
      break;
    if (!emit(found + separatorLength, stop))
      return false;
    stop = found;
  }
  return emit(int64_t(0), stop);
}

/// At line ends; the pieces have them where `keepEnds`. "\r\n" is one.
template <class Char, class IsBreak, class Emit>
bool splitLines(const Char* chars, int64_t length, bool keepEnds, IsBreak isBreak, Emit emit) {
  for (int64_t i = 0; i < length;) {
    int64_t start = i;
    while (i < length && !isBreak(chars[i]))
      ++i;
    int64_t stop = i;
    if (i < length) {
      i += chars[i] == '\r' && i + 1 < length && chars[i + 1] == '\n' ? 2 : 1;
      if (keepEnds)
        stop = i;
    }
    if (!emit(start, stop))
      return false;
  }
  return true;
}

enum StripEnds : unsigned { kStripLeft = 1, kStripRight = 2, kStripBoth = 3 };

/// Moves start and stop past characters that the test takes.
template <class Char, class Test>
void strip(const Char* chars, int64_t& start, int64_t& stop, StripEnds ends, Test test) {
  if (ends & kStripLeft) {
    while (start < stop && test(chars[start]))
      ++start;
  }
  if (ends & kStripRight) {
    while (stop > start && test(chars[stop - 1]))
      --stop;
  }
}

} // namespace pyc::rt::text
