// Differential test cases: one line an operation with its operands and what CPython answers.
//
//   OPERATION OPERAND... -> RESULT
//
// An operation is an operator (+ // ** < ...), a name (divmod, hash, repr, format, pow, ...), a
// type (int, float, complex), a method (.bit_length), an attribute (@real) or a function of a
// module (math.sqrt). Operands: i<hexadecimal digits>, f<16 hexadecimal digits of the double>,
// c<two of these>, s<UTF-8 in hexadecimal>, b<bytes in hexadecimal>, N, T, F, and lists [ ... ];
// Kname goes before a keyword argument. The result is a repr(), or "TypeError: message".
// make_cases.py writes such files.
#pragma once

#include "runtime/memory/refcount.h"

#include <string>
#include <string_view>

namespace pyc::rt::testing {

/// Where functions of modules are found: a null Ref when there is no such function.
using FunctionFinder = Ref (*)(std::string_view module, std::string_view name);

/// Runs the case on a line (without what follows "->").
std::string runCase(std::string_view line, FunctionFinder find);
/// Runs all cases of a file, and reports those with another result to gtest. Floats may differ by
/// `tolerance`, relatively: C libraries round transcendental functions each in its own way.
void checkCases(const std::string& path, FunctionFinder find, double tolerance = 0);

} // namespace pyc::rt::testing
