# Attributes and results that were always bools, objects that are only looked at.
class Switch:
    def __init__(self, on):
        self.on = on
        self.count = 0
        self.next = None

    def flip(self):
        self.on = not self.on
        return self.on

    def is_on(self):
        return self.on

    def is_linked(self):
        return self.next is not None and self.next.on


def run(switches, rounds):
    hits = 0
    for _ in range(rounds):
        for switch in switches:
            if switch.on:
                hits += 1
            if switch.is_on() or not switch.is_linked():
                hits += 10
            if not switch.on and switch.next is None:
                hits += 100
            switch.flip()
    return hits


def ring(count):
    switches = [Switch(i % 3 == 0) for i in range(count)]
    for i, switch in enumerate(switches[:-1]):
        switch.next = switches[i + 1]
    return switches


print(run(ring(7), 300))


class Loud:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        print("asked", self.answer)
        return self.answer

    def __del__(self):
        print("gone", self.answer)


for value in (0, 1, "", "x", [], [0], None, 0.0, 2.5, 10**30):
    switches = ring(3)
    switches[1].on = value
    print(repr(value), run(switches, 2), [s.on for s in switches])
switches = ring(2)
switches[0].on = Loud(True)
switches[1].on = Loud(False)
print(run(switches, 1))


class Refuses:
    def __bool__(self):
        raise ValueError("no")


switches = ring(2)
switches[1].on = Refuses()
try:
    run(switches, 1)
except ValueError as error:
    print(error)
del switches[1].on
try:
    run(switches, 1)
except AttributeError as error:
    print(error)


class Node:
    def __init__(self, value):
        self.value = value
        self.left = None


def look(node, other):
    """What is looked at may go when another thing is stored."""
    same = node.left is other
    node.left = node.left.left
    other.left = node.left
    return same, node.left.value, node.left.left is None


def fresh():
    node, other = Node(1), Node(9)
    node.left = Node(2)
    node.left.left = Node(3)
    return node, other


for _ in range(200):
    result = look(*fresh())
print(result)


class Dying(Node):
    def __del__(self):
        print("dying", self.value, holder.left is None)
        holder.left = None


holder, other = fresh()
holder.left = Dying(5)
holder.left.left = Node(6)
try:
    print(look(holder, other))
except AttributeError as error:
    print(error)
