// The module _string: format strings taken apart, for string.Formatter.
#include "runtime/modules/itertools_parts.h"
#include "runtime/objects/format_fields.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

/// An iterator over a part of a str that is left to read.
struct PartIteratorObject {
  Object header;
  Value text;
  int64_t start, stop;
  void each(auto f) { f(text); }

  FormatPart rest() const { return {asStr(text), start, stop}; }
};

extern TypeObject formatIteratorType, nameIteratorType;

Ref makePartIterator(TypeObject& type, const FormatPart& part) {
  readyType(&type);
  auto* iterator = allocIterator<PartIteratorObject>(&type);
  if (!iterator)
    return {};
  iterator->text = Ref::copy(Value(part.str)).release();
  iterator->start = part.start;
  iterator->stop = part.stop;
  return Ref::steal(iterator);
}

/// (literal, field name, spec, conversion) of the next field; None where there is no field.
Ref nextField(Value self) {
  auto* iterator = self.as<PartIteratorObject>();
  FormatPart rest = iterator->rest();
  if (rest.isEmpty())
    return {};
  StrBuilder literal;
  bool hasField;
  FormatField field;
  if (!readFormatLiteral(literal, rest, hasField) || (hasField && !readFormatField(rest, field)))
    return {};
  iterator->start = rest.start;
  PYC_TRY(text, literal.finish());
  if (!hasField)
    return tupleOf(text.get(), Value::none(), Value::none(), Value::none());
  PYC_TRY(name, field.name.text());
  PYC_TRY(spec, field.spec.isEmpty() ? newRef(names::empty) : field.spec.text());
  PYC_TRY(conversion, field.conversion ? makeStrChar(field.conversion) : Ref::none());
  return tupleOf(text.get(), name.get(), spec.get(), conversion.get());
}

/// (is an attribute, name or number) of the next step.
Ref nextStep(Value self) {
  auto* iterator = self.as<PartIteratorObject>();
  FormatPart rest = iterator->rest();
  FieldStep step;
  if (rest.isEmpty() || !readFieldStep(rest, step))
    return {};
  iterator->start = rest.start;
  PYC_TRY(key, step.index >= 0 ? makeInt(step.index) : step.key.text());
  return tupleOf(Value::fromBool(step.isAttribute), key.get());
}

constexpr TypeObject internalIterator(const char* name, UnaryFn next) {
  TypeObject type = iteratorType<PartIteratorObject>(name, nullptr, next, nullptr);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew;
  return type;
}

constinit TypeObject formatIteratorType = internalIterator("formatteriterator", nextField);
constinit TypeObject nameIteratorType = internalIterator("fieldnameiterator", nextStep);

bool takeText(Value argument, FormatPart& part) {
  if (!isStr(argument))
    return raise(typeErrorType, "expected str, got %T", argument);
  part = {asStr(argument), 0, asStr(argument)->length};
  return true;
}

Ref parseFormat(const Value* args) {
  FormatPart part;
  return takeText(args[0], part) ? makePartIterator(formatIteratorType, part) : Ref();
}

Ref splitName(const Value* args) {
  FormatPart name;
  if (!takeText(args[0], name))
    return {};
  FormatPart first = firstOfName(name);
  int64_t index = parseFieldIndex(first);
  if (index == -2)
    return {};
  PYC_TRY(head, index >= 0 ? makeInt(index) : first.text());
  name.start = first.stop;
  PYC_TRY(steps, makePartIterator(nameIteratorType, name));
  return tupleOf(head.get(), steps.get());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "formatter_parser(object, /)",
     .bound = parseFormat,
     .doc = "The fields of a format string: (literal before it, name, spec, conversion)."},
    {.signature = "formatter_field_name_split(object, /)",
     .bound = splitName,
     .doc = "The first part of a field's name, and an iterator over (is an attribute, key)."},
};

} // namespace

bool fillModule__string(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "What string.Formatter shares with str.format().");
}

} // namespace pyc::rt
