#include "compiler/frontend/lex/identifier.h"

#include "runtime/base/check.h"

#include <array>
#include <cstdlib>
#include <utf8proc.h>

namespace pyc {

namespace {

struct Keyword {
  std::string_view text;
  TokenKind kind = TokenKind::Name;
};

constexpr size_t kKeywordSlots = 128;

/// Without collisions for the reserved words; makeKeywords checks that when it is compiled.
constexpr size_t keywordSlot(std::string_view text) {
  return (uint8_t(text.front()) + 11 * uint8_t(text.back()) + text.size()) % kKeywordSlots;
}

consteval std::array<Keyword, kKeywordSlots> makeKeywords() {
  std::array<Keyword, kKeywordSlots> table{};
  auto add = [&](std::string_view text, TokenKind kind) {
    Keyword& slot = table[keywordSlot(text)];
    if (!slot.text.empty())
      std::abort();
    slot = {text, kind};
  };
#define PYC_KEYWORD(Name, text) add(text, TokenKind::Kw##Name);
#include "compiler/frontend/lex/token.def"
  return table;
}

constexpr auto kKeywords = makeKeywords();

template <size_t N> bool contains(const uint32_t (&codePoints)[N], uint32_t codePoint) {
  for (uint32_t entry : codePoints)
    if (entry == codePoint)
      return true;
  return false;
}

/// ID_Start of the Unicode standard (UAX 31).
bool isIdStart(uint32_t codePoint) {
  static constexpr uint32_t kOtherIdStart[] = {0x1885, 0x1886, 0x2118, 0x212E, 0x309B, 0x309C};
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(codePoint))) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_NL:
    return codePoint != 0x2E2F; // VERTICAL TILDE is Pattern_Syntax
  default:
    return codePoint == '_' || contains(kOtherIdStart, codePoint);
  }
}

/// ID_Continue of the Unicode standard.
bool isIdContinue(uint32_t codePoint) {
  static constexpr uint32_t kOtherIdContinue[] = {0x00B7, 0x0387, 0x1369, 0x136A, 0x136B, 0x136C,
                                                  0x136D, 0x136E, 0x136F, 0x1370, 0x1371, 0x19DA,
                                                  0x200C, 0x200D, 0x30FB, 0xFF65};
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(codePoint))) {
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_PC:
    return true;
  default:
    return isIdStart(codePoint) || contains(kOtherIdContinue, codePoint);
  }
}

/// XID_Start and XID_Continue are what stays an identifier under NFKC.
bool isXid(uint32_t codePoint, bool asStart) {
  if (asStart ? !isIdStart(codePoint) : !isIdContinue(codePoint))
    return false;
  if (codePoint < 0x80)
    return true;
  utf8proc_int32_t decomposed[32];
  int lastBoundClass = 0;
  auto length = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(codePoint), decomposed, 32,
                                        utf8proc_option_t(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE),
                                        &lastBoundClass);
  for (utf8proc_ssize_t i = 0; i < length; ++i) {
    auto part = static_cast<uint32_t>(decomposed[i]);
    if (i == 0 && asStart ? !isIdStart(part) : !isIdContinue(part))
      return false;
  }
  return true;
}

} // namespace

TokenKind keywordKind(std::string_view text) {
  const Keyword& slot = kKeywords[keywordSlot(text)];
  return slot.text == text ? slot.kind : TokenKind::Name;
}

uint32_t decodeUtf8(std::string_view text, size_t& at) {
  auto tail = [&] { return uint32_t(uint8_t(text[at++]) & 0x3F); };
  uint32_t lead = uint8_t(text[at++]);
  if (lead < 0x80)
    return lead;
  if (lead < 0xE0)
    return (lead & 0x1F) << 6 | tail();
  uint32_t high = tail();
  if (lead < 0xF0)
    return (lead & 0x0F) << 12 | high << 6 | tail();
  uint32_t middle = tail();
  return (lead & 0x07) << 18 | high << 12 | middle << 6 | tail();
}

bool isIdentifier(std::string_view text, size_t& badAt) {
  for (size_t at = 0; at < text.size();) {
    badAt = at;
    bool asStart = at == 0;
    if (!isXid(decodeUtf8(text, at), asStart))
      return false;
  }
  return true;
}

std::string normaliseIdentifier(std::string_view text) {
  utf8proc_uint8_t* normalised = nullptr;
  auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &normalised,
                   utf8proc_option_t(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  PYC_CHECK(length >= 0);
  std::string result(reinterpret_cast<char*>(normalised), static_cast<size_t>(length));
  std::free(normalised);
  return result;
}

bool isPrintable(uint32_t codePoint) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(codePoint))) {
  case UTF8PROC_CATEGORY_CN:
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_CF:
  case UTF8PROC_CATEGORY_CS:
  case UTF8PROC_CATEGORY_CO:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
    return false;
  case UTF8PROC_CATEGORY_ZS:
    return codePoint == ' ';
  default:
    return true;
  }
}

} // namespace pyc
