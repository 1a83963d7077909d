#include "compiler/import/function_importer.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "runtime/base/check.h"
#include "runtime/base/value.h"

#include <bit>

using namespace mlir;
using pyc::uop::Opcode;
using pyc::uop::OperandKind;

namespace pyc {

static unsigned parameterCount(const uop::CodeRecord& code) {
  return code.argumentCount + code.keywordOnlyCount + !!(code.flags & uop::kCodeVarargs) +
         !!(code.flags & uop::kCodeVarKeywords);
}

FunctionImporter::FunctionImporter(OpBuilder& builder, uop::ImageView image,
                                   const uop::CodeRecord& code, Observations observations,
                                   const ModuleHints* hints)
    : b_(builder), image_(image), code_(code), words_(image.words(code)),
      observations_(std::move(observations)), hints_(hints),
      valueType_(builder.getType<ir::ValueType>()), loc_(builder.getUnknownLoc()) {}

/// An empty function; instructions go to its entry block.
func::FuncOp FunctionImporter::create(StringRef name, ArrayRef<Type> inputs) {
  auto fileName = image_.string(code_.fileName);
  loc_ = FileLineColLoc::get(b_.getContext(), StringRef(fileName.data(), fileName.size()),
                             code_.firstLine, 0);
  auto function = func::FuncOp::create(b_, loc_, name, b_.getFunctionType(inputs, valueType_));
  function->setAttr("uop.code", b_.getI32IntegerAttr(code_.index));
  body_ = &function.getBody();
  b_.setInsertionPointToStart(function.addEntryBlock());
  locals_.assign(code_.localCount, {});
  frameLocals_.assign(code_.localCount, {});
  temporaries_.assign(code_.temporaryCount + 1, {});
  return function;
}

func::FuncOp FunctionImporter::run(StringRef name) {
  SmallVector<Type> inputs(1 + parameterCount(code_), valueType_);
  if (isGenerator()) // self, registers, resumption, sent; see runtime/abi/native.h
    inputs = {valueType_, b_.getI64Type(), b_.getI64Type(), valueType_};
  OpBuilder::InsertionGuard guard(b_);
  func::FuncOp function = create(name, inputs);
  findWrittenLocals();
  function->setAttr("uop.tracked", b_.getDenseBoolArrayAttr(tracked_));
  findLeaders();
  importEntry();
  importQueue();
  if (isGenerator())
    importResumption(&body_->front());
  return function;
}

func::FuncOp FunctionImporter::runFrom(StringRef name, ArrayRef<uint32_t> words) {
  OpBuilder::InsertionGuard guard(b_);
  Type i64 = b_.getI64Type();
  func::FuncOp function = create(name, {valueType_, i64, i64}); // self, registers, word
  tracked_.assign(code_.localCount, true);
  std::fill(tracked_.begin() + firstFree(), tracked_.end(), false);
  function->setAttr("uop.tracked", b_.getDenseBoolArrayAttr(tracked_));
  function->setAttr("uop.continues", b_.getUnitAttr());
  findLeaders();
  importEntries(words);
  importQueue();
  return function;
}

void FunctionImporter::importQueue() {
  while (!queue_.empty())
    importBlock(blocks_[queue_.pop_back_val()]);
}

//===----------------------------------------------------------------------===//
// Structure
//===----------------------------------------------------------------------===//

/// Calls visit(word, opcode, instruction) for every instruction.
template <class Visit>
static void forEachInstruction(const uop::CodeRecord& code, const uint64_t* words, Visit visit) {
  for (uint32_t word = 0; word < code.wordCount;
       word += uop::infoOf(uop::opcodeAt(words + word)).words)
    visit(word, uop::opcodeAt(words + word), words + word);
}

void FunctionImporter::findWrittenLocals() {
  tracked_.assign(code_.localCount, false);
  unsigned parameters = parameterCount(code_);
  for (unsigned local = isGenerator() ? 0 : parameters; local < firstFree(); ++local)
    tracked_[local] = true;
  forEachInstruction(code_, words_, [&](uint32_t, Opcode opcode, const uint64_t* at) {
    const uop::UopInfo& info = uop::infoOf(opcode);
    for (unsigned i = 0; i < info.operandCount; ++i) {
      const uop::OperandInfo& operand = info.operands[i];
      bool writes = operand.kind == OperandKind::Out || operand.kind == OperandKind::Inout;
      if (operand.kind == OperandKind::Keep)
        writes = opcode == Opcode::DeleteLocal || opcode == Opcode::ClearLocal;
      int index = writes ? uop::readOperand(at, operand) : 0;
      if (uop::isLocalRegister(index))
        tracked_[uop::localOfRegister(index)] = true;
    }
  });
}

void FunctionImporter::findLeaders() {
  auto lead = [&](uint32_t word, bool isHandler, unsigned depth) {
    BlockInfo& info = blocks_[word];
    info.word = word;
    info.isHandler |= isHandler;
    info.depth = depth;
  };
  forEachInstruction(code_, words_, [&](uint32_t word, Opcode opcode, const uint64_t* at) {
    const uop::UopInfo& info = uop::infoOf(opcode);
    if (opcode == Opcode::YieldFrom) // runs again when it is resumed
      lead(word, false, depthAt(word));
    bool splits = info.terminator;
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i].kind == OperandKind::Label) {
        uint32_t target = word + uop::readOperand(at, info.operands[i]);
        lead(target, false, depthAt(target));
        splits = true;
      }
    if (splits && word + info.words < code_.wordCount)
      lead(word + info.words, false, depthAt(word + info.words));
  });
  const auto* entry = image_.array<uop::ExceptionEntry>(code_.exceptions);
  for (unsigned i = 0; i < code_.exceptionCount; ++i)
    lead(entry[i].handler, true, entry[i].depth);
}

unsigned FunctionImporter::depthAt(uint32_t word) const {
  const uop::PositionEntry* position = uop::findPosition(image_, code_, word);
  return position ? position->depth : 0;
}

const uop::ExceptionEntry* FunctionImporter::handlerAt(uint32_t word) const {
  return uop::findHandler(image_, code_, word);
}

Location FunctionImporter::locationAt(uint32_t word) {
  const uop::PositionEntry* position = uop::findPosition(image_, code_, word);
  if (!position || position->line < 1)
    return loc_;
  auto fileName = image_.string(code_.fileName);
  return FileLineColLoc::get(b_.getContext(), StringRef(fileName.data(), fileName.size()),
                             position->line, position->column < 0 ? 0 : position->column + 1);
}

/// The MLIR block of a leader, made on first use: its arguments are the tracked locals and the live
/// temporaries.
Block* FunctionImporter::blockAt(uint32_t word) {
  BlockInfo& info = blocks_.at(word);
  if (info.block)
    return info.block;
  info.block = new Block();
  body_->push_back(info.block);
  for (unsigned local = 0; local < code_.localCount; ++local)
    if (isTracked(local))
      info.block->addArgument(valueType_, loc_);
  for (unsigned i = 0; i < info.depth; ++i)
    info.block->addArgument(valueType_, loc_);
  queue_.push_back(word);
  return info.block;
}

/// What a frame has in a register: in front of everything that makes frames.
Value FunctionImporter::loadRegister(int index) {
  return ir::LoadRegisterOp::create(b_, loc_, valueType_, body_->front().getArgument(1), index);
}

Value FunctionImporter::loadFreeVariable(unsigned local) {
  return ir::FreeVariableOp::create(b_, loc_, valueType_, body_->front().getArgument(0),
                                    local - firstFree());
}

/// The registers are the function's from here on.
void FunctionImporter::importEntryAt(uint32_t word) {
  blocks_[word].word = word;
  locals_ = frameLocals_;
  temporaries_.assign(code_.temporaryCount + 1, {});
  for (unsigned local = 0; local < firstFree(); ++local)
    locals_[local] = {loadRegister(uop::localRegister(local)), Hold::Owned, 0};
  for (unsigned i = 0; i < blocks_[word].depth; ++i)
    temporaries_[i] = {loadRegister(i), Hold::Owned, 0};
  branchTo(word);
}

/// Ends the entry block, where no type is known.
void FunctionImporter::importEntries(ArrayRef<uint32_t> words) {
  Block* entry = b_.getInsertionBlock();
  for (unsigned local = firstFree(); local < code_.localCount; ++local)
    frameLocals_[local] = {loadFreeVariable(local), Hold::Frame, 0};
  if (words.size() == 1)
    return importEntryAt(words[0]);
  SmallVector<APInt> keys;
  SmallVector<Block*> blocks;
  for (uint32_t word : words) {
    keys.push_back(APInt(64, word));
    blocks.push_back(new Block());
    body_->push_back(blocks.back());
    b_.setInsertionPointToStart(blocks.back());
    importEntryAt(word);
  }
  b_.setInsertionPointToEnd(entry);
  Block* last = blocks.pop_back_val();
  keys.pop_back();
  SmallVector<ValueRange> none(blocks.size());
  cf::SwitchOp::create(b_, loc_, entry->getArgument(2), last, ValueRange(), keys, blocks, none);
}

void FunctionImporter::importEntry() {
  unsigned parameters = parameterCount(code_);
  Block* entry = b_.getInsertionBlock();
  Block* start = entry;
  if (isGenerator()) {
    start = new Block();
    body_->push_back(start);
    resumptions_.push_back({kStart, start});
    b_.setInsertionPointToStart(start);
  }
  for (unsigned local = 0; local < code_.localCount; ++local) {
    if (local < parameters && isGenerator()) {
      locals_[local] = {loadRegister(uop::localRegister(local)), Hold::Owned, 0};
    } else if (local < parameters) {
      Value argument = entry->getArgument(1 + local);
      locals_[local] = {argument, Hold::Frame, 0};
      if (isTracked(local))
        settle(locals_[local]);
    } else if (local >= firstFree()) {
      b_.setInsertionPointToEnd(entry);
      Value cell = loadFreeVariable(local);
      b_.setInsertionPointToEnd(start);
      locals_[local] = {cell, Hold::Frame, 0};
    }
    if (!isTracked(local))
      frameLocals_[local] = locals_[local];
  }
  observeParameters();
  supposeParameters();
  BlockInfo& first = blocks_[0];
  first.word = 0;
  if (first.block || !blocks_[0].isHandler) {
    // The entry block itself goes on with word 0, unless something jumps back to it.
    branchTo(0);
  }
}

void FunctionImporter::importBlock(BlockInfo& info) {
  b_.setInsertionPointToStart(info.block);
  unsigned argument = 0;
  for (unsigned local = 0; local < code_.localCount; ++local)
    locals_[local] = isTracked(local)
                         ? RegisterState{info.block->getArgument(argument++), Hold::Owned, 0}
                         : frameLocals_[local];
  // Nobody can tell a hoisted constant that is not set yet from one that is.
  for (unsigned local = 0; isGenerator() && local < code_.localCount; ++local)
    if (Value constant = isTracked(local) ? hoistedConstant(local) : Value())
      locals_[local] = {constant, Hold::Owned, 0};
  temporaries_.assign(code_.temporaryCount + 1, {});
  for (unsigned i = 0; i < info.depth; ++i)
    temporaries_[i] = {info.block->getArgument(argument++), Hold::Owned, 0};
  if (info.isHandler)
    temporaries_[info.depth] = {ir::TakeExceptionOp::create(b_, loc_, valueType_), Hold::Owned, 0};
  uint32_t word = info.word;
  while (importInstruction(word)) {
    word += uop::infoOf(uop::opcodeAt(words_ + word)).words;
    if (blocks_.count(word)) {
      branchTo(word);
      return;
    }
  }
}

//===----------------------------------------------------------------------===//
// Registers
//===----------------------------------------------------------------------===//

RegisterState& FunctionImporter::reg(int index) {
  return uop::isLocalRegister(index) ? locals_[uop::localOfRegister(index)] : temporaries_[index];
}

Value FunctionImporter::read(int index) {
  RegisterState& state = reg(index);
  return state.value ? state.value : null();
}

Value FunctionImporter::null() {
  return ir::NullOp::create(b_, loc_, valueType_);
}

/// Makes the register own its value.
void FunctionImporter::settle(RegisterState& state) {
  if (state.hold == Hold::Frame || state.hold == Hold::Local)
    ir::IncrefOp::create(b_, loc_, state.value);
  if (state.hold != Hold::Dead)
    state.hold = Hold::Owned;
}

/// Before a local's value goes away: temporaries that lean on it take counts of their own.
void FunctionImporter::settleBorrowers(unsigned local) {
  for (RegisterState& state : temporaries_)
    if (state.hold == Hold::Local && state.local == local)
      settle(state);
}

void FunctionImporter::release(RegisterState& state) {
  if (state.hold == Hold::Owned && state.value)
    ir::DecrefOp::create(b_, loc_, state.value);
  state = {};
}

void FunctionImporter::write(int index, Value value, Hold hold) {
  RegisterState old = reg(index);
  if (uop::isLocalRegister(index)) {
    settleBorrowers(uop::localOfRegister(index));
    reg(index) = {value, hold, 0};
    release(old);
  } else {
    reg(index) = {value, hold, 0};
  }
}

/// What an `In` operand does: a temporary is used up.
void FunctionImporter::consume(int index) {
  if (!uop::isLocalRegister(index))
    release(temporaries_[index]);
}

//===----------------------------------------------------------------------===//
// Frame states and edges
//===----------------------------------------------------------------------===//

/// Appends the registers before the instruction. Untracked locals are the same everywhere; lowering
/// adds them where a side exit needs them.
void FunctionImporter::appendState(OperationState& op, uint32_t word) {
  SmallVector<int16_t> registers;
  SmallVector<bool> owned;
  auto append = [&](int index, const RegisterState& state) {
    if (state.hold == Hold::Dead || !state.value || state.value.getDefiningOp<ir::NullOp>())
      return;
    op.addOperands(state.value);
    registers.push_back(index);
    owned.push_back(state.hold == Hold::Owned);
  };
  for (unsigned local = 0; local < code_.localCount; ++local)
    if (isTracked(local))
      append(uop::localRegister(local), locals_[local]);
  for (unsigned i = 0; i < temporaries_.size(); ++i)
    append(i, temporaries_[i]);
  op.addAttribute("pc", b_.getI32IntegerAttr(word));
  op.addAttribute("registers", b_.getDenseI16ArrayAttr(registers));
  op.addAttribute("owned", b_.getDenseBoolArrayAttr(owned));
}

SmallVector<Value> FunctionImporter::edgeArguments(unsigned depth) {
  SmallVector<Value> arguments;
  for (unsigned local = 0; local < code_.localCount; ++local)
    if (isTracked(local)) {
      settle(locals_[local]);
      arguments.push_back(read(uop::localRegister(local)));
    }
  for (unsigned i = 0; i < depth; ++i) {
    settle(temporaries_[i]);
    arguments.push_back(read(i));
  }
  return arguments;
}

void FunctionImporter::branchTo(uint32_t word) {
  BlockInfo& info = blocks_.at(word);
  SmallVector<Value> arguments = edgeArguments(info.depth);
  cf::BranchOp::create(b_, loc_, blockAt(word), arguments);
}

/// Behind a uop that may raise, inside a try: ends the block with the exceptional edge.
void FunctionImporter::finishRaising(uint32_t word) {
  const uop::ExceptionEntry* handler = handlerAt(word);
  if (!handler)
    return;
  Block* next = new Block();
  body_->push_back(next);
  SmallVector<Value> arguments = edgeArguments(handler->depth);
  ir::UnwindOp::create(b_, loc_, ValueRange(), arguments, handler->depth, next,
                       blockAt(handler->handler));
  b_.setInsertionPointToStart(next);
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

bool FunctionImporter::importInstruction(uint32_t word) {
  const uint64_t* at = words_ + word;
  Opcode opcode = uop::opcodeAt(at);
  const uop::UopInfo& info = uop::infoOf(opcode);
  loc_ = locationAt(word);
  if (importRename(opcode, at))
    return true;
  bool hasLabel = false;
  for (unsigned i = 0; i < info.operandCount; ++i)
    hasLabel |= info.operands[i].kind == OperandKind::Label;
  if (hasLabel || info.terminator)
    return importControl(opcode, at, word);
  if (opcode == Opcode::YieldValue)
    importYield(at, word);
  else if (opcode == Opcode::YieldFrom)
    importYieldFrom(at, word);
  else
    importGeneric(opcode, at, word);
  return true;
}

/// Uops that only move values between registers.
bool FunctionImporter::importRename(Opcode opcode, const uint64_t* at) {
  switch (opcode) {
  case Opcode::Nop:
    return true;
  case Opcode::LoadConst:
    importConstant(at);
    return true;
  case Opcode::Move: {
    auto& uop = *reinterpret_cast<const uop::MoveUop*>(at);
    RegisterState source = reg(uop.src);
    if (!uop::isLocalRegister(uop.src))
      temporaries_[uop.src] = {};
    else if (source.hold == Hold::Owned)
      source = {source.value, Hold::Local, uop::localOfRegister(uop.src)};
    if (uop::isLocalRegister(uop.dst))
      settle(source);
    Value value = source.value ? source.value : null();
    write(uop.dst, value, source.hold);
    reg(uop.dst).local = source.local;
    return true;
  }
  case Opcode::Dup: {
    auto& uop = *reinterpret_cast<const uop::DupUop*>(at);
    RegisterState source = reg(uop.src);
    if (source.hold == Hold::Owned && uop::isLocalRegister(uop.src))
      source = {source.value, Hold::Local, uop::localOfRegister(uop.src)};
    else if (source.hold == Hold::Owned)
      ir::IncrefOp::create(b_, loc_, source.value);
    if (uop::isLocalRegister(uop.dst))
      settle(source);
    write(uop.dst, source.value ? source.value : null(), source.hold);
    reg(uop.dst).local = source.local;
    return true;
  }
  case Opcode::Swap: {
    auto& uop = *reinterpret_cast<const uop::SwapUop*>(at);
    std::swap(reg(uop.a), reg(uop.b));
    return true;
  }
  case Opcode::Drop:
    consume(reinterpret_cast<const uop::DropUop*>(at)->src);
    return true;
  case Opcode::ClearLocal: {
    auto& uop = *reinterpret_cast<const uop::ClearLocalUop*>(at);
    write(uop.local, null(), Hold::Owned);
    return true;
  }
  default:
    return false;
  }
}

void FunctionImporter::importConstant(const uint64_t* at) {
  auto& uop = *reinterpret_cast<const uop::LoadConstUop*>(at);
  bool isHoisted = isGenerator() && uop::isLocalRegister(uop.dst);
  Value value = isHoisted ? hoistedConstant(uop::localOfRegister(uop.dst)) : Value();
  if (!value)
    value = scalarConstant(uop.value);
  if (!value)
    value = objectConstant(uop.value);
  write(uop.dst, value, Hold::Immortal);
}

/// A constant that is an object. An int that fits 64 bits and a complex number say so, for those
/// who compute with them.
Value FunctionImporter::objectConstant(uint32_t index) {
  const uop::ConstRecord& record = image_.array<uop::ConstRecord>(code_.constants)[index];
  auto load = ir::LoadConstOp::create(b_, loc_, valueType_, index);
  if (record.kind == uop::ConstKind::Int)
    load->setAttr("int", b_.getI64IntegerAttr(static_cast<int64_t>(record.payload)));
  if (record.kind == uop::ConstKind::Complex)
    load->setAttr("complex", b_.getDenseF64ArrayAttr({image_.array<double>(record.payload)[0],
                                                      image_.array<double>(record.payload)[1]}));
  return load;
}

/// A constant that is no object; null for others.
Value FunctionImporter::scalarConstant(uint32_t index) {
  const uop::ConstRecord& record = image_.array<uop::ConstRecord>(code_.constants)[index];
  switch (record.kind) {
  case uop::ConstKind::None:
    return ir::NoneOp::create(b_, loc_, valueType_);
  case uop::ConstKind::True:
  case uop::ConstKind::False: {
    Value bit = arith::ConstantIntOp::create(b_, loc_, record.kind == uop::ConstKind::True, 1);
    return ir::BoxBoolOp::create(b_, loc_, valueType_, bit);
  }
  case uop::ConstKind::Int: {
    auto number = static_cast<int64_t>(record.payload);
    if (!rt::Value::fitsInt(number))
      return {};
    return ir::BoxIntOp::create(b_, loc_, valueType_,
                                arith::ConstantIntOp::create(b_, loc_, number, 64));
  }
  case uop::ConstKind::Float: {
    auto attr = b_.getF64FloatAttr(std::bit_cast<double>(record.payload));
    return ir::BoxFloatOp::create(b_, loc_, valueType_, arith::ConstantOp::create(b_, loc_, attr));
  }
  default:
    return {};
  }
}

/// The keywords of a call, which are the last of its arguments.
static void attachKeywords(Operation* op, uop::ImageView image, const uop::CodeRecord& code) {
  auto call = dyn_cast<ir::CallKwOp>(op);
  if (!call)
    return;
  const auto& tuple = image.array<uop::ConstRecord>(code.constants)[call.getNames()];
  const auto* items = image.array<uop::ConstRecord>(tuple.payload);
  SmallVector<StringRef> keywords;
  for (unsigned k = 0; k < tuple.length; ++k)
    keywords.push_back(image.string(items[k].payload));
  op->setAttr("keywords", Builder(op).getStrArrayAttr(keywords));
}

/// Every uop that is an operation of the dialect: operands from registers, results to registers.
void FunctionImporter::importGeneric(Opcode opcode, const uint64_t* at, uint32_t word) {
  const uop::UopInfo& info = uop::infoOf(opcode);
  if (opcode == Opcode::DeleteLocal) {
    OperationState check(loc_, "uop.check_local");
    int index = reinterpret_cast<const uop::DeleteLocalUop*>(at)->local;
    check.addOperands(read(index));
    appendState(check, word);
    b_.create(check);
    finishRaising(word);
    write(index, null(), Hold::Owned);
    return;
  }
  OperationState op(loc_, (Twine("uop.") + info.name).str());
  SmallVector<int> outputs, consumed;
  SmallVector<int32_t> segments;
  unsigned groups = info.raises;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const uop::OperandInfo& operand = info.operands[i];
    int32_t value = uop::readOperand(at, operand);
    std::string name = operand.name;
    if (name == "list" || name == "set")
      name += "_";
    switch (operand.kind) {
    case OperandKind::In:
    case OperandKind::Keep:
    case OperandKind::Inout:
      op.addOperands(read(value));
      segments.push_back(1);
      if (operand.kind != OperandKind::Keep)
        consumed.push_back(value);
      if (operand.kind == OperandKind::Inout)
        outputs.push_back(value);
      break;
    case OperandKind::InWindow:
    case OperandKind::KeepWindow: {
      unsigned count = uop::windowCount(at, info, operand);
      for (unsigned k = 0; k < count; ++k) {
        op.addOperands(read(value + k));
        if (operand.kind == OperandKind::InWindow)
          consumed.push_back(value + k);
      }
      segments.push_back(count);
      ++groups;
      break;
    }
    case OperandKind::Out:
      outputs.push_back(value);
      break;
    case OperandKind::OutWindow:
      for (unsigned k = 0, count = uop::windowCount(at, info, operand); k < count; ++k)
        outputs.push_back(value + k);
      break;
    case OperandKind::Name: {
      auto text = image_.string(image_.array<uint32_t>(code_.names)[value]);
      op.addAttribute(name, b_.getStringAttr(StringRef(text.data(), text.size())));
      op.addAttribute("nameIndex", b_.getI32IntegerAttr(value));
      break;
    }
    case OperandKind::Cache:
      op.addAttribute(name + "Cache", b_.getI32IntegerAttr(value));
      break;
    case OperandKind::Imm:
    case OperandKind::Const:
      op.addAttribute(name, b_.getI32IntegerAttr(value));
      break;
    case OperandKind::Label:
      PYC_UNREACHABLE("labels are control flow");
    }
  }
  unsigned before = op.operands.size();
  if (info.raises) {
    appendState(op, word);
    segments.push_back(op.operands.size() - before);
  }
  if (groups > 1)
    op.addAttribute("operandSegmentSizes", b_.getDenseI32ArrayAttr(segments));
  op.addTypes(SmallVector<Type>(outputs.size(), valueType_));
  Operation* created = b_.create(op);
  attachSeen(created, word);
  attachKeywords(created, image_, code_);
  if (info.raises)
    finishRaising(word);
  for (int index : consumed) {
    if (uop::isLocalRegister(index) && llvm::is_contained(outputs, index))
      continue; // InOut local: write() below releases the old value
    consume(index);
  }
  for (auto [index, result] : llvm::zip(outputs, created->getResults()))
    write(index, result, Hold::Owned);
  observeResults(created, at, word);
  supposeResults(created, outputs, word + info.words);
}

} // namespace pyc
