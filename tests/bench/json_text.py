# args: 3
# train: 15
"""A JSON reader and writer in plain Python, run over a document that it makes up."""
import sys


class Reader:
    ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

    def __init__(self, text):
        self.text = text
        self.position = 0

    def fail(self, what):
        raise ValueError(f"{what} at {self.position}")

    def space(self):
        text = self.text
        while self.position < len(text) and text[self.position] in " \t\r\n":
            self.position += 1

    def expect(self, token):
        if not self.text.startswith(token, self.position):
            self.fail(f"expected {token}")
        self.position += len(token)

    def document(self):
        value = self.value()
        self.space()
        if self.position != len(self.text):
            self.fail("something follows the value")
        return value

    def value(self):
        self.space()
        char = self.text[self.position : self.position + 1]
        if char == "{":
            return self.object()
        if char == "[":
            return self.array()
        if char == '"':
            return self.string()
        for token, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(token, self.position):
                self.position += len(token)
                return value
        return self.number()

    def object(self):
        found = {}
        self.expect("{")
        self.space()
        while self.text[self.position] != "}":
            if found:
                self.expect(",")
                self.space()
            key = self.string()
            self.space()
            self.expect(":")
            found[key] = self.value()
            self.space()
        self.position += 1
        return found

    def array(self):
        found = []
        self.expect("[")
        self.space()
        while self.text[self.position] != "]":
            if found:
                self.expect(",")
            found.append(self.value())
            self.space()
        self.position += 1
        return found

    def string(self):
        self.expect('"')
        parts = []
        while True:
            start = self.position
            while self.text[self.position] not in '"\\':
                self.position += 1
            parts.append(self.text[start : self.position])
            self.position += 1
            if self.text[self.position - 1] == '"':
                return "".join(parts)
            escape = self.text[self.position]
            self.position += 1
            if escape == "u":
                parts.append(chr(int(self.text[self.position : self.position + 4], 16)))
                self.position += 4
            elif escape in self.ESCAPES:
                parts.append(self.ESCAPES[escape])
            else:
                self.fail("unknown escape")

    def number(self):
        start = self.position
        text = self.text
        while self.position < len(text) and text[self.position] in "+-.0123456789eE":
            self.position += 1
        word = text[start : self.position]
        try:
            return int(word)
        except ValueError:
            pass
        try:
            return float(word)
        except ValueError:
            self.position = start
            self.fail("expected a value")


QUOTED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def quote(text):
    return '"' + "".join(QUOTED.get(c) or (c if " " <= c <= "~" else f"\\u{ord(c):04x}") for c in text) + '"'


def write(value):
    if isinstance(value, str):
        return quote(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(quote(key) + ":" + write(item) for key, item in value.items()) + "}"
    raise TypeError(f"cannot write {type(value).__name__}")


def make(number):
    return {
        "id": number,
        "name": f"Item \"{number}\"",
        "tags": ["größe", "tab\there", "plain"][: number % 4],
        "price": number * 1.25 - 3e-7,
        "stock": {"here": number % 17, "there": None, "open": number % 3 == 0},
        "matrix": [[row * column for column in range(4)] for row in range(number % 5)],
    }


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 220
    checksum = 0
    for count in range(rounds):
        value = [make(number) for number in range(count, count + 40)]
        text = write(value)
        again = Reader(text).document()
        assert again == value
        for char in text[:: count + 1]:
            checksum = (checksum * 31 + ord(char)) % 1_000_003
    print(rounds, "documents, checksum", checksum)
    for wrong in ("[1, 2", '{"a": tru}', '"\\x"', "[1] 2"):
        try:
            Reader(wrong).document()
        except (ValueError, IndexError) as error:
            print(f"{wrong}: {type(error).__name__}: {error}")


main()
