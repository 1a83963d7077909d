// Arranging the arguments of a call by a signature, and the TypeErrors when they do not fit.
#include "runtime/objects/dict.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str.h"
#include "runtime/objects/suggestions.h"

#include <algorithm>
#include <string>

namespace pyc::rt {

namespace {

/// One call: the signature without its `$` parameter, and the arguments without the object.
struct Binding {
  const Signature& signature;
  const Value* args;
  size_t argc;
  Value kwnames; // null: none
  Value* out;

  size_t self() const { return signature.takesSelf ? 1 : 0; }
  size_t keywordCount() const { return kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0; }
  // Numbers of parameters without the `$` one.
  size_t positional() const { return signature.positional - self(); }
  size_t positionalOnly() const { return signature.positionalOnly - self(); }
  size_t required() const { return signature.required > self() ? signature.required - self() : 0; }
  /// Parameters that arguments can go to one by one.
  size_t single() const { return positional() + signature.keywordOnly; }
  /// Index in signature.parameters (and out) of the i-th of these.
  size_t index(size_t i) const {
    return i < positional() ? i + self() : i - positional() + signature.firstKeywordOnly;
  }
  const Parameter& parameter(size_t i) const { return signature.parameters[index(i)]; }
  std::string name() const { return std::string(signature.name); }
  /// "list.append()"
  std::string fullName() const {
    std::string result;
    if (signature.owner)
      result = std::string(signature.owner) + ".";
    return result + name() + "()";
  }
};

const char* plural(size_t count) {
  return count == 1 ? "" : "s";
}

bool raiseCount(const Binding& b, const char* limit, size_t count) {
  return raise(typeErrorType, "%s expected %s%zu argument%s, got %zu", b.name().c_str(), limit,
               count, plural(count), b.argc);
}

/// The errors of functions that take positional arguments only.
bool checkPositionalOnly(const Binding& b) {
  if (b.keywordCount())
    return raise(typeErrorType, "%s takes no keyword arguments", b.fullName().c_str());
  size_t least = b.required(), most = b.positional();
  bool variadic = b.signature.varArgs >= 0;
  if (b.argc >= least && (b.argc <= most || variadic))
    return true;
  if (most == 0 && !variadic)
    return raise(typeErrorType, "%s takes no arguments (%zu given)", b.fullName().c_str(), b.argc);
  if (most == 1 && least == 1 && !variadic)
    return raise(typeErrorType, "%s takes exactly one argument (%zu given)", b.fullName().c_str(),
                 b.argc);
  if (b.argc < least)
    return raiseCount(b, least == most && !variadic ? "" : "at least ", least);
  return raiseCount(b, least == most ? "" : "at most ", most);
}

/// The errors in number of functions that take keywords.
bool checkCounts(const Binding& b) {
  size_t given = b.argc + b.keywordCount();
  bool variadic = b.signature.varArgs >= 0;
  if (!variadic && b.signature.varKeywords < 0 && given > b.single())
    return raise(typeErrorType, "%s() takes at most %zu %sargument%s (%zu given)", b.name().c_str(),
                 b.single(), b.argc == 0 ? "keyword " : "", plural(b.single()), given);
  if (!variadic && b.argc > b.positional()) {
    if (b.positional() == 0)
      return raise(typeErrorType, "%s() takes no positional arguments", b.name().c_str());
    return raise(typeErrorType, "%s() takes %s %zu positional argument%s (%zu given)",
                 b.name().c_str(), b.required() < b.positional() ? "at most" : "exactly",
                 b.positional(), plural(b.positional()), b.argc);
  }
  size_t least = std::min(b.required(), b.positionalOnly());
  if (b.argc < least)
    return raise(typeErrorType, "%s() takes %s %zu positional argument%s (%zu given)",
                 b.name().c_str(), least < b.positional() ? "at least" : "exactly", least,
                 plural(least), b.argc);
  return true;
}

/// Number of the keyword argument with a name, or -1.
int64_t findKeyword(const Binding& b, std::string_view name) {
  for (size_t i = 0; i < b.keywordCount(); i++)
    if (strEquals(asStr(asTuple(b.kwnames)->items()[i]), name))
      return static_cast<int64_t>(i);
  return -1;
}

Raised raiseUnexpectedKeyword(const Binding& b, Value keyword) {
  std::string storage;
  Suggestion suggestion(utf8View(keyword, storage));
  for (size_t i = b.positionalOnly(); i < b.single(); i++)
    suggestion.offer(b.parameter(i).name);
  if (std::string_view best = suggestion.best(); !best.empty())
    return raise(typeErrorType,
                 "%s() got an unexpected keyword argument '%S'. Did you mean '%.*s'?",
                 b.name().c_str(), keyword, static_cast<int>(best.size()), best.data());
  return raise(typeErrorType, "%s() got an unexpected keyword argument '%S'", b.name().c_str(),
               keyword);
}

/// Some keyword argument went nowhere: says which and why.
bool raiseUnusedKeyword(const Binding& b) {
  size_t positional = std::min(b.argc, b.positional());
  for (size_t i = b.positionalOnly(); i < positional; i++)
    if (findKeyword(b, b.parameter(i).name) >= 0)
      return raise(typeErrorType, "argument for %s() given by name ('%s') and position (%zu)",
                   b.name().c_str(), std::string(b.parameter(i).name).c_str(), i + 1);
  for (size_t k = 0; k < b.keywordCount(); k++) {
    Value keyword = asTuple(b.kwnames)->items()[k];
    bool isKnown = false;
    for (size_t i = b.positionalOnly(); i < b.single() && !isKnown; i++)
      isKnown = strEquals(asStr(keyword), b.parameter(i).name);
    if (!isKnown)
      return raiseUnexpectedKeyword(b, keyword);
  }
  return true;
}

/// Keyword arguments that belong to no parameter, for **kwargs.
bool collectKeywords(const Binding& b, Ref& keep) {
  keep = newDict();
  if (!keep)
    return false;
  for (size_t k = 0; k < b.keywordCount(); k++) {
    Value keyword = asTuple(b.kwnames)->items()[k];
    bool isParameter = false;
    for (size_t i = b.positionalOnly(); i < b.single() && !isParameter; i++)
      isParameter = strEquals(asStr(keyword), b.parameter(i).name);
    if (!isParameter && !dictSet(asDict(keep), keyword, b.args[b.argc + k]))
      return false;
  }
  b.out[b.signature.varKeywords] = keep;
  return true;
}

/// Fills the parameters that no positional argument has reached.
bool bindKeywords(const Binding& b, size_t& used) {
  for (size_t i = std::min(b.argc, b.positional()); i < b.single(); i++) {
    const Parameter& parameter = b.parameter(i);
    int64_t keyword = i < b.positionalOnly() ? -1 : findKeyword(b, parameter.name);
    if (keyword >= 0) {
      b.out[b.index(i)] = b.args[b.argc + static_cast<size_t>(keyword)];
      used++;
    } else if (!parameter.optional) {
      return raise(typeErrorType, "%s() missing required argument '%s' (pos %zu)", b.name().c_str(),
                   std::string(parameter.name).c_str(), i + 1);
    }
  }
  return true;
}

} // namespace

bool bindSignature(const Signature& signature, const Value* args, size_t argc, Value kwnames,
                   Value* out, Ref keep[2]) {
  if (kwnames && asTuple(kwnames)->count == 0)
    kwnames = {};
  std::fill(out, out + signature.count, Value());
  size_t self = signature.takesSelf ? 1 : 0;
  PYC_DCHECK(argc >= self);
  if (self)
    out[0] = args[0];
  Binding b{signature, args + self, argc - self, kwnames, out};
  if (!(signature.isPositionalOnly() ? checkPositionalOnly(b) : checkCounts(b)))
    return false;
  size_t positional = std::min(b.argc, b.positional());
  std::copy(b.args, b.args + positional, out + self);
  if (signature.varArgs >= 0) {
    keep[0] = makeTuple(b.args + positional, b.argc - positional);
    if (!keep[0])
      return false;
    out[signature.varArgs] = keep[0];
  }
  if (signature.isPositionalOnly())
    return true;
  size_t used = 0;
  if (!bindKeywords(b, used))
    return false;
  if (signature.varKeywords >= 0)
    return collectKeywords(b, keep[1]);
  return used == b.keywordCount() || raiseUnusedKeyword(b);
}

} // namespace pyc::rt
