#include "runtime/objects/error_suggestions.h"

#include "runtime/objects/instance.h"
#include "runtime/objects/list.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/suggestions.h"
#include "runtime/objects/traceback.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

using Names = std::vector<std::string>;

std::string textOf(Value str) {
  std::string storage;
  return std::string(utf8View(str, storage));
}

/// A result, or nothing: errors while looking for a suggestion are of no interest.
Ref quietly(Ref result) {
  if (!result)
    clearRaised();
  return result;
}
Ref attribute(Value object, StrObject* name) {
  Ref result;
  if (!findAttr(object, name, result))
    clearRaised();
  return result;
}

bool isAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<uint8_t>(c) < 128; });
}

/// The name as ascii() shows it.
std::string escaped(const std::string& name) {
  Ref text = quietly(makeStr(name));
  Ref shown = text ? quietly(ascii(text)) : Ref();
  return shown ? textOf(shown) : "'" + name + "'";
}

bool isLazyImport(Value object, StrObject* name) {
  if (!isModule(object))
    return false;
  DictObject* dict = moduleDict(object);
  Value value = dict ? dictFindStr(dict, name) : Value();
  return value && hasShape(value, kShapeLazyImport);
}

/// The names that dir() of an object gives, sorted; empty after an error.
Names namesOf(Value object) {
  bool found = false;
  Ref list = callSpecial(object, names::__dir__, nullptr, 0, found);
  Ref items = list ? quietly(sequenceTuple(list)) : quietly(Ref());
  Names result;
  for (int64_t i = 0; items && i < asTuple(items)->count; i++) {
    Value name = asTuple(items)->items()[i];
    if (isStr(name) && !isLazyImport(object, internStr(asStr(name))))
      result.push_back(textOf(name));
  }
  std::sort(result.begin(), result.end());
  return result;
}

void hideUnderscored(Names& names) {
  std::erase_if(names, [](const std::string& name) { return name.starts_with("_"); });
}

std::string nearest(const Names& names, const std::string& wrong) {
  constexpr size_t kMaxNames = 750;
  if (names.size() > kMaxNames)
    return {};
  Suggestion suggestion(wrong);
  for (const std::string& name : names)
    suggestion.offer(name);
  return std::string(suggestion.best());
}

const TracebackObject* innermost(Value exception) {
  Value at = asException(exception)->traceback;
  while (at && asTraceback(at)->next)
    at = asTraceback(at)->next;
  return at ? asTraceback(at) : nullptr;
}

/// The locals of the frame that raised, a dict; null when the frame is not at hand.
Ref localsOf(const TracebackObject* traceback) {
  if (!traceback || !traceback->frame)
    return {};
  Ref locals = attribute(traceback->frame, internLiteral("f_locals"));
  Ref dict = newDict();
  if (!locals || !dict || !dictUpdate(asDict(dict), locals)) {
    clearRaised();
    return {};
  }
  return dict;
}

void addKeys(Names& names, DictObject* dict) {
  int64_t position = 0;
  Value key, value;
  while (dict && dictNext(dict, position, key, value))
    if (isStr(key))
      names.push_back(textOf(key));
}

// Methods that programmers know from other languages, or from another type.

struct CrossLanguageHint {
  const char* wrong;
  TypeObject* type;
  const char* hint;
  bool isSentence; // else the name of an attribute
};

constexpr char kUseSet[] = "Did you mean to use a 'set' object?";
constexpr char kUseList[] = "Did you mean to use a 'list' object?";
constexpr char kUseDict[] = "Did you mean to use a 'dict' object?";
constexpr char kUseInt[] =
    "Did you mean to use an 'int' object? Bitwise operators are not supported "
    "by 'float'.";

const CrossLanguageHint kHints[] = {
    {"push", &listType, "append", false},        {"concat", &listType, "extend", false},
    {"addAll", &listType, "extend", false},      {"contains", &listType, "Use 'x in list'.", true},
    {"add", &listType, kUseSet, true},           {"add", &frozenSetType, kUseSet, true},
    {"toUpperCase", &strType, "upper", false},   {"toLowerCase", &strType, "lower", false},
    {"trimStart", &strType, "lstrip", false},    {"trimEnd", &strType, "rstrip", false},
    {"keySet", &dictType, "keys", false},        {"entrySet", &dictType, "items", false},
    {"entries", &dictType, "items", false},      {"putAll", &dictType, "update", false},
    {"put", &dictType, "Use d[k] = v.", true},   {"append", &tupleType, kUseList, true},
    {"extend", &tupleType, kUseList, true},      {"insert", &tupleType, kUseList, true},
    {"remove", &tupleType, kUseList, true},      {"remove", &frozenSetType, kUseSet, true},
    {"discard", &frozenSetType, kUseSet, true},  {"update", &frozenSetType, kUseSet, true},
    {"update", &frozenDictType, kUseDict, true}, {"__or__", &floatType, kUseInt, true},
    {"__and__", &floatType, kUseInt, true},      {"__xor__", &floatType, kUseInt, true},
    {"__lshift__", &floatType, kUseInt, true},   {"__rshift__", &floatType, kUseInt, true},
};

std::string crossLanguageHint(Value object, const std::string& wrong) {
  for (const CrossLanguageHint& hint : kHints)
    if (wrong == hint.wrong && isInstance(object, hint.type))
      return hint.isSentence ? hint.hint : std::string("Did you mean '.") + hint.hint + "'?";
  return {};
}

/// Whether an attribute exists, found without running any code of a descriptor.
bool hasStatically(Value object, StrObject* name) {
  TypeObject* type = typeOf(object);
  if (findInType(type, name))
    return true;
  if (isType(object) && findInType(object.as<TypeObject>(), name))
    return true;
  return object.isObject() && (type->flags & kTypeHasStore) && ownAttr(object.object(), name);
}

/// "inner.name" when an attribute of the object has what the object itself lacks.
std::string nestedAttribute(Value object, const Names& names, const std::string& wrong) {
  constexpr int kMaxChecked = 20;
  StrObject* wrongName = internStr(asStr(quietly(makeStr(wrong))));
  int checkedCount = 0;
  for (const std::string& name : names) {
    if (name.starts_with("_"))
      continue;
    if (++checkedCount > kMaxChecked)
      break;
    Ref text = quietly(makeStr(name));
    StrObject* interned = text ? internStr(asStr(text)) : nullptr;
    if (!interned)
      continue;
    Value ofClass = findInType(typeOf(object), interned);
    if ((ofClass && typeOf(ofClass)->slots.get) || isLazyImport(object, interned))
      continue;
    Ref inner = attribute(object, interned);
    if (inner && !isLazyImport(inner, wrongName) && hasStatically(inner, wrongName))
      return name + "." + wrong;
  }
  return {};
}

/// Names with an underscore are hidden, except inside the object's own methods.
bool hidesUnderscored(Value exception, Value object, const std::string& wrong) {
  if (wrong.starts_with("_"))
    return false;
  Ref locals = localsOf(innermost(exception));
  Value self = locals ? dictFindStr(asDict(locals), internLiteral("self")) : Value();
  return !self || self != object;
}

void addForAttribute(std::string& text, Value exception) {
  auto* error = exception.as<AttributeErrorObject>();
  if (!error->name || !isStr(error->name))
    return;
  std::string wrong = textOf(error->name);
  Value object = error->obj ? error->obj : Value::none();
  if (std::string hint = crossLanguageHint(object, wrong); !hint.empty()) {
    text += ". " + hint;
    return;
  }
  Names names = namesOf(object);
  if (hidesUnderscored(exception, object, wrong))
    hideUnderscored(names);
  std::string best = nearest(names, wrong);
  if (best.empty())
    best = nestedAttribute(object, names, wrong);
  if (best.empty())
    return;
  if (isAscii(best))
    text += ". Did you mean '." + best + "' instead of '." + wrong + "'?";
  else
    text += ". Did you mean '." + best + "' (" + escaped(best) + ") instead of '." + wrong + "' (" +
            escaped(wrong) + ")?";
}

void addDidYouMean(std::string& text, const std::string& best) {
  if (best.empty())
    return;
  text += ". Did you mean: '" + best + "'";
  if (!isAscii(best))
    text += " (" + escaped(best) + ")";
  text += "?";
}

bool isStandardModule(Value name) {
  Ref sys = moduleImporter ? quietly(moduleImporter(names::sys)) : Ref();
  Ref names = sys ? attribute(sys, internLiteral("stdlib_module_names")) : Ref();
  bool result = false;
  if (names && !contains(names, name, result))
    clearRaised();
  return result;
}

std::string nearestVariable(Value exception, const std::string& wrong) {
  const TracebackObject* traceback = innermost(exception);
  if (!traceback)
    return {};
  Names names;
  if (Ref locals = localsOf(traceback)) {
    addKeys(names, asDict(locals));
    // In a method, the name may be an attribute of the instance.
    if (Value self = dictFindStr(asDict(locals), internLiteral("self"))) {
      Ref name = quietly(makeStr(wrong));
      if (name && attribute(self, asStr(name)))
        return "self." + wrong;
    }
  } else if (traceback->code->prepared) {
    for (uint32_t i = 0; i < traceback->code->localCount; i++)
      names.push_back(textOf(Value(traceback->code->localNames[i])));
  }
  addKeys(names, traceback->globals);
  addKeys(names, builtinsDict);
  return nearest(names, wrong);
}

void addForName(std::string& text, Value exception) {
  Value name = exception.as<NameErrorObject>()->name;
  if (!name || !isStr(name))
    return;
  std::string wrong = textOf(name);
  std::string best = nearestVariable(exception, wrong);
  addDidYouMean(text, best);
  if (isStandardModule(name))
    text +=
        std::string(best.empty() ? ". Did" : " Or did") + " you forget to import '" + wrong + "'?";
}

void addForImport(std::string& text, Value exception) {
  auto* error = exception.as<ImportErrorObject>();
  if (error->nameFrom && isStr(error->nameFrom)) {
    if (!moduleImporter || !error->name || !isStr(error->name))
      return;
    Ref module = quietly(moduleImporter(internStr(asStr(error->name))));
    if (!module)
      return;
    std::string wrong = textOf(error->nameFrom);
    Names names = namesOf(module);
    if (!wrong.starts_with("_"))
      hideUnderscored(names);
    addDidYouMean(text, nearest(names, wrong));
    return;
  }
  if (isInstance(exception, &moduleNotFoundErrorType) && error->name && isStr(error->name) &&
      isStandardModule(error->name)) {
    Ref shown = quietly(repr(error->name));
    if (shown)
      text = "Standard library module " + textOf(shown) + " was not found";
  }
}

} // namespace

void addSuggestion(std::string& text, Value exception) {
  if (isInstance(exception, &attributeErrorType))
    addForAttribute(text, exception);
  else if (isInstance(exception, &nameErrorType))
    addForName(text, exception);
  else if (isInstance(exception, &importErrorType))
    addForImport(text, exception);
}

} // namespace pyc::rt
