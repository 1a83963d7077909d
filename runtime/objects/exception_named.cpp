// StopIteration, SystemExit, KeyError, AttributeError, NameError and ImportError: exceptions with a
// few fields.
#include "runtime/objects/dict.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

#include <iterator>

namespace pyc::rt {

namespace {

bool initStopIteration(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, kwnames))
    return false;
  setField(self.as<StopIterationObject>()->value, argc ? args[0] : Value());
  return true;
}

bool initSystemExit(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, kwnames))
    return false;
  Value code = argc == 1 ? args[0] : argc ? asException(self)->args : Value();
  setField(self.as<SystemExitObject>()->code, code);
  return true;
}

Ref strKeyError(Value self) {
  Value args = asException(self)->args;
  // The key as it would be typed: KeyError('') must not print as nothing.
  if (args && asTuple(args)->count == 1)
    return repr(asTuple(args)->items()[0]);
  return strException(self);
}

bool initAttributeError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, {}))
    return false;
  auto* error = self.as<AttributeErrorObject>();
  const char* const keywords[] = {"name", "obj"};
  Value* const fields[] = {&error->name, &error->obj};
  return takeKeywords(self, args + argc, kwnames, keywords, fields, 2);
}

bool initNameError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, {}))
    return false;
  const char* const keywords[] = {"name"};
  Value* const fields[] = {&self.as<NameErrorObject>()->name};
  return takeKeywords(self, args + argc, kwnames, keywords, fields, 1);
}

bool initImportError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, {}))
    return false;
  auto* error = self.as<ImportErrorObject>();
  const char* const keywords[] = {"name", "path", "name_from"};
  Value* const fields[] = {&error->name, &error->path, &error->nameFrom};
  for (Value* field : fields)
    setField(*field, Value());
  if (!takeKeywords(self, args + argc, kwnames, keywords, fields, std::size(fields)))
    return false;
  setField(error->msg, argc == 1 ? args[0] : Value());
  return true;
}

Ref strImportError(Value self) {
  Value message = self.as<ImportErrorObject>()->msg;
  return message && hasShape(message, kShapeStr) ? Ref::copy(message) : strException(self);
}

Ref reprImportError(Value self) {
  auto* error = self.as<ImportErrorObject>();
  if (!error->name && !error->path)
    return reprException(self);
  Value args = asException(self)->args;
  StrBuilder text;
  text.append(typeName(self));
  text.append("(");
  const char* separator = "";
  for (int64_t i = 0; args && i < asTuple(args)->count; i++) {
    PYC_TRY(item, formatText("%s%R", separator, asTuple(args)->items()[i]));
    text.append(item.get());
    separator = ", ";
  }
  if (error->name) {
    PYC_TRY(item, formatText("%sname=%R", separator, error->name));
    text.append(item.get());
    separator = ", ";
  }
  if (error->path) {
    PYC_TRY(item, formatText("%spath=%R", separator, error->path));
    text.append(item.get());
  }
  text.append(")");
  return text.finish();
}

/// A copy of the instance's attributes with the fields that are set; None when there is nothing.
Ref stateWith(Value self, std::initializer_list<std::pair<const char*, Value>> fields) {
  PYC_TRY(attributes, getAttr(self, names::__dict__));
  PYC_TRY(state, dictCopy(asDict(attributes)));
  for (const auto& [name, value] : fields)
    if (value && !dictSetStr(asDict(state), internLiteral(name), value))
      return {};
  return asDict(state)->count ? std::move(state) : Ref::none();
}

Ref stateOfImportError(Value self) {
  auto* error = self.as<ImportErrorObject>();
  return stateWith(self,
                   {{"name", error->name}, {"path", error->path}, {"name_from", error->nameFrom}});
}

Ref reduceImportError(const Value* args) {
  PYC_TRY(state, stateOfImportError(args[0]));
  Value arguments = asException(args[0])->args;
  Value type = Value(typeOf(args[0]));
  return state.isNone() ? tupleOf(type, arguments) : tupleOf(type, arguments, state.get());
}

// The object that lacks the attribute is not part of the state: it may not be picklable.
Ref stateOfAttributeError(Value self) {
  auto* error = self.as<AttributeErrorObject>();
  return stateWith(self, {{"name", error->name}, {"args", error->base.args}});
}

Ref getStateOfAttributeError(const Value* args) {
  return stateOfAttributeError(args[0]);
}

Ref reduceAttributeError(const Value* args) {
  PYC_TRY(state, stateOfAttributeError(args[0]));
  return tupleOf(Value(typeOf(args[0])), asException(args[0])->args, state.get());
}

const MemberDef kStopIterationMembers[] = {
    {"value", offsetof(StopIterationObject, value), MemberDef::NullIsNone,
     "generator return value"},
};
const MemberDef kSystemExitMembers[] = {
    {"code", offsetof(SystemExitObject, code), MemberDef::NullIsNone, "exception code"},
};
const MemberDef kAttributeErrorMembers[] = {
    {"name", offsetof(AttributeErrorObject, name), MemberDef::NullIsNone, "attribute name"},
    {"obj", offsetof(AttributeErrorObject, obj), MemberDef::NullIsNone, "object"},
};
const MethodDef kAttributeErrorMethods[] = {
    {"__getstate__($self, /)", getStateOfAttributeError},
    {"__reduce__($self, /)", reduceAttributeError},
};
const MemberDef kNameErrorMembers[] = {
    {"name", offsetof(NameErrorObject, name), MemberDef::NullIsNone, "name"},
};
const MemberDef kImportErrorMembers[] = {
    {"msg", offsetof(ImportErrorObject, msg), MemberDef::NullIsNone, "exception message"},
    {"name", offsetof(ImportErrorObject, name), MemberDef::NullIsNone, "module name"},
    {"path", offsetof(ImportErrorObject, path), MemberDef::NullIsNone, "module path"},
    {"name_from", offsetof(ImportErrorObject, nameFrom), MemberDef::NullIsNone,
     "name imported from module"},
};
const MethodDef kImportErrorMethods[] = {
    {"__reduce__($self, /)", reduceImportError},
};

using StopIterationFields = ExceptionFields<StopIterationObject, &StopIterationObject::value>;
using SystemExitFields = ExceptionFields<SystemExitObject, &SystemExitObject::code>;
using AttributeErrorFields =
    ExceptionFields<AttributeErrorObject, &AttributeErrorObject::obj, &AttributeErrorObject::name>;
using NameErrorFields = ExceptionFields<NameErrorObject, &NameErrorObject::name>;
using ImportErrorFields =
    ExceptionFields<ImportErrorObject, &ImportErrorObject::msg, &ImportErrorObject::name,
                    &ImportErrorObject::path, &ImportErrorObject::nameFrom>;

} // namespace

Ref stopIterationValue(Value exception) {
  return fieldOrNone(exception.as<StopIterationObject>()->value);
}

extern "C" constinit TypeObject stopIterationType = {
    .name = "StopIteration",
    .base = &exceptionType,
    .basicSize = sizeof(StopIterationObject),
    .flags = kExceptionFlags,
    .members = kStopIterationMembers,
    .doc = "Signal the end from iterator.__next__().",
    .slots = {.dealloc = StopIterationFields::dealloc,
              .traverse = StopIterationFields::traverse,
              .clear = StopIterationFields::clear,
              .init = initStopIteration},
};

extern "C" constinit TypeObject systemExitType = {
    .name = "SystemExit",
    .base = &baseExceptionType,
    .basicSize = sizeof(SystemExitObject),
    .flags = kExceptionFlags,
    .members = kSystemExitMembers,
    .doc = "Request to exit from the interpreter.",
    .slots = {.dealloc = SystemExitFields::dealloc,
              .traverse = SystemExitFields::traverse,
              .clear = SystemExitFields::clear,
              .init = initSystemExit},
};

extern "C" constinit TypeObject keyErrorType = {
    .name = "KeyError",
    .base = &lookupErrorType,
    .basicSize = sizeof(ExceptionObject),
    .flags = kExceptionFlags,
    .doc = "Mapping key not found.",
    .slots = {.str = strKeyError},
};

extern "C" constinit TypeObject attributeErrorType = {
    .name = "AttributeError",
    .base = &exceptionType,
    .basicSize = sizeof(AttributeErrorObject),
    .flags = kExceptionFlags,
    .methods = kAttributeErrorMethods,
    .members = kAttributeErrorMembers,
    .doc = "Attribute not found.",
    .slots = {.dealloc = AttributeErrorFields::dealloc,
              .traverse = AttributeErrorFields::traverse,
              .clear = AttributeErrorFields::clear,
              .init = initAttributeError},
};

extern "C" constinit TypeObject nameErrorType = {
    .name = "NameError",
    .base = &exceptionType,
    .basicSize = sizeof(NameErrorObject),
    .flags = kExceptionFlags,
    .members = kNameErrorMembers,
    .doc = "Name not found globally.",
    .slots = {.dealloc = NameErrorFields::dealloc,
              .traverse = NameErrorFields::traverse,
              .clear = NameErrorFields::clear,
              .init = initNameError},
};

extern "C" constinit TypeObject unboundLocalErrorType = {
    .name = "UnboundLocalError",
    .base = &nameErrorType,
    .basicSize = sizeof(NameErrorObject),
    .flags = kExceptionFlags,
    .doc = "Local name referenced but not bound to a value.",
};

extern "C" constinit TypeObject importErrorType = {
    .name = "ImportError",
    .base = &exceptionType,
    .basicSize = sizeof(ImportErrorObject),
    .flags = kExceptionFlags,
    .methods = kImportErrorMethods,
    .members = kImportErrorMembers,
    .doc = "Import can't find module, or can't find name in module.",
    .slots = {.dealloc = ImportErrorFields::dealloc,
              .traverse = ImportErrorFields::traverse,
              .clear = ImportErrorFields::clear,
              .repr = reprImportError,
              .str = strImportError,
              .init = initImportError},
};

extern "C" constinit TypeObject importCycleErrorType = {
    .name = "ImportCycleError",
    .base = &importErrorType,
    .basicSize = sizeof(ImportErrorObject),
    .flags = kExceptionFlags,
    .doc = "Import produces a cycle.",
};

extern "C" constinit TypeObject moduleNotFoundErrorType = {
    .name = "ModuleNotFoundError",
    .base = &importErrorType,
    .basicSize = sizeof(ImportErrorObject),
    .flags = kExceptionFlags,
    .doc = "Module not found.",
};

} // namespace pyc::rt
