"""Text to tokens: (kind, text, position), the kind being 'number', 'name', 'end' or an operator."""
from .errors import CalculatorError

OPERATORS = ("//", "+", "-", "*", "/", "%", "^", "(", ")", ",", "=")


def tokens(text):
    position = 0
    while position < len(text):
        char = text[position]
        if char.isspace():
            position += 1
        elif char.isdigit() or char == ".":
            end = _scan(text, position, lambda c: c.isdigit() or c == ".")
            yield "number", text[position:end], position
            position = end
        elif char.isalpha():
            end = _scan(text, position, str.isalnum)
            yield "name", text[position:end], position
            position = end
        else:
            for operator in OPERATORS:
                if text.startswith(operator, position):
                    yield operator, operator, position
                    position += len(operator)
                    break
            else:
                raise CalculatorError(f"what is {char!r}?", position)
    yield "end", "", len(text)


def _scan(text, position, accept):
    while position < len(text) and accept(text[position]):
        position += 1
    return position
