"""Which kernel to boot: the built-in one, or one that a tree, a symbol file or a module tells of.

Each source gives a `Sketch` of what it knows; `boot` completes it with what the built-in profile says.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from modtools import profiles
from modtools.errors import FormatError, PymodError
from modtools.formats import systemmap
from modtools.kernel.state import Config, Identity, Kernel
from modtools.link.arch import arch_for_elf
from modtools.module import Module, read_module
from modtools.profiles.exports import ExportedSymbol
from modtools.stateparts import new_name
from modtools.store import Store

Line = TypeVar("Line")

_MODULE_FILE = re.compile(r"\.ko(\.(gz|xz|zst))?\Z")


@dataclass(frozen=True, slots=True)
class Source:
    """What the user names; empty where nothing is named."""

    release: str = ""
    symvers: str = ""
    system_map: str = ""
    tree: str = ""
    like: str = ""
    cmdline: str | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """What one source tells of a kernel. `symbols` by name; None: it does not tell."""

    origin: str
    release: str = ""
    machine: str = ""
    vermagic: str = ""
    symbols: dict[str, ExportedSymbol] | None = None
    config: Config | None = None


def boot(store: Store, source: Source, *, force: bool = False) -> Kernel:
    """Start afresh with the kernel that `source` describes; what was stored is replaced. Raises PymodError.

    With `force`, a file that is no state is replaced, too.
    """
    default = store.default().identity
    sketch = _sketch(source) or Sketch(default.booted_from, config=default.config)
    identity = _complete(sketch, default, source.release)
    if source.cmdline is not None:
        identity = identity._replace(cmdline=source.cmdline)
    kernel = store.boot(identity)
    store.replace(kernel, None if sketch.symbols is None else list(sketch.symbols.values()), force=force)
    return kernel


def _sketch(source: Source) -> Sketch | None:
    """The sketch of the sources that were named: a tree or a module first, completed by symbol files."""
    sketches = [
        read(Path(path))
        for path, read in (
            (source.tree, from_tree),
            (source.like, from_module),
            (source.symvers, from_symvers),
            (source.system_map, from_system_map),
        )
        if path
    ]
    if not sketches:
        return None
    first, *others = sketches
    for other in others:
        first = _merge(first, other)
    return first


def _merge(one: Sketch, other: Sketch) -> Sketch:
    """Both together; in each field the first that knows anything counts, symbol by symbol and fact by fact."""
    symbols = dict(one.symbols or {})
    for name, symbol in (other.symbols or {}).items():
        mine = symbols.get(name, symbol)
        crc = symbol.crc if mine.crc is None else mine.crc
        address = symbol.address if mine.address is None else mine.address
        symbols[name] = ExportedSymbol(name, crc, mine.gpl or symbol.gpl, mine.namespace or symbol.namespace, address)
    return Sketch(
        f"{one.origin} and {other.origin}",
        one.release or other.release,
        one.machine or other.machine,
        one.vermagic or other.vermagic,
        symbols,
        one.config or other.config,
    )


def _complete(sketch: Sketch, default: Identity, release: str) -> Identity:
    """The identity of the kernel in the sketch. The banner, keys and built-in modules of another release than the
    profile's are not known."""
    release = release or sketch.release or default.release
    same = release == default.release
    options = (sketch.vermagic or default.vermagic).partition(" ")[2]
    machine = sketch.machine or default.machine
    config = sketch.config or default.config._replace(retpoline=machine in ("x86_64", "i686"))
    return default._replace(
        release=release,
        machine=machine,
        vermagic=sketch.vermagic if sketch.vermagic.partition(" ")[0] == release else f"{release} {options}",
        version=default.version if same else f"Linux version {release}",
        config=config._replace(modversions="modversions" in options.split()),
        profile=default.profile if same or sketch.symbols is None else "",
        symbols="" if sketch.symbols is None else new_name("symbols"),
        booted_from=sketch.origin,
    )


def _parsed(path: Path, parse: Callable[[str], list[Line]]) -> list[Line]:
    """The lines of a text file. Raises PymodError with its name."""
    try:
        return parse(path.read_text("utf-8", "surrogateescape"))
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    except FormatError as error:
        raise PymodError(f"{path}: {error}") from error


def from_symvers(path: Path) -> Sketch:
    """A Module.symvers: the symbols of vmlinux. The headers beside it tell the release."""
    from modtools.formats import symvers

    lines = _parsed(path, symvers.parse)
    symbols = {
        line.symbol: ExportedSymbol(line.symbol, line.crc, line.export.endswith("_GPL"), line.namespace, None)
        for line in lines
        if line.module == "vmlinux"
    }
    if not symbols:
        raise PymodError(f"{path} names no symbol of vmlinux; name the Module.symvers of a kernel")
    return Sketch(str(path), release=_release_beside(path), symbols=symbols)


def _release_beside(path: Path) -> str:
    header = path.parent / "include/generated/utsrelease.h"
    try:
        match = re.search(r'UTS_RELEASE "([^"]+)"', header.read_text("utf-8", "replace"))
    except OSError:
        return ""
    return match[1] if match else ""


def from_system_map(path: Path) -> Sketch:
    """A System.map: names and addresses, and which are GPL-only; no CRCs."""
    symbols = _parsed(path, systemmap.exports)
    release = path.name.partition("-")[2] if path.name.startswith("System.map-") else ""
    return Sketch(str(path), release=release, symbols={symbol.name: symbol for symbol in symbols})


def from_module(path: Path) -> Sketch:
    """A module: the kernel that it was built for, as far as it tells. Of the symbols that it needs, those that the
    built-in kernel exports too are the kernel's, with this module's CRCs. The rest of the built-in kernel's are there
    without a CRC."""
    module = _read(path)
    known = profiles.load().exports
    symbols = {s.name: s._replace(crc=None, address=None) for s in known}
    for name, crc in module.versions:
        if name in symbols or not module.info("depends"):
            symbols[name] = symbols.get(name, ExportedSymbol(name, None, False, "", None))._replace(crc=crc)
    if module.vermagic == profiles.load().vermagic:
        return Sketch(f"{path}, which is for the built-in kernel", symbols=None)
    return Sketch(str(path), _release(module), _machine(path, module), module.vermagic or "", symbols)


def _read(path: Path) -> Module:
    try:
        module = read_module(path)
        module.versions, module.modinfo  # noqa: B018  # raise now what reading them later would
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    except FormatError as error:
        raise PymodError(f"{path} is no module: {error}") from error
    return module


def _release(module: Module) -> str:
    return (module.vermagic or "").partition(" ")[0]


def _machine(path: Path, module: Module) -> str:
    header = module.elf.header
    arch = arch_for_elf(header.machine, header.bits, header.little)
    if arch is None:
        raise PymodError(f"{path} is for a machine that pymod does not know (e_machine {header.machine})")
    return arch.machine


def from_tree(folder: Path) -> Sketch:
    """A module tree: the kernel's symbols are those that its modules need and none of them exports. A System.map in
    it, or in the /boot beside it, adds addresses and the rest."""
    wanted: dict[str, int | None] = {}
    exported: set[str] = set()
    vermagics: Counter[str] = Counter()
    machine = ""
    for path, module in _modules(folder):
        vermagics[module.vermagic or ""] += 1
        machine = machine or _machine(path, module)
        wanted |= dict.fromkeys(symbol.name for symbol in module.imports if symbol.name not in wanted)
        wanted |= dict(module.versions)
        exported.update(export.name for export in module.exports)
    if not vermagics:
        raise PymodError(f"{folder} has no module files")
    symbols = {name: ExportedSymbol(name, crc, False, "", None) for name, crc in wanted.items() if name not in exported}
    release = folder.resolve().name
    sketch = Sketch(str(folder), release, machine, vermagics.most_common(1)[0][0], symbols)
    for system_map in _system_maps(folder, release):
        # Some distributions install only a note that the real file is elsewhere.
        with suppress(PymodError):
            return _merge(sketch, from_system_map(system_map))
    return sketch


def _modules(folder: Path) -> Iterator[tuple[Path, Module]]:
    """All modules of a tree that can be read."""
    for base, _, names in os.walk(folder):
        for name in names:
            if _MODULE_FILE.search(name):
                path = Path(base, name)
                try:
                    yield path, _read(path)
                except PymodError:
                    continue


def _system_maps(folder: Path, release: str) -> Iterator[Path]:
    root = folder.resolve().parent.parent.parent
    places = (folder / "System.map", root / f"boot/System.map-{release}", root.parent / f"boot/System.map-{release}")
    return filter(Path.is_file, places)
