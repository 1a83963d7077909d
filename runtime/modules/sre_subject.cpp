#include "runtime/modules/sre_objects.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::sre {

bool Subject::open(TextKind kind, Value string) {
  string_ = string;
  isStr_ = pyc::rt::isStr(string);
  if (isStr_) {
    StrObject* str = asStr(string);
    data_ = str->data();
    width_ = str->width();
    length_ = str->length;
  } else {
    if (!buffer_.open(string)) {
      clearRaised();
      return raise(typeErrorType, "expected string or bytes-like object, got '%T'", string);
    }
    data_ = buffer_.data();
    length_ = buffer_.size();
  }
  if (kind == TextKind::Str && !isStr_)
    return raise(typeErrorType, "cannot use a string pattern on a bytes-like object");
  if (kind == TextKind::Bytes && isStr_)
    return raise(typeErrorType, "cannot use a bytes pattern on a string-like object");
  return true;
}

void Subject::clip(int64_t& pos, int64_t& endpos) const {
  pos = pos < 0 ? 0 : pos > length_ ? length_ : pos;
  endpos = endpos < 0 ? 0 : endpos > length_ ? length_ : endpos;
}

void Subject::give(Matching& matching, int64_t endpos) const {
  matching.text = data_;
  matching.width = width_;
  matching.length = endpos;
}

/// What lies outside (the buffer may have become shorter since) is left out.
Ref Subject::slice(int64_t start, int64_t stop) const {
  if (stop > length_)
    stop = length_;
  if (start > stop)
    start = stop;
  if (isStr_)
    return strSlice(asStr(string_), start, stop);
  if (hasShape(string_, kShapeBytes) && start == 0 && stop == length_)
    return Ref::copy(string_);
  return makeBytes(
      buffer_.get().substr(static_cast<size_t>(start), static_cast<size_t>(stop - start)));
}

bool Scope::open(PatternObject* pattern, Value string, Value posArgument, Value endposArgument) {
  if (!sizeArg(posArgument, pos) || !sizeArg(endposArgument, endpos) ||
      !subject.open(pattern->compiled->kind, string))
    return false;
  subject.clip(pos, endpos);
  return true;
}

void Joiner::slice(int64_t start, int64_t stop) {
  ++count_;
  if (subject_.isStr())
    text_.append(asStr(subject_.string()), start, stop);
  else
    bytes_.append(reinterpret_cast<const char*>(subject_.bytes()) + start,
                  static_cast<size_t>(stop - start));
}

/// False with an exception that has nothing to do with the value's type.
bool Joiner::piece(Value value) {
  int64_t place = count_++;
  if (badPlace_ >= 0)
    return true;
  if (subject_.isStr()) {
    if (isStr(value)) {
      text_.append(value);
      return true;
    }
  } else {
    BytesLike buffer;
    if (buffer.open(value)) {
      bytes_.append(buffer.get());
      return true;
    }
    if (!catchRaised(typeErrorType) && !catchRaised(bufferErrorType))
      return false;
  }
  badPlace_ = place;
  bad_ = Ref::copy(value);
  return true;
}

Ref Joiner::finish() {
  if (badPlace_ >= 0)
    return raise(typeErrorType,
                 subject_.isStr() ? "sequence item %lld: expected str instance, %T found"
                                  : "sequence item %lld: expected a bytes-like object, %T found",
                 static_cast<long long>(badPlace_), bad_.get());
  return subject_.isStr() ? text_.finish() : makeBytes(bytes_);
}

} // namespace pyc::rt::sre
