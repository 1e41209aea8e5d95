"""Record inits: load each of Debian's modules with what it needs, remove them again, and write what the kernel said.

The result is what `python -m tests.inits` compares with: xz, in it a line of JSON for each module, with

    target          path of the module in the tree
    events          what was done: first each insert, the deepest need first, then each remove in the other order
    end             only if that was not finished: "killed" (by a signal, in a call), "hung" or "off" (the guest)
    left            only if modules could not be removed: their names
    kernel_taint    only if the kernel warned or oopsed: /proc/sys/kernel/tainted afterwards
    passes          how often it was recorded, each time in another boot
    unstable        whether an event is

and in an event

    op, module      "insert" and a path, or "remove" and a name
    errno           0, or the error number; null if the call did not return
    killed          only if the calling process died: the number of the signal
    size, taint     after an insert that succeeded: bytes, and the letters of /proc/modules
    refs            the same; only if not 0
    log, late       the lines, as <level>text, that were there when the call returned, and those of the next 3 ms
    lost            only if the log overran
    unstable        only if the passes differ; where only lines of `log` do, `unstable_lines` has their numbers
"""

from __future__ import annotations

import json
import lzma
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from modtools.formats.compression import decompress
from modtools.formats.compression import kind as kind_of
from tests.reference import kmod_tools
from tools.recorder import guest
from tools.recorder.kernels import Recorded
from tools.recorder.machine import GuestStopped, Kind, Machine
from tools.recorder.order import Tree, name_of

CMDLINE = (
    "loglevel=1 quiet nokaslr tsc=unstable clocksource=hpet nowatchdog rcupdate.rcu_cpu_stall_suppress=1 "
    "log_buf_len=4M printk.devkmsg=on panic=-1 console=ttyS1"
)
_DEVICES = (
    "-monitor",
    "none",
    "-rtc",
    "base=2026-01-01T00:00:00,clock=vm",
    "-serial",
    "chardev:port",
    "-serial",
    "null",
)


def kind(kernel: Recorded) -> Kind:
    """The guest that a kernel's inits are recorded in: QEMU's usual devices, and a clock that does not depend on the
    host's.
    """
    return Kind(kernel, 1024, CMDLINE, _DEVICES)


_AT_ONCE = 100 << 20
"""Bytes of modules that lie in a guest at once; for more than that, another one is booted."""
_NOISE = re.compile(r"<4>hrtimer: interrupt took \d+ ns$|<\d>clocksource: |<\d>perf: interrupt took too long")
_WARNED = 1 << 4 | 1 << 5 | 1 << 7 | 1 << 9 | 1 << 14
"""Bits of the kernel's taint that say that it complained: bad page, machine check, died, warned, soft lockup."""
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")

Record = dict[str, Any]


def record_all(only: re.Pattern[str], out: Path, passes: int, kernel: Recorded) -> int:
    """Record the modules whose path an expression finds, and return the exit status of the command."""
    tree = debian_modules(kernel)
    targets = [target for target in tree.targets() if only.search(target)]
    if not targets:
        print("there are no modules of that name", file=sys.stderr)
        return 2
    rows: list[Record] = []
    for batch in batches(tree, targets):
        first, *others = [list(_record(kernel, tree, batch)) for _ in range(passes)]
        rows += (compared(row, again) for row, *again in zip(first, *others, strict=True))
        print(f"{len(rows)} of {len(targets)} recorded", flush=True)
    with lzma.open(out, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    return 0


def debian_modules(kernel: Recorded) -> Tree:
    """A kernel's tree, with what kmod's depmod says of it."""
    folder = kernel.modules
    with tempfile.TemporaryDirectory() as written:
        depmod = kmod_tools() / "depmod"
        subprocess.run([depmod, "-b", folder.parents[2], "-o", written, kernel.release], check=True)
        return Tree(folder, Path(written, "lib/modules", kernel.release))


def batches(tree: Tree, targets: Iterable[str]) -> Iterator[list[str]]:
    """The targets in lists, each with as many as fit into one guest."""
    batch: list[str] = []
    sizes: dict[str, int] = {}
    for target in targets:
        steps = {step: len(_unpacked(tree, step)) for step in tree.steps(target)}
        if batch and sum((sizes | steps).values()) > _AT_ONCE:
            yield batch
            batch, sizes = [], {}
        batch.append(target)
        sizes |= steps
    yield batch


@cache
def _unpacked(tree: Tree, path: str) -> bytes:
    """A module's file as the guest gets it."""
    data = (tree.folder / path).read_bytes()
    return decompress(data) if kind_of(data) else data


def _record(kernel: Recorded, tree: Tree, targets: list[str]) -> Iterator[Record]:
    """One recording of each target, from the same saved guest."""
    files = {step: _unpacked(tree, step) for target in targets for step in tree.steps(target)}
    initrd = guest.for_inits(files).encode()
    machine = None
    try:
        for target in targets:
            if machine is None:
                machine = Machine(kind(kernel), initrd)
                machine.save()
            machine.restore()
            row = one(machine, target, tree.steps(target))
            yield row
            if row.get("end") in ("hung", "off"):
                machine.close()
                machine = None
    finally:
        if machine is not None:
            machine.close()


def one(machine: Machine, target: str, steps: list[str]) -> Record:
    """Load the steps and remove them again, in a guest that has nothing loaded."""
    words = [*steps, *(f"-{name_of(step)}" for step in reversed(steps))]
    try:
        machine.run(f"load {' '.join(words)} >/dev/ttyS0")
        lines, end = machine.lines, ""
        left = [line.split()[0] for line in machine.run("cat /proc/modules").stdout.splitlines()]
        taint = int(machine.run("cat /proc/sys/kernel/tainted").stdout)
    except GuestStopped as stopped:
        lines, end, left, taint = stopped.lines, str(stopped), [], 0
    done = list(events(lines))
    end = "killed" if any("killed" in event for event in done) else end
    found: Record = {
        "target": target,
        "events": done,
        "end": end,
        "left": left,
        "kernel_taint": taint & _WARNED and taint,
    }
    return {name: value for name, value in found.items() if value or name == "events"}


def events(lines: Iterable[str]) -> Iterator[Record]:
    """What the guest's program `load` said, an event for each step."""
    event: Record = {}
    for line in lines:
        tag, _, value = line.partition(" ")
        if tag == "@try":
            if event:
                yield event
            remove = value.startswith("-")
            event = {
                "op": "remove" if remove else "insert",
                "module": value.removeprefix("-"),
                "errno": None,
                "log": [],
            }
        elif tag == "@module":
            _, size, refs, *_, last = value.split()
            event |= {"size": int(size), "taint": last.strip("()") if last.startswith("(") else ""}
            event |= {"refs": int(refs)} if refs != "0" else {}
        elif tag in ("@log", "@late"):
            text = _text(value)
            if not _NOISE.match(text):
                event.setdefault(tag[1:], []).append(text)
        else:
            event[tag[1:]] = int(value) if value else True
    if event:
        yield event


def _text(record: str) -> str:
    """A record of /dev/kmsg as <level>text, its escapes undone."""
    head, _, text = record.partition(";")
    raw = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return f"<{int(head.split(',')[0]) & 7}>{raw.encode('latin-1', 'replace').decode('utf-8', 'replace')}"


def compared(row: Record, others: Iterable[Record]) -> Record:
    """A recording with what others of the same target have otherwise marked in it."""
    passes = 1
    for other in others:
        passes += 1
        for ours, theirs in zip(row["events"], other["events"], strict=False):
            _mark(ours, theirs)
    return row | {"passes": passes, "unstable": any("unstable" in event for event in row["events"])}


def _mark(ours: Record, theirs: Record) -> None:
    marks = ("unstable", "unstable_lines", "log")
    if [ours.get(name) for name in ours.keys() | theirs.keys() if name not in marks] != [
        theirs.get(name) for name in ours.keys() | theirs.keys() if name not in marks
    ]:
        ours["unstable"] = True
    if ours["log"] != theirs["log"]:
        differing = SequenceMatcher(None, ours["log"], theirs["log"], autojunk=False).get_opcodes()
        lines = {at for tag, start, end, _, _ in differing if tag != "equal" for at in range(start, end)}
        ours |= {"unstable": True, "unstable_lines": sorted(lines | {*ours.get("unstable_lines", ())})}
