"""Running pymod inside a test."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from unittest.mock import patch

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


def small_machine(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod on a machine that was booted, and whose tree has two modules."""
    pymod = runner(capfd)
    assert pymod("boot")[2] == 0
    folder = Path(pymod("root")[0].strip()) / "lib/modules" / pymod("uname", "-r")[0].strip()
    for name in ("hello_export", "hello_use_export"):
        shutil.copy(KO / f"{name}.ko", folder)
    assert pymod("depmod")[2] == 0
    return pymod


@contextmanager
def captured() -> Iterator[list[bytes]]:
    """What is written to standard output and standard error, by this process and its children, afterwards."""
    output: list[bytes] = []
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        files = out, err
        streams = [_text_stream(file.fileno()) for file in files]
        kept = [os.dup(number) for number in (1, 2)]
        try:
            for file, number in zip(files, (1, 2), strict=True):
                os.dup2(file.fileno(), number)
            with patch.object(sys, "stdout", streams[0]), patch.object(sys, "stderr", streams[1]):
                yield output
        finally:
            for stream, number, descriptor in zip(streams, (1, 2), kept, strict=True):
                stream.close()
                os.dup2(descriptor, number)
                os.close(descriptor)
        for file in files:
            file.seek(0)
            output.append(file.read())


def _text_stream(descriptor: int) -> TextIOWrapper:
    return TextIOWrapper(os.fdopen(os.dup(descriptor), "wb"), "utf-8", "surrogateescape", write_through=True)
