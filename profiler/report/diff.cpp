#include "profiler/report/diff.h"

#include "profiler/format/saturating.h"
#include "profiler/report/program.h"
#include "profiler/report/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace pyc::profile {
namespace {

/// A function of either profile, whatever its body.
struct Side {
  uint64_t weight = 0;
  bool isHot = false;
  std::vector<const Function*> bodies;
};

using Sides = std::map<std::string, Side>;

Sides sidesOf(const Profile& profile) {
  Sides sides;
  for (const Function& function : profile.functions) {
    Side& side = sides[nameOf(function)];
    side.weight = addSaturating(side.weight, weightOf(function));
    side.bodies.push_back(&function);
  }
  std::vector<Side*> byWeight;
  for (auto& [name, side] : sides)
    byWeight.push_back(&side);
  std::sort(byWeight.begin(), byWeight.end(),
            [](const Side* a, const Side* b) { return a->weight > b->weight; });
  double limit = static_cast<double>(weightOf(profile)) * kHotPercent / 100, sum = 0;
  for (Side* side : byWeight) {
    side->isHot = sum < limit && side->weight != 0;
    sum += static_cast<double>(side->weight);
  }
  return sides;
}

double share(uint64_t weight, uint64_t total) {
  return total == 0 ? 0 : 100.0 * static_cast<double>(weight) / static_cast<double>(total);
}

/// Types that make up a hundredth of what the slot saw at least, and "others".
std::set<std::string> typesOf(const Profile& profile, const Slot* slot) {
  std::set<std::string> types;
  if (!slot)
    return types;
  uint64_t total = slot->other;
  for (const Seen& seen : slot->seen)
    total = addSaturating(total, seen.count);
  for (const Seen& seen : slot->seen)
    if (seen.count >= total / 100)
      types.insert(profile.types[seen.type]);
  if (slot->other != 0 && slot->other >= total / 100)
    types.insert("others");
  return types;
}

std::string joined(const std::set<std::string>& types) {
  std::string text;
  for (const std::string& type : types)
    text += (text.empty() ? "" : ", ") + type;
  return text;
}

const Slot* slotAt(const std::vector<Slot>& slots, size_t index) {
  return index < slots.size() ? &slots[index] : nullptr;
}

/// What one body saw in both profiles.
class TypeChanges {
public:
  TypeChanges(const Profile& before, const Profile& after) : before_(before), after_(after) {}

  std::string run(const Function& old, const Function& now) {
    for (size_t i = 0; i < std::max(old.parameters.size(), now.parameters.size()); ++i)
      compare("argument " + std::to_string(i + 1), slotAt(old.parameters, i),
              slotAt(now.parameters, i));
    for (size_t i = 0, j = 0; i < old.sites.size() && j < now.sites.size();) {
      const Site &a = old.sites[i], &b = now.sites[j];
      if (a.word == b.word)
        for (size_t k = 0; k < std::max(a.slots.size(), b.slots.size()); ++k)
          compare("line " + std::to_string(now.firstLine + b.line), slotAt(a.slots, k),
                  slotAt(b.slots, k));
      i += a.word <= b.word;
      j += b.word <= a.word;
    }
    return std::move(out_);
  }

private:
  void compare(const std::string& where, const Slot* old, const Slot* now) {
    auto a = typesOf(before_, old), b = typesOf(after_, now);
    if (a == b || a.empty() || b.empty())
      return;
    std::string change = "    " + where + ": " + joined(a) + " -> " + joined(b) + "\n";
    if (said_.insert(change).second) // a value is seen where it is made and where it is used
      out_ += change;
  }

  const Profile &before_, &after_;
  std::set<std::string> said_;
  std::string out_;
};

class Diff {
public:
  Diff(const Profile& before, const Profile& after)
      : before_(before), after_(after), old_(sidesOf(before)), now_(sidesOf(after)),
        oldTotal_(weightOf(before)), nowTotal_(weightOf(after)) {}

  double overlap() const {
    if (oldTotal_ == 0 && nowTotal_ == 0)
      return 100;
    double sum = 0;
    for (auto& [name, side] : old_)
      if (auto at = now_.find(name); at != now_.end())
        sum += std::min(share(side.weight, oldTotal_), share(at->second.weight, nowTotal_));
    return std::min(sum, 100.0);
  }

  std::string text() const {
    std::string out = "similarity: " + percentText(overlap()) + "\n";
    out += hotChanges("entered the hot functions", now_, old_);
    out += hotChanges("left the hot functions", old_, now_);
    out += bodyChanges();
    return out + typeChanges();
  }

private:
  std::string shares(const std::string& name) const {
    auto a = old_.find(name), b = now_.find(name);
    return percentText(a == old_.end() ? 0 : share(a->second.weight, oldTotal_)) + " -> " +
           percentText(b == now_.end() ? 0 : share(b->second.weight, nowTotal_));
  }

  std::string hotChanges(const char* title, const Sides& in, const Sides& notIn) const {
    std::string out;
    for (auto& [name, side] : in) {
      auto at = notIn.find(name);
      if (side.isHot && (at == notIn.end() || !at->second.isHot))
        out += "  " + name + "  " + shares(name) + "\n";
    }
    return out.empty() ? out : std::string(title) + ":\n" + out;
  }

  static const Function* bodyOf(const Side& side, uint64_t hash) {
    for (const Function* function : side.bodies)
      if (function->hash == hash)
        return function;
    return nullptr;
  }

  std::string bodyChanges() const {
    std::string out;
    for (auto& [name, side] : now_) {
      auto at = old_.find(name);
      if (at == old_.end())
        continue;
      bool common = false;
      for (const Function* function : side.bodies)
        common |= bodyOf(at->second, function->hash) != nullptr;
      if (!common)
        out += "  " + name + "  " + shares(name) + "\n";
    }
    return out.empty() ? out : "other bodies:\n" + out;
  }

  std::string typeChanges() const {
    std::string out;
    for (auto& [name, side] : now_) {
      auto at = old_.find(name);
      for (const Function* now : side.bodies) {
        const Function* old = at == old_.end() ? nullptr : bodyOf(at->second, now->hash);
        std::string changes = old ? TypeChanges(before_, after_).run(*old, *now) : "";
        if (!changes.empty())
          out += "  " + name + "  " + shares(name) + "\n" + changes;
      }
    }
    return out.empty() ? out : "other types:\n" + out;
  }

  const Profile &before_, &after_;
  Sides old_, now_;
  uint64_t oldTotal_, nowTotal_;
};

} // namespace

double similarity(const Profile& before, const Profile& after) {
  return Diff(before, after).overlap();
}

std::string diffText(const Profile& before, const Profile& after) {
  return Diff(before, after).text();
}

} // namespace pyc::profile
