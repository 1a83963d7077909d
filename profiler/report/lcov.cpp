#include "profiler/report/lcov.h"

#include "dialects/uop/body_hash.h"

#include <algorithm>
#include <map>

namespace pyc::profile {
namespace {

/// What is known of one file.
struct FileCounts {
  struct FunctionCount {
    uint32_t line;
    std::string name;
    uint64_t calls;
  };
  std::vector<FunctionCount> functions;
  std::map<uint32_t, uint64_t> lines;

  void addLine(uint32_t line, uint64_t count) {
    uint64_t& known = lines[line];
    known = std::max(known, count);
  }
  void addFunction(const Function& function, const Place& place) {
    uint32_t line = place ? place.code->firstLine : function.firstLine;
    functions.push_back(
        {std::max(line, 1u), localName(function.name, function.ordinal), function.calls});
    for (const Site& site : function.sites)
      addLine(std::max(lineOf(function, site, place), 1u), site.count);
  }

  std::string text(const std::string& file) const {
    std::string out = "TN:\nSF:" + file + "\n";
    size_t called = 0, executed = 0;
    for (const FunctionCount& function : functions)
      out += "FN:" + std::to_string(function.line) + "," + function.name + "\n";
    for (const FunctionCount& function : functions) {
      out += "FNDA:" + std::to_string(function.calls) + "," + function.name + "\n";
      called += function.calls != 0;
    }
    out += "FNF:" + std::to_string(functions.size()) + "\nFNH:" + std::to_string(called) + "\n";
    for (auto& [line, count] : lines) {
      out += "DA:" + std::to_string(line) + "," + std::to_string(count) + "\n";
      executed += count != 0;
    }
    return out + "LF:" + std::to_string(lines.size()) + "\nLH:" + std::to_string(executed) +
           "\nend_of_record\n";
  }
};

FileCounts countsOf(const Program& program, size_t index) {
  const ProgramModule& module = program.modules()[index];
  uop::ImageView image = module.image();
  FileCounts counts;
  for (uint32_t i = 0; i < image.header().codeCount; ++i) {
    const CodeMatch& match = program.matches(index)[i];
    const uop::CodeRecord& code = image.code(i);
    if (match.fit == Fit::Changed)
      continue;
    if (match.fit == Fit::Found)
      counts.addFunction(*match.function, {&module, &code});
    else
      counts.functions.push_back(
          {code.firstLine,
           localName(std::string(image.string(code.qualifiedName)), uop::ordinalOf(image, code)),
           0});
    const auto* positions = image.array<uop::PositionEntry>(code.positions);
    for (uint32_t p = 0; p < code.positionCount; ++p)
      if (positions[p].line > 0)
        counts.addLine(static_cast<uint32_t>(positions[p].line), 0);
  }
  return counts;
}

std::string fileOfModule(const Profile& profile, std::string module) {
  if (module == "__main__" && !profile.program.empty())
    return profile.program;
  std::replace(module.begin(), module.end(), '.', '/');
  return module + ".py";
}

} // namespace

std::string lcovText(const Profile& profile, const Program& program) {
  std::string out;
  for (size_t i = 0; i < program.modules().size(); ++i)
    if (!program.modules()[i].isLibrary)
      out += countsOf(program, i).text(program.modules()[i].file);
  if (!program.modules().empty())
    return out;
  std::map<std::string, FileCounts> files;
  for (const Function& function : profile.functions)
    files[function.module].addFunction(function, {});
  for (auto& [module, counts] : files)
    out += counts.text(fileOfModule(profile, module));
  return out;
}

} // namespace pyc::profile
