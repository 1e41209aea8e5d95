"""Module trees for depmod, and what pymod and the reference kmod make of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from modtools import cli, endings
from tests.running import captured

KO = Path(__file__).parent / "transcripts/ko"
"""The modules that the transcripts were recorded with."""
RELEASE = "1.2.3"
INDEX_FILES = (
    "modules.alias",
    "modules.alias.bin",
    "modules.builtin.alias.bin",
    "modules.builtin.bin",
    "modules.dep",
    "modules.dep.bin",
    "modules.devname",
    "modules.softdep",
    "modules.symbols",
    "modules.symbols.bin",
    "modules.weakdep",
)
_POINTER = re.compile(rb"\b0x[0-9a-f]{12}\b")


class Made(NamedTuple):
    """What a depmod leaves behind: index files by name, what it prints, its exit status.

    Addresses in kmod's memory are made equal.
    """

    files: Mapping[str, bytes]
    output: bytes
    errors: bytes
    status: int

    def differences(self, other: Made) -> list[str]:
        """What is not the same, in a few words each."""
        names = sorted({*self.files, *other.files})
        found = [name for name in names if self.files.get(name) != other.files.get(name)]
        if self.output != other.output:
            found.append(f"output {self.output[-300:]!r} and {other.output[-300:]!r}")
        if self.errors != other.errors:
            ours, theirs = self.errors.splitlines(), other.errors.splitlines()
            extra = [line for line in ours if line not in theirs][:5], [line for line in theirs if line not in ours][:5]
            found.append(f"errors, only on one side: {extra}")
        if self.status != other.status:
            found.append(f"status {self.status} and {other.status}")
        return found


class Tree:
    """A module tree under a root of its own, with empty files from the kernel's build."""

    def __init__(self, root: Path, release: str = RELEASE) -> None:
        self.root = root
        self.release = release
        self.folder = root / "lib/modules" / release
        self.folder.mkdir(parents=True)
        self.write("modules.order", "").write("modules.builtin", "").write("modules.builtin.modinfo", "")

    def put(self, folder: str, *modules: str) -> Tree:
        """Copy modules of the transcripts into a folder of the tree."""
        (self.folder / folder).mkdir(parents=True, exist_ok=True)
        for name in modules:
            shutil.copy(KO / (name if ".ko" in name else f"{name}.ko"), self.folder / folder)
        return self

    def write(self, name: str, content: str | bytes) -> Tree:
        """Write a file of the tree."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def remove(self, *names: str) -> Tree:
        """Remove files of the tree."""
        for name in names:
            (self.folder / name).unlink()
        return self

    def order(self, *names: str) -> Tree:
        """Write modules.order: these names, or all modules, sorted."""
        found = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.ko"))
        return self.write("modules.order", "".join(f"{name}\n" for name in names or found))


def files_in(folder: Path) -> dict[str, bytes]:
    """The index files in a folder, and whatever else begins like one, by name."""
    found = {path.name: path.read_bytes() for path in sorted(folder.glob("modules.*")) if path.is_file()}
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        found.pop(name, None)
    return found


def pymod(
    words: Sequence[str], *, called: str = "depmod", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run pymod by a name, in a folder; by default as a link that stands in for kmod's depmod. What ends by a signal
    has its number, negated, as its status.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(endings, "_die", lambda killed: -killed.number)
        if folder is not None:
            patched.chdir(folder)
            patched.setenv("PWD", str(folder))
        with captured() as output:
            status = cli.main([called, *words])
    return subprocess.CompletedProcess(words, status, *output)


def both(kmod_tools: Path, tree: Tree, aside: Path, *options: str, operands: Sequence[str] = ()) -> tuple[Made, Made]:
    """pymod's answer and kmod's for one tree; the index files go to folders of their own."""
    answers = []
    for name in ("ours", "theirs"):
        target = aside / name
        shutil.rmtree(target, ignore_errors=True)
        words = ["-b", str(tree.root), "-o", str(target), *options, tree.release, *operands]
        done = (
            pymod(words)
            if name == "ours"
            else subprocess.run([str(kmod_tools / "depmod"), *words], capture_output=True, stdin=subprocess.DEVNULL)
        )
        errors = _POINTER.sub(b"0x<address>", done.stderr).replace(bytes(target), b"<target>")
        files = files_in(target / "lib/modules" / tree.release)
        answers.append(Made(files, done.stdout, errors, done.returncode))
    return answers[0], answers[1]
