"""The tutorial's programs run as their document shows."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from modtools.emulate import isolation
from tests import properties
from tests.reference import CHECKOUT
from tests.running import Run, runner
from tests.test_readme import console_blocks

pytest.importorskip("unicorn")

FOLDER = CHECKOUT / "examples/tutorial"
DOCUMENT = (FOLDER / "README.md").read_text("utf-8")


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """pymod in this process, in the checkout; modules' code has a process of its own only where all is tried."""
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setattr(isolation, "POSSIBLE", properties.ALL)
    return runner(capfd)


def answer(pymod: Run, command: str) -> str:
    """What a line prints; `| grep TEXT` leaves lines out, and a last line gets its end, as here on the page."""
    line, _, pattern = command.partition(" | grep ")
    name, *words = shlex.split(line)
    assert name == "pymod"
    output, errors, _ = pymod(*words)
    text = output + errors
    if pattern:
        text = "".join(found for found in text.splitlines(keepends=True) if shlex.split(pattern)[0] in found)
    return text if text.endswith("\n") or not text else text + "\n"


@pytest.mark.parametrize("block", console_blocks(DOCUMENT), ids=lambda block: block[0][0].rpartition("/")[2])
def test_the_programs_do_what_is_shown(pymod: Run, block: list[tuple[str, str]]) -> None:
    """Each block, typed on a machine just booted, prints what stands there."""
    assert [(command, answer(pymod, command)) for command, _ in block] == block


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ko")), ids=lambda path: path.stem)
def test_every_program_has_its_line_and_its_run(path: Path) -> None:
    """Each built module is in the table and is inserted in a block."""
    assert f"| [{path.stem}](#{path.stem}) | " in DOCUMENT
    assert f"$ pymod insmod examples/tutorial/{path.name}" in DOCUMENT
