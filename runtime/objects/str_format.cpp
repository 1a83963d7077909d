// str.format and format_map (PEP 3101): replacement fields with names, conversions and nested
// specs.
#include "runtime/objects/dict.h"
#include "runtime/objects/format_fields.h"
#include "runtime/objects/format_spec.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str_methods.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// Whether fields are numbered by hand or by themselves; one for a whole call.
struct Numbering {
  enum : uint8_t { Open, Automatic, Manual } state = Open;
  int64_t next = 0;

  bool enter(bool automatic) {
    auto wanted = automatic ? Automatic : Manual;
    if (state == Open)
      state = wanted;
    if (state == wanted)
      return true;
    return state == Manual
               ? raise(valueErrorType, "cannot switch from manual field specification to automatic "
                                       "field numbering")
               : raise(valueErrorType, "cannot switch from automatic field numbering to manual "
                                       "field specification");
  }
};

class Formatter {
public:
  /// `args` is a tuple, or null in format_map; `mapping` may be null.
  Formatter(Value args, Value mapping) : args_(args), mapping_(mapping) {}

  Ref format(const FormatPart& part, int depth) {
    if (depth == 0)
      return raise(valueErrorType, "Max string recursion exceeded");
    StrBuilder out;
    out.reserve(part.length() + 16);
    return formatInto(out, part, depth) ? out.finish() : Ref();
  }

private:
  bool formatInto(StrBuilder& out, const FormatPart& part, int depth) {
    FormatPart rest = part;
    while (!rest.isEmpty()) {
      bool hasField;
      FormatField field;
      if (!readFormatLiteral(out, rest, hasField))
        return false;
      if (hasField && !(readFormatField(rest, field) && formatField(out, field, depth)))
        return false;
    }
    return true;
  }

  bool formatField(StrBuilder& out, const FormatField& field, int depth) {
    Ref value = evaluate(field.name);
    if (value && field.conversion != 0)
      value = convert(value, field.conversion);
    if (!value)
      return false;
    Ref spec = field.spec.isEmpty()  ? newRef(names::empty)
               : field.specHasFields ? format(field.spec, depth - 1)
                                     : field.spec.text();
    if (!spec)
      return false;
    Ref text = pyc::rt::format(value, spec);
    if (!text)
      return false;
    out.append(text.get());
    return true;
  }

  static Ref convert(Value value, uint32_t conversion) {
    switch (conversion) {
    case 'r':
      return repr(value);
    case 's':
      return str(value);
    case 'a':
      return ascii(value);
    default:
      if (conversion > 32 && conversion < 127)
        return raise(valueErrorType, "Unknown conversion specifier %c",
                     static_cast<int>(conversion));
      return raise(valueErrorType, "Unknown conversion specifier \\x%x", conversion);
    }
  }

  /// The object that a field's name stands for: "0.attr[key]".
  Ref evaluate(const FormatPart& name) {
    FormatPart first = firstOfName(name);
    Ref object = argument(first);
    FormatPart rest = {name.str, first.stop, name.stop};
    while (object && !rest.isEmpty())
      object = step(object, rest);
    return object;
  }

  Ref argument(const FormatPart& name) {
    int64_t index = parseFieldIndex(name);
    if (index == -2)
      return {};
    if (name.isEmpty() || index >= 0) {
      if (!numbering_.enter(name.isEmpty()))
        return {};
      if (name.isEmpty())
        index = numbering_.next++;
    }
    if (index < 0) {
      PYC_TRY(key, name.text());
      return named(key);
    }
    if (!args_)
      return raise(valueErrorType, "Format string contains positional fields");
    TupleObject* args = asTuple(args_);
    if (index >= args->count)
      return raise(indexErrorType, "Replacement index %lld out of range for positional args tuple",
                   static_cast<long long>(index));
    return Ref::copy(args->items()[index]);
  }

  Ref named(Value key) {
    if (!mapping_)
      return raiseKeyError(key);
    if (args_ && isDict(mapping_)) { // keyword arguments
      Ref value;
      if (!dictGet(asDict(mapping_), key, value))
        return {};
      return value ? std::move(value) : Ref(raiseKeyError(key));
    }
    return getItem(mapping_, key);
  }

  /// One attribute or index; `rest` is what is left of the name.
  static Ref step(Value object, FormatPart& rest) {
    FieldStep step;
    if (!readFieldStep(rest, step))
      return {};
    PYC_TRY(key, step.index >= 0 ? makeInt(step.index) : step.key.text());
    return step.isAttribute ? getAttr(object, key.as<StrObject>()) : getItem(object, key);
  }

  Value args_;
  Value mapping_;
  Numbering numbering_;
};

constexpr int kMaxDepth = 2;

} // namespace

namespace str_methods {

Ref format(const Value* args) {
  StrObject* str = asStr(args[0]);
  return Formatter(args[1], args[2]).format({str, 0, str->length}, kMaxDepth);
}

Ref formatMap(const Value* args) {
  StrObject* str = asStr(args[0]);
  return Formatter(Value(), args[1]).format({str, 0, str->length}, kMaxDepth);
}

Ref dunderFormat(const Value* args) {
  if (!strArg("__format__", 0, args[1]))
    return {};
  if (asStr(args[1])->length == 0)
    return str(args[0]); // a subclass's own __str__
  return formatStr(asStr(args[0]), asStr(args[1]));
}

} // namespace str_methods
} // namespace pyc::rt
