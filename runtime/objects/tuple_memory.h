// Memory of tuples that have died. Internal to tuple.cpp and tuple_type.cpp.
#pragma once

#include "runtime/objects/tuple.h"

namespace pyc::rt {

/// The end of an exact tuple, whose items are released. The memory of a short one waits for the
/// next of its length: loops that pair things up make and drop one after the other.
void freeTuple(TupleObject* tuple);

/// Drops a reference to a tuple; an exact one that nobody else has ends without a detour.
void releaseTuple(TupleObject* tuple);

} // namespace pyc::rt
