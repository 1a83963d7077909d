// Constants of code objects as Python objects.
#include "runtime/objects/bytes.h"
#include "runtime/objects/code_internal.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/int.h"
#include "runtime/objects/set.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace pyc::rt {

namespace {

/// Only letters, digits and underscores: such a constant is interned, for it may be a name.
bool looksLikeName(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Ref makeText(uop::ImageView image, uint64_t offset) {
  std::string_view text = image.string(offset);
  if (!looksLikeName(text))
    return makeStr(text);
  return Ref::copy(Value(internImageString(image, static_cast<uint32_t>(offset))));
}

/// The items of a tuple or frozenset constant.
bool makeItems(const CodeObject* code, const uop::ConstRecord& constant,
               std::vector<Value>& items) {
  const auto* records = code->image.array<uop::ConstRecord>(constant.payload);
  for (uint32_t i = 0; i < constant.length; i++) {
    Ref item = makeConstant(code, records[i]);
    if (!item) {
      std::for_each(items.begin(), items.end(), decref);
      return false;
    }
    items.push_back(item.release());
  }
  return true;
}

Ref makeTupleConstant(const CodeObject* code, const uop::ConstRecord& constant) {
  std::vector<Value> items;
  return makeItems(code, constant, items) ? makeTupleStealing(items.data(), items.size()) : Ref();
}

Ref makeFrozenSetConstant(const CodeObject* code, const uop::ConstRecord& constant) {
  std::vector<Value> items;
  if (!makeItems(code, constant, items))
    return {};
  Ref result = makeFrozenSet(items.data(), items.size());
  std::for_each(items.begin(), items.end(), decref);
  return result;
}

Ref makeCountedConstant(const CodeObject* code, const uop::ConstRecord& constant) {
  uop::ImageView image = code->image;
  switch (constant.kind) {
  case uop::ConstKind::None:
    return Ref::none();
  case uop::ConstKind::True:
    return Ref::boolean(true);
  case uop::ConstKind::False:
    return Ref::boolean(false);
  case uop::ConstKind::Ellipsis:
    return Ref::number(Value::ellipsis());
  case uop::ConstKind::Int:
    return makeInt(static_cast<int64_t>(constant.payload));
  case uop::ConstKind::BigInt:
    return makeIntFromDigits(image.string(constant.payload), 16);
  case uop::ConstKind::Float:
    return Ref::number(Value::fromForeignDouble(std::bit_cast<double>(constant.payload)));
  case uop::ConstKind::Complex: {
    const auto* parts = image.array<double>(constant.payload);
    return makeComplex(parts[0], parts[1]);
  }
  case uop::ConstKind::Str:
    return makeText(image, constant.payload);
  case uop::ConstKind::Bytes:
    return makeBytes({image.bytes() + constant.payload, constant.length});
  case uop::ConstKind::Tuple:
    return makeTupleConstant(code, constant);
  case uop::ConstKind::FrozenSet:
    return makeFrozenSetConstant(code, constant);
  case uop::ConstKind::Code:
    return makeCodeIn(image, &image.at<uop::CodeRecord>(constant.payload), code->natives,
                      code->memory);
  }
  PYC_UNREACHABLE("kind of a constant");
}

} // namespace

Ref makeConstant(const CodeObject* code, const uop::ConstRecord& constant) {
  Ref result = makeCountedConstant(code, constant);
  // What belongs to the program itself is never freed, so that loading it counts nothing.
  if (result && result.get().isObject() && !code->memory)
    makeImmortal(result.get().object());
  return result;
}

} // namespace pyc::rt
