#include "compiler/codegen/tables.h"

#include "compiler/codegen/call_table.h"
#include "compiler/import/continuations.h"
#include "compiler/import/import.h"
#include "runtime/abi/native.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace pyc {
namespace {

class TableEmitter {
public:
  TableEmitter(Module& module) : module_(module), context_(module.getContext()) {}

  Constant* bytes(StringRef name, StringRef data, unsigned alignment) {
    Constant* init = ConstantDataArray::getString(context_, data, /*AddNull=*/true);
    auto* global =
        new GlobalVariable(module_, init->getType(), true, GlobalValue::PrivateLinkage, init, name);
    global->setAlignment(Align(alignment));
    return global;
  }
  Constant* integer(uint32_t value) { return ConstantInt::get(Type::getInt32Ty(context_), value); }
  Constant* null() { return ConstantPointerNull::get(pointer()); }
  PointerType* pointer() { return PointerType::get(context_, 0); }

  /// A table of the code's that the generated code uses (function_lowering.cpp), or one made now.
  Constant* table(StringRef kind, unsigned code, uint64_t size) {
    if (size == 0)
      return null();
    std::string name = (kind + "$" + Twine(code)).str();
    if (GlobalVariable* global = module_.getNamedGlobal(name))
      return global;
    auto* type = ArrayType::get(Type::getInt8Ty(context_), size);
    auto* global = new GlobalVariable(module_, type, false, GlobalValue::InternalLinkage,
                                      ConstantAggregateZero::get(type), name);
    global->setAlignment(Align(8));
    return global;
  }
  Constant* record(ArrayRef<Constant*> fields) { return ConstantStruct::getAnon(context_, fields); }
  Constant* array(StringRef name, ArrayRef<Constant*> entries) {
    Type* element = entries.empty() ? pointer() : entries.front()->getType();
    auto* type = ArrayType::get(element, entries.size());
    return new GlobalVariable(module_, type, true, GlobalValue::PrivateLinkage,
                              ConstantArray::get(type, entries), name);
  }
  /// Defined behind the code (codegen/call_table.cpp).
  Constant* callTable() {
    return new GlobalVariable(module_, Type::getInt8Ty(context_), true,
                              GlobalValue::ExternalLinkage, nullptr, kCallTableSymbol);
  }
  GlobalVariable* define(StringRef name, Constant* value, GlobalValue::LinkageTypes linkage) {
    return new GlobalVariable(module_, value->getType(), true, linkage, value, name);
  }

  Constant* nativeCode(uop::ImageView image, const uop::CodeRecord& code, Function* entry) {
    unsigned parameters = entry->arg_size() - 1;
    bool isGenerator = (code.flags & uop::kCodeSuspends) != 0;
    constexpr uint32_t kOther = uop::kCodeVarargs | uop::kCodeVarKeywords;
    bool takesArray = !isGenerator && (parameters > rt::kMaxRegisterArguments ||
                                       (code.flags & kOther) || code.keywordOnlyCount);
    std::vector<Constant*> records = continuations(image, code, entry->getName().str());
    Constant* fields[] = {takesArray ? arrayEntry(entry) : entry,
                          integer(parameters),
                          integer(takesArray),
                          table("constants", code.index, code.constantCount * 8ull),
                          table("names", code.index, code.nameCount * 8ull),
                          table("globals", code.index, code.nameCount * 8ull),
                          table("caches", code.index, code.attrCacheCount * 32ull),
                          null(),
                          records.empty() ? null() : array("continuations", records),
                          integer(static_cast<uint32_t>(records.size()))};
    GlobalVariable* global =
        define("native$" + std::to_string(code.index), record(fields), GlobalValue::PrivateLinkage);
    global->setConstant(false);
    return global;
  }

private:
  /// The general code beside the code object's function.
  std::vector<Constant*> continuations(uop::ImageView image, const uop::CodeRecord& code,
                                       const std::string& symbol) {
    std::vector<Constant*> records;
    for (uint32_t word : continuationWords(image, code))
      if (Function* entry = module_.getFunction(continuationSymbol(symbol, word)))
        records.push_back(record({integer(word), entry}));
    return records;
  }

  /// `Value f(self, Value* locals)` in front of a function with many or unusual parameters.
  Function* arrayEntry(Function* target) {
    Type* word = Type::getInt64Ty(context_);
    auto* type = FunctionType::get(word, {word, pointer()}, false);
    std::string name = (target->getName() + "$array").str();
    Function* wrapper = module_.getFunction(name); // where a guard expects it
    if (!wrapper)
      wrapper = Function::Create(type, GlobalValue::InternalLinkage, name, module_);
    wrapper->setLinkage(GlobalValue::InternalLinkage);
    BasicBlock* block = BasicBlock::Create(context_, "", wrapper);
    SmallVector<Value*> arguments{wrapper->getArg(0)};
    for (unsigned i = 0; i + 1 < target->arg_size(); ++i) {
      auto* address = GetElementPtrInst::CreateInBounds(
          word, wrapper->getArg(1), {ConstantInt::get(Type::getInt32Ty(context_), i)}, "", block);
      arguments.push_back(new LoadInst(word, address, "", block));
    }
    auto* call = CallInst::Create(target, arguments, "", block);
    call->setTailCall();
    ReturnInst::Create(context_, call, block);
    return wrapper;
  }

  Module& module_;
  LLVMContext& context_;
};

} // namespace

std::string moduleSymbol(const std::string& moduleName) {
  return "pyc.module." + moduleName;
}

void emitModuleTables(Module& module, uop::ImageView image, const ObjectOptions& options) {
  TableEmitter emitter(module);
  std::vector<Constant*> natives(image.header().codeCount, emitter.null());
  for (unsigned i = 0; i < natives.size(); ++i)
    if (Function* entry =
            module.getFunction(functionSymbol(image, image.code(i), options.moduleName)))
      natives[i] = emitter.nativeCode(image, image.code(i), entry);
  for (Function& function : module)
    if (!function.isDeclaration())
      function.setLinkage(GlobalValue::InternalLinkage);
  StringRef imageBytes(image.bytes(), image.header().size);
  Constant* fields[] = {emitter.bytes("module.name", options.moduleName, 1),
                        emitter.bytes("module.image", imageBytes, 8),
                        emitter.array("module.natives", natives),
                        emitter.bytes("module.file", options.fileName, 1),
                        emitter.integer(options.isPackage),
                        emitter.integer(static_cast<uint32_t>(options.source.size())),
                        options.source.empty() ? emitter.null()
                                               : emitter.bytes("module.source", options.source, 1),
                        options.isInterpreted ? emitter.null() : emitter.callTable()};
  emitter.define(moduleSymbol(options.moduleName), emitter.record(fields),
                 GlobalValue::ExternalLinkage);
}

void emitProgramTable(Module& module, const ProgramModules& program) {
  TableEmitter emitter(module);
  Type* anything = Type::getInt8Ty(module.getContext());
  std::vector<Constant*> modules, builtins;
  for (const std::string& name : program.compiled)
    modules.push_back(module.getOrInsertGlobal(moduleSymbol(name), anything));
  for (const std::string& name : program.builtin) {
    builtins.push_back(emitter.bytes("builtin.name", name, 1));
    builtins.push_back(module.getOrInsertGlobal(PYC_MODULE_FILL_PREFIX + name, anything));
  }
  std::vector<Constant*> texts;
  for (const ProgramText& text : program.texts) {
    Constant* fields[] = {module.getOrInsertGlobal(moduleSymbol(text.module), anything),
                          emitter.integer(text.mode), emitter.integer(text.futureFlags),
                          emitter.integer(text.optimize)};
    texts.push_back(emitter.record(fields));
  }
  Constant* fields[] = {emitter.array("program.modules", modules),
                        emitter.integer(static_cast<uint32_t>(modules.size())),
                        emitter.integer(static_cast<uint32_t>(program.builtin.size())),
                        emitter.array("program.builtins", builtins),
                        program.isInstrumented
                            ? module.getOrInsertGlobal("pycProfileHooks", anything)
                            : emitter.null(),
                        emitter.array("program.texts", texts),
                        emitter.integer(static_cast<uint32_t>(texts.size()))};
  emitter.define("pycProgram", emitter.record(fields), GlobalValue::ExternalLinkage);
}

} // namespace pyc
