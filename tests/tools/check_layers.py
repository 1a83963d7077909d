#!/usr/bin/env python3
"""Check that every #include follows docs/layers.txt: check_layers.py CHECKOUT.

Each source must belong to a library that the file names, and may include files of that library and
of those it may use, directly or through others. Prints each offence; exits with 1.
"""
import re
import sys
from pathlib import Path

TOP_FOLDERS = ("compiler", "dialects", "profiler", "runtime")
OURS = TOP_FOLDERS + ("uop",)
EXTERNAL = {"llvm": "llvm", "llvm-c": "llvm", "mlir": "llvm", "mlir-c": "llvm", "clang": "llvm"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


class Layers:
    def __init__(self, text):
        self.uses = {}
        for number, line in enumerate(text.splitlines(), 1):
            line = line.partition("#")[0].strip()
            if line:
                library, colon, used = line.partition(":")
                if not colon:
                    raise ValueError(f"layers.txt:{number}: expected 'LIBRARY: ...'")
                self.uses[library.strip()] = used.split()
        self.reach = {library: self._reach(library, ()) for library in self.uses}

    def _reach(self, library, path):
        if library in path:
            raise ValueError("layers.txt: a cycle: " + " -> ".join(path + (library,)))
        found = {library}
        for used in self.uses.get(library, ()):
            if used not in self.uses and used != "llvm":
                raise ValueError(f"layers.txt: {library} uses {used}, which is no library")
            found |= self._reach(used, path + (library,))
        return found

    def library_of(self, path):
        """The library that a path from the checkout's top belongs to, or None."""
        return max((name for name in self.uses if re.match(re.escape(name) + r"(?![a-z0-9])", path)),
                   key=len, default=None)

    def library_of_include(self, name):
        """The library an included name belongs to; None where it is none of our business."""
        first = name.split("/")[0]
        if first in EXTERNAL:
            return EXTERNAL[first]
        return self.library_of(name) if first in OURS else None


def offences(checkout):
    checkout = Path(checkout)
    layers = Layers((checkout / "docs/layers.txt").read_text())
    for folder in TOP_FOLDERS:
        for file in sorted((checkout / folder).rglob("*")):
            if file.suffix not in (".h", ".cpp", ".c"):
                continue
            path = file.relative_to(checkout).as_posix()
            library = layers.library_of(path)
            if library is None:
                yield f"{path}: belongs to no library of docs/layers.txt"
                continue
            text = file.read_text(errors="replace")
            for match in INCLUDE.finditer(text):
                target = layers.library_of_include(match[2])
                if target is not None and target not in layers.reach[library]:
                    line = text.count("\n", 0, match.start(1)) + 1
                    yield f"{path}:{line}: {library} may not use {target} ({match[2]})"


def main():
    try:
        found = list(offences(sys.argv[1]))
    except ValueError as error:
        found = [str(error)]
    print("\n".join(found) if found else "every include follows docs/layers.txt")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
