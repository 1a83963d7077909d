// Cells: variables that functions share.
#include "runtime/objects/function.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

Ref createCell(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("cell(contents=None, /)");
  Value content;
  return signature.bind(args, argc, kwnames, &content) ? makeCell(content) : Ref();
}

Ref reprCell(Value self) {
  auto address = static_cast<unsigned long long>(self.bits());
  Ref content = Ref::copy(asCell(self)->content);
  if (!content)
    return formatText("<cell at 0x%llx: empty>", address);
  return formatText("<cell at 0x%llx: %T object at 0x%llx>", address, content.get(),
                    static_cast<unsigned long long>(content.get().bits()));
}

/// By contents; an empty cell comes first.
Ref compareCells(Value self, Value other, CompareOp op) {
  if (!hasShape(other, kShapeCell))
    return Ref::notImplemented();
  Ref a = Ref::copy(asCell(self)->content);
  Ref b = Ref::copy(asCell(other)->content);
  if (a && b)
    return compare(op, a, b);
  return compare(op, Value::fromInt(a ? 1 : 0), Value::fromInt(b ? 1 : 0));
}

Ref getContents(Value self) {
  if (Value content = asCell(self)->content)
    return Ref::copy(content);
  return raise(valueErrorType, "Cell is empty");
}

bool setContents(Value self, Value value) {
  setField(asCell(self)->content, value);
  return true;
}

void traverseCell(Object* self, Visitor& visitor) {
  if (asCell(self)->content)
    visitor.visit(asCell(self)->content);
}

void clearCell(Object* self) {
  clearField(asCell(self)->content);
}

void deallocCell(Object* self) {
  clearCell(self);
  freeObject(self);
}

const GetSetDef kGetSets[] = {{"cell_contents", getContents, setContents}};

} // namespace

Ref makeCell(Value content) {
  Ref result = Ref::steal(allocObject(&cellType));
  if (result)
    setField(asCell(result)->content, content);
  return result;
}

extern "C" constinit TypeObject cellType = {
    .name = "cell",
    .basicSize = sizeof(CellObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .getSets = kGetSets,
    .doc = "Create a new cell object.\n\n"
           "  contents\n"
           "    the contents of the cell. If not specified, the cell will be empty,\n"
           "    and \n further attempts to access its cell_contents attribute will\n"
           "    raise a ValueError.",
    .slots = {.dealloc = deallocCell,
              .traverse = traverseCell,
              .clear = clearCell,
              .repr = reprCell,
              .compare = compareCells,
              .create = createCell},
};

} // namespace pyc::rt
