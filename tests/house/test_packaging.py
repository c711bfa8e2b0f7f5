"""The image is built here as its Dockerfile says, without Docker: same steps, same order, another folder."""

import importlib.metadata
import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PACKAGES = ["adapters", "bot", "jobs", "store"]

OWNERS = f"""
import importlib, importlib.metadata, json
owners = importlib.metadata.packages_distributions()
print(json.dumps({{name: [owners.get(name), importlib.import_module(name).__file__] for name in {PACKAGES}}}))
"""


def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile as (instruction, rest) pairs, one list a stage."""
    joined = re.sub(r"\s*\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    lines = re.findall(r"^([A-Z]+) (.*)", joined, re.MULTILINE)
    starts = [number for number, (word, _) in enumerate(lines) if word == "FROM"]
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


BUILD, RUN = stages()


def steps(stage: list[tuple[str, str]], word: str) -> list[str]:
    return [rest for instruction, rest in stage if instruction == word]


def perform(step: str, folder: Path, python: str, cwd: Path) -> None:
    command = re.sub(r"^python ", f"{shlex.quote(python)} ", step).replace("/dist", str(folder / "dist"))
    subprocess.run(["sh", "-c", command], cwd=cwd, check=True, capture_output=True)


def copy_sources(target: Path) -> None:
    for line in steps(BUILD, "COPY"):
        *names, place = line.split()
        for name in names:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target / place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, target / place)


def show_the_lock_alone(site: Path) -> None:
    """Lends the new environment the installed packages of the runtime lock, and none that only tests need."""
    installed = Path(sysconfig.get_path("purelib"))
    for line in re.findall(r"^[a-z0-9].*?(?= \\$)", (ROOT / "requirements.txt").read_text(), re.MULTILINE):
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        files = importlib.metadata.distribution(requirement.name).files or []
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(installed / top)


@pytest.fixture(scope="module")
def image():
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # another user passes through it
        (folder / "src").mkdir()
        copy_sources(folder / "src")
        perform(steps(BUILD, "RUN")[-1], folder, sys.executable, folder / "src")

        venv = folder / "venv"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
        show_the_lock_alone(next(venv.glob("lib/python*/site-packages")))
        [install] = [step for step in steps(RUN, "RUN") if "--no-deps" in step]
        pip = f"{shlex.quote(sys.executable)} -m pip --python {venv}/bin/python"
        perform(install.replace("python -m pip", pip), folder, sys.executable, folder)

        (folder / "data").mkdir()
        (folder / "data").chmod(0o777)
        yield folder


def another_user(image: Path) -> dict[str, Any]:
    """Nobody, where we are root and nobody may read the Python we run on; else ourselves."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    user: dict[str, Any] = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    probe = ["sh", "-c", f"{image}/venv/bin/python -c 'import sqlalchemy'"]
    return {} if subprocess.run(probe, capture_output=True, cwd="/", check=False, **user).returncode else user


def run(image: Path, *command: str) -> subprocess.CompletedProcess[str]:
    home = image / "data"
    environment = {"PATH": f"{image}/venv/bin:/usr/bin:/bin", "HOME": str(home)}
    return subprocess.run(
        command, cwd=home, env=environment, text=True, capture_output=True, check=False, **another_user(image)
    )


def test_the_wheel_starts_in_an_empty_folder_as_another_user(image):
    done = run(image, f"{image}/venv/bin/ristretto", "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage" in done.stdout
    assert list((image / "data").iterdir()) == []


def test_each_top_level_name_has_one_owner_and_it_is_the_wheel(image):
    done = run(image, f"{image}/venv/bin/python", "-c", OWNERS)

    assert done.returncode == 0, done.stderr
    [site] = image.glob("venv/lib/python*/site-packages")
    assert json.loads(done.stdout) == {name: [["ristretto"], f"{site}/{name}/__init__.py"] for name in PACKAGES}


def test_the_wheel_carries_every_file_of_the_packages_and_no_other(image):
    [wheel] = (image / "dist").glob("*.whl")
    sources = [file for name in PACKAGES for file in (image / "src" / name).rglob("*") if file.is_file()]

    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if not re.match(r"ristretto-[\d.]+\.dist-info/", name)}

    assert carried == {file.relative_to(image / "src").as_posix() for file in sources}


def test_the_image_installs_locks_by_hash_and_then_the_wheel_alone():
    build, run = steps(BUILD, "RUN"), steps(RUN, "RUN")
    by_hash = "python -m pip install --no-cache-dir --require-hashes --requirement"

    assert build == [
        f"{by_hash} requirements-build.txt",
        "python -m hatchling build --target wheel --directory /dist",
    ]
    assert run[:2] == [
        f"{by_hash} /tmp/requirements.txt",
        "python -m pip install --no-cache-dir --no-index --no-deps /dist/*.whl",
    ]


def test_the_image_serves_as_a_user_of_its_own_from_a_folder_without_source():
    last = dict(RUN)

    assert (last["ENTRYPOINT"], last["CMD"]) == ('["ristretto"]', '["serve"]')
    assert last["USER"] not in {"root", "0"}
    assert last["WORKDIR"] == last["VOLUME"] == "/data"
    assert "/healthz" in last["HEALTHCHECK"]
    assert "HOST=0.0.0.0" in shlex.split(last["ENV"])


@pytest.fixture
def old_python(tmp_path):
    """It runs, and is none of the versions that are asked for."""
    script = tmp_path / "python3.6"
    script.write_text('#!/bin/sh\ntest -z "$2"\n')
    script.chmod(0o755)
    return script


@pytest.mark.parametrize("python", ["no-such-python", "false"])
def test_make_says_so_where_a_python_is_missing_or_does_not_run(python):
    assert_refused(python, f"There is no {python} here")


def test_make_says_which_python_it_needs(old_python):
    assert_refused(old_python, "Ristretto needs Python 3.11, 3.12 or 3.13")


def assert_refused(python, sentence):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    done = subprocess.run(
        ["make", f"PYTHON={python}", "demo"], cwd=ROOT, env=clean, text=True, capture_output=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
