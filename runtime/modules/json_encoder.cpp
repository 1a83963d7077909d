// `_json.make_encoder`: Python objects become JSON texts.
#include "runtime/modules/json_text.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/float.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

#include <charconv>
#include <cmath>

namespace pyc::rt::json {

namespace {

enum class Quoting : uint8_t { Ascii, Any, ByCall };

struct EncoderObject {
  Object header;
  Value markers, defaultFunction, encoder, indent, keySeparator, itemSeparator;
  Value sortKeys, skipKeys; // bools
  bool allowNan;
  Quoting quoting; // what `encoder` is known to do

  void each(auto f) {
    for (Value* value : {&markers, &defaultFunction, &encoder, &indent, &keySeparator,
                         &itemSeparator, &sortKeys, &skipKeys})
      f(*value);
  }
};

class Writer {
public:
  Writer(EncoderObject* encoder, StrBuilder& out) : e_(encoder), out_(out) {}
  bool value(Value object, int64_t level);

private:
  bool number(Value object);
  bool real(double number, Value shown);
  bool string(Value text);
  bool array(Value sequence, int64_t level);
  bool mapping(Value dict, int64_t level);
  bool members(Value dict, int64_t level);
  bool member(Value key, Value object, Value dict, bool& isFirst, int64_t level);
  bool keyText(Value key, bool& isSkipped, Ref& text);
  bool other(Value object, int64_t level);
  bool enter(Value object, Ref& marker);
  bool leave(Value marker);
  void newLine(int64_t level);
  static void note(const char* format, auto... args);

  EncoderObject* e_;
  StrBuilder& out_;
};

/// Adds a note to the exception being raised: where in the data it happened.
void Writer::note(const char* format, auto... args) {
  Ref raised = takeRaised();
  Ref text = formatText(format, args...);
  if (text && callMethod(raised, names::add_note, text))
    restoreRaised(std::move(raised));
}

/// Nothing is done with an object that is being written already.
bool Writer::enter(Value object, Ref& marker) {
  if (e_->markers.isNone())
    return true;
  marker = makeIntUnsigned(object.bits());
  Value found;
  if (!marker || !dictFind(asDict(e_->markers), marker, found))
    return false;
  if (found)
    return raise(valueErrorType, "Circular reference detected");
  return dictSet(asDict(e_->markers), marker, object);
}

bool Writer::leave(Value marker) {
  if (e_->markers.isNone())
    return true;
  bool removed;
  if (!dictRemove(asDict(e_->markers), marker, removed))
    return false;
  return removed || static_cast<bool>(raiseKeyError(marker));
}

void Writer::newLine(int64_t level) {
  out_.appendChar('\n');
  for (int64_t i = 0; i < level; ++i)
    out_.append(e_->indent);
}

bool Writer::real(double number, Value shown) {
  if (!std::isfinite(number)) {
    if (!e_->allowNan)
      return raise(valueErrorType, "Out of range float values are not JSON compliant: %R", shown);
    out_.append(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    return true;
  }
  std::string text;
  appendFloatRepr(text, number);
  out_.append(text);
  return true;
}

bool Writer::number(Value object) {
  if (object.isInt()) {
    char text[24];
    auto end = std::to_chars(text, text + sizeof text, object.asInt()).ptr;
    out_.append(std::string_view(text, static_cast<size_t>(end - text)));
    return true;
  }
  PYC_TRY(text, intToStr(object));
  out_.append(text);
  return true;
}

bool Writer::string(Value text) {
  if (e_->quoting != Quoting::ByCall) {
    appendQuoted(out_, asStr(text), e_->quoting == Quoting::Ascii);
    return true;
  }
  PYC_TRY(encoded, call(e_->encoder, text));
  if (!isStr(encoded))
    return raise(typeErrorType, "encoder() must return a string, not %T", encoded.get());
  out_.append(encoded);
  return true;
}

bool Writer::value(Value object, int64_t level) {
  if (object.isNone()) {
    out_.append("null");
    return true;
  }
  if (object.isBool()) {
    out_.append(object.isTrue() ? "true" : "false");
    return true;
  }
  if (isStr(object))
    return string(object);
  if (isInteger(object))
    return number(object);
  if (isFloat(object))
    return real(floatValue(object), object);
  if (isList(object) || isTuple(object))
    return array(object, level);
  if (isAnyDict(object))
    return mapping(object, level);
  return other(object, level);
}

bool Writer::array(Value sequence, int64_t level) {
  if (!checkRecursion(" while encoding a JSON object"))
    return false;
  // Subclasses say themselves what is in them.
  Ref list = isExactList(sequence) || isExactTuple(sequence) ? Ref::copy(sequence)
                                                             : sequenceList(sequence);
  if (!list)
    return false;
  int64_t count = isList(list) ? asList(list)->count : asTuple(list)->count;
  if (count == 0) {
    out_.append("[]");
    return true;
  }
  Ref marker;
  if (!enter(sequence, marker))
    return false;
  out_.appendChar('[');
  int64_t inner = level;
  if (!e_->indent.isNone())
    newLine(++inner);
  int64_t i = 0;
  bool done = forEach(list, [&](Value item) -> bool {
    if (i > 0) {
      out_.append(e_->itemSeparator);
      if (!e_->indent.isNone())
        newLine(inner);
    }
    if (!value(item, inner)) {
      note("when serializing %T item %lld", sequence, static_cast<long long>(i));
      return false;
    }
    ++i;
    return true;
  });
  if (!done || !leave(marker))
    return false;
  if (!e_->indent.isNone())
    newLine(level);
  out_.appendChar(']');
  return true;
}

/// The text that a key is written as; nothing is one in the text of a bool or None.
bool Writer::keyText(Value key, bool& isSkipped, Ref& text) {
  if (isStr(key)) {
    text = Ref::copy(key);
  } else if (key.isNone() || key.isBool()) {
    text = makeStrAscii(key.isNone() ? "null" : key.isTrue() ? "true" : "false");
  } else if (isInteger(key)) {
    text = intToStr(key);
  } else if (isFloat(key)) {
    StrBuilder builder;
    if (!Writer(e_, builder).real(floatValue(key), key))
      return false;
    text = builder.finish();
  } else if (e_->skipKeys.isTrue()) {
    isSkipped = true;
    return true;
  } else {
    return raise(typeErrorType, "keys must be str, int, float, bool or None, not %T", key);
  }
  return static_cast<bool>(text);
}

bool Writer::member(Value key, Value object, Value dict, bool& isFirst, int64_t level) {
  bool isSkipped = false;
  Ref text;
  if (!keyText(key, isSkipped, text))
    return false;
  if (isSkipped)
    return true;
  if (!isFirst)
    out_.append(e_->itemSeparator);
  isFirst = false;
  if (!e_->indent.isNone())
    newLine(level);
  if (!string(text))
    return false;
  out_.append(e_->keySeparator);
  if (value(object, level))
    return true;
  note("when serializing %T item %R", dict, key);
  return false;
}

/// The members of `dict`; those of subclasses as their items() says.
bool Writer::members(Value dict, int64_t level) {
  bool isFirst = true;
  if (isExactDict(dict) && !e_->sortKeys.isTrue()) {
    int64_t position = 0;
    Value key, object;
    while (dictNext(asDict(dict), position, key, object)) {
      Ref keptKey = Ref::copy(key), keptObject = Ref::copy(object);
      if (!member(key, object, dict, isFirst, level))
        return false;
    }
  } else {
    PYC_TRY(view, callMethod(dict, names::items));
    PYC_TRY(list, sequenceList(view));
    if (e_->sortKeys.isTrue() && !listSort(asList(list), {}, false))
      return false;
    bool done = forEach(list, [&](Value item) -> bool {
      if (!isTuple(item) || asTuple(item)->count != 2)
        return raise(valueErrorType, "items must return 2-tuples");
      return member(asTuple(item)->items()[0], asTuple(item)->items()[1], dict, isFirst, level);
    });
    if (!done)
      return false;
  }
  if (!isFirst && !e_->indent.isNone())
    newLine(level - 1);
  return true;
}

bool Writer::mapping(Value dict, int64_t level) {
  if (!checkRecursion(" while encoding a JSON object"))
    return false;
  if (asDict(dict)->count == 0) {
    out_.append("{}");
    return true;
  }
  Ref marker;
  if (!enter(dict, marker))
    return false;
  out_.appendChar('{');
  if (!members(dict, e_->indent.isNone() ? level : level + 1) || !leave(marker))
    return false;
  out_.appendChar('}');
  return true;
}

/// What JSON has no form for: what `default` makes of it.
bool Writer::other(Value object, int64_t level) {
  Ref marker;
  if (!enter(object, marker))
    return false;
  PYC_TRY(made, call(e_->defaultFunction, object));
  if (!checkRecursion(" while encoding a JSON object"))
    return false;
  if (!value(made, level)) {
    note("when serializing %T object", object);
    return false;
  }
  return leave(marker);
}

// The type.

void dealloc(Object* self) {
  reinterpret_cast<EncoderObject*>(self)->each([](Value& value) { decrefMaybe(value); });
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  reinterpret_cast<EncoderObject*>(self)->each([&](Value& value) {
    if (value)
      visitor.visit(value);
  });
}

void clear(Object* self) {
  reinterpret_cast<EncoderObject*>(self)->each(
      [](Value& value) { setField(value, Value::none()); });
}

Quoting quotingOf(Value encoder) {
  if (!hasShape(encoder, builtinFunctionType.rootShape))
    return Quoting::ByCall;
  const MethodDef* def = encoder.as<BuiltinFunctionObject>()->def;
  return def->bound == encodeBaseStringAscii ? Quoting::Ascii
         : def->bound == encodeBaseString    ? Quoting::Any
                                             : Quoting::ByCall;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, "
      "skipkeys, allow_nan)");
  Value bound[9];
  bool sortKeys = false, skipKeys = false, allowNan = false;
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  for (int i : {4, 5})
    if (!isStr(bound[i]))
      return raiseBadArgument("make_encoder", i + 1, "str", bound[i]);
  if (!truth(bound[6], sortKeys) || !truth(bound[7], skipKeys) || !truth(bound[8], allowNan))
    return {};
  if (!bound[0].isNone() && !isDict(bound[0]))
    return raiseBadArgument("make_encoder", 1, "dict or None", bound[0]);
  Ref self = Ref::steal(allocObject(type));
  if (!self)
    return {};
  auto* encoder = self.as<EncoderObject>();
  setField(encoder->markers, bound[0]);
  setField(encoder->defaultFunction, bound[1]);
  setField(encoder->encoder, bound[2]);
  setField(encoder->indent, bound[3]);
  setField(encoder->keySeparator, bound[4]);
  setField(encoder->itemSeparator, bound[5]);
  setField(encoder->sortKeys, Value::fromBool(sortKeys));
  setField(encoder->skipKeys, Value::fromBool(skipKeys));
  encoder->allowNan = allowNan;
  encoder->quoting = quotingOf(bound[2]);
  return self;
}

Ref callSlot(Value callee, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("_iterencode(obj, _current_indent_level)");
  Value bound[2];
  int64_t level = 0;
  if (!signature.bind(args, argc, kwnames, bound) || !sizeArg(bound[1], level))
    return {};
  auto* encoder = callee.as<EncoderObject>();
  if (!encoder->indent.isNone() && !isStr(encoder->indent))
    return raise(typeErrorType, "can only concatenate str (not \"%T\") to str", encoder->indent);
  level = level < 0 ? 0 : level;
  StrBuilder out;
  if (!Writer(encoder, out).value(bound[0], level))
    return {};
  PYC_TRY(text, out.finish());
  return tupleOf(text.get());
}

constexpr MemberDef kMembers[] = {
    {"markers", offsetof(EncoderObject, markers), MemberDef::ReadOnly, "markers"},
    {"default", offsetof(EncoderObject, defaultFunction), MemberDef::ReadOnly, "default"},
    {"encoder", offsetof(EncoderObject, encoder), MemberDef::ReadOnly, "encoder"},
    {"indent", offsetof(EncoderObject, indent), MemberDef::ReadOnly, "indent"},
    {"key_separator", offsetof(EncoderObject, keySeparator), MemberDef::ReadOnly, "key_separator"},
    {"item_separator", offsetof(EncoderObject, itemSeparator), MemberDef::ReadOnly,
     "item_separator"},
    {"sort_keys", offsetof(EncoderObject, sortKeys), MemberDef::ReadOnly, "sort_keys"},
    {"skipkeys", offsetof(EncoderObject, skipKeys), MemberDef::ReadOnly, "skipkeys"},
};

} // namespace

constinit TypeObject encoderType = {
    .name = "_json.Encoder",
    .base = &objectType,
    .basicSize = sizeof(EncoderObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .members = kMembers,
    .doc = "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, "
           "skipkeys, allow_nan)",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .call = callSlot,
              .create = create},
};

} // namespace pyc::rt::json
