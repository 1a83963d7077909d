// str.format and format_map (PEP 3101): replacement fields with names, conversions and nested
// specs.
#include "runtime/objects/dict.h"
#include "runtime/objects/format_spec.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str_methods.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// A stretch of the format string.
struct Part {
  const StrObject* str = nullptr;
  int64_t start = 0, stop = 0;

  int64_t length() const { return stop - start; }
  bool isEmpty() const { return start >= stop; }
  uint32_t at(int64_t i) const { return str->at(start + i); }
  Ref text() const { return strSlice(const_cast<StrObject*>(str), start, stop); }
};

/// The number that the part is, -1 when it is none; -2 with ValueError.
int64_t parseIndex(const Part& part) {
  if (part.isEmpty())
    return -1;
  int64_t value = 0;
  for (int64_t i = 0; i < part.length(); ++i) {
    uint32_t digit = part.at(i) - '0';
    if (digit > 9)
      return -1;
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, static_cast<int64_t>(digit), &value)) {
      raise(valueErrorType, "Too many decimal digits in format string");
      return -2;
    }
  }
  return value;
}

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

/// One replacement field.
struct Field {
  Part name;
  uint32_t conversion = 0; // 0: none
  Part spec;
  bool specHasFields = false;
};

class Formatter {
public:
  /// `args` is a tuple, or null in format_map; `mapping` may be null.
  Formatter(Value args, Value mapping) : args_(args), mapping_(mapping) {}

  Ref format(const Part& part, int depth) {
    if (depth == 0)
      return raise(valueErrorType, "Max string recursion exceeded");
    StrBuilder out;
    out.reserve(part.length() + 16);
    return formatInto(out, part, depth) ? out.finish() : Ref();
  }

private:
  bool formatInto(StrBuilder& out, const Part& part, int depth) {
    Part rest = part;
    while (!rest.isEmpty()) {
      bool hasField;
      Field field;
      if (!readLiteral(out, rest, hasField))
        return false;
      if (hasField && !(readField(rest, field) && formatField(out, field, depth)))
        return false;
    }
    return true;
  }

  /// Copies up to the next field, or up to and with one doubled brace.
  static bool readLiteral(StrBuilder& out, Part& rest, bool& hasField) {
    hasField = false;
    int64_t i = rest.start;
    uint32_t c = 0;
    while (i < rest.stop && (c = rest.str->at(i)) != '{' && c != '}')
      ++i;
    out.append(rest.str, rest.start, i);
    rest.start = i;
    if (i == rest.stop)
      return true;
    bool doubled = i + 1 < rest.stop && rest.str->at(i + 1) == c;
    if (doubled) {
      out.appendChar(c);
      rest.start = i + 2;
      return true;
    }
    if (c == '}' || i + 1 == rest.stop)
      return raise(valueErrorType, "Single '%c' encountered in format string", static_cast<int>(c));
    rest.start = i + 1;
    hasField = true;
    return true;
  }

  /// Reads a field behind its opening brace.
  static bool readField(Part& rest, Field& field) {
    field.name = rest;
    uint32_t c;
    if (!readName(rest, c))
      return false;
    field.name.stop = rest.start - 1;
    if (c == '}')
      return true;
    if (c != '!' && c != ':') {
      field.name.stop = rest.start;
      return raise(valueErrorType, "expected '}' before end of string");
    }
    if (c == '!') {
      if (rest.isEmpty())
        return raise(valueErrorType, "end of string while looking for conversion specifier");
      field.conversion = rest.str->at(rest.start++);
      if (!rest.isEmpty()) {
        c = rest.str->at(rest.start++);
        if (c == '}')
          return true;
        if (c != ':')
          return raise(valueErrorType, "expected ':' after conversion specifier");
      }
    }
    return readSpec(rest, field);
  }

  /// Up to and with the character that ends the name; `end` is 0 when the string ends first.
  static bool readName(Part& rest, uint32_t& end) {
    while (!rest.isEmpty()) {
      end = rest.str->at(rest.start++);
      if (end == '{')
        return raise(valueErrorType, "unexpected '{' in field name");
      if (end == '}' || end == ':' || end == '!')
        return true;
      if (end == '[') {
        while (!rest.isEmpty() && rest.str->at(rest.start) != ']')
          ++rest.start;
      }
    }
    end = 0;
    return true;
  }

  static bool readSpec(Part& rest, Field& field) {
    field.spec = rest;
    for (int depth = 1; !rest.isEmpty();) {
      uint32_t c = rest.str->at(rest.start++);
      if (c == '{') {
        field.specHasFields = true;
        ++depth;
      } else if (c == '}' && --depth == 0) {
        field.spec.stop = rest.start - 1;
        return true;
      }
    }
    return raise(valueErrorType, "unmatched '{' in format spec");
  }

  bool formatField(StrBuilder& out, const Field& field, int depth) {
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
  Ref evaluate(const Part& name) {
    Part first = name;
    first.stop = first.start;
    while (first.stop < name.stop) {
      uint32_t c = name.str->at(first.stop);
      if (c == '.' || c == '[')
        break;
      ++first.stop;
    }
    Ref object = argument(first);
    Part rest = {name.str, first.stop, name.stop};
    while (object && !rest.isEmpty())
      object = step(object, rest);
    return object;
  }

  Ref argument(const Part& name) {
    int64_t index = parseIndex(name);
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
  static Ref step(Value object, Part& rest) {
    uint32_t c = rest.str->at(rest.start++);
    if (c != '.' && c != '[')
      return raise(valueErrorType, "Only '.' or '[' may follow ']' in format field specifier");
    Part key = {rest.str, rest.start, rest.start};
    while (key.stop < rest.stop) {
      uint32_t next = rest.str->at(key.stop);
      if (c == '[' ? next == ']' : next == '.' || next == '[')
        break;
      ++key.stop;
    }
    if (c == '[' && key.stop == rest.stop)
      return raise(valueErrorType, "Missing ']' in format string");
    rest.start = key.stop + (c == '[');
    int64_t index = c == '[' ? parseIndex(key) : -1;
    if (index == -2)
      return {};
    if (key.isEmpty())
      return raise(valueErrorType, "Empty attribute in format string");
    if (index >= 0) {
      PYC_TRY(number, makeInt(index));
      return getItem(object, number);
    }
    PYC_TRY(text, key.text());
    return c == '[' ? getItem(object, text) : getAttr(object, text.as<StrObject>());
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
  return formatStr(asStr(args[0]), asStr(args[1]));
}

} // namespace str_methods
} // namespace pyc::rt
