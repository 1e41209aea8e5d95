"""mkinitramfs as a whole: it calls modprobe and modinfo some 800 times, so that start-up is what it feels."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure
from tests import reference
from tests.clients import machine
from tests.clients.machine import Costs, Machine

_NEEDED = ("clients", "debian", "kmod")
_RUNS = 2


def figures() -> Iterator[Figure]:
    """mkinitramfs with pymod against kmod 34, where Debian's initramfs-tools and kernel are at hand."""
    if missing := " ".join(filter(None, map(reference.missing, _NEEDED))):
        print(f"clients: {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = map(least, machine.both(Path(folder)))
    yield Figure("mkinitramfs with kmod", theirs.clock, "s")
    yield Figure("mkinitramfs with pymod", ours.clock, "s")
    yield Figure("mkinitramfs with pymod, against kmod", ours.clock / theirs.clock, "×", 4)
    yield Figure("the same in time of processors", ours.processor / theirs.processor, "×")


def least(one: Machine) -> Costs:
    """What an image costs: the least of several runs, of which the first one compiles pymod."""
    one.run("modprobe", "--version")
    costs = [one.timed("mkinitramfs", "-o", "/mnt/image", reference.RELEASE) for _ in range(_RUNS)]
    return Costs(min(cost.clock for cost in costs), min(cost.processor for cost in costs))
