"""A secret that is printed anywhere in a run of the tests fails it."""

import os
import subprocess
import sys
from pathlib import Path

SUPPORT = Path(__file__).parent / "support"
PRINTING = """
import structlog

def test_a():
    print("the token is xoxb-canary")

def test_b():
    structlog.get_logger().debug("asked", token="xoxb-canary")

def test_c(tmp_path):
    (tmp_path / "serve.log").write_text("xoxb-canary")
"""
SILENT = """
def test_d(tmp_path):
    print("the token is hidden")
    (tmp_path / "serve.log").write_text("ready")
"""


def run(folder, *tests):
    for n, test in enumerate(tests):
        (folder / f"test_{n}.py").write_text(test)
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SUPPORT), "HOME": str(folder)}
    command = [sys.executable, "-m", "pytest", "-p", "canaries", "-p", "no:cacheprovider", "-n", "1", "."]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_a_run_that_printed_secrets_fails_and_says_where(tmp_path):
    ran = run(tmp_path, PRINTING, SILENT)

    said = {line for line in ran.stdout.splitlines() if line.startswith("A secret")}
    assert (ran.returncode, "4 passed" in ran.stdout) == (1, True)
    assert said == {f"A secret was printed by test_0.py::test_{name}" for name in "abc"}


def test_a_run_that_printed_none_passes(tmp_path):
    ran = run(tmp_path, SILENT)

    assert (ran.returncode, "A secret" in ran.stdout) == (0, False)
