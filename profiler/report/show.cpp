#include "profiler/report/show.h"

#include "dialects/uop/profiled.h"
#include "profiler/format/saturating.h"
#include "profiler/report/text.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace pyc::profile {
namespace {

std::string_view trimmed(std::string_view text) {
  size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r\f");
  return first == std::string_view::npos ? "" : text.substr(first, last - first + 1);
}

/// The n-th line (from 1) of a text, without spaces around it.
std::string_view sourceLine(std::string_view text, uint32_t line) {
  for (; line > 1; --line) {
    size_t end = text.find('\n');
    if (end == std::string_view::npos)
      return "";
    text.remove_prefix(end + 1);
  }
  return trimmed(text.substr(0, text.find('\n')));
}

/// One function's lines and what was seen there.
class Details {
public:
  Details(const Profile& profile, const Function& function, const Place& place)
      : profile_(profile), function_(function), place_(place) {}

  std::string run() {
    for (size_t i = 0; i < function_.parameters.size(); ++i)
      addSlot(parameterName(i), function_.parameters[i]);
    if (!values_.empty())
      out_ += "      arguments  " + values_ + "\n";
    std::map<uint32_t, std::vector<const Site*>> lines;
    for (const Site& site : function_.sites)
      lines[lineOf(function_, site, place_)].push_back(&site);
    for (auto& [line, sites] : lines)
      addLine(line, sites);
    return std::move(out_);
  }

private:
  std::string parameterName(size_t index) const {
    if (!place_)
      return std::to_string(index + 1);
    uop::ImageView image = place_.image();
    return std::string(image.string(image.array<uint32_t>(place_.code->localNames)[index]));
  }

  void addSlot(const std::string& name, const Slot& slot) {
    std::string text = slotText(profile_, slot);
    if (!text.empty())
      values_ += (values_.empty() ? "" : "; ") + name + ": " + text;
  }

  void addLine(uint32_t line, const std::vector<const Site*>& sites) {
    uint64_t count = 0;
    for (const Site* site : sites)
      count = std::max(count, site->count);
    out_ += "  " + padLeft(std::to_string(line), 6) + padLeft(std::to_string(count), 14);
    if (place_)
      out_ += "  " + std::string(sourceLine(place_.module->text, line));
    out_ += "\n";
    for (const Site* site : sites)
      addSite(*site);
  }

  void addSite(const Site& site) {
    values_.clear();
    std::string name = "word " + std::to_string(site.word);
    if (place_ && site.word < place_.code->wordCount) {
      const uint64_t* at = place_.image().words(*place_.code) + site.word;
      name = instructionName(at);
      size_t index = 0;
      uop::forEachProfiledOperand(at, [&](uop::ProfiledOperand operand) {
        if (index < site.slots.size())
          addSlot(operand.operand->kind == uop::OperandKind::InWindow ? "callee"
                                                                      : operand.operand->name,
                  site.slots[index]);
        ++index;
      });
    } else {
      for (size_t i = 0; i < site.slots.size(); ++i)
        addSlot(std::to_string(i + 1), site.slots[i]);
    }
    if (site.exits != 0)
      values_ += (values_.empty() ? "" : "; ") + std::string("left native code ") +
                 std::to_string(site.exits) + (site.exits == 1 ? " time" : " times");
    if (!values_.empty())
      out_ += std::string(24, ' ') + padRight(name, 20) + "  " + values_ + "\n";
  }

  /// The uop and the name that it works on, if there is one.
  std::string instructionName(const uint64_t* at) const {
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(at));
    std::string text = info.name;
    uop::ImageView image = place_.image();
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i].kind == uop::OperandKind::Name) {
        int32_t name = uop::readOperand(at, info.operands[i]);
        text += " " + std::string(image.string(image.array<uint32_t>(place_.code->names)[name]));
      }
    return text;
  }

  const Profile& profile_;
  const Function& function_;
  const Place& place_;
  std::string out_, values_;
};

} // namespace

std::vector<const Function*> hotFunctions(const Profile& profile, const ShowOptions& options) {
  std::vector<std::pair<uint64_t, const Function*>> weighed;
  for (const Function& function : profile.functions)
    if (!options.accepts || options.accepts(nameOf(function)))
      weighed.emplace_back(weightOf(function), &function);
  std::sort(weighed.begin(), weighed.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<const Function*> functions;
  for (auto& [weight, function] : weighed)
    functions.push_back(function);
  return functions;
}

std::string showText(const Profile& profile, const Program& program, const ShowOptions& options) {
  uint64_t total = weightOf(profile);
  std::string out = (profile.program.empty() ? "profile" : profile.program) + ": " +
                    counted(profile.runs, "run") + ", " + counted(total, "instruction") + " in " +
                    counted(profile.functions.size(), "function") + "\n\n";
  out += "   share  instructions         calls  function\n";
  std::vector<const Function*> functions = hotFunctions(profile, options);
  for (size_t i = 0; i < functions.size() && i < options.top; ++i) {
    const Function& function = *functions[i];
    Place place = program.placeOf(function);
    uint64_t weight = weightOf(function);
    uint32_t line = place ? place.code->firstLine : function.firstLine;
    out += padLeft(percentText(weight, total), 8) + padLeft(std::to_string(weight), 14) +
           padLeft(std::to_string(function.calls), 14) + "  " + nameOf(function) + ", line " +
           std::to_string(line);
    if (!program.modules().empty() && !place)
      out += " (when recorded; the program has not this body)";
    out += "\n";
    if (options.showsDetails)
      out += Details(profile, function, place).run() + "\n";
  }
  if (functions.size() > options.top)
    out += "and " + counted(functions.size() - options.top, "function") + " more (--top)\n";
  return out;
}

} // namespace pyc::profile
