"""Whatever stands in a module's code, pymod comes back, and soon."""

from __future__ import annotations

import random
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from modtools.emulate.cpu import watchdog
from modtools.emulate.runner import EmulatedRunner
from modtools.errors import KernelError, Killed
from modtools.formats.elf import ElfFile
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.store import Store
from tests.properties import tried
from tests.reference import CHECKOUT

pytest.importorskip("unicorn")

SEEDS, CASES = 20, tried(100)
ISOLATED = 11
"""One case in so many is run in a process of its own, as commands do it; the others, which would hide neither a crash
nor a mistake in that, in this one, which takes a quarter of the time."""
SECONDS = 20
"""That a single case may take on a machine with other things to do."""
ENDS = [(0, "code-oopsed"), (1, "returned"), (74, "needs"), (86, "code-stuck")]
"""Cases that end in these ways."""
_MODULES = [
    CHECKOUT / "examples" / name
    for name in ("hello_export.ko", "tutorial/thread.ko", "tutorial/work_queue.ko", "tutorial/chardev.ko")
] + [CHECKOUT / "tests/transcripts/ko" / name for name in ("printk_levels.ko", "params_all.ko")]


def mutated(image: bytes, chance: random.Random) -> bytes:
    """A module with one to three bytes of its code changed, none of them where a relocation goes: that is refused."""
    places, out = code_of(image), bytearray(image)
    for _ in range(chance.randint(1, 3)):
        out[chance.choice(places)] = chance.randrange(256)
    return bytes(out)


@cache
def code_of(image: bytes) -> list[int]:
    """Where in a module the bytes of its code lie that no relocation changes."""
    elf, places = ElfFile.open(image), list[int]()
    for section in elf.sections:
        if section.flags & 4 and section.size:
            taken = {offset + byte for offset, *_ in elf.relocations(section) for byte in range(8)}
            places += [section.offset + at for at in range(section.size) if at not in taken]
    return places


def one(folder: Path, image: bytes, *, isolated: bool) -> str:
    """Load and remove a module on a kernel of its own; how it ended."""
    kernel = Store(folder / "state.json").default()
    kernel.runner = EmulatedRunner(kernel, isolated=isolated)
    try:
        loaded = insert(kernel, image)
        kernel.runner.tick(2_000_000_000)
        delete(kernel, loaded.name)
    except KernelError as error:
        return f"errno {error.errno}"
    except Killed as killed:
        return str(killed.causes[0].kind)
    return str(loaded.init.how)


@pytest.fixture(autouse=True)
def _less_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have endless code be given up sooner."""
    monkeypatch.setattr(watchdog, "PATIENCE", 400_000)
    monkeypatch.setattr(watchdog, "TOTAL", 1_600_000)


def case(folder: Path, number: int, *, isolated: bool = False) -> str:
    """How the damaged module of this number ends, whose code is run in this process or in one of its own."""
    image = _MODULES[number % len(_MODULES)].read_bytes()
    return one(folder, mutated(image, random.Random(number)), isolated=isolated)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_damaged_code_never_hangs_or_kills(seed: int, tmp_path: Path) -> None:
    """Modules with damaged code, 2000 where all are tried, are loaded, given time and removed; each ends in a way that
    pymod knows.
    """
    ends = Counter[str]()
    for number in range(seed * 100, seed * 100 + CASES):
        before = time.monotonic()
        ends[case(tmp_path, number, isolated=not number % ISOLATED)] += 1
        assert time.monotonic() - before < SECONDS, f"case {number}"
    assert {"returned", "code-oopsed"} <= ends.keys(), ends


@pytest.mark.parametrize(("number", "end"), ENDS)
def test_damaged_code_ends_in_every_way(number: int, end: str, tmp_path: Path) -> None:
    """Among them are modules that load, that oops, that never come to an end, and that need what pymod has not."""
    assert case(tmp_path, number, isolated=True) == end


def test_a_call_without_a_stack_is_an_oops(tmp_path: Path) -> None:
    """Code that jumps to a kernel's function with a stack pointer that leads nowhere is killed, wherever it is run."""
    assert case(tmp_path, 724) == case(tmp_path, 724, isolated=True) == "code-oopsed"
