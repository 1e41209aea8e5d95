"""Link a module again that was loaded by an earlier command: from its file, at the addresses that it has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import compression
from modtools.formats.elf import ElfFile
from modtools.formats.trailer import MARKER
from modtools.kernel.module.place_module import lay_out
from modtools.kernel.modules import LoadedModule
from modtools.kernel.space import allocate
from modtools.kernel.state import Kernel
from modtools.link.layout import Layout
from modtools.link.machines import APPLIED
from modtools.link.memory import Fault
from modtools.link.relocate import Bases, Linked, link
from modtools.link.relocations import Refused
from modtools.module import Module

Resolver = Callable[[str], int | None]


def relink(kernel: Kernel, loaded: LoadedModule, resolve: Resolver, percpu: int) -> tuple[Module, Linked] | None:
    """Return the module and its bytes, or None for a machine without relocations. Raises PymodError where the file is
    gone or is another one now.
    """
    relocations = kernel.identity.features.relocations
    if relocations is None or kernel.arch.machine not in APPLIED:
        return None
    try:
        module = Module(ElfFile.open(_image(loaded), kernel.arch.bits, kernel.arch.little))
        layout = lay_out(kernel, module)
        bases = _bases(kernel, loaded, layout)
        return module, link(
            module, layout, Bases(bases, percpu), _externals(kernel, loaded, module, resolve), relocations
        )
    except (FormatError, Refused, Fault) as error:
        raise PymodError(f"module {loaded.name} cannot be linked again from {loaded.path}: {error}") from error


def _bases(kernel: Kernel, loaded: LoadedModule, layout: Layout) -> tuple[int, ...]:
    """Return where the parts stand. What was given back after init is put where there is room: nobody sees it, but
    relocations reach it.
    """
    gone = allocate(
        kernel, *(0 if area.size else part.size for part, area in zip(layout.parts, loaded.areas, strict=True))
    )
    return tuple(area.base or base for area, base in zip(loaded.areas, gone, strict=True))


def _image(loaded: LoadedModule) -> bytes:
    """Return the module's file as it was loaded: unpacked, without its signature. Raises PymodError."""
    what = f"the file of module {loaded.name}, {loaded.path or 'which has no path'},"
    try:
        data = hostfile.read(loaded.path, compression.LIMIT)
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        why = getattr(error, "strerror", error)
        raise PymodError(f"{what} cannot be read any more ({why}), so its code cannot run") from error
    if compression.kind(data):
        data = compression.decompress(data)
    for candidate in (data, _unsigned(data)):
        if hashlib.sha256(candidate).hexdigest() == loaded.sha256:
            return candidate
    raise PymodError(f"{what} has changed since it was loaded, so its code cannot run")


def _unsigned(data: bytes) -> bytes:
    if not data.endswith(MARKER):
        return data
    body = data[: -len(MARKER)]
    return body[: len(body) - 12 - int.from_bytes(body[-4:], "big")]


def _externals(kernel: Kernel, loaded: LoadedModule, module: Module, resolve: Resolver) -> dict[str, int]:
    """Return the addresses of the undefined symbols: the kernel's, and those of the modules that it uses."""
    owners = [kernel.modules[name] for name in loaded.uses]
    values: dict[str, int] = {}
    for wanted in module.imports:
        value = resolve(wanted.name)
        if value is None:
            found = (owner.exports.get(wanted.name) for owner in owners)
            value = next((symbol.address for symbol in found if symbol is not None), 0)
        values[wanted.name] = value or 0
    return values
