// A program's life: start, the main module, the end.
#pragma once

#include <span>

namespace pyc::rt {

struct NativeProgram;
struct BuiltinModule;
struct ProgramHooks;

/// main() of an executable: runs its `__main__` module. The result is the process's exit status.
int runMain(const NativeProgram* program, int argc, char** argv);
/// `pyc run FILE ARGS...`: argv[0] is the file. `builtins`: the C++ modules that it may import.
/// `hooks` or null: see runtime/abi/native.h.
int runScript(std::span<const BuiltinModule> builtins, int argc, char** argv,
              const ProgramHooks* hooks = nullptr);

} // namespace pyc::rt
