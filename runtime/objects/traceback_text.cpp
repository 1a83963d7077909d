// One entry: the place, the source lines and carets below the part that raised. What is shown
// follows CPython's traceback module.
#include "runtime/objects/traceback_text.h"

#include "runtime/objects/caret_anchors.h"
#include "runtime/objects/display_width.h"

#include <algorithm>
#include <set>

namespace pyc::rt {

namespace {

using Lines = std::vector<std::u32string>;

constexpr char32_t kBlanks[] = U" \t\f\v\r\n";

bool isBlank(std::u32string_view text) {
  return text.find_first_not_of(kBlanks) == std::u32string_view::npos;
}
std::u32string_view stripLeft(std::u32string_view text) {
  size_t start = text.find_first_not_of(kBlanks);
  return start == std::u32string_view::npos ? std::u32string_view() : text.substr(start);
}
std::u32string_view stripRight(std::u32string_view text) {
  size_t last = text.find_last_not_of(kBlanks);
  return text.substr(0, last == std::u32string_view::npos ? 0 : last + 1);
}

/// Removes the blanks that all lines begin with; lines of blanks only become empty.
void dedent(Lines& lines) {
  size_t margin = std::u32string::npos;
  const std::u32string* model = nullptr;
  for (const std::u32string& line : lines) {
    if (isBlank(line))
      continue;
    size_t indent = line.find_first_not_of(U" \t");
    if (!model) {
      model = &line;
      margin = indent;
    }
    margin = std::min(margin, indent);
    while (margin > 0 && line.compare(0, margin, *model, 0, margin) != 0)
      margin--;
  }
  for (std::u32string& line : lines)
    line = isBlank(line) ? std::u32string() : line.substr(margin);
}

/// Number of characters in the first `bytes` bytes of a line's UTF-8.
size_t characterOffset(std::u32string_view line, int64_t bytes) {
  size_t characters = 0;
  for (; characters < line.size() && bytes > 0; characters++) {
    char32_t c = line[characters];
    bytes -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
  return characters;
}

/// The source text of one entry, and the part of it that raised.
class EntryText {
public:
  EntryText(Lines lines, size_t start, size_t end)
      : lines_(std::move(lines)), start_(start), end_(end) {}

  /// The lines to show, carets among them.
  Lines render() {
    anchors_ = findCaretAnchors(segment());
    showsCarets_ = wantsCarets();
    std::set<size_t> shown = {0, lines_.size() - 1};
    if (anchors_) {
      takeAnchors();
      for (size_t near : {anchors_->leftLine, anchors_->rightLine})
        for (size_t line = near ? near - 1 : 0; line <= near + 1 && line < lines_.size(); line++)
          shown.insert(line);
    }
    size_t previous = 0;
    for (size_t line : shown) {
      if (line - previous == 2)
        addLine(line - 1);
      else if (line - previous > 2)
        out_.push_back(decodeUtf8("...<" + std::to_string(line - previous - 1) + " lines>..."));
      addLine(line);
      previous = line;
    }
    return std::move(out_);
  }

private:
  /// The exact text of the instruction.
  Lines segment() const {
    Lines part = lines_;
    part.back() = part.back().substr(0, std::min(end_, part.back().size()));
    part.front() = part.front().substr(std::min(start_, part.front().size()));
    return part;
  }

  /// Anchors count from the segment's start; makes them columns of the screen.
  void takeAnchors() {
    auto column = [&](size_t line, size_t offset) {
      if (line == 0)
        offset += start_;
      return displayWidth(std::u32string_view(lines_[line]).substr(0, offset));
    };
    anchors_->leftColumn = column(anchors_->leftLine, anchors_->leftColumn);
    anchors_->rightColumn = column(anchors_->rightLine, anchors_->rightColumn);
  }

  /// `return f(...)` and `name = f(...)` say by themselves what raised.
  bool isPlainCallStatement() const {
    if (!anchors_ || anchors_->kind != AnchorKind::Call)
      return false;
    std::u32string_view rest =
        stripLeft(std::u32string_view(lines_.back()).substr(std::min(end_, lines_.back().size())));
    if (!rest.empty() && rest[0] != '#' && rest[0] != ';')
      return false;
    std::u32string_view before = stripRight(std::u32string_view(lines_.front()).substr(0, start_));
    if (before == U"return")
      return anchors_->calleeIsName;
    if (!before.ends_with(U"="))
      return false;
    std::u32string_view target = stripRight(before.substr(0, before.size() - 1));
    return !target.empty() && std::all_of(target.begin(), target.end(), [](char32_t c) {
      return c >= 128 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z');
    });
  }

  /// Carets under a whole line tell nothing.
  bool wantsCarets() const {
    if (isPlainCallStatement())
      return false;
    if (anchors_)
      return true;
    return !isBlank(std::u32string_view(lines_.front()).substr(0, start_)) ||
           !isBlank(
               std::u32string_view(lines_.back()).substr(std::min(end_, lines_.back().size())));
  }

  bool isInAnchors(size_t line, size_t column) const {
    if (!anchors_)
      return false;
    bool isBehindLeft =
        line > anchors_->leftLine || (line == anchors_->leftLine && column >= anchors_->leftColumn);
    bool isBeforeRight = line < anchors_->rightLine ||
                         (line == anchors_->rightLine && column < anchors_->rightColumn);
    return isBehindLeft && isBeforeRight;
  }

  void addLine(size_t number) {
    const std::u32string& line = lines_[number];
    out_.push_back(line);
    if (!showsCarets_)
      return;
    size_t indent = line.size() - stripLeft(line).size();
    size_t first = number == 0 ? displayWidth(std::u32string_view(line).substr(0, start_)) : 0;
    size_t last = number + 1 == lines_.size()
                      ? displayWidth(std::u32string_view(line).substr(0, end_))
                      : displayWidth(line);
    std::u32string carets;
    for (size_t column = 0; column < last; column++) {
      if (column < indent || column < first)
        carets += U' ';
      else
        carets += !anchors_ || isInAnchors(number, column) ? U'^' : U'~';
    }
    out_.push_back(std::move(carets));
  }

  Lines lines_;
  size_t start_, end_; // characters in the first and in the last line
  std::optional<CaretAnchors> anchors_;
  bool showsCarets_ = false;
  Lines out_;
};

/// Where an entry is, as far as it is known.
struct Place {
  std::string fileName, name;
  int64_t line;
  int64_t endLine = -1, column = -1, endColumn = -1;

  bool operator==(const Place& other) const {
    return line == other.line && fileName == other.fileName && name == other.name;
  }
};

Place placeOf(const TracebackObject* traceback) {
  Place place;
  std::string storage;
  place.fileName = utf8View(Value(traceback->code->fileName), storage);
  place.name = utf8View(Value(traceback->code->name), storage);
  place.line = tracebackLine(traceback);
  const CodeObject* code = traceback->code;
  const uop::PositionEntry* entry = uop::findPosition(code->image, *code->record, traceback->word);
  // A line number that a program gave says nothing of columns.
  if (entry && entry->line == place.line) {
    place.endLine = entry->endLine;
    place.column = entry->column;
    place.endColumn = entry->endColumn;
  }
  return place;
}

/// The source lines below an entry's first line.
Lines sourceOf(const Place& place, SourceLines& sources) {
  Lines original;
  for (int64_t line = place.line; line <= std::max(place.endLine, place.line); line++)
    original.emplace_back(sources.line(place.fileName, line));
  Lines lines = original;
  dedent(lines);
  if (std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.empty(); }))
    return {};
  if (place.column < 0 || place.endColumn < 0)
    return {std::u32string(stripLeft(original.front()))};
  size_t removed = original.front().size() - lines.front().size();
  size_t start = characterOffset(original.front(), place.column);
  size_t end = characterOffset(original.back(), place.endColumn);
  start = start > removed ? start - removed : 0;
  end = end > removed ? end - removed : 0;
  Lines rendered = EntryText(std::move(lines), start, end).render();
  dedent(rendered);
  return rendered;
}

std::string entryText(const Place& place, SourceLines& sources) {
  std::string out = "  File \"" + place.fileName + "\", line " + std::to_string(place.line) +
                    ", in " + place.name + "\n";
  for (const std::u32string& line : sourceOf(place, sources)) {
    out += "    ";
    appendUtf32(out, line);
    out += "\n";
  }
  return out;
}

/// Entries in a row that are shown when they are all the same.
constexpr int64_t kRepetitionsShown = 3;

std::string repetitionText(int64_t count) {
  int64_t more = count - kRepetitionsShown;
  return "  [Previous line repeated " + std::to_string(more) + " more time" +
         (more > 1 ? "s" : "") + "]\n";
}

} // namespace

void appendTracebackEntries(std::vector<std::string>& out, const TracebackObject* traceback,
                            int64_t limit, SourceLines& sources) {
  int64_t skipped = 0;
  if (limit >= 0) {
    int64_t total = 0;
    for (const TracebackObject* at = traceback; at; at = asTraceback(at->next))
      total++;
    skipped = std::max<int64_t>(total - limit, 0);
  }
  Place last;
  int64_t count = 0;
  for (const TracebackObject* at = traceback; at; at = asTraceback(at->next)) {
    if (skipped > 0) {
      skipped--;
      continue;
    }
    Place place = placeOf(at);
    if (count == 0 || !(place == last)) {
      if (count > kRepetitionsShown)
        out.push_back(repetitionText(count));
      last = place;
      count = 0;
    }
    if (++count <= kRepetitionsShown)
      out.push_back(entryText(place, sources));
  }
  if (count > kRepetitionsShown)
    out.push_back(repetitionText(count));
}

} // namespace pyc::rt
