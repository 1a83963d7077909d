// File names: between Python's strs and the system's bytes (UTF-8 with surrogateescape).
#pragma once

#include "runtime/memory/refcount.h"

#include <string>
#include <string_view>

namespace pyc::rt {

/// os.fspath(): a str or bytes object; TypeError for anything else.
Ref fileSystemPath(Value path);
/// The bytes of a path-like object for a system call. ValueError when it has a NUL in it.
bool fileSystemEncode(Value path, std::string& out);
/// A str of bytes from the system.
Ref fileSystemDecode(std::string_view bytes);

} // namespace pyc::rt
