"""Kernel profiles: those that come with pymod, and those that a person has saved.

A built-in profile is a folder beside this file, made from a kernel package by `python -m tools.profile`, and compared
with it by a test. A saved one is an archive with the same files (archive.py), as far as they are known:

    kernel.json       what the kernel is: release, vermagic, the text of /proc/version, build options; its hardware
    exports.bin       the symbols that it exports (layout: exports.py)
    kallsyms.bin      all of its symbols, exported or not, as /proc/kallsyms has them (layout: kallsyms.py)
    builtin.json      /sys/module of what is compiled in: version, and each parameter's [type, value, permissions]
    structs.jsonl     the layouts of its structures that the emulator uses (layout: structures.py)
    prototypes.bin    the C declarations of the functions among the exports (layout: prototypes.py)
    types.btf         its BTF as the kernel shows it (layout: types.py); built-in profiles are without
    bugs.bin          the places in its code that are a WARN() or a BUG() (layout: bugs.py)
    tasks.tsv         the tasks that there are after boot: a `BootTask` in each row; a recording tells them
    certificates.pem  the certificates whose keys it trusts when it looks at a module's signature

kernel.json of a saved one also has `unknown`, the facts (kernel/facts.py) that nobody told completely, `sources`, which
file told which fact, and `notes` on what could not be read.

Each file is read, and what reads it imported, only when it is asked for, so that `pymod lsmod` starts sooner.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from modtools.default import DEFAULT
from modtools.errors import FormatError, PymodError
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.profiles.bugs import Place
    from modtools.profiles.exports import ExportTable
    from modtools.profiles.hardware import Hardware
    from modtools.profiles.structures import Structures

__all__ = [
    "BOUNDS",
    "DEFAULT",
    "BuiltinModule",
    "BuiltinParameter",
    "Extent",
    "Files",
    "Profile",
    "builtin_modules",
    "is_name",
    "load",
    "names",
    "of_archive",
    "read_saved",
    "save",
]

SUFFIX = ".pymod-kernel"
"""What the file of a saved profile is called, after its name."""

FILES: Mapping[str, tuple[str, ...]] = {
    "exports.bin": ("symbols", "crcs", "gpl", "namespaces", "addresses"),
    "kallsyms.bin": ("kallsyms",),
    "builtin.json": ("builtin",),
    "structs.jsonl": ("structures",),
    "prototypes.bin": ("prototypes",),
    "certificates.pem": ("keys",),
    "types.btf": (),
    "bugs.bin": (),
    "tasks.tsv": (),
}
"""A profile's files, and the facts (`kernel/facts.py`) that are not known of a kernel without them."""

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,99}")


class Files(Protocol):
    """Where a profile's files are read from."""

    def read(self, name: str, /) -> bytes | None:
        """Return what a file has, None where there is no such file."""

    def has(self, name: str, /) -> bool:
        """Return whether there is such a file."""


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str, /) -> bytes | None:
        """Return what a file of the folder has, None where there is no such file."""
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str, /) -> bool:
        """Return whether there is such a file."""
        return (self._path / name).is_file()


class Extent(NamedTuple):
    """Where in memory the kernel proper begins and ends, its code ends, and its per-cpu variables begin and end.

    The addresses are those of `_text`, `_end`, `_etext`, `__per_cpu_start` and `__per_cpu_end`; 0 for what is not told.
    """

    begin: int
    end: int
    text_end: int = 0
    per_cpu: int = 0
    per_cpu_end: int = 0


BOUNDS = ("_text", "_end", "_etext", "__per_cpu_start", "__per_cpu_end")
"""The symbols that tell an `Extent`, in the order of its fields."""


class BootTask(NamedTuple):
    """A task that is there after boot: its number, flags and state (`include/linux/sched.h`), policy of scheduling,
    priority as set and as it is, the signal that its parent gets at its end, and its name.
    """

    pid: int
    flags: int
    state: int
    policy: int
    static_prio: int
    prio: int
    exit_signal: int
    name: str


class BuiltinParameter(NamedTuple):
    """A file under /sys/module/MODULE/parameters of a module that is compiled in.

    `type` is as module_param() has it ("bool", "array of int"), "" where the module brings its own functions. `value`
    is what the kernel's image holds, without a newline; None where only running code could say. `mode`: permissions.
    """

    name: str
    type: str
    value: str | None
    mode: int


class BuiltinModule(NamedTuple):
    """A folder of /sys/module that is there without anything being loaded; parameters by name."""

    parameters: tuple[BuiltinParameter, ...]
    version: str | None


@dataclass(frozen=True)
class Profile:
    """A kernel: `vermagic` ends in a blank, `version` is the text of /proc/version without its newline,
    `alias` a short name.

    `machine` is as `uname -m` says it, `machine_kind` the name of the `hardware`, "" for a machine that no code is run
    on. `config` maps a build option without CONFIG_ to "y", "m", "n" or its value. `memory` is where the kernel proper
    lies. What a saved kernel's files do not tell is empty here. `untold` are the facts that its kernel.json
    calls unknown, `sources` says which file told which fact, `notes` what could not be read.
    """

    name: str
    title: str
    release: str
    machine: str
    vermagic: str
    version: str
    cmdline: str
    config: Mapping[str, str]
    files: Files
    machine_kind: str
    alias: str = ""
    memory: Extent | None = None
    untold: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def unknown(self) -> frozenset[str]:
        """Return the facts (`kernel/facts.py`) that are not known of the kernel, or not completely."""
        missing = (facts for name, facts in FILES.items() if not self.has(name))
        return frozenset(self.untold).union(*missing)

    def is_of(self, release: str, machine: str) -> bool:
        """Return whether this is the kernel of that release and machine, whose symbols may come from elsewhere."""
        return (self.release, self.machine) == (release, machine)

    @cached_property
    def exports(self) -> ExportTable:
        """Return the symbols that the kernel proper exports."""
        from modtools.profiles.exports import decode, encode  # start-up: lsmod asks for no symbol

        return decode(self.files.read("exports.bin") or encode(()))

    @cached_property
    def kallsyms(self) -> list[tuple[int, str, str]]:
        """Return address, letter and name of all symbols of the kernel proper, in the order of /proc/kallsyms."""
        from modtools.profiles import kallsyms

        data = self.files.read("kallsyms.bin")
        return [] if data is None else kallsyms.decode(data)

    @cached_property
    def builtin(self) -> Mapping[str, BuiltinModule]:
        """Return the folders of /sys/module that have parameters or a version before anything was loaded."""
        return builtin_modules(self._text("builtin.json") or "{}")

    @cached_property
    def bugs(self) -> list[Place]:
        """Return the places in the kernel's code that are a WARN() or a BUG(); none where they are not known."""
        from modtools.profiles import bugs

        data = self.files.read("bugs.bin")
        return [] if data is None else bugs.decode(data)

    @cached_property
    def tasks(self) -> tuple[BootTask, ...]:
        """Return the threads of the kernel's own, and process 1, as they are after boot; none where not known."""
        rows = (line.split("\t") for line in self._text("tasks.tsv").splitlines())
        return tuple(_task(*row) for row in rows)

    @property
    def hardware(self) -> Hardware:
        """Return the machine that the kernel runs on."""
        from modtools.profiles.hardware import MACHINES

        return MACHINES[self.machine_kind]

    @cached_property
    def structures(self) -> Structures:
        """Return the layouts of the kernel's structures, as far as the emulator uses them."""
        from modtools.profiles.structures import Structures

        return Structures(self._text("structs.jsonl"))

    @cached_property
    def prototypes(self) -> Mapping[str, str]:
        """Return the C declarations of exported functions by name, as "int param_get_int(char *buffer, ...)" is one."""
        from modtools.profiles import prototypes

        data = self.files.read("prototypes.bin")
        return {} if data is None else prototypes.decode(data)

    @cached_property
    def types(self) -> bytes | None:
        """Return the kernel's own BTF, None where it is not kept. Raises FormatError where it is damaged."""
        from modtools.profiles import types

        data = self.files.read("types.btf")
        return None if data is None else types.decode(data)

    @cached_property
    def certificates(self) -> tuple[bytes, ...]:
        """Return the X.509 certificates (DER) that the kernel was built with."""
        from base64 import b64decode

        blocks = self._text("certificates.pem").split("-----BEGIN CERTIFICATE-----")[1:]
        return tuple(b64decode(block.partition("-----END")[0]) for block in blocks)

    def has(self, name: str) -> bool:
        """Return whether there is such a file: without it, what it would tell is not known."""
        return self.files.has(name)

    def _text(self, name: str) -> str:
        return (self.files.read(name) or b"").decode("utf-8", "surrogateescape")


def _task(pid: str, flags: str, state: str, policy: str, priority: str, now: str, signal: str, name: str) -> BootTask:
    return BootTask(int(pid), int(flags, 16), int(state, 16), int(policy), int(priority), int(now), int(signal), name)


def builtin_modules(text: str) -> dict[str, BuiltinModule]:
    """Return what a builtin.json says. Raises FormatError for other text."""
    try:
        return {
            name: BuiltinModule(
                tuple(
                    BuiltinParameter(parameter, kind, value, int(mode, 8))
                    for parameter, (kind, value, mode) in facts["parameters"].items()
                ),
                facts.get("version"),
            )
            for name, facts in json.loads(text).items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise FormatError(f"the list of what is built in is damaged: {error}") from error


def names(saved: Path | None = None) -> tuple[str, ...]:
    """Return the names of all profiles, with those in the folder of saved ones."""
    found = [path.parent.name for path in _FOLDER.glob("*/kernel.json")]
    with suppress(OSError):
        found += [path.name.removesuffix(SUFFIX) for path in saved.iterdir() if _is_saved(path)] if saved else []
    return tuple(sorted(found))


def _is_saved(path: Path) -> bool:
    return path.name.endswith(SUFFIX) and bool(_NAME.fullmatch(path.name.removesuffix(SUFFIX)))


def is_name(word: str, saved: Path | None = None) -> bool:
    """Return whether a profile has this name or alias, also one in the folder of saved ones."""
    return word in names(saved) or any(word == _load(full).alias != "" for full in names())


def load(name: str = DEFAULT, saved: Path | None = None) -> Profile:
    """Return the profile of this name or alias, also one in the folder of saved ones.

    Raises PymodError, with the names that there are, for another, and where a saved one cannot be read.
    """
    built_in = names()
    if name in built_in:
        return _load(name)
    for full in built_in:
        if name == _load(full).alias != "":
            return _load(full)
    if saved and name in names(saved):
        return of_archive(name, read_saved(name, saved))
    raise PymodError(f"there is no kernel profile {name!r}, only {', '.join(names(saved))}")


def read_saved(name: str, saved: Path) -> bytes:
    """Return the archive of a saved profile. Raises PymodError where it cannot be read, or is damaged."""
    from modtools import hostfile
    from modtools.profiles.archive import LARGEST

    path = saved / (name + SUFFIX)
    try:
        data = hostfile.read(path, LARGEST, follow=False)
        of_archive(name, data)
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    except FormatError as error:
        raise PymodError(f"{path} is no saved kernel, or is damaged: {error}") from error
    return data


def of_archive(name: str, data: bytes) -> Profile:
    """Return the profile in an archive. Raises FormatError for what is none."""
    from modtools.profiles.archive import Archive

    return _made(name, Archive(data))


def save(name: str, data: bytes, saved: Path, *, force: bool = False) -> Path:
    """Keep an archive in the folder of saved profiles, by `force` in the place of one with this name; return its file.

    Raises PymodError for a name that cannot be one or that another profile has, and where it cannot be written.
    """
    from modtools import hostfile

    if not _NAME.fullmatch(name):
        raise PymodError(
            f"{name!r} cannot name a kernel: use letters, digits and . _ + ~ -, beginning with one of the first two"
        )
    if name in names() or any(name == _load(full).alias for full in names()):
        raise PymodError(f"{name!r} is a built-in kernel; take another name")
    of_archive(name, data)
    path = saved / (name + SUFFIX)
    if not force and (path.is_symlink() or path.exists()):
        raise PymodError(f"{name!r} is saved already, as {path}; take another name, or replace it with --force")
    try:
        saved.mkdir(parents=True, exist_ok=True)
        hostfile.replace(path, data)
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    return path


@cache
def _load(name: str) -> Profile:
    return _made(name, _Folder(_FOLDER / name))


def _made(name: str, files: Files) -> Profile:
    """Return the profile with these files. Raises FormatError where kernel.json is missing or damaged."""
    try:
        facts = json.loads(files.read("kernel.json") or b"")
        texts = {key: str(facts[key]) for key in ("title", "release", "machine", "vermagic", "version", "cmdline")}
        config = {str(option): str(value) for option, value in facts["config"].items()}
        hardware, alias = str(facts["hardware"]), str(facts["alias"])
        untold, notes = (tuple(map(str, facts.get(key, ()))) for key in ("unknown", "notes"))
        sources = {str(fact): str(source) for fact, source in facts.get("sources", {}).items()}
        memory = Extent(*(int(address, 16) for address in facts.get("memory", ("0x0", "0x0"))))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise FormatError(f"the kernel's kernel.json is missing or damaged: {error}") from error
    return Profile(
        name=name,
        **texts,
        config=config,
        files=files,
        machine_kind=hardware,
        alias=alias,
        memory=memory if memory.begin < memory.end else None,
        untold=untold,
        sources=sources,
        notes=notes,
    )
