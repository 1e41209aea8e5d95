"""Programs that build images, as a whole: mkinitramfs calls modprobe and modinfo some 800 times, so that start-up is
what it feels; dracut calls depmod once, for all modules.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figure import Figure
from tests import reference
from tests.clients import machine
from tests.clients.machine import Costs, Machine

_NEEDED = ("clients", "debian", "kmod")
_RUNS = 2
_PROGRAMS: Mapping[str, Sequence[str]] = {
    "mkinitramfs": ("mkinitramfs", "-o", "/mnt/image", reference.RELEASE),
    "dracut": ("dracut", "--force", "--no-hostonly", "--compress=gzip -1", "--kver", reference.RELEASE, "/mnt/image"),
}


def figures() -> Iterator[Figure]:
    """Each with pymod against kmod 34, where Debian's programs and kernel are at hand."""
    if missing := " ".join(filter(None, map(reference.missing, _NEEDED))):
        print(f"clients: {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        machines = machine.both(Path(folder))
        for name, words in _PROGRAMS.items():
            ours, theirs = (least(one, words) for one in machines)
            yield Figure(f"{name} with kmod", theirs.clock, "s")
            yield Figure(f"{name} with pymod", ours.clock, "s")
            yield Figure(f"{name} with pymod, against kmod", ours.clock / theirs.clock, "×", 1.5)
            yield Figure(f"{name}, in time of processors", ours.processor / theirs.processor, "×")


def least(one: Machine, words: Sequence[str]) -> Costs:
    """What an image costs: the least of several runs, of which the first one compiles pymod."""
    one.run("modprobe", "--version")
    costs = [one.timed(*words) for _ in range(_RUNS)]
    return Costs(min(cost.clock for cost in costs), min(cost.processor for cost in costs))
