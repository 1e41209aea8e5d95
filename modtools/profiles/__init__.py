"""Built-in kernel profiles, so that the first `insmod` on a fresh machine has a kernel to talk to.

A profile is a folder beside this file, made from a kernel package by `python -m tools.profile`, and compared with it
by a test:

    kernel.json       what the kernel is: release, vermagic, the text of /proc/version, build options; its hardware
    exports.bin       the symbols that it exports (layout: exports.py)
    kallsyms.bin      all of its symbols, exported or not, as /proc/kallsyms has them (layout: kallsyms.py)
    builtin.json      /sys/module of what is compiled in: version, and each parameter's [type, value, permissions]
    structs.jsonl     the layouts of its structures that the emulator uses (layout: structures.py)
    prototypes.bin    the C declarations of the functions among the exports (layout: prototypes.py)
    certificates.pem  the certificates whose keys it trusts when it looks at a module's signature

Each file is read, and what reads it imported, only when it is asked for, so that `pymod lsmod` starts sooner.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from modtools.errors import PymodError

if TYPE_CHECKING:
    from modtools.profiles.exports import ExportTable
    from modtools.profiles.hardware import Hardware
    from modtools.profiles.structures import Structures

__all__ = ["DEFAULT", "BuiltinModule", "BuiltinParameter", "Profile", "load", "names"]

DEFAULT = "debian-6.1.0-56-amd64"
"""The kernel that is booted when nothing else was."""

_FOLDER = Path(__file__).parent


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

    `machine` is as `uname -m` says it, `machine_kind` the name of the `hardware`. `config` maps a build option without
    CONFIG_ to "y", "m", "n" or its value.
    """

    name: str
    title: str
    release: str
    machine: str
    vermagic: str
    version: str
    cmdline: str
    config: Mapping[str, str]
    folder: Path
    machine_kind: str
    alias: str = ""

    @cached_property
    def exports(self) -> ExportTable:
        """Return the symbols that the kernel proper exports."""
        from modtools.profiles.exports import decode  # start-up: lsmod asks for no symbol

        return decode((self.folder / "exports.bin").read_bytes())

    @cached_property
    def kallsyms(self) -> list[tuple[int, str, str]]:
        """Return address, letter and name of all symbols of the kernel proper, in the order of /proc/kallsyms."""
        from modtools.profiles import kallsyms

        return kallsyms.decode((self.folder / "kallsyms.bin").read_bytes())

    @cached_property
    def builtin(self) -> Mapping[str, BuiltinModule]:
        """Return the folders of /sys/module that have parameters or a version before anything was loaded."""
        return {
            name: BuiltinModule(
                tuple(
                    BuiltinParameter(parameter, kind, value, int(mode, 8))
                    for parameter, (kind, value, mode) in facts["parameters"].items()
                ),
                facts.get("version"),
            )
            for name, facts in json.loads((self.folder / "builtin.json").read_text("utf-8")).items()
        }

    @property
    def hardware(self) -> Hardware:
        """Return the machine that the kernel runs on."""
        from modtools.profiles.hardware import MACHINES

        return MACHINES[self.machine_kind]

    @cached_property
    def structures(self) -> Structures:
        """Return the layouts of the kernel's structures, as far as the emulator uses them."""
        from modtools.profiles.structures import Structures

        return Structures((self.folder / "structs.jsonl").read_text("ascii"))

    @cached_property
    def prototypes(self) -> Mapping[str, str]:
        """Return the C declarations of exported functions by name, as "int param_get_int(char *buffer, ...)" is one."""
        from modtools.profiles import prototypes

        return prototypes.decode((self.folder / "prototypes.bin").read_bytes())

    @cached_property
    def certificates(self) -> tuple[bytes, ...]:
        """Return the X.509 certificates (DER) that the kernel was built with."""
        from base64 import b64decode

        blocks = (self.folder / "certificates.pem").read_text("ascii").split("-----BEGIN CERTIFICATE-----")[1:]
        return tuple(b64decode(block.partition("-----END")[0]) for block in blocks)


def names() -> tuple[str, ...]:
    """Return the names of all profiles."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob("*/kernel.json")))


def load(name: str = DEFAULT) -> Profile:
    """Return the profile of this name or alias. Raises PymodError, with the names that there are, for another."""
    if name in names():
        return _load(name)
    for full in names():
        if name == _load(full).alias != "":
            return _load(full)
    raise PymodError(f"there is no kernel profile {name!r}, only {', '.join(names())}")


@cache
def _load(name: str) -> Profile:
    facts = json.loads((_FOLDER / name / "kernel.json").read_text("utf-8"))
    return Profile(
        name=name,
        title=facts["title"],
        release=facts["release"],
        machine=facts["machine"],
        vermagic=facts["vermagic"],
        version=facts["version"],
        cmdline=facts["cmdline"],
        config=facts["config"],
        folder=_FOLDER / name,
        machine_kind=facts["hardware"],
        alias=facts["alias"],
    )
