// The handler that stands in for every uop's while a profile is recorded.
#pragma once

#include "profiler/record/live.h"
#include "runtime/interp/frame.h"

namespace pyc::profile {

/// The counters of the frame's code, by word; made now if it is new.
LiveSite* sitesOf(rt::Frame* frame);

/// Counts a value whose key is not the slot's first one.
void noteNewType(LiveSlot& slot, TypeKey key, rt::Value value);

} // namespace pyc::profile
