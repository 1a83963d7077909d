// The module _sre: what the Python package re compiles patterns to and matches them with. The
// matcher is in sre_*.cpp; sre_match.h tells how it works.
#include "runtime/base/unicode/unicode.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/sre_objects.h"
#include "runtime/objects/int.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

using sre::Fold;

bool isUnicodeCased(uint32_t c) {
  CaseMapping upper = unicodeUpper(c);
  return unicodeSimpleLower(c) != c || upper.count != 1 || upper.codes[0] != c;
}

/// Characters are numbers here, of any size.
Ref asciiIsCased(const Value* args) {
  int c = 0;
  if (!intArg(args[0], c))
    return {};
  return Ref::boolean(c >= 0 && c < 128 && (static_cast<uint32_t>(c) | 32) - 'a' < 26);
}

Ref unicodeIsCased(const Value* args) {
  int c = 0;
  if (!intArg(args[0], c))
    return {};
  return Ref::boolean(c >= 0 && c < 0x110000 && isUnicodeCased(static_cast<uint32_t>(c)));
}

template <Fold fold> Ref toLower(const Value* args) {
  int c = 0;
  if (!intArg(args[0], c))
    return {};
  if (c < 0 || c >= 0x110000)
    return makeInt(c);
  return makeInt(sre::foldChar(fold, static_cast<uint32_t>(c)));
}

Ref codeSize(const Value*) {
  return makeInt(sizeof(uint32_t));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "ascii_iscased(character, /)", .bound = asciiIsCased},
    {.signature = "unicode_iscased(character, /)", .bound = unicodeIsCased},
    {.signature = "ascii_tolower(character, /)", .bound = toLower<Fold::Ascii>},
    {.signature = "unicode_tolower(character, /)", .bound = toLower<Fold::Unicode>},
    {.signature = "getcodesize()", .bound = codeSize},
    {.signature = "compile(pattern, flags, code, groups, groupindex, indexgroup)",
     .bound = sre::compilePattern},
    {.signature = "template(pattern, template, /)", .bound = sre::makeTemplate},
};

} // namespace

bool fillModule__sre(ModuleObject* module) {
  readyType(&sre::patternType);
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addInt(module, "MAGIC", sre::kMagic) && addInt(module, "CODESIZE", sizeof(uint32_t)) &&
         addInt(module, "MAXREPEAT", sre::kMaxRepeat) &&
         addInt(module, "MAXGROUPS", sre::kMaxGroups) && addStr(module, "copyright", "");
}

} // namespace pyc::rt
