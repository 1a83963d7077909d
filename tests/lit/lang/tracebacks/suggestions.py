# exit: 1
import sys


class Colour:
    def __init__(self):
        self.brightness = 1

def attempt(function):
    try:
        function()
    except Exception as error:
        sys.__excepthook__(type(error), error, error.__traceback__.tb_next)


value = 3
attempt(lambda: Colour().brightnes)
attempt(lambda: valeu)
attempt(lambda: pritn)
attempt(lambda: [].apend(1))
attempt(lambda: "".uper())
attempt(lambda: len(nothing_like_it_at_all))
attempt(lambda: Colour().zzz)
attempt(lambda: int(valu=3))
attempt(lambda: Colour(1, 2))
attempt(lambda: sys.exitt)
Colour().brightnesss
