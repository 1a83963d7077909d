# exit: 3
# builtins.exit and quit: how they look, what they raise, and the signatures of built-in types.
import sys

print(exit, quit, type(exit).__name__, exit.name, quit.eof)
for code in ((), (None,), ("text",), (5,)):
    try:
        quit(*code)
    except SystemExit as error:
        print(repr(error), error.code, sys.stdin.closed)
try:
    exit(1, 2)
except TypeError:
    print("too many")
for kind in (bool, complex, float, memoryview, object, property, staticmethod, classmethod):
    print(kind.__name__, kind.__text_signature__)
for function in (globals, print, pow, round, sorted, sum, "".join, "".encode, [].sort, {}.get, (1).to_bytes, sys.exit):
    print(function.__name__, function.__text_signature__)
print(sorted(set(dir(list[int])) - set(dir(list))))
exit(3)
