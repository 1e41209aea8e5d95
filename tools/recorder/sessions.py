"""Record sessions: run the commands of .t files in a guest, and write what they print into the files.

A file that says the same as before is left as it was. Addresses, process ids and other values that vary, as
tests/transcripts/WILDCARDS has them, may differ.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.transcripts.compare import difference, load_wildcards
from tests.transcripts.format import GAP, HUNG, Scenario, Step, load, render
from tests.transcripts.world import World
from tools.recorder import guest, ringbuffer
from tools.recorder.kernels import Recorded
from tools.recorder.machine import GuestStopped, Kind, Machine

CMDLINE = "loglevel=1 quiet nokaslr tsc=unstable clocksource=hpet"
_SIGNS = re.compile(r"<0>watchdog: BUG|<3>INFO: task .* blocked|<0>---\[ end Kernel panic")
_PATIENCE, _STEP = 250, 10
"""Seconds that a command which is going to hang is waited for, until the kernel's log has one of the signs of that."""
_SERIAL = ("-nodefaults", "-device", "isa-serial,chardev=port,index=0,iobase=0x3f8,irq=4")

# Lines that tell of the host's load, or of devices.
_NOISE = re.compile(
    r"<\d+>(random:|clocksource:|perf:|sched_clock:|hrtimer:|rcu: INFO|Clocksource|systemd|e1000 "
    r"|input: .* as /devices/platform/)"
)
# Lines of registers and of the stack, which differ from boot to boot.
_DUMP = re.compile(
    r"<\d+>(CPU: |Hardware name: |RIP: |Code: |RSP: |R[A-Z0-9]{2}: |R\d\d: |FS: |CS: |CR2: |DR\d: |PGD |Call Trace:"
    r"| </?(TASK|IRQ)>| (\? )?([\w.]+\+0x[0-9a-f]+/0x[0-9a-f]+|0x[0-9a-f]{16}$)|---\[ end |Modules linked in:|PKRU"
    r"| [a-z]+ tramp|ftrace record|Initializing ftrace| actual:| expected:)"
)


def kind(kernel: Recorded, cmdline: str) -> Kind:
    """The guest of a session; `cmdline` has extra words of the kernel's command line."""
    return Kind(kernel, 256, f"{CMDLINE} {cmdline}".strip(), _SERIAL)


def record_all(files: Sequence[Path], kernel: Recorded, jobs: int) -> int:
    """Record each file on a kernel, tell what became of it, and return the exit status of the command."""
    if not files:
        print("there are no scenarios of that name", file=sys.stderr)
        return 2
    initrd = guest.for_sessions(kernel).encode()
    with ThreadPoolExecutor(jobs) as pool:
        failed = sum(pool.map(lambda part: _record_part(part, kernel, initrd), _parts(files, jobs)))
    print(f"{len(files) - failed} recorded, {failed} failed")
    return int(failed > 0)


def _parts(files: Sequence[Path], jobs: int) -> list[list[Path]]:
    """The files in as many lists, those that want the same command line together."""
    ordered = sorted(files, key=lambda file: load(file).cmdline)
    size = -(-len(ordered) // jobs)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def _record_part(files: Iterable[Path], kernel: Recorded, initrd: bytes) -> int:
    """Record some files one after the other; return how many failed."""
    failed = 0
    with _Guests(kernel, initrd) as guests:
        for file in files:
            before = load(file)
            try:
                now = record(guests.fresh(before.cmdline), before)
            except GuestStopped as stopped:
                if str(stopped) != "hung":  # the next one finds the guest as it was saved
                    guests.close()
                failed += 1
                print(f"failed {file.stem}: the guest is {stopped}", flush=True)
            else:
                print(_keep(file, before, now, kernel), flush=True)
    return failed


class _Guests:
    """A guest as it is after its boot, again and again; another one only for other words of the command line."""

    def __init__(self, kernel: Recorded, initrd: bytes) -> None:
        self._kernel, self._initrd = kernel, initrd
        self._machines: dict[str, Machine] = {}

    def __enter__(self) -> _Guests:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the guest that there is."""
        while self._machines:
            self._machines.popitem()[1].close()

    def fresh(self, cmdline: str) -> Machine:
        """A guest where nothing was done yet."""
        if cmdline not in self._machines:
            self.close()
            self._machines[cmdline] = Machine(kind(self._kernel, cmdline), self._initrd)
            self._machines[cmdline].save()
        self._machines[cmdline].restore()
        return self._machines[cmdline]


def record(machine: Machine, scenario: Scenario) -> Scenario:
    """The scenario with what its commands do in a guest. Raises GuestStopped."""
    return replace(scenario, steps=tuple(_record(machine, step) for step in scenario.steps))


def _record(machine: Machine, step: Step) -> Step:
    if step.status == HUNG:
        return _record_hang(machine, step.command)
    answer = machine.run(step.command)
    return Step(step.command, answer.stdout, answer.stderr, tuple(folded(answer.log)), answer.status)


def _record_hang(machine: Machine, command: str) -> Step:
    """Run a command that is going to hang the guest; the log is read from its memory."""
    try:
        answer = machine.run(command, _STEP)
    except GuestStopped as stopped:
        if str(stopped) != "hung":
            raise
        return Step(command, log=tuple(folded(_last_words(machine))), status=HUNG)
    return Step(command, answer.stdout, answer.stderr, tuple(folded(answer.log)), answer.status)


def _last_words(machine: Machine) -> list[str]:
    """The log of a guest that hangs, when the kernel has complained or enough time has passed."""
    for _ in range(_STEP, _PATIENCE, _STEP):
        log = ringbuffer.log(machine.memory, machine.kernel.release)
        if any(_SIGNS.match(line) for line in log):
            return log
        time.sleep(_STEP)
    return ringbuffer.log(machine.memory, machine.kernel.release)


def folded(lines: Iterable[str]) -> Iterator[str]:
    """The log without noise, and with one GAP for all lines of registers and stack that follow each other."""
    before = ""
    for line in lines:
        if _NOISE.match(line):
            continue
        shown = GAP if _DUMP.match(line) else line
        if (shown, before) != (GAP, GAP):
            yield shown
        before = shown


def _keep(file: Path, before: Scenario, now: Scenario, kernel: Recorded) -> str:
    """Write a recording into its file where it is news, and say whether it was."""
    news = difference(before, now, load_wildcards(World.of(kernel.folder / "scenarios").wildcards), lambda _: True)
    if not news:
        return f"same {file.stem}"
    file.write_bytes(render(now).encode("utf-8", "surrogateescape"))
    return f"written {file.stem}\n{news}"
