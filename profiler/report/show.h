// A profile for people: its hot functions, and what was seen in them line by line.
#pragma once

#include "profiler/report/program.h"

#include <functional>
#include <string>

namespace pyc::profile {

struct ShowOptions {
  size_t top = 10;           // functions shown; the hottest
  bool showsDetails = false; // lines and types of each
  /// Which functions are shown, by nameOf(); empty: all.
  std::function<bool(const std::string&)> accepts;
};

/// `program` may be empty: then instructions have no names and lines are those of the recording.
std::string showText(const Profile& profile, const Program& program, const ShowOptions& options);

/// The functions that `options.accepts`, hottest first.
std::vector<const Function*> hotFunctions(const Profile& profile, const ShowOptions& options);

} // namespace pyc::profile
