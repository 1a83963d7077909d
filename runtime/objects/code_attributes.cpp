// The attributes and methods of code objects.
#include "dialects/uop/hints.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/code_internal.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <cstring>
#include <mimalloc.h>
#include <vector>

namespace pyc::rt {

namespace {

const uop::CodeRecord& recordOf(Value self) {
  return *asCode(self)->record;
}

Ref getArgumentCount(Value self) {
  return makeInt(recordOf(self).argumentCount);
}
Ref getPositionalOnlyCount(Value self) {
  return makeInt(recordOf(self).positionalOnlyCount);
}
Ref getKeywordOnlyCount(Value self) {
  return makeInt(recordOf(self).keywordOnlyCount);
}
Ref getStackSize(Value self) {
  return makeInt(recordOf(self).temporaryCount);
}
Ref getFirstLine(Value self) {
  return makeInt(recordOf(self).firstLine);
}
Ref getName(Value self) {
  return Ref::copy(Value(asCode(self)->name));
}
Ref getQualifiedName(Value self) {
  return Ref::copy(Value(asCode(self)->qualifiedName));
}
Ref getFileName(Value self) {
  return Ref::copy(Value(asCode(self)->fileName));
}

constexpr uint32_t kOwnFlags = uop::kCodeClassBody | uop::kCodeModule | uop::kCodeHints;

/// The flags that Python knows.
Ref getFlags(Value self) {
  return makeInt(recordOf(self).flags & ~kOwnFlags);
}

Ref getConstants(Value self) {
  CodeObject* code = asCode(self);
  return prepareCode(code) ? makeTuple(code->constants, code->record->constantCount) : Ref();
}

Ref tupleOfNames(StrObject* const* names, size_t count) {
  std::vector<Value> values(names, names + count);
  return makeTuple(values.data(), count);
}

Ref getNames(Value self) {
  CodeObject* code = asCode(self);
  return prepareCode(code) ? tupleOfNames(code->names, code->record->nameCount) : Ref();
}

enum class LocalGroup { Variables, Cells, Free };

/// The names of one kind of local. Captured parameters are variables and cells.
Ref localsOf(Value self, LocalGroup group) {
  CodeObject* code = asCode(self);
  if (!prepareCode(code))
    return {};
  const uop::CodeRecord& record = *code->record;
  uint32_t parameters = record.argumentCount + record.keywordOnlyCount +
                        ((record.flags & uop::kCodeVarargs) ? 1 : 0) +
                        ((record.flags & uop::kCodeVarKeywords) ? 1 : 0);
  const auto* kinds = code->image.array<uint8_t>(record.localKinds);
  std::vector<Value> names;
  for (uint32_t i = 0; i < record.localCount; i++) {
    bool isFree = (kinds[i] & uop::kLocalFree) != 0;
    bool isCell = (kinds[i] & uop::kLocalCell) != 0;
    bool isVariable = !isFree && (!isCell || i < parameters);
    if (group == LocalGroup::Free ? isFree : group == LocalGroup::Cells ? isCell : isVariable)
      names.emplace_back(code->localNames[i]);
  }
  return makeTuple(names.data(), names.size());
}

Ref getVariableNames(Value self) {
  return localsOf(self, LocalGroup::Variables);
}
Ref getCellNames(Value self) {
  return localsOf(self, LocalGroup::Cells);
}
Ref getFreeNames(Value self) {
  return localsOf(self, LocalGroup::Free);
}

Ref getLocalCount(Value self) {
  PYC_TRY(names, getVariableNames(self));
  return makeInt(asTuple(names)->count);
}

/// kOffsetsPerWord bytes of each word: its opcode is among them.
Ref getCode(Value self) {
  CodeObject* code = asCode(self);
  std::string bytes;
  for (uint32_t i = 0; i < code->record->wordCount; i++)
    bytes.append(reinterpret_cast<const char*>(&code->words()[i]), kOffsetsPerWord);
  return makeBytes(bytes);
}

Ref getEmptyBytes(Value self) {
  return makeBytes({});
}

Ref orNone(int32_t number) {
  return number < 0 ? Ref::none() : makeInt(number);
}

/// Calls use(entry, first word behind the instruction) for each instruction.
template <class Use> bool eachPosition(CodeObject* code, Use use) {
  const uop::CodeRecord& record = *code->record;
  const auto* entries = code->image.array<uop::PositionEntry>(record.positions);
  for (uint32_t i = 0; i < record.positionCount; i++) {
    uint32_t end = i + 1 < record.positionCount ? entries[i + 1].word : record.wordCount;
    if (!use(entries[i], end))
      return false;
  }
  return true;
}

Ref iteratorOf(Ref list) {
  return list ? getIter(list) : Ref();
}

Ref coLines(const Value* args) {
  CodeObject* code = asCode(args[0]);
  PYC_TRY(list, newList(0));
  uint32_t start = 0;
  int32_t line = 0;
  auto flush = [&](uint32_t end) {
    if (end == start)
      return true;
    Ref number = orNone(line);
    Ref row = tupleOf(Value::fromInt(start * kOffsetsPerWord),
                      Value::fromInt(end * kOffsetsPerWord), number.get());
    start = end;
    return row && listAppend(asList(list), row);
  };
  bool ok = eachPosition(code, [&](const uop::PositionEntry& entry, uint32_t) {
    if (entry.line != line && !flush(entry.word))
      return false;
    line = entry.line;
    return true;
  });
  return ok && flush(code->record->wordCount) ? iteratorOf(std::move(list)) : Ref();
}

Ref coPositions(const Value* args) {
  PYC_TRY(list, newList(0));
  bool ok = eachPosition(asCode(args[0]), [&](const uop::PositionEntry& entry, uint32_t end) {
    Ref line = orNone(entry.line), endLine = orNone(entry.endLine);
    Ref column = orNone(entry.column), endColumn = orNone(entry.endColumn);
    Ref row = tupleOf(line.get(), endLine.get(), column.get(), endColumn.get());
    for (uint32_t word = entry.word; row && word < end; word++)
      if (!listAppend(asList(list), row))
        return false;
    return static_cast<bool>(row);
  });
  return ok ? iteratorOf(std::move(list)) : Ref();
}

Ref coBranches(const Value* args) {
  return iteratorOf(newList(0));
}

/// What replace() can be given; the order of its parameters.
enum ReplaceParameter {
  kReplaceSelf,
  kReplaceArgumentCount,
  kReplacePositionalOnlyCount,
  kReplaceKeywordOnlyCount,
  kReplaceLocalCount,
  kReplaceStackSize,
  kReplaceFlags,
  kReplaceFirstLine,
  kReplaceCode,
  kReplaceConstants,
  kReplaceNames,
  kReplaceVariableNames,
  kReplaceFreeNames,
  kReplaceCellNames,
  kReplaceFileName,
  kReplaceName,
  kReplaceQualifiedName,
  kReplaceLineTable,
  kReplaceExceptionTable,
};

bool replaceText(const char* name, Value value, StrObject*& field) {
  if (!value)
    return true;
  if (!isStr(value))
    return raise(typeErrorType, "replace() argument '%s' must be str, not %T", name, value);
  field = internStr(asStr(value));
  return field != nullptr;
}

bool replaceNumber(Value value, uint32_t& field, uint32_t kept) {
  if (!value)
    return true;
  int64_t number = 0;
  if (!toInt64(value, number, &overflowErrorType))
    return false;
  field = (static_cast<uint32_t>(number) & ~kept) | (field & kept);
  return true;
}

/// What can't be changed may only be given as it is.
bool checkUnchanged(const char* name, Value given, Ref current) {
  if (!given)
    return true;
  bool same = false;
  if (!current || !compareBool(CompareOp::Eq, given, current, same))
    return false;
  return same || raise(valueErrorType, "code: %s can't be replaced", name);
}

bool replaceConstants(CodeObject* code, Value constants) {
  if (!constants)
    return true;
  if (!isTuple(constants) || asTuple(constants)->count != code->record->constantCount)
    return raise(valueErrorType, "code: co_consts must be a tuple of the same length");
  for (uint32_t i = 0; i < code->record->constantCount; i++)
    setField(code->constants[i], asTuple(constants)->items()[i]);
  return true;
}

bool replaceFields(CodeObject* code, uop::CodeRecord& record, const Value* in) {
  Value self = in[kReplaceSelf];
  return replaceNumber(in[kReplaceFlags], record.flags, kOwnFlags) &&
         replaceNumber(in[kReplaceFirstLine], record.firstLine, 0) &&
         replaceText("co_filename", in[kReplaceFileName], code->fileName) &&
         replaceText("co_name", in[kReplaceName], code->name) &&
         replaceText("co_qualname", in[kReplaceQualifiedName], code->qualifiedName) &&
         checkUnchanged("co_argcount", in[kReplaceArgumentCount], getArgumentCount(self)) &&
         checkUnchanged("co_posonlyargcount", in[kReplacePositionalOnlyCount],
                        getPositionalOnlyCount(self)) &&
         checkUnchanged("co_kwonlyargcount", in[kReplaceKeywordOnlyCount],
                        getKeywordOnlyCount(self)) &&
         checkUnchanged("co_nlocals", in[kReplaceLocalCount], getLocalCount(self)) &&
         checkUnchanged("co_code", in[kReplaceCode], getCode(self)) &&
         checkUnchanged("co_names", in[kReplaceNames], getNames(self)) &&
         checkUnchanged("co_varnames", in[kReplaceVariableNames], getVariableNames(self)) &&
         checkUnchanged("co_freevars", in[kReplaceFreeNames], getFreeNames(self)) &&
         checkUnchanged("co_cellvars", in[kReplaceCellNames], getCellNames(self)) &&
         replaceConstants(code, in[kReplaceConstants]);
}

Ref replaceCode(const Value* in) {
  CodeObject* old = asCode(in[kReplaceSelf]);
  auto* record = static_cast<uop::CodeRecord*>(mi_malloc(sizeof(uop::CodeRecord)));
  if (!record)
    return raiseMemoryError();
  *record = *old->record;
  Ref result = makeCodeIn(old->image, record, old->natives, old->memory);
  if (!result) {
    mi_free(record);
    return {};
  }
  CodeObject* code = asCode(result);
  code->ownsRecord = true;
  code->name = old->name;
  code->qualifiedName = old->qualifiedName;
  code->fileName = old->fileName;
  return prepareCode(code) && replaceFields(code, *record, in) ? std::move(result) : Ref();
}

#define PYC_REPLACE_PARAMETERS                                                                     \
  "($self, /, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, "     \
  "co_stacksize=-1, co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None, co_names=None, " \
  "co_varnames=None, co_freevars=None, co_cellvars=None, co_filename=None, co_name=None, "         \
  "co_qualname=None, co_linetable=None, co_exceptiontable=None)"

} // namespace

const GetSetDef codeGetSets[kCodeGetSetCount] = {
    {"co_argcount", getArgumentCount},
    {"co_posonlyargcount", getPositionalOnlyCount},
    {"co_kwonlyargcount", getKeywordOnlyCount},
    {"co_nlocals", getLocalCount},
    {"co_stacksize", getStackSize},
    {"co_flags", getFlags},
    {"co_name", getName},
    {"co_qualname", getQualifiedName},
    {"co_filename", getFileName},
    {"co_firstlineno", getFirstLine},
    {"co_consts", getConstants},
    {"co_names", getNames},
    {"co_varnames", getVariableNames},
    {"co_cellvars", getCellNames},
    {"co_freevars", getFreeNames},
    {"co_code", getCode},
    {"co_linetable", getEmptyBytes},
    {"co_exceptiontable", getEmptyBytes},
};

const MethodDef codeMethods[kCodeMethodCount] = {
    {"co_lines($self, /)", coLines},
    {"co_positions($self, /)", coPositions},
    {"co_branches($self, /)", coBranches},
    {"replace" PYC_REPLACE_PARAMETERS, replaceCode, nullptr, MethodDef::Instance,
     "Return a copy of the code object with new values for the specified fields."},
    {"__replace__" PYC_REPLACE_PARAMETERS, replaceCode, nullptr, MethodDef::Instance,
     "The same as replace()."},
};

} // namespace pyc::rt
