"""Running pymod and the reference kmod side by side, on the same module trees."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from modtools import cli
from tests.reference import RELEASE

KO = Path(__file__).parent / "transcripts/ko"
"""The modules that the transcripts were recorded with."""
_POINTER = re.compile(rb"\b0x[0-9a-f]{12}\b")


class Answer(NamedTuple):
    """What a command prints and ends with; addresses in kmod's own memory are made equal."""

    output: bytes
    errors: bytes
    status: int


Both = Callable[[str, Sequence[str]], tuple[Answer, Answer]]
"""Runs a tool with some words; pymod's answer and kmod's."""


def side_by_side(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """Both in the current folder, pymod in this process and by the tool's name."""

    def run(tool: str, words: Sequence[str]) -> tuple[Answer, Answer]:
        theirs = subprocess.run([str(kmod_tools / tool), *words], capture_output=True, stdin=subprocess.DEVNULL)
        capfdbinary.readouterr()
        status = cli.main([f"/usr/sbin/{tool}", *words])
        ours = Answer(*capfdbinary.readouterr(), status)
        return _comparable(ours), _comparable(Answer(theirs.stdout, theirs.stderr, theirs.returncode))

    return run


def _comparable(answer: Answer) -> Answer:
    return answer._replace(errors=_POINTER.sub(b"0x<address>", answer.errors))


def tree(kmod_tools: Path, root: Path, files: Sequence[Path]) -> Path:
    """A root with a module tree for RELEASE of these files, indexed by the reference's depmod."""
    folder = root / "lib/modules" / RELEASE
    (folder / "extra").mkdir(parents=True)
    for file in files:
        shutil.copy(file, folder / "extra")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        (folder / name).touch()
    subprocess.run([str(kmod_tools / "depmod"), "-b", str(root), RELEASE], check=True, stderr=subprocess.DEVNULL)
    return root


def copied_debian_tree(debian_tree: Path, root: Path) -> Path:
    """The folder of a copy of Debian's module tree under another root; hard links where the system has them."""
    folder = root / "lib/modules" / RELEASE
    folder.parent.mkdir(parents=True)
    shutil.copytree(debian_tree / "lib/modules" / RELEASE, folder, copy_function=_link, symlinks=True)
    return folder


def indexed_debian_tree(kmod_tools: Path, debian_tree: Path, root: Path) -> Path:
    """A root with a copy of Debian's tree and the reference's indexes."""
    copied_debian_tree(debian_tree, root)
    subprocess.run([str(kmod_tools / "depmod"), "-b", str(root), RELEASE], check=True)
    return root


def _link(source: str, target: str) -> None:
    """Copy a file; what is only read is shared."""
    try:
        if source.endswith(".ko"):
            os.link(source, target)
            return
    except OSError:
        pass
    shutil.copy2(source, target)
