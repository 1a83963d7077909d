# args: 40
# train: 200
"""Customers in a shop: an event-driven simulation over a hand-written binary heap."""
import sys


class Heap:
    def __init__(self):
        self.items = []

    def __len__(self):
        return len(self.items)

    def push(self, item):
        items = self.items
        items.append(item)
        index = len(items) - 1
        while index:
            parent = (index - 1) >> 1
            if items[parent] <= item:
                break
            items[index] = items[parent]
            index = parent
        items[index] = item

    def pop(self):
        items = self.items
        top, last = items[0], items.pop()
        if not items:
            return top
        index, end = 0, len(items)
        while True:
            child = 2 * index + 1
            if child >= end:
                break
            if child + 1 < end and items[child + 1] < items[child]:
                child += 1
            if last <= items[child]:
                break
            items[index] = items[child]
            index = child
        items[index] = last
        return top


class Simulation:
    def __init__(self):
        self.now = 0
        self.serial = 0
        self.events = Heap()

    def after(self, delay, action):
        self.serial += 1
        self.events.push((self.now + delay, self.serial, action))

    def run(self):
        while len(self.events):
            self.now, _, action = self.events.pop()
            action()


class Till:
    def __init__(self, simulation, speed):
        self.simulation = simulation
        self.speed = speed
        self.queue = []
        self.busy = False
        self.served = 0
        self.waited = 0

    def arrive(self, customer):
        self.queue.append(customer)
        if not self.busy:
            self.serve()

    def serve(self):
        customer = self.queue.pop(0)
        self.busy = True
        self.waited += self.simulation.now - customer.arrived

        def done():
            self.served += 1
            self.busy = False
            if self.queue:
                self.serve()

        self.simulation.after(customer.goods * self.speed, done)


class Customer:
    def __init__(self, arrived, goods):
        self.arrived = arrived
        self.goods = goods


class Shop:
    def __init__(self, simulation, customers):
        self.simulation = simulation
        self.tills = [Till(simulation, speed) for speed in (3, 4, 4, 5)]
        self.left = customers
        self.state = 12345

    def random(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % limit

    def open(self):
        self.simulation.after(0, self.enter)

    def enter(self):
        customer = Customer(self.simulation.now, 1 + self.random(20))
        till = min(self.tills, key=lambda till: len(till.queue) + till.busy)
        till.arrive(customer)
        self.left -= 1
        if self.left:
            self.simulation.after(self.random(24), self.enter)


def main():
    customers = 100 * int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    simulation = Simulation()
    shop = Shop(simulation, customers)
    shop.open()
    simulation.run()
    for till in shop.tills:
        print(f"served {till.served}, waited {till.waited}")
    print("closed at", simulation.now)


main()
