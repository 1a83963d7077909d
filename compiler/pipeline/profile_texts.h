// Texts that a program compiles while it runs, as modules of the program.
#pragma once

#include "compiler/pipeline/module_graph.h"
#include "profiler/format/profile.h"

namespace pyc {

/// Compiles the profile's texts as the program will and adds them to its modules. A text that the
/// frontend has something to say about, an error or a warning, is left to the run time, which is to
/// say it.
void addTexts(const profile::Profile& profile, ModuleGraph& graph);

} // namespace pyc
