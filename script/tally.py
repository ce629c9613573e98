#!/usr/bin/python3
"""Counts tests: tally.py REPORT EXIT_STATUS prints "PASSED FAILED".

REPORT is a JUnit file of ctest, whose tests are Catch2 programs (their test cases are counted), or the
TAP of node's test runner. A program that failed counts as one failure at least, even when it crashed
before it could say what failed; so does a missing report.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

ALL_PASSED = re.compile(r"All tests passed \(\d+ assertions? in (\d+) test cases?\)")
SOME_FAILED = re.compile(r"^test cases: *(\d+) \|(?: *(\d+) passed \|)? *(\d+) failed", re.MULTILINE)


def count_junit(text):
    passed = failed = 0
    for case in ElementTree.fromstring(text).iter("testcase"):
        output = case.findtext("system-out") or ""
        if case.get("status") == "run" and (match := ALL_PASSED.search(output)):
            passed += int(match[1])
        elif case.get("status") == "run":
            passed += 1
        elif match := SOME_FAILED.search(output):
            passed += int(match[2] or 0)
            failed += int(match[3])
        else:
            failed += 1
    return passed, failed


def count_tap(text):
    totals = dict(re.findall(r"^# (pass|fail|cancelled) (\d+)$", text, re.MULTILINE))
    return int(totals.get("pass", 0)), int(totals.get("fail", 0)) + int(totals.get("cancelled", 0))


def count(path, status):
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        passed, failed = count_junit(text) if path.endswith(".xml") else count_tap(text)
    except (OSError, ElementTree.ParseError):
        passed, failed = 0, 1
    return passed, max(failed, 1 if status != 0 else 0)


if __name__ == "__main__":
    print(*count(sys.argv[1], int(sys.argv[2])))
