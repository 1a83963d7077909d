#include "profiler/format/texts.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <set>
#include <string_view>

namespace pyc::profile {
namespace {

constexpr const char* kModes[] = {"exec", "eval", "single"};

/// FNV-1a, of 64 bits (Fowler, Noll, Vo).
class Hash {
public:
  void add(std::string_view bytes) {
    for (char c : bytes)
      value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  }
  uint64_t value() const { return value_; }

private:
  uint64_t value_ = 0xCBF29CE484222325ull;
};

} // namespace

const char* modeName(TextMode mode) {
  return kModes[static_cast<size_t>(mode)];
}

std::optional<TextMode> modeOfName(const std::string& name) {
  auto at = std::find(std::begin(kModes), std::end(kModes), name);
  return modeOfNumber(static_cast<uint64_t>(at - std::begin(kModes)));
}

std::optional<TextMode> modeOfNumber(uint64_t number) {
  if (number >= std::size(kModes))
    return {};
  return static_cast<TextMode>(number);
}

std::string textName(const Text& text) {
  Hash hash;
  hash.add(std::string(modeName(text.mode)) + " " + std::to_string(text.futureFlags) + " " +
           std::to_string(text.optimize) + " " + text.fileName + "\n");
  hash.add(text.source);
  char name[32];
  std::snprintf(name, sizeof name, "<text %016" PRIx64 ">", hash.value());
  return name;
}

void sortTexts(Profile& profile) {
  std::set<std::string> used;
  for (const Function& function : profile.functions)
    used.insert(function.module);
  auto& texts = profile.texts;
  std::erase_if(texts, [&](const Text& text) { return !used.contains(textName(text)); });
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

} // namespace pyc::profile
