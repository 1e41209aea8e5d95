"""CONTRIBUTING.md: what it says how to add is added to a copy of the checkout, and its commands are run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference import CHECKOUT
from tools import release

TEXT = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
FILES = re.findall(r"`([\w/.]+\.py)`:\n\n```python\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = re.findall(r"^\$ (.*?)(?: {2,}# .*)?$", TEXT, re.MULTILINE)
LEFT_OUT = re.compile(r"NAME|FOLDER|VERSION|make (test|compare-inits|release)|tools\.(profile|recorder)|tools\.btf$")
"""Those that name what a person puts in, that run tests, or that other tests run."""
HERE = [command for command in COMMANDS if not LEFT_OUT.search(command)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, with the kernel function and the tool of the document."""
    copy = tmp_path_factory.mktemp("copy") / "pymod"
    ignored = shutil.ignore_patterns(".*", "scenarios", "build", "dist")  # what is compiled already stays so
    shutil.copytree(CHECKOUT, copy, ignore=ignored)
    for place, text in FILES:
        path = copy / place
        if path.exists():
            _add_row(path, text)
        else:
            path.write_text(text, "utf-8")
    return copy


def _add_row(path: Path, row: str) -> None:
    before = path.read_text("utf-8")
    path.write_text(before.replace("TOOLS: Final = {\n", f"TOOLS: Final = {{\n{row}", 1), "utf-8")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the document in a folder, by the Python that runs the tests."""
    python = f"{sys.executable} -m"
    words = re.sub(r"^pymod ", f"{python} modtools ", re.sub(r"^python -m", python, command))
    # What make would install for itself is there already.
    words = re.sub(r"^make ", "make -o .venv/.dev BIN=bin ", words)
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin/python").unlink(missing_ok=True)
    (folder / "bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (folder / "bin/python").chmod(0o755)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    env |= {"PYMOD_STATE": str(folder / "state.json")}
    return subprocess.run(words, shell=True, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_there_is_an_answer_for_each_question() -> None:
    """Each kind of addition has a section, with a command in it."""
    sections = dict(re.findall(r"^### (.*?)\n(.*?)(?=^##)", TEXT, re.DOTALL | re.MULTILINE))
    wanted = {
        "kernel function",
        "relocation",
        "processor",
        "tool",
        "message",
        "kernel profile",
        "session of a real kernel",
        "release",
    }
    assert {name.removeprefix("A ") for name in sections} == wanted
    assert all("\n$ " in text for text in sections.values())


@pytest.mark.parametrize("command", HERE)
def test_its_commands_work(checkout: Path, command: str) -> None:
    """A command that needs neither a kernel nor QEMU ends well where the function and the tool were added."""
    if "tools.btf" in command:
        pytest.importorskip("elftools")
        from tests.reference import missing

        if missing("debian"):
            pytest.skip(missing("debian"))
    done = run(command, checkout)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_function_that_is_added_is_found_and_computes(checkout: Path) -> None:
    """Once `make index` was run, its symbol is there; what the document says is what it does."""
    assert run("make index", checkout).returncode == 0
    code = (
        "from modtools.emulate.symbols import registry; f = registry.find('int_pow'); "
        "print(f.handler(None, 3, 4), f.handler(None, 2, 64), f.signature.parameters[0].size)"
    )
    done = run(f'python -m timeit -n 1 -r 1 "{code}"', checkout)
    assert done.stdout.splitlines()[0] == "81 0 8", done.stderr


def test_the_tool_that_is_added_answers_and_is_documented(checkout: Path) -> None:
    """It prints the processor; `make docs` puts it into the commands, and makes its manual page."""
    assert run("pymod arch", checkout).stdout == "x86_64\n"
    assert run("make docs", checkout).returncode == 0
    assert "## pymod arch\n" in (checkout / "docs/commands.md").read_text("utf-8")
    assert (checkout / "docs/man/pymod-arch.1").exists()


def test_what_is_added_is_in_the_projects_style(checkout: Path) -> None:
    """The document's code passes the checks that all code passes."""
    for place, _ in FILES:
        for check in ("format --check", "check"):
            done = run(f"python -m ruff {check} --config {CHECKOUT}/pyproject.toml {place}", checkout)
            assert done.returncode == 0, done.stdout


def test_the_tests_that_it_names_are_there() -> None:
    """Each file that a command runs as a test, or that the text links to, exists."""
    for place in re.findall(r"tests/[\w/]+\.py", TEXT):
        assert (CHECKOUT / place).is_file(), place


def test_a_release_needs_a_closed_changelog() -> None:
    """A version without a section of its own, or lines that are still unreleased, are told."""
    closed = "## [Unreleased]\n\n## [1.2.0] - 2026-11-29\n\n- a\n"
    assert release.problems("1.2.0", closed) == []
    assert release.problems("1.3.0", closed) == ["CHANGELOG.md has no section '## [1.3.0] - YYYY-MM-DD' on top"]
    pending = closed.replace("[Unreleased]\n", "[Unreleased]\n\n- b\n")
    assert release.problems("1.2.0", pending) == ["CHANGELOG.md has lines under [Unreleased]"]
