// Replacement texts, taken apart by re._parser.
#include "runtime/modules/sre_objects.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/module.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::sre {

namespace {

void dealloc(Object* self) {
  auto* parts = reinterpret_cast<TemplateObject*>(self);
  decrefMaybe(parts->literal);
  decrefMaybe(parts->parts);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* parts = reinterpret_cast<TemplateObject*>(self);
  if (parts->literal)
    visitor.visit(parts->literal);
  if (parts->parts)
    visitor.visit(parts->parts);
}

/// Groups as small ints; literals as they are.
bool checkParts(TupleObject* parts) {
  for (int64_t i = 0; i < parts->count; i += 2) {
    int64_t group = 0;
    if (!isInteger(parts->items()[i]))
      return raise(typeErrorType, "an integer is required");
    if (!sizeArg(parts->items()[i], group))
      return false;
    if (group < 0 || group > kMaxGroups)
      return raise(typeErrorType, "invalid template");
    setField(parts->items()[i], Value::fromInt(group));
  }
  return true;
}

} // namespace

Ref makeTemplate(const Value* args) {
  if (!isInstance(args[0], &patternType))
    return raise(typeErrorType, "template() argument 1 must be re.Pattern, not %T", args[0]);
  if (!isList(args[1]))
    return raise(typeErrorType, "template() argument 2 must be list, not %T", args[1]);
  PYC_TRY(items, listToTuple(asList(args[1])));
  int64_t count = asTuple(items)->count;
  if (count % 2 == 0)
    return raise(typeErrorType, "invalid template");
  PYC_TRY(parts, makeTuple(asTuple(items)->items() + 1, static_cast<size_t>(count - 1)));
  if (!checkParts(asTuple(parts)))
    return {};
  Object* object = allocObject(&templateType);
  if (!object)
    return {};
  auto* result = reinterpret_cast<TemplateObject*>(object);
  setField(result->literal, asTuple(items)->items()[0]);
  setField(result->parts, std::move(parts));
  return Ref::steal(object);
}

Ref compileTemplate(PatternObject* pattern, Value text) {
  PYC_TRY(module, moduleImporter(internLiteral("re")));
  PYC_TRY(function, getAttr(module, internLiteral("_compile_template")));
  Ref result = call(function, Value(pattern), text);
  // A bytes-like object that can't be hashed, and so not be a key of re's cache.
  if (!result && !isStr(text) && !isBytes(text) && hasBuffer(text) && catchRaised(typeErrorType)) {
    BytesLike buffer;
    if (!buffer.open(text))
      return {};
    PYC_TRY(copy, makeBytes(buffer.get()));
    result = call(function, Value(pattern), copy);
  }
  if (result && !isInstance(result, &templateType))
    return raise(typeErrorType, "re._compile_template() returned %T", result.get());
  return result;
}

bool expandTemplate(TemplateObject* parts, const int64_t* spans, int64_t groups, Joiner& out) {
  TupleObject* items = asTuple(parts->parts);
  if (!out.piece(parts->literal))
    return false;
  for (int64_t i = 0; i < items->count; i += 2) {
    int64_t group = items->items()[i].asInt();
    if (group >= groups)
      return raise(indexErrorType, "no such group");
    if (spans[2 * group] >= 0)
      out.slice(spans[2 * group], spans[2 * group + 1]);
    if (!out.piece(items->items()[i + 1]))
      return false;
  }
  return true;
}

constinit TypeObject templateType = {
    .name = "_sre.SRE_Template",
    .base = &objectType,
    .basicSize = sizeof(TemplateObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = dealloc, .traverse = traverse},
};

} // namespace pyc::rt::sre
