// string.templatelib: Template, its iterator, and Interpolation (PEP 750).
#include "runtime/objects/template.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/index_iterator.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <vector>

namespace pyc::rt {

namespace {

// Interpolation.

InterpolationObject* asInterpolation(Value value) {
  return value.as<InterpolationObject>();
}
bool isInterpolation(Value value) {
  return hasShape(value, kShapeInterpolation);
}

void deallocInterpolation(Object* self) {
  auto* interpolation = reinterpret_cast<InterpolationObject*>(self);
  decrefMaybe(interpolation->value);
  decrefMaybe(interpolation->expression);
  decrefMaybe(interpolation->conversion);
  decrefMaybe(interpolation->formatSpec);
  freeObject(self);
}
void traverseInterpolation(Object* self, Visitor& visitor) {
  if (Value value = reinterpret_cast<InterpolationObject*>(self)->value)
    visitor.visit(value);
}
void clearInterpolation(Object* self) {
  auto* interpolation = reinterpret_cast<InterpolationObject*>(self);
  decrefMaybe(std::exchange(interpolation->value, Value::none()));
}

Ref reprInterpolation(Value self) {
  InterpolationObject* interpolation = asInterpolation(self);
  return formatText("%s(%R, %R, %R, %R)", typeName(self), interpolation->value,
                    interpolation->expression, interpolation->conversion,
                    interpolation->formatSpec);
}

Ref reduceInterpolation(const Value* args) {
  InterpolationObject* interpolation = asInterpolation(args[0]);
  PYC_TRY(fields, tupleOf(interpolation->value, interpolation->expression,
                          interpolation->conversion, interpolation->formatSpec));
  return tupleOf(Value(&interpolationType.header), fields);
}

constinit ConstructorSignature
    kInterpolationSignature("Interpolation(value, expression='', conversion=None, format_spec='')");

bool isConversion(StrObject* text) {
  return text->length == 1 && (text->at(0) == 's' || text->at(0) == 'a' || text->at(0) == 'r');
}

Ref createInterpolation(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  constexpr const char* kName = "Interpolation";
  Value bound[4];
  if (!kInterpolationSignature.bind(args, argc, kwnames, bound))
    return {};
  auto [value, expression, conversion, formatSpec] = bound;
  expression = expression ? expression : Value(names::empty);
  conversion = conversion ? conversion : Value::none();
  formatSpec = formatSpec ? formatSpec : Value(names::empty);
  if (!isStr(expression))
    return raiseBadArgument(kName, "expression", "str", expression);
  if (!conversion.isNone()) {
    if (!isStr(conversion))
      return raiseBadArgument(kName, "conversion", "str", conversion);
    if (!isConversion(asStr(conversion)))
      return raise(valueErrorType,
                   "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
  }
  if (!isStr(formatSpec))
    return raiseBadArgument(kName, "format_spec", "str", formatSpec);
  return makeInterpolation(value, expression, conversion, formatSpec);
}

bool addMatchArgs(DictObject* dict) {
  Value parts[] = {names::value, internLiteral("expression"), internLiteral("conversion"),
                   internLiteral("format_spec")};
  Ref tuple = makeTuple(parts, std::size(parts));
  return tuple && dictSetStr(dict, names::__match_args__, tuple);
}

constexpr MethodDef kInterpolationMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceInterpolation},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};
constexpr MemberDef kInterpolationMembers[] = {
    {.name = "value", .offset = offsetof(InterpolationObject, value)},
    {.name = "expression", .offset = offsetof(InterpolationObject, expression)},
    {.name = "conversion", .offset = offsetof(InterpolationObject, conversion)},
    {.name = "format_spec", .offset = offsetof(InterpolationObject, formatSpec)},
};

// Template.

TemplateObject* asTemplate(Value value) {
  return value.as<TemplateObject>();
}

void deallocTemplate(Object* self) {
  auto* tmpl = reinterpret_cast<TemplateObject*>(self);
  decrefMaybe(tmpl->strings);
  decrefMaybe(tmpl->interpolations);
  freeObject(self);
}
void traverseTemplate(Object* self, Visitor& visitor) {
  auto* tmpl = reinterpret_cast<TemplateObject*>(self);
  for (Value part : {tmpl->strings, tmpl->interpolations}) {
    if (part)
      visitor.visit(part);
  }
}

Ref reprTemplate(Value self) {
  return formatText("%s(strings=%R, interpolations=%R)", typeName(self), asTemplate(self)->strings,
                    asTemplate(self)->interpolations);
}

/// Strings and interpolations in turn, adjoining strings joined.
class TemplateBuilder {
public:
  bool add(Value part) {
    if (isInterpolation(part)) {
      if (!endString())
        return false;
      interpolations_.push_back(Ref::copy(part));
      return true;
    }
    string_.append(part);
    return true;
  }
  Ref finish() {
    if (!endString())
      return {};
    PYC_TRY(strings, tupleFrom(strings_));
    PYC_TRY(interpolations, tupleFrom(interpolations_));
    return makeTemplate(strings, interpolations);
  }

private:
  bool endString() {
    Ref text = string_.finish();
    if (!text)
      return false;
    strings_.push_back(std::move(text));
    return true;
  }
  static Ref tupleFrom(std::vector<Ref>& parts) {
    PYC_TRY(tuple, newTuple(parts.size()));
    for (size_t i = 0; i < parts.size(); ++i)
      asTuple(tuple)->items()[i] = parts[i].release();
    return tuple;
  }

  StrBuilder string_;
  std::vector<Ref> strings_;
  std::vector<Ref> interpolations_;
};

Ref createTemplate(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count != 0)
    return raise(typeErrorType, "Template.__new__ only accepts *args arguments");
  TemplateBuilder builder;
  for (size_t i = 0; i < argc; ++i) {
    if (!isStr(args[i]) && !isInterpolation(args[i]))
      return raise(typeErrorType,
                   "Template.__new__ *args need to be of type 'str' or 'Interpolation', got %T",
                   args[i]);
    if (!builder.add(args[i]))
      return {};
  }
  return builder.finish();
}

bool addParts(TemplateBuilder& builder, TemplateObject* tmpl) {
  TupleObject* strings = asTuple(tmpl->strings);
  TupleObject* interpolations = asTuple(tmpl->interpolations);
  for (int64_t i = 0; i < strings->count; ++i) {
    if (!builder.add(strings->items()[i]) ||
        (i < interpolations->count && !builder.add(interpolations->items()[i])))
      return false;
  }
  return true;
}

Ref concat(Value lhs, Value rhs) {
  bool both = hasShape(lhs, kShapeTemplate) && hasShape(rhs, kShapeTemplate);
  if (!both && !hasShape(lhs, kShapeTemplate))
    return Ref::notImplemented();
  if (!both)
    return raise(typeErrorType,
                 "can only concatenate string.templatelib.Template (not \"%T\") to "
                 "string.templatelib.Template",
                 rhs);
  TemplateBuilder builder;
  if (!addParts(builder, asTemplate(lhs)) || !addParts(builder, asTemplate(rhs)))
    return {};
  return builder.finish();
}

Ref getValues(Value self) {
  TupleObject* interpolations = asTuple(asTemplate(self)->interpolations);
  PYC_TRY(values, newTuple(static_cast<size_t>(interpolations->count)));
  for (int64_t i = 0; i < interpolations->count; ++i)
    asTuple(values)->items()[i] =
        Ref::copy(asInterpolation(interpolations->items()[i])->value).release();
  return values;
}

/// (string.templatelib._template_unpickle, (strings, interpolations))
Ref reduceTemplate(const Value* args) {
  if (!moduleImporter)
    return raise(importErrorType, "no importer for string.templatelib");
  PYC_TRY(name, makeStr("string.templatelib"));
  PYC_TRY(module, moduleImporter(name.as<StrObject>()));
  PYC_TRY(function, getAttr(module, internLiteral("_template_unpickle")));
  PYC_TRY(parts, tupleOf(asTemplate(args[0])->strings, asTemplate(args[0])->interpolations));
  return tupleOf(function, parts);
}

constexpr MethodDef kTemplateMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceTemplate},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};
constexpr MemberDef kTemplateMembers[] = {
    {.name = "strings", .offset = offsetof(TemplateObject, strings)},
    {.name = "interpolations", .offset = offsetof(TemplateObject, interpolations)},
};
constexpr GetSetDef kTemplateGetSets[] = {{.name = "values", .get = getValues}};

// The iterator: strings that are not empty, and interpolations.

struct TemplateIterator {
  Object header;
  TemplateObject* source; // owned; null when exhausted
  int64_t index;          // of the next part, strings and interpolations counted in turn
};

Ref iterTemplate(Value self) {
  auto* iterator = reinterpret_cast<TemplateIterator*>(allocObject(&templateIteratorType));
  if (!iterator)
    return {};
  incref(self);
  iterator->source = asTemplate(self);
  return Ref::steal(iterator);
}

Ref nextPart(Value self) {
  auto* iterator = self.as<TemplateIterator>();
  if (!iterator->source)
    return {};
  TupleObject* strings = asTuple(iterator->source->strings);
  TupleObject* interpolations = asTuple(iterator->source->interpolations);
  while (iterator->index < strings->count + interpolations->count) {
    int64_t i = iterator->index++;
    if (i % 2 == 1)
      return Ref::copy(interpolations->items()[i / 2]);
    Value text = strings->items()[i / 2];
    if (asStr(text)->length != 0)
      return Ref::copy(text);
  }
  return finishIterator(iterator->source);
}
void deallocIterator(Object* self) {
  if (auto* source = reinterpret_cast<TemplateIterator*>(self)->source)
    decrefObject(&source->header);
  freeObject(self);
}
void traverseIterator(Object* self, Visitor& visitor) {
  if (auto* source = reinterpret_cast<TemplateIterator*>(self)->source)
    visitor.visit(source);
}

} // namespace

Ref makeInterpolation(Value value, Value expression, Value conversion, Value formatSpec) {
  auto* interpolation = reinterpret_cast<InterpolationObject*>(allocObject(&interpolationType));
  if (!interpolation)
    return {};
  interpolation->value = Ref::copy(value).release();
  interpolation->expression = Ref::copy(expression).release();
  interpolation->conversion = Ref::copy(conversion).release();
  interpolation->formatSpec = Ref::copy(formatSpec).release();
  return Ref::steal(interpolation);
}

Ref makeTemplate(Value strings, Value interpolations) {
  auto* tmpl = reinterpret_cast<TemplateObject*>(allocObject(&templateType));
  if (!tmpl)
    return {};
  tmpl->strings = Ref::copy(strings).release();
  tmpl->interpolations = Ref::copy(interpolations).release();
  return Ref::steal(tmpl);
}

constinit TypeObject interpolationType = {
    .name = "string.templatelib.Interpolation",
    .base = &objectType,
    .basicSize = sizeof(InterpolationObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kInterpolationMethods,
    .members = kInterpolationMembers,
    .doc = "An expression in a template string: its value, text, conversion and format spec.",
    .slots = {.dealloc = deallocInterpolation,
              .traverse = traverseInterpolation,
              .clear = clearInterpolation,
              .repr = reprInterpolation,
              .create = createInterpolation},
    .addConstants = addMatchArgs,
};

constinit TypeObject templateType = {
    .name = "string.templatelib.Template",
    .base = &objectType,
    .basicSize = sizeof(TemplateObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeConcat,
    .methods = kTemplateMethods,
    .getSets = kTemplateGetSets,
    .members = kTemplateMembers,
    .doc = "Template object",
    .slots = {.dealloc = deallocTemplate,
              .traverse = traverseTemplate,
              .repr = reprTemplate,
              .iter = iterTemplate,
              .create = createTemplate,
              .binary = {concat}},
};

constinit TypeObject templateIteratorType = {
    .name = "string.templatelib.TemplateIter",
    .basicSize = sizeof(TemplateIterator),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = deallocIterator,
              .traverse = traverseIterator,
              .iter = iterSelf,
              .next = nextPart},
};

} // namespace pyc::rt
