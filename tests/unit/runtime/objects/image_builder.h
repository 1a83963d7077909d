// Code images for tests, put together by hand: one code record with names, constants and positions.
#pragma once

#include "runtime/objects/code.h"

#include <cstring>
#include <string>
#include <vector>

namespace pyc::rt::testing {

class ImageBuilder {
public:
  explicit ImageBuilder(std::string name) : name_(std::move(name)), record_() {
    record_.firstLine = 1;
  }

  uop::CodeRecord& record() { return record_; }
  ImageBuilder& file(std::string name) {
    file_ = std::move(name);
    return *this;
  }
  /// Locals in the order of registers; parameters first.
  ImageBuilder& local(std::string name, uint8_t kind = uop::kLocalPlain) {
    locals_.push_back({std::move(name), kind});
    return *this;
  }
  ImageBuilder& constant(uop::ConstKind kind, uint64_t payload, std::string text = {}) {
    constants_.push_back({kind, payload, std::move(text)});
    return *this;
  }
  ImageBuilder& position(uop::PositionEntry entry) {
    positions_.push_back(entry);
    return *this;
  }
  /// Number of code words, all zero.
  ImageBuilder& words(uint32_t count) {
    record_.wordCount = count;
    return *this;
  }

  /// The code object; the image stays for good.
  Ref build() {
    auto* image = new std::vector<uint64_t>(8192);
    base_ = reinterpret_cast<char*>(image->data());
    used_ = sizeof(uop::ImageHeader);
    uint32_t recordOffset = reserve(sizeof(uop::CodeRecord));
    fill();
    std::memcpy(base_ + recordOffset, &record_, sizeof(record_));
    uop::ImageView view(base_);
    return makeCode(view, &view.at<uop::CodeRecord>(recordOffset), nullptr);
  }

private:
  struct Local {
    std::string name;
    uint8_t kind;
  };
  struct Constant {
    uop::ConstKind kind;
    uint64_t payload;
    std::string text;
  };

  uint32_t reserve(size_t bytes) {
    auto offset = static_cast<uint32_t>(used_);
    used_ += (bytes + 7) & ~size_t{7};
    return offset;
  }
  uint32_t string(const std::string& text) {
    uint32_t offset = reserve(sizeof(uop::StringRecord) + text.size() + 1);
    auto* record = reinterpret_cast<uop::StringRecord*>(base_ + offset);
    record->bytes = static_cast<uint32_t>(text.size());
    record->codePoints = record->bytes;
    record->maxCodePoint = 127;
    std::memcpy(record->text, text.data(), text.size());
    return offset;
  }

  void fill() {
    record_.name = string(name_);
    record_.qualifiedName = record_.name;
    record_.fileName = string(file_);
    record_.words = reserve(record_.wordCount * sizeof(uint64_t));
    record_.localCount = static_cast<uint32_t>(locals_.size());
    record_.localNames = reserve(locals_.size() * sizeof(uint32_t));
    record_.localKinds = reserve(locals_.size());
    for (size_t i = 0; i < locals_.size(); i++) {
      uint32_t name = string(locals_[i].name);
      reinterpret_cast<uint32_t*>(base_ + record_.localNames)[i] = name;
      base_[record_.localKinds + i] = static_cast<char>(locals_[i].kind);
    }
    record_.constantCount = static_cast<uint32_t>(constants_.size());
    record_.constants = reserve(constants_.size() * sizeof(uop::ConstRecord));
    for (size_t i = 0; i < constants_.size(); i++) {
      const Constant& constant = constants_[i];
      uint64_t payload = constant.text.empty() ? constant.payload : string(constant.text);
      reinterpret_cast<uop::ConstRecord*>(base_ + record_.constants)[i] = {constant.kind, 0,
                                                                           payload};
    }
    record_.positionCount = static_cast<uint32_t>(positions_.size());
    record_.positions = reserve(positions_.size() * sizeof(uop::PositionEntry));
    if (!positions_.empty())
      std::memcpy(base_ + record_.positions, positions_.data(),
                  positions_.size() * sizeof(uop::PositionEntry));
  }

  std::string name_, file_ = "test.py";
  uop::CodeRecord record_;
  std::vector<Local> locals_;
  std::vector<Constant> constants_;
  std::vector<uop::PositionEntry> positions_;
  char* base_ = nullptr;
  size_t used_ = 0;
};

} // namespace pyc::rt::testing
