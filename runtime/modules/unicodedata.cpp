// The module unicodedata: the Unicode Character Database, the latest version as functions and
// Unicode 3.2 as the methods of one object.
#include "runtime/base/unicode/normalize.h"
#include "runtime/base/unicode/unicode.h"
#include "runtime/base/unicode/unicode_names.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/unicodedata_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/str_chars.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

/// Functions get no object, the methods of ucd_3_2_0 get one: where the arguments begin.
template <Ucd ucd> constexpr size_t kFirst = ucd == Ucd::Latest ? 0 : 1;

/// `one` of two or more arguments: the message counts them.
bool character(const char* function, Value argument, bool one, uint32_t& c) {
  if (!isStr(argument))
    return raise(typeErrorType, "%s() argument%s must be a unicode character, not %T", function,
                 one ? "" : " 1", argument);
  if (asStr(argument)->length != 1)
    return raise(typeErrorType,
                 "%s(): argument%s must be a unicode character, not a string of length %lld",
                 function, one ? "" : " 1", static_cast<long long>(asStr(argument)->length));
  c = asStr(argument)->at(0);
  return true;
}

Ref valueOrDefault(bool found, Ref value, Value fallback, const char* message) {
  if (found)
    return value;
  return fallback ? Ref::copy(fallback) : Ref(raise(valueErrorType, "%s", message));
}

// Properties.

template <Ucd ucd> Ref decimal(const Value* args) {
  const Value* own = args + kFirst<ucd>;
  uint32_t c;
  int value = 0;
  if (!character("decimal", own[0], false, c))
    return {};
  bool found = ucdDecimal(ucd, c, value);
  return valueOrDefault(found, makeInt(value), own[1], "not a decimal");
}

template <Ucd ucd> Ref digit(const Value* args) {
  const Value* own = args + kFirst<ucd>;
  uint32_t c;
  int value = 0;
  if (!character("digit", own[0], false, c))
    return {};
  bool found = ucdDigit(ucd, c, value);
  return valueOrDefault(found, makeInt(value), own[1], "not a digit");
}

template <Ucd ucd> Ref numeric(const Value* args) {
  const Value* own = args + kFirst<ucd>;
  uint32_t c;
  double value = 0;
  if (!character("numeric", own[0], false, c))
    return {};
  bool found = ucdNumeric(ucd, c, value);
  return valueOrDefault(found, makeFloat(value), own[1], "not a numeric character");
}

template <Ucd ucd> Ref category(const Value* args) {
  uint32_t c;
  return character("category", args[kFirst<ucd>], true, c) ? makeStrAscii(ucdCategory(ucd, c))
                                                           : Ref();
}

template <Ucd ucd> Ref bidirectional(const Value* args) {
  uint32_t c;
  return character("bidirectional", args[kFirst<ucd>], true, c)
             ? makeStrAscii(ucdBidirectional(ucd, c))
             : Ref();
}

template <Ucd ucd> Ref combining(const Value* args) {
  uint32_t c;
  return character("combining", args[kFirst<ucd>], true, c) ? makeInt(ucdCombining(ucd, c)) : Ref();
}

template <Ucd ucd> Ref mirrored(const Value* args) {
  uint32_t c;
  return character("mirrored", args[kFirst<ucd>], true, c) ? makeInt(ucdMirrored(ucd, c)) : Ref();
}

template <Ucd ucd> Ref eastAsianWidth(const Value* args) {
  uint32_t c;
  return character("east_asian_width", args[kFirst<ucd>], true, c)
             ? makeStrAscii(ucdEastAsianWidth(ucd, c))
             : Ref();
}

void appendCode(std::string& text, uint32_t code) {
  char digits[12];
  snprintf(digits, sizeof digits, "%s%04X", text.empty() ? "" : " ", code);
  text += digits;
}

/// Syllables of Hangul aren't listed; their first step gives two parts.
std::string decompositionText(uint32_t c) {
  std::string text;
  constexpr uint32_t kSyllables = 0xAC00, kCount = 11172;
  if (c - kSyllables < kCount) {
    std::vector<uint32_t> parts{c};
    normalize(Ucd::Latest, NormalForm::D, parts);
    for (uint32_t part : parts)
      appendCode(text, part);
    return text;
  }
  UcdDecomposition parts = ucdDecomposition(c);
  text = parts.tag;
  for (unsigned i = 0; i < parts.count; ++i)
    appendCode(text, parts.codes[i]);
  return text;
}

template <Ucd ucd> Ref decomposition(const Value* args) {
  uint32_t c;
  if (!character("decomposition", args[kFirst<ucd>], true, c))
    return {};
  return ucdAssigned(ucd, c) ? makeStrAscii(decompositionText(c)) : newRef(names::empty);
}

// Names.

template <Ucd ucd> Ref name(const Value* args) {
  const Value* own = args + kFirst<ucd>;
  uint32_t c;
  std::string text;
  if (!character("name", own[0], false, c))
    return {};
  bool found = ucdAssigned(ucd, c) && unicodeName(c, text);
  return valueOrDefault(found, makeStrAscii(text), own[1], "no such name");
}

/// A character, or in the latest version also an alias or a sequence, by its name.
Ref findByName(Ucd ucd, std::string_view text) {
  uint32_t c;
  std::string upper(text), name;
  for (char& letter : upper)
    letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
  if (unicodeByName(text, c) && (ucd == Ucd::Latest || (unicodeName(c, name) && name == upper)))
    return makeStrChar(c);
  const uint32_t* codes;
  unsigned count;
  if (ucd == Ucd::Latest && ucdSequence(upper, codes, count))
    return makeStrWide(codes, count, sizeof(uint32_t));
  Ref message =
      formatText("undefined character name '%.*s'", static_cast<int>(text.size()), text.data());
  return message ? Ref(raiseKeyError(message)) : Ref();
}

template <Ucd ucd> Ref lookup(const Value* args) {
  Value argument = args[kFirst<ucd>];
  constexpr size_t kLongest = 256;
  std::string text;
  if (isStr(argument)) {
    if (!toUtf8(argument, text))
      return {};
  } else {
    BytesLike bytes;
    if (!bytes.open(argument))
      return {};
    text = bytes.get();
  }
  if (text.size() > kLongest) {
    PYC_TRY(message, makeStrAscii("name too long"));
    return raiseKeyError(message);
  }
  return findByName(ucd, text);
}

// Normalization.

bool formOf(Value argument, NormalForm& form) {
  constexpr const char* kNames[] = {"NFC", "NFD", "NFKC", "NFKD"};
  for (unsigned i = 0; i < 4; ++i)
    if (strEquals(asStr(argument), kNames[i])) {
      form = static_cast<NormalForm>(i);
      return true;
    }
  return raise(valueErrorType, "invalid normalization form");
}

bool checkTexts(const char* function, const Value* own) {
  return strArg(function, 1, own[0]) && strArg(function, 2, own[1]);
}

std::vector<uint32_t> normalized(Ucd ucd, NormalForm form, const StrObject* text) {
  std::vector<uint32_t> codes;
  withChars(text, [&](auto* chars) { codes.assign(chars, chars + text->length); });
  normalize(ucd, form, codes);
  return codes;
}

bool isSurely(NormalForm form, const StrObject* text) {
  return text->isAscii() || withChars(text, [&](auto* chars) {
           return isSurelyNormalized(form, chars, text->length);
         });
}

template <Ucd ucd> Ref normalizeText(const Value* args) {
  const Value* own = args + kFirst<ucd>;
  NormalForm form;
  if (!checkTexts("normalize", own))
    return {};
  StrObject* text = asStr(own[1]);
  if (text->length == 0)
    return exactStr(text);
  if (!formOf(own[0], form))
    return {};
  if (isSurely(form, text))
    return exactStr(text);
  std::vector<uint32_t> codes = normalized(ucd, form, text);
  return makeStrWide(codes.data(), static_cast<int64_t>(codes.size()), sizeof(uint32_t));
}

template <Ucd ucd> Ref isNormalized(const Value* args) {
  const Value* own = args + kFirst<ucd>;
  NormalForm form;
  if (!checkTexts("is_normalized", own))
    return {};
  StrObject* text = asStr(own[1]);
  if (text->length == 0)
    return Ref::boolean(true);
  if (!formOf(own[0], form))
    return {};
  if (isSurely(form, text))
    return Ref::boolean(true);
  std::vector<uint32_t> codes = normalized(ucd, form, text);
  bool same =
      static_cast<int64_t>(codes.size()) == text->length &&
      withChars(text, [&](auto* chars) { return std::equal(codes.begin(), codes.end(), chars); });
  return Ref::boolean(same);
}

// What only the latest version tells.

Ref block(const Value* args) {
  uint32_t c;
  if (!character("block", args[0], true, c))
    return {};
  const char* name = ucdBlock(c);
  return makeStrAscii(name ? name : "No_Block");
}

Ref graphemeClusterBreak(const Value* args) {
  uint32_t c;
  return character("grapheme_cluster_break", args[0], true, c)
             ? makeStrAscii(ucdGraphemeClusterBreak(c))
             : Ref();
}

Ref indicConjunctBreak(const Value* args) {
  uint32_t c;
  return character("indic_conjunct_break", args[0], true, c)
             ? makeStrAscii(ucdIndicConjunctBreak(c))
             : Ref();
}

Ref extendedPictographic(const Value* args) {
  uint32_t c;
  return character("extended_pictographic", args[0], true, c)
             ? Ref::boolean(ucdExtendedPictographic(c))
             : Ref();
}

Ref isXidStart(const Value* args) {
  uint32_t c;
  if (!character("isxidstart", args[0], true, c))
    return {};
  return Ref::boolean(c != '_' && hasUnicodeFlag(c, kUnicodeIdStart));
}

Ref isXidContinue(const Value* args) {
  uint32_t c;
  return character("isxidcontinue", args[0], true, c)
             ? Ref::boolean(hasUnicodeFlag(c, kUnicodeIdContinue))
             : Ref();
}

// The tables. A function's signature has no $self.

#define PYC_UCD_METHODS(ucd, self)                                                                 \
  {.signature = "decimal(" self "chr, default=<unrepresentable>, /)",                              \
   .bound = decimal<ucd>,                                                                          \
   .doc = "The value of a decimal digit as an integer."},                                          \
      {.signature = "digit(" self "chr, default=<unrepresentable>, /)",                            \
       .bound = digit<ucd>,                                                                        \
       .doc = "The value of a digit as an integer."},                                              \
      {.signature = "numeric(" self "chr, default=<unrepresentable>, /)",                          \
       .bound = numeric<ucd>,                                                                      \
       .doc = "The value of a numeric character as a float."},                                     \
      {.signature = "category(" self "chr, /)",                                                    \
       .bound = category<ucd>,                                                                     \
       .doc = "The general category of a character."},                                             \
      {.signature = "bidirectional(" self "chr, /)",                                               \
       .bound = bidirectional<ucd>,                                                                \
       .doc = "The bidirectional class of a character."},                                          \
      {.signature = "combining(" self "chr, /)",                                                   \
       .bound = combining<ucd>,                                                                    \
       .doc = "The canonical combining class of a character."},                                    \
      {.signature = "mirrored(" self "chr, /)",                                                    \
       .bound = mirrored<ucd>,                                                                     \
       .doc = "1 for characters that are mirrored in bidirectional text, else 0."},                \
      {.signature = "east_asian_width(" self "chr, /)",                                            \
       .bound = eastAsianWidth<ucd>,                                                               \
       .doc = "The East Asian width of a character."},                                             \
      {.signature = "decomposition(" self "chr, /)",                                               \
       .bound = decomposition<ucd>,                                                                \
       .doc = "The decomposition of a character as text, empty when it has none."},                \
      {.signature = "name(" self "chr, default=<unrepresentable>, /)",                             \
       .bound = name<ucd>,                                                                         \
       .doc = "The name of a character."},                                                         \
      {.signature = "lookup(" self "name, /)",                                                     \
       .bound = lookup<ucd>,                                                                       \
       .doc = "The character of a name."},                                                         \
      {.signature = "is_normalized(" self "form, unistr, /)",                                      \
       .bound = isNormalized<ucd>,                                                                 \
       .doc = "Whether a text is in a normal form: NFC, NFKC, NFD or NFKD."},                      \
      {.signature = "normalize(" self "form, unistr, /)",                                          \
       .bound = normalizeText<ucd>,                                                                \
       .doc = "A text in a normal form: NFC, NFKC, NFD or NFKD."}

constexpr MethodDef kFunctions[] = {
    PYC_UCD_METHODS(Ucd::Latest, ""),
    {.signature = "block(chr, /)", .bound = block, .doc = "The block that a character is in."},
    {.signature = "grapheme_cluster_break(chr, /)",
     .bound = graphemeClusterBreak,
     .doc = "The property Grapheme_Cluster_Break of a character."},
    {.signature = "indic_conjunct_break(chr, /)",
     .bound = indicConjunctBreak,
     .doc = "The property Indic_Conjunct_Break of a character."},
    {.signature = "extended_pictographic(chr, /)",
     .bound = extendedPictographic,
     .doc = "The property Extended_Pictographic of a character."},
    {.signature = "isxidstart(chr, /)",
     .bound = isXidStart,
     .doc = "Whether identifiers may begin with a character."},
    {.signature = "isxidcontinue(chr, /)",
     .bound = isXidContinue,
     .doc = "Whether identifiers may contain a character."},
    {.signature = "iter_graphemes(unistr, start=0, end=sys.maxsize, /)",
     .bound = iterateGraphemes,
     .doc = "An iterator over the grapheme clusters of a text, as Segment objects."},
};

struct DatabaseObject {
  Object header;
  Value version;
};

void deallocDatabase(Object* self) {
  decrefMaybe(reinterpret_cast<DatabaseObject*>(self)->version);
  freeObject(self);
}

constexpr MethodDef kMethods[] = {PYC_UCD_METHODS(Ucd::Version32, "$self, ")};
constexpr MemberDef kMembers[] = {
    {"unidata_version", offsetof(DatabaseObject, version), MemberDef::ReadOnly},
};

constinit TypeObject databaseType = {
    .name = "unicodedata.UCD",
    .base = &objectType,
    .basicSize = sizeof(DatabaseObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kMethods,
    .members = kMembers,
    .slots = {.dealloc = deallocDatabase},
};

Ref makeOldDatabase() {
  PYC_TRY(version, makeStrAscii("3.2.0"));
  Object* object = allocObject(&databaseType);
  if (!object)
    return {};
  setField(reinterpret_cast<DatabaseObject*>(object)->version, std::move(version));
  return Ref::steal(object);
}

} // namespace

bool fillModule_unicodedata(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "unidata_version", "17.0.0") && addType(module, databaseType) &&
         addValue(module, "ucd_3_2_0", makeOldDatabase()) &&
         addStr(
             module, "__doc__",
             "The Unicode Character Database, version 17.0.0: the properties of all characters.");
}

} // namespace pyc::rt
