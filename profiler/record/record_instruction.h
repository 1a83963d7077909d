// The handler that stands in for every uop's while a profile is recorded.
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::profile {

/// Counts the instruction at pc and looks at its registers.
void recordInstruction(const uint64_t* pc, rt::Value* regs, rt::Frame* frame);

} // namespace pyc::profile
