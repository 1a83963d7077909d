// The file: 8 bytes of magic, version (u32), CRC-32 of the payload (u32), length of the payload
// (u64), all little-endian; then the payload. Numbers in it are LEB128, strings a length and bytes.
#include "profiler/format/texts.h"

#include <cstring>
#include <zlib.h>

namespace pyc::profile {
namespace {

constexpr char kMagic[] = {'\x89', 'P', 'Y', 'C', 'P', 'R', 'O', 'F'};
constexpr size_t kHeaderSize = 24;

class Writer {
public:
  void number(uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      out_.push_back(static_cast<char>(value | 0x80));
    out_.push_back(static_cast<char>(value));
  }
  /// Small negative numbers stay small.
  void signedNumber(int64_t value) {
    number(static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63));
  }
  void text(const std::string& value) {
    number(value.size());
    out_ += value;
  }
  template <class T> void fixed(T value) {
    for (size_t i = 0; i < sizeof(T); ++i)
      out_.push_back(static_cast<char>(value >> (8 * i)));
  }
  void bytes(const char* data, size_t size) { out_.append(data, size); }
  std::string take() { return std::move(out_); }

private:
  std::string out_;
};

/// Reads what may be anything: after the first impossibility everything is zero and ok() false.
class Reader {
public:
  Reader(const char* data, size_t size) : at_(data), end_(data + size) {}

  bool ok() const { return ok_; }
  bool atEnd() const { return at_ == end_; }
  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == end_)
        break;
      uint64_t byte = static_cast<unsigned char>(*at_++);
      value |= (byte & 0x7F) << shift;
      if (byte < 0x80)
        return value;
    }
    return fail();
  }
  int64_t signedNumber() {
    uint64_t value = number();
    return static_cast<int64_t>(value >> 1 ^ (0 - (value & 1)));
  }
  uint32_t number32() {
    uint64_t value = number();
    return static_cast<uint32_t>(value <= UINT32_MAX ? value : fail());
  }
  /// A count of things that take a byte at least.
  size_t count() {
    uint64_t value = number();
    return value <= static_cast<uint64_t>(end_ - at_) ? value : fail();
  }
  std::string text() {
    size_t size = count();
    std::string value(at_, size);
    at_ += size;
    return value;
  }
  template <class T> T fixed() {
    T value = 0;
    if (static_cast<size_t>(end_ - at_) < sizeof(T))
      return static_cast<T>(fail());
    for (size_t i = 0; i < sizeof(T); ++i)
      value |= static_cast<T>(static_cast<unsigned char>(at_[i])) << (8 * i);
    at_ += sizeof(T);
    return value;
  }

private:
  uint64_t fail() {
    ok_ = false;
    at_ = end_;
    return 0;
  }
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

void writeSlot(Writer& out, const Slot& slot) {
  bool hasRange = slot.least <= slot.greatest;
  out.number(slot.seen.size() << 1 | hasRange);
  for (const Seen& seen : slot.seen) {
    out.number(seen.type);
    out.number(seen.count);
  }
  out.number(slot.other);
  if (hasRange) {
    out.signedNumber(slot.least);
    out.signedNumber(slot.greatest);
  }
}

void readSlot(Reader& in, Slot& slot, size_t typeCount, bool& ok) {
  uint64_t head = in.number();
  for (uint64_t i = 0; i < head >> 1 && in.ok(); ++i) {
    uint32_t type = in.number32();
    ok &= type < typeCount;
    slot.seen.push_back({type, in.number()});
  }
  slot.other = in.number();
  if (head & 1) {
    slot.least = in.signedNumber();
    slot.greatest = in.signedNumber();
    ok &= slot.least <= slot.greatest;
  }
}

void writeFunction(Writer& out, const Function& function) {
  out.text(function.module);
  out.text(function.name);
  out.number(function.ordinal);
  out.fixed(function.hash);
  out.number(function.firstLine);
  out.number(function.calls);
  out.number(function.parameters.size());
  for (const Slot& slot : function.parameters)
    writeSlot(out, slot);
  out.number(function.sites.size());
  uint32_t word = 0;
  for (const Site& site : function.sites) {
    out.number(site.word - word);
    word = site.word;
    out.number(site.line);
    out.number(site.count);
    out.number(site.slots.size());
    for (const Slot& slot : site.slots)
      writeSlot(out, slot);
  }
}

void readFunction(Reader& in, Function& function, size_t typeCount, bool& ok) {
  function.module = in.text();
  function.name = in.text();
  function.ordinal = in.number32();
  function.hash = in.fixed<uint64_t>();
  function.firstLine = in.number32();
  function.calls = in.number();
  function.parameters.resize(in.count());
  for (Slot& slot : function.parameters)
    readSlot(in, slot, typeCount, ok);
  function.sites.resize(in.count());
  uint32_t word = 0;
  for (Site& site : function.sites) {
    site.word = word += in.number32();
    site.line = in.number32();
    site.count = in.number();
    site.slots.resize(in.count());
    for (Slot& slot : site.slots)
      readSlot(in, slot, typeCount, ok);
  }
}

void writeText(Writer& out, const Text& text) {
  out.text(text.source);
  out.text(text.fileName);
  out.number(static_cast<uint64_t>(text.mode));
  out.number(text.futureFlags);
  out.number(text.optimize);
}

void readText(Reader& in, Text& text, bool& ok) {
  text.source = in.text();
  text.fileName = in.text();
  std::optional<TextMode> mode = modeOfNumber(in.number());
  ok &= mode.has_value();
  text.mode = mode.value_or(TextMode::Exec);
  text.futureFlags = in.number32();
  text.optimize = in.number32();
}

/// Exits at guards end the payload, if there were any.
void writeExits(Writer& out, const std::vector<Function>& functions) {
  for (size_t i = 0; i < functions.size(); ++i)
    for (size_t k = 0; k < functions[i].sites.size(); ++k)
      if (uint64_t exits = functions[i].sites[k].exits) {
        out.number(i);
        out.number(k);
        out.number(exits);
      }
}

void readExits(Reader& in, std::vector<Function>& functions, bool& ok) {
  while (ok && in.ok() && !in.atEnd()) {
    uint64_t function = in.number(), site = in.number();
    ok = function < functions.size() && site < functions[function].sites.size();
    if (ok)
      functions[function].sites[site].exits = in.number();
  }
}

uint32_t checksum(const char* data, size_t size) {
  return static_cast<uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(data), size));
}

} // namespace

bool isReadable(uint64_t version) {
  return version >= kOldestVersion && version <= kVersion;
}

std::string versionProblem(uint64_t version) {
  return "has version " + std::to_string(version) + " of the format; this pyc reads versions " +
         std::to_string(kOldestVersion) + " to " + std::to_string(kVersion) +
         " (record it again, or use the pyc that wrote it)";
}

std::string encode(const Profile& profile) {
  Writer body;
  body.text(profile.program);
  body.number(profile.runs);
  body.number(profile.types.size());
  for (const std::string& type : profile.types)
    body.text(type);
  body.number(profile.texts.size());
  for (const Text& text : profile.texts)
    writeText(body, text);
  body.number(profile.functions.size());
  for (const Function& function : profile.functions)
    writeFunction(body, function);
  writeExits(body, profile.functions);
  std::string payload = body.take();

  Writer out;
  out.bytes(kMagic, sizeof kMagic);
  out.fixed(kVersion);
  out.fixed(checksum(payload.data(), payload.size()));
  out.fixed(static_cast<uint64_t>(payload.size()));
  out.bytes(payload.data(), payload.size());
  return out.take();
}

bool decode(const std::string& bytes, Profile& profile, std::string& error) {
  auto fail = [&](std::string reason) {
    error = std::move(reason);
    return false;
  };
  if (bytes.size() < sizeof kMagic || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0)
    return fail("is not a profile");
  if (bytes.size() < kHeaderSize)
    return fail("is cut off");
  Reader header(bytes.data() + sizeof kMagic, kHeaderSize - sizeof kMagic);
  auto version = header.fixed<uint32_t>();
  auto sum = header.fixed<uint32_t>();
  auto size = header.fixed<uint64_t>();
  if (!isReadable(version))
    return fail(versionProblem(version));
  if (bytes.size() - kHeaderSize < size)
    return fail("is cut off");
  const char* payload = bytes.data() + kHeaderSize;
  if (bytes.size() - kHeaderSize > size || checksum(payload, size) != sum)
    return fail("is damaged (its checksum does not fit)");

  Reader in(payload, size);
  bool ok = true;
  profile = {};
  profile.program = in.text();
  profile.runs = in.number();
  profile.types.resize(in.count());
  for (std::string& type : profile.types)
    type = in.text();
  if (version > 1)
    profile.texts.resize(in.count());
  for (Text& text : profile.texts)
    readText(in, text, ok);
  profile.functions.resize(in.count());
  for (Function& function : profile.functions)
    readFunction(in, function, profile.types.size(), ok);
  readExits(in, profile.functions, ok);
  if (!ok || !in.ok() || !in.atEnd())
    return fail("is damaged (its content makes no sense)");
  return true;
}

} // namespace pyc::profile
