// A code image as text, for people and for tests: registers by the names of their locals (t3 is a
// temporary), constants and names in place, jump targets as labels.
#pragma once

#include "dialects/uop/image.h"

#include <string>

namespace pyc::uop {

struct DisassembleOptions {
  bool offsets = false;   // the word offset of each instruction
  bool positions = false; // line and columns of each instruction
  bool depths = false;    // temporaries in use before each instruction
};

/// All code objects of the image, outer before inner. The image has to be a valid one.
std::string disassemble(ImageView image, const DisassembleOptions& options = {});
std::string disassemble(ImageView image, const CodeRecord& code,
                        const DisassembleOptions& options = {});

/// A constant as Python's repr() shows it.
std::string constantText(ImageView image, const ConstRecord& constant);

} // namespace pyc::uop
