"""Tells the count of the W3C's tests at the end of every run that held them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .manifest import EVERYTHING, OUT_OF_SCOPE, find_suite, read_tests

if TYPE_CHECKING:
    import pytest

_TEST = "test_sparql11.py::test_w3c["


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write one line: how many passed, are expected to fail, and are out of scope."""
    counts = {name: _count(terminalreporter, name) for name in ("passed", "xfailed", "failed")}
    suite = find_suite()
    if suite is None or not sum(counts.values()):
        return
    left_out = sum(test.suite in OUT_OF_SCOPE for test in read_tests(suite / EVERYTHING))
    terminalreporter.write_line(
        f"W3C SPARQL 1.1 query: {counts['passed']} of {sum(counts.values())} passed, "
        f"{counts['xfailed']} expected failures, {left_out} out of scope"
    )


def _count(terminalreporter: pytest.TerminalReporter, outcome: str) -> int:
    reports = terminalreporter.stats.get(outcome, [])
    return sum(_TEST in getattr(report, "nodeid", "") for report in reports)
