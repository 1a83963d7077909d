#include "compiler/frontend/emit/constants.h"

#include <cstring>

namespace pyc {

Constant Constant::ofInt(int64_t value) {
  Constant constant;
  constant.kind = uop::ConstKind::Int;
  constant.integer = value;
  return constant;
}

Constant Constant::ofFloat(double value) {
  Constant constant;
  constant.kind = uop::ConstKind::Float;
  constant.real = value;
  return constant;
}

Constant Constant::ofComplex(double real, double imaginary) {
  Constant constant;
  constant.kind = uop::ConstKind::Complex;
  constant.real = real;
  constant.imaginary = imaginary;
  return constant;
}

Constant Constant::ofStr(std::string_view text) {
  Constant constant;
  constant.kind = uop::ConstKind::Str;
  constant.text = text;
  return constant;
}

Constant Constant::ofBytes(std::string_view bytes) {
  Constant constant;
  constant.kind = uop::ConstKind::Bytes;
  constant.text = bytes;
  return constant;
}

Constant Constant::ofBool(bool value) {
  Constant constant;
  constant.kind = value ? uop::ConstKind::True : uop::ConstKind::False;
  return constant;
}

namespace {
template <class T> void appendBytes(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// A text that is the same for two constants exactly when they may be shared.
std::string keyOf(const Constant& constant) {
  std::string key;
  appendBytes(key, constant.kind);
  switch (constant.kind) {
  case uop::ConstKind::None:
  case uop::ConstKind::True:
  case uop::ConstKind::False:
  case uop::ConstKind::Ellipsis:
    break;
  case uop::ConstKind::Int:
    appendBytes(key, constant.integer);
    break;
  case uop::ConstKind::Float:
  case uop::ConstKind::Complex:
    appendBytes(key, constant.real);
    appendBytes(key, constant.imaginary);
    break;
  case uop::ConstKind::BigInt:
  case uop::ConstKind::Str:
  case uop::ConstKind::Bytes:
    key += constant.text;
    break;
  case uop::ConstKind::Tuple:
  case uop::ConstKind::FrozenSet:
    for (ConstantId item : constant.items)
      appendBytes(key, item);
    break;
  case uop::ConstKind::Code:
    appendBytes(key, constant.code);
    break;
  }
  return key;
}
} // namespace

ConstantId ConstantTable::intern(Constant constant) {
  auto id = static_cast<ConstantId>(constants_.size());
  auto [entry, isNew] = ids_.emplace(keyOf(constant), id);
  if (isNew)
    constants_.push_back(std::make_unique<Constant>(std::move(constant)));
  return entry->second;
}

} // namespace pyc
