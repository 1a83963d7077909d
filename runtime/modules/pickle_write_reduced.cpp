// Writing objects that say themselves how they are made again: by __reduce_ex__ and the like.
#include "runtime/modules/pickle_writer.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/list.h"
#include "runtime/objects/module.h"
#include "runtime/objects/object_type.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt::pickle {

static bool isNamed(Value function, std::string_view name, bool& result) {
  Ref own;
  if (!findAttr(function, names::__name__, own))
    return false;
  result = own && isStr(own) && strEquals(asStr(own), name);
  return true;
}

/// type(argument), or type() where it is null.
bool Writer::saveReduced(TypeObject& type, Value argument, Value object) {
  Ref args = argument ? tupleOf(argument) : makeTuple(nullptr, 0);
  if (!args)
    return false;
  PYC_TRY(reduction, tupleOf(Value(&type), args));
  return saveReduce(asTuple(reduction), object);
}

/// function(*args), for what is no special case.
bool Writer::saveCall(Value function, Value args, Value object) {
  if (!save(function)) {
    note("when serializing %Q reconstructor", object);
    return false;
  }
  if (!save(args)) {
    note("when serializing %Q reconstructor arguments", object);
    return false;
  }
  out_.op(Op::Reduce);
  return true;
}

/// class.__new__(class, *args): args[0] is the class.
bool Writer::saveNewObject(Value args, Value object) {
  TupleObject* tuple = asTuple(args);
  if (tuple->count < 1)
    return raise(picklingErrorType, "__newobj__ expected at least 1 argument, got 0");
  Value type = tuple->items()[0];
  if (!isType(type))
    return raise(picklingErrorType, "first argument to __newobj__() must be a class, not %Q", type);
  PYC_TRY(ownType, getAttr(object, names::__class__));
  if (!(ownType.get() == type))
    return raise(picklingErrorType, "first argument to __newobj__() must be %R, not %R",
                 ownType.get(), type);
  if (!save(type)) {
    note("when serializing %Q class", object);
    return false;
  }
  PYC_TRY(rest, makeTuple(tuple->items() + 1, static_cast<size_t>(tuple->count - 1)));
  if (!save(rest)) {
    note("when serializing %Q __new__ arguments", object);
    return false;
  }
  out_.op(Op::NewObj);
  return true;
}

/// The same with keywords, before protocol 4: a call of functools.partial that has them all.
bool Writer::saveNewObjectByPartial(Value args, Value object) {
  Value* parts = asTuple(args)->items();
  PYC_TRY(maker, getAttr(parts[0], names::__new__));
  PYC_TRY(type, tupleOf(maker, parts[0]));
  PYC_TRY(all, binaryOp(BinaryOp::Add, type, parts[1]));
  PYC_TRY(partialType, importedValue("functools", "partial"));
  PYC_TRY(partial, callEx(partialType, all, parts[2]));
  if (!save(partial)) {
    note("when serializing %Q reconstructor", object);
    return false;
  }
  out_.op(Op::EmptyTuple);
  out_.op(Op::Reduce);
  return true;
}

bool Writer::saveNewObjectEx(Value args, Value object) {
  TupleObject* tuple = asTuple(args);
  if (tuple->count != 3)
    return raise(picklingErrorType, "__newobj_ex__ expected 3 arguments, got %lld",
                 static_cast<long long>(tuple->count));
  Value type = tuple->items()[0], positional = tuple->items()[1], keywords = tuple->items()[2];
  if (!isType(type))
    return raise(picklingErrorType, "first argument to __newobj_ex__() must be a class, not %Q",
                 type);
  if (!isTuple(positional))
    return raise(picklingErrorType, "second argument to __newobj_ex__() must be a tuple, not %Q",
                 positional);
  if (!isDict(keywords))
    return raise(picklingErrorType, "third argument to __newobj_ex__() must be a dict, not %Q",
                 keywords);
  if (settings_.protocol < 4)
    return saveNewObjectByPartial(args, object);
  if (!save(type)) {
    note("when serializing %Q class", object);
    return false;
  }
  if (!save(positional) || !save(keywords)) {
    note("when serializing %Q __new__ arguments", object);
    return false;
  }
  out_.op(Op::NewObjEx);
  return true;
}

/// The third to sixth item of a reduction, None or null where there is none: state, list items,
/// dict items, and what sets the state.
bool Writer::saveContents(const Value* parts, Value object) {
  Value state = parts[0], listItems = parts[1], dictItems = parts[2], setter = parts[3];
  if (listItems && !appendItems(listItems, object))
    return false;
  if (dictItems && !setItems(dictItems, object))
    return false;
  if (!state)
    return true;
  if (setter && (!save(setter) || !save(object))) {
    note("when serializing %Q state setter", object);
    return false;
  }
  if (!save(state)) {
    note("when serializing %Q state", object);
    return false;
  }
  if (!setter) {
    out_.op(Op::Build);
    return true;
  }
  out_.op(Op::Tuple2);
  out_.op(Op::Reduce);
  out_.op(Op::Pop);
  return true;
}

/// Writes what `reduction` says. `object`, unless null, is what comes of it.
bool Writer::saveReduce(TupleObject* reduction, Value object) {
  if (reduction->count < 2 || reduction->count > 6)
    return raise(picklingErrorType,
                 "tuple returned by __reduce__ must contain 2 through 6 elements");
  Value parts[6] = {};
  for (int64_t i = 0; i < reduction->count; ++i)
    if (i < 2 || !reduction->items()[i].isNone())
      parts[i] = reduction->items()[i];
  auto fail = [](const char* place, const char* wanted, Value found) {
    return static_cast<bool>(raise(picklingErrorType,
                                   "%s item of the tuple returned by __reduce__ must be %s, not %Q",
                                   place, wanted, found));
  };
  auto isIterator = [](Value value) { return typeOf(value)->slots.next != nullptr; };
  if (!isCallable(parts[0]))
    return fail("first", "callable", parts[0]);
  if (!isTuple(parts[1]))
    return fail("second", "a tuple", parts[1]);
  if (parts[3] && !isIterator(parts[3]))
    return fail("fourth", "an iterator", parts[3]);
  if (parts[4] && !isIterator(parts[4]))
    return fail("fifth", "an iterator", parts[4]);
  if (parts[5] && !isCallable(parts[5]))
    return fail("sixth", "callable", parts[5]);

  bool isNew = false, isNewEx = false;
  if (settings_.protocol >= 2 && (!isNamed(parts[0], "__newobj__", isNew) ||
                                  (!isNew && !isNamed(parts[0], "__newobj_ex__", isNewEx))))
    return false;
  bool isSaved = isNew     ? saveNewObject(parts[1], object)
                 : isNewEx ? saveNewObjectEx(parts[1], object)
                           : saveCall(parts[0], parts[1], object);
  // What the object was made of may have had the object written.
  return isSaved && (replaceByMemo(object, 1) || memoize(object)) &&
         saveContents(parts + 2, object);
}

/// `reduction` is what a function or method has returned for the object.
bool Writer::saveReduction(Value reduction, Value object) {
  if (isStr(reduction))
    return saveGlobal(object, reduction);
  if (isTuple(reduction)
          ? saveReduce(asTuple(reduction), object)
          : raise(picklingErrorType, "__reduce__ must return a string or tuple, not %Q", reduction))
    return true;
  note("when serializing %Q object", object);
  return false;
}

/// hasPlainReduction, remembered for the last shape: with it, it is the same as long as the class
/// is.
bool Writer::isPlain(Object* object) {
  Shape* shape = shapeOf(object);
  if (object->shape == plainShape_ && shape->type->version == plainVersion_)
    return true;
  if (!hasPlainReduction(object))
    return false;
  plainShape_ = shape->kind == ShapeKind::Slots ? object->shape : 0;
  plainVersion_ = typeVersion(shape->type);
  return true;
}

/// What the object reduces to; null with an exception. Not `isFound`: it is a class, or plain
/// (saveInstance), and no function is set for its type.
Ref Writer::reductionOf(Value object, bool& isFound) {
  isFound = true;
  Ref function;
  Value type = Value(typeOf(object));
  if (settings_.dispatchTable) {
    function = getItem(settings_.dispatchTable, type);
    if (!function && !catchRaised(keyErrorType))
      return {};
  } else {
    if (!copyregTable_ && !(copyregTable_ = importedValue("copyreg", "dispatch_table")))
      return {};
    if (!isDict(copyregTable_))
      return raise(picklingErrorType, "copyreg.dispatch_table should be a dict, not %Q",
                   copyregTable_.get());
    if (!dictGet(asDict(copyregTable_), type, function))
      return {};
  }
  if (function)
    return call(function, object);
  if (isType(object) || (settings_.protocol >= 2 && isPlain(object.object()))) {
    isFound = false;
    return {};
  }
  if (!findAttr(object, names::__reduce_ex__, function))
    return {};
  if (function)
    return call(function, Value::fromInt(settings_.protocol));
  if (!findAttr(object, names::__reduce__, function))
    return {};
  if (function)
    return call(function);
  return raise(picklingErrorType, "Can't pickle %T object", object);
}

/// The attributes of an instance as a dict that nobody else has seen.
bool Writer::saveState(Object* object) {
  Shape* shape = shapeOf(object);
  size_t count = shape->slotCount;
  SmallArray<StrObject*> names(count);
  SmallArray<Ref> values(count);
  if (!names || !values)
    return raiseMemoryError();
  size_t i = count;
  for (Shape* at = shape; i > 0; at = at->parent)
    names[--i] = at->lastName;
  for (; i < count; ++i)
    new (&values[i]) Ref(Ref::copy(*attrSlot(object, shape, static_cast<uint32_t>(i))));
  out_.op(Op::EmptyDict);
  putIndex(memo_.skip());
  bool isDone = true;
  for (i = 0; isDone && i < count;) {
    size_t stop = std::min(count, i + kBatch);
    bool isOne = stop - i == 1;
    if (!isOne)
      out_.op(Op::Mark);
    for (; isDone && i < stop; ++i) {
      isDone = save(Value(names[i]));
      if (isDone && !save(values[i])) {
        note("when serializing dict item %R", Value(names[i]));
        isDone = false;
      }
    }
    out_.op(isOne ? Op::SetItem : Op::SetItems);
  }
  for (size_t k = 0; k < count; ++k)
    values[k].~Ref();
  return isDone;
}

/// An instance of a class that reduces as object's methods have it: the same bytes, without the
/// tuple and the functions of copyreg.
bool Writer::saveInstance(Value value) {
  Object* object = value.object();
  if (!save(Value(typeOf(value)))) {
    note("when serializing %Q class", value);
    return false;
  }
  if (!out_.boundary())
    return false;
  out_.op(Op::EmptyTuple);
  out_.op(Op::NewObj);
  if (!memoize(value))
    return false;
  Shape* shape = shapeOf(object);
  bool isHidden = settings_.isMemoHidden && !settings_.fast && !settings_.persistentId &&
                  shape->kind == ShapeKind::Slots;
  if (isHidden) {
    if (shape->slotCount == 0)
      return true;
    if (!out_.boundary())
      return false;
    if (!saveState(object)) {
      note("when serializing %Q state", value);
      return false;
    }
  } else {
    DictObject* dict = instanceDict(object);
    if (!dict)
      return false;
    if (dict->count == 0)
      return true;
    Ref kept = Ref::copy(Value(dict));
    if (!save(kept)) {
      note("when serializing %Q state", value);
      return false;
    }
  }
  out_.op(Op::Build);
  return true;
}

} // namespace pyc::rt::pickle
