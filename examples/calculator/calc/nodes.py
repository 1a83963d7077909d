"""The tree that the parser builds. Nodes know their children and where they stood."""


class Node:
    __slots__ = ("position",)

    def __init__(self, position):
        self.position = position


class Number(Node):
    __slots__ = ("value",)

    def __init__(self, position, value):
        super().__init__(position)
        self.value = value


class Name(Node):
    __slots__ = ("name",)

    def __init__(self, position, name):
        super().__init__(position)
        self.name = name


class Negate(Node):
    __slots__ = ("operand",)

    def __init__(self, position, operand):
        super().__init__(position)
        self.operand = operand


class Binary(Node):
    __slots__ = ("operator", "left", "right")

    def __init__(self, position, operator, left, right):
        super().__init__(position)
        self.operator = operator
        self.left = left
        self.right = right


class Call(Node):
    __slots__ = ("function", "arguments")

    def __init__(self, position, function, arguments):
        super().__init__(position)
        self.function = function
        self.arguments = arguments


class Assign(Node):
    __slots__ = ("name", "value")

    def __init__(self, position, name, value):
        super().__init__(position)
        self.name = name
        self.value = value
