"""`python -m tests.inits FILE --tree DIR --kernel KERNEL`: compare module by module with what the real kernel answered.

Prints a table of the most wanted kernel functions and one of the differences, and ends in the line `equal E, needs N,
different D of T`. Exit status: 0, or 1 when more than 3 % differ, or 2 when there is nothing to compare.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import re
import sys
from pathlib import Path
from typing import Any

from modtools import profiles
from tests.inits.processes import replay_all
from tests.inits.report import report


def main() -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args()
    records = [record for record in read(options.file) if options.only.search(record["target"])]
    if options.sample and options.sample < len(records):
        records = random.Random(options.seed).sample(records, options.sample)
    if not records or not options.tree.is_dir():
        print("there is nothing to compare", file=sys.stderr)
        return 2
    verdicts = list(replay_all(records, options.tree, options.jobs, options.seconds, options.kernel))
    print(report(verdicts, options.rows, verbose=options.verbose))
    return int(sum(verdict.word == "different" for verdict in verdicts) * 100 > 3 * len(verdicts))


def read(path: Path) -> list[dict[str, Any]]:
    """The recordings, one in each line."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.inits", description=__doc__)
    add = parser.add_argument
    add("file", type=Path, help="the recordings, JSON lines packed with xz")
    add("--tree", type=Path, required=True, metavar="DIR", help="the folder lib/modules/RELEASE")
    add("--kernel", default=profiles.DEFAULT, metavar="KERNEL", help="the profile of the recorded kernel")
    add("--sample", type=int, default=0, metavar="N", help="compare only so many, chosen at random")
    add("--seed", type=int, default=0, metavar="S", help="choose others")
    add("--only", type=re.compile, default=re.compile(""), metavar="REGEX", help="part of the targets to compare")
    add("--rows", type=int, default=40, metavar="N", help="rows in each table")
    add("--seconds", type=float, default=60, metavar="N", help="time for each target")
    add("--verbose", action="store_true", help="show every difference in full")
    add("-j", dest="jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N", help="at a time")
    return parser


if __name__ == "__main__":
    sys.exit(main())
