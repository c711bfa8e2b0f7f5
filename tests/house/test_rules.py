"""House rules that no linter knows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("bot", "adapters", "store", "jobs") for path in (ROOT / folder).rglob("*.py"))
FILE_LINES, FUNCTION_LINES = 300, 40
BROAD = {"bot/core.py", "jobs/worker.py", "store/writer.py"}
"""Where every exception is caught: the core answers it, the delivery worker marks it, the writer hands it on."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_and_functions_stay_small(path):
    text = path.read_text()
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
        and "migrations" not in path.parts
    ]

    assert (len(text.splitlines()) <= FILE_LINES or "migrations" in path.parts, long) == (True, [])


def test_broad_excepts_stand_only_where_they_are_answered():
    broad = {
        name(path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }

    assert broad <= BROAD


def test_nothing_below_tests_is_a_package_and_test_files_have_their_own_names():
    tests = list((ROOT / "tests").rglob("*.py"))
    names = [path.name for path in tests if path.name.startswith("test_")]

    assert [path for path in tests if path.name == "__init__.py"] == []
    assert sorted(set(names)) == sorted(names)
