#include "compiler/frontend/lex/identifier.h"

#include "runtime/base/check.h"
#include "runtime/base/unicode/unicode.h"

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
    UnicodeFlag wanted = at == 0 ? kUnicodeIdStart : kUnicodeIdContinue;
    if (!hasUnicodeFlag(decodeUtf8(text, at), wanted))
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

} // namespace pyc
