"""The emulator's docstrings: each can be read alone."""

from __future__ import annotations

import re
from pathlib import Path

from modtools import emulate
from tests.parsed import facts

EMULATOR = Path(emulate.__file__).parent
SOURCES = sorted(EMULATOR.rglob("*.py"))

FEWEST_WORDS = 4

_TOP = "arch|block|certs|crypto|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|security|sound|virt"
LINUX_FILE = rf"`(?:{_TOP})/[\w./+-]+\.[chS]"
_SAID_FIRST = re.compile(rf"{LINUX_FILE}`: ")


def _name(path: Path) -> str:
    return path.relative_to(EMULATOR).as_posix()


def _where(path: Path, line: int) -> str:
    return f"{_name(path)}:{line}"


def test_a_docstring_can_be_read_alone() -> None:
    """No docstring is shorter than a sentence can be, not counting the name of a file of Linux."""
    short = [
        f"{_where(path, found.line)}: {found.text}"
        for path in SOURCES
        for found in facts(path).definitions
        if found.text and len(_SAID_FIRST.sub("", found.text, count=1).split()) < FEWEST_WORDS
    ]
    assert not short, "\n".join(short)
