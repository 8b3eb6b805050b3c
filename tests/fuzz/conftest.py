"""After a run, says what the generated inputs were and how far they got."""

from __future__ import annotations

import pytest

from tests.fuzz.running import PROPERTY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = [
        f"{report.nodeid.rpartition('::')[2]}: {value}"
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == PROPERTY and report.when == "call"
    ]
    if told:
        terminalreporter.section("inputs")
        for line in told:
            terminalreporter.line(line)
