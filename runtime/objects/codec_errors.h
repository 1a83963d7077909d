// The error handlers of the codecs. A codec calls them for each stretch that it can't translate.
#pragma once

#include "runtime/objects/codecs.h"

namespace pyc::rt {

/// What a decoder does with bytes that it can't decode.
class DecodeErrors {
public:
  /// Everything is borrowed for the length of the decoding.
  DecodeErrors(const char* encoding, std::string_view data, const ErrorHandling& errors,
               StrBuilder& out)
      : encoding_(encoding), data_(data), errors_(errors), out_(out) {}

  /// Deals with data[start, end): writes what stands for it and returns the place to go on at, or
  /// -1 with an exception.
  int64_t handle(int64_t start, int64_t end, const char* reason);

private:
  int64_t raiseError(int64_t start, int64_t end, const char* reason);
  int64_t escapeSurrogates(int64_t start, int64_t end, const char* reason);
  int64_t passSurrogate(int64_t start, int64_t end, const char* reason);
  int64_t callHandler(int64_t start, int64_t end, const char* reason);

  const char* encoding_;
  std::string_view data_;
  const ErrorHandling& errors_;
  StrBuilder& out_;
};

/// What an encoder does with code points that it can't encode.
class EncodeErrors {
public:
  EncodeErrors(const char* encoding, StrObject* str, const ErrorHandling& errors)
      : encoding_(encoding), str_(str), errors_(errors) {}

  /// Deals with str[start, end). The replacement is either text (to be encoded by the encoder) or
  /// bytes (to be written as they are); returns the place to go on at, or -1 with an exception.
  int64_t handle(int64_t start, int64_t end, const char* reason);

  bool hasBytes() const { return hasBytes_; }
  const std::string& bytes() const { return bytes_; }
  StrObject* text() const { return text_.as<StrObject>(); }
  /// The error itself, where a replacement can't be encoded either.
  int64_t raiseError(int64_t start, int64_t end, const char* reason);

private:
  int64_t replaceEach(int64_t start, int64_t end);
  int64_t escapeSurrogates(int64_t start, int64_t end, const char* reason);
  int64_t passSurrogates(int64_t start, int64_t end, const char* reason);
  int64_t callHandler(int64_t start, int64_t end, const char* reason);

  const char* encoding_;
  StrObject* str_;
  const ErrorHandling& errors_;
  bool hasBytes_ = false;
  std::string bytes_;
  Ref text_;
};

} // namespace pyc::rt
