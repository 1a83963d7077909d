// `pyc profile`, but for `pyc profile run`, which needs the runtime.
#pragma once

#include <string>
#include <vector>

namespace pyc {

/// Runs `pyc profile ARGUMENTS...`; the exit status.
int profileCommand(const std::vector<std::string>& arguments);

/// The commands, one function each: `arguments` are those behind the command's name.
int profileMerge(const std::vector<std::string>& arguments);
int profileShow(const std::vector<std::string>& arguments);
int profileDiff(const std::vector<std::string>& arguments);
int profileCheck(const std::vector<std::string>& arguments);

/// The profiles in a folder, by name. False with a message, also when there are none.
bool listProfiles(const std::string& folder, std::vector<std::string>& files, std::string& error);

/// Prints an error of usage, and where help is found; 2.
int profileUsageError(const std::string& command, const std::string& message);
/// Prints an error; 1.
int profileError(const std::string& message);

} // namespace pyc
