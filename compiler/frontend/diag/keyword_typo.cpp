#include "compiler/frontend/diag/keyword_typo.h"

#include "compiler/frontend/compile.h"
#include "compiler/frontend/lex/lexer.h"

#include <algorithm>
#include <string>
#include <vector>

namespace pyc {

namespace {

constexpr size_t kMaxText = 1024;
constexpr int kMaxNames = 10;
constexpr size_t kMaxMatches = 3;

constexpr std::string_view kKeywords[] = {
#define PYC_KEYWORD(Name, text) text,
#include "compiler/frontend/lex/token.def"
};

/// How many characters two words have in common: the longest common run, and so on to either side
/// of it (Ratcliff and Obershelp).
size_t commonCharacters(std::string_view a, std::string_view b) {
  size_t bestA = 0, bestB = 0, best = 0;
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) {
      size_t length = 0;
      while (i + length < a.size() && j + length < b.size() && a[i + length] == b[j + length])
        ++length;
      if (length > best) {
        best = length;
        bestA = i;
        bestB = j;
      }
    }
  if (best == 0)
    return 0;
  return best + commonCharacters(a.substr(0, bestA), b.substr(0, bestB)) +
         commonCharacters(a.substr(bestA + best), b.substr(bestB + best));
}

/// The cost of turning `a` into `b`: 2 for each character put in, taken out or exchanged, 1 where
/// only its case changes.
size_t editCost(std::string_view a, std::string_view b) {
  auto exchange = [](char x, char y) -> size_t {
    if (x == y)
      return 0;
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return lower(x) == lower(y) ? 1 : 2;
  };
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j * 2;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i * 2;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t above = row[j];
      row[j] = std::min({diagonal + exchange(a[i - 1], b[j - 1]), above + 2, row[j - 1] + 2});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// Keywords that `name` may stand for, the likeliest first.
std::vector<std::string_view> similarKeywords(std::string_view name) {
  std::vector<std::string_view> matches;
  size_t bestCost = ~size_t{0};
  std::string_view nearest;
  for (std::string_view keyword : kKeywords) {
    size_t cost = editCost(name, keyword);
    if (cost <= (name.size() + keyword.size() + 3) * 2 / 6 && cost < bestCost) {
      bestCost = cost;
      nearest = keyword;
    }
  }
  if (!nearest.empty())
    matches.push_back(nearest);
  std::vector<std::pair<double, std::string_view>> close;
  for (std::string_view keyword : kKeywords) {
    double ratio =
        2.0 * double(commonCharacters(keyword, name)) / double(keyword.size() + name.size());
    if (ratio >= 0.5)
      close.emplace_back(ratio, keyword);
  }
  std::sort(close.rbegin(), close.rend());
  for (size_t i = 0; i < close.size() && i < kMaxMatches; ++i)
    matches.push_back(close[i].second);
  matches.resize(std::min(matches.size(), kMaxMatches));
  return matches;
}

/// Whether `text` is right, or only ends too early. Compiling it refuses what a parser lets pass: a
/// `yield` outside of functions.
bool isAcceptable(std::string text) {
  DiagnosticSink sink;
  Source source;
  CompileOptions options;
  options.allowIncompleteInput = true;
  if (!readSource(std::move(text), "", SourceForm::Text, sink, source))
    return false;
  if (compileSource(source, options, sink))
    return true;
  const Diagnostic* error = sink.firstError();
  return error && error->id == DiagId::IncompleteInput;
}

/// Lines `first` to `last` without the blanks that all of them begin with; `removed` says how many.
/// Ends early where that is more than kMaxText.
std::string dedentedLines(const Source& source, uint32_t first, uint32_t last, uint32_t& removed) {
  removed = ~0u;
  for (uint32_t number = first; number <= last; ++number) {
    size_t blanks = source.line(number).find_first_not_of(" \t");
    if (blanks != std::string_view::npos)
      removed = std::min(removed, static_cast<uint32_t>(blanks));
  }
  if (removed == ~0u)
    removed = 0;
  std::string text;
  for (uint32_t number = first; number <= last && text.size() <= kMaxText; ++number) {
    std::string_view line = source.line(number);
    text += line.substr(std::min<size_t>(removed, line.size()));
    text += '\n';
  }
  return text;
}

} // namespace

std::optional<KeywordTypo> findKeywordTypo(const Source& source, const Diagnostic& diagnostic) {
  if (diagnostic.id != DiagId::InvalidSyntax && diagnostic.id != DiagId::MissingComma)
    return std::nullopt;
  auto errorLine = static_cast<uint32_t>(std::max(diagnostic.location.line, 1));
  auto firstLine = static_cast<uint32_t>(std::max(diagnostic.contextLine, 1));
  uint32_t removed;
  std::string text = dedentedLines(source, std::min(firstLine, errorLine), errorLine, removed);
  if (text.size() > kMaxText || isAcceptable(text))
    return std::nullopt;
  firstLine = std::min(firstLine, errorLine);
  Source lines("", text);
  int namesLeft = kMaxNames;
  for (const Token& token : lex(lines).tokens) {
    uint32_t line = firstLine + token.line - 1;
    if (token.kind != TokenKind::Name || line != errorLine)
      continue;
    if (namesLeft-- == 0)
      break;
    std::string_view name = std::string_view(text).substr(token.start, token.end - token.start);
    for (std::string_view keyword : similarKeywords(name)) {
      std::string changed = text;
      changed.replace(token.start, name.size(), keyword);
      if (!isAcceptable(std::move(changed)))
        continue;
      uint32_t column = token.start - lines.lineStart(token.line) + removed;
      auto end = column + static_cast<uint32_t>(name.size());
      return KeywordTypo{keyword, locate(source, {line, column, line, end})};
    }
  }
  return std::nullopt;
}

} // namespace pyc
