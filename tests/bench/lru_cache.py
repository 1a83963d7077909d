# args: 2000
# train: 20000
"""A least-recently-used cache: a dict over doubly linked nodes, under a skewed stream of keys."""
import sys


class Node:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.before = self.after = self


class Cache:
    def __init__(self, load, capacity):
        self.load = load
        self.capacity = capacity
        self.nodes = {}
        self.ring = Node(None, None)
        self.hits = self.misses = 0

    def __getitem__(self, key):
        node = self.nodes.get(key)
        if node is None:
            self.misses += 1
            if len(self.nodes) >= self.capacity:
                self.drop(self.ring.before)
            node = self.nodes[key] = Node(key, self.load(key))
        else:
            self.hits += 1
            self.unlink(node)
        first = self.ring.after
        node.before, node.after = self.ring, first
        self.ring.after = first.before = node
        return node.value

    @staticmethod
    def unlink(node):
        node.before.after = node.after
        node.after.before = node.before

    def drop(self, node):
        self.unlink(node)
        del self.nodes[node.key]

    def keys(self):
        node = self.ring.after
        while node is not self.ring:
            yield node.key
            node = node.after


def main():
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 1_200_000
    cache = Cache(lambda key: key * key % 1009, 300)
    state, total = 1, 0
    for _ in range(requests):
        state = (state * 69069 + 1) & 0xFFFFFFFF
        # The product of two numbers prefers small keys.
        key = ((state >> 24) * (state >> 12 & 0xFF)) >> 6
        total += cache[key]
    print(f"{cache.hits} hits, {cache.misses} misses, total {total}")
    print("newest:", list(cache.keys())[:8])


main()
