// The module `_io`: files, buffers, text. One io_<part>.cpp for each layer of a stream.
//
// Layers know each other's common cases: a buffer on an exact FileIO makes its system calls itself,
// and a text stream on an exact buffer reads and writes without calls of Python methods.
#pragma once

#include "runtime/objects/bytes.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

#include <string>

namespace pyc::rt {

constexpr int64_t kDefaultBufferSize = 128 * 1024;

// Types. They have fields of their own, then the attribute store.
extern TypeObject ioBaseType, rawIoBaseType, bufferedIoBaseType, textIoBaseType;
extern TypeObject fileIoType, bytesIoType, stringIoType;
extern TypeObject bufferedReaderType, bufferedWriterType, bufferedRandomType, bufferedPairType;
extern TypeObject textIoWrapperType, newlineDecoderType;
extern TypeObject unsupportedOperationType;

struct FileObject {
  Object header;
  int fd; // -1: closed
  bool created, readable, writable, appending, truncates, closesFd, finalizing;
  int8_t seekable; // -1: not known
  int32_t blockSize;
};
inline FileObject* asFile(Value value) {
  return value.as<FileObject>();
}

struct BufferedObject {
  Object header;
  Value raw;        // null: not initialised, or detached
  FileObject* file; // raw, when it is exactly a FileIO; else null
  char* data;
  int64_t size;
  // Either bytes that were read, [pos, readEnd), or bytes to be written, [0, writeEnd).
  int64_t pos, readEnd, writeEnd;
  bool readable, writable, busy, detached, finalizing;
};
inline BufferedObject* asBuffered(Value value) {
  return value.as<BufferedObject>();
}

struct TextObject {
  Object header;
  Value buffer;             // null: not initialised, or detached
  BufferedObject* buffered; // buffer, when it is exactly one of the three buffered types; else null
  Value encodingName, errorsName; // strs
  Value encoder, decoder; // incremental ones of the codecs module, for encodings that are not built
                          // in; or null
  Encoding encoding;
  ErrorMode errorMode;
  // Newlines. Reading: all kinds (translated to "\n" or not), or lineEnd alone; writing: "\n"
  // becomes writeEnd.
  bool universal, translate;
  char lineEnd[3], writeEnd[3]; // writeEnd empty: "\n" as it is
  bool lineBuffering, writeThrough, seekable;
  bool started; // something was written: no byte order mark any more
  bool telling; // tell() is possible: no iteration is under way
  bool readable, writable, finalizing;
  uint8_t newlinesSeen;  // of NewlineKind
  int64_t decoderFlags;  // of the decoder's state before `chunk`
  int64_t chunkSize;     // bytes to read at once, and to hold back at most
  int order, chunkOrder; // byte order of utf-16 and -32 found so far, and before `chunk`
  Value decoded;         // str read ahead, or null
  int64_t decodedUsed;   // code points of it that were given away
  std::string*
      undecoded;        // bytes read that made no character yet: an incomplete one, or a final "\r"
  std::string* chunk;   // the bytes that `decoded` was made of, for tell()
  std::string* pending; // encoded text, not given to the buffer yet
};
inline TextObject* asText(Value value) {
  return value.as<TextObject>();
}

enum NewlineKind : uint8_t { kNewlineLF = 1, kNewlineCR = 2, kNewlineCRLF = 4 };
/// The `newlines` attribute: None, a str, or a tuple of those seen.
Ref newlinesSeenValue(uint8_t kinds);
/// Adds the kinds of line ends in a text.
void noteNewlines(const StrObject* text, uint8_t& kinds);
/// The text with every line end as "\n".
Ref translateNewlines(StrObject* text);
/// End of the line that starts at `start` (behind its newline), or -1 when the text has none there.
/// `lineEnd` empty: any kind of newline.
int64_t findLineEnd(const StrObject* text, int64_t start, const char* lineEnd);

// What all layers use.

/// "I/O operation on closed file." when self.closed is true.
bool checkOpen(Value self);
/// Raises io.UnsupportedOperation.
Raised raiseUnsupported(const char* what);
/// self.closed by attribute.
bool isClosed(Value self, bool& closed);
/// close() of a stream on top of another that is open: flushes, and closes the lower one even when
/// that fails.
/// `finalizing`: nobody refers to the stream any more, which is worth a warning.
Ref closeThrough(Value self, Value lower, bool finalizing);
bool isFlagSet(Value self, StrObject* method, bool& result); // self.readable() and its like
/// The position argument of seek(), a size argument that may be None or -1.
bool readSize(Value value, int64_t& size);
bool readOffset(Value value, int64_t& offset);
/// Calls close() of a stream that goes away; an exception is unraisable.
void finalizeStream(Value self);
/// Puts back an exception that was taken off before more was done: as the context of what that
/// raised. `first` null: nothing to do.
void chainRaised(Ref first);
/// __getstate__ of streams on files.
Ref refusePickling(const Value* args);
/// raw._dealloc_warn(source): the warning that a file was left open.
void warnUnclosed(Value raw, Value source);

// __getstate__ and __setstate__ of the streams in memory.

/// A dict of the attributes that the program added, or None.
Ref attributesOf(Value self);
bool addAttributes(Value self, Value attributes, const char* which);
bool readPosition(Value value, const char* which, int64_t& position);

// FileIO.

/// A FileIO of a file descriptor.
Ref makeFile(int fd, bool readable, bool writable, bool closesFd, Value name);
/// Bytes read, 0 at the end, -1 with an exception, -2 when it would block.
int64_t fileRead(FileObject* file, char* to, int64_t size);
/// Bytes written, -1 with an exception, -2 when it would block.
int64_t fileWrite(FileObject* file, const char* from, int64_t size);
int64_t fileSeek(FileObject* file, int64_t offset, int whence); // -1 with an exception

// Buffers.

Ref makeBuffered(TypeObject& type, Value raw, int64_t size);
bool bufferedWrite(BufferedObject* self, std::string_view data);
bool bufferedFlush(BufferedObject* self);
/// Up to `size` bytes with at most one read of the raw stream; empty at the end. Null with an
/// exception.
Ref bufferedRead1(BufferedObject* self, int64_t size);
/// The bytes that are there, after at most one read: valid until the next operation. False with an
/// exception.
bool bufferedPeek(BufferedObject* self, std::string_view& data);
void bufferedSkip(BufferedObject* self, int64_t count);
inline bool isExactBuffered(Value value) {
  return value.isObject() &&
         (typeOf(value) == &bufferedReaderType || typeOf(value) == &bufferedWriterType ||
          typeOf(value) == &bufferedRandomType);
}

// Text.

struct TextOptions {
  Value encoding, errors, newline; // null or None: defaults
  bool lineBuffering = false;
  bool writeThrough = false;
};
Ref makeText(Value buffer, const TextOptions& options);
/// print()'s way in: false with an exception.
bool textWrite(TextObject* self, StrObject* text);
bool textFlush(TextObject* self);

/// The definition of open(), which is a function of builtins too.
const MethodDef& openDefinition();
/// io.open().
Ref openFile(Value file, Value mode, int64_t buffering, Value encoding, Value errors, Value newline,
             bool closeFd, Value opener);

// Tables of io_*.cpp that are shared.
inline constexpr uint32_t kStreamFlags =
    kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs;

} // namespace pyc::rt
