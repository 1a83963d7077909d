// Writing pickles: what becomes of an object of each kind.
//
//   pickle_write_atoms.cpp       numbers and texts
//   pickle_write_containers.cpp  tuples, lists, dicts, sets
//   pickle_write_names.cpp       classes, functions: by name
//   pickle_write_reduced.cpp     others: by what they say of themselves
//   pickle_writer.cpp            which of these it is
#pragma once

#include "runtime/modules/pickle_memo.h"
#include "runtime/modules/pickle_output.h"
#include "runtime/objects/protocol.h"

#include <vector>

namespace pyc::rt::pickle {

/// What a pickler was told. Values are borrowed; null: not given.
struct WriterSettings {
  int protocol = kDefaultProtocol;
  bool binary = true;
  bool fast = false;
  bool fixImports = true;
  /// Nobody sees the memo: numbers of objects that nobody else knows need no objects.
  bool isMemoHidden = true;
  Value write, bufferCallback, persistentId, reducerOverride, dispatchTable;
};

/// Writes one pickle. Functions return false with an exception.
class Writer {
public:
  Writer(PickleMemo& memo, const WriterSettings& settings)
      : settings_(settings), memo_(memo), out_(settings.write) {}

  bool dump(Value object);
  std::string_view view() const { return out_.view(); }

private:
  bool save(Value object);
  bool savePlain(Value object); // no persistent id is asked for
  bool saveObject(Value object);
  bool saveOther(Value object);
  bool savePersistent(Value id);

  // Atoms.
  void saveInt(int64_t number);
  bool saveLong(Value integer);
  bool saveFloat(double number);
  bool saveBool(bool value);
  bool saveStr(Value text);
  bool saveTextLine(Value text);
  bool saveBytes(Value bytes);
  bool saveByteArray(Value array);
  bool saveBuffer(Value buffer);
  bool encodedBytes(std::string_view bytes, Value object, Value payload);
  bool encodedByteArray(std::string_view bytes, Value object, Value payload);

  // Containers.
  bool saveTuple(Value tuple);
  bool saveList(Value list);
  bool saveDict(Value dict);
  bool saveSet(Value set);
  bool saveFrozenSet(Value set);
  bool saveSetItems(Value set, const char* what);
  bool saveSetReduced(Value set, TypeObject& type);
  bool appendList(Value list);
  bool appendItems(Value iterator, Value owner);
  bool setDictItems(Value dict);
  bool setItems(Value iterator, Value owner);
  bool saveDictItem(Value key, Value value, Value owner);
  bool saveListItem(Value item, Value owner, int64_t index);
  bool enterFast(Value container);
  void leaveFast();

  // Names.
  bool saveGlobal(Value object, Value name);
  bool saveType(Value type);
  bool saveExtension(Value object, Value module, Value name, bool& isDone);
  bool savePath(Value object, Value module, StrObject* path);
  bool saveLine(Value object, Value module, Value name);
  bool saveIdentifier(Value text, const char* what);
  Ref moduleOf(Value object, StrObject* path);
  Ref moduleOfFunction(Value name);

  // Reductions.
  bool isPlain(Object* object);
  bool saveInstance(Value object);
  bool saveState(Object* object);
  bool saveReduction(Value reduction, Value object);
  bool saveReduced(TypeObject& type, Value argument, Value object);
  bool saveReduce(TupleObject* reduction, Value object);
  bool saveCall(Value function, Value args, Value object);
  bool saveNewObject(Value args, Value object);
  bool saveNewObjectEx(Value args, Value object);
  bool saveNewObjectByPartial(Value args, Value object);
  bool saveContents(const Value* parts, Value object);
  Ref reductionOf(Value object, bool& isFound);

  bool memoize(Value object);
  void putIndex(int64_t index);
  void getIndex(int64_t index);
  /// What else may be known of an object by now: true when it has been written meanwhile; so many
  /// values are taken off the stack.
  bool replaceByMemo(Value object, int64_t values);
  void note(const char* format, auto... args);

  static constexpr int kFastLimit = 50;

  const WriterSettings& settings_;
  PickleMemo& memo_;
  PickleOutput out_;
  std::vector<Value> open_; // containers being written in fast mode, far down
  int fastDepth_ = 0;
  Ref copyregTable_;        // copyreg.dispatch_table, when it was asked for
  Ref extensionRegistry_;   // copyreg._extension_registry
  ShapeRef plainShape_ = 0; // of instances of a class with this version that are plain
  uint32_t plainVersion_ = 0;
  Ref functionModules_; // names of modules, as their functions have them
};

/// Adds a note to the exception being raised: where in the data it happened.
inline void Writer::note(const char* format, auto... args) {
  Ref raised = takeRaised();
  Ref text = formatText(format, args...);
  if (text && callMethod(raised, names::add_note, text))
    restoreRaised(std::move(raised));
}

} // namespace pyc::rt::pickle
