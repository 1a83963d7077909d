import subprocess
import sys
import unittest

from tool_test import FolderTest
from program import BadProgram, Program, programs_under


class ProgramTest(FolderTest):
    def run_program(self, path):
        return Program(path).run([sys.executable, path], self.folder / "tmp")

    def test_first_lines_say_how_to_run_it(self):
        self.write("words.txt", "fed")
        path = self.write("a.py", "# About it.\n# args: 1 'two words' {dir}/x {tmp}/y\n"
                          "# stdin: words.txt\n# exit: 3\nimport sys\n"
                          "print(sys.argv[1:], sys.stdin.read())\nsys.exit(3)\n# exit: 4\n")
        self.write("a.out", "['1', 'two words', 'x', '{tmp}/y'] fed\n")
        self.assertIsNone(Program(path).complaint(self.run_program(path)))

    def test_a_difference_is_shown(self):
        path = self.write("a.py", "print('one')\n")
        self.write("a.out", "two\n")
        complaint = Program(path).complaint(self.run_program(path))
        self.assertIn("stdout differs", complaint)
        self.assertIn("-two\n+one", complaint)

    def test_a_missing_newline_is_a_difference(self):
        path = self.write("a.py", "print('one', end='')\n")
        self.write("a.out", "one\n")
        self.assertIn("last newline", Program(path).complaint(self.run_program(path)))

    def test_the_exit_status_counts(self):
        path = self.write("a.py", "raise SystemExit(2)\n")
        self.write("a.out", "")
        self.assertIn("exit status 2, expected 0",
                      Program(path).complaint(self.run_program(path)))

    def test_stderr_counts_where_it_is_kept(self):
        path = self.write("a.py", "# exit: 1\nprint(1 / 0)\n")
        self.write("a.out", "")
        self.assertIsNone(Program(path).complaint(self.run_program(path)))
        self.write("a.err", "something else\n")
        complaint = Program(path).complaint(self.run_program(path))
        self.assertIn("stderr differs", complaint)
        self.assertIn('+  File "a.py", line 2', complaint)

    def test_without_expectation_it_says_what_to_do(self):
        path = self.write("a.py", "")
        self.assertIn("update_expectations.py", Program(path).complaint(self.run_program(path)))

    def test_it_may_not_take_for_ever(self):
        path = self.write("a.py", "# timeout: 0.2\nwhile True: pass\n")
        with self.assertRaises(subprocess.TimeoutExpired):
            self.run_program(path)

    def test_a_single_mode_needs_a_reason(self):
        path = self.write("a.py", "# only: run\n")
        with self.assertRaises(BadProgram):
            Program(path)
        self.assertEqual(Program(self.write("b.py", "# only: run - a reason\n")).only, "run")


class ProgramsUnderTest(FolderTest):
    def test_a_folder_with_a_main_is_one_program(self):
        for name in ("a.py", "b/main.py", "b/helper.py", "b/package/main.py", "c/d.py", "e.txt"):
            self.write(name, "")
        found = [str(path.relative_to(self.folder)) for path in programs_under(self.folder)]
        self.assertEqual(found, ["a.py", "b/main.py", "c/d.py"])


if __name__ == "__main__":
    unittest.main()
