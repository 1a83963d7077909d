#!/usr/bin/env python3
"""Compares what the frontend makes of Python files with what CPython makes of them.

usage: compare_frontend.py code|positions|symbols|trees TOOL UOPS_JSON FILE...

code       names, flags, parameters, variables, docstrings of all code objects
positions  where calls, attributes, operators, ... of each code object stand
symbols    the symbol tables
trees      the syntax trees, with all positions
Run with CPython 3.15; TOOL is frontend_tool. Files that CPython refuses are left out. Known and
harmless differences are not reported. Exits with 1 when there are others.
"""
import ast
import itertools
import json
import subprocess
import symtable
import sys
import types
import warnings

import uop_image as image

FLAGS = 0x10000FF | 0x4000000 | 0x8000000 | 0x200
HEADER_NAMES = {".defaults", ".kwdefaults"}

# CPython's instructions and the uops that stand for them.
KINDS = {
    "operator": ({"BINARY_OP", "UNARY_NEGATIVE", "UNARY_INVERT"},
                 {"add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift",
                  "rshift", "and", "or", "xor", "neg", "invert", "load_item"}),
    "attribute": ({"LOAD_ATTR", "LOAD_SUPER_ATTR"}, {"load_attr", "load_method"}),
    "store": ({"STORE_ATTR", "STORE_SUBSCR", "DELETE_ATTR", "DELETE_SUBSCR"},
              {"store_attr", "store_item", "delete_attr", "delete_item", "map_add"}),
    "call": ({"CALL", "CALL_KW", "CALL_FUNCTION_EX"},
             {"call", "call_kw", "call_ex", "call_method", "call_method_kw", "load_super"}),
    "comparison": ({"COMPARE_OP", "IS_OP", "CONTAINS_OP"},
                   {"lt", "le", "eq", "ne", "gt", "ge", "is", "is_not", "contains",
                    "not_contains"}),
    "raise": ({"RAISE_VARARGS"}, {"raise", "raise_from", "raise_again"}),
    "name": ({"LOAD_GLOBAL", "LOAD_NAME"}, {"load_global", "load_name"}),
    "iteration": ({"GET_ITER", "FOR_ITER", "UNPACK_SEQUENCE", "UNPACK_EX"},
                  {"get_iter", "for_iter", "unpack_sequence", "unpack_ex", "get_yield_from_iter"}),
    "import": ({"IMPORT_NAME", "IMPORT_FROM"}, {"import_name", "import_from", "lazy_import_name"}),
}


class Comparer:
    def __init__(self, tool, table):
        self.tool, self.table = tool, image.Table(table)
        self.compared = self.differences = 0

    def report(self, path, where, what, theirs, ours):
        self.differences += 1
        if self.differences <= 100:
            print(f"{path}: {where}: {what}: CPython {theirs}, here {ours}")

    def run_tool(self, command, path):
        done = subprocess.run([self.tool, command, path], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
        if done.returncode:
            self.report(path, "file", "refused", "compiles it", done.stderr.decode().strip())
            return None
        return done.stdout

    def compile(self, path):
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return compile(file.read(), path, "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                return None

    def pairs(self, theirs, ours):
        """Yields the code objects that stand for each other, outer before inner."""
        yield theirs, ours
        inner = [c for c in theirs.co_consts if isinstance(c, types.CodeType)]
        candidates = {}
        for code in ours.constants:
            if isinstance(code, image.Code):
                candidates.setdefault((code.name, code.firstlineno), []).append(code)
        for code in inner:
            found = candidates.get((code.co_name, code.co_firstlineno))
            if found:
                yield from self.pairs(code, found.pop(0) if len(found) > 1 else found[0])
            else:
                self.report(code.co_filename, code.co_qualname, "code object", "has it", "missing")

    def codes(self, path):
        theirs = self.compile(path)
        data = self.run_tool("image", path) if theirs else None
        if data:
            yield from self.pairs(theirs, image.Image(data, self.table).root)

    def code(self, path):
        for theirs, ours in self.codes(path):
            self.compared += 1
            self.compare_code(path, theirs, ours)

    def compare_code(self, path, theirs, ours):
        where = f"{theirs.co_qualname}, line {theirs.co_firstlineno}"
        count = image.parameter_count(ours)
        locals_ = list(zip(ours.local_names, ours.local_kinds))
        hidden = {name for name, kind in locals_ if kind & image.HIDDEN}
        free = tuple(name for name, kind in locals_ if kind & image.FREE)
        cells = {name for name, kind in locals_ if kind & image.CELL} - hidden
        plain = {name for n, (name, kind) in enumerate(locals_)
                 if not kind & (image.FREE | image.HIDDEN) and (not kind & image.CELL or n < count)}
        facts = [
            ("name", theirs.co_qualname, ours.qualname),
            ("flags", hex(theirs.co_flags & FLAGS), hex(ours.flags & FLAGS)),
            ("parameters", theirs.co_varnames[:count], tuple(ours.local_names[:count])),
            ("counts", (theirs.co_argcount, theirs.co_posonlyargcount, theirs.co_kwonlyargcount),
             (ours.argcount, ours.posonlyargcount, ours.kwonlyargcount)),
            ("free variables", theirs.co_freevars, free)]
        if theirs.co_flags & image.OPTIMIZED:
            # A comprehension's variables may be hidden here, and locals there.
            facts.append(("cells", sorted(set(theirs.co_cellvars) - hidden),
                          sorted(cells - hidden)))
            theirs_plain = set(theirs.co_varnames) - set(theirs.co_cellvars) - hidden
            facts.append(("locals", sorted(theirs_plain - HEADER_NAMES),
                          sorted(plain - cells - hidden - HEADER_NAMES)))
        if theirs.co_flags & image.HAS_DOCSTRING:
            facts.append(("docstring", theirs.co_consts[0], ours.constants[0]))
        for what, a, b in facts:
            if a != b:
                self.report(path, where, what, a, b)

    def positions(self, path):
        import dis
        for theirs, ours in self.codes(path):
            for kind, (opcodes, uops) in KINDS.items():
                there = {tuple(i.positions) for i in dis.get_instructions(theirs)
                         if i.opname in opcodes and i.positions.lineno is not None}
                there -= self.inlined_calls(theirs)
                jumps = {"jump_if_" + u for u in uops} | {"jump_unless_" + u for u in uops}
                here = {(p[0], p[1], p[2], p[3]) for p in (
                    i.position for i in ours.instructions
                    if i.name in uops or i.name in jumps or i.name == "inplace_" + i.name[8:] and
                    i.name[8:] in uops)}
                self.compared += len(there)
                for place in sorted(there - here):
                    self.report(path, theirs.co_qualname, kind, place, "nothing there")

    @staticmethod
    def inlined_calls(code):
        """Where CPython runs the loop of any(...), all(...), ... itself: calls, here."""
        import dis
        instructions = list(dis.get_instructions(code))
        return {tuple(i.positions) for n, i in enumerate(instructions)
                if i.opname == "LOAD_COMMON_CONSTANT" and
                instructions[n + 1].opname == "IS_OP"} | {
                tuple(i.positions) for n, i in enumerate(instructions)
                if i.opname == "FOR_ITER" and instructions[n - 1].opname == "PUSH_NULL"}

    def trees(self, path):
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                tree = ast.parse(file.read(), path)
            except (SyntaxError, ValueError):
                return
        data = self.run_tool("ast", path)
        if data is None:
            return
        self.compared += 1
        theirs = ast.dump(tree, indent=2, include_attributes=True).split("\n")
        ours = data.decode("utf-8", "surrogatepass").split("\n")
        for number, (a, b) in enumerate(itertools.zip_longest(theirs, ours)):
            if a != b:
                self.report(path, f"line {number + 1} of the dump", "tree", a, b)
                break

    def symbols(self, path):
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                theirs = symtable.symtable(file.read(), path, "exec")
            except (SyntaxError, ValueError):
                return
        data = self.run_tool("symbols", path)
        if data:
            self.compare_tables(path, theirs, json.loads(data))

    @staticmethod
    def spliced(children):
        for child in children:
            if child["inlined"]:
                yield from Comparer.spliced(child["children"])
            else:
                yield child

    @staticmethod
    def inlined_names(scope):
        for child in scope["children"]:
            if child["inlined"]:
                yield from child["symbols"]
                yield from Comparer.inlined_names(child)

    def compare_tables(self, path, theirs, ours):
        self.compared += 1
        where = f"{ours['kind']} {ours['name']}, line {ours['line']}"
        inlined = set(self.inlined_names(ours))
        symbols = {s.get_name(): s for s in theirs.get_symbols()}
        for name in symbols.keys() | ours["symbols"].keys():
            if name in inlined:
                continue
            if name not in symbols or name not in ours["symbols"]:
                self.report(path, where, f"symbol {name}", name in symbols,
                            name in ours["symbols"])
                continue
            self.compare_symbol(path, where, symbols[name], *ours["symbols"][name])
        a = sorted(theirs.get_children(), key=lambda t: (t.get_lineno(), t.get_name(),
                                                         str(t.get_type())))
        b = sorted(self.spliced(ours["children"]),
                   key=lambda s: (s["line"], s["name"], s["kind"]))
        names = [(t.get_lineno(), t.get_name()) for t in a], \
                [(s["line"], s["name"]) for s in b]
        if names[0] != names[1]:
            return self.report(path, where, "inner scopes", *names)
        for one, other in zip(a, b):
            self.compare_tables(path, one, other)

    def compare_symbol(self, path, where, symbol, flags, binding):
        theirs = (symbol.is_parameter(), symbol.is_imported(), symbol.is_annotated(),
                  symbol.is_referenced(), symbol.is_assigned(), symbol.is_nonlocal(),
                  symbol.is_declared_global(), symbol.is_free())
        ours = (bool(flags & 4), bool(flags & 128), bool(flags & 256), bool(flags & 16),
                bool(flags & 2), bool(flags & 8), binding == "global explicit",
                binding == "free")
        if theirs != ours:
            self.report(path, where, f"symbol {symbol.get_name()}", theirs, ours)


def main():
    what, tool, table, *files = sys.argv[1:]
    comparer = Comparer(tool, table)
    for path in files:
        getattr(comparer, what)(path)
    print(f"{len(files)} files, {comparer.compared} compared, {comparer.differences} differences")
    sys.exit(comparer.differences != 0)


if __name__ == "__main__":
    main()
