// What the files of this folder share about texts that programs compile.
#pragma once

#include "profiler/format/profile.h"

#include <optional>

namespace pyc::profile {

/// Sorts the texts and leaves out those without a function.
void sortTexts(Profile& profile);

/// The mode's name in compile(), and back; nothing for another word.
const char* modeName(TextMode mode);
std::optional<TextMode> modeOfName(const std::string& name);
/// The mode of this number, if there is one.
std::optional<TextMode> modeOfNumber(uint64_t number);

} // namespace pyc::profile
