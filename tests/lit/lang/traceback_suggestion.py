# exit: 1
class Thing:
    colour = 1


def look(thing):
    return (
        thing.colour
        + thing.color
    )


look(Thing())
