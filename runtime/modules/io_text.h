// What the two halves of TextIOWrapper (io_text.cpp, io_text_read.cpp) share.
#pragma once

#include "runtime/modules/import_system.h"
#include "runtime/modules/io.h"

namespace pyc::rt {

bool requireAttached(TextObject* self);
bool requireOpenText(TextObject* self);
/// Gives encoded text to the buffer.
bool flushPendingText(TextObject* self);
/// Forgets what was read ahead.
bool dropDecoded(TextObject* self);

/// Decodes bytes; *used says how many made characters (all of them when final).
Ref decodeBytes(TextObject* self, std::string_view bytes, bool final, int64_t* used);
/// Bytes that "\r" takes at the end of an encoded text.
int64_t returnWidth(Encoding encoding);

Ref textReadMethod(const Value* args);
Ref textReadlineMethod(const Value* args);
Ref textNextSlot(Value self);
Ref textSeekMethod(const Value* args);
Ref textTellMethod(const Value* args);

} // namespace pyc::rt
