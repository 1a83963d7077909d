import subprocess
import sys
import unittest

from tool_test import TOOLS, FolderTest


class UpdateExpectationsTest(FolderTest):
    def update(self, *args):
        done = subprocess.run([sys.executable, TOOLS / "update_expectations.py", "--python",
                               sys.executable, *args, self.folder], capture_output=True, text=True)
        return done.returncode

    def test_writes_what_the_program_prints(self):
        self.write("a.py", "# args: 7\nimport sys\nprint(sys.argv[1])\n")
        self.assertEqual(self.update(), 0)
        self.assertEqual((self.folder / "a.out").read_text(), "7\n")
        self.assertFalse((self.folder / "a.err").exists())

    def test_writes_stderr_only_where_a_file_is_kept(self):
        self.write("a.py", "# exit: 1\nraise ValueError('x')\n")
        self.write("a.err", "")
        self.assertEqual(self.update(), 0)
        self.assertIn('File "a.py", line 2', (self.folder / "a.err").read_text())

    def test_an_unexpected_exit_status_writes_nothing(self):
        self.write("a.py", "raise SystemExit(1)\n")
        self.assertEqual(self.update(), 1)
        self.assertFalse((self.folder / "a.out").exists())

    def test_check_only_compares(self):
        self.write("a.py", "print(1)\n")
        self.assertEqual(self.update("--check"), 1)
        self.assertFalse((self.folder / "a.out").exists())
        self.update()
        self.assertEqual(self.update("--check"), 0)

    def test_a_scratch_folder_stands_for_another_file_system(self):
        self.write("p/main.py", "# stdin: in.txt\nfrom helper import f\nprint(f(input()), __file__)\n")
        self.write("p/helper.py", "f = str.upper\n")
        self.write("p/in.txt", "fed\n")
        scratch = self.folder / "scratch"
        scratch.mkdir()
        self.assertEqual(self.update("--scratch", f"{scratch}={scratch}"), 0)
        self.assertEqual((self.folder / "p/main.out").read_text(), "FED main.py\n")


if __name__ == "__main__":
    unittest.main()
