// What the compiler calls things, in the words of Python programmers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pyc {

/// An operator ("mul"), or types as passes write them: "list[int]|float,instance m:P{x}@24" is
/// "list of ints or float and P". Other texts stay as they are.
std::string inWords(std::string_view argument);

/// The text with {0}, {1}, ... replaced. An argument that is missing is left out.
std::string filled(std::string_view text, const std::vector<std::string>& arguments);

} // namespace pyc
