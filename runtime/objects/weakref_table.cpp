#include "runtime/objects/weakref_table.h"

#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/threads/spin_lock.h"

#include <unordered_map>

namespace pyc::rt {

namespace {

constinit SpinLock tableLock; // guards the table, the lists, and their references' `object`

/// By address of the object. Made with the first weak reference, never freed.
std::unordered_map<Object*, WeakReferenceObject*>& table() {
  static auto* instance = new std::unordered_map<Object*, WeakReferenceObject*>;
  return *instance;
}

WeakReferenceObject* firstOf(Object* object) {
  if (!(object->flags & kObjectHasWeakrefs))
    return nullptr;
  auto found = table().find(object);
  return found == table().end() ? nullptr : found->second;
}

/// Takes the references for which `matches` out of the object's list and adds the live ones that
/// have a callback to `toCall`.
template <class Match> void detach(Object* object, Match matches, std::vector<Ref>& toCall) {
  SpinGuard guard(tableLock);
  if (!(object->flags & kObjectHasWeakrefs))
    return;
  WeakReferenceObject** link = &table()[object];
  while (WeakReferenceObject* reference = *link) {
    if (!matches(reference)) {
      link = &reference->next;
      continue;
    }
    *link = std::exchange(reference->next, nullptr);
    reference->object = nullptr;
    if (reference->callback && tryIncref(&reference->header))
      toCall.push_back(Ref::steal(&reference->header));
  }
  if (!table()[object]) {
    table().erase(object);
    object->flags &= static_cast<uint8_t>(~kObjectHasWeakrefs);
  }
}

void callBack(Value reference) {
  Ref callback = Ref::steal(std::exchange(reference.as<WeakReferenceObject>()->callback, Value()));
  if (!callback)
    return;
  Ref result = call(callback, reference);
  if (!result)
    writeUnraisable("Exception ignored while calling weakref callback", callback);
}

} // namespace

void addWeakref(Object* object, WeakReferenceObject* reference) {
  allowTryIncref(object);
  SpinGuard guard(tableLock);
  WeakReferenceObject*& first = table()[object];
  reference->object = object;
  reference->next = first;
  first = reference;
  object->flags |= kObjectHasWeakrefs;
}

void removeWeakref(WeakReferenceObject* reference) {
  SpinGuard guard(tableLock);
  Object* object = reference->object;
  if (!object)
    return;
  WeakReferenceObject** link = &table()[object];
  while (*link != reference)
    link = &(*link)->next;
  *link = reference->next;
  reference->object = nullptr;
  if (!table()[object]) {
    table().erase(object);
    object->flags &= static_cast<uint8_t>(~kObjectHasWeakrefs);
  }
}

Ref findPlainWeakref(Object* object, const TypeObject* type) {
  SpinGuard guard(tableLock);
  for (WeakReferenceObject* reference = firstOf(object); reference; reference = reference->next)
    if (!reference->callback && shapeOf(&reference->header)->type == type &&
        tryIncref(&reference->header))
      return Ref::steal(&reference->header);
  return {};
}

std::vector<Ref> weakrefsOf(Object* object) {
  SpinGuard guard(tableLock);
  std::vector<Ref> found;
  for (WeakReferenceObject* reference = firstOf(object); reference; reference = reference->next)
    if (tryIncref(&reference->header))
      found.push_back(Ref::steal(&reference->header));
  return found;
}

Ref weakReferenceGet(WeakReferenceObject* reference) {
  releaseEndedFunctions();
  SpinGuard guard(tableLock);
  if (reference->object && tryIncref(reference->object))
    return Ref::steal(reference->object);
  return Ref::none();
}

void weakrefsObjectDies(Object* object) {
  std::vector<Ref> toCall;
  detach(object, [](WeakReferenceObject*) { return true; }, toCall);
  if (toCall.empty())
    return;
  AsideScope aside;
  for (const Ref& reference : toCall)
    callBack(reference);
}

bool weakrefsCallBack(std::span<Object* const> garbage) {
  std::vector<Ref> toCall;
  for (Object* object : garbage)
    if (object->flags & kObjectHasWeakrefs)
      detach(
          object,
          [](WeakReferenceObject* reference) { return static_cast<bool>(reference->callback); },
          toCall);
  bool any = false;
  for (const Ref& reference : toCall)
    if (!(reference.get().object()->flags & kObjectMarked)) {
      callBack(reference);
      any = true;
    }
  return any;
}

void weakrefsClear(std::span<Object* const> garbage) {
  std::vector<Ref> none;
  for (Object* object : garbage)
    if (object->flags & kObjectHasWeakrefs)
      detach(object, [](WeakReferenceObject*) { return true; }, none);
}

} // namespace pyc::rt
