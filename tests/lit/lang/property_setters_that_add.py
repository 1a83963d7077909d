# A property's setter that adds an attribute, where a plain store would have added the property's name.
class Guarded:
    @property
    def level(self):
        return self.kept

    @level.setter
    def level(self, value):
        if value > 5:
            raise ValueError(value)
        self.kept = value


def store(guarded, value):
    try:
        guarded.level = value
    except ValueError as error:
        return f"refused {error}"
    return guarded.__dict__


for _ in range(3):
    print(store(Guarded(), 9), store(Guarded(), 1), store(Guarded(), 9))
    guarded = Guarded()
    guarded.level = 3
    print(guarded.level, store(guarded, 8), store(guarded, 2), guarded.level)
