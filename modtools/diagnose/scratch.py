"""A kernel to try modules in: as the real one is, and nothing that is done to it stays."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import NamedTuple

from modtools.diagnose.given import Candidate
from modtools.errors import KernelError, Killed
from modtools.finit import COMPRESSED_FILE
from modtools.kernel.load import insert
from modtools.kernel.log import Log
from modtools.kernel.modules import LoadedModule, Modules
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL, of_host
from modtools.notes import LibkmodError, Note
from modtools.tree.kofile import LEAST, KoFile, compression_of


class Tried(NamedTuple):
    """How loading a module went: insmod's errno, what the kernel logged, and what was killed or refused, if it was."""

    errno: int
    log: tuple[str, ...]
    loaded: LoadedModule | None = None
    ended: KernelError | Killed | None = None


class Scratch:
    """Copies of a kernel; where code is run, each has a runner of its own."""

    def __init__(self, kernel: Kernel, *, run: bool = False) -> None:
        self._kernel = kernel
        self._run = run

    @property
    def kernel(self) -> Kernel:
        """The kernel itself, which must not be changed."""
        return self._kernel

    def copied(self) -> Kernel:
        """Return a kernel like it, with an empty log."""
        kernel = self._kernel
        made = replace(
            kernel,
            modules=_copied(kernel.modules),
            log=Log(),
            once=set(kernel.once),
            switches=dict(kernel.switches),
            unmounted=set(kernel.unmounted),
            file_loads={},
            program="insmod",
            made_runner=None,
            runner_source=kernel.runner_source if self._run else _nothing,
            _symbols=kernel.symbols,
        )
        return made


def _nothing(_: Kernel) -> None:
    return None


def _copied(modules: Modules) -> Modules:
    made = Modules()
    for name, module in modules.items():
        made[name] = copy.deepcopy(module)
    return made


def load(kernel: Kernel, candidate: Candidate, args: str = "") -> Tried:
    """Load a module as insmod does; the kernel is changed."""
    log = kernel.log
    start = log.first + len(log.records)
    errno, loaded, ended = 0, None, None
    try:
        loaded = _handed_over(kernel, candidate, args)
    except KernelError as error:
        errno, ended = error.errno, error
    except Killed as error:
        ended = error
    return Tried(errno, _lines(log, start), loaded, ended)


def _lines(log: Log, start: int) -> tuple[str, ...]:
    """Return what was logged since then, also a line that is not finished."""
    return tuple(line for record in log.records[max(0, start - log.first) :] for line in record.text.split("\n"))


def _handed_over(kernel: Kernel, candidate: Candidate, args: str) -> LoadedModule:
    """Do what libkmod does around finit_module(2) and init_module(2). Raises KernelError and Killed."""
    try:
        data = candidate.content()
    except (OSError, ValueError) as error:
        raise KernelError(of_host(error)) from None
    if len(data) < LEAST:
        raise KernelError(EINVAL)
    file = KoFile(candidate.path, data, compression_of(candidate.path, data, zlib=True))
    if not file.compression:
        return insert(kernel, data, args, path=candidate.path)
    if file.compression.replace("zlib", "gzip") == kernel.identity.config.compression:
        return insert(kernel, data, args, COMPRESSED_FILE, path=candidate.path)
    notes: list[Note] = []
    try:
        image = bytes(file.contents(notes))
    except LibkmodError as error:
        raise KernelError(error.errno) from None
    return insert(kernel, image, args, path=candidate.path, copied=True)
