#include "runtime/modules/struct_sequence.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

TupleObject* newInstance(TypeObject& type, const StructSequenceDef& def) {
  Object* object = allocObject(&type, def.count);
  if (!object)
    return nullptr;
  auto* tuple = reinterpret_cast<TupleObject*>(object);
  tuple->count = def.visible;
  return tuple;
}

} // namespace

Ref makeStructSequence(TypeObject& type, const StructSequenceDef& def, Ref* values) {
  readyType(&type);
  TupleObject* tuple = newInstance(type, def);
  if (!tuple)
    return {};
  Ref result = Ref::steal(&tuple->header);
  for (uint32_t k = 0; k < def.count; ++k) {
    if (!values[k])
      return {};
    tuple->items()[k] = values[k].release();
  }
  return result;
}

Ref structSequenceFrom(TypeObject& type, const StructSequenceDef& def, Value sequence,
                       Value extra) {
  Ref items = sequenceTuple(sequence);
  if (!items) {
    if (!catchRaised(typeErrorType))
      return {};
    return raise(typeErrorType, "constructor requires a sequence");
  }
  int64_t given = asTuple(items)->count;
  if (given < def.visible || given > def.count) {
    const char* bound = def.visible == def.count ? "a"
                        : given < def.visible    ? "an at least"
                                                 : "an at most";
    return raise(typeErrorType, "%s() takes %s %d-sequence (%lld-sequence given)", type.name, bound,
                 static_cast<int>(given < def.visible ? def.visible : def.count),
                 static_cast<long long>(given));
  }
  readyType(&type);
  TupleObject* tuple = newInstance(type, def);
  if (!tuple)
    return {};
  Ref result = Ref::steal(&tuple->header);
  for (int64_t k = 0; k < def.count; ++k) {
    Value value = Value::none();
    if (k < given)
      value = asTuple(items)->items()[k];
    else if (extra && isDict(extra) && def.fields[k])
      if (Value found = dictFindStr(asDict(extra), internLiteral(def.fields[k])))
        value = found;
    tuple->items()[k] = Ref::copy(value).release();
  }
  return result;
}

Ref createStructSequence(TypeObject* type, const StructSequenceDef& def, const Value* args,
                         size_t argc, Value kwnames) {
  if (!def.constructible)
    return raise(typeErrorType, "cannot create '%s' instances", type->name);
  static ConstructorSignature signature("structseq(sequence, dict=None)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  return structSequenceFrom(*type, def, bound[0], bound[1]);
}

void deallocStructSequence(Object* self, const StructSequenceDef& def) {
  Value* items = reinterpret_cast<TupleObject*>(self)->items();
  for (uint32_t k = 0; k < def.count; ++k)
    decrefMaybe(items[k]);
  freeObject(self);
}

void traverseStructSequence(Object* self, const StructSequenceDef& def, Visitor& visitor) {
  const Value* items = reinterpret_cast<const TupleObject*>(self)->items();
  for (uint32_t k = 0; k < def.count; ++k)
    if (items[k])
      visitor.visit(items[k]);
}

Ref reprStructSequence(Value self, const StructSequenceDef& def) {
  StrBuilder out;
  out.append(typeOf(self)->name);
  out.append("(");
  for (uint32_t k = 0; k < def.visible; ++k) {
    PYC_TRY(text, repr(asTuple(self)->items()[k]));
    if (k)
      out.append(", ");
    out.append(def.named(k));
    out.append("=");
    out.append(text.get());
  }
  out.append(")");
  return out.finish();
}

Ref reduceStructSequence(Value self, const StructSequenceDef& def) {
  const Value* items = asTuple(self)->items();
  PYC_TRY(visible, makeTuple(items, def.visible));
  PYC_TRY(extra, newDict());
  for (uint32_t k = def.visible; k < def.count; ++k)
    if (!dictSetStr(asDict(extra), internLiteral(def.fields[k]), items[k]))
      return {};
  PYC_TRY(arguments, tupleOf(visible, extra));
  return tupleOf(Value(&typeOf(self)->header), arguments);
}

Ref replaceStructFields(const StructSequenceDef& def, const Value* args, size_t argc,
                        Value kwnames) {
  if (argc != 1)
    return raise(typeErrorType, "__replace__() takes no positional arguments");
  if (def.unnamed)
    return raise(typeErrorType,
                 "__replace__() is not supported for %s because it has unnamed field(s)",
                 typeOf(args[0])->name);
  TypeObject& type = *typeOf(args[0]);
  TupleObject* tuple = newInstance(type, def);
  if (!tuple)
    return {};
  Ref result = Ref::steal(&tuple->header);
  for (uint32_t k = 0; k < def.count; ++k)
    tuple->items()[k] = Ref::copy(asTuple(args[0])->items()[k]).release();
  PYC_TRY(unknown, newList(0));
  int64_t changes = kwnames ? asTuple(kwnames)->count : 0;
  for (int64_t i = 0; i < changes; ++i) {
    Value name = asTuple(kwnames)->items()[i];
    uint32_t k = 0;
    while (k < def.count && !strEquals(asStr(name), def.fields[k]))
      ++k;
    if (k < def.count)
      setField(tuple->items()[k], args[1 + i]);
    else if (!listAppend(asList(unknown), name))
      return {};
  }
  if (asList(unknown)->count)
    return raise(typeErrorType, "Got unexpected field name(s): %R", unknown.get());
  return result;
}

bool addStructSequenceConstants(DictObject* dict, const StructSequenceDef& def) {
  auto add = [&](const char* name, int64_t value) {
    return dictSetStr(dict, internLiteral(name), Value::fromInt(value));
  };
  uint32_t named = def.visible - def.unnamed;
  PYC_TRY(visible, newTuple(named));
  for (uint32_t k = 0; k < named; ++k)
    asTuple(visible)->items()[k] = internLiteral(def.fields[k]);
  return add("n_fields", def.count) && add("n_sequence_fields", def.visible) &&
         add("n_unnamed_fields", def.unnamed) &&
         dictSetStr(dict, internLiteral("__match_args__"), visible);
}

} // namespace pyc::rt
