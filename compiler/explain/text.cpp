#include "compiler/explain/writers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace pyc {
namespace {

constexpr size_t kMargin = 19; // columns left of the text
constexpr size_t kWidth = 100;
constexpr double kLeastShare = 0.001; // of a line, where the number of lines is not asked for

std::string trimmed(const std::string& text) {
  size_t first = text.find_first_not_of(" \t\f"), last = text.find_last_not_of(" \t\f");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/// Breaks a text at spaces; further lines stand below the first one's beginning.
std::string wrapped(const std::string& text, size_t indent) {
  std::string out;
  size_t column = indent;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (column > indent && column + 1 + (end - at) > kWidth) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += text.substr(at, end - at);
    column += end - at;
    at = end + 1;
  }
  return out;
}

char markOf(RemarkGroup group) {
  constexpr char kMarks[] = {'+', '?', '-', ' '};
  return kMarks[static_cast<int>(group)];
}

std::string remarkText(const JoinedRemark& joined) {
  const LineRemark& remark = *joined.remark;
  std::string text;
  for (const std::string& snippet : joined.snippets)
    text += (text.empty() ? "" : ", ") + snippet;
  text += (text.empty() ? "" : ": ") + remark.text;
  if (std::string counts = countText(remark); !counts.empty())
    text += " (" + counts + ")";
  std::string margin(kMargin, ' ');
  std::string out =
      margin + markOf(infoOf(remark.kind).group) + " " + wrapped(text, kMargin + 2) + "\n";
  if (!remark.advice.empty())
    out += margin + "  > " + wrapped(remark.advice, kMargin + 4) + "\n";
  return out;
}

std::string lineText(const Explanation& explanation, const HotLine& hot, double most) {
  constexpr size_t kBar = 10;
  size_t filled = most == 0 ? 0 : std::lround(kBar * hot.line->share / most);
  std::string bar = std::string(filled, '#') + std::string(kBar - filled, ' ');
  char share[16];
  std::snprintf(share, sizeof share, "%6s", shareText(hot.line->share).c_str());
  std::string out = share + std::string(" ") + bar + "  " + placeText(explanation, hot) + "\n";
  const auto& source = hot.module->source;
  if (hot.line->line - 1 < source.size())
    out += std::string(kMargin, ' ') + trimmed(source[hot.line->line - 1]) + "\n";
  for (const JoinedRemark& remark : joinedRemarks(*hot.line))
    out += remarkText(remark);
  return out + "\n";
}

std::string headline(const Explanation& explanation) {
  std::string text = explanation.program + ", -O" + std::to_string(explanation.optLevel) + ", ";
  if (!explanation.hasProfile)
    return text + "without a profile: shares are estimated from loops\n\n";
  char fit[64];
  std::snprintf(fit, sizeof fit, "%.1f%% of its weight fits the program", explanation.relevance);
  return text + "with a profile of " + std::to_string(explanation.runs) +
         (explanation.runs == 1 ? " run; " : " runs; ") + fit + "\n\n";
}

} // namespace

std::string shareText(double share) {
  char text[16];
  std::snprintf(text, sizeof text, share < 0.0995 ? "%.2f%%" : "%.1f%%", 100 * share);
  return text;
}

std::string placeText(const Explanation& explanation, const HotLine& hot) {
  std::string text =
      hot.module->file + ":" + std::to_string(hot.line->line) + ", in " + hot.line->function + ", ";
  if (explanation.hasProfile)
    return text + std::to_string(hot.line->count) + (hot.line->count == 1 ? " time" : " times");
  unsigned depth = hot.line->loopDepth;
  return text + (depth == 0   ? "in no loop"
                 : depth == 1 ? "in a loop"
                              : "in " + std::to_string(depth) + " loops");
}

std::vector<JoinedRemark> joinedRemarks(const ExplainedLine& line) {
  std::vector<JoinedRemark> joined;
  for (const LineRemark& remark : line.remarks) {
    auto same = std::find_if(joined.begin(), joined.end(), [&](const JoinedRemark& other) {
      return other.remark->text == remark.text && other.remark->exits == remark.exits &&
             other.remark->snippet.empty() == remark.snippet.empty();
    });
    if (same == joined.end())
      same = joined.insert(joined.end(), {&remark, {}});
    bool isNew = std::find(same->snippets.begin(), same->snippets.end(), remark.snippet) ==
                 same->snippets.end();
    if (!remark.snippet.empty() && isNew)
      same->snippets.push_back(remark.snippet);
  }
  return joined;
}

std::string countText(const LineRemark& remark) {
  if (remark.exits == 0)
    return "";
  std::string text = "failed " + std::to_string(remark.exits) + " of ";
  if (remark.count >= remark.exits)
    return text + std::to_string(remark.count) + " times";
  return "failed " + std::to_string(remark.exits) + (remark.exits == 1 ? " time" : " times");
}

std::string explanationText(const Explanation& explanation, size_t top) {
  std::string out = headline(explanation);
  std::vector<HotLine> lines = explanation.hottest();
  double most = lines.empty() ? 0 : lines[0].line->share;
  size_t shown = std::min(top == 0 ? kTop : top, lines.size());
  while (top == 0 && shown != 0 && lines[shown - 1].line->share < kLeastShare)
    --shown;
  for (size_t i = 0; i < shown; ++i)
    out += lineText(explanation, lines[i], most);
  if (lines.size() > shown)
    out += std::to_string(lines.size() - shown) + " further lines (--top)\n";
  return out + "+ specialised   ? tested, and left when it fails   - general   > what you can do\n";
}

} // namespace pyc
