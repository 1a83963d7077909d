"""The lit format for Python programs, run by lit itself with a pyc that forwards to a Python."""
import re
import subprocess
import sys
import unittest
from pathlib import Path

from tool_test import FolderTest

CHECKOUT = Path(__file__).resolve().parents[3]

# Its native code prints one line more where the program's text asks for it.
PYC = f"""#!/bin/sh
if [ "$1" = run ]; then shift; exec {sys.executable} "$@"; fi
if grep -q unbuildable "$2"; then echo "no code for this" >&2; exit 1; fi
(printf '#!/bin/sh\\n{sys.executable} %s "$@"\\n' "$2"
 if grep -q broken "$2"; then echo 'echo extra'; fi) > "$4"
chmod +x "$4"
"""


class PythonProgramTest(FolderTest):
    def run_lit(self):
        pyc = self.write("bin/pyc", PYC)
        pyc.chmod(0o755)
        settings = {"pyc_suite": "programs", "pyc_suite_source": self.folder / "suite",
                    "pyc_suite_build": self.folder / "build", "pyc_source_dir": CHECKOUT,
                    "pyc_build_dir": self.folder, "pyc_stdlib_dir": "", "pyc_sanitize": "",
                    "llvm_tools_dir": "", "pyc": pyc}
        lines = [f"config.{name} = {str(value)!r}" for name, value in settings.items()]
        lines.append(f"lit_config.load_config(config, {str(CHECKOUT / 'tests/lit/lit.cfg.py')!r})")
        self.write("build/lit.site.cfg.py", "\n".join(lines))
        done = subprocess.run(["lit-22", "-v", self.folder / "build"], capture_output=True, text=True)
        found = re.findall(r"^([A-Z]+): programs :: (\S+)", done.stdout, re.M)
        return {name: code for code, name in found}, done.stdout

    def test_each_program_is_a_test_per_mode(self):
        self.write("suite/a.py", "print(1)\n")
        self.write("suite/a.out", "1\n")
        self.write("suite/p/main.py", "import helper\n")
        self.write("suite/p/main.out", "help\n")
        self.write("suite/p/helper.py", "print('help')\n")
        results, _ = self.run_lit()
        self.assertEqual(results, {f"{name}/{mode}": "PASS" for name in ("a.py", "p/main.py")
                                   for mode in ("run", "build")})

    def test_modes_fail_on_their_own(self):
        self.write("suite/a.py", "print('broken')\n")
        self.write("suite/a.out", "broken\n")
        results, text = self.run_lit()
        self.assertEqual(results, {"a.py/run": "PASS", "a.py/build": "FAIL"})
        self.assertIn("+extra", text)

    def test_a_failed_build_shows_why(self):
        self.write("suite/a.py", "print('unbuildable')\n")
        self.write("suite/a.out", "unbuildable\n")
        results, text = self.run_lit()
        self.assertEqual(results["a.py/build"], "FAIL")
        self.assertIn("no code for this", text)

    def test_a_program_may_be_for_one_mode(self):
        self.write("suite/a.py", "# only: run - prints 'broken'\nprint(1)\n")
        self.write("suite/a.out", "1\n")
        results, _ = self.run_lit()
        self.assertEqual(results, {"a.py/run": "PASS", "a.py/build": "UNSUPPORTED"})

    def test_a_hanging_program_times_out(self):
        self.write("suite/a.py", "# timeout: 0.5\nwhile True: pass\n")
        self.write("suite/a.out", "")
        results, _ = self.run_lit()
        self.assertEqual(results["a.py/run"], "TIMEOUT")


if __name__ == "__main__":
    unittest.main()
