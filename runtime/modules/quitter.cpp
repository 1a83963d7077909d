// builtins.exit and builtins.quit.
#include "runtime/modules/builtins.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

struct QuitterObject {
  Object header;
  Value name, eof; // how to call it, and the key that ends the input
};

QuitterObject* asQuitter(Value value) {
  return value.as<QuitterObject>();
}

void dealloc(Object* self) {
  decrefMaybe(asQuitter(self)->name);
  decrefMaybe(asQuitter(self)->eof);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  for (Value part : {asQuitter(self)->name, asQuitter(self)->eof})
    if (part)
      visitor.visit(part);
}

Ref makeQuitter(TypeObject* type, Value name, Value eof) {
  readyType(type);
  Object* object = allocObject(type);
  if (!object)
    return {};
  asQuitter(object)->name = Ref::copy(name).release();
  asQuitter(object)->eof = Ref::copy(eof).release();
  return Ref::steal(object);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("Quitter(name, eof)");
  Value bound[2];
  return signature.bind(args, argc, kwnames, bound) ? makeQuitter(type, bound[0], bound[1]) : Ref();
}

Ref repr(Value self) {
  return formatText("Use %S() or %S to exit", asQuitter(self)->name, asQuitter(self)->eof);
}

/// Shells listen for the end of their input where they catch SystemExit.
void closeStandardInput() {
  Ref input = systemValue("stdin");
  Ref closed = input ? callMethod(input, internLiteral("close")) : Ref();
  if (!closed)
    clearRaised();
}

Ref callQuitter(Value, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("Quitter.__call__(code=None)");
  Value code;
  if (!signature.bind(args, argc, kwnames, &code))
    return {};
  closeStandardInput();
  return raiseWith(systemExitType, code ? code : Value::none());
}

constexpr MemberDef kMembers[] = {
    {"name", offsetof(QuitterObject, name), MemberDef::Writable},
    {"eof", offsetof(QuitterObject, eof), MemberDef::Writable},
};

constinit TypeObject quitterType = {
    .name = "_sitebuiltins.Quitter",
    .base = &objectType,
    .basicSize = sizeof(QuitterObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .members = kMembers,
    .doc = "Quitter(name, eof)\n--\n\nEnds the program when it is called.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .repr = repr,
              .call = callQuitter,
              .create = create},
};

} // namespace

bool addQuitters(ModuleObject* module) {
  PYC_TRY(eof, makeStr("Ctrl-D (i.e. EOF)"));
  for (const char* name : {"exit", "quit"})
    if (!addValue(module, name, makeQuitter(&quitterType, internLiteral(name), eof)))
      return false;
  return true;
}

} // namespace pyc::rt
