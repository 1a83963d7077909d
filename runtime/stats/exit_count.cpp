#include "runtime/stats/exit_count.h"

#include "dialects/uop/profiled.h"
#include "runtime/objects/interned.h"
#include "runtime/threads/spin_lock.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace pyc::rt {

bool countsExits = false;

namespace {

using Place = std::tuple<CodeObject*, uint32_t, std::string_view>;

SpinLock placesLock;
std::map<Place, ExitCount>& places() {
  static std::map<Place, ExitCount> all;
  return all;
}

std::string textOf(Value text) {
  std::string storage;
  return text && isStr(text) ? std::string(utf8View(text, storage)) : "?";
}

/// "int, str"
std::string operandTypes(const Frame* frame) {
  std::string types;
  uop::forEachProfiledOperand(frame->pc, [&](uop::ProfiledOperand operand) {
    Value value = operand.isResult ? Value() : frame->registers[operand.reg];
    if (!value)
      return;
    types += types.empty() ? "" : ", ";
    types += typeName(value);
  });
  return types;
}

auto orderOf(const ExitCount& exit) {
  return std::tuple(UINT64_MAX - exit.count, textOf(exit.code->fileName),
                    codeLine(exit.code, exit.word), exit.word, std::string_view(exit.guard));
}

} // namespace

void countExit(const Frame* frame, const DeoptInfo* info) {
  SpinGuard guard(placesLock);
  auto [at, isNew] = places().try_emplace({frame->code, wordOf(frame), info->guard});
  if (isNew) {
    incref(Value(&frame->code->header));
    at->second = {frame->code,         wordOf(frame),
                  info->guard,         textOf(dictFindStr(frame->globals, names::__name__)),
                  operandTypes(frame), 0};
  }
  ++at->second.count;
}

std::vector<ExitCount> exitCounts() {
  SpinGuard guard(placesLock);
  std::vector<ExitCount> all;
  for (auto& entry : places())
    all.push_back(entry.second);
  std::sort(all.begin(), all.end(),
            [](const ExitCount& a, const ExitCount& b) { return orderOf(a) < orderOf(b); });
  return all;
}

} // namespace pyc::rt
