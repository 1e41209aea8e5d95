"""`python -m tests.transcripts FOLDER`: replay the recordings in a folder and compare.

Prints a diff for each scenario that fails and ends in the line `N passed, M failed`. Exit status: 0 when all passed, 1
when any failed, 2 when nothing could be tried. Needs root and /dev/fuse.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import reference
from tests.transcripts.machine import MachinePlayer
from tests.transcripts.play import Outcome, play_all
from tests.transcripts.world import World


def main() -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args()
    files = sorted(path for path in options.folder.glob("*.t") if options.only.search(path.stem))
    if not files:
        print(f"no scenarios in {options.folder}", file=sys.stderr)
        return 2
    world = World.of(options.folder, options.world)
    if world.missing:
        print(
            f"{len(world.missing)} of Debian's modules are missing; tests/reference/debian-kernel fetches them",
            file=sys.stderr,
        )
    failed = 0
    for outcome in _outcomes(files, world, options):
        failed += bool(outcome.problem)
        print(outcome.problem or f"ok {outcome.name}", flush=True)
    print(f"{len(files) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _outcomes(files: list[Path], world: World, options: argparse.Namespace) -> Iterator[Outcome]:
    problem = reference.missing("machine")
    if problem:
        yield from (Outcome(file.stem, f"{file.name} cannot be run: {problem}") for file in files)
        return
    with MachinePlayer.prepared(world, module_output=options.module_output) as player:
        yield from play_all(player, files, options.jobs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.transcripts", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of .t files")
    parser.add_argument(
        "--only", type=re.compile, default=re.compile(""), metavar="REGEX", help="part of the names to run"
    )
    parser.add_argument(
        "-j", dest="jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N", help="at a time"
    )
    parser.add_argument(
        "--world", type=Path, metavar="DIR", help="where ko/, world/ and WILDCARDS are ($PYMOD_TRANSCRIPTS)"
    )
    parser.add_argument(
        "--no-module-output",
        dest="module_output",
        action="store_false",
        help="do not compare the log lines that modules' own code prints",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
