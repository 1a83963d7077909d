#include "profiler/report/match.h"
#include "profiler/report/program.h"
#include "profiler/report/text.h"

namespace pyc::profile {

std::string coverageText(const Coverage& coverage) {
  std::string out = "relevance: " + percentText(coverage.relevance()) +
                    " of the profile's weight fits the program\n";
  out += "applicability: " + percentText(coverage.applicability()) +
         " of the program's instructions are in functions that the profile knows (" +
         std::to_string(coverage.foundCodes()) + " of " +
         counted(coverage.codeCount(), "function") + ")\n";
  std::vector<Coverage::Lost> lost = coverage.lost();
  if (!lost.empty())
    out += "stale functions, by weight:\n";
  for (const Coverage::Lost& one : lost) {
    out += padLeft(percentText(one.weight, coverage.totalWeight()), 8) + "  " +
           nameOf(*one.function) + ", line " + std::to_string(one.function->firstLine);
    out += one.why == Coverage::Loss::Changed ? ": has changed\n"
           : one.why == Coverage::Loss::Gone  ? ": is no longer there\n"
                                              : ": its module is not part of the program\n";
  }
  return out;
}

} // namespace pyc::profile
