#include "compiler/explain/html_style.h"
#include "compiler/explain/writers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace pyc {
namespace {

/// Text as HTML shows it. Bytes that are no UTF-8 are left to the browser, which shows a sign.
std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t')
      out += c;
  }
  return out;
}

struct Group {
  const char *name, *mark, *meaning;
};
constexpr Group kGroups[] = {{"fast", "+", "specialised"},
                             {"check", "?", "tested, and left when it fails"},
                             {"general", "−", "general"},
                             {"note", "·", "note"}};

const Group& groupOf(const LineRemark& remark) {
  return kGroups[static_cast<int>(infoOf(remark.kind).group)];
}

class Page {
public:
  Page(const Explanation& explanation, size_t top)
      : explanation_(explanation), hottest_(explanation.hottest()), top_(top == 0 ? kTop : top) {
    for (const HotLine& hot : hottest_)
      most_ = std::max(most_, hot.line->share);
  }

  std::string run() {
    std::string title = escaped(explanation_.program);
    out_ = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           title + " – pyc explain</title>\n<style>" + kExplainStyle +
           "</style>\n</head>\n<body>\n";
    writeHead(title);
    writeHottest();
    for (size_t i = 0; i < explanation_.modules.size(); ++i)
      writeModule(explanation_.modules[i], i);
    return out_ + kOpenTarget + "</body>\n</html>\n";
  }

private:
  /// A link to a line opens it.
  static constexpr char kOpenTarget[] =
      "<script>\nfunction openTarget() {\n  const line = "
      "document.getElementById(location.hash.slice(1));\n"
      "  if (line && line.tagName === 'DETAILS') line.open = true;\n}\n"
      "addEventListener('hashchange', openTarget);\nopenTarget();\n</script>\n";

  void writeHead(const std::string& title) {
    out_ += "<h1>" + title + "</h1>\n<p>-O" + std::to_string(explanation_.optLevel) + ", ";
    if (explanation_.hasProfile) {
      char text[96];
      std::snprintf(text, sizeof text, "with a profile of %llu run%s; %.1f%% of its weight fits",
                    static_cast<unsigned long long>(explanation_.runs),
                    explanation_.runs == 1 ? "" : "s", explanation_.relevance);
      out_ += text;
    } else {
      out_ += "without a profile: shares are estimated from loops";
    }
    out_ += ". Click a line for what the compiler says of it.</p>\n<p>";
    for (const Group& group : kGroups)
      out_ += std::string("<span class=\"") + group.name + "\"><b>" + group.mark + "</b> " +
              group.meaning + "</span> &nbsp; ";
    out_ += "</p>\n";
  }

  void writeHottest() {
    out_ += "<h2>Hottest lines</h2>\n<table>\n";
    for (size_t i = 0; i < std::min(top_, hottest_.size()); ++i) {
      const HotLine& hot = hottest_[i];
      out_ += "<tr style=\"background: rgba(var(--hot), " + heat(*hot.line) +
              ")\"><td class=\"share\">" + shareText(hot.line->share) + "</td><td><a href=\"#" +
              anchor(indexOf(*hot.module), hot.line->line) + "\">" +
              escaped(placeText(explanation_, hot)) + "</a></td><td>" +
              escaped(sourceOf(*hot.module, hot.line->line)) + "</td></tr>\n";
    }
    out_ += "</table>\n";
  }

  void writeModule(const ExplainedModule& module, size_t index) {
    out_ += "<h2>" + escaped(module.file) + "</h2>\n<div class=\"source\">\n";
    auto line = module.lines.begin();
    for (unsigned number = 1; number <= module.source.size(); ++number) {
      while (line != module.lines.end() && line->line < number)
        ++line;
      bool hasCode = line != module.lines.end() && line->line == number;
      writeLine(module, index, number, hasCode ? &*line : nullptr);
    }
    out_ += "</div>\n";
  }

  void writeLine(const ExplainedModule& module, size_t index, unsigned number,
                 const ExplainedLine* line) {
    std::string source = escaped(module.source[number - 1]);
    std::string mark = " ", style, share;
    if (line) {
      style = " style=\"--heat: " + heat(*line) + "\"";
      share = line->share > 0 ? shareText(line->share) : "";
      if (!line->remarks.empty()) {
        const Group& group = groupOf(line->remarks[0]);
        mark = std::string("<span class=\"") + group.name + "\">" + group.mark + "</span>";
      }
    }
    std::string cells = "<span class=\"share\">" + share + "</span><span class=\"number\">" +
                        std::to_string(number) + "</span><span class=\"mark\">" + mark +
                        "</span><span>" + source + "</span>";
    std::string id = " id=\"" + anchor(index, number) + "\"";
    if (!line || line->remarks.empty()) {
      out_ += "<div class=\"row\"" + id + style + ">" + cells + "</div>\n";
      return;
    }
    out_ += "<details" + id + style + "><summary>" + cells + "</summary><div class=\"notes\">";
    out_ +=
        "<div class=\"note\">" + escaped(placeText(explanation_, {&module, line})) + "</div><ul>\n";
    for (const JoinedRemark& remark : joinedRemarks(*line))
      writeRemark(remark);
    out_ += "</ul></div></details>\n";
  }

  void writeRemark(const JoinedRemark& joined) {
    const LineRemark& remark = *joined.remark;
    const Group& group = groupOf(remark);
    out_ += std::string("<li data-kind=\"") + infoOf(remark.kind).name + "\"><b class=\"" +
            group.name + "\">" + group.mark + "</b> ";
    for (const std::string& snippet : joined.snippets)
      out_ += (&snippet == joined.snippets.data() ? "<code>" : ", <code>") + escaped(snippet) +
              "</code>";
    out_ += joined.snippets.empty() ? "" : ": ";
    out_ += escaped(remark.text);
    if (std::string counts = countText(remark); !counts.empty())
      out_ += " (" + counts + ")";
    if (!remark.advice.empty())
      out_ += "<span class=\"advice\">" + escaped(remark.advice) + "</span>";
    out_ += "</li>\n";
  }

  /// How strongly a line is coloured: 0 to 0.5. The square root lets small shares be seen.
  std::string heat(const ExplainedLine& line) const {
    char text[16];
    std::snprintf(text, sizeof text, "%.3f", most_ == 0 ? 0 : 0.5 * std::sqrt(line.share / most_));
    return text;
  }

  static std::string anchor(size_t module, unsigned line) {
    return "m" + std::to_string(module) + "-" + std::to_string(line);
  }
  size_t indexOf(const ExplainedModule& module) const {
    return &module - explanation_.modules.data();
  }
  static std::string sourceOf(const ExplainedModule& module, unsigned line) {
    if (line - 1 >= module.source.size())
      return "";
    const std::string& text = module.source[line - 1];
    size_t first = text.find_first_not_of(" \t\f");
    return first == std::string::npos ? "" : text.substr(first);
  }

  const Explanation& explanation_;
  std::vector<HotLine> hottest_;
  size_t top_;
  double most_ = 0;
  std::string out_;
};

} // namespace

std::string explanationHtml(const Explanation& explanation, size_t top) {
  return Page(explanation, top).run();
}

} // namespace pyc
