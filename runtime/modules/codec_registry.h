// The registry of codecs and error handlers: what `_codecs` shows and what str.encode(), open() and
// the like ask when a codec is not built in. It exists once and is filled by the package
// `encodings`, which is imported when a codec is first asked for.
#pragma once

#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// Connects codecs.h with the registry.
void installCodecRegistry();

/// codecs.register(search): the function is asked after those that are there.
bool registerCodecSearch(Value search);
bool unregisterCodecSearch(Value search);
/// codecs.lookup(): the codec's tuple. LookupError.
Ref lookUpCodec(Value encoding);
/// codecs.encode() and codecs.decode(): errors may be null.
Ref encodeObject(Value object, Value encoding, Value errors);
Ref decodeObject(Value object, Value encoding, Value errors);

/// codecs.register_error() and so on.
bool registerErrorHandler(Value name, Value handler);
Ref lookUpErrorHandler(Value name);
bool unregisterErrorHandler(Value name, bool& wasThere);
/// Adds the handlers that are always there to a dict.
bool addErrorHandlers(DictObject* handlers);
/// Whether the name is one of theirs.
bool isBuiltinErrorHandler(Value name);

/// An encoding's name with words of letters and digits joined by single underscores; dots stay.
Ref normalEncodingName(StrObject* name);

} // namespace pyc::rt
