// builtins.__build_class__: what a class statement does.
#include "runtime/objects/function.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/type_internal.h"

#include <vector>

namespace pyc::rt {

namespace {

class ClassStatement {
public:
  ClassStatement(const Value* args, size_t argc, Value kwnames)
      : function_(args[0]), name_(args[1]), keywords_(args + argc), kwnames_(kwnames) {}

  bool resolveBases(const Value* bases, size_t count);
  bool chooseMetaclass();
  bool prepare();
  Ref create();

private:
  bool takeMetaclassKeyword();
  bool checkCell(Value cell, Value result);
  bool resolveOne(Value base, TupleObject* all, ListObject* out, bool& changed);

  Value function_, name_;
  const Value* keywords_;
  Value kwnames_;
  Ref bases_, originalBases_; // tuples; originalBases_: null when no base was replaced
  Ref metaclass_;
  bool isMetaclassType_ = false;
  std::vector<Value> values_; // of the keywords other than metaclass
  Ref names_;                 // tuple, or null
  Ref nameSpace_;
};

bool ClassStatement::resolveOne(Value base, TupleObject* all, ListObject* out, bool& changed) {
  Ref entries;
  if (!isType(base) && !findAttr(base, names::__mro_entries__, entries))
    return false;
  if (!entries)
    return listAppend(out, base);
  Ref replacement = call(entries, all);
  if (!replacement)
    return false;
  if (!isTuple(replacement))
    return raise(typeErrorType, "__mro_entries__ must return a tuple");
  changed = true;
  return listExtend(out, replacement);
}

bool ClassStatement::resolveBases(const Value* bases, size_t count) {
  bases_ = makeTuple(bases, count);
  Ref resolved = newList(count);
  if (!bases_ || !resolved)
    return false;
  bool changed = false;
  for (size_t i = 0; i < count; ++i)
    if (!resolveOne(bases[i], asTuple(bases_), asList(resolved), changed))
      return false;
  if (!changed)
    return true;
  originalBases_ = std::exchange(bases_, listToTuple(asList(resolved)));
  return static_cast<bool>(bases_);
}

/// Takes `metaclass` out of the keywords.
bool ClassStatement::takeMetaclassKeyword() {
  if (!kwnames_)
    return true;
  TupleObject* given = asTuple(kwnames_);
  std::vector<Value> rest;
  for (int64_t i = 0; i < given->count; ++i) {
    if (strEquals(asStr(given->items()[i]), names::metaclass)) {
      metaclass_ = Ref::copy(keywords_[i]);
    } else {
      rest.push_back(given->items()[i]);
      values_.push_back(keywords_[i]);
    }
  }
  if (rest.empty())
    return true;
  names_ = makeTuple(rest.data(), rest.size());
  return static_cast<bool>(names_);
}

bool ClassStatement::chooseMetaclass() {
  if (!takeMetaclassKeyword())
    return false;
  TupleObject* bases = asTuple(bases_);
  if (!metaclass_)
    metaclass_ = Ref::copy(bases->count == 0 ? &typeType : typeOf(bases->items()[0]));
  isMetaclassType_ = isType(metaclass_);
  if (!isMetaclassType_)
    return true;
  TypeObject* winner = calculateMetaclass(asType(metaclass_), bases);
  if (winner)
    metaclass_ = Ref::copy(winner);
  return winner != nullptr;
}

bool ClassStatement::prepare() {
  Ref hook;
  if (!findAttr(metaclass_, names::__prepare__, hook))
    return false;
  if (!hook) {
    nameSpace_ = newDict();
    return static_cast<bool>(nameSpace_);
  }
  std::vector<Value> args = {name_, bases_};
  args.insert(args.end(), values_.begin(), values_.end());
  nameSpace_ = call(hook, args.data(), 2, names_);
  if (!nameSpace_)
    return false;
  const TypeSlots& slots = typeOf(nameSpace_)->slots;
  if (slots.getItem && slots.length)
    return true;
  if (isMetaclassType_)
    return raise(typeErrorType, "%N.__prepare__() must return a mapping, not %T", Value(metaclass_),
                 Value(nameSpace_));
  return raise(typeErrorType, "<metaclass>.__prepare__() must return a mapping, not %T",
               Value(nameSpace_));
}

/// The metaclass must have passed __classcell__ on to type.__new__.
bool ClassStatement::checkCell(Value cell, Value result) {
  if (!hasShape(cell, kShapeCell) || !isType(result))
    return true;
  Value content = asCell(cell)->content;
  if (!content)
    return raise(
        runtimeErrorType,
        "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?", name_,
        result);
  if (!(content == result))
    return raise(typeErrorType, "__class__ set to %R defining %R as %R", content, name_, result);
  return true;
}

Ref ClassStatement::create() {
  PYC_TRY(cell, classHooks.runBody(function_, nameSpace_));
  if (originalBases_ && !setItem(nameSpace_, internLiteral("__orig_bases__"), originalBases_))
    return {};
  std::vector<Value> args = {name_, bases_, nameSpace_};
  args.insert(args.end(), values_.begin(), values_.end());
  PYC_TRY(result, call(metaclass_, args.data(), 3, names_));
  return checkCell(cell, result) ? std::move(result) : Ref();
}

} // namespace

Ref buildClass(const Value* args, size_t argc, Value kwnames) {
  if (argc < 2)
    return raise(typeErrorType, "__build_class__: not enough arguments");
  if (!isInstance(args[0], &functionType))
    return raise(typeErrorType, "__build_class__: func must be a function");
  if (!isStr(args[1]))
    return raise(typeErrorType, "__build_class__: name is not a string");
  ClassStatement statement(args, argc, kwnames);
  if (!statement.resolveBases(args + 2, argc - 2) || !statement.chooseMetaclass() ||
      !statement.prepare())
    return {};
  return statement.create();
}

} // namespace pyc::rt
