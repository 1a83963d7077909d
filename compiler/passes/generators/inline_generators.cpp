// A generator that only one loop consumes runs inside that loop: its code is copied to where the
// loop asks for the next item, `yield` becomes a jump to the loop's body and the loop's next turn a
// jump to behind the `yield`.
//
//   %g = call(%f, %n); %it = get_iter %g       guard_generator %f; incref ...; br ^start
//   ^header: %x = next %it                =>   ^start: the code of %f up to its first yield
//   cond_br is_null(%x), ^done, ^body          ^yield: br ^body(%item) ... ^turn: br ^behind
//   ^body: ... br ^header                      ^return: br ^done
//
// The generator object exists only in frame states (loop_inliner.cpp). enumerate and zip objects
// between the generator and the loop go first (builtin_iterators.cpp).

#include "compiler/passes/generators/builtin_iterators.h"
#include "compiler/passes/generators/loop_inliner.h"
#include "compiler/passes/generators/thread_resumptions.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/uop/prune_block_arguments.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace pyc;

namespace {

class InlineGenerators : public PassWrapper<InlineGenerators, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(InlineGenerators)
  StringRef getArgument() const override { return "inline-generators"; }
  StringRef getDescription() const override {
    return "Run generators inside of the loops that consume them";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    originals_.clear();
    bodies_.clear();
    for (auto function : getOperation().getOps<func::FuncOp>())
      describe(function);
    for (auto function : getOperation().getOps<func::FuncOp>())
      inlineInto(function);
    for (func::FuncOp original : originals_)
      original->destroy();
  }

private:
  static constexpr unsigned kMostLoops = 16, kMostOperations = 4000, kDeepest = 6;

  /// Keeps a copy of a generator's code, which may itself get other generators inlined.
  void describe(func::FuncOp function) {
    ir::eraseDeadBlocks(function.getBody());
    auto name = function->getAttrOfType<StringAttr>("uop.name");
    if (!name || !GeneratorBody::describe(function))
      return;
    originals_.push_back(function.clone());
    bodies_.try_emplace(("function " + name.str()), *GeneratorBody::describe(originals_.back()));
  }

  void inlineInto(func::FuncOp function) {
    unsigned count = 0;
    for (unsigned frame = 0; frame < kMostLoops; ++frame) {
      count = 0;
      function.walk([&](Operation*) { ++count; });
      if (count > kMostOperations || !inlineOne(function, frame))
        return;
      pruneBlockArguments(function); // the next loop's generator may have come through some
      if (threadResumptions(function))
        pruneBlockArguments(function);
    }
  }

  bool inlineOne(func::FuncOp function, unsigned frame) {
    SmallVector<ir::NextOp> steps;
    function.walk([&](ir::NextOp next) { steps.push_back(next); });
    DominanceInfo dominance(function);
    for (ir::NextOp next : steps) {
      auto loop = matchGeneratorLoop(next, dominance);
      if (loop && isBuiltinIteratorLoop(*loop)) {
        expandBuiltinIterator(function, *loop);
        return true;
      }
      const GeneratorBody* body = loop ? calleeOf(*loop) : nullptr;
      if (!body || runsInside(function, next, *body))
        continue;
      explain(loop->call, RemarkKind::Inlined, {"function " + body->name()});
      inlineGenerator(function, *loop, *body, frame);
      return true;
    }
    return false;
  }

  /// The generator function that the call is sure or likely to call.
  const GeneratorBody* calleeOf(GeneratorLoop& loop) const {
    StringRef type = ir::onlyType(ir::seenAt(loop.call, 1));
    if (auto made = loop.window()[0].getDefiningOp<ir::MakeFunctionOp>())
      if (auto name = made->getAttrOfType<StringAttr>("function"))
        type = name;
    auto found = bodies_.find(type);
    if (found == bodies_.end())
      return nullptr;
    const GeneratorBody& body = found->second;
    OperandRange arguments = loop.window().drop_front();
    if (arguments.size() != body.parameterCount())
      return nullptr;
    if (body.isExpression() && !arguments[0].getDefiningOp<ir::GetIterOp>())
      return nullptr;
    return &body;
  }

  /// Whether the loop is code of this generator already, or too deep in others.
  static bool runsInside(func::FuncOp function, Operation* op, const GeneratorBody& body) {
    llvm::DenseMap<int64_t, ir::InlinedFrameOp> frames;
    function.walk([&](ir::InlinedFrameOp frame) { frames[frame.getFrame()] = frame; });
    unsigned depth = 0;
    while (auto inlined = op->getAttrOfType<IntegerAttr>("inlined")) {
      ir::InlinedFrameOp frame = frames.lookup(inlined.getInt());
      if (frame.getCode() == body.code() || ++depth == kDeepest)
        return true;
      op = frame;
    }
    return function->getAttrOfType<IntegerAttr>("uop.code").getInt() == body.code();
  }

  SmallVector<func::FuncOp> originals_; // not in the module
  llvm::StringMap<GeneratorBody> bodies_;
};

} // namespace

std::unique_ptr<Pass> pyc::createInlineGenerators() {
  return std::make_unique<InlineGenerators>();
}
