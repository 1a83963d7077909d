"""A calculator. Evaluates its arguments, or a short session of its own when it gets none."""
import sys

from calc import CalculatorError, Environment, evaluate, parse

SESSION = [
    "1 + 2 * 3",
    "(1 + 2) * 3",
    "-2 ^ 2",
    "2 ^ 3 ^ 2",
    "2 ^ 200 - 1",
    "10 / 4",
    "10 // 4 + 10 % 4",
    "r = 1.5",
    "area = pi * r ^ 2",
    "round(area * 1000) / 1000",
    "max(3, 7, sqrt(16)) - min(4, 2)",
    "hypotenuse(3, 4)",
    "1 / 0",
    "2 * (3 + ",
    "radius * 2",
    "3 $ 4",
    "sqrt(1, 2)",
]


def run(line, environment):
    """Evaluate one line; return the text to show for it."""
    try:
        tree = parse(line)
        return str(evaluate(tree, environment))
    except CalculatorError as error:
        text = f"error: {error}"
        if error.position is not None:
            text = " " * (error.position + 2) + "^\n" + text
        return text


def main():
    lines = sys.argv[1:] or SESSION
    environment = Environment()
    for line in lines:
        print(">", line)
        print(run(line, environment))
    print(f"{len(lines)} lines, variables: {', '.join(environment.assigned()) or 'none'}")


if __name__ == "__main__":
    main()
