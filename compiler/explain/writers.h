// The forms of an explanation (docs/explain.md).
#pragma once

#include "compiler/explain/report.h"

#include <string>

namespace pyc {

inline constexpr size_t kTop = 20; // lines, where nothing else is asked for

/// For terminals: the hottest `top` lines. 0: kTop, and only those that cost something.
std::string explanationText(const Explanation& explanation, size_t top);
/// For programs: documented and stable. `top` as above, 0 for all lines.
std::string explanationJson(const Explanation& explanation, size_t top);
/// For browsers: one page without external resources, the whole source, coloured by cost, and a
/// table of the hottest `top` lines (0: kTop).
std::string explanationHtml(const Explanation& explanation, size_t top);

/// "3.25%"; the digits that tell small shares apart.
std::string shareText(double share);
/// What precedes a line's remarks: "prog.py:17, in work, 1000 times".
std::string placeText(const Explanation& explanation, const HotLine& hot);
/// Remarks of a line that say the same of several parts of it, as one for people to read.
struct JoinedRemark {
  const LineRemark* remark;          // the first of them
  std::vector<std::string> snippets; // the parts; empty: the whole line
};
std::vector<JoinedRemark> joinedRemarks(const ExplainedLine& line);

/// How often a place ran, and how often an assumption failed there; empty when nothing is known.
std::string countText(const LineRemark& remark);

} // namespace pyc
