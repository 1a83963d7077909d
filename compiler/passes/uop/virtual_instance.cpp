#include "compiler/passes/uop/virtual_instance.h"

#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/state.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pyc {

namespace {

struct Kind {
  explicit Kind(Attribute attribute) : parts(cast<ArrayAttr>(attribute)) {}
  StringAttr symbol() const { return cast<StringAttr>(parts[0]); }
  ArrayAttr names() const { return cast<ArrayAttr>(parts[1]); }
  DenseI32ArrayAttr indexes() const { return cast<DenseI32ArrayAttr>(parts[2]); }
  IntegerAttr code() const { return cast<IntegerAttr>(parts[3]); }
  ArrayAttr parts;
};

bool isSlotStore(Operation* op) {
  return isa<ir::StoreSlotOp, ir::StoreSlotNumberOp>(op);
}

StringRef nameOf(Operation* op) {
  return op->getAttrOfType<StringAttr>("name").getValue();
}

/// Whether one of the layouts that a guard expects is that of an object with these attributes.
bool expects(ir::GuardShapeOp guard, ArrayRef<StringRef> names) {
  std::string expected = "{" + llvm::join(names, ",") + "}@";
  return llvm::any_of(llvm::split(guard.getLayout(), '|'),
                      [&](StringRef layout) { return layout.contains(expected); });
}

SmallVector<StringRef> namesOf(Attribute kind) {
  SmallVector<StringRef> names;
  for (auto name : Kind(kind).names().getAsValueRange<StringAttr>())
    names.push_back(name);
  return names;
}

/// Whether an operation needs of an instance with these attributes no more than what it holds.
bool isFit(Operation* op, ArrayRef<StringRef> names) {
  if (auto guard = dyn_cast<ir::GuardShapeOp>(op))
    return expects(guard, names);
  if (isa<ir::LoadSlotOp, ir::LoadSlotIntOp, ir::LoadSlotFloatOp, ir::LoadSlotBoolOp>(op))
    return llvm::is_contained(names, nameOf(op));
  if (isa<ir::LoadKnownMethodOp>(op))
    return !llvm::is_contained(names, nameOf(op)) && !op->hasAttr("accessor");
  return isa<ir::FindOperatorOp>(op);
}

} // namespace

std::optional<VirtualInstance> VirtualInstance::describe(ir::BeginConstructionOp begin) {
  VirtualInstance instance(begin);
  if (!instance.follow())
    return {};
  Builder b(begin);
  SmallVector<Attribute> names;
  for (StringRef name : instance.names_)
    names.push_back(b.getStringAttr(name));
  instance.kind_ = b.getArrayAttr({begin.getSymbolAttr(), b.getArrayAttr(names),
                                   b.getDenseI32ArrayAttr(instance.indexes_),
                                   b.getI32IntegerAttr(static_cast<int32_t>(instance.code_))});
  return instance;
}

/// Notes the attributes in the order in which the block adds them.
bool VirtualInstance::follow() {
  Value object = begin_.getInstance();
  for (Operation* user : begin_.getInit().getUsers())
    if (auto frame = dyn_cast<ir::InlinedFrameOp>(user)) {
      frame_ = frame.getFrameAttr();
      code_ = frame.getCode();
    }
  if (!frame_)
    return false;
  bool isShared = false; // counted more than once: a change would have to count all of that
  for (Operation* op = begin_->getNextNode(); op; op = op->getNextNode()) {
    if (op->getNumOperands() == 0 || op->getOperand(0) != object)
      continue;
    bool changes = isa<ir::AddSlotOp>(op) || isSlotStore(op);
    isShared |= isa<ir::IncrefOp>(op);
    if (changes && (isShared || op->getOperand(1) == object))
      return false;
    if (!note(op))
      return false;
  }
  return llvm::all_of(object.getUsers(), [&](Operation* user) {
    bool changes = (isa<ir::AddSlotOp>(user) || isSlotStore(user)) && user->getOperand(0) == object;
    return !changes || user->getBlock() == begin_->getBlock();
  });
}

bool VirtualInstance::note(Operation* op) {
  if (auto add = dyn_cast<ir::AddSlotOp>(op)) {
    // The names are those of the code of __init__.
    if (op->getAttr("inlined") != frame_ || llvm::is_contained(names_, nameOf(op)))
      return false;
    names_.push_back(nameOf(op));
    indexes_.push_back(static_cast<int32_t>(add.getNameIndex()));
    return true;
  }
  if (isSlotStore(op))
    return llvm::is_contained(names_, nameOf(op));
  bool isAccess = isa<ir::GuardShapeOp, ir::LoadSlotOp, ir::LoadSlotIntOp, ir::LoadSlotFloatOp,
                      ir::LoadSlotBoolOp, ir::LoadKnownMethodOp>(op);
  // Where the first attributes are added the guard expects an object without them.
  return !isAccess || isFit(op, names_);
}

unsigned VirtualInstance::partCount(Attribute kind) {
  return 1 + Kind(kind).names().size();
}

static Operation* makeInstance(OpBuilder& b, Location loc, ValueRange parts,
                               ArrayRef<int32_t> names, Attribute kind) {
  SmallVector<bool> counted(parts.size(), true);
  auto made = ir::VirtualInstanceOp::create(b, loc, b.getType<ir::ValueType>(), parts,
                                            b.getDenseI32ArrayAttr(names), Kind(kind).code(),
                                            b.getDenseBoolArrayAttr(counted));
  made->setAttr("kind", kind);
  return made;
}

Operation* VirtualInstance::make(OpBuilder& b, Location loc, Attribute kind, ValueRange parts) {
  return makeInstance(b, loc, parts, Kind(kind).indexes(), kind);
}

Operation* VirtualInstance::makePartial(OpBuilder& b, ArrayRef<Value> parts,
                                        ArrayRef<int32_t> names) const {
  return makeInstance(b, parts[0].getLoc(), parts, names, kind_);
}

bool VirtualInstance::isFitUse(OpOperand& use, Attribute kind) {
  Operation* op = use.getOwner();
  Operation* begin = use.get().getDefiningOp();
  if (isa<ir::AddSlotOp>(op) || isSlotStore(op))
    return begin && use.getOperandNumber() == 0; // describe has looked at them
  if (begin && op->getBlock() == begin->getBlock())
    return isFit(op, namesOf(kind)) || isa<ir::GuardShapeOp>(op);
  return isFit(op, namesOf(kind));
}

/// A check that the class is as it was.
static Value guardClass(OpBuilder& b, Operation* from, Value type, Attribute kind) {
  Kind what(kind);
  auto guard = ir::createWithState<ir::GuardConstructionOp>(
      b, from, type.getType(), type,
      {b.getNamedAttr("symbol", what.symbol()), b.getNamedAttr("names", what.indexes()),
       b.getNamedAttr("code", what.code())});
  return guard.getInit();
}

void VirtualInstance::replace(Maker make) {
  OpBuilder b(begin_);
  Location loc = begin_.getLoc();
  Value object = begin_.getInstance();
  SmallVector<Value> parts{begin_.getCallee()};
  SmallVector<int32_t> names;
  begin_.getInit().replaceAllUsesWith(guardClass(b, begin_, parts[0], kind_));
  // For uncountInstance: what is the same instance's.
  auto mark = [&](Operation* op) { op->setAttr("frame", frame_); };
  mark(ir::IncrefOp::create(b, loc, parts[0]));
  Value current = make(b, parts, names);
  mark(current.getDefiningOp());
  for (Operation* op = begin_->getNextNode(); op;) {
    Operation* next = op->getNextNode();
    bool isObject = op->getNumOperands() > 0 && op->getOperand(0) == object;
    if (!isObject || !(isa<ir::AddSlotOp>(op) || isSlotStore(op))) {
      op->replaceUsesOfWith(object, current);
      op = next;
      continue;
    }
    b.setInsertionPoint(op);
    Value value = op->getOperand(1);
    mark(ir::IncrefOp::create(b, loc, value));
    if (auto add = dyn_cast<ir::AddSlotOp>(op)) {
      parts.push_back(value);
      names.push_back(static_cast<int32_t>(add.getNameIndex()));
    } else {
      size_t index = llvm::find(names_, nameOf(op)) - names_.begin();
      std::swap(parts[1 + index], value);
      ir::DecrefOp::create(b, loc, value);
    }
    current = make(b, parts, names);
    mark(current.getDefiningOp());
    op->erase();
    op = next;
  }
  object.replaceAllUsesWith(current);
}

/// Whether nothing since the class was last known to be as it was can have changed it.
static bool isClassKnown(Operation* op, ir::VirtualInstanceOp instance) {
  for (Operation* at = op->getPrevNode(); at; at = at->getPrevNode()) {
    if (at == instance && !isa<BlockArgument>(instance.getValues()[0]))
      return true;
    if (auto guard = dyn_cast<ir::GuardConstructionOp>(at);
        guard && guard.getCallee() == instance.getValues()[0] &&
        guard.getSymbolAttr() == Kind(instance->getAttr("kind")).symbol())
      return true;
    if (!leavesObjectsAlone(at))
      return false;
  }
  return false;
}

/// A number that the instance holds, as load_slot_* gives it.
template <class Guard, class Box>
static void replaceNumber(OpBuilder& b, Operation* load, Type type, Value part) {
  Value number;
  if (auto box = part.getDefiningOp<Box>())
    number = box.getValue();
  else
    number = ir::createWithState<Guard>(b, load, type, part).getResult();
  load->getResult(0).replaceAllUsesWith(number);
  load->erase();
}

void VirtualInstance::foldUse(OpBuilder& b, Operation* user, ir::VirtualInstanceOp instance) {
  Value object = instance.getResult(), type = instance.getValues()[0];
  Attribute kind = instance->getAttr("kind");
  if (auto find = dyn_cast<ir::FindOperatorOp>(user)) {
    auto known = user->getAttrOfType<IntegerAttr>("classes");
    int64_t classes = known ? known.getInt() : 0;
    for (unsigned i : {0U, 1U})
      if (find->getOperand(i) == object) {
        find->setOperand(i, type);
        classes |= 1 << i;
      }
    if (classes != 0)
      user->setAttr("classes", b.getI32IntegerAttr(static_cast<int32_t>(classes)));
    return;
  }
  if (user->getNumOperands() == 0 || user->getOperand(0) != object)
    return;
  if (auto guard = dyn_cast<ir::GuardShapeOp>(user)) {
    if (!isClassKnown(guard, instance))
      ir::DecrefOp::create(b, guard.getLoc(), guardClass(b, guard, type, kind));
    guard.erase();
    return;
  }
  if (isa<ir::LoadKnownMethodOp>(user)) {
    NamedAttribute attributes[] = {b.getNamedAttr("name", user->getAttr("name")),
                                   b.getNamedAttr("nameIndex", user->getAttr("nameIndex"))};
    auto method = ir::createWithState<ir::ClassMethodOp>(b, user, type.getType(), type, attributes);
    user->getResult(0).replaceAllUsesWith(method.getResult());
    user->erase();
    return;
  }
  if (!isa<ir::LoadSlotOp, ir::LoadSlotIntOp, ir::LoadSlotFloatOp, ir::LoadSlotBoolOp>(user))
    return;
  SmallVector<StringRef> names = namesOf(kind);
  Value part = instance.getValues()[1 + (llvm::find(names, nameOf(user)) - names.begin())];
  if (isa<ir::LoadSlotFloatOp>(user))
    return replaceNumber<ir::GuardFloatOp, ir::BoxFloatOp>(b, user, b.getF64Type(), part);
  if (isa<ir::LoadSlotIntOp>(user))
    return replaceNumber<ir::GuardIntOp, ir::BoxIntOp>(b, user, b.getI64Type(), part);
  if (isa<ir::LoadSlotBoolOp>(user))
    return replaceNumber<ir::GuardBoolOp, ir::BoxBoolOp>(b, user, b.getI1Type(), part);
  ir::IncrefOp::create(b, user->getLoc(), part);
  user->getResult(0).replaceAllUsesWith(part);
  user->erase();
}

} // namespace pyc
