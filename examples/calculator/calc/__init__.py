"""Parsing and evaluating arithmetic expressions."""
from .errors import CalculatorError
from .evaluator import Environment, evaluate
from .parser import parse

__all__ = ["CalculatorError", "Environment", "evaluate", "parse"]
