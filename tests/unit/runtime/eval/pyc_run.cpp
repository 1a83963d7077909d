// pyc-run FILE ARGS...: runs a program in the interpreter, without the compiler's part of pyc.
#include "runtime/eval/program.h"
#include "runtime/modules/registry.h"

int main(int argc, char** argv) {
  return pyc::rt::runScript(pyc::rt::allBuiltinModules(), argc - 1, argv + 1);
}
