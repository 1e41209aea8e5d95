"""Running pymod inside a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from modtools import cli

KO = Path(__file__).parent / "transcripts/ko"
"""The modules that the transcripts were recorded with."""

Run = Callable[..., tuple[str, str, int]]
"""Takes a tool and its words; gives what it prints, what it complains about, its exit status."""


def runner(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""

    def run(*words: str) -> tuple[str, str, int]:
        capfd.readouterr()
        status = cli.main(["pymod", *words])
        output, errors = capfd.readouterr()
        return output, errors, status

    return run


def load(pymod: Run, *names: str) -> None:
    """Insert some of the transcripts' modules."""
    for name in names:
        assert pymod("insmod", str(KO / f"{name}.ko")) == ("", "", 0)
