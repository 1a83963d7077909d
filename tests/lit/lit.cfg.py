# The suites of lit tests; lit.site.cfg.py in the build tree says which one this is, and where from.
#
# pyc        tests/lit: shell tests (.test, .mlir, .py with RUN lines); in lang/, Python programs
# examples   examples/: Python programs
# bench      tests/bench: Python programs, with the arguments of their '# args:' lines
import os
import shutil
import sys

import lit.formats

sys.path[:0] = [os.path.join(config.pyc_source_dir, "tests", "lit"),
                os.path.join(config.pyc_source_dir, "tests", "tools")]
import python_program

tools = os.path.join(config.pyc_source_dir, "tests", "tools")
config.name = config.pyc_suite
config.test_source_root = config.pyc_suite_source
config.test_exec_root = config.pyc_suite_build
config.excludes = ["lit.cfg.py", "lit.site.cfg.py.in", "python_program.py", "Inputs", "__pycache__"]

# Under a sanitizer everything takes longer.
config.slowness = 10 if config.pyc_sanitize else 1
if lit_config.maxIndividualTestTimeIsSupported[0]:
    lit_config.maxIndividualTestTime = 120 * config.slowness

if config.pyc_suite == "pyc":
    config.suffixes = [".test", ".mlir", ".py"]
    config.test_format = lit.formats.ShTest(execute_external=False)
else:
    config.test_format = python_program.PythonProgram()

config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.pyc_build_dir, "bin"), config.llvm_tools_dir, config.environment["PATH"]])
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

config.substitutions += [
    ("%python-expect", f"{sys.executable} {tools}/expect.py"),
    ("%python", sys.executable),
    ("%tools", tools),
    ("%stdlib", config.pyc_stdlib_dir),
    ("%pyc", config.pyc or "pyc"),
]
if config.pyc:
    config.available_features.add("compiler")
if shutil.which("chromium"):
    config.available_features.add("chromium")
if config.pyc_sanitize:
    config.available_features.add("sanitizer")
