// super().name(): where the method that was found before is the answer again, no super object is
// made.

#include "compiler/lower/function_lowering.h"
#include "compiler/remarks/remark.h"

using namespace mlir;

namespace pyc {

/// The load_method that alone looks at what super() returned, or null.
static ir::LoadMethodOp onlyMethodOf(Operation* op) {
  ir::LoadMethodOp method;
  for (Operation* user : op->getResult(0).getUsers()) {
    if (isa<ir::DecrefOp>(user))
      continue;
    auto load = dyn_cast<ir::LoadMethodOp>(user);
    if (!load || load.getObject() != op->getResult(0) || (method && method != load))
      return {};
    method = load;
  }
  return method;
}

/// The result is null where the place's cache has the method already.
void FunctionLowering::lowerLoadSuper(Operation* op) {
  auto super = cast<ir::LoadSuperOp>(op);
  ir::LoadMethodOp method = onlyMethodOf(op);
  if (!method)
    return lowerGeneric(op);
  explain(op, RemarkKind::SuperMethod);
  constexpr unsigned kCaches = 3; // sizeof(SuperCache), runtime/objects/super.h
  Value cache = cacheMemory(kCaches);
  Value way =
      call("pyc_super_way", ptr_, {super.getCallee(), super.getCell(), super.getSelf(), cache});
  superCalls_[method] = {cache, way, super.getSelf()};
  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value result = after->addArgument(i64_, loc_);
  Block* general = coldBlock();
  b_.setInsertionPointToEnd(before);
  Value isUnknown = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, way,
                                         LLVM::ZeroOp::create(b_, loc_, ptr_));
  LLVM::CondBrOp::create(b_, loc_, isUnknown, general, ValueRange(), after,
                         ValueRange{constant(i64_, 0)}, std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(general);
  Value made = call("pyc_load_super", i64_, {super.getCallee(), super.getCell(), super.getSelf()});
  raiseIf(op, isNull(made));
  LLVM::BrOp::create(b_, loc_, made, after);
  replace(op, result);
}

void FunctionLowering::lowerLoadSuperMethod(Operation* op) {
  auto load = cast<ir::LoadMethodOp>(op);
  SuperCall super = superCalls_.lookup(op);
  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value method = after->addArgument(i64_, loc_);
  Value object = after->addArgument(i64_, loc_);
  Block* known = new Block();
  function_.getBody().getBlocks().insert(after->getIterator(), known);
  Block* general = coldBlock();
  b_.setInsertionPointToEnd(before);
  Value isUnknown = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, super.way,
                                         LLVM::ZeroOp::create(b_, loc_, ptr_));
  LLVM::CondBrOp::create(b_, loc_, isUnknown, general, ValueRange(), known, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(known);
  Value place = LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), super.way,
                                    ArrayRef<LLVM::GEPArg>{int32_t(rt::kCacheValue)});
  Value found = loadField(i64_, place, "cell value");
  call("pyc_incref", {}, found);
  call("pyc_incref", {}, super.self);
  LLVM::BrOp::create(b_, loc_, ValueRange{found, super.self}, after);
  b_.setInsertionPointToEnd(general);
  Value out = stackArray(2);
  Value ok =
      call("pyc_load_super_method", i1_, {load.getObject(), nameAddress(op), super.cache, out});
  raiseIf(op, isZero(ok));
  Value second = LLVM::GEPOp::create(b_, loc_, ptr_, i64_, out, ArrayRef<LLVM::GEPArg>{1});
  Value first = LLVM::LoadOp::create(b_, loc_, i64_, out);
  LLVM::BrOp::create(b_, loc_, ValueRange{first, LLVM::LoadOp::create(b_, loc_, i64_, second)},
                     after);
  replace(op, {method, object});
}

} // namespace pyc
