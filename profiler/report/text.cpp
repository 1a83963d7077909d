#include "profiler/report/text.h"

#include "profiler/format/saturating.h"

#include <algorithm>
#include <cstdio>

namespace pyc::profile {

std::string percentText(double percent) {
  double shown = percent;
  if (percent > 0 && percent < 100)
    shown = std::clamp(percent, 0.1, 99.9);
  char text[32];
  std::snprintf(text, sizeof text, "%.1f%%", shown);
  return text;
}

std::string percentText(uint64_t part, uint64_t whole) {
  return percentText(whole == 0 ? 0.0
                                : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string slotText(const Profile& profile, const Slot& slot) {
  uint64_t total = slot.other;
  for (const Seen& seen : slot.seen)
    total = addSaturating(total, seen.count);
  std::string text;
  auto add = [&](const std::string& type, uint64_t count) {
    if (!text.empty())
      text += ", ";
    text += type;
    if (count != total)
      text += " " + percentText(count, total);
  };
  for (const Seen& seen : slot.seen)
    add(profile.types[seen.type], seen.count);
  if (slot.other != 0)
    add("others", slot.other);
  if (slot.least <= slot.greatest)
    text += slot.least == slot.greatest
                ? " = " + std::to_string(slot.least)
                : " in " + std::to_string(slot.least) + ".." + std::to_string(slot.greatest);
  return text;
}

std::string counted(uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string padLeft(const std::string& text, size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

std::string padRight(const std::string& text, size_t width) {
  return text + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

} // namespace pyc::profile
