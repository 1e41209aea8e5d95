"""Run cases until one shows a fault, or the time is over: see `python -m tests.fuzz --help`."""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.queues import Queue
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import case, mutate
from tests.fuzz.scenes import Seed, seeds
from tests.fuzz.smallest import smallest
from tests.reference import CHECKOUT

KEPT = CHECKOUT / ".cache/fuzz"
BATCH = 200
"""Cases of one process: then another one begins, with its memory as new."""


class Found(NamedTuple):
    """A fault, and where its input is kept."""

    text: str
    kept: Path


def damaged(all_seeds: list[Seed], seed: int, number: int) -> tuple[Seed, bytes]:
    """The input of a case. Each scene is as likely as the others, each file in it as well."""
    chance = random.Random(f"{seed} {number}")
    scene = chance.choice(sorted({one.scene for one in all_seeds}))
    same = [one for one in all_seeds if one.scene == scene]
    chosen = chance.choice(same)
    return chosen, mutate.mutate(chosen.data, [one.data for one in same], chosen.changes, chance)


def _batch(all_seeds: list[Seed], seed: int, first: int, results: Queue[tuple[Counter[str], Found | None]]) -> None:
    """Run a batch of cases, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    counts: Counter[str] = Counter()
    found = None
    with tempfile.TemporaryDirectory(dir=all_seeds[0].machine.parent) as folder:
        for number in range(first, first + BATCH):
            one, data = damaged(all_seeds, seed, number)
            counts[one.scene] += 1
            try:
                case.check(one, data, Path(folder))
            except case.Fault as fault:
                found = _keep(one, smallest(one, data, Path(folder)), f"case {number} of seed {seed}: {fault}")
                break
    results.put((counts, found))


def _keep(seed: Seed, data: bytes, text: str) -> Found:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{seed.scene}-{hashlib.sha256(data).hexdigest()[:12]}-{Path(seed.path).name}"
    path.write_bytes(data)
    return Found(f"{text}\nfile: {seed.machine.name}/{seed.path}", path)


def fuzz(all_seeds: list[Seed], seed: int, end: float, jobs: int) -> tuple[Counter[str], Found | None]:
    """Run batches until the time is over or a fault is found. Counts by scene."""
    context = multiprocessing.get_context("fork")
    results: Queue[tuple[Counter[str], Found | None]] = context.Queue()
    counts: Counter[str] = Counter()
    number, running, found = 0, 0, None
    processes = []
    while running or (found is None and time.monotonic() < end):
        while running < jobs and found is None and time.monotonic() < end:
            process = context.Process(target=_batch, args=(all_seeds, seed, number, results), daemon=True)
            process.start()
            processes.append(process)
            number, running = number + BATCH, running + 1
        more, fault = results.get()
        running -= 1
        counts += more
        found = found or fault
        print(f"{sum(counts.values())} cases", file=sys.stderr, flush=True)
    for process in processes:
        process.join()
    return counts, found


def main() -> int:
    """Read the command line, run, tell. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Damage files until something breaks.")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="how long; without end if not given")
    parser.add_argument("--seed", type=int, default=None, help="the same seed runs the same cases")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--scene", help="only this one")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    print(f"seed {seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="pymod-fuzz-") as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        case.prepare()
        with case.bounded():
            made = seeds(Path(folder))
        all_seeds = [one for one in made if arguments.scene in (None, one.scene)]
        end = time.monotonic() + arguments.minutes * 60
        counts, found = fuzz(all_seeds, seed, end, arguments.jobs)
    print(f"{sum(counts.values())} cases: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    if found:
        print(f"{found.text}\nkept: {found.kept}")
    return int(found is not None)


if __name__ == "__main__":
    sys.exit(main())
