// Runs a program and waits for it.
#pragma once

#include <string>
#include <vector>

namespace pyc {

/// What a program reads on standard input, the same for each of several runs: a pipe is read to its
/// end once and kept. A terminal is the programs' own.
class SharedInput {
public:
  SharedInput();
  ~SharedInput();
  SharedInput(const SharedInput&) = delete;
  SharedInput& operator=(const SharedInput&) = delete;

  /// Makes it standard input, from its beginning. In a child.
  void use() const;

private:
  int fd_ = -1;
  long start_ = 0;
};

struct ChildResult {
  bool started = false;
  int status = 0; // of waitpid()
  double seconds = 0;

  bool succeeded() const { return started && status == 0; }
  /// "ended with status 3", "died of signal 11 (Segmentation fault)".
  std::string text() const;
};

/// `arguments[0]` is the program's path. `isSilent`: standard output is dropped.
ChildResult runChild(const std::vector<std::string>& arguments, const SharedInput& input,
                     bool isSilent);

} // namespace pyc
