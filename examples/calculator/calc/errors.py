class CalculatorError(Exception):
    """The input is wrong; position is the offending column where one is known."""

    def __init__(self, message, position=None):
        super().__init__(message)
        self.position = position
