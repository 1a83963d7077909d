#include "runtime/objects/exception_lines.h"

#include "runtime/objects/display_width.h"
#include "runtime/objects/error_suggestions.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/source_lines.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

std::string textOf(Value str) {
  std::string storage;
  return std::string(utf8View(str, storage));
}

/// str(value) or repr(value); what says that it failed otherwise.
std::string safeText(Value value, const char* what, Ref (*convert)(Value), const char* function) {
  Ref text = convert(value);
  if (text)
    return textOf(text);
  clearRaised();
  return std::string("<") + what + " " + function + "() failed>";
}

std::string safeStr(Value value, const char* what) {
  return safeText(value, what, str, "str");
}

/// The type's name with its module, which is left out for builtins and the main program.
std::string typeText(Value exception) {
  Value type = Value(typeOf(exception));
  Ref module, name;
  if (!findAttr(type, names::__module__, module) || !findAttr(type, names::__qualname__, name))
    clearRaised();
  std::string text = name && isStr(name) ? textOf(name) : typeName(exception);
  if (!module || !isStr(module))
    return "<unknown>." + text;
  std::string moduleText = textOf(module);
  return moduleText == "builtins" || moduleText == "__main__" ? text : moduleText + "." + text;
}

void appendNote(std::vector<std::string>& out, const std::string& note) {
  for (size_t start = 0; start <= note.size();) {
    size_t end = std::min(note.find('\n', start), note.size());
    out.push_back(note.substr(start, end - start) + "\n");
    start = end + 1;
  }
}

void appendNotes(std::vector<std::string>& out, Value exception) {
  Ref notes;
  if (!findAttr(exception, names::__notes__, notes)) {
    Ref error = takeRaised();
    appendNote(out,
               "Ignored error getting __notes__: " + safeText(error, "__notes__", repr, "repr"));
    return;
  }
  if (!notes || notes.isNone())
    return;
  if (!isList(notes) && !isTuple(notes)) {
    appendNote(out, safeText(notes, "__notes__", repr, "repr"));
    return;
  }
  Ref items = sequenceTuple(notes);
  if (!items)
    clearRaised();
  for (int64_t i = 0; items && i < asTuple(items)->count; i++)
    appendNote(out, safeStr(asTuple(items)->items()[i], "note"));
}

// SyntaxError

bool asNumber(Value value, int64_t& number) {
  return value && isInteger(value) && (toInt64(value, number) || (clearRaised(), false));
}

/// The columns below which carets go, in the line without the blanks at its start; false when none.
bool caretColumns(SyntaxErrorObject* error, size_t textLength, size_t lineLength, size_t blanks,
                  int64_t& first, int64_t& last) {
  int64_t offset = 0, endOffset = 0, line = -1, endLine = -1;
  if (!asNumber(error->offset, offset))
    return false;
  bool hasLine = asNumber(error->line, line);
  bool hasEndLine = asNumber(error->endLine, endLine);
  auto behindLine = static_cast<int64_t>(lineLength) + 1;
  if (hasLine == hasEndLine && line == endLine) {
    if (!asNumber(error->endOffset, endOffset) || endOffset == 0)
      endOffset = offset;
  } else {
    endOffset = behindLine;
  }
  if (textLength > 0 && offset > static_cast<int64_t>(textLength))
    offset = behindLine;
  if (textLength > 0 && endOffset > static_cast<int64_t>(textLength))
    endOffset = behindLine;
  if (offset >= endOffset || endOffset < 0)
    endOffset = offset + 1;
  first = offset - 1 - static_cast<int64_t>(blanks);
  last = endOffset - 1 - static_cast<int64_t>(blanks);
  return first >= 0;
}

/// The source line of a SyntaxError and carets below it.
void appendSyntaxLine(std::vector<std::string>& out, SyntaxErrorObject* error) {
  std::u32string text = decodeUtf8(textOf(error->text));
  std::u32string_view line = text;
  while (line.ends_with(U'\n'))
    line.remove_suffix(1);
  size_t blanks = std::min(line.find_first_not_of(U" \n\f"), line.size());
  std::u32string_view shown = line.substr(blanks);
  std::string shownText;
  appendUtf32(shownText, shown);
  bool hasOffset = error->offset && !error->offset.isNone();
  if (hasOffset && !isInteger(error->offset))
    return;
  out.push_back("    " + shownText + "\n");
  int64_t first = 0, last = 0;
  if (!hasOffset || !caretColumns(error, text.size(), line.size(), blanks, first, last))
    return;
  std::u32string_view before = shown.substr(0, std::min<size_t>(first, shown.size()));
  std::u32string_view marked = shown.substr(before.size(), static_cast<size_t>(last - first));
  size_t carets = marked.empty() ? static_cast<size_t>(last - first) : displayWidth(marked);
  out.push_back("    " + std::string(displayWidth(before), ' ') + std::string(carets, '^') + "\n");
}

void appendSyntaxError(std::vector<std::string>& out, Value exception) {
  auto* error = exception.as<SyntaxErrorObject>();
  auto isSet = [](Value value) { return value && !value.isNone(); };
  std::string suffix;
  if (isSet(error->line)) {
    bool hasFile = isSet(error->fileName);
    std::string file = hasFile ? safeStr(error->fileName, "filename") : "<string>";
    out.push_back("  File \"" + (file.empty() ? "<string>" : file) + "\", line " +
                  safeStr(error->line, "lineno") + "\n");
  } else if (isSet(error->fileName)) {
    suffix = " (" + safeStr(error->fileName, "filename") + ")";
  }
  if (error->text && isStr(error->text))
    appendSyntaxLine(out, error);
  std::string message = isSet(error->msg) ? safeStr(error->msg, "msg") : "";
  if (message.empty())
    message = "<no detail available>";
  out.push_back(typeText(exception) + ": " + message + suffix + "\n");
}

} // namespace

void appendExceptionLines(std::vector<std::string>& out, Value exception) {
  if (isInstance(exception, &syntaxErrorType)) {
    appendSyntaxError(out, exception);
  } else {
    std::string message = safeStr(exception, "exception");
    addSuggestion(message, exception);
    out.push_back(message.empty() ? typeText(exception) + "\n"
                                  : typeText(exception) + ": " + message + "\n");
  }
  appendNotes(out, exception);
}

} // namespace pyc::rt
