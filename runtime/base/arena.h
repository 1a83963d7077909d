// A bump allocator: many small objects with one lifetime, freed together. Nothing allocated here
// has its destructor run, so only trivially destructible types may live in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace pyc {

/// Not thread-safe. Moving an arena keeps every address valid.
class Arena {
public:
  Arena() = default;
  Arena(Arena&& other) noexcept { swap(other); }
  Arena& operator=(Arena&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Arena() { release(); }

  /// Uninitialised storage of `size` bytes; `align` is a power of two, at most 16.
  void* allocate(size_t size, size_t align) {
    uintptr_t start = (cursor_ + align - 1) & ~(uintptr_t(align) - 1);
    if (__builtin_expect(start + size > end_ || start < cursor_, false)) {
      grow(size + align);
      start = (cursor_ + align - 1) & ~(uintptr_t(align) - 1);
    }
    cursor_ = start + size;
    return reinterpret_cast<void*>(start);
  }

  template <class T, class... Args> T* create(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
  }

  /// A copy of `items` that lives as long as the arena.
  template <class T> std::span<T> copy(std::span<T const> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty())
      return {};
    void* storage = allocate(items.size_bytes(), alignof(T));
    std::memcpy(storage, items.data(), items.size_bytes());
    return {static_cast<T*>(storage), items.size()};
  }

  std::string_view copy(std::string_view text) {
    auto bytes = copy(std::span<const char>(text.data(), text.size()));
    return {bytes.data(), bytes.size()};
  }

  size_t reservedBytes() const { return reserved_; }

private:
  struct Block {
    Block* next;
  };
  static constexpr size_t kFirstBlock = 4096;
  static constexpr size_t kLargestBlock = 256 * 1024;

  void grow(size_t needed) {
    size_t size = reserved_ == 0 ? kFirstBlock : reserved_;
    size = size > kLargestBlock ? kLargestBlock : size;
    if (size < needed + sizeof(Block) + 16)
      size = needed + sizeof(Block) + 16;
    auto* block = static_cast<Block*>(::operator new(size));
    block->next = blocks_;
    blocks_ = block;
    reserved_ += size;
    cursor_ = reinterpret_cast<uintptr_t>(block + 1);
    end_ = reinterpret_cast<uintptr_t>(block) + size;
  }

  void release() {
    while (blocks_) {
      Block* next = blocks_->next;
      ::operator delete(blocks_);
      blocks_ = next;
    }
  }

  void swap(Arena& other) {
    std::swap(cursor_, other.cursor_);
    std::swap(end_, other.end_);
    std::swap(blocks_, other.blocks_);
    std::swap(reserved_, other.reserved_);
  }

  uintptr_t cursor_ = 0;
  uintptr_t end_ = 0;
  Block* blocks_ = nullptr;
  size_t reserved_ = 0;
};

} // namespace pyc
