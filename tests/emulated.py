"""A kernel that modules' code can be run in, inside a test."""

from __future__ import annotations

from pathlib import Path

from modtools.emulate.guest import Guest
from modtools.emulate.runner import EmulatedRunner
from modtools.kernel.log import raw_lines
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE
from modtools.store import Store


def boot(state: Path) -> Guest:
    """A kernel just booted, which runs code in this process."""
    kernel = Store(state).default()
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
