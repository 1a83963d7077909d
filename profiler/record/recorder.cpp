#include "profiler/record/recorder.h"

#include "dialects/uop/body_hash.h"
#include "dialects/uop/profiled.h"
#include "profiler/record/record_instruction.h"
#include "profiler/record/type_key.h"
#include "runtime/interp/dispatch.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/interned.h"
#include "runtime/threads/spin_lock.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <set>

namespace pyc::profile {

using namespace rt;

namespace {

/// The codes that one thread has run, by CodeObject::recordIndex.
struct ThreadRecord {
  std::vector<std::unique_ptr<LiveCode>> codes;
};

SpinLock recordsLock;
std::vector<std::unique_ptr<ThreadRecord>>& records() {
  static std::vector<std::unique_ptr<ThreadRecord>> all;
  return all;
}
thread_local ThreadRecord* ownRecord;

ThreadRecord& threadRecord() {
  if (PYC_UNLIKELY(!ownRecord)) {
    SpinGuard guard(recordsLock);
    records().push_back(std::make_unique<ThreadRecord>());
    ownRecord = records().back().get();
  }
  return *ownRecord;
}

uint32_t recordIndexOf(CodeObject* code) {
  static std::atomic<uint32_t> next{1};
  uint32_t index = __atomic_load_n(&code->recordIndex, __ATOMIC_RELAXED);
  if (index != 0)
    return index;
  uint32_t fresh = next++;
  if (__atomic_compare_exchange_n(&code->recordIndex, &index, fresh, false, __ATOMIC_RELAXED,
                                  __ATOMIC_RELAXED))
    return fresh;
  return index;
}

unsigned parameterCount(const uop::CodeRecord& code) {
  return code.argumentCount + code.keywordOnlyCount + !!(code.flags & uop::kCodeVarargs) +
         !!(code.flags & uop::kCodeVarKeywords);
}

/// Places that control reaches from elsewhere than the instruction before: there its result is not
/// the latest value of its register.
std::vector<bool> findJoins(const CodeObject* code) {
  const uop::CodeRecord& record = *code->record;
  std::vector<bool> joins(record.wordCount + 1);
  const uint64_t* words = code->words();
  for (uint32_t word = 0; word < record.wordCount;) {
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(words + word));
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i].kind == uop::OperandKind::Label)
        joins[word + uop::readOperand(words + word, info.operands[i])] = true;
    word += info.words;
    if (info.terminator)
      joins[word] = true;
  }
  const auto* handler = code->image.array<uop::ExceptionEntry>(record.exceptions);
  for (uint32_t i = 0; i < record.exceptionCount; ++i)
    joins[handler[i].handler] = true;
  return joins;
}

} // namespace

LiveCode::LiveCode(CodeObject* recordedCode, std::string moduleName)
    : code(recordedCode), module(std::move(moduleName)) {
  incref(Value(&code->header));
  const uop::CodeRecord& record = *code->record;
  const uint64_t* words = code->words();
  sites.resize(record.wordCount);
  parameters.resize(parameterCount(record));
  firstSlot.resize(record.wordCount + 1);
  uint32_t slotCount = 0;
  for (uint32_t word = 0; word < record.wordCount;
       word += uop::infoOf(uop::opcodeAt(words + word)).words) {
    firstSlot[word] = slotCount;
    uop::forEachProfiledOperand(words + word, [&](uop::ProfiledOperand) { ++slotCount; });
  }
  slotCounters.resize(slotCount);
  counters_ = std::make_unique<LiveSlot[]>(slotCount);
  notes_.reserve(slotCount + parameters.size());
  std::vector<bool> joins = findJoins(code);
  std::vector<std::pair<int16_t, uint32_t>> results; // register and slot
  for (uint32_t word = 0; word < record.wordCount;) {
    LiveSite& site = sites[word];
    size_t first = notes_.size();
    for (size_t i = 0; word == 0 && i < parameters.size(); ++i)
      notes_.push_back({uop::localRegister(static_cast<unsigned>(i)), &parameters[i]});
    if (!joins[word])
      for (auto [reg, slot] : results)
        addNote(first, reg, slot);
    results.clear();
    uint32_t slot = firstSlot[word];
    uop::forEachProfiledOperand(words + word, [&](uop::ProfiledOperand operand) {
      if (operand.isResult)
        results.emplace_back(operand.reg, slot++);
      else
        addNote(first, operand.reg, slot++);
    });
    site.notes = notes_.data() + first;
    site.noteCount = static_cast<uint32_t>(notes_.size() - first);
    word += uop::infoOf(uop::opcodeAt(words + word)).words;
  }
}

void LiveCode::addNote(size_t firstOfSite, int16_t reg, uint32_t slot) {
  LiveSlot*& counter = slotCounters[slot];
  for (size_t i = firstOfSite; i < notes_.size(); ++i)
    if (notes_[i].reg == reg) {
      counter = notes_[i].slot;
      return;
    }
  counter = &counters_[slot];
  notes_.push_back({reg, counter});
}

/// The counters of the running code; made now if it is new.
static LiveCode& liveCode(Frame* frame) {
  ThreadRecord& record = threadRecord();
  uint32_t index = recordIndexOf(frame->code);
  if (index < record.codes.size() && record.codes[index])
    return *record.codes[index];
  auto live = std::make_unique<LiveCode>(frame->code, moduleOf(frame->code, frame->globals));
  SpinGuard guard(recordsLock); // a profile may just be made
  if (index >= record.codes.size())
    record.codes.resize(index + 1);
  record.codes[index] = std::move(live);
  return *record.codes[index];
}

LiveSite* sitesOf(Frame* frame) {
  return liveCode(frame).sites.data();
}

void noteNewType(LiveSlot& slot, TypeKey key, Value value) {
  for (unsigned i = 0; i < kMaxSeen; ++i) {
    if (slot.keys[i] == key)
      return countOne(slot.counts[i]);
    if (slot.keys[i] == 0) {
      describeKey(key, value);
      slot.counts[i] = 1;
      __atomic_store_n(&slot.keys[i], key, __ATOMIC_RELEASE);
      return;
    }
  }
  countOne(slot.other);
}

//===----------------------------------------------------------------------===//
// From counters to a profile
//===----------------------------------------------------------------------===//

namespace {

class Collector {
public:
  Profile run() {
    SpinGuard guard(recordsLock);
    for (auto& record : records())
      for (auto& live : record->codes)
        if (live)
          addCode(*live);
    dropColdTexts();
    normalize(profile_);
    return std::move(profile_);
  }

private:
  uint32_t type(TypeKey key) {
    auto [at, isNew] = types_.try_emplace(key, static_cast<uint32_t>(profile_.types.size()));
    if (isNew)
      profile_.types.push_back(textOfKey(key));
    return at->second;
  }

  void addSlot(const LiveSlot& live, Slot& slot) {
    for (unsigned i = 0; i < kMaxSeen; ++i) {
      TypeKey key = __atomic_load_n(&live.keys[i], __ATOMIC_ACQUIRE);
      if (key == 0)
        break;
      if (live.counts[i] != 0)
        slot.seen.push_back({type(key), live.counts[i]});
    }
    slot.other += live.other;
    slot.least = std::min(slot.least, live.least);
    slot.greatest = std::max(slot.greatest, live.greatest);
  }

  void addSites(const LiveCode& live, Function& function) {
    const uop::CodeRecord& record = *live.code->record;
    const uint64_t* words = live.code->words();
    for (uint32_t word = 0; word < record.wordCount;
         word += uop::infoOf(uop::opcodeAt(words + word)).words) {
      if (live.sites[word].count == 0)
        continue;
      Site& site = function.sites.emplace_back();
      site.word = word;
      site.count = live.sites[word].count;
      int line = codeLine(live.code, word);
      site.line = line > static_cast<int>(record.firstLine) ? line - record.firstLine : 0;
      uint32_t slot = live.firstSlot[word];
      uop::forEachProfiledOperand(words + word, [&](uop::ProfiledOperand) {
        Slot& out = site.slots.emplace_back();
        if (const LiveSlot* counter = live.slotCounters[slot++])
          addSlot(*counter, out);
      });
      while (!site.slots.empty() && site.slots.back() == Slot())
        site.slots.pop_back();
    }
  }

  static bool hasRun(const LiveCode& live) {
    return std::any_of(live.sites.begin(), live.sites.end(),
                       [](const LiveSite& site) { return site.count != 0; });
  }

  /// Code that cannot be found again: made by code.replace(), or of no file and no text that is
  /// known.
  static bool isUnknown(const CodeObject& code) {
    return code.ownsRecord ||
           (!textOrigin(&code) && code.image.string(code.record->fileName).starts_with('<'));
  }

  /// Programs may compile any number of texts. Those that hardly ran are not worth their place.
  void dropColdTexts() {
    constexpr uint64_t kLeastWeight = 10'000;
    constexpr size_t kGreatestSize = 64 << 10;
    std::map<std::string, uint64_t> weights;
    for (const Function& function : profile_.functions)
      for (const Site& site : function.sites)
        weights[function.module] += site.count;
    std::set<std::string> dropped;
    for (const auto& [name, text] : texts_)
      if (weights[name] < kLeastWeight || text.source.size() > kGreatestSize)
        dropped.insert(name);
      else
        profile_.texts.push_back(text);
    std::erase_if(profile_.functions,
                  [&](const Function& function) { return dropped.contains(function.module); });
  }

  void addCode(const LiveCode& live) {
    uop::ImageView image = live.code->image;
    const uop::CodeRecord& record = *live.code->record;
    if (isUnknown(*live.code) || !hasRun(live))
      return;
    if (std::optional<Text> text = textOf(live.code))
      texts_.emplace(live.module, *std::move(text));
    Function function;
    function.module = live.module;
    function.name = image.string(record.qualifiedName);
    function.ordinal = uop::ordinalOf(image, record);
    function.hash = uop::hashBody(image, record);
    function.firstLine = record.firstLine;
    function.calls = live.sites[0].count;
    function.parameters.resize(live.parameters.size());
    for (size_t i = 0; i < live.parameters.size(); ++i)
      addSlot(live.parameters[i], function.parameters[i]);
    addSites(live, function);
    profile_.functions.push_back(std::move(function));
  }

  Profile profile_;
  std::map<TypeKey, uint32_t> types_;
  std::map<std::string, Text> texts_; // by name
};

} // namespace

Profile recorded() {
  return Collector().run();
}

uint64_t programHash() {
  SpinGuard guard(recordsLock);
  for (auto& record : records())
    for (auto& live : record->codes)
      if (live && live->module == "__main__" && (live->code->record->flags & uop::kCodeModule))
        return live->code->image.header().hash;
  return 0;
}

void lockRecords() {
  recordsLock.lock();
}

void unlockRecords() {
  recordsLock.unlock();
}

static void forget(LiveSlot& slot) {
  std::fill(std::begin(slot.counts), std::end(slot.counts), 0);
  slot.other = 0;
  slot.least = INT64_MAX;
  slot.greatest = INT64_MIN;
}

void forgetRecorded() {
  SpinGuard guard(recordsLock);
  for (auto& record : records())
    for (auto& live : record->codes) {
      if (!live)
        continue;
      for (LiveSite& site : live->sites)
        site.count = 0;
      for (LiveSlot& slot : live->parameters)
        forget(slot);
      for (LiveSlot* slot : live->slotCounters)
        if (slot)
          forget(*slot);
    }
}

} // namespace pyc::profile
