// main() of every executable that pyc builds.

#include "runtime/abi/native.h"
#include "runtime/eval/program.h"

int main(int argc, char** argv) {
  return pyc::rt::runMain(&pyc::rt::pycProgram, argc, argv);
}
