// The command lines of pyc's commands, read by Boost.Program_options.
#pragma once

#include <boost/program_options.hpp>

#include <string>
#include <vector>

namespace pyc {

/// One command's options and the arguments that are none.
class CommandLine {
public:
  /// `usage`: the first line of the help, "usage: pyc profile diff OLD NEW" for example.
  CommandLine(std::string command, const std::string& usage);

  boost::program_options::options_description& options() { return options_; }
  /// Reads the arguments. False when the command ends here, with `status`: help was printed, or an
  /// error.
  bool read(const std::vector<std::string>& arguments, int& status);

  bool has(const char* option) const { return values_.count(option) != 0; }
  template <class T> const T& get(const char* option) const { return values_[option].as<T>(); }
  const std::vector<std::string>& inputs() const { return inputs_; }

private:
  std::string command_;
  boost::program_options::options_description options_;
  boost::program_options::variables_map values_;
  std::vector<std::string> inputs_;
};

/// The executable's name for a program's file, in the current folder.
std::string defaultOutput(const std::string& input);

} // namespace pyc
