// Versions that the commands report.
#pragma once

namespace pyc {

inline constexpr char kVersion[] = "0.1.0";
inline constexpr char kPythonVersion[] = "3.15";

} // namespace pyc
