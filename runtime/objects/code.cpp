// Code objects: made from the records of an image, filled in when they first run.
#include "runtime/objects/code.h"

#include "runtime/abi/native.h"
#include "runtime/objects/code_internal.h"
#include "runtime/objects/protocol.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mimalloc.h>
#include <new>

namespace pyc::rt {

bool keepsDeadCodes = false;

void (*boundCodeDies)(CodeObject* code) = nullptr;

StrObject* internImageString(uop::ImageView image, uint32_t offset) {
  const uop::StringRecord& record = image.stringRecord(offset);
  if (record.maxCodePoint < 128)
    return internLiteral(image.string(offset));
  Ref text = makeStr(image.string(offset));
  return text ? internStr(asStr(text)) : nullptr;
}

static CodeMemory* shareMemory(CodeMemory* memory) {
  if (memory)
    __atomic_fetch_add(&memory->references, 1, __ATOMIC_RELAXED);
  return memory;
}

static void releaseMemory(CodeMemory* memory) {
  if (!memory || __atomic_sub_fetch(&memory->references, 1, __ATOMIC_ACQ_REL) != 0)
    return;
  free(memory->image);
  delete memory;
}

Ref makeCodeIn(uop::ImageView image, const uop::CodeRecord* record, NativeCode* const* natives,
               CodeMemory* memory) {
  Ref result = Ref::steal(allocObject(&codeType));
  if (!result)
    return {};
  CodeObject* code = asCode(result);
  code->image = image;
  code->record = record;
  code->entry = image.words(*record);
  code->localCount = record->localCount;
  code->registerCount = record->localCount + record->temporaryCount;
  code->freeCount = record->freeCount;
  code->natives = natives;
  CodeObject* other = nullptr;
  if (NativeCode* native = natives ? natives[record->index] : nullptr;
      native && __atomic_compare_exchange_n(&native->code, &other, code, false, __ATOMIC_ACQ_REL,
                                            __ATOMIC_RELAXED)) {
    code->native = native;
    makeImmortal(&code->header);
  }
  code->memory = shareMemory(memory);
  code->name = internImageString(image, record->name);
  code->qualifiedName = internImageString(image, record->qualifiedName);
  code->fileName = internImageString(image, record->fileName);
  return code->name && code->qualifiedName && code->fileName ? std::move(result) : Ref();
}

Ref makeCode(uop::ImageView image, const uop::CodeRecord* record, NativeCode* const* natives) {
  return makeCodeIn(image, record, natives, nullptr);
}

Ref makeOwnedCode(void* image, std::unique_ptr<const TextOrigin> origin) {
  auto* memory = new (std::nothrow) CodeMemory{1, image, std::move(origin)};
  if (!memory) {
    free(image);
    return raiseMemoryError();
  }
  uop::ImageView view(image);
  Ref result = makeCodeIn(view, &view.root(), nullptr, memory);
  releaseMemory(memory);
  return result;
}

const TextOrigin* textOrigin(const CodeObject* code) {
  return code->memory ? code->memory->origin.get() : nullptr;
}

namespace {

/// The arrays that a code object needs to run lie in one block, in this order.
struct CodeArrays {
  explicit CodeArrays(const uop::CodeRecord& record) : record(record) {}

  size_t bytes() const {
    return record.attrCacheCount * sizeof(AttrCache) + record.callCacheCount * sizeof(CallCache) +
           record.constantCount * sizeof(Value) + record.nameCount * sizeof(StrObject*) +
           record.localCount * sizeof(StrObject*) + record.nameCount * sizeof(GlobalSlot*);
  }
  void assign(CodeObject* code, char* block) const {
    code->attrCaches = take<AttrCache>(block, record.attrCacheCount);
    code->callCaches = take<CallCache>(block, record.callCacheCount);
    code->constants = take<Value>(block, record.constantCount);
    code->names = take<StrObject*>(block, record.nameCount);
    code->localNames = take<StrObject*>(block, record.localCount);
    code->globalSlots = take<GlobalSlot*>(block, record.nameCount);
    if (const NativeCode* native = code->native)
      share(code, *native);
  }

private:
  /// Native code has arrays of its own, which the interpreter uses as well.
  static void share(CodeObject* code, const NativeCode& native) {
    code->attrCaches = native.attrCaches;
    code->constants = native.constants;
    code->names = native.names;
    code->globalSlots = native.globalSlots;
  }
  template <class T> static T* take(char*& block, size_t count) {
    T* result = reinterpret_cast<T*>(block);
    block += count * sizeof(T);
    return result;
  }
  const uop::CodeRecord& record;
};

bool internNames(CodeObject* code, StrObject** out, uint32_t offsets, uint32_t count) {
  const auto* texts = code->image.array<uint32_t>(offsets);
  for (uint32_t i = 0; i < count; i++) {
    out[i] = internImageString(code->image, texts[i]);
    if (!out[i])
      return raiseMemoryError();
  }
  return true;
}

bool makeConstants(CodeObject* code) {
  const auto* records = code->image.array<uop::ConstRecord>(code->record->constants);
  for (uint32_t i = 0; i < code->record->constantCount; i++) {
    Ref constant = makeConstant(code, records[i]);
    if (!constant)
      return false;
    code->constants[i] = constant.release();
  }
  return true;
}

void freeArrays(CodeObject* code) {
  if (!code->attrCaches || code->native)
    return;
  for (uint32_t i = 0; i < code->record->constantCount; i++)
    decrefMaybe(code->constants[i]);
  releaseAttrCaches(code->attrCaches, code->record->attrCacheCount);
  mi_free(code->attrCaches);
  code->attrCaches = nullptr;
}

void deallocCode(Object* self) {
  CodeObject* code = asCode(self);
  if (code->boundGlobals && boundCodeDies)
    boundCodeDies(code);
  if (keepsDeadCodes)
    return;
  freeArrays(code);
  if (code->ownsRecord)
    mi_free(const_cast<uop::CodeRecord*>(code->record));
  releaseMemory(code->memory);
  freeObject(self);
}

Ref reprCode(Value self) {
  CodeObject* code = asCode(self);
  return formatText("<code object %S at 0x%llx, file \"%S\", line %u>", Value(code->name),
                    static_cast<unsigned long long>(self.bits()), Value(code->fileName),
                    code->record->firstLine);
}

bool equalConstants(CodeObject* a, CodeObject* b, bool& result) {
  for (uint32_t i = 0; i < a->record->constantCount && result; i++) {
    // 1, 1.0 and True are equal, but not the same constant.
    result = typeOf(a->constants[i]) == typeOf(b->constants[i]);
    if (result && !equalItems(a->constants[i], b->constants[i], result))
      return false;
  }
  return true;
}

/// Equal code does the same at the same place of a source.
bool equalCodes(CodeObject* a, CodeObject* b, bool& result) {
  const uop::CodeRecord& x = *a->record;
  const uop::CodeRecord& y = *b->record;
  result = a->name == b->name && a->localCount == b->localCount && a->freeCount == b->freeCount &&
           x.argumentCount == y.argumentCount && x.flags == y.flags &&
           x.positionalOnlyCount == y.positionalOnlyCount &&
           x.keywordOnlyCount == y.keywordOnlyCount && x.firstLine == y.firstLine &&
           x.constantCount == y.constantCount && x.nameCount == y.nameCount &&
           x.wordCount == y.wordCount &&
           memcmp(a->words(), b->words(), x.wordCount * sizeof(uint64_t)) == 0;
  if (!result)
    return true;
  if (!prepareCode(a) || !prepareCode(b))
    return false;
  result = std::equal(a->names, a->names + x.nameCount, b->names) &&
           std::equal(a->localNames, a->localNames + a->localCount, b->localNames);
  return equalConstants(a, b, result);
}

Ref compareCodes(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !hasShape(other, kShapeCode))
    return Ref::notImplemented();
  bool equal = self == other;
  if (!equal && !equalCodes(asCode(self), asCode(other), equal))
    return {};
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool hashCode(Value self, int64_t& result) {
  CodeObject* code = asCode(self);
  result = strHash(code->name) ^ (int64_t{code->record->firstLine} << 20) ^ code->record->wordCount;
  if (result == -1)
    result = -2;
  return true;
}

} // namespace

bool prepareCode(CodeObject* code) {
  if (PYC_LIKELY(code->prepared))
    return true;
  CodeArrays arrays(*code->record);
  // One byte more, so that the block exists even when all arrays are empty.
  auto* block = static_cast<char*>(mi_zalloc(arrays.bytes() + 1));
  if (!block)
    return raiseMemoryError();
  arrays.assign(code, block);
  if (internNames(code, code->names, code->record->names, code->record->nameCount) &&
      internNames(code, code->localNames, code->record->localNames, code->record->localCount) &&
      makeConstants(code)) {
    code->prepared = true;
    return true;
  }
  freeArrays(code);
  return false;
}

int codeLine(const CodeObject* code, uint32_t word) {
  const uop::PositionEntry* position = uop::findPosition(code->image, *code->record, word);
  return position ? position->line : -1;
}

extern "C" constinit TypeObject codeType = {
    .name = "code",
    .basicSize = sizeof(CodeObject),
    .flags = kTypeBuiltin | kTypeWeakrefs,
    .methods = codeMethods,
    .getSets = codeGetSets,
    .doc = "Create a code object.  Not for mere mortals.",
    .slots = {.dealloc = deallocCode, .repr = reprCode, .hash = hashCode, .compare = compareCodes},
};

} // namespace pyc::rt
