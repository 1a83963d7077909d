#include "compiler/explain/wording.h"

#include <algorithm>
#include <utility>

namespace pyc {
namespace {

constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
    {"add", "+"},       {"sub", "-"},    {"mul", "*"},  {"matmul", "@"},  {"truediv", "/"},
    {"floordiv", "//"}, {"mod", "%"},    {"pow", "**"}, {"lshift", "<<"}, {"rshift", ">>"},
    {"and", "&"},       {"or", "|"},     {"xor", "^"},  {"lt", "<"},      {"le", "<="},
    {"eq", "=="},       {"ne", "!="},    {"gt", ">"},   {"ge", ">="},     {"neg", "-"},
    {"pos", "+"},       {"invert", "~"}, {"not", "not"}};

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {"int64", "large int"},          {"bigint", "large int"},
    {"list[int]", "list of ints"},   {"list[float]", "list of floats"},
    {"list[bool]", "list of bools"}, {"list[object]", "list of objects"},
    {"tuple[...]", "long tuple"},    {"...", "other types"}};

/// `M.Q` without the main module and builtins, which go without saying.
std::string_view shortName(std::string_view name) {
  for (std::string_view module : {"__main__:", "builtins:"})
    if (name.starts_with(module))
      return name.substr(module.size());
  return name;
}

std::string dotted(std::string_view name) {
  std::string text(shortName(name));
  std::replace(text.begin(), text.end(), ':', '.');
  return text;
}

std::string operatorInWords(std::string_view name) {
  bool isInplace = name.starts_with("inplace_");
  std::string_view plain = isInplace ? name.substr(8) : name;
  for (auto& [key, symbol] : kOperators)
    if (key == plain)
      return std::string(symbol) + (isInplace ? "=" : "");
  return "";
}

std::string typeInWords(std::string_view type) {
  for (auto& [key, words] : kTypes)
    if (key == type)
      return std::string(words);
  if (std::string words = operatorInWords(type); !words.empty())
    return words;
  auto after = [&](std::string_view prefix) {
    return type.starts_with(prefix) ? type.substr(prefix.size()) : std::string_view();
  };
  if (auto name = after("instance "); !name.empty())
    return dotted(name.substr(0, name.find('{')));
  if (auto name = after("class "); !name.empty())
    return dotted(name);
  for (std::string_view prefix : {"function ", "method ", "builtin "})
    if (auto name = after(prefix); !name.empty())
      return dotted(name) + "()";
  if (size_t at = type.rfind("iterator"); at != std::string_view::npos && at > 1) {
    std::string of(type.substr(0, at)); // list_iterator, dict_keyiterator
    std::replace(of.begin(), of.end(), '_', ' ');
    return "iterator of " + of.substr(0, of.find_last_not_of(' ') + 1);
  }
  if (auto name = after("tuple["); name.ends_with("]"))
    return "tuple of " + std::string(name.substr(0, name.size() - 1));
  return std::string(type);
}

/// Calls visit(part, separator behind it) for parts that `|` and `,` separate outside of braces.
/// A comma with a space behind it is text.
template <class Visit> void forEachPart(std::string_view text, Visit visit) {
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    depth += text[i] == '{';
    depth -= text[i] == '}';
    bool separates =
        text[i] == '|' || (text[i] == ',' && i + 1 < text.size() && text[i + 1] != ' ');
    if (depth != 0 || !separates)
      continue;
    visit(text.substr(start, i - start), text[i]);
    start = i + 1;
  }
  visit(text.substr(start), '\0');
}

} // namespace

std::string inWords(std::string_view argument) {
  std::string out;
  std::vector<std::string> alternatives;
  forEachPart(argument, [&](std::string_view part, char separator) {
    std::string words = typeInWords(part);
    bool isNew = std::find(alternatives.begin(), alternatives.end(), words) == alternatives.end();
    if (isNew) // two layouts of one class are one name
      out += (alternatives.empty() ? "" : " or ") + words;
    alternatives.push_back(words);
    if (separator == ',') {
      out += " and ";
      alternatives.clear();
    }
  });
  return out;
}

std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{' || i + 2 >= text.size() || text[i + 2] != '}') {
      out += text[i];
      continue;
    }
    size_t index = static_cast<size_t>(text[i + 1] - '0');
    if (index < arguments.size())
      out += arguments[index];
    i += 2;
  }
  return out;
}

} // namespace pyc
