"""A kernel that modules' code can be run in, inside a test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from modtools import profiles
from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols.registry import Function, find
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.modules import LoadedModule
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE, Memory
from modtools.profiles import archive
from modtools.store import Store, booted, identity_of, sources_of
from tests.inits.replay import new_kernel
from tests.running import KO

BASE = address_space.PAGE_OFFSET
"""Where the memory of `plain()` lies."""


both_kernels = pytest.mark.parametrize("guest", ["debian-12", "debian-13"], indirect=True)
"""A test that holds for each built-in kernel."""


def boot(state: Path, profile: str = profiles.DEFAULT) -> Guest:
    """The kernel of a profile just booted, which runs code in this process."""
    kernel = Store(state).of_profile(profile)
    kernel.runner = runner = EmulatedRunner(kernel, isolated=False)
    return runner.guest


def boot_profile(name: str) -> Guest:
    """The kernel of a profile just booted, which runs code in this process."""
    kernel = new_kernel(name)
    kernel.runner = runner = EmulatedRunner(kernel, isolated=False)
    return runner.guest


def log(guest: Guest) -> list[str]:
    """All messages."""
    return list(raw_lines(guest.kernel.log.readable()))


def code(guest: Guest, machine_code: str) -> int:
    """The address of some machine code."""
    place = guest.heap.pages(1)
    guest.memory.write(place, bytes.fromhex(machine_code))
    guest.memory.protect(place, PAGE, READ | WRITE | EXECUTE)
    guest.memory_changed()
    return place


def noting(guest: Guest, result: int = 0) -> tuple[int, Callable[[], list[tuple[int, int]]]]:
    """The address of a function that returns this, and what tells the first two arguments of each call of it.

    mov rax, NOTES; mov r8, [rax]; mov [rax+r8+8], rdi; mov [rax+r8+16], rsi; add r8, 16; mov [rax], r8;
    mov rax, RESULT; ret.
    """
    notes = guest.heap.pages(1)
    load = "48b8" + notes.to_bytes(8, "little").hex()
    value = "48b8" + (result % (1 << 64)).to_bytes(8, "little").hex()
    function = code(guest, load + "4c8b00 4a897c0008 4a89740010 4983c010 4c8900" + value + "c3")

    def told() -> list[tuple[int, int]]:
        size = guest.memory.u64(notes)
        return [(guest.memory.u64(notes + at + 8), guest.memory.u64(notes + at + 16)) for at in range(0, size, 16)]

    return function, told


def inserted(guest: Guest, name: str) -> LoadedModule:
    """A module of the recordings, just loaded."""
    insert(guest.kernel, (KO / f"{name}.ko").read_bytes(), path=f"{name}.ko")
    return guest.kernel.modules[name]


def plain() -> Any:
    """As much of a kernel as functions need that only use memory."""
    memory = Memory(((BASE, 16 * PAGE),))
    memory.map(BASE, 2 * PAGE, READ | WRITE)
    effort = SimpleNamespace(spend=lambda _units: None)
    structures = profiles.load().structures
    return SimpleNamespace(memory=memory, bounded=lambda size: size, effort=effort, structures=structures)


def call(guest: Guest, name: str, *arguments: Any) -> Any:
    """What a kernel function does with its arguments."""
    entry = find(name)
    assert isinstance(entry, Function), name
    assert len(entry.signature.parameters) + entry.signature.variadic == len(arguments), name
    return entry.handler(guest, *arguments)


def words(guest: Guest, *values: int) -> int:
    """The address of some words."""
    place = guest.heap.kmalloc(8 * len(values))
    for number, value in enumerate(values):
        guest.memory.put(place + 8 * number, value, 8)
    return place


def caller(guest: Guest, data: bytes) -> int:
    """Memory of the calling program's with this in it."""
    if not guest.memory.mapped(address_space.USER):
        guest.memory.map(address_space.USER, PAGE, READ | WRITE)
    guest.memory.write(address_space.USER, data)
    return address_space.USER


def boot_altered(name: str, *, memory: profiles.Extent, exports: bytes, structures: str) -> Guest:
    """A kernel that differs from the one of a built-in profile in where it lies, what it exports, its structures."""
    base = profiles.load(name)
    facts = json.loads(base.files.read("kernel.json") or b"") | {"memory": list(map(hex, memory))}
    files = {file: data for file in profiles.FILES if (data := base.files.read(file)) is not None}
    files |= {"exports.bin": exports, "structs.jsonl": structures.encode()}
    profile = profiles.of_archive("altered", archive.pack(facts, files))
    kernel = booted(identity_of(profile, "a test"), sources_of(lambda: profile))
    kernel.runner = runner = EmulatedRunner(kernel, isolated=False)
    return runner.guest
