#include "compiler/explain/report.h"

#include "compiler/explain/line_costs.h"
#include "compiler/explain/wording.h"
#include "dialects/uop/uop_info.h"
#include "profiler/report/match.h"

#include <algorithm>
#include <map>
#include <set>

namespace pyc {
namespace {

std::vector<std::string> linesOf(const std::string& text) {
  size_t at = text.starts_with("\xef\xbb\xbf") ? 3 : 0; // a byte order mark is no part of line 1
  std::vector<std::string> lines;
  while (at < text.size()) {
    size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return lines;
}

bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\f';
}

/// One module's lines.
class ModuleReport {
public:
  ModuleReport(const ExplainedSource& source, const profile::Profile* profile)
      : source_(source), costs_(source.name, source.image, profile) {
    module_.name = source.name;
    module_.file = source.file;
    module_.source = linesOf(source.text);
  }

  ExplainedModule run(const std::function<bool(const std::string&)>& accepts) {
    for (auto& [number, cost] : costs_.lines()) {
      if (accepts && !isAccepted(number, cost, accepts))
        continue;
      ExplainedLine& line = lines_[number];
      line = {number, functionName(cost.mainCode()), cost.total, cost.count, cost.loopDepth, {}};
    }
    for (const Remark& remark : source_.remarks)
      if (!isOverruled(remark))
        add(remark);
    for (const Remark& remark : costs_.remarks())
      if (!isOverruled(remark))
        add(remark);
    for (auto& [number, line] : lines_) {
      finish(line);
      module_.lines.push_back(std::move(line));
    }
    return std::move(module_);
  }

private:
  /// Whether one of the functions that have code on the line, or begin there, is wanted.
  bool isAccepted(unsigned number, const LineCost& cost,
                  const std::function<bool(const std::string&)>& accepts) const {
    for (uint32_t i = 0; i < source_.image.header().codeCount; ++i) {
      bool isThere = cost.byCode.count(i) || source_.image.code(i).firstLine == number;
      if (isThere && accepts(source_.name + ":" + functionName(i)))
        return true;
    }
    return false;
  }

  std::string functionName(unsigned code) const {
    return std::string(source_.image.string(source_.image.code(code).qualifiedName));
  }

  /// Lowering found a method for an operator that looked general before; a failure is told with the
  /// assumption that failed.
  bool isOverruled(const Remark& remark) const {
    if (remark.kind != RemarkKind::ObjectOperands && remark.kind != RemarkKind::Exits)
      return false;
    return std::any_of(source_.remarks.begin(), source_.remarks.end(), [&](const Remark& other) {
      bool overrules = remark.kind == RemarkKind::Exits ? mayExit(infoOf(other.kind).group)
                                                        : other.kind == RemarkKind::DirectOperator;
      return overrules && other.code == remark.code && other.word == remark.word;
    });
  }

  void add(const Remark& remark) {
    auto line = lines_.find(remark.line);
    if (line == lines_.end())
      return;
    LineRemark out;
    out.kind = remark.kind;
    for (const std::string& argument : completed(remark))
      out.arguments.push_back(inWords(argument));
    const RemarkInfo& info = infoOf(remark.kind);
    out.text = filled(info.text, out.arguments);
    out.advice = filled(info.advice, out.arguments);
    locate(remark, out);
    if (const profile::Site* site = costs_.siteAt(remark.code, remark.word)) {
      out.count = site->count;
      out.exits = mayExit(info.group) ? site->exits : 0;
    }
    line->second.remarks.push_back(std::move(out));
  }

  static bool mayExit(RemarkGroup group) {
    return group == RemarkGroup::Fast || group == RemarkGroup::Check;
  }

  /// The arguments, with names that only the image knows.
  std::vector<std::string> completed(const Remark& remark) const {
    std::vector<std::string> arguments = remark.arguments;
    if (remark.code < 0)
      return arguments;
    const uop::CodeRecord& code = source_.image.code(remark.code);
    auto localName = [&](unsigned local) {
      const auto* names = source_.image.array<uint32_t>(code.localNames);
      return local < code.localCount ? std::string(source_.image.string(names[local])) : "?";
    };
    if (remark.kind == RemarkKind::GuardedParameter && arguments.size() > 1)
      arguments[1] = localName(std::stoul(arguments[1]) - 1); // the first argument is the function
    if (remark.kind == RemarkKind::CapturedVariable && remark.word >= 0)
      arguments = {capturedName(code, source_.image.words(code) + remark.word, localName)};
    return arguments;
  }

  template <class Name>
  static std::string capturedName(const uop::CodeRecord& code, const uint64_t* at, Name localName) {
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(at));
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i].kind == uop::OperandKind::Keep)
        if (int reg = uop::readOperand(at, info.operands[i]); uop::isLocalRegister(reg))
          return localName(uop::localOfRegister(reg));
    return "?";
  }

  /// The part of the line that the remark is about: where an instruction begins there, its range.
  void locate(const Remark& remark, LineRemark& out) const {
    if (remark.column == 0)
      return;
    int column = static_cast<int>(remark.column) - 1;
    std::optional<int> end = costs_.endOf(remark);
    const std::string& text = sourceLine(remark.line);
    if (!end || column >= *end || *end > static_cast<int>(text.size()))
      return;
    out.column = column;
    out.endColumn = *end;
    bool isWhole = std::all_of(text.begin(), text.begin() + column, isBlank) &&
                   std::all_of(text.begin() + *end, text.end(), isBlank);
    if (!isWhole)
      out.snippet = text.substr(column, *end - column);
  }

  const std::string& sourceLine(unsigned line) const {
    static const std::string kNone;
    return line - 1 < module_.source.size() ? module_.source[line - 1] : kNone;
  }

  /// What is general first, then from left to right; nothing twice.
  static void finish(ExplainedLine& line) {
    auto rank = [](const LineRemark& remark) {
      constexpr int kRanks[] = {2, 1, 0, 3}; // Fast, Check, Generic, Note
      return std::tuple(kRanks[static_cast<int>(infoOf(remark.kind).group)], remark.column,
                        remark.endColumn, remark.text);
    };
    std::sort(line.remarks.begin(), line.remarks.end(),
              [&](auto& a, auto& b) { return rank(a) < rank(b); });
    std::set<std::tuple<std::string, int, int>> known;
    std::erase_if(line.remarks, [&](const LineRemark& remark) {
      return !known.emplace(remark.text, remark.column, remark.endColumn).second;
    });
  }

  const ExplainedSource& source_;
  LineCosts costs_;
  ExplainedModule module_;
  std::map<unsigned, ExplainedLine> lines_;
};

} // namespace

std::vector<HotLine> Explanation::hottest() const {
  std::vector<HotLine> lines;
  for (const ExplainedModule& module : modules)
    for (const ExplainedLine& line : module.lines)
      lines.push_back({&module, &line});
  auto rank = [](const HotLine& hot) { return std::tuple(-hot.line->share, hot.module, hot.line); };
  std::sort(lines.begin(), lines.end(), [&](auto& a, auto& b) { return rank(a) < rank(b); });
  return lines;
}

std::vector<ExplainedModule>
explainModules(const std::vector<ExplainedSource>& sources, const profile::Profile* profile,
               const std::function<bool(const std::string&)>& accepts) {
  std::vector<ExplainedModule> modules;
  double total = 0;
  for (const ExplainedSource& source : sources) {
    total += LineCosts(source.name, source.image, profile).total();
    modules.push_back(ModuleReport(source, profile).run(accepts));
  }
  for (ExplainedModule& module : modules)
    for (ExplainedLine& line : module.lines)
      line.share = total == 0 ? 0 : line.share / total;
  return modules;
}

} // namespace pyc
