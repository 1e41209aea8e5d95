"""Finding the instructions that are not left to the processor, which would do them with a state of its own.

A page is looked through when code on it is first run. Where two bytes might be such an opcode, the processor is stopped
if an instruction begins there; bytes in the middle of another instruction cost nothing but the look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import unicorn

from modtools.emulate.cpu.x86_64.decoding import LONGEST, PREFIXES, REX
from modtools.emulate.cpu.x86_64.privileged import OPCODES, is_privileged
from modtools.link.memory import PAGE, Memory


class Watched:
    """The addresses at which an engine is stopped because somebody watches them; `met` says that it was stopped there,
    `passing` is the one that it goes on from.
    """

    def __init__(self, engine: Any) -> None:
        self.met, self.passing = False, 0
        self._engine = engine
        self._hooks: dict[int, int] = {}

    def set(self, places: Collection[int]) -> None:
        """Watch these places and no other."""
        for place in [place for place in self._hooks if place not in places]:
            self._engine.hook_del(self._hooks.pop(place))
        for place in places:
            if place not in self._hooks:
                self._hooks[place] = self._engine.hook_add(unicorn.UC_HOOK_CODE, self._stop, None, place, place)

    def _stop(self, engine: Any, address: int, _size: int, _data: object) -> None:
        if address == self.passing:
            self.passing = 0
        else:
            self.met = True
            engine.emu_stop()


class Traps:
    """The places of one engine at which it is stopped; `met` says that it was stopped at one."""

    def __init__(self, engine: Any, memory: Memory) -> None:
        self.met = False
        self._engine, self._memory = engine, memory
        self._pages: set[int] = set()
        self._places: set[int] = set()

    def forget(self) -> None:
        """Have all pages looked through again, because code was changed."""
        self._pages.clear()

    def look(self, page: int) -> None:
        """Look through a page whose code is about to be run."""
        if page in self._pages:
            return
        self._pages.add(page)
        size = PAGE + 1 if self._memory.mapped(page + PAGE) else PAGE
        code = self._memory.read(page, size)
        for at in _places(code):
            self._trap(page + at)

    def _trap(self, place: int) -> None:
        if place not in self._places:
            self._places.add(place)
            self._engine.hook_add(unicorn.UC_HOOK_CODE, self._stop, None, place, place)

    def _stop(self, engine: Any, address: int, _size: int, _data: object) -> None:
        if is_privileged(code_at(self._memory, address)):
            self.met = True
            engine.emu_stop()


def code_at(memory: Memory, address: int) -> bytes:
    """Return the bytes of the longest instruction that may be at an address."""
    size = LONGEST if memory.mapped(address, LONGEST) else PAGE - address % PAGE
    return memory.read(address, size)


def _places(code: bytes) -> Iterator[int]:
    """Yield where an instruction may begin that has one of the opcodes: at it, or at a prefix before it."""
    for opcode in OPCODES:
        at = code.find(opcode)
        while at >= 0:
            yield at
            first = at - 1 if at and code[at - 1] in REX else at
            if first != at:
                yield first
            while first > 0 and code[first - 1] in PREFIXES and at - first < LONGEST:
                first -= 1
                yield first
            at = code.find(opcode, at + 1)
