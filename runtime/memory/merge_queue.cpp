#include "runtime/memory/merge_queue.h"

#include "runtime/memory/refcount.h"
#include "runtime/threads/spin_lock.h"

#include <vector>

namespace pyc::rt {

namespace {

struct Mailbox {
  ThreadState* thread = nullptr; // null: the id is free
  std::vector<Object*> objects;
};

constinit SpinLock registryLock;
/// By thread id; id 0 is nobody. Its length is that of the threads alive at once. Never freed.
std::vector<Mailbox>* mailboxes = nullptr;

std::vector<Object*> takeQueued(uint16_t id) {
  SpinGuard guard(registryLock);
  return std::exchange((*mailboxes)[id].objects, {});
}

} // namespace

bool registerThread(ThreadState& thread) {
  SpinGuard guard(registryLock);
  if (!mailboxes)
    mailboxes = new std::vector<Mailbox>(1);
  auto& boxes = *mailboxes;
  size_t id = 1;
  while (id < boxes.size() && boxes[id].thread)
    ++id;
  if (id > UINT16_MAX)
    return false;
  if (id == boxes.size())
    boxes.emplace_back();
  boxes[id].thread = &thread;
  thread.id = static_cast<uint16_t>(id);
  return true;
}

void unregisterThread(ThreadState& thread) {
  mergeQueuedObjects();
  {
    SpinGuard guard(registryLock);
    (*mailboxes)[thread.id].thread = nullptr;
  }
  mergeQueuedObjects(); // what came in between
}

void queueMerge(Object* object) {
  {
    SpinGuard guard(registryLock);
    Mailbox& box = (*mailboxes)[__atomic_load_n(&object->owner, __ATOMIC_RELAXED)];
    if (box.thread) {
      box.objects.push_back(object);
      requestPoll(*box.thread, kPollMerge);
      return;
    }
  }
  mergeCounts(object, -1);
}

void mergeQueuedObjects() {
  for (Object* object : takeQueued(thisThread().id))
    mergeCounts(object, -1);
}

void eachThread(void (*f)(ThreadState& thread, void* context), void* context) {
  for (Mailbox& box : *mailboxes)
    if (box.thread)
      f(*box.thread, context);
}

} // namespace pyc::rt
