// The answer of `pyc explain`: a program's lines with their cost and what the compiler says of
// them.
#pragma once

#include "compiler/remarks/remark.h"
#include "dialects/uop/image.h"
#include "profiler/format/profile.h"

#include <functional>
#include <string>
#include <vector>

namespace pyc {

/// A module of the program and what its compilation said.
struct ExplainedSource {
  std::string name, file, text;
  uop::ImageView image;
  std::vector<Remark> remarks;
};

struct LineRemark {
  RemarkKind kind = RemarkKind::Exits;
  std::string text, advice;           // as people read them
  std::vector<std::string> arguments; // the text's, as people read them
  std::string snippet;                // the part of the line that it is about; empty: all of it
  int column = -1, endColumn = -1;    // of that part, bytes from 0; -1: none
  uint64_t count = 0;                 // how often the place ran (0 without a profile)
  uint64_t exits = 0;                 // how often native code was left there (PYC_STATS=FILE)
};

/// A line that has code.
struct ExplainedLine {
  unsigned line = 0;
  std::string function;   // that most of its cost belongs to
  double share = 0;       // of the program's cost, 0 to 1
  uint64_t count = 0;     // how often its most executed instruction ran
  unsigned loopDepth = 0; // loops of the function around it
  std::vector<LineRemark> remarks;
};

struct ExplainedModule {
  std::string name, file;
  std::vector<std::string> source;  // all lines
  std::vector<ExplainedLine> lines; // that have code, by number
};

/// A line, and where it is.
struct HotLine {
  const ExplainedModule* module;
  const ExplainedLine* line;
};

struct Explanation {
  std::string program;
  unsigned optLevel = 3;
  bool hasProfile = false;
  uint64_t runs = 0;    // of the profile
  double relevance = 0; // percent of its weight that fits the program
  std::vector<ExplainedModule> modules;

  /// The lines by falling share. Points into `modules`.
  std::vector<HotLine> hottest() const;
};

/// Makes the lines of a program's own modules. `profile` may be null: then the cost is estimated
/// from loops. `accepts`, if set, chooses functions by `module:name`; only their lines are there.
std::vector<ExplainedModule> explainModules(const std::vector<ExplainedSource>& sources,
                                            const profile::Profile* profile,
                                            const std::function<bool(const std::string&)>& accepts);

} // namespace pyc
