// Python frame objects (sys._getframe(), generator.gi_frame, traceback.tb_frame). Made when asked
// for; a frame object outlives its frame and keeps then what it knew.
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::rt {

struct TracebackObject;

struct FrameObject {
  Object header;
  Frame* frame;        // null when it is gone
  CodeObject* code;    // owned
  DictObject* globals; // owned
  Frame* saved;        // once the frame is gone: a frame that has its locals; null: none
  Value locals;        // then the namespace of a module's or a class body's frame
  Value back;          // the next outer frame object, once the frame is gone; null: none
  Value extras;        // dict of what f_locals was given under names of no locals; null: nothing
  Value overwritten;   // list of values that f_locals replaced, which an instruction may still use
  uint32_t word;       // where the frame was left
  bool isHeld;         // the frame has a reference of its own
  bool isOfTraceback;  // made for a traceback's entry, while its function may still run
  // Behind it: room for a Frame and its locals, in a function's frame object.
};
inline FrameObject* asFrameObject(Value value) {
  return value.as<FrameObject>();
}

/// The frame object of a running or suspended frame.
Ref frameObject(Frame* frame);
/// That of the function which is `depth` calls out; ValueError when there are not that many.
Ref frameObjectAt(int64_t depth);
/// For the entry of a traceback whose frame is gone.
Ref frameObjectOf(TracebackObject* traceback);
/// The frame is about to go: its object takes over what it needs.
void detachFrameObject(Frame* frame);
/// What f_locals was given stays as long as the frame: it refers to its object from now on.
void holdFrameObject(FrameObject* object);
/// What locals() gives: a new dict of the frame's bound locals, or its namespace.
Ref frameLocals(Frame* frame);
/// Line of the frame's current instruction; 0 when it has none.
int frameLine(const Frame* frame);

} // namespace pyc::rt
