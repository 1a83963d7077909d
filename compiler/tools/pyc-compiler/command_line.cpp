#include "compiler/tools/pyc-compiler/command_line.h"

#include "compiler/tools/pyc-compiler/profile.h"

#include <iostream>

namespace po = boost::program_options;

namespace pyc {

CommandLine::CommandLine(std::string command, const std::string& usage)
    : command_(std::move(command)), options_(usage) {}

bool CommandLine::read(const std::vector<std::string>& arguments, int& status) {
  options_.add_options()("help,h", "show this text");
  po::options_description all;
  all.add(options_).add_options()("input", po::value<std::vector<std::string>>(&inputs_));
  po::positional_options_description positional;
  positional.add("input", -1);
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(positional).run(),
              values_);
    po::notify(values_);
  } catch (const po::error& error) {
    status = profileUsageError(command_, error.what());
    return false;
  }
  if (!has("help"))
    return true;
  std::cout << options_;
  status = 0;
  return false;
}

std::string defaultOutput(const std::string& input) {
  std::string name = input.substr(input.rfind('/') + 1);
  size_t dot = name.rfind(".py");
  return dot != std::string::npos && dot != 0 && dot + 3 == name.size() ? name.substr(0, dot)
                                                                        : name + ".out";
}

} // namespace pyc
