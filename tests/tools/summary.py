#!/usr/bin/env python3
"""Sum up a test run: summary.py REPORTS prints what failed and, last, 'N passed, N failed'.

REPORTS holds unit.xml (ctest's JUnit), unit/NAME.xml (gtest's own report of the ctest entry NAME,
whose cases then count instead of the entry) and lit.xml (lit's JUnit). A missing or broken unit.xml
or lit.xml counts as one failure. Skipped tests count as neither.
"""
import sys
import xml.etree.ElementTree as xml
from pathlib import Path


class Tally:
    def __init__(self):
        self.passed = 0
        self.failures = []

    def add(self, name, case):
        if case.find("failure") is not None or case.find("error") is not None:
            self.failures.append(name)
        elif case.find("skipped") is None and case.get("status") not in ("notrun", "disabled"):
            self.passed += 1


def cases(report):
    """The (name, element) pairs of a JUnit file; None where there is no readable one."""
    try:
        root = xml.parse(report).getroot()
    except (OSError, xml.ParseError):
        return None
    return [(f"{case.get('classname')}.{case.get('name')}", case) for case in root.iter("testcase")]


def count_unit(reports, tally):
    entries = cases(reports / "unit.xml")
    if entries is None:
        tally.failures.append("the unit tests: no report")
        return
    for _, entry in entries:
        name = entry.get("name")
        inner = cases(reports / "unit" / f"{name}.xml")
        before = len(tally.failures)
        for case_name, case in inner or []:
            tally.add(f"{name}: {case_name}", case)
        # Without cases of its own, or where it failed as a whole, the entry itself counts.
        if not inner or (entry.find("failure") is not None and len(tally.failures) == before):
            tally.add(name, entry)


def count_lit(reports, tally):
    entries = cases(reports / "lit.xml")
    if entries is None:
        tally.failures.append("the lit tests: no report")
        return
    for name, case in entries:
        tally.add(name, case)


def main():
    reports = Path(sys.argv[1])
    tally = Tally()
    count_unit(reports, tally)
    count_lit(reports, tally)
    for name in tally.failures:
        print(f"FAILED {name}")
    print(f"{tally.passed} passed, {len(tally.failures)} failed")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
