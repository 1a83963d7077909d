#include "compiler/explain/writers.h"

#define JSON_NO_IO
#include <nlohmann/json.hpp>

#include <set>

namespace pyc {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

const char* nameOf(RemarkGroup group) {
  constexpr const char* kNames[] = {"fast", "check", "general", "note"};
  return kNames[static_cast<int>(group)];
}

Json remarkJson(const LineRemark& remark) {
  const RemarkInfo& info = infoOf(remark.kind);
  Json out = {{"kind", info.name}, {"group", nameOf(info.group)}};
  if (remark.column >= 0) {
    out["column"] = remark.column;
    out["endColumn"] = remark.endColumn;
  }
  out["arguments"] = remark.arguments;
  out["text"] = remark.text;
  if (!remark.advice.empty())
    out["advice"] = remark.advice;
  if (remark.count != 0)
    out["count"] = remark.count;
  if (remark.exits != 0)
    out["exits"] = remark.exits;
  return out;
}

Json lineJson(const ExplainedModule& module, const ExplainedLine& line, bool hasProfile) {
  bool hasSource = line.line - 1 < module.source.size();
  Json out = {{"line", line.line},
              {"function", line.function},
              {"share", line.share},
              {"loopDepth", line.loopDepth}};
  if (hasProfile)
    out["count"] = line.count;
  out["source"] = hasSource ? module.source[line.line - 1] : "";
  out["remarks"] = Json::array();
  for (const LineRemark& remark : line.remarks)
    out["remarks"].push_back(remarkJson(remark));
  return out;
}

} // namespace

std::string explanationJson(const Explanation& explanation, size_t top) {
  std::set<const ExplainedLine*> chosen;
  std::vector<HotLine> hottest = explanation.hottest();
  for (size_t i = 0; i < hottest.size() && (top == 0 || i < top); ++i)
    chosen.insert(hottest[i].line);
  Json out = {
      {"format", "pyc explain"},          {"version", kVersion}, {"program", explanation.program},
      {"optimize", explanation.optLevel}, {"profile", nullptr},  {"modules", Json::array()}};
  if (explanation.hasProfile)
    out["profile"] = {{"runs", explanation.runs}, {"relevance", explanation.relevance}};
  for (const ExplainedModule& module : explanation.modules) {
    Json lines = Json::array();
    for (const ExplainedLine& line : module.lines)
      if (chosen.count(&line))
        lines.push_back(lineJson(module, line, explanation.hasProfile));
    out["modules"].push_back({{"name", module.name}, {"file", module.file}, {"lines", lines}});
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace pyc
