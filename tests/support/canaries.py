"""Watches what tests and their servers print, and fails the run at its end if a planted secret was there."""

import re
from collections.abc import Generator
from typing import Any

import pytest
from fake_teams import PASSWORD
from slack_wire import SECRET, TOKEN

CANARIES = re.compile("|".join(map(re.escape, (SECRET, TOKEN, PASSWORD, "xapp-canary"))))
PRINTED = pytest.StashKey[list[str]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """What servers logged into the folder of a test is part of what it printed."""
    report = yield
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if call.when == "teardown" and folder:
        report.sections += [(log.name, log.read_text(errors="replace")) for log in folder.glob("*.log")]
    return report


def pytest_configure(config: pytest.Config) -> None:
    config.stash[PRINTED] = []
    config.pluginmanager.register(_Watch(config.stash[PRINTED]))


class _Watch:
    """Reports of tests come by here, from other processes too."""

    def __init__(self, printed: list[str]) -> None:
        self._printed = printed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if any(CANARIES.search(text) for _, text in report.sections) and report.nodeid not in self._printed:
            self._printed.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[PRINTED] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for test in config.stash[PRINTED]:
        terminalreporter.write_line(f"A secret was printed by {test}", red=True)
