"""Walking the tree."""
import math

from . import nodes
from .errors import CalculatorError

FUNCTIONS = {
    "sqrt": math.sqrt,
    "hypotenuse": lambda a, b: math.sqrt(a * a + b * b),
    "round": round,
    "abs": abs,
    "max": max,
    "min": min,
}

OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "^": lambda a, b: a**b,
}


class Environment:
    """The variables; constants are there from the start."""

    CONSTANTS = {"pi": math.pi, "e": math.e}

    def __init__(self):
        self._values = dict(self.CONSTANTS)

    def __getitem__(self, name):
        return self._values[name]

    def __setitem__(self, name, value):
        if name in self.CONSTANTS:
            raise CalculatorError(f"{name} is a constant")
        self._values[name] = value

    def assigned(self):
        return [name for name in self._values if name not in self.CONSTANTS]


def evaluate(node, environment):
    match node:
        case nodes.Number():
            return node.value
        case nodes.Name(name=name):
            try:
                return environment[name]
            except KeyError:
                raise CalculatorError(f"there is no variable {name}", node.position) from None
        case nodes.Negate(operand=operand):
            return -evaluate(operand, environment)
        case nodes.Binary(operator=operator, left=left, right=right):
            try:
                return OPERATORS[operator](
                    evaluate(left, environment), evaluate(right, environment)
                )
            except ZeroDivisionError as error:
                raise CalculatorError("division by zero", node.position) from error
        case nodes.Call(function=name, arguments=arguments):
            return _call(node, name, [evaluate(argument, environment) for argument in arguments])
        case nodes.Assign(name=name, value=value):
            environment[name] = result = evaluate(value, environment)
            return result
    raise AssertionError(f"unknown node {node!r}")


def _call(node, name, arguments):
    function = FUNCTIONS.get(name)
    if function is None:
        raise CalculatorError(f"there is no function {name}", node.position)
    try:
        return function(*arguments)
    except (TypeError, ValueError):
        raise CalculatorError(f"{name} cannot take {arguments}", node.position) from None
