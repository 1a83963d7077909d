// Binding the arguments of a call to a Python function's parameters, in CPython's order of checks.
#include "runtime/objects/function.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/suggestions.h"

#include <algorithm>
#include <string>
#include <vector>

namespace pyc::rt {

namespace {

/// The function and its parameters: positional ones, keyword-only ones, *args, **kwargs.
struct Parameters {
  FunctionObject* function;
  CodeObject* code;
  size_t positionalOnly, positional, keywordOnly;
  bool varArgs, varKeywords;
  Value* locals;

  size_t named() const { return positional + keywordOnly; }
  size_t varArgsIndex() const { return named(); }
  size_t varKeywordsIndex() const { return named() + (varArgs ? 1 : 0); }
  size_t defaultCount() const {
    return function->defaults ? static_cast<size_t>(asTuple(function->defaults)->count) : 0;
  }
  /// Positional parameters before the first one with a default.
  size_t required() const { return positional > defaultCount() ? positional - defaultCount() : 0; }
  Value name(size_t i) const { return Value(code->localNames[i]); }
  Value functionName() const { return function->qualifiedName; }
};

const char* plural(size_t count) {
  return count == 1 ? "" : "s";
}

/// "'a'", "'a' and 'b'", "'a', 'b', and 'c'"
std::string listNames(const Parameters& p, const std::vector<size_t>& indices) {
  std::string text;
  std::string storage;
  for (size_t i = 0; i < indices.size(); i++) {
    if (i > 0)
      text += indices.size() == 2 ? " and " : i + 1 == indices.size() ? ", and " : ", ";
    text += "'";
    text += utf8View(p.name(indices[i]), storage);
    text += "'";
  }
  return text;
}

/// TypeError when a parameter in [first, last) has no value.
bool checkMissing(const Parameters& p, size_t first, size_t last, const char* kind) {
  std::vector<size_t> missing;
  for (size_t i = first; i < last; i++)
    if (!p.locals[i])
      missing.push_back(i);
  if (missing.empty())
    return true;
  return raise(typeErrorType, "%S() missing %zu required %s argument%s: %s", p.functionName(),
               missing.size(), kind, plural(missing.size()), listNames(p, missing).c_str());
}

Raised raiseTooMany(const Parameters& p, size_t given) {
  size_t keywordOnly = 0;
  for (size_t i = p.positional; i < p.named(); i++)
    keywordOnly += p.locals[i] ? 1 : 0;
  std::string takes = std::to_string(p.positional);
  bool isPlural = p.positional != 1;
  if (p.defaultCount()) {
    takes = "from " + std::to_string(p.required()) + " to " + takes;
    isPlural = true;
  }
  std::string and_;
  if (keywordOnly)
    and_ = std::string(" positional argument") + plural(given) + " (and " +
           std::to_string(keywordOnly) + " keyword-only argument" + plural(keywordOnly) + ")";
  return raise(typeErrorType, "%S() takes %s positional argument%s but %zu%s %s given",
               p.functionName(), takes.c_str(), isPlural ? "s" : "", given, and_.c_str(),
               given == 1 && !keywordOnly ? "was" : "were");
}

/// Index of the parameter that a keyword names, or -1. Names are interned, as keywords of calls
/// mostly are.
int64_t findParameter(const Parameters& p, Value keyword, size_t first, size_t last) {
  for (size_t i = first; i < last; i++)
    if (Value(p.code->localNames[i]) == keyword)
      return static_cast<int64_t>(i);
  if (asStr(keyword)->isInterned() && isExactStr(keyword))
    return -1;
  for (size_t i = first; i < last; i++)
    if (strEquals(p.code->localNames[i], asStr(keyword)))
      return static_cast<int64_t>(i);
  return -1;
}

/// A keyword that names no parameter which takes keywords.
Raised raiseUnexpectedKeyword(const Parameters& p, Value kwnames, Value keyword) {
  std::string positionalOnly;
  std::string storage;
  for (size_t i = 0; i < p.positionalOnly; i++)
    for (int64_t k = 0; k < asTuple(kwnames)->count; k++)
      if (strEquals(p.code->localNames[i], asStr(asTuple(kwnames)->items()[k]))) {
        positionalOnly += positionalOnly.empty() ? "" : ", ";
        positionalOnly += utf8View(p.name(i), storage);
      }
  if (!positionalOnly.empty())
    return raise(typeErrorType,
                 "%S() got some positional-only arguments passed as keyword arguments: '%s'",
                 p.functionName(), positionalOnly.c_str());
  std::string text(utf8View(keyword, storage));
  Suggestion suggestion(text);
  std::vector<std::string> offered(p.named());
  for (size_t i = p.positionalOnly; i < p.named(); i++) {
    offered[i] = utf8View(p.name(i), storage);
    suggestion.offer(offered[i]);
  }
  if (suggestion.best().empty())
    return raise(typeErrorType, "%S() got an unexpected keyword argument '%S'", p.functionName(),
                 keyword);
  return raise(typeErrorType, "%S() got an unexpected keyword argument '%S'. Did you mean '%s'?",
               p.functionName(), keyword, std::string(suggestion.best()).c_str());
}

bool bindKeyword(const Parameters& p, Value kwnames, Value keyword, Value value) {
  if (!isStr(keyword))
    return raise(typeErrorType, "%S() keywords must be strings", p.functionName());
  int64_t index = findParameter(p, keyword, p.positionalOnly, p.named());
  if (index < 0) {
    if (!p.varKeywords)
      return raiseUnexpectedKeyword(p, kwnames, keyword);
    DictObject* others = asDict(p.locals[p.varKeywordsIndex()]);
    return isExactStr(keyword) ? dictSetStr(others, asStr(keyword), value)
                               : dictSet(others, keyword, value);
  }
  if (p.locals[index])
    return raise(typeErrorType, "%S() got multiple values for argument '%S'", p.functionName(),
                 keyword);
  p.locals[index] = Ref::copy(value).release();
  return true;
}

bool bindKeywords(const Parameters& p, Value kwnames, const Value* values) {
  for (int64_t i = 0; i < asTuple(kwnames)->count; i++)
    if (!bindKeyword(p, kwnames, asTuple(kwnames)->items()[i], values[i]))
      return false;
  return true;
}

/// Positional parameters that got no argument take their defaults.
bool fillDefaults(const Parameters& p, size_t argc) {
  size_t required = p.required();
  if (!checkMissing(p, std::min(argc, required), required, "positional"))
    return false;
  if (!p.function->defaults)
    return true;
  const Value* defaults = asTuple(p.function->defaults)->items();
  size_t excess = p.defaultCount() - (p.positional - required);
  for (size_t i = std::max(argc, required); i < p.positional; i++)
    if (!p.locals[i])
      p.locals[i] = Ref::copy(defaults[excess + i - required]).release();
  return true;
}

bool fillKeywordDefaults(const Parameters& p) {
  for (size_t i = p.positional; i < p.named(); i++) {
    if (p.locals[i] || !p.function->kwDefaults)
      continue;
    Ref value;
    if (!dictGet(asDict(p.function->kwDefaults), p.name(i), value))
      return false;
    p.locals[i] = value.release();
  }
  return checkMissing(p, p.positional, p.named(), "keyword-only");
}

bool collectVariadic(const Parameters& p, const Value* args, size_t argc, Value kwnames) {
  if (p.varKeywords) {
    bool takesAll = kwnames && p.named() == 0;
    Ref dict = newDict(takesAll ? static_cast<size_t>(asTuple(kwnames)->count) : 0);
    if (!dict)
      return false;
    p.locals[p.varKeywordsIndex()] = dict.release();
  }
  if (p.varArgs) {
    size_t bound = std::min(argc, p.positional);
    Ref rest = makeTuple(args + bound, argc - bound);
    if (!rest)
      return false;
    p.locals[p.varArgsIndex()] = rest.release();
  }
  return true;
}

} // namespace

bool bindArguments(FunctionObject* function, const Value* args, size_t argc, Value kwnames,
                   Value* locals) {
  CodeObject* code = function->code;
  if (!prepareCode(code))
    return false;
  Parameters p = {function,
                  code,
                  code->record->positionalOnlyCount,
                  code->positionalCount(),
                  code->record->keywordOnlyCount,
                  (code->flags() & uop::kCodeVarargs) != 0,
                  (code->flags() & uop::kCodeVarKeywords) != 0,
                  locals};
  if ((p.varArgs || p.varKeywords) && !collectVariadic(p, args, argc, kwnames))
    return false;
  for (size_t i = 0; i < std::min(argc, p.positional); i++)
    locals[i] = Ref::copy(args[i]).release();
  if (kwnames && !bindKeywords(p, kwnames, args + argc))
    return false;
  if (argc > p.positional && !p.varArgs)
    return raiseTooMany(p, argc);
  if (argc < p.positional && !fillDefaults(p, argc))
    return false;
  return p.keywordOnly == 0 || fillKeywordDefaults(p);
}

} // namespace pyc::rt
