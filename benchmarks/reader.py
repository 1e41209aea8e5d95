"""The module reader on a distribution's whole tree: what depmod needs of 4000 modules, on one core."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure
from modtools.module import Module, read_module
from tests import reference

_NEEDED = ("modinfo", "imports", "exports", "versions")
_RUNS = 5


def figures() -> Iterator[Figure]:
    """Opening every module, and reading all that depmod needs of it, where Debian's kernel is at hand."""
    if missing := reference.missing("debian"):
        print(f"reader: {missing}")
        return
    modules = sorted((reference.debian_tree() / "lib/modules" / reference.RELEASE).rglob("*.ko"))
    count = len(modules)
    yield Figure(f"{count} modules opened, their sections read", cpu_seconds(modules, ()), "s")
    yield Figure(f"{count} modules: modinfo, imports, exports, CRCs", cpu_seconds(modules, _NEEDED), "s", 2)


def cpu_seconds(paths: list[Path], parts: tuple[str, ...]) -> float:
    """What one core works to read these parts of every module; the least of several runs."""
    return min(_once(paths, parts) for _ in range(_RUNS))


def _once(paths: list[Path], parts: tuple[str, ...]) -> float:
    start = time.process_time()
    for path in paths:
        _ask(read_module(path), parts)
    return time.process_time() - start


def _ask(module: Module, parts: tuple[str, ...]) -> None:
    for part in parts:
        getattr(module, part)
