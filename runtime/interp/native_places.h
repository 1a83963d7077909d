// Which Python functions run at a return address in native code, by the tables of its modules.
#pragma once

#include "runtime/objects/code.h"

namespace pyc::rt {

struct NativeProgram;

/// Before the program begins; null for one that has no native code.
void setNativeProgram(const NativeProgram* program);

/// A call in the code of one function, which may be inlined into that of another.
class NativePlace {
public:
  /// The innermost function that runs where `address` is returned to. False for addresses that are
  /// not in native code, or where it has handed its frame over to the interpreter.
  bool find(uintptr_t address);
  /// The function that the last one's call is in. False when it was the outermost.
  bool findCaller();

  CodeObject* code() const { return code_; }
  /// The call's instruction, or one of the same line.
  uint32_t word() const;

private:
  bool take();

  const struct NativeModule* module_ = nullptr;
  const struct CallPlace* place_ = nullptr;
  CodeObject* code_ = nullptr;
};

} // namespace pyc::rt
