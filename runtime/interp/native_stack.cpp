#include "runtime/interp/native_stack.h"

#include <mutex>
#include <unordered_map>
#include <unwind.h>
#include <vector>

// Where the return address lies next to the caller's memory, and frames have fixed sizes.
#if defined(__x86_64__) && !__has_feature(address_sanitizer) && !__has_feature(memory_sanitizer)
#define PYC_FIXED_FRAMES 1
#else
#define PYC_FIXED_FRAMES 0
#endif

namespace pyc::rt {

namespace {

using Visit = std::function<bool(uintptr_t, uintptr_t)>;

_Unwind_Reason_Code visitFrame(_Unwind_Context* context, void* visit) {
  bool isGoingOn =
      (*static_cast<const Visit*>(visit))(_Unwind_GetIP(context), _Unwind_GetCFA(context));
  return isGoingOn ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/// By the tables that compilers write for exceptions; a microsecond a frame.
void unwind(const Visit& visit) {
  _Unwind_Backtrace(visitFrame, const_cast<Visit*>(&visit));
}

#if PYC_FIXED_FRAMES

/// The sizes of frames by the address that their function goes on at. It is always the same:
/// neither the runtime nor compiled code allocates stack memory of variable size, and no function
/// of a foreign library calls back. (The sanitizers' code does the former.) So what the unwinder
/// found once needs no unwinder again.
class FrameSizes {
public:
  /// 0: unknown, kLast: there is no frame further out. A walk goes by the same few places again and
  /// again, so each thread remembers some without a lock.
  uintptr_t find(uintptr_t address) {
    static thread_local Known known[kKnown];
    Known& place = known[address % kKnown];
    if (place.address == address)
      return place.size;
    uintptr_t size = findShared(address);
    if (size != 0)
      place = {address, size};
    return size;
  }

  /// The sizes of all frames that are there now.
  void learn() {
    std::lock_guard guard(lock_);
    uintptr_t inner = 0, innerBottom = 0;
    unwind([&](uintptr_t address, uintptr_t bottom) {
      if (inner)
        sizes_[inner] = bottom - innerBottom;
      inner = address;
      innerBottom = bottom;
      return true;
    });
    sizes_[inner] = kLast;
  }

  static constexpr uintptr_t kLast = UINTPTR_MAX;

private:
  struct Known {
    uintptr_t address, size;
  };
  static constexpr size_t kKnown = 251; // a prime: addresses have patterns

  uintptr_t findShared(uintptr_t address) {
    std::lock_guard guard(lock_);
    auto found = sizes_.find(address);
    return found == sizes_.end() ? 0 : found->second;
  }

  std::mutex lock_;
  std::unordered_map<uintptr_t, uintptr_t> sizes_;
};

FrameSizes& frameSizes() {
  static FrameSizes sizes;
  return sizes;
}

#endif

} // namespace

#if PYC_FIXED_FRAMES

[[gnu::noinline]] void walkNativeStack(const Visit& visit) {
  // This function's frame: the caller's frame pointer, the return address, the caller's memory.
  auto* frame = static_cast<const uintptr_t*>(__builtin_frame_address(0));
  uintptr_t address = frame[1];
  auto bottom = reinterpret_cast<uintptr_t>(frame + 2);
  while (visit(address, bottom)) {
    uintptr_t size = frameSizes().find(address);
    if (size == 0) {
      frameSizes().learn();
      size = frameSizes().find(address);
    }
    if (size == 0 || size == FrameSizes::kLast)
      return;
    bottom += size;
    address = reinterpret_cast<const uintptr_t*>(bottom)[-1];
  }
}

#else

void walkNativeStack(const Visit& visit) {
  unwind(visit);
}

#endif

} // namespace pyc::rt
