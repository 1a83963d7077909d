"""The lit format for test programs: each is one test per mode, PROGRAM/MODE.

What a program is and what its first lines may say: tests/tools/program.py. Modes:

run     pyc run PROGRAM ARGS
build   pyc build PROGRAM -o FILE, then FILE ARGS
"""
import shutil
import subprocess
from pathlib import Path

import lit.Test
from lit.formats.base import TestFormat

from program import BadProgram, Program, is_program, run_group

BUILD_TIMEOUT = 300


class Broken(Exception):
    """A step before the program's own run went wrong."""


def command_run(pyc, program, work):
    return [pyc, "run", program.path]


def command_build(pyc, program, work):
    output = work / "program"
    status, out, err = run_group([pyc, "build", program.path, "-o", output], BUILD_TIMEOUT)
    if status != 0:
        raise Broken(f"pyc build: exit status {status}\n{(out + err).decode(errors='replace')}")
    return [output]


MODES = {"run": command_run, "build": command_build}


class PythonProgram(TestFormat):
    def getTestsForPath(self, suite, path_in_suite, lit_config, local_config):
        source = Path(suite.getSourcePath(path_in_suite))
        if source.name in local_config.excludes or not is_program(source, suite.source_root):
            return
        for mode in MODES:
            yield lit.Test.Test(suite, path_in_suite + (mode,), local_config, file_path=str(source))

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        for entry in sorted(Path(suite.getSourcePath(path_in_suite)).iterdir()):
            if entry.is_file():
                yield from self.getTestsForPath(suite, path_in_suite + (entry.name,), lit_config,
                                                local_config)

    def execute(self, test, lit_config):
        mode = test.path_in_suite[-1]
        if test.config.unsupported or not test.config.pyc:
            return lit.Test.UNSUPPORTED, "this build has no pyc"
        try:
            program = Program(test.getFilePath())
        except BadProgram as error:
            return lit.Test.UNRESOLVED, str(error)
        if program.only and program.only != mode:
            return lit.Test.UNSUPPORTED, "the program is for the mode " + program.only
        work = Path(test.getExecPath())
        shutil.rmtree(work, ignore_errors=True)
        (work / "tmp").mkdir(parents=True)
        try:
            command = MODES[mode](test.config.pyc, program, work)
            complaint = program.complaint(
                program.run(command, work / "tmp", test.config.slowness))
        except subprocess.TimeoutExpired as error:
            return lit.Test.TIMEOUT, str(error)
        except Broken as error:
            complaint = str(error)
        if complaint:
            return lit.Test.XFAIL if program.fails_in(mode) else lit.Test.FAIL, complaint
        shutil.rmtree(work)
        if program.fails_in(mode):
            return lit.Test.XPASS, "it passes: take its 'fails:' line out"
        return lit.Test.PASS, ""
