"""`python -m tools.recorder modules|sessions|inits`: build modules for Debian's kernel, and record what happens there.

Exit status: 0 when all was recorded, 1 when something was not, 2 when nothing could be tried.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.recorder import inits, kernels, modules, sessions
from tools.recorder.kernels import Recorded
from tools.recorder.needs import lacking, lacking_for_modules

_PROBLEMS: Mapping[str, Callable[[Recorded], list[str]]] = {
    "modules": lacking_for_modules,
    "sessions": lacking,
    "inits": lacking,
}
"""For each command, what it lacks here."""


def main() -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args()
    kernel = kernels.ALL[options.kernel]
    problems = _PROBLEMS[options.command](kernel)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 2
    if options.command == "modules":
        return modules.build_all(options.sources, kernel)
    if options.command == "sessions":
        return sessions.record_all(
            _files(options.path or kernel.folder / "scenarios", options.only), kernel, options.jobs
        )
    return inits.record_all(options.only, options.out, options.passes, kernel)


def _files(path: Path, only: re.Pattern[str]) -> list[Path]:
    found = sorted(path.glob("*.t")) if path.is_dir() else [path]
    return [file for file in found if only.search(file.stem)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.recorder", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="modules|sessions|inits")
    module = commands.add_parser(
        "modules", help="build modules for sessions: tests/transcripts/modules/NAME.c to ko/NAME.ko"
    )
    module.add_argument("sources", type=Path, nargs="+", help="C files in tests/transcripts/modules or modules2")
    session = commands.add_parser("sessions", help="run the commands of .t files, and write what they print into them")
    session.add_argument(
        "path", type=Path, nargs="?", help="a .t file, or a folder of them (default: all of the kernel's)"
    )
    jobs = len(os.sched_getaffinity(0))
    session.add_argument("-j", dest="jobs", type=int, default=jobs, metavar="N", help="guests at a time")
    init = commands.add_parser("inits", help="load and remove Debian's modules, and write what that does")
    init.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl.xz", help="where the recordings go")
    init.add_argument("--passes", type=int, default=2, metavar="N", help="recordings to compare, each in another boot")
    for command in (module, session, init):
        command.add_argument("--kernel", choices=kernels.ALL, default="debian-12", help="whose (default: debian-12)")
    for command in (session, init):
        command.add_argument(
            "--only", type=re.compile, default=re.compile(""), metavar="REGEX", help="part of the names to record"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
