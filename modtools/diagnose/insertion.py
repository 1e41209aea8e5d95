"""Loading a module as insmod does, and what came of it."""

from __future__ import annotations

from modtools.diagnose.given import Candidate
from modtools.errors import KernelError, Killed
from modtools.kernel.log import Log
from modtools.kernel.module.load import insert_file
from modtools.kernel.modules import LoadedModule
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.linuxerrno import EINVAL, of_host
from modtools.module import Module
from modtools.notes import LibkmodError
from modtools.tree.kofile import LEAST, KoFile, compression_of


class ReadFile(NamedTuple):
    """A file, unpacked, with the signature that it may have, and the module that the kernel found in it."""

    image: bytes
    module: Module


class Tried(NamedTuple):
    """How loading a module went: insmod's errno, what the kernel logged, and what was refused or killed, if it was.

    `file` is what was read of a module that is loaded; None where that is not at hand (any more).
    """

    errno: int
    log: tuple[str, ...]
    loaded: LoadedModule | None = None
    ended: KernelError | Killed | None = None
    file: ReadFile | None = None


def load(kernel: Kernel, candidate: Candidate, args: str = "") -> Tried:
    """Load a module as insmod does; the kernel is changed."""
    log = kernel.log
    start = log.first + len(log.records)
    try:
        loaded, file = _handed_over(kernel, candidate, args)
    except KernelError as error:
        return Tried(error.errno, _lines(log, start), ended=error)
    except Killed as killed:
        return Tried(0, _lines(log, start), ended=killed)
    return Tried(0, _lines(log, start), loaded, file=file)


def _lines(log: Log, start: int) -> tuple[str, ...]:
    """Return what was logged since then, also a line that is not finished."""
    return tuple(line for record in log.records[max(0, start - log.first) :] for line in record.text.split("\n"))


def _handed_over(kernel: Kernel, candidate: Candidate, args: str) -> tuple[LoadedModule, ReadFile | None]:
    """Do what libkmod does around finit_module(2) and init_module(2). Raises KernelError and Killed."""
    path = candidate.path
    try:
        data = candidate.content()
    except (OSError, ValueError) as error:
        raise KernelError(of_host(error)) from None
    if len(data) < LEAST:
        raise KernelError(EINVAL)
    file = KoFile(path, data, compression_of(path, data, zlib=True))
    flags = file.finit_flags(kernel.identity.config.compression)
    if flags:
        return insert_file(kernel, data, args, flags, path=path).loaded, None  # what it unpacked is the kernel's own
    try:
        image = data if flags == 0 else bytes(file.contents([]))
    except LibkmodError as error:
        raise KernelError(error.errno) from None
    load = insert_file(kernel, image, args, path=path, copied=flags is None)
    return load.loaded, ReadFile(image, load.parsed)
