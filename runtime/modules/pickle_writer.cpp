// Writing pickles: which way an object is written.
#include "runtime/modules/pickle_writer.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/float.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/recursion.h"

#include <charconv>
#include <string>

namespace pyc::rt::pickle {

void Writer::putIndex(int64_t index) {
  if (settings_.protocol >= 4) {
    out_.op(Op::Memoize);
  } else if (settings_.binary) {
    if (index < 0x100)
      out_.op(Op::BinPut, static_cast<uint64_t>(index), 1);
    else
      out_.op(Op::LongBinPut, static_cast<uint64_t>(index), 4);
  } else {
    out_.text(static_cast<char>(Op::Put) + std::to_string(index) + '\n');
  }
}

void Writer::getIndex(int64_t index) {
  if (settings_.binary) {
    if (index < 0x100)
      out_.op(Op::BinGet, static_cast<uint64_t>(index), 1);
    else
      out_.op(Op::LongBinGet, static_cast<uint64_t>(index), 4);
  } else {
    out_.text(static_cast<char>(Op::Get) + std::to_string(index) + '\n');
  }
}

bool Writer::memoize(Value object) {
  if (settings_.fast)
    return true;
  int64_t index = memo_.add(object);
  if (index < 0)
    return false;
  if (settings_.binary && settings_.protocol < 4 && index > INT64_C(0xFFFFFFFF))
    return raise(picklingErrorType, "memo id too large for LONG_BINPUT");
  putIndex(index);
  return true;
}

bool Writer::replaceByMemo(Value object, int64_t values) {
  int64_t known = memo_.find(object);
  if (known < 0)
    return false;
  for (int64_t i = 0; i < values; ++i)
    out_.op(Op::Pop);
  getIndex(known);
  return true;
}

bool Writer::savePersistent(Value id) {
  if (settings_.binary) {
    if (!savePlain(id))
      return false;
    out_.op(Op::BinPersId);
    return true;
  }
  PYC_TRY(text, str(id));
  if (!asStr(text)->isAscii())
    return raise(picklingErrorType, "persistent IDs in protocol 0 must be ASCII strings");
  out_.op(Op::PersId);
  out_.text(std::string(asStr(text)->asciiView()) + '\n');
  return true;
}

bool Writer::save(Value object) {
  if (PYC_UNLIKELY(settings_.persistentId)) {
    if (!out_.boundary())
      return false;
    PYC_TRY(id, call(settings_.persistentId, object));
    if (!id.isNone())
      return savePersistent(id);
  }
  return savePlain(object);
}

bool Writer::savePlain(Value object) {
  if (!out_.boundary())
    return false;
  if (object.isInt()) {
    int64_t number = object.asInt();
    if (number == static_cast<int32_t>(number)) {
      saveInt(number);
      return true;
    }
    return saveLong(object);
  }
  if (object.isDouble())
    return saveFloat(object.asDouble());
  if (object.isNone()) {
    out_.op(Op::None);
    return true;
  }
  if (object.isBool())
    return saveBool(object.isTrue());
  ShapeRef shape = object.object()->shape;
  if (shape == kShapeInt)
    return saveLong(object);
  if (int64_t known = memo_.find(object); known >= 0) {
    getIndex(known);
    return true;
  }
  if (shape == kShapeStr)
    return saveStr(object);
  if (shape == kShapeBytes)
    return saveBytes(object);
  return checkRecursion(" while pickling an object") && saveObject(object);
}

/// What is no atom and has not been written yet.
bool Writer::saveObject(Value object) {
  switch (object.object()->shape) {
  case kShapeDict:
    return saveDict(object);
  case kShapeList:
    return saveList(object);
  case kShapeTuple:
    return saveTuple(object);
  case kShapeSet:
    return saveSet(object);
  case kShapeFrozenSet:
    return saveFrozenSet(object);
  case kShapeByteArray:
    return saveByteArray(object);
  default:
    break;
  }
  if (typeOf(object) == &pickleBufferType)
    return saveBuffer(object);
  return saveOther(object);
}

bool Writer::saveOther(Value object) {
  if (settings_.reducerOverride) {
    PYC_TRY(reduction, call(settings_.reducerOverride, object));
    if (!(reduction.get() == Value::notImplemented()))
      return saveReduction(reduction, object);
  }
  if (typeOf(object) == &typeType)
    return saveType(object);
  if (typeOf(object) == &functionType)
    return saveGlobal(object, Value());
  bool isFound;
  Ref reduction = reductionOf(object, isFound);
  if (isFound)
    return reduction && saveReduction(reduction, object);
  if (isType(object))
    return saveGlobal(object, Value());
  if (saveInstance(object))
    return true;
  note("when serializing %Q object", object);
  return false;
}

bool Writer::dump(Value object) {
  if (settings_.protocol >= 2)
    out_.op(Op::Proto, static_cast<uint64_t>(settings_.protocol), 1);
  if (settings_.protocol >= 4)
    out_.beginFrames();
  return save(object) && out_.finish();
}

} // namespace pyc::rt::pickle
