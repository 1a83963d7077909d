import subprocess
import sys
import unittest

from tool_test import TOOLS, FolderTest

PASS = '<testcase classname="s" name="{}"/>'
FAIL = '<testcase classname="s" name="{}"><failure/></testcase>'
SKIP = '<testcase classname="s" name="{}"><skipped/></testcase>'


class SummaryTest(FolderTest):
    def report(self, name, *cases):
        self.write(name, "<testsuite>" + "".join(cases) + "</testsuite>")

    def last_lines(self):
        done = subprocess.run([sys.executable, TOOLS / "summary.py", self.folder],
                              capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()

    def test_sums_units_and_lit(self):
        self.report("unit.xml", PASS.format("script"))
        self.report("lit.xml", PASS.format("a"), SKIP.format("b"), PASS.format("c"))
        self.assertEqual(self.last_lines(), (0, ["3 passed, 0 failed"]))

    def test_counts_the_cases_of_a_gtest_binary(self):
        self.report("unit.xml", FAIL.format("list_test"))
        self.report("unit/list_test.xml", PASS.format("one"), PASS.format("two"), FAIL.format("three"))
        self.report("lit.xml", PASS.format("a"))
        self.assertEqual(self.last_lines(),
                         (1, ["FAILED list_test: s.three", "3 passed, 1 failed"]))

    def test_a_binary_that_fails_after_its_cases_counts_as_failed(self):
        self.report("unit.xml", FAIL.format("list_test"))
        self.report("unit/list_test.xml", PASS.format("one"))
        self.report("lit.xml", PASS.format("a"))
        self.assertEqual(self.last_lines()[1][-1], "2 passed, 1 failed")

    def test_a_missing_report_is_a_failure(self):
        self.report("unit.xml", PASS.format("script"))
        self.assertEqual(self.last_lines()[1][-1], "1 passed, 1 failed")


if __name__ == "__main__":
    unittest.main()
