// Attributes and list items at known places: loads and stores of the object's memory.
//
// The accesses carry TBAA tags, so that LLVM knows what a store leaves alone: headers of objects,
// the fields of lists, their items and the attributes of instances never overlap.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"
#include "runtime/abi/native_cells.h"
#include "runtime/base/value.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pyc {

Value FunctionLowering::fieldAddress(Value object, int64_t offset) {
  Value base = LLVM::IntToPtrOp::create(b_, loc_, ptr_, object);
  return LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), base,
                             ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(offset)});
}

LLVM::TBAATagAttr FunctionLowering::memoryTag(StringRef what) {
  MLIRContext* context = b_.getContext();
  auto root = LLVM::TBAARootAttr::get(context, b_.getStringAttr("pyc"));
  auto type =
      LLVM::TBAATypeDescriptorAttr::get(context, what, LLVM::TBAAMemberAttr::get(context, root, 0));
  return LLVM::TBAATagAttr::get(type, type, 0);
}

Value FunctionLowering::loadField(Type type, Value address, StringRef what) {
  auto load = LLVM::LoadOp::create(b_, loc_, type, address);
  load.setTBAATags(b_.getArrayAttr(memoryTag(what)));
  return load;
}

void FunctionLowering::storeField(Value value, Value address, StringRef what) {
  auto store = LLVM::StoreOp::create(b_, loc_, value, address);
  store.setTBAATags(b_.getArrayAttr(memoryTag(what)));
}

Value FunctionLowering::compare(LLVM::ICmpPredicate predicate, Value lhs, int64_t rhs) {
  return LLVM::ICmpOp::create(b_, loc_, predicate, lhs, constant(lhs.getType(), rhs));
}

Value FunctionLowering::isNoObject(Value value) {
  return compare(LLVM::ICmpPredicate::uge, value, static_cast<int64_t>(rt::Value::kDoubleOffset));
}

/// True for values that are no small ints.
Value FunctionLowering::isNoInt(Value value) {
  return compare(LLVM::ICmpPredicate::ult, value, static_cast<int64_t>(rt::Value::kIntTag));
}

/// The same for machine ints: true for those that need more than 49 bits.
Value FunctionLowering::isNoSmallInt(Value number) {
  Value moved = LLVM::AddOp::create(b_, loc_, number, constant(i64_, int64_t(1) << 48));
  return compare(LLVM::ICmpPredicate::uge, moved, int64_t(1) << 49);
}

Value FunctionLowering::isNotFinite(Value number) {
  auto infinity = b_.getF64FloatAttr(std::numeric_limits<double>::infinity());
  return LLVM::FCmpOp::create(b_, loc_, LLVM::FCmpPredicate::uge,
                              LLVM::FAbsOp::create(b_, loc_, f64_, number),
                              LLVM::ConstantOp::create(b_, loc_, f64_, infinity));
}

Value FunctionLowering::isNoFloat(Value value) {
  Value moved = LLVM::SubOp::create(b_, loc_, value,
                                    constant(i64_, static_cast<int64_t>(rt::Value::kDoubleOffset)));
  return compare(LLVM::ICmpPredicate::uge, moved,
                 static_cast<int64_t>(rt::Value::kIntTag - rt::Value::kDoubleOffset));
}

Value FunctionLowering::decodeInt(Value value) {
  Value fifteen = constant(i64_, 15);
  Value shifted = LLVM::ShlOp::create(b_, loc_, value, fifteen);
  Value number = LLVM::AShrOp::create(b_, loc_, shifted, fifteen);
  smallInts_.insert(number);
  return number;
}

Value FunctionLowering::decodeFloat(Value value) {
  Value bits = LLVM::SubOp::create(b_, loc_, value,
                                   constant(i64_, static_cast<int64_t>(rt::Value::kDoubleOffset)));
  return LLVM::BitcastOp::create(b_, loc_, f64_, bits);
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// The guard's data (runtime/objects/layout_cell.h), shared by all guards of a layout in the
/// function: a cell for each class, and what all accesses that rest on the layout expect.
FunctionLowering::LayoutCells& FunctionLowering::layoutCells(StringAttr layout) {
  LayoutCells& cells = layoutCells_[layout];
  if (!cells.name.empty())
    return cells;
  cells.name = newSymbol("layout");
  cells.count = layout.getValue().contains('|') ? rt::kHashedCells : 1;
  size_t added = layout.getValue().rsplit('@').second.count('+'); // in this order
  if (added != 0)
    cells.count = 1;
  SmallVector<int32_t> facts(2 * added); // an index in `names` and an offset each
  cells.names.resize(added);
  llvm::SmallDenseSet<Attribute> known;
  function_.walk([&](Operation* op) {
    auto offset = op->getAttrOfType<IntegerAttr>("offset");
    if (!offset || op->getAttr("layout") != layout)
      return;
    auto inlined = op->getAttrOfType<IntegerAttr>("inlined");
    unsigned code = inlined ? frames_.lookup(inlined.getInt()).getCode() : code_.index;
    unsigned index = op->getAttrOfType<IntegerAttr>("nameIndex").getInt();
    auto add = dyn_cast<ir::AddSlotOp>(op);
    if (!add && !known.insert(op->getAttr("name")).second)
      return;
    size_t fact = add ? add.getStep() : cells.names.size();
    if (!add) {
      cells.names.emplace_back();
      facts.append(2, 0);
    }
    cells.names[fact] = {code, index};
    facts[2 * fact] = static_cast<int32_t>(fact);
    facts[2 * fact + 1] = static_cast<int32_t>(offset.getInt());
  });

  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(module_.getBody());
  Location loc = module_.getLoc();
  defineZeroed(cells.name, cells.count * kCacheSize);
  b_.setInsertionPointToEnd(module_.getBody());
  auto factsType = RankedTensorType::get({static_cast<int64_t>(facts.size())}, i32_);
  LLVM::GlobalOp::create(b_, loc, LLVM::LLVMArrayType::get(i32_, facts.size()), true,
                         LLVM::Linkage::Private, cells.name + ".facts",
                         DenseElementsAttr::get(factsType, ArrayRef<int32_t>(facts)));
  if (added != 0)
    defineZeroed(cells.name + ".added", added * sizeof(int32_t));
  b_.setInsertionPointToEnd(module_.getBody());
  auto type = LLVM::LLVMStructType::getLiteral(b_.getContext(), {ptr_, ptr_, ptr_, i32_, i32_});
  auto record = LLVM::GlobalOp::create(b_, loc, type, true, LLVM::Linkage::Private,
                                       cells.name + ".guard", Attribute());
  b_.createBlock(&record.getInitializerRegion());
  Value value = LLVM::UndefOp::create(b_, loc, type);
  Value fields[] = {
      LLVM::AddressOfOp::create(b_, loc, ptr_, cells.name),
      LLVM::AddressOfOp::create(b_, loc, ptr_, cells.name + ".facts"),
      added != 0 ? LLVM::AddressOfOp::create(b_, loc_, ptr_, cells.name + ".added").getResult()
                 : LLVM::ZeroOp::create(b_, loc_, ptr_).getResult(),
      constant(i32_, cells.count), constant(i32_, static_cast<int64_t>(facts.size() / 2))};
  for (auto [i, field] : llvm::enumerate(fields))
    value = LLVM::InsertValueOp::create(b_, loc, value, field,
                                        ArrayRef<int64_t>{static_cast<int64_t>(i)});
  LLVM::ReturnOp::create(b_, loc, value);
  return cells;
}

/// The names that the layout's facts speak of, in memory.
Value FunctionLowering::namesOf(const LayoutCells& cells) {
  SmallVector<Value> names;
  const uop::CodeRecord* current = current_;
  for (auto [code, index] : cells.names) {
    current_ = &image_.code(code);
    names.push_back(LLVM::LoadOp::create(b_, loc_, i64_, tableAddress("names", index, 8)));
  }
  current_ = current;
  return spill(names);
}

/// Where several shapes are expected the cells are a table by shape (kHashedCells).
std::pair<Value, Value> FunctionLowering::hashedCells(Value cells, Value shape) {
  Value bits = LLVM::AndOp::create(b_, loc_, shape, constant(i32_, rt::kCellSetMask));
  Value offset = LLVM::ZExtOp::create(b_, loc_, i64_, bits);
  Value first =
      LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), cells, ArrayRef<LLVM::GEPArg>{offset});
  Value second = LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), first,
                                     ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(kCacheSize)});
  return {first, second};
}

/// Compares the shape of what is no number with those in the cells; one that was not seen yet may
/// be adopted. Goes on in `fits`, or where `other` says.
void FunctionLowering::testLayout(Value object, LayoutCells& cells, Block* fits,
                                  llvm::function_ref<void()> other) {
  Block* adopt = coldBlock();
  Block* exit = coldBlock();
  auto rarely = std::pair<int32_t, int32_t>(1, 1000000);
  auto blockBeforeRest = [&] {
    Block* block = new Block();
    function_.getBody().getBlocks().insert(fits->getIterator(), block);
    return block;
  };
  Block* next = blockBeforeRest();
  LLVM::CondBrOp::create(b_, loc_, isNoObject(object), exit, ValueRange(), next, ValueRange(),
                         rarely);
  b_.setInsertionPointToEnd(next);
  Value shape = loadField(i32_, fieldAddress(object, 0), "shape");
  auto goOnIf = [&](Value cell, Block* otherwise) {
    Value differs = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, shape,
                                         loadField(i32_, cell, "cell"));
    LLVM::CondBrOp::create(b_, loc_, differs, otherwise, ValueRange(), fits, ValueRange(), rarely);
    b_.setInsertionPointToEnd(otherwise);
  };
  Value base = LLVM::AddressOfOp::create(b_, loc_, ptr_, cells.name);
  if (cells.count == 1) {
    goOnIf(base, adopt);
  } else {
    auto [first, second] = hashedCells(base, shape);
    goOnIf(first, coldBlock());
    goOnIf(second, adopt);
  }
  Value record = LLVM::AddressOfOp::create(b_, loc_, ptr_, cells.name + ".guard");
  Value adopted = call("pyc_adopt_layout", i1_, {object, record, namesOf(cells)});
  LLVM::CondBrOp::create(b_, loc_, adopted, fits, exit);
  b_.setInsertionPointToEnd(exit);
  other();
}

void FunctionLowering::lowerGuardShape(Operation* op) {
  auto guard = cast<ir::GuardShapeOp>(op);
  Block* test = b_.getInsertionBlock();
  Block* rest = test->splitBlock(b_.getInsertionPoint());
  LayoutCells& cells = layoutCells(guard.getLayoutAttr());
  b_.setInsertionPointToEnd(test);
  testLayout(guard.getValue(), cells, rest, [&] { emitExit(op); });
  dead_.push_back(op);
}

/// Attributes at different places are never the same.
std::string FunctionLowering::slotTag(int64_t offset) {
  return "slot " + std::to_string(offset);
}

void FunctionLowering::lowerLoadSlot(Operation* op) {
  int64_t offset = op->getAttrOfType<IntegerAttr>("offset").getInt();
  Value value = loadField(i64_, fieldAddress(op->getOperand(0), offset), slotTag(offset));
  if (isa<ir::LoadSlotIntOp>(op)) {
    exitIf(op, isNoInt(value));
    replace(op, decodeInt(value));
  } else if (isa<ir::LoadSlotFloatOp>(op)) {
    exitIf(op, isNoFloat(value));
    replace(op, decodeFloat(value));
  } else if (isa<ir::LoadSlotBoolOp>(op)) {
    replace(op, boolOrExit(op, value));
  } else {
    exitIf(op, isNull(value));
    if (!op->hasAttr("borrowed"))
      incref(value);
    replace(op, value);
  }
}

/// Whether a lowered value is a boxed float: LLVM knows nothing of a double's bits.
static bool isBoxedFloat(Value value) {
  auto add = value.getDefiningOp<LLVM::AddOp>();
  auto bits = add ? add.getLhs().getDefiningOp<LLVM::BitcastOp>() : nullptr;
  return bits && bits.getArg().getType().isF64();
}

/// Goes on where a number replaces a number, nothing (an unbound slot of __slots__), or an object
/// that does not end by it (None).
void FunctionLowering::storeNumberIfSafe(Operation* op, Value value, Value old) {
  Value isNumber = isBoxedFloat(value) ? constant(i1_, 1) : isNoObject(value);
  Value bothNumbers = LLVM::AndOp::create(b_, loc_, isNumber, isNoObject(old));
  Block* unusual = coldBlock();
  branchCold(isZero(bothNumbers), unusual);
  Block* rest = b_.getInsertionBlock();
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(unusual);
  Block* drop = coldBlock();
  Block* exit = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, isNumber, drop, exit);
  b_.setInsertionPointToEnd(drop);
  LLVM::CondBrOp::create(b_, loc_, call("pyc_slow_drop_living", i1_, old), rest, exit);
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
}

/// Drops the count of what a bool replaces, a bool itself; leaves where code might run by that.
void FunctionLowering::dropFlag(Operation* op, Value old) {
  Value common = LLVM::AndOp::create(b_, loc_, old, constant(i64_, ~int64_t(rt::kFalseBit)));
  Block* unusual = coldBlock();
  branchCold(
      LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, common, symbolAddress("pycTrue")),
      unusual);
  Block* rest = b_.getInsertionBlock();
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(unusual);
  Block* exit = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, call("pyc_slow_drop_living", i1_, old), rest, exit);
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
}

void FunctionLowering::lowerStoreSlot(Operation* op) {
  int64_t offset = op->getAttrOfType<IntegerAttr>("offset").getInt();
  Value value = op->getOperand(1);
  Value place = fieldAddress(op->getOperand(0), offset);
  std::string tag = slotTag(offset);
  if (isa<ir::StoreSlotNumberOp>(op)) {
    if (!op->hasAttr("replaces_number"))
      storeNumberIfSafe(op, value, loadField(i64_, place, tag));
    else if (!isBoxedFloat(value))
      exitIf(op, isZero(isNoObject(value)));
    storeField(value, place, tag);
  } else {
    Value old = loadField(i64_, place, tag);
    bool isFlag = op->hasAttr("flag");
    if (isFlag)
      dropFlag(op, old);
    if (!op->hasAttr("moved"))
      incref(value);
    storeField(value, place, tag);
    if (!isFlag)
      decref(old);
  }
  dead_.push_back(op);
}

/// The guard's cell fits the object, so the shapes beside the cell are those it goes through.
void FunctionLowering::lowerAddSlot(Operation* op) {
  auto add = cast<ir::AddSlotOp>(op);
  Value value = add.getValue();
  LayoutCells& cells = layoutCells(add.getLayoutAttr());
  Value shapes = LLVM::AddressOfOp::create(b_, loc_, ptr_, cells.name + ".added");
  Value shape = LLVM::GEPOp::create(b_, loc_, ptr_, i32_, shapes,
                                    ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(add.getStep())});
  if (!op->hasAttr("moved"))
    incref(value);
  storeField(value, fieldAddress(add.getObject(), add.getOffset()), slotTag(add.getOffset()));
  storeField(loadField(i32_, shape, "cell"), fieldAddress(add.getObject(), 0), "shape");
  dead_.push_back(op);
}

//===----------------------------------------------------------------------===//
// List items
//===----------------------------------------------------------------------===//

/// The index counted from the list's start; leaves, or raises, when it is outside. Indices from the
/// end are expected where they are written as constants.
Value FunctionLowering::placeInList(Operation* op, Value index, Value count) {
  auto isOutside = [&](Value place) -> Value {
    return LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::uge, place, count);
  };
  Value isStore = constant(i1_, op->getNumResults() == 0);
  auto number = index.getDefiningOp<arith::ConstantIntOp>();
  if (number && number.value() < 0) {
    Value place = LLVM::AddOp::create(b_, loc_, index, count);
    raiseOrExitIf(op, isOutside(place), "pyc_raise_list_index", isStore);
    return place;
  }
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value place = rest->addArgument(i64_, loc_);
  Block* fromEnd = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, isOutside(index), fromEnd, ValueRange(), rest, index,
                         std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(fromEnd);
  Value moved = LLVM::AddOp::create(b_, loc_, index, count);
  Block* outside = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, isOutside(moved), outside, ValueRange(), rest, moved,
                         std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(outside);
  if (raisesInPlace(op)) {
    call("pyc_raise_list_index", i64_, isStore);
    emitRaisePath(op);
  } else {
    emitExit(op);
  }
  b_.setInsertionPointToStart(rest);
  return place;
}

/// The address of list[index], behind tests that leave: an exact list, this storage, in range.
Value FunctionLowering::listItemAddress(Operation* op, rt::ListStorageKind storage) {
  using rt::ListFields;
  Value list = op->getOperand(0), index = op->getOperand(1);
  exitIf(op, isNoObject(list));
  Value shape = loadField(i32_, fieldAddress(list, 0), "shape");
  exitIf(op, compare(LLVM::ICmpPredicate::ne, shape, ListFields::kShape));
  Value kind = loadField(i32_, fieldAddress(list, ListFields::kStorage), "list storage");
  exitIf(op, compare(LLVM::ICmpPredicate::ne, kind, storage));
  Value count = loadField(i64_, fieldAddress(list, ListFields::kCount), "list count");
  Value place = placeInList(op, index, count);
  Value data = loadField(ptr_, fieldAddress(list, ListFields::kData), "list data");
  Type item = storage == rt::kListBools ? b_.getI8Type() : i64_;
  return LLVM::GEPOp::create(b_, loc_, ptr_, item, data, ArrayRef<LLVM::GEPArg>{place});
}

void FunctionLowering::lowerListItem(Operation* op) {
  llvm::TypeSwitch<Operation*>(op)
      .Case([&](ir::LoadListIntOp) {
        Value number = loadField(i64_, listItemAddress(op, rt::kListInts), "int item");
        smallInts_.insert(number);
        replace(op, number);
      })
      .Case([&](ir::LoadListFloatOp) {
        replace(op, loadField(f64_, listItemAddress(op, rt::kListFloats), "float item"));
      })
      .Case([&](ir::LoadListBoolOp) {
        Value byte = loadField(b_.getI8Type(), listItemAddress(op, rt::kListBools), "bool item");
        replace(op, LLVM::TruncOp::create(b_, loc_, i1_, byte).getResult());
      })
      .Case([&](ir::LoadListValueOp) {
        Value value = loadField(i64_, listItemAddress(op, rt::kListValues), "value item");
        if (!op->hasAttr("borrowed"))
          incref(value);
        replace(op, value);
      })
      .Case([&](ir::StoreListIntOp store) {
        exitIf(op, isNoSmallInt(store.getValue()));
        storeField(store.getValue(), listItemAddress(op, rt::kListInts), "int item");
        dead_.push_back(op);
      })
      .Case([&](ir::StoreListFloatOp store) {
        storeField(store.getValue(), listItemAddress(op, rt::kListFloats), "float item");
        dead_.push_back(op);
      })
      .Case([&](ir::StoreListBoolOp store) {
        Value byte = LLVM::ZExtOp::create(b_, loc_, b_.getI8Type(), store.getValue());
        storeField(byte, listItemAddress(op, rt::kListBools), "bool item");
        dead_.push_back(op);
      })
      .Case([&](ir::StoreListValueOp store) {
        Value place = listItemAddress(op, rt::kListValues);
        Value old = loadField(i64_, place, "value item");
        incref(store.getValue());
        storeField(store.getValue(), place, "value item");
        decref(old);
        dead_.push_back(op);
      });
}

} // namespace pyc
