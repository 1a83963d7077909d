// The profile's file: whole or not there.
#pragma once

#include <cstdint>
#include <string>

namespace pyc::profile {

/// Replaces `%p` by the process's number, `%m` by `program` in hexadecimal, `%%` by a percent sign.
std::string expandPattern(const std::string& pattern, uint64_t program);

/// Inserts `-%p` before the suffix of the name, unless it is somewhere in the pattern.
std::string patternWithProcess(const std::string& pattern);

/// Writes a file beside `path` and gives it that name. False with a message; then there is no new
/// file, and an older one of that name is as it was.
bool writeProfile(const std::string& path, const std::string& bytes, std::string& error);

} // namespace pyc::profile
