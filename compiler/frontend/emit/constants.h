// The constants of one compilation, each kept once. Equal means: of one type and one
// representation (0.0 and -0.0, 1 and True are different), as for CPython's co_consts.
#pragma once

#include "dialects/uop/image.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pyc {

struct CodeUnit;

enum class ConstantId : uint32_t { None = UINT32_MAX };

struct Constant {
  uop::ConstKind kind = uop::ConstKind::None;
  int64_t integer = 0;            // Int
  double real = 0, imaginary = 0; // Float and Complex
  std::string text;               // Str (WTF-8), Bytes, BigInt (hexadecimal digits, maybe with '-')
  std::vector<ConstantId> items;  // Tuple, FrozenSet
  CodeUnit* code = nullptr;       // Code

  static Constant ofInt(int64_t value);
  static Constant ofFloat(double value);
  static Constant ofComplex(double real, double imaginary);
  static Constant ofStr(std::string_view text);
  static Constant ofBytes(std::string_view bytes);
  static Constant ofBool(bool value);
};

/// Not thread-safe.
class ConstantTable {
public:
  ConstantId intern(Constant constant);
  ConstantId none() { return intern({}); }
  const Constant& operator[](ConstantId id) const { return *constants_[static_cast<size_t>(id)]; }
  size_t size() const { return constants_.size(); }

private:
  std::vector<std::unique_ptr<Constant>> constants_;
  std::unordered_map<std::string, ConstantId> ids_;
};

} // namespace pyc
