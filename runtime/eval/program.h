// A program's life: start, the main module, the end.
#pragma once

namespace pyc::rt {

struct NativeProgram;

/// main() of an executable: runs its `__main__` module. The result is the process's exit status.
int runMain(const NativeProgram* program, int argc, char** argv);
/// `pyc run FILE ARGS...`: argv[0] is the file.
int runScript(int argc, char** argv);

} // namespace pyc::rt
