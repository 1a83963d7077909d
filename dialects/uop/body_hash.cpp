#include "dialects/uop/body_hash.h"

#include "dialects/uop/hints.h"

namespace pyc::uop {
namespace {

class Hasher {
public:
  explicit Hasher(ImageView image) : image_(image) {}

  void number(uint64_t value) {
    hash_ = (hash_ ^ value) * 0xBF58476D1CE4E5B9ull;
    hash_ ^= hash_ >> 29;
  }
  void bytes(std::string_view text) {
    number(text.size());
    for (char c : text)
      number(static_cast<unsigned char>(c));
  }
  void constant(const ConstRecord& record) {
    number(static_cast<uint64_t>(record.kind));
    switch (record.kind) {
    case ConstKind::Int:
    case ConstKind::Float:
      return number(record.payload);
    case ConstKind::Complex:
      number(image_.array<uint64_t>(record.payload)[0]);
      return number(image_.array<uint64_t>(record.payload)[1]);
    case ConstKind::BigInt:
    case ConstKind::Str:
      return bytes(image_.string(record.payload));
    case ConstKind::Bytes:
      return bytes({image_.bytes() + record.payload, record.length});
    case ConstKind::Tuple:
    case ConstKind::FrozenSet:
      number(record.length);
      for (uint32_t i = 0; i < record.length; ++i)
        constant(image_.array<ConstRecord>(record.payload)[i]);
      return;
    case ConstKind::Code:
      return bytes(image_.string(image_.at<CodeRecord>(record.payload).qualifiedName));
    default:
      return;
    }
  }
  uint64_t result() const { return hash_; }

private:
  ImageView image_;
  uint64_t hash_ = 0x9E3779B97F4A7C15ull;
};

} // namespace

uint64_t hashBody(ImageView image, const CodeRecord& code) {
  Hasher hasher(image);
  for (uint32_t fact : {code.flags & ~kCodeHints, code.argumentCount, code.positionalOnlyCount,
                        code.keywordOnlyCount, code.localCount, code.freeCount})
    hasher.number(fact);
  for (uint32_t i = 0; i < code.wordCount; ++i)
    hasher.number(image.words(code)[i]);
  for (uint32_t i = 0; i < code.constantCount; ++i)
    hasher.constant(image.array<ConstRecord>(code.constants)[i]);
  for (uint32_t i = 0; i < code.nameCount; ++i)
    hasher.bytes(image.string(image.array<uint32_t>(code.names)[i]));
  return hasher.result();
}

uint32_t ordinalOf(ImageView image, const CodeRecord& code) {
  uint32_t ordinal = 0;
  std::string_view name = image.string(code.qualifiedName);
  for (uint32_t i = 0; i < code.index; ++i)
    ordinal += image.string(image.code(i).qualifiedName) == name;
  return ordinal;
}

} // namespace pyc::uop
