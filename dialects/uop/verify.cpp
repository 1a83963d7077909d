// The image's structure: ranges, strings, constants, records. verify_code.cpp checks instructions.
#include "dialects/uop/verify.h"

#include "dialects/uop/verify_code.h"

#include <cstring>
#include <unordered_set>

namespace pyc::uop {

namespace {

class ImageChecker {
public:
  ImageChecker(const void* bytes, size_t size) : image_(bytes), size_(size) {}

  std::string run();

private:
  bool fail(const char* what) {
    if (error_.empty())
      error_ = what;
    return false;
  }
  /// `count` items of `itemSize` bytes at `offset` lie inside, aligned.
  bool range(uint64_t offset, uint64_t count, uint64_t itemSize, uint64_t align) {
    return offset % align == 0 && offset >= sizeof(ImageHeader) && offset <= size_ &&
           count <= (size_ - offset) / itemSize;
  }
  template <class T> bool range(uint64_t offset, uint64_t count) {
    return range(offset, count, sizeof(T), alignof(T));
  }
  bool string(uint64_t offset);
  bool strings(uint64_t offset, uint32_t count);
  bool hexDigits(uint64_t offset);
  bool constants(uint64_t offset, uint32_t count, const CodeRecord& owner, uint64_t below);
  bool constant(const ConstRecord& record, const CodeRecord& owner, uint64_t at);
  bool header();
  bool record(const CodeRecord& code, uint32_t index);
  bool isCode(uint64_t offset, uint32_t after);

  ImageView image_;
  uint64_t size_;
  std::string error_;
  std::unordered_set<uint64_t> knownStrings_;
  std::unordered_set<uint64_t> knownConstants_;
};

/// Checks UTF-8 in which surrogates are allowed, and the counts of the record.
bool checkText(const StringRecord& record) {
  uint32_t codePoints = 0, largest = 0;
  for (uint32_t i = 0; i < record.bytes; ++codePoints) {
    auto lead = static_cast<unsigned char>(record.text[i]);
    unsigned length = lead < 0x80   ? 1
                      : lead < 0xC2 ? 0
                      : lead < 0xE0 ? 2
                      : lead < 0xF0 ? 3
                      : lead < 0xF5 ? 4
                                    : 0;
    if (length == 0 || length > record.bytes - i)
      return false;
    uint32_t value = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (unsigned k = 1; k < length; ++k) {
      auto next = static_cast<unsigned char>(record.text[i + k]);
      if ((next & 0xC0) != 0x80)
        return false;
      value = value << 6 | (next & 0x3F);
    }
    static constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < kSmallest[length] || value > 0x10FFFF)
      return false;
    largest = value > largest ? value : largest;
    i += length;
  }
  return record.codePoints == codePoints && record.maxCodePoint == largest &&
         record.text[record.bytes] == 0;
}

bool ImageChecker::string(uint64_t offset) {
  if (knownStrings_.contains(offset))
    return true;
  if (!range<StringRecord>(offset, 1))
    return fail("a string lies outside");
  const StringRecord& record = image_.stringRecord(offset);
  if (record.bytes >= size_ - offset - sizeof(StringRecord) || !checkText(record))
    return fail("a string is damaged");
  knownStrings_.insert(offset);
  return true;
}

bool ImageChecker::strings(uint64_t offset, uint32_t count) {
  if (!range<uint32_t>(offset, count))
    return fail("a list of names lies outside");
  for (uint32_t i = 0; i < count; ++i)
    if (!string(image_.array<uint32_t>(offset)[i]))
      return false;
  return true;
}

bool ImageChecker::hexDigits(uint64_t offset) {
  if (!string(offset))
    return false;
  std::string_view text = image_.string(offset);
  if (text.starts_with('-'))
    text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789abcdef") != text.npos)
    return fail("a large integer is damaged");
  return true;
}

/// A list of constants. What a tuple holds lies before the list that has the tuple (`below`).
bool ImageChecker::constants(uint64_t offset, uint32_t count, const CodeRecord& owner,
                             uint64_t below) {
  if (count == 0)
    return true;
  if (offset >= below || !range<ConstRecord>(offset, count))
    return fail("a list of constants lies outside");
  for (uint32_t i = 0; i < count; ++i) {
    uint64_t at = offset + i * sizeof(ConstRecord);
    if (!knownConstants_.contains(at) && !constant(image_.at<ConstRecord>(at), owner, offset))
      return false;
    knownConstants_.insert(at);
  }
  return true;
}

bool ImageChecker::isCode(uint64_t offset, uint32_t after) {
  const uint32_t* codes = image_.array<uint32_t>(image_.header().codes);
  for (uint32_t i = after + 1; i < image_.header().codeCount; ++i)
    if (codes[i] == offset)
      return true;
  return false;
}

bool ImageChecker::constant(const ConstRecord& record, const CodeRecord& owner, uint64_t at) {
  switch (record.kind) {
  case ConstKind::None:
  case ConstKind::True:
  case ConstKind::False:
  case ConstKind::Ellipsis:
  case ConstKind::Int:
  case ConstKind::Float:
    return true;
  case ConstKind::BigInt:
    return hexDigits(record.payload);
  case ConstKind::Complex:
    return range<double>(record.payload, 2) || fail("a constant lies outside");
  case ConstKind::Str:
    return string(record.payload);
  case ConstKind::Bytes:
    return range(record.payload, record.length, 1, 1) || fail("a constant lies outside");
  case ConstKind::Tuple:
  case ConstKind::FrozenSet:
    return constants(record.payload, record.length, owner, at);
  case ConstKind::Code:
    return isCode(record.payload, owner.index) || fail("a code constant leads nowhere");
  }
  return fail("a constant has an unknown kind");
}

bool ImageChecker::header() {
  if (size_ < sizeof(ImageHeader) || reinterpret_cast<uintptr_t>(image_.bytes()) % 8 != 0)
    return fail("too short for an image");
  const ImageHeader& header = image_.header();
  if (header.magic != kImageMagic || header.version != kImageVersion || header.size != size_)
    return fail("not an image of this version");
  if (header.codeCount == 0 || !range<uint32_t>(header.codes, header.codeCount))
    return fail("the list of code objects lies outside");
  for (uint32_t i = 0; i < header.codeCount; ++i)
    if (!range<CodeRecord>(image_.array<uint32_t>(header.codes)[i], 1) || image_.code(i).index != i)
      return fail("a code object lies outside");
  if (image_.array<uint32_t>(header.codes)[0] != header.root)
    return fail("the first code object is not the root");
  return true;
}

bool ImageChecker::record(const CodeRecord& code, uint32_t index) {
  if (!string(code.name) || !string(code.qualifiedName) || !string(code.fileName))
    return false;
  uint64_t parameters = uint64_t(code.argumentCount) + code.keywordOnlyCount +
                        ((code.flags & kCodeVarargs) != 0) + ((code.flags & kCodeVarKeywords) != 0);
  if (code.positionalOnlyCount > code.argumentCount ||
      parameters + code.freeCount > code.localCount || code.localCount > INT16_MAX ||
      code.temporaryCount > INT16_MAX)
    return fail("the counts of a code object contradict each other");
  if (!range<uint64_t>(code.words, code.wordCount) || code.wordCount > INT32_MAX / 2 ||
      !range<ExceptionEntry>(code.exceptions, code.exceptionCount) ||
      !range<PositionEntry>(code.positions, code.positionCount) ||
      !range<uint8_t>(code.localKinds, code.localCount))
    return fail("a table of a code object lies outside");
  for (uint32_t i = 0; i < code.localCount; ++i) {
    bool isFree = (image_.array<uint8_t>(code.localKinds)[i] & kLocalFree) != 0;
    if (isFree != (i >= code.localCount - code.freeCount))
      return fail("the free variables are not the last locals");
  }
  return strings(code.names, code.nameCount) && strings(code.localNames, code.localCount) &&
         constants(code.constants, code.constantCount, code, size_);
}

std::string ImageChecker::run() {
  if (!header())
    return error_;
  for (uint32_t i = 0; i < image_.header().codeCount; ++i) {
    const CodeRecord& code = image_.code(i);
    if (!record(code, i))
      return error_ + " (code " + std::to_string(i) + ")";
    std::string error = verifyCode(image_, code);
    if (!error.empty())
      return std::string(image_.string(code.qualifiedName)) + ": " + error;
  }
  return {};
}

} // namespace

std::string verifyImage(const void* bytes, size_t size) {
  return ImageChecker(bytes, size).run();
}

std::string verifyImage(ImageView image) {
  return verifyImage(image.bytes(), image.header().size);
}

} // namespace pyc::uop
