"""Tests of modtools/emulate/cpu/x86_64/dataflow.py and endless.py: the processor itself tells what depends on what."""

from __future__ import annotations

import contextlib
import random
import struct
from pathlib import Path

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.cpu import watchdog
from modtools.emulate.cpu.x86_64.dataflow import _ONE, _TWO, CELL, flow
from modtools.emulate.cpu.x86_64.names import EFLAGS, NAMES, RIP
from modtools.emulate.guest import Guest
from modtools.emulate.runner import EmulatedRunner
from modtools.errors import Killed
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.runner import End
from modtools.link.memory import PAGE
from modtools.store import Store
from tests.emulated import code
from tests.reference import CHECKOUT

KO = CHECKOUT / "tests/transcripts/ko"
ARITHMETIC = 0x8D5
"""The flags that arithmetic sets: CF, PF, AF, ZF, SF, OF."""
OPCODES = [bytes([number]) for number in _ONE] + [bytes([0x0F, number]) for number in _TWO]
OPCODES += [bytes([number]) for number in (0x80, 0x81, 0x83, 0xF6, 0xF7, 0xFE, 0xFF)]


_SIZE = 2 * PAGE
_CELLS = f"<{_SIZE // CELL}Q"


def _instruction(draw: random.Random) -> bytes:
    """An instruction with a register, or memory at a register with a displacement, and bytes for an immediate."""
    prefix = draw.choice([b"", b"", b"\x66", b"\x66\x48", *(bytes([rex]) for rex in range(0x40, 0x50))])
    mode, place = draw.randrange(4), draw.randrange(8)
    modrm = bytes([mode << 6 | draw.randrange(8) << 3 | place])
    if place == 4 and mode != 3:
        modrm += bytes([0x24])  # at RSP or R12, without an index
    displacement = {0: bytes([draw.randrange(0, 0x80), 1, 0, 0]), 1: bytes([draw.randrange(0x80)])}
    if mode == 1 or (mode == 0 and place == 5):
        modrm += displacement[mode]
    elif mode == 2:
        modrm += displacement[0]
    return prefix + draw.choice(OPCODES) + modrm + draw.randbytes(8)


class Processor:
    """Carries out one instruction, on a page of data."""

    def __init__(self, guest: Guest) -> None:
        self.guest, self.data, self.place = guest, guest.heap.pages(2), code(guest, "90" * 1024)
        self.cells = range(self.data // CELL, (self.data + _SIZE) // CELL)

    def carry_out(self, instruction: bytes, cells: dict[int, int]) -> dict[int, int] | None:
        """Set registers and memory, and return what is in them then; None where that is refused."""
        memory, engine = self.guest.memory, self.guest.engine
        memory.write(self.place, instruction.ljust(1024, b"\x90"))
        self.guest.memory_changed()
        engine.registers = [cells[place] for place in range(len(NAMES))]
        memory.write(self.data, struct.pack(_CELLS, *(cells[cell] for cell in self.cells)))
        if not engine.step(self.place):
            return None
        content = struct.unpack(_CELLS, memory.read(self.data, _SIZE))
        return dict(enumerate(engine.registers)) | dict(zip(self.cells, content, strict=True))


def test_the_processor_changes_what_is_said_by_what_is_said(guest: Guest) -> None:
    """Instructions of all kinds that are known, with random operands: nothing but the cells that are named is changed,
    and another value in a cell that is not named as read changes no result.
    """
    draw, processor, known = random.Random(1), Processor(guest), 0
    for _ in range(1000):
        instruction = _instruction(draw)
        cells = dict(zip(processor.cells, struct.unpack(_CELLS, draw.randbytes(_SIZE)), strict=True))
        cells |= {place: processor.data + PAGE // 2 + draw.randrange(PAGE // 2) for place in range(len(NAMES))}
        cells |= {RIP: processor.place, EFLAGS: 2 | draw.getrandbits(12) & ARITHMETIC}
        frame = [cells[place] for place in range(len(NAMES))]
        if flow(instruction, frame, processor.place) is None or not (after := processor.carry_out(instruction, cells)):
            continue
        found = flow(instruction, frame, after[RIP])
        assert found
        if found.branches:
            assert EFLAGS in found.reads
            continue
        known += 1
        changed = {cell for cell, value in after.items() if cells[cell] != value} - {RIP}
        assert changed <= found.writes | found.parts, instruction.hex()
        other = draw.choice([cell for cell in (*range(16), EFLAGS, *(found.writes - {RIP})) if cell != RIP])
        if other not in found.reads | found.addresses | found.parts:
            varied = cells | {other: cells[other] ^ (ARITHMETIC if other == EFLAGS else draw.getrandbits(64))}
            again = processor.carry_out(instruction, varied)
            assert again
            assert {cell: again[cell] for cell in found.writes} == {cell: after[cell] for cell in found.writes}
    assert known > 300


def _insert(folder: Path, name: str, what: str) -> tuple[str, str]:
    kernel = Store(folder / "state.json").default()
    kernel.runner = EmulatedRunner(kernel, isolated=False)
    path = KO / f"{name}.ko"
    with contextlib.suppress(Killed):
        insert(kernel, path.read_bytes(), f"what={what}", path=str(path))
    return kernel.modules[name].init.how, "\n".join(raw_lines(kernel.log.readable()))


@pytest.mark.parametrize("what", ["counts_until_a_flag", "counts_in_a_register"])
def test_a_loop_that_counts_for_ever_is_a_lockup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Also where it looks at a flag that nobody sets. Sessions have others, and one with a loop within it that ends."""
    monkeypatch.setattr(watchdog, "COUNTING", 0)
    monkeypatch.setattr(watchdog, "_FIRST_LOOK", 1 << 40)
    how, lines = _insert(tmp_path, "hang_count", what)
    assert how == End.STUCK
    assert "soft lockup - CPU#0 stuck for 52s!" in lines


@pytest.mark.parametrize(
    ("name", "what", "last"),
    [
        ("hang_count", "counts_to_an_end", "counted to 40000000"),
        ("busy", "long_loop times=200000", "sum 2830354816"),
        ("busy", "many_calls times=1000", "1000 calls"),
    ],
)
def test_a_loop_that_counts_to_an_end_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str, last: str
) -> None:
    """However soon it is looked at: what it counts is what it asks for."""
    monkeypatch.setattr(watchdog, "COUNTING", 0)
    how, lines = _insert(tmp_path, name, what)
    assert how == End.RETURNED
    assert last in lines.splitlines()[-1]
