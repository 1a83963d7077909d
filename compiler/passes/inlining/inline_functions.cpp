// Small functions, methods, operators and __init__ of classes are put in the place of their calls
// where a tuple or instance might not have to be made then: it is made in the one and taken apart
// in the other, and nobody else sees it.
//
//   %p = call(%f, %a)              guard_function %f; (code of %f) %p = build_tuple(...)
//   %x, %y = unpack_sequence %p => %x, %y = unpack_sequence %p
//
// Short functions, methods and __init__ that call nothing are inlined as well: behind the guard of
// the method's object its layout is known, what they return may stay in a register, and nobody has
// to hold the function. All other calls are left to LLVM's inliner, which needs no frame states of
// several frames.

#include "compiler/passes/inlining/call_inliner.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/uop/operators.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace pyc;

namespace {

using Kind = InlinedCallee::Kind;
using Visited = llvm::SmallDenseSet<Value>;

/// The operator that the operation is, if it is one of those that compute with objects: up to `%`.
Operator arithmeticOf(Operation* op) {
  constexpr int kRemainder = 6;
  Operator found = operatorOf(op->getName().stripDialect());
  return found.number <= kRemainder ? found : Operator();
}

/// The code of functions, and which calls run it.
class Callees {
public:
  void add(func::FuncOp function) {
    auto name = function->getAttrOfType<StringAttr>("uop.name");
    if (!name || !FunctionBody::describe(function))
      return;
    originals_.push_back(function.clone());
    bodies_.try_emplace(("function " + name.str()), *FunctionBody::describe(originals_.back()));
  }
  ~Callees() {
    for (func::FuncOp original : originals_)
      original->destroy();
  }

  /// What the operation is sure or likely to call.
  std::optional<InlinedCallee> of(Operation* op) const {
    StringRef type = ir::onlyType(ir::seenAt(op, 1));
    if (isa<ir::CallOp, ir::CallMethodOp>(op)) {
      bool isMethod = isa<ir::CallMethodOp>(op);
      auto argc = op->getAttrOfType<IntegerAttr>("argc").getInt();
      if (const FunctionBody* body = find(type, argc + isMethod))
        return InlinedCallee{isMethod ? Kind::Method : Kind::Function, body};
      if (isMethod || !type.consume_front("class "))
        return {};
      const FunctionBody* init = find(("function " + type + ".__init__").str(), argc + 1);
      if (init && init->returnsNone() && !init->collects())
        return InlinedCallee{Kind::Construction, init};
      return {};
    }
    auto [method, number] = arithmeticOf(op);
    if (number < 0 || !type.consume_front("instance "))
      return {};
    const FunctionBody* body = find(("function " + type.split('{').first + "." + method).str(), 2);
    if (body && !body->collects() && neverRefuses(*body))
      return InlinedCallee{Kind::Operator, body, number};
    return {};
  }

  /// Whether it returns what it has made.
  bool returnsNew(const InlinedCallee& callee, unsigned depth = 0) const {
    constexpr unsigned kDeepest = 4;
    if (callee.kind == Kind::Construction)
      return true;
    return depth < kDeepest &&
           llvm::any_of(
               callee.body->results(), [&](Value value) { return isNew(value, depth + 1); });
  }

  bool isNew(Value value, unsigned depth = 0) const {
    Operation* op = value.getDefiningOp();
    if (isa_and_present<ir::BuildTupleOp, ir::BeginConstructionOp>(op))
      return true;
    auto callee = op ? of(op) : std::nullopt;
    return callee && returnsNew(*callee, depth);
  }

private:
  const FunctionBody* find(StringRef name, int64_t parameters) const {
    auto found = bodies_.find(name);
    return found != bodies_.end() && found->second.takes(parameters) ? &found->second : nullptr;
  }

  /// Whether no result is NotImplemented: operators' results are not, nor what is constructed.
  bool neverRefuses(const FunctionBody& body) const {
    return llvm::all_of(body.results(), [&](Value value) {
      Operation* op = value.getDefiningOp();
      if (!op)
        return false;
      if (isa<ir::BuildTupleOp, ir::BoxIntOp, ir::BoxFloatOp, ir::NoneOp>(op) ||
          arithmeticOf(op).number >= 0)
        return true;
      auto callee = isa<ir::CallOp>(op) ? of(op) : std::nullopt;
      return callee && callee->kind == Kind::Construction;
    });
  }

  SmallVector<func::FuncOp> originals_; // not in the module
  llvm::StringMap<FunctionBody> bodies_;
};

/// Whether all uses of a value take it apart, so that nobody would see an object.
class Dissection {
public:
  explicit Dissection(const Callees& callees) : callees_(callees) {}

  bool isComplete(Value value) {
    if (!visited_.insert(value).second)
      return true;
    return llvm::all_of(value.getUses(), [&](OpOperand& use) { return takesApart(use); });
  }

private:
  bool takesApart(OpOperand& use) {
    Operation* op = use.getOwner();
    if (isa<ir::SuspendOp, ir::ReductionOp>(op))
      return false;
    if (isa<ir::ObserveOp, ir::IncrefOp, ir::DecrefOp, ir::SameOp>(op) || ir::isStateUse(use))
      return true;
    if (isa<ir::LoadAttrOp, ir::LoadMethodOp, ir::LoadKnownMethodOp, ir::UnpackSequenceOp>(op))
      return !op->hasAttr("accessor");
    if (isa<ir::StoreAttrOp, ir::LoadItemOp>(op))
      return use.getOperandNumber() == 0;
    if (auto branch = dyn_cast<BranchOpInterface>(op)) {
      auto argument = branch.getSuccessorBlockArgument(use.getOperandNumber());
      return argument && isComplete(*argument);
    }
    auto callee = callees_.of(op);
    if (!callee || ir::unwindOf(op))
      return false;
    unsigned parameter = use.getOperandNumber();
    if (callee->kind == Kind::Operator)
      ++parameter;
    if (parameter == 0)
      return false;
    if (callee->kind == Kind::Construction)
      ++parameter;
    if (callee->body->collects() && parameter >= callee->body->parameterCount())
      return false; // a tuple holds it
    return isComplete(callee->body->function().getArgument(parameter));
  }

  const Callees& callees_;
  Visited visited_;
};

class InlineFunctions : public PassWrapper<InlineFunctions, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(InlineFunctions)
  StringRef getArgument() const override { return "inline-functions"; }
  StringRef getDescription() const override {
    return "Inline small functions that make or take apart what nobody else sees";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    Callees callees;
    for (auto function : getOperation().getOps<func::FuncOp>())
      callees.add(function);
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function->hasAttr("uop.parameters")) // a generator's frame is somewhere else
        inlineInto(function, callees);
  }

private:
  static constexpr unsigned kMostCalls = 60, kMostOperations = 3000, kDeepest = 6;

  static void inlineInto(func::FuncOp function, const Callees& callees) {
    bool changed = false;
    for (unsigned i = 0; i < kMostCalls && inlineOne(function, callees); ++i)
      changed = true;
    if (changed)
      joinBlocks(function);
  }

  static bool inlineOne(func::FuncOp function, const Callees& callees) {
    unsigned count = 0;
    int64_t frame = 0;
    SmallVector<Operation*> calls;
    function.walk([&](Operation* op) {
      ++count;
      if (auto inlined = dyn_cast<ir::InlinedFrameOp>(op))
        frame = std::max<int64_t>(frame, inlined.getFrame() + 1);
      if (callees.of(op))
        calls.push_back(op);
    });
    if (count > kMostOperations)
      return false;
    for (Operation* call : calls) {
      InlinedCallee callee = *callees.of(call);
      if (!fits(function, call, *callee.body) || !isWorthIt(call, callee, callees))
        continue;
      auto name = callee.body->function()->getAttrOfType<StringAttr>("uop.name");
      explain(call, RemarkKind::InlinedCall, {("function " + name.getValue()).str()});
      inlineCall(call, callee, frame);
      return true;
    }
    return false;
  }

  /// Whether the callee is a leaf, or the call makes something that is taken apart here, or takes
  /// apart what was made here.
  static bool isWorthIt(Operation* call, const InlinedCallee& callee, const Callees& callees) {
    if (callee.body->isLeaf())
      return true;
    if (callees.returnsNew(callee) && Dissection(callees).isComplete(call->getResult(0)))
      return true;
    unsigned end = ir::stateBegin(call);
    return llvm::any_of(call->getOperands().take_front(end), [&](Value value) {
      Visited visited;
      return isNewHere(value, callees, visited) && Dissection(callees).isComplete(value);
    });
  }

  /// Whether the value, or one that it may be, is made in this function.
  static bool isNewHere(Value value, const Callees& callees, Visited& visited) {
    if (!visited.insert(value).second)
      return false;
    auto argument = dyn_cast<BlockArgument>(value);
    if (!argument)
      return callees.isNew(value);
    Block* block = argument.getOwner();
    if (block->isEntryBlock())
      return false;
    for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      Value passed = branch.getSuccessorOperands(it.getSuccessorIndex())[argument.getArgNumber()];
      if (passed && isNewHere(passed, callees, visited))
        return true;
    }
    return false;
  }

  /// Not where an exception has a handler, in code of generators, or in code of the function
  /// itself.
  static bool fits(func::FuncOp function, Operation* call, const FunctionBody& body) {
    if (ir::unwindOf(call) || (call->hasAttr("inlined") && !ir::callerOf(call)))
      return false;
    llvm::DenseMap<int64_t, ir::InlinedFrameOp> frames;
    function.walk([&](ir::InlinedFrameOp frame) { frames[frame.getFrame()] = frame; });
    unsigned depth = 0;
    for (Operation* op = call; auto inlined = op->getAttrOfType<IntegerAttr>("inlined");) {
      ir::InlinedFrameOp frame = frames.lookup(inlined.getInt());
      if (frame.getCode() == body.code() || ++depth == kDeepest)
        return false;
      op = frame;
    }
    return function->getAttrOfType<IntegerAttr>("uop.code").getInt() != body.code();
  }

  /// Makes one block of two that always follow each other.
  static void joinBlocks(func::FuncOp function) {
    for (Block& block : function.getBody())
      while (auto branch = dyn_cast<cf::BranchOp>(block.getTerminator())) {
        Block* next = branch.getDest();
        if (next == &block || next->getSinglePredecessor() != &block)
          break;
        for (auto [argument, value] : llvm::zip(next->getArguments(), branch.getDestOperands()))
          argument.replaceAllUsesWith(value);
        branch.erase();
        block.getOperations().splice(block.end(), next->getOperations());
        next->erase();
      }
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createInlineFunctions() {
  return std::make_unique<InlineFunctions>();
}
