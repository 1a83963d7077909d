// sys.monitoring (PEP 669): tools, their events and callbacks. What a tool asks for is kept and
// given back; compiled code raises no events.
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <bit>

namespace pyc::rt {

namespace {

constexpr int kToolCount = 6;
constexpr int kEventCount = 19;
constexpr int kBranch = 1 << 18;
constexpr int kBranches = 1 << 8 | 1 << 9;      // BRANCH_LEFT, BRANCH_RIGHT: BRANCH stands for both
constexpr int kCallResults = 1 << 16 | 1 << 17; // C_RETURN, C_RAISE: only with CALL
constexpr int kCall = 1 << 4;
constexpr int kFirstGlobal = 1 << 11; // from RAISE on, events that no single code can have

constexpr const char* kEvents[kEventCount] = {"PY_START",
                                              "PY_RESUME",
                                              "PY_RETURN",
                                              "PY_YIELD",
                                              "CALL",
                                              "LINE",
                                              "INSTRUCTION",
                                              "JUMP",
                                              "BRANCH_LEFT",
                                              "BRANCH_RIGHT",
                                              "STOP_ITERATION",
                                              "RAISE",
                                              "EXCEPTION_HANDLED",
                                              "PY_UNWIND",
                                              "PY_THROW",
                                              "RERAISE",
                                              "C_RETURN",
                                              "C_RAISE",
                                              "BRANCH"};

struct Tool {
  Value name; // str; null: the id is free
  int events = 0;
  Value callbacks[kEventCount];
};
Tool tools[kToolCount]; // like all settings of the interpreter, for all threads

bool toolArg(Value argument, int& id) {
  if (!intArg(argument, id))
    return false;
  return (id >= 0 && id < kToolCount) ||
         static_cast<bool>(raise(valueErrorType, "invalid tool %d (must be between 0 and 5)", id));
}
bool toolInUse(Value argument, int& id) {
  if (!toolArg(argument, id))
    return false;
  return tools[id].name || static_cast<bool>(raise(valueErrorType, "tool %d is not in use", id));
}

void clearTool(Tool& tool) {
  tool.events = 0;
  for (Value& callback : tool.callbacks)
    clearField(callback);
}

Ref useToolId(const Value* args) {
  int id;
  if (!toolArg(args[0], id))
    return {};
  if (!isStr(args[1]))
    return raise(valueErrorType, "tool name must be a str");
  if (tools[id].name)
    return raise(valueErrorType, "tool %d is already in use", id);
  setField(tools[id].name, args[1]);
  return Ref::none();
}
Ref clearToolId(const Value* args) {
  int id;
  if (!toolArg(args[0], id))
    return {};
  clearTool(tools[id]);
  return Ref::none();
}
Ref freeToolId(const Value* args) {
  int id;
  if (!toolArg(args[0], id))
    return {};
  clearTool(tools[id]);
  clearField(tools[id].name);
  return Ref::none();
}
Ref getTool(const Value* args) {
  int id;
  if (!toolArg(args[0], id))
    return {};
  return tools[id].name ? Ref::copy(tools[id].name) : Ref::none();
}

Ref registerCallback(const Value* args) {
  int id, event;
  if (!toolArg(args[0], id) || !intArg(args[1], event))
    return {};
  if (event <= 0 || std::popcount(static_cast<unsigned>(event)) != 1)
    return raise(valueErrorType, "The callback can only be set for one event at a time");
  int index = std::countr_zero(static_cast<unsigned>(event));
  if (index >= kEventCount)
    return raise(valueErrorType, "invalid event %d", event);
  Value& place = tools[id].callbacks[index];
  Ref old = place ? Ref::copy(place) : Ref::none();
  setField(place, args[2].isNone() ? Value() : args[2]);
  return old;
}

/// A set of events as the tools are given it; BRANCH becomes its two parts.
bool eventSetArg(Value argument, int& events) {
  if (!intArg(argument, events))
    return false;
  if (events < 0 || events >= 1 << kEventCount)
    return raise(valueErrorType, "invalid event set 0x%x", static_cast<unsigned>(events));
  if ((events & kCallResults) && (events & kCall) == 0)
    return raise(valueErrorType, "cannot set C_RETURN or C_RAISE events independently");
  events &= ~kCallResults;
  if (events & kBranch)
    events = (events & ~kBranch) | kBranches;
  return true;
}

Ref getEvents(const Value* args) {
  int id;
  return toolInUse(args[0], id) ? makeInt(tools[id].events) : Ref();
}
Ref setEvents(const Value* args) {
  int id, events;
  if (!toolArg(args[0], id) || !eventSetArg(args[1], events) || !toolInUse(args[0], id))
    return {};
  tools[id].events = events;
  return Ref::none();
}

// Events of single code objects.

Value localEvents; // dict: (id of the code, tool) -> events; null: none yet

bool codeArg(Value argument) {
  return isInstance(argument, &codeType) ||
         static_cast<bool>(raise(typeErrorType, "code must be a code object"));
}
Ref localKey(Value code, int id) {
  return tupleOf(code, Value::fromInt(id));
}
Ref getLocalEvents(const Value* args) {
  int id;
  if (!codeArg(args[1]) || !toolInUse(args[0], id))
    return {};
  PYC_TRY(key, localKey(args[1], id));
  Value found;
  if (localEvents && !dictFind(asDict(localEvents), key, found))
    return {};
  return found ? Ref::copy(found) : makeInt(0);
}
Ref setLocalEvents(const Value* args) {
  int id, events;
  if (!codeArg(args[1]) || !toolArg(args[0], id) || !eventSetArg(args[2], events))
    return {};
  if (events >= kFirstGlobal)
    return raise(valueErrorType, "invalid local event set 0x%x", static_cast<unsigned>(events));
  if (!toolInUse(args[0], id))
    return {};
  if (!localEvents && !(localEvents = newDict().release()))
    return {};
  PYC_TRY(key, localKey(args[1], id));
  bool removed;
  bool done = events ? dictSet(asDict(localEvents), key, Value::fromInt(events))
                     : dictRemove(asDict(localEvents), key, removed);
  return done ? Ref::none() : Ref();
}

Ref restartEvents(const Value*) {
  return Ref::none();
}

Ref allEvents(const Value*) {
  PYC_TRY(result, newDict());
  for (int event = 0; event < kEventCount - 1; ++event) {
    int users = 0;
    for (int id = 0; id < kToolCount; ++id)
      users |= (tools[id].events >> event & 1) << id;
    if (users && !dictSetStr(asDict(result), internLiteral(kEvents[event]), Value::fromInt(users)))
      return {};
  }
  return result;
}

constexpr MethodDef kFunctions[] = {
    {.signature = "use_tool_id(tool_id, name, /)", .bound = useToolId},
    {.signature = "clear_tool_id(tool_id, /)", .bound = clearToolId},
    {.signature = "free_tool_id(tool_id, /)", .bound = freeToolId},
    {.signature = "get_tool(tool_id, /)", .bound = getTool},
    {.signature = "register_callback(tool_id, event, func, /)", .bound = registerCallback},
    {.signature = "get_events(tool_id, /)", .bound = getEvents},
    {.signature = "set_events(tool_id, event_set, /)", .bound = setEvents},
    {.signature = "get_local_events(tool_id, code, /)", .bound = getLocalEvents},
    {.signature = "set_local_events(tool_id, code, event_set, /)", .bound = setLocalEvents},
    {.signature = "restart_events()", .bound = restartEvents},
    {.signature = "_all_events()", .bound = allEvents},
};

Ref eventNamespace() {
  PYC_TRY(fields, newDict());
  for (int event = 0; event < kEventCount; ++event)
    if (!dictSetStr(asDict(fields), internLiteral(kEvents[event]), Value::fromInt(1 << event)))
      return {};
  if (!dictSetStr(asDict(fields), internLiteral("NO_EVENTS"), Value::fromInt(0)))
    return {};
  return makeSimpleNamespace(fields);
}

} // namespace

Ref makeMonitoring() {
  PYC_TRY(module, makeModule(internLiteral("sys.monitoring")));
  ModuleObject* filled = asModule(module);
  bool done = addFunctions(filled, kFunctions, std::size(kFunctions)) &&
              addValue(filled, "events", eventNamespace()) && addInt(filled, "DEBUGGER_ID", 0) &&
              addInt(filled, "COVERAGE_ID", 1) && addInt(filled, "PROFILER_ID", 2) &&
              addInt(filled, "OPTIMIZER_ID", 5) &&
              addValue(filled, "DISABLE", call(Value(&objectType))) &&
              addValue(filled, "MISSING", call(Value(&objectType)));
  return done ? std::move(module) : Ref();
}

} // namespace pyc::rt
