"""Closure, reasons and graphs of small trees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from modtools import cli
from tests.running import Run
from tests.small_modules import loadable

RELEASE = "6.1.0-56-amd64"
VERMAGIC = f"{RELEASE} SMP preempt mod_unload modversions "
"""Those of the kernel which is booted when nothing else was."""


class SmallTree:
    """A machine's root with a tree of small modules, and the words that have pymod look there."""

    def __init__(
        self, root: Path, modules: Mapping[str, Mapping[str, Iterable[str]]], builtin: Iterable[str] = ()
    ) -> None:
        """Make the modules, each by its further `info`, and names of modules that it `needs`, and index them."""
        self.root = root
        self.folder = root / "lib/modules" / RELEASE
        (self.folder / "kernel").mkdir(parents=True)
        for name, parts in modules.items():
            needs = [f"of_{other}" for other in parts.get("needs", ())]
            info = [f"vermagic={VERMAGIC}", *parts.get("info", ()), f"depends={','.join(parts.get('needs', ()))}"]
            self.path(name).write_bytes(loadable(name, info, needs, {"__ksymtab_strings": f"of_{name}\0".encode()}))
        (self.folder / "modules.order").write_text("".join(f"kernel/{name}.o\n" for name in modules))
        (self.folder / "modules.builtin").write_text("".join(f"kernel/{name}.ko\n" for name in builtin))
        lines = "".join(f"{name}.firmware=of-{name}.bin\0" for name in builtin)
        (self.folder / "modules.builtin.modinfo").write_text(lines)
        self.index()

    def path(self, name: str) -> Path:
        """The file of a module."""
        return self.folder / "kernel" / f"{name}.ko"

    def index(self) -> None:
        """Let depmod write the indexes."""
        assert cli.main(["pymod", "depmod", "-b", str(self.root), RELEASE]) == 0

    def config(self, text: str, name: str = "etc/modprobe.d/test.conf") -> str:
        """Write a file of configuration. Returns its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def firmware(self, *names: str) -> None:
        """Make files of firmware, each with five bytes in it."""
        for name in names:
            path = self.root / "lib/firmware" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("bytes")

    def asked(self, run: Run, *words: str) -> dict[str, Any]:
        """What a tool answers as JSON."""
        output, _, _ = run("--root", str(self.root), *words, "--json")
        document: dict[str, Any] = json.loads(output)
        return document

    def text(self, run: Run, *words: str) -> tuple[str, str, int]:
        """What a tool answers as text, the root as `ROOT` and the tree as `TREE`."""
        output, errors, status = run("--root", str(self.root), *words)
        for path, word in ((self.folder, "TREE"), (self.root, "ROOT")):
            output, errors = output.replace(str(path), word), errors.replace(str(path), word)
        return output, errors, status

    def lines(self, run: Run, *words: str) -> list[str]:
        """The lines of a tool's answer, which complains about nothing."""
        output, errors, status = self.text(run, *words)
        assert (errors, status) == ("", 0)
        return output.splitlines()
