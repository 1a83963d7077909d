"""Runs the test methods of one of CPython's test modules and writes what became of each.

    run_tests.py MODULE RESULTS [DONE]

RESULTS gets one JSON object a line while the tests run, so that a crash loses nothing: first
{"all": [ids]}, then {"start": id} and {"id": id, "outcome": ..., "reason": ...} for each. The file
DONE, if it is given, names tests, one a line, that are not to be run. Runs under any Python.
"""
import importlib
import json
import sys
import unittest


class Recorder(unittest.TestResult):
    """Writes the outcome of each test method as it ends."""

    def __init__(self, stream):
        super().__init__()
        self.stream = stream
        self.outcome = None

    def write(self, **record):
        self.stream.write(json.dumps(record) + "\n")
        self.stream.flush()

    def startTest(self, test):
        super().startTest(test)
        self.outcome = ("pass", "")
        self.write(start=test.id())

    def stopTest(self, test):
        super().stopTest(test)
        outcome, reason = self.outcome
        self.write(id=test.id(), outcome=outcome, reason=reason)

    def worse(self, test, outcome, error):
        reason = describe(error)
        if isinstance(test, unittest.TestCase) or hasattr(test, "test_case"):
            self.outcome = (outcome, reason)
        else:  # setUpClass, setUpModule: what they are for does not run
            self.write(fixture=test.id(), reason=reason)

    def addError(self, test, err):
        self.worse(test, "error", err)

    def addFailure(self, test, err):
        self.worse(test, "fail", err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.outcome = ("fail", describe(err))

    def addSkip(self, test, reason):
        if isinstance(test, unittest.TestCase):
            if self.outcome[0] == "pass":  # a skipped subtest does not hide a failed one
                self.outcome = ("skip", str(reason))
        else:
            self.write(skipped=test.id(), reason=str(reason))

    def addExpectedFailure(self, test, err):
        pass

    def addUnexpectedSuccess(self, test):
        """What CPython is known not to do right: a pass."""


def describe(error):
    """One line that says what was raised."""
    kind, value = error[0], error[1]
    try:
        lines = str(value).strip().splitlines()
    except Exception:
        lines = []
    text = " | ".join(lines[:3])
    return (kind.__name__ + (": " + text if text else ""))[:300]


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


def without(suite, done):
    """The suite without the tests that are done; its structure, hence class fixtures, stays."""
    kept = type(suite)()
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            kept.addTest(without(test, done))
        elif test.id() not in done:
            kept.addTest(test)
    return kept


def refuse_other_pythons():
    """Tests that start sys.executable as a Python interpreter, with CPython's options, are skipped
    where it is none."""
    if sys.implementation.name != "pyc":
        return
    from test.support import script_helper

    def refuse(*args, **keywords):
        raise unittest.SkipTest("starts a Python interpreter")

    script_helper.run_python_until_end = refuse
    script_helper.spawn_python = refuse
    script_helper.interpreter_requires_environment = lambda: False
    try:
        import subprocess
    except ImportError:
        return
    start = subprocess.Popen.__init__

    def checked_start(self, args, *rest, **keywords):
        first = args if isinstance(args, (str, bytes)) else next(iter(args), None)
        if first and first in (sys.executable, sys.executable.encode()):
            self.returncode = 0
            self._child_created = False
            refuse()
        start(self, args, *rest, **keywords)

    subprocess.Popen.__init__ = checked_start


class Absent:
    """Something of one of CPython's modules for tests of its C API: the test that uses it is
    skipped. While test modules are imported, anything may be made of it."""

    importing = False

    def __init__(self, module):
        self._module = module

    def __call__(self, *args, **keywords):
        if Absent.importing:
            return self
        raise unittest.SkipTest("needs " + self._module)

    def __lt__(self, other):
        return False

    __le__ = __gt__ = __ge__ = __lt__


def import_tests(name):
    """The test module. Some cannot be imported without CPython's modules for tests of its C API,
    though few of their methods need them: for those, there is a stand-in that skips."""
    try:
        return importlib.import_module(name)
    except (unittest.SkipTest, ImportError) as error:
        missing = str(error).rpartition("No module named ")[2].strip("'")
        if missing not in ("_testcapi", "_testlimitedcapi", "_testinternalcapi"):
            raise
    stand_in = type(sys)(missing)
    stand_in.__getattr__ = lambda attribute: Absent(missing)
    sys.modules[missing] = stand_in
    sys.modules.pop(name, None)
    Absent.importing = True
    try:
        return importlib.import_module(name)
    finally:
        Absent.importing = False
        del sys.modules[missing]


def main(name, results, done_file=None):
    done = set()
    if done_file:
        with open(done_file) as file:
            done = set(file.read().splitlines())
    with open(results, "a") as stream:
        recorder = Recorder(stream)
        try:
            refuse_other_pythons()
            module = import_tests(name)
            suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        except unittest.SkipTest as skip:
            recorder.write(module="skip", reason=str(skip))
            return
        except BaseException as error:
            recorder.write(module="error", reason=describe((type(error), error)))
            raise
        recorder.write(all=[test.id() for test in flatten(suite)])
        without(suite, done).run(recorder)
        recorder.write(end=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
