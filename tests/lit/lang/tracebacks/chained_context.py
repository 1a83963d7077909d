# exit: 1
try:
    try:
        1 / 0
    except ZeroDivisionError:
        [].pop()
except IndexError as error:
    error.add_note("a note")
    error.add_note("two\nlines")
    raise AttributeError("outer")
