// The interpreter's own start.
#pragma once

namespace pyc::rt {

/// Connects the interpreter with the objects that need it. Once, after initRuntime.
void initInterpreter();

} // namespace pyc::rt
