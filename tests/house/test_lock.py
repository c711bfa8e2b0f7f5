"""The locks pin everything by version and hash, name no address, and hold nothing with a known hole."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["requirements.txt", "requirements-build.txt", "requirements-dev.txt"]

PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][\w.]*)( ; [^;#]+?)?( --hash=sha256:[0-9a-f]{64})+")

FLOORS = {
    "aiohttp": Version("3.14.3"),  # request smuggling, denial of service
    "pyjwt": Version("2.12"),  # unknown critical headers accepted
    "urllib3": Version("2.7"),  # unbounded decompression
}


def entries(text: str) -> list[str]:
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    return [line for line in joined.splitlines() if not line.startswith("#")]


def unpinned(text: str) -> list[str]:
    return [entry for entry in entries(text) if not PIN.fullmatch(entry)]


def pins(lock: str) -> dict[str, Version]:
    found = (PIN.fullmatch(entry) for entry in entries((ROOT / lock).read_text()))
    return {pin["name"]: Version(pin["version"]) for pin in found if pin}


def below_floor(locked: dict[str, Version]) -> list[str]:
    return [name for name, floor in FLOORS.items() if locked[name] < floor]


def missing(wanted: list[str], locked: dict[str, Version]) -> list[str]:
    requirements = [Requirement(each) for each in wanted]
    return [
        str(each)
        for each in requirements
        if (version := locked.get(canonicalize_name(each.name))) is None or version not in each.specifier
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_a_version_and_a_hash(lock):
    text = (ROOT / lock).read_text()

    assert entries(text)
    assert unpinned(text) == []


@pytest.mark.parametrize("line", ["aiohttp", "aiohttp==3.14.5", "aiohttp>=3 --hash=sha256:" + 64 * "0", "-e ."])
def test_a_loose_line_would_be_found(line):
    assert unpinned(line) == [line]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock):
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host| @ ", text)


def test_what_the_project_asks_for_is_in_the_runtime_lock():
    assert missing(PROJECT["project"]["dependencies"], pins("requirements.txt")) == []


@pytest.mark.parametrize(("lock", "group"), [("requirements-build.txt", "build"), ("requirements-dev.txt", "dev")])
def test_what_a_group_asks_for_is_in_its_lock(lock, group):
    asked = [each for each in PROJECT["dependency-groups"][group] if isinstance(each, str)]

    assert missing(asked, pins(lock)) == []


def test_the_build_backend_is_locked():
    assert missing(PROJECT["build-system"]["requires"], pins("requirements-build.txt")) == []


def test_a_requirement_that_the_lock_does_not_meet_would_be_found():
    locked = {"openai": Version("2.9")}

    assert missing(["openai>=3", "rich", "openai"], locked) == ["openai>=3", "rich"]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-build.txt"])
def test_what_is_tested_is_what_runs(lock):
    tested = pins("requirements-dev.txt")

    assert {name: tested.get(name) for name in pins(lock)} == pins(lock)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_no_package_stands_below_the_version_that_closed_its_hole(lock):
    assert below_floor(pins(lock)) == []


def test_a_package_below_its_floor_would_be_found():
    assert below_floor(FLOORS | {"urllib3": Version("2.6.3")}) == ["urllib3"]
