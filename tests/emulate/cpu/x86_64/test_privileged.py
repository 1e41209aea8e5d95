"""Single instructions do what they did on the recorded machine.

`tests/data/instructions`, made with `tests/data/insn.c`.

A recording is in the format of the transcripts: each command inserts `insn.ko`, which carries out one instruction and
tells what is in the registers. Compared are the log, but for registers and stack, and how the command ended.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.guest import Guest
from modtools.emulate.runner import EmulatedRunner
from modtools.errors import KernelError, Killed
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.emulated import code
from tests.reference import CHECKOUT

KO = CHECKOUT / "tests/data/insn.ko"
RECORDED = sorted((CHECKOUT / "tests/data/instructions").glob("*.t"))
NOT_KNOWN = frozenset(
    "iret iretbad lret lcallbad movdsbad movss popf_tf lar lsl lslcpu verr swapgs wdr0 wcr0bad wcr0wp "
    "rcr2 rcr3 wcr2 wcr3 rdmsr-0xc0000100 int-20 int-21 int-22 int-23 int-24 int-25 int-26 int-27 int-28 int-29 int-30 "
    "int-31 int-free int-free-high ssnoncanon".split()
)
"""What the run stops for, and names: the other recordings must be equal."""
DIFFERENT = frozenset("sse4a vzeroupper unalignedsse".split())
"""What Unicorn carries out though the machine refuses it, in code that kernels do not have (docs/running.md)."""
DUMP = re.compile(
    r"<\d>(CPU: |Hardware name: |RIP: |Code: |RSP: |R[A-Z0-9]{2}: |FS: |CS: |CR2: |Call Trace:| </?(TASK|#DB)>"
    r"| (\? )?(0x)?[\w.]+(\+0x[0-9a-f]+/0x[0-9a-f]+)?( \[\w+\])?$|---\[ end |Modules linked in:|note: |.*taint)"
)
ADDRESS = re.compile(r"(0x)?ffffffffc0[0-9a-f]{6}|(?<=rdseed: rax=)[0-9a-f]+")


class Command(NamedTuple):
    """An insertion: the module's parameters, the lines of the log, the exit status."""

    arguments: str
    log: list[str]
    status: int


def commands(path: Path) -> list[Command]:
    """The commands of a recording."""
    found: list[Command] = []
    for line in path.read_text().splitlines():
        if line.startswith("  $ insmod insn.ko "):
            found.append(Command(line.removeprefix("  $ insmod insn.ko "), [], 0))
        elif line.startswith("  k|"):
            found[-1].log.append(line[4:])
        elif re.fullmatch(r"  \[\d+\]", line):
            found[-1] = found[-1]._replace(status=int(line[3:-1]))
    return found


def plain(lines: list[str]) -> list[str]:
    """Without registers and stack, and without what varies."""
    return [ADDRESS.sub("<addr>", line) for line in lines if not DUMP.match(line) and line != "<...>"]


def play(kernel: Kernel, arguments: str) -> tuple[list[str], int]:
    """The same here: what is logged, and the exit status."""
    kernel.log.clear()
    try:
        insert(kernel, KO.read_bytes(), arguments, path=str(KO))
        status = 0
    except KernelError:
        status = 1
    except Killed as killed:
        status = 128 + killed.number
    return plain(list(raw_lines(kernel.log.records))), status


def boot(folder: Path) -> Kernel:
    """A kernel just booted."""
    kernel = Store(folder / "state.json").default()
    kernel.runner = EmulatedRunner(kernel, isolated=False)
    return kernel


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_an_instruction_does_what_it_did_on_the_recorded_machine(tmp_path: Path, path: Path) -> None:
    """To the register and to the line; or, where it is listed as not known, the run stops and says what it needs."""
    kernel = boot(tmp_path)
    for command in commands(path):
        found = play(kernel, command.arguments)
        if path.stem in NOT_KNOWN and "insn" in kernel.modules and kernel.modules["insn"].init.how == End.NEEDS:
            return
        assert (found == (plain(command.log), command.status)) == (path.stem not in DIFFERENT), (
            command.arguments,
            found,
        )
    assert path.stem not in NOT_KNOWN


def test_random_numbers_are_the_machines_own(tmp_path: Path) -> None:
    """RDSEED, RDRAND and get_random_bytes() take from one sequence, which is the same after each boot and goes on."""
    texts = []
    for _ in range(2):
        kernel = boot(tmp_path)
        texts.append([play(kernel, "what=rdseed")[0] and kernel.log.records[-1].text for _ in range(3)])
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 3


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("syscall", "SYSCALL"),
        ("sysretq", "SYSRET"),
        ("wcr4bad", "CR4 = 0x10000000000006f0"),
        ("swapgs1", "SWAPGS"),
        ("wrmsr0 n=0xc0000082", "MSR 0xc0000082 = 0x0"),
        ("rdmsr n=0xc0000101", "MSR 0xc0000101"),
        ("int n=128", "int 0x80"),
        ("int n=248", "int 0xf8"),
    ],
)
def test_what_takes_the_machine_away_stops_the_run_and_is_named(tmp_path: Path, what: str, named: str) -> None:
    """The recorder lost the real machine with these, or their answer varies."""
    kernel = boot(tmp_path)
    assert play(kernel, f"what={what}")[1] == 0
    assert kernel.modules["insn"].init.how == End.NEEDS
    assert kernel.modules["insn"].init.detail == named


def test_a_breakpoint_is_the_end_of_the_machine(tmp_path: Path) -> None:
    """Linux dies in an interrupt then, and panics: as its console showed, for the recorder found nobody to ask."""
    for what in ("int3", "int3long"):
        log, status = play(boot(tmp_path), f"what={what}")
        assert log[0] == "<4>int3: 0000 [#1] PREEMPT SMP NOPTI"
        assert "<0>Kernel panic - not syncing: Fatal exception in interrupt" in log
        assert status == 137


def test_a_halt_without_interrupts_is_for_ever(tmp_path: Path) -> None:
    """`cli; hlt`: nothing will ever happen on that machine again, and nobody is left to log it."""
    kernel = boot(tmp_path)
    assert play(kernel, "what=clihlt") == ([], 137)
    assert kernel.modules["insn"].init.how == End.STUCK


@pytest.mark.parametrize(
    ("guest", "expected"), [("debian-12", 0xFFFFFFFF81C00080), ("debian-13", 0xFFFFFFFF81E00080)], indirect=["guest"]
)
def test_system_calls_go_where_the_kernel_has_them(guest: Guest, expected: int) -> None:
    """The register that tells it is read as the address in the kernel's own table of symbols."""
    read = code(guest, "b9820000c0 0f32 48c1e220 4809d0 c3".replace(" ", ""))  # mov, rdmsr, shl, or, ret
    assert guest.call(read) == expected
