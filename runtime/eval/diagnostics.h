// The frontend's diagnostics as Python exceptions and warnings.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/source/source.h"

namespace pyc::rt {

/// Errors become exceptions, warnings are issued. False when something is raised.
bool raiseDiagnostics(const DiagnosticSink& sink, const Source& source);

} // namespace pyc::rt
