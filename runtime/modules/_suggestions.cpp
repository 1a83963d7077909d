// The module _suggestions: "Did you mean ...?" for the traceback module.
#include "runtime/modules/registry.h"
#include "runtime/objects/list.h"
#include "runtime/objects/suggestions.h"
#include "runtime/objects/text_args.h"

#include <vector>

namespace pyc::rt {

namespace {

Ref generateSuggestions(const Value* args) {
  if (!isList(args[0]))
    return raise(typeErrorType, "candidates must be a list");
  if (!strArg("_generate_suggestions", 2, args[1]))
    return {};
  ListObject* list = asList(args[0]);
  std::vector<std::string> candidates(static_cast<size_t>(list->count));
  for (int64_t i = 0; i < list->count; ++i) {
    Ref item = listGet(list, i);
    if (!item || !isStr(item))
      return raise(typeErrorType, "all elements in 'candidates' must be strings");
    std::string storage;
    candidates[static_cast<size_t>(i)] = utf8View(item, storage);
  }
  std::string storage;
  Suggestion suggestion(utf8View(args[1], storage));
  for (const std::string& candidate : candidates)
    suggestion.offer(candidate);
  return suggestion.best().empty() ? Ref::none() : makeStr(suggestion.best());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_generate_suggestions(candidates, item, /)",
     .bound = generateSuggestions,
     .doc = "The candidate that is nearest to the name, or None."},
};

} // namespace

bool fillModule__suggestions(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions));
}

} // namespace pyc::rt
