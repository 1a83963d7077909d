// The mapping of a context: a persistent trie (Bagwell's hash array mapped trie) from context
// variables to values. Nodes are never changed once they are shared, so that a copy of a context is
// a pointer. Variables are found by identity, by the bits of their (mixed) address: two keys
// differ in some bit, so there are no collisions.
//
// Nodes are collected objects, for contexts share them: the collector counts their references.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// An entry: a variable and its value, or no key and a node further down.
struct ContextEntry {
  Value key;
  Value value;
};

struct ContextNode {
  Object header;
  int64_t count;   // entries; kTypeVarSized wants it here
  uint64_t bitmap; // 32 bits: which places have an entry
  uint64_t id;     // of no other node that there was or will be; never 0
  ContextEntry* entries() { return reinterpret_cast<ContextEntry*>(this + 1); }
};
extern constinit TypeObject contextNodeType;

/// Nodes from the root to a leaf, at five bits of 64 each.
inline constexpr unsigned kContextLevels = 13;

/// The value of a variable, borrowed, or null. `map` is a node or null (empty).
Value contextMapFind(Value map, Value key);
/// The map with an entry added or replaced; null with MemoryError. `added`: the key is new.
Ref contextMapWith(Value map, Value key, Value value, bool& added);
/// The map without a key, which it has: null with nothing raised when nothing is left, else a node;
/// false with MemoryError.
bool contextMapWithout(Value map, Value key, Ref& result);

/// Walks through a map, which the caller keeps alive.
class ContextMapWalk {
public:
  explicit ContextMapWalk(Value map) {
    if (map)
      path_[depth_++] = {map.as<ContextNode>(), 0};
  }
  ContextMapWalk() = default;
  /// The next entry, borrowed; null at the end.
  const ContextEntry* next();

private:
  struct Step {
    ContextNode* node;
    int64_t at;
  };
  Step path_[kContextLevels] = {};
  unsigned depth_ = 0;
};

} // namespace pyc::rt
