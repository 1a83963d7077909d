#include "compiler/frontend/emit/image_writer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <unordered_map>

namespace pyc {

namespace {

class ImageWriter {
public:
  ImageWriter(const Compilation& compilation, std::string_view fileName)
      : c_(compilation), fileName_(fileName) {}

  std::vector<uint64_t> write(const CodeUnit& root);

private:
  void collect(const CodeUnit& unit);
  uint32_t reserve(size_t size, size_t align);
  template <class T> void put(uint32_t at, const T& value) {
    std::memcpy(bytes_.data() + at, &value, sizeof value);
  }
  template <class T> uint32_t array(const std::vector<T>& items) {
    uint32_t at = reserve(items.size() * sizeof(T), alignof(T));
    if (!items.empty())
      std::memcpy(bytes_.data() + at, items.data(), items.size() * sizeof(T));
    return at;
  }
  uint32_t string(std::string_view text);
  uint32_t raw(std::string_view bytes);
  uop::ConstRecord constant(ConstantId id);
  uint32_t constants(const std::vector<ConstantId>& ids);
  void code(const CodeUnit& unit, uint32_t index);

  const Compilation& c_;
  std::string_view fileName_;
  std::vector<char> bytes_;
  std::vector<const CodeUnit*> units_; // outer before inner
  std::unordered_map<const CodeUnit*, uint32_t> recordOf_;
  std::unordered_map<std::string, uint32_t> strings_;
  std::unordered_map<ConstantId, uop::ConstRecord> constants_;
};

/// Space for `size` bytes, zeroed.
uint32_t ImageWriter::reserve(size_t size, size_t align) {
  size_t at = (bytes_.size() + align - 1) / align * align;
  bytes_.resize(at + size);
  return static_cast<uint32_t>(at);
}

/// What a runtime needs to know of a text before it makes a string of it.
void measure(std::string_view text, uop::StringRecord& record) {
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    unsigned length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t codePoint = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (unsigned k = 1; k < length && i + k < text.size(); ++k)
      codePoint = codePoint << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    record.maxCodePoint = std::max(record.maxCodePoint, codePoint);
    ++record.codePoints;
    i += length;
  }
}

uint32_t ImageWriter::string(std::string_view text) {
  auto [entry, isNew] = strings_.emplace(text, 0);
  if (!isNew)
    return entry->second;
  uop::StringRecord record{static_cast<uint32_t>(text.size()), 0, 0, {}};
  measure(text, record);
  uint32_t at = reserve(sizeof record + text.size() + 1, alignof(uop::StringRecord));
  std::memcpy(bytes_.data() + at, &record, sizeof record);
  std::copy(text.begin(), text.end(), bytes_.data() + at + sizeof record);
  return entry->second = at;
}

uint32_t ImageWriter::raw(std::string_view bytes) {
  uint32_t at = reserve(bytes.size() + 1, 1);
  std::copy(bytes.begin(), bytes.end(), bytes_.data() + at);
  return at;
}

uint32_t ImageWriter::constants(const std::vector<ConstantId>& ids) {
  std::vector<uop::ConstRecord> records;
  records.reserve(ids.size());
  for (ConstantId id : ids)
    records.push_back(constant(id));
  return array(records);
}

uop::ConstRecord ImageWriter::constant(ConstantId id) {
  if (auto known = constants_.find(id); known != constants_.end())
    return known->second;
  const Constant& value = c_.constants[id];
  uop::ConstRecord record{value.kind, 0, 0};
  switch (value.kind) {
  case uop::ConstKind::None:
  case uop::ConstKind::True:
  case uop::ConstKind::False:
  case uop::ConstKind::Ellipsis:
    break;
  case uop::ConstKind::Int:
    record.payload = static_cast<uint64_t>(value.integer);
    break;
  case uop::ConstKind::Float:
    record.payload = std::bit_cast<uint64_t>(value.real);
    break;
  case uop::ConstKind::Complex:
    record.payload = array(std::vector<double>{value.real, value.imaginary});
    break;
  case uop::ConstKind::BigInt:
  case uop::ConstKind::Str:
    record.payload = string(value.text);
    break;
  case uop::ConstKind::Bytes:
    record.payload = raw(value.text);
    record.length = static_cast<uint32_t>(value.text.size());
    break;
  case uop::ConstKind::Tuple:
  case uop::ConstKind::FrozenSet:
    record.payload = constants(value.items);
    record.length = static_cast<uint32_t>(value.items.size());
    break;
  case uop::ConstKind::Code:
    record.payload = recordOf_.at(value.code);
    break;
  }
  return constants_.emplace(id, record).first->second;
}

/// Lists `unit` and the units below it.
void ImageWriter::collect(const CodeUnit& unit) {
  units_.push_back(&unit);
  for (ConstantId id : unit.constants)
    if (c_.constants[id].kind == uop::ConstKind::Code)
      collect(*c_.constants[id].code);
}

void ImageWriter::code(const CodeUnit& unit, uint32_t index) {
  uop::CodeRecord record{};
  record.name = string(c_.names.text(unit.name));
  record.qualifiedName = string(unit.qualifiedName);
  record.fileName = string(fileName_);
  record.flags = unit.flags;
  record.argumentCount = unit.argumentCount;
  record.positionalOnlyCount = unit.positionalOnlyCount;
  record.keywordOnlyCount = unit.keywordOnlyCount;
  record.localCount = static_cast<uint32_t>(unit.locals.size());
  record.freeCount = unit.freeCount;
  record.temporaryCount = unit.temporaryCount;
  record.firstLine = unit.firstLine;
  record.attrCacheCount = unit.attrCacheCount;
  record.callCacheCount = unit.callCacheCount;
  record.words = array(unit.words);
  record.wordCount = static_cast<uint32_t>(unit.words.size());
  record.constants = constants(unit.constants);
  record.constantCount = static_cast<uint32_t>(unit.constants.size());
  std::vector<uint32_t> names, localNames;
  std::vector<uint8_t> localKinds;
  for (NameId name : unit.names)
    names.push_back(string(c_.names.text(name)));
  for (const LocalSlot& local : unit.locals) {
    localNames.push_back(string(c_.names.text(local.name)));
    localKinds.push_back(local.kind);
  }
  record.names = array(names);
  record.nameCount = static_cast<uint32_t>(names.size());
  record.localNames = array(localNames);
  record.localKinds = array(localKinds);
  record.exceptions = array(unit.exceptions);
  record.exceptionCount = static_cast<uint32_t>(unit.exceptions.size());
  record.positions = array(unit.positions);
  record.positionCount = static_cast<uint32_t>(unit.positions.size());
  record.index = index;
  put(recordOf_.at(&unit), record);
}

std::vector<uint64_t> ImageWriter::write(const CodeUnit& root) {
  collect(root);
  reserve(sizeof(uop::ImageHeader), 8);
  std::vector<uint32_t> offsets;
  for (const CodeUnit* unit : units_) {
    offsets.push_back(reserve(sizeof(uop::CodeRecord), 8));
    recordOf_.emplace(unit, offsets.back());
  }
  uop::ImageHeader header{};
  header.magic = uop::kImageMagic;
  header.version = uop::kImageVersion;
  header.root = offsets[0];
  header.codeCount = static_cast<uint32_t>(offsets.size());
  header.codes = array(offsets);
  for (uint32_t i = 0; i < units_.size(); ++i)
    code(*units_[i], i);
  reserve(0, 8);
  header.size = static_cast<uint32_t>(bytes_.size());
  header.hash = uop::hashImage(bytes_.data() + sizeof header, bytes_.size() - sizeof header);
  put(0, header);
  std::vector<uint64_t> image(bytes_.size() / sizeof(uint64_t));
  std::memcpy(image.data(), bytes_.data(), bytes_.size());
  return image;
}

} // namespace

std::vector<uint64_t> writeImage(const Compilation& compilation, const CodeUnit& root,
                                 std::string_view fileName) {
  return ImageWriter(compilation, fileName).write(root);
}

} // namespace pyc
