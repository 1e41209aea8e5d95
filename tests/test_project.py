"""The checkout itself: what a person who has only cloned it meets."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from modtools.module import Module, read_module
from tests.reference import CHECKOUT


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder, as a person there would: without what an outer make hands down."""
    return subprocess.run(
        ["env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "-u", "MFLAGS", "make", *words],
        cwd=folder,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("target", ["help", "demo", "test", "check", "bench", "examples"])
def test_make_without_a_target_explains_each_target(target: str) -> None:
    """`make` alone lists every target with what it is for."""
    listing = make(CHECKOUT).stdout
    assert any(line.split()[1:2] == [target] and len(line.split()) > 4 for line in listing.splitlines())


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ('case "$2" in *ensurepip*) exit 1;; esac', "apt install python3-venv"),
        ('case "$2" in *version_info*) exit 1;; esac; echo Python 3.9.2', "Python 3.9.2 is too old"),
        (None, "is not installed"),
    ],
    ids=["without ensurepip", "too old", "missing"],
)
def test_a_python_that_will_not_do_is_told_with_what_to_do(tmp_path: Path, script: str | None, advice: str) -> None:
    """Where python3 cannot make a virtual environment, make says what is missing and makes nothing."""
    shutil.copy(CHECKOUT / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    python = tmp_path / "python3"
    if script is not None:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    result = make(tmp_path, "demo", f"PYTHON={python}")
    assert result.returncode == 2
    assert advice in result.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A copy of the examples' sources, in a folder with another path."""
    for path in (CHECKOUT / "examples").iterdir():
        if path.name == "Makefile" or (path.suffix == ".c" and not path.name.endswith(".mod.c")):
            shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.headers
def test_the_lessons_modules_are_built_from_their_sources(lesson: Path) -> None:
    """Building the examples again gives the same modules; with the same compiler the same bytes, in any folder."""
    built = make(lesson)
    assert built.returncode == 0, built.stderr
    for name in ("hello_export.ko", "hello_use_export.ko"):
        again, ours = (read_module(folder / name) for folder in (lesson, CHECKOUT / "examples"))
        assert facts(again) == facts(ours)
        if again.elf.read(".comment") == ours.elf.read(".comment"):
            assert (lesson / name).read_bytes() == (CHECKOUT / "examples" / name).read_bytes()


def facts(module: Module) -> tuple[object, ...]:
    """What a kernel goes by when it loads a module."""
    exports = [(export.name, export.crc, export.gpl, export.namespace) for export in module.exports]
    return module.name, module.modinfo, exports, module.imports, module.versions, [row.name for row in module.params]


def test_make_examples_without_headers_names_the_package(lesson: Path) -> None:
    """Where there are no kernel headers, `make examples` says which package has them."""
    result = make(lesson, f"KDIR={lesson}/nothing")
    assert result.returncode == 2
    assert "apt install linux-headers-6.1.0-56-amd64" in result.stderr
