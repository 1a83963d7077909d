#!/usr/bin/env python3
"""Random Python programs, run by CPython, by the interpreter and as native executables.

Each program is made from a seed, always ends, and prints what it computes. A difference in the
output or the exit status is a bug; the program is kept under --keep. Several programs at a time are
built as the modules of one (--batch), so the reference has to find modules beside the program.

  program_fuzz.py --pyc build/bin/pyc --reference python3.15 --count 10000
  program_fuzz.py --pyc build/bin/pyc --reference python3.15 --seed 4711 --print
"""
import argparse
import concurrent.futures
import itertools
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

INTS = ["0", "1", "2", "3", "-1", "7", "10", "63", "255", "-128", "2**31", "2**46", "2**47 - 1", "-2**47",
        "2**47", "2**62", "2**63 - 1", "-2**63", "2**64", "10**20"]
FLOATS = ["0.0", "1.0", "-0.5", "2.5", "1e10", "-3.25", "1e300", "0.1"]
COMPLEX = ["1j", "0j", "(1 - 2j)", "(-0.5 + 0.25j)", "1e200j", "complex('nan')", "complex('infj')"]
BINARY = ["+", "-", "*", "//", "%", "/", "&", "|", "^"]
COMPARE = ["<", "<=", "==", "!=", ">", ">="]


class Program:
    """Writes one program. Variables of a function: i* ints, f* floats, l* lists, s* strs, d* dicts."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.functions = []  # (name, parameter count)
        self.generators = []
        self.names = []
        self.loops = 0
        # Most programs are small, so that many can be tried; every tenth is large and mixes everything.
        self.size = 3 if self.chance(10) else 1
        self.is_complex = self.chance(15)

    def emit(self, text):
        self.lines.append("    " * self.depth + text)

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    # Expressions.

    def atom(self):
        kind = self.random.randrange(10)
        if self.is_complex and kind == 8:
            return self.random.choice(COMPLEX)
        if kind < 5 and self.names:
            return self.random.choice(self.names)
        if kind < 8:
            return self.random.choice(INTS[:9] if self.chance(80) else INTS)
        return self.random.choice(FLOATS) if kind < 9 else self.pick("True", "False", "G0", "G1")

    def expression(self, depth=2):
        kind = self.random.randrange(20)
        if depth == 0 or kind < 4:
            return self.atom()
        a, b = self.expression(depth - 1), self.expression(depth - 1)
        if kind < 11:
            return f"({a} {self.random.choice(BINARY)} {b})"
        if kind == 11:
            return f"({self.pick('-', '+', '~', 'not ')}{a})"
        if kind == 12:
            return f"({a} {self.random.choice(COMPARE)} {b})"
        if kind == 13:
            return f"({a} if {self.condition()} else {b})"
        if kind == 14:
            return f"({a} {self.pick('and', 'or')} {b})"
        if kind == 15 and self.is_complex and self.chance(60):
            return self.pick(f"abs({a})", f"complex({a}, {b})", f"({a}).real", f"({a}).imag", f"(({a}) ** 2)",
                             f"({a} == {b})")
        if kind == 15:
            return self.pick(f"abs({a})", f"min({a}, {b})", f"max({a}, {b})", f"len({self.sequence()})",
                             f"int({a})", f"float({a})", f"bool({a})", f"divmod({a}, {b})[0]")
        if kind == 16:
            return f"{self.sequence()}[{self.atom()}]"
        if kind == 17 and self.functions:
            return self.call()
        if kind == 18:
            return self.pick("p.x", "p.y", "q.x", "p.total()", f"q.scaled({a})", "Point.unit", f"Point({a}, {b}).x")
        return f"sum({self.sequence()})" if self.chance(50) else f"({a} << {self.pick('1', '3', '40', '62')})"

    def condition(self):
        return f"{self.atom()} {self.random.choice(COMPARE)} {self.atom()}"

    def sequence(self):
        return self.pick("numbers", "mixed", "[1, 2, 3]", "(4, 5.5, 6)", f"[{self.atom()} for k in range(4)]",
                         f"[k * {self.atom()} for k in numbers]", "list(words.values())",
                         f"range({self.pick('5', '1, 9, 3', '4, -4, -2')})")

    def call(self):
        name, count = self.random.choice(self.functions)
        arguments = [self.atom() for _ in range(count)]
        if self.chance(20) and count:
            arguments[-1] = f"a{count - 1}={arguments[-1]}"
        elif self.chance(15) and count:
            arguments.pop()
        return f"{name}({', '.join(arguments)})"

    # Statements.

    def target(self):
        if self.names and self.chance(75):
            return self.random.choice(self.names)
        name = f"v{len(self.names)}"
        self.names.append(name)
        return name

    def block(self, size):
        self.depth += 1
        before = list(self.names)
        for _ in range(self.random.randint(1, size if self.size > 1 else min(size, 2))):
            self.statement()
        self.names = before + [n for n in self.names if n not in before] if self.chance(30) else before
        self.depth -= 1

    def statement(self):
        kind = self.random.randrange(24) if self.depth < (5 if self.size > 1 else 4) else self.random.randrange(9)
        if kind < 4:
            value = self.expression()
            self.emit(f"{self.target()} = {value}")
        elif kind < 7 and self.names:
            self.emit(f"{self.random.choice(self.names)} {self.pick('+', '-', '*', '//', '%', '&', '^', '/')}= "
                      f"{self.expression(1)}")
        elif kind == 7:
            self.emit(self.pick(f"numbers[{self.atom()}] = {self.expression(1)}", f"numbers.append({self.expression(1)})",
                                f"mixed[{self.atom()}] = {self.atom()}", f"words[{self.atom()}] = {self.atom()}",
                                f"words['k'] = words.get('k', 0) + {self.atom()}", "numbers.reverse()",
                                f"del numbers[{self.atom()}]", f"numbers = numbers[:{self.atom()}] + [1, 2]"))
        elif kind == 8:
            self.emit(self.pick(f"p.x = {self.expression(1)}", f"p.y += {self.atom()}", f"q.x = p.y",
                                f"p.extra = {self.atom()}", "p, q = q, p", f"Point.unit = {self.atom()}",
                                "del p.extra"))
        elif kind < 12:
            self.loop()
        elif kind < 15:
            self.emit(f"if {self.condition()}:")
            self.block(3)
            if self.chance(50):
                self.emit("else:")
                self.block(3)
        elif kind < 17:
            self.attempt()
        elif kind == 17:
            self.emit(self.pick("G0 = len(numbers)", f"G1 = {self.expression(1)}", "rebind()", "rebind()"))
        elif kind == 18 and self.generators:
            self.emit(f"for item in {self.random.choice(self.generators)}({self.atom()}, {self.atom()}):")
            self.depth += 1
            self.emit("tick()")
            self.emit("show(item)")
            self.depth -= 1
            if self.chance(40):
                self.block(2)
        elif kind == 19 and self.loops:
            self.emit(f"if {self.condition()}:")
            self.depth += 1
            self.emit(self.pick("break", "continue"))
            self.depth -= 1
        else:
            self.emit(f"show({self.expression()})")

    def loop(self):
        self.loops += 1
        variable = self.target() if self.chance(40) else f"i{self.depth}"
        choice = self.random.randrange(6)
        if choice < 3:
            bound = self.pick("7", "20", "3", "len(numbers)", "2, 15, 4", "9, -3, -2", self.atom())
            self.emit(f"for {variable} in range({bound}):")
        elif choice == 3:
            self.emit(f"for {variable} in {self.sequence()}:")
        elif choice == 4:
            self.emit(f"for k, {variable} in enumerate({self.sequence()}):")
        else:
            self.emit(f"while {self.condition()}:")
        self.depth += 1
        self.emit("tick()")
        self.depth -= 1
        if choice < 5 and variable not in self.names:
            self.names.append(variable)
        self.block(4)
        if self.chance(15):
            self.emit("else:")
            self.loops -= 1
            self.block(2)
            self.loops += 1
        self.loops -= 1

    def attempt(self):
        self.emit("try:")
        self.block(4)
        loops, self.loops = self.loops, 0
        handler = self.chance(80)
        if handler:
            self.emit(f"except {self.pick('Exception', 'ZeroDivisionError', '(TypeError, IndexError)', 'ArithmeticError')} as e:")
            self.depth += 1
            self.emit("check(e)")
            self.emit("show(type(e).__name__, e)")
            self.depth -= 1
            self.block(2)
        if self.chance(40) or not handler:
            self.emit("finally:")
            self.block(2)
        self.loops = loops

    # Whole programs.

    def function(self, index, is_generator):
        count = self.random.randint(0, 3) if not is_generator else 2
        parameters = [f"a{k}" for k in range(count)]
        if count and self.chance(30) and not is_generator:
            parameters[-1] += f"={self.pick('1', '2.5', 'None')}"
        name = f"{'g' if is_generator else 'f'}{index}"
        self.emit(f"def {name}({', '.join(parameters)}):")
        self.depth = 1
        self.emit("global G0, G1, p, q, numbers")
        self.emit("tick()")
        self.names = [f"a{k}" for k in range(count)]
        for _ in range(self.random.randint(1, 1 + 2 * self.size)):
            self.statement()
        if is_generator:
            self.emit(f"yield {self.expression()}")
            self.emit(f"for k in range({self.pick('3', '5', 'len(mixed)')}):")
            self.block(3)
            self.emit(f"    yield {self.atom()}")
            self.emit(f"show((yield {self.expression()}))")
            if self.chance(30) and self.generators:
                self.emit(f"yield from {self.random.choice(self.generators)}(1, 2)")
        self.emit(f"return {self.expression()}")
        self.depth = 0
        self.names = []
        (self.generators if is_generator else self.functions).append((name, count) if not is_generator else name)

    def text(self):
        self.lines = PRELUDE.splitlines()
        for step, change in enumerate(itertools.chain(*self.random.sample(REBINDINGS, 2))):
            self.lines += [f"    if rebindings == {2 * step + 2}:", f"        {change}"]
        for k in range(self.random.randint(1, 2 * self.size - 1)):
            self.function(k, self.chance(25))
        self.emit("def main():")
        self.depth = 1
        self.emit("global G0, G1, p, q, numbers")
        self.names = []
        for _ in range(self.random.randint(1, 2 * self.size)):
            self.statement()
        self.depth = 0
        for name, count in self.functions:
            for _ in range(3):
                numbers = ["1", "2", "3.5", "10", "2**47 - 1", "0"] + ["1j", "1 - 2j"] * self.is_complex
                arguments = ", ".join(self.random.choice(numbers) for _ in range(count))
                self.emit(f"run({name}, {arguments})" if arguments else f"run({name})")
        self.emit("run(main)")
        self.emit("print(G0, G1, numbers[:50], mixed, len(words), p.x, p.y)")
        return "\n".join(self.lines) + "\n"


HARNESS = '''\
fuel = 3000
class Stop(Exception):
    pass
def tick():
    global fuel
    fuel -= 1
    if fuel < 0:
        raise Stop("out of fuel")
def check(e):
    if isinstance(e, (Stop, RecursionError)):
        raise e
def show(*values):
    tick()
    print(*[v if not isinstance(v, int) or -10**40 < v < 10**40 else v % 10**20 for v in values])
def run(function, *arguments):
    global fuel
    fuel = 3000
    try:
        result = function(*arguments)
        if hasattr(result, "send"):
            for step in range(10):
                show(next(result) if step % 3 else result.send(None if step == 0 else step))
        else:
            show(function.__name__, result)
    except Exception as e:
        print(function.__name__, type(e).__name__, e)
'''

PRELUDE = '''\
from harness import check, run, show, tick
class Point:
    unit = 1
    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y
    def total(self):
        return self.x + self.y
    def scaled(self, factor):
        return self.x * factor
class Point3(Point):
    def __init__(self, x):
        super().__init__(x, x)
        self.z = 3
    def total(self):
        return self.z + super().total()
p, q = Point(1, 2.0), Point3(4)
numbers = [3, 1, 4, 1, 5]
mixed = [1, 2.5, 7, -3, 0]
words = {"k": 1, 2: 3.5}
G0, G1 = 1, 2.5
rebindings = 0
def rebind():
    global rebindings, len, abs
    rebindings += 1
'''

# What breaks the assumptions of compiled code: a program does some of it, a little later each.
REBINDINGS = (
    ("import builtins; len = lambda thing: builtins.len(thing) + 1", "del len"),
    ("abs = lambda thing: thing",),
    ("Point.total = lambda self: self.x",),
    ("p.total = lambda: 5",),
    ("f0.__defaults__ = (9,)",),
)


def write_program(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / "harness.py").write_text(HARNESS)
    return folder / name


def execute(command, limit):
    """stdout and status; None when it took more than `limit` seconds of processor time, which a busy machine doesn't
    change, or slept for long."""
    try:
        # The hard limit kills without a word; the soft one before it says which limit it was.
        done = subprocess.run(["prlimit", f"--cpu={limit}:{limit + 2}", "--", *command], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=20 * limit)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == -signal.SIGXCPU:
        return None
    return done.returncode, done.stdout


# What compare says of a program for which the reference takes too long.
UNTRIED = "reference out of time"


def compare(text, options, folder, level):
    """The mode whose result differs from the reference's, UNTRIED, or None."""
    source = write_program(folder, "program.py", text)
    return compare_file(source, options, folder, level)


def compare_file(source, options, folder, level):
    binary = folder / "program"
    reference = execute(shlex.split(options.reference) + [str(source)], 20)
    if reference is None:
        return UNTRIED
    for mode in options.modes.split(","):
        if mode in ("native", "profile"):
            command = [options.pyc, "build", level, str(source), "-o", str(binary)]
            if mode == "profile":
                profile = folder / "program.recorded"
                recorded = execute([options.pyc, "profile", "run", "-o", str(profile), str(source)], 120)
                if recorded != reference:
                    return mode + " (recording)"
                command.append(f"--profile-use={profile}")
            built = execute(command, 120)
            if built is None or built[0] != 0:
                return mode + " (build)"
            result = execute([str(binary)], 60)
        else:
            result = execute([options.pyc, "run", str(source)], 60)
        if result != reference:
            return mode
    return None


def block_end(lines, first):
    """Behind the block of the statement in line `first`."""
    indent = len(lines[first]) - len(lines[first].lstrip())
    end = first + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    return end, indent


def variants(lines, first, end, indent):
    yield lines[:first] + lines[end:]
    if end - first > 1:
        yield lines[:first] + [" " * indent + "pass"] + lines[end:]
    if end - first > 1:
        yield lines[:first] + [line[4:] for line in lines[first + 1:end]] + lines[end:]


def is_valid(text):
    try:
        compile(text, "program.py", "exec")
    except SyntaxError:
        return False
    return True


def reduce(path, options, folder):
    """Takes lines out of the program that its difference does not need; writes each smaller one back."""
    lines = path.read_text().splitlines()
    before = None
    while before != len(lines):
        before = len(lines)
        first = 0
        while first < len(lines):
            for candidate in variants(lines, first, *block_end(lines, first)):
                text = "\n".join(candidate) + "\n"
                if is_valid(text) and compare(text, options, folder, options.O or "-O1") not in (None, UNTRIED):
                    lines = candidate
                    path.write_text(text)
                    break
            else:
                first += 1


def default_reference():
    """CPython 3.15 if it is installed; an older one differs in some messages."""
    return "python3.15" if shutil.which("python3.15") else "python3"


BATCH = '''\
for name in {names}:
    print(name, flush=True)
    try:
        __import__(name)
    except BaseException as e:
        print(type(e).__name__, e)
def never():
    import {imports}
'''


def try_batch(seeds, options):
    """Runs the seeds' programs as modules of one program, which takes a fraction of the time; one by one when that
    differs. The number that differ and the number that could not be tried."""
    if len(seeds) > 1:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            modules = [f"seed_{seed}" for seed in seeds]
            for seed, module in zip(seeds, modules):
                write_program(folder, f"{module}.py", Program(seed).text())
            source = write_program(folder, "program.py",
                                   BATCH.format(names=modules, imports=", ".join(modules)))
            mode = compare_file(source, options, folder, level_of(seeds[0], options))
            if mode is None:
                return 0, 0
    outcomes = [try_seed(seed, level_of(seeds[0], options), options) for seed in seeds]
    untried = outcomes.count(UNTRIED)
    failures = sum(outcome not in (None, UNTRIED) for outcome in outcomes)
    if failures == 0 and len(seeds) > 1 and mode != UNTRIED:
        print(f"seeds {seeds[0]} to {seeds[-1]}: {mode} differs, but only of all together", flush=True)
        failures = 1
    return failures, untried


def level_of(seed, options):
    """The optimisation level of the batch that the seed begins: every second one -O0, which is built four times as
    fast, the others in turn; unless one is asked for."""
    return options.O or "-O" + "010203"[seed // options.batch % 6]


def try_seed(seed, level, options):
    """Runs the seed's program: what compare says of it. A program that differs is reported and kept."""
    text = Program(seed).text()
    with tempfile.TemporaryDirectory() as folder:
        mode = compare(text, options, Path(folder), level)
    if mode == UNTRIED:
        print(f"seed {seed}: {mode}", flush=True)
    elif mode:
        write_program(options.keep, f"{seed}.py", text)
        print(f"seed {seed}: {mode} differs ({level})", flush=True)
    return mode


def seeds(options):
    if options.seed is not None:
        yield options.seed
        return
    end = time.monotonic() + options.seconds if options.seconds else None
    for seed in itertools.count(options.start):
        if options.count is not None and seed - options.start >= options.count:
            return
        if end and time.monotonic() > end:
            return
        yield seed


def batches(seeds, size):
    while batch := list(itertools.islice(seeds, size)):
        yield batch


def fuzz(options):
    """The numbers of programs, of those that differ and of those that could not be tried."""
    count = 0
    outcomes = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = set()
        for batch in batches(seeds(options), options.batch):
            running.add(pool.submit(try_batch, batch, options))
            if count // 1000 != (count + len(batch)) // 1000:
                print(f"{count + len(batch)} programs begun", flush=True)
            count += len(batch)
            if len(running) >= 2 * options.jobs:
                done, running = concurrent.futures.wait(running, return_when="FIRST_COMPLETED")
                outcomes += [future.result() for future in done]
        outcomes += [future.result() for future in running]
    failures, untried = (sum(column) for column in zip(*outcomes))
    return count, failures, untried


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyc", default="build/bin/pyc")
    parser.add_argument("--reference", default=default_reference(), help="command of the reference (%(default)s)")
    parser.add_argument("--seconds", type=float, help="stop after so long; default: 60, none with --count")
    parser.add_argument("--count", type=int, help="stop after so many programs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="programs at a time")
    parser.add_argument("--batch", type=int, default=10, help="programs that are built as one")
    parser.add_argument("--seed", type=int, help="only this program")
    parser.add_argument("--start", type=int, default=0, help="first seed")
    parser.add_argument("--modes", default="native,run",
                        help="native, run, profile (native code for the program's own profile); default: %(default)s")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--print", action="store_true", dest="show", help="print the program of --seed, run nothing")
    parser.add_argument("--reduce", type=Path, help="make the program of this file smaller, as long as it differs")
    parser.add_argument("-O", help="optimisation level of native executables, 0 to 3; otherwise they take turns",
                        type="-O{}".format)
    options = parser.parse_args()
    if options.reduce:
        options.modes = options.modes.split(",")[0]
        with tempfile.TemporaryDirectory() as folder:
            reduce(options.reduce, options, Path(folder))
        return 0
    if options.show:
        print(Program(options.seed).text(), end="")
        return 0
    if options.seconds is None and options.count is None:
        options.seconds = 60
    count, failures, untried = fuzz(options)
    print(f"{count - untried} programs, {failures} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
