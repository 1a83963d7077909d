"""Precedence climbing. '^' binds tightest and to the right, a sign binds less tightly than '^'."""
from . import nodes
from .errors import CalculatorError
from .lexer import tokens

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "^": 4}
SIGN = 3


class Parser:
    def __init__(self, text):
        self._tokens = list(tokens(text))
        self._index = 0

    @property
    def _kind(self):
        return self._tokens[self._index][0]

    def _next(self):
        token = self._tokens[self._index]
        self._index += 1
        return token

    def _expect(self, kind):
        if self._kind != kind:
            _, text, position = self._tokens[self._index]
            raise CalculatorError(f"expected {kind!r}, found {text or 'the end'!r}", position)
        return self._next()

    def statement(self):
        if len(self._tokens) > 2 and self._tokens[0][0] == "name" and self._tokens[1][0] == "=":
            _, name, position = self._next()
            self._next()
            tree = nodes.Assign(position, name, self.expression(0))
        else:
            tree = self.expression(0)
        self._expect("end")
        return tree

    def expression(self, lowest):
        left = self.operand()
        while PRECEDENCE.get(self._kind, -1) > lowest:
            operator, _, position = self._next()
            strength = PRECEDENCE[operator]
            right = self.expression(strength - 1 if operator == "^" else strength)
            left = nodes.Binary(position, operator, left, right)
        return left

    def operand(self):
        kind, text, position = self._tokens[self._index]
        match kind:
            case "number":
                self._next()
                return nodes.Number(position, _number(text, position))
            case "name":
                self._next()
                if self._kind == "(":
                    return nodes.Call(position, text, self.arguments())
                return nodes.Name(position, text)
            case "(":
                self._next()
                inside = self.expression(0)
                self._expect(")")
                return inside
            case "-":
                self._next()
                return nodes.Negate(position, self.expression(SIGN))
        raise CalculatorError(f"expected a value, found {text or 'the end'!r}", position)

    def arguments(self):
        self._expect("(")
        found = []
        while self._kind != ")":
            found.append(self.expression(0))
            if self._kind != ",":
                break
            self._next()
        self._expect(")")
        return found


def _number(text, position):
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        raise CalculatorError(f"{text!r} is no number", position) from None


def parse(text):
    return Parser(text).statement()
