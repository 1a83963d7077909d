# stdin: adventure.txt
"""A text adventure. Reads commands from standard input until the game ends."""
import sys


class Item:
    def __init__(self, name, weight, description, *, light=False):
        self.name = name
        self.weight = weight
        self.description = description
        self.light = light

    def __str__(self):
        article = "an" if self.name[0] in "aeiou" else "a"
        return f"{article} {self.name}"


class Room:
    def __init__(self, name, description, *, dark=False):
        self.name = name
        self.description = description
        self.dark = dark
        self.exits = {}
        self.locked = set()
        self.items = []

    OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east",
                "up": "down", "down": "up"}

    def connect(self, direction, other, *, locked=False):
        self.exits[direction] = other
        other.exits[self.OPPOSITE[direction]] = self
        if locked:
            self.locked.add(direction)


class GameOver(Exception):
    pass


class Player:
    STRENGTH = 10

    def __init__(self, room):
        self.room = room
        self.items = {}
        self.moves = 0
        self.visited = {room.name}

    @property
    def load(self):
        return sum(item.weight for item in self.items.values())

    def sees(self):
        return not self.room.dark or any(item.light for item in self.items.values())


class Game:
    def __init__(self):
        hall = Room("Hall", "A hall with a cold fireplace.")
        cellar = Room("Cellar", "Barrels, and something that drips.", dark=True)
        tower = Room("Tower", "Wind, and a view over the marshes.")
        vault = Room("Vault", "Shelves of iron.")
        hall.connect("down", cellar)
        hall.connect("up", tower)
        cellar.connect("east", vault, locked=True)
        hall.items += [Item("lamp", 2, "It burns with a small flame.", light=True),
                       Item("anvil", 12, "Much too heavy.")]
        tower.items.append(Item("key", 1, "Its teeth look like a small V."))
        vault.items.append(Item("crown", 4, "Gold, and quite old."))
        self.player = Player(hall)
        self.exit = hall

    def play(self, lines):
        self.look()
        try:
            for line in lines:
                print("\n>", line.strip())
                self.command(line.split())
        except GameOver as over:
            print(over)
        else:
            print("\nYou fall asleep.")
        print(f"{self.player.moves} moves, {len(self.player.visited)} rooms seen.")

    def command(self, words):
        if not words:
            return
        verb, *rest = words
        if verb in Room.OPPOSITE:
            verb, rest = "go", [verb]
        handler = getattr(self, verb, None) if verb in self.VERBS else None
        if handler is None:
            print(f"I do not know how to {verb}.")
            return
        try:
            handler(*rest)
        except TypeError:
            print(f"{verb.capitalize()} what?")

    VERBS = ("look", "go", "take", "drop", "inspect", "inventory", "unlock", "quit")

    def look(self):
        room = self.player.room
        print(f"-- {room.name} --")
        if not self.player.sees():
            print("It is pitch dark.")
            return
        print(room.description)
        if room.items:
            print("There is", ", ".join(map(str, room.items)), "here.")
        print("Exits:", ", ".join(sorted(room.exits)))

    def go(self, direction):
        room = self.player.room
        if direction not in room.exits:
            print("You cannot go there.")
        elif direction in room.locked:
            print("It is locked.")
        else:
            self.player.moves += 1
            self.player.room = room.exits[direction]
            self.player.visited.add(self.player.room.name)
            self.look()
            if self.player.room is self.exit and "crown" in self.player.items:
                raise GameOver("You are rich. The end.")

    def take(self, name):
        player = self.player
        found = [item for item in player.room.items if item.name == name]
        if not found or not player.sees():
            print(f"You see no {name} here.")
        elif player.load + found[0].weight > player.STRENGTH:
            print(f"The {name} is too heavy.")
        else:
            player.room.items.remove(found[0])
            player.items[name] = found[0]
            print("Taken.")

    def drop(self, name):
        item = self.player.items.pop(name, None)
        if item is None:
            print(f"You have no {name}.")
            return
        self.player.room.items.append(item)
        print("Dropped.")

    def inspect(self, name):
        for item in [*self.player.items.values(), *self.player.room.items]:
            if item.name == name:
                print(item.description)
                return
        print(f"You see no {name} here.")

    def inventory(self):
        if not self.player.items:
            print("You carry nothing.")
        for name, item in sorted(self.player.items.items()):
            print(f"  {name} ({item.weight})")

    def unlock(self, direction):
        if direction not in self.player.room.locked:
            print("There is nothing to unlock.")
        elif "key" not in self.player.items:
            print("You lack the key.")
        else:
            self.player.room.locked.discard(direction)
            print("Click.")

    def quit(self):
        raise GameOver("You give up.")


Game().play(sys.stdin)
