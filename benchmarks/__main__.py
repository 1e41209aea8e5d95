"""`python -m benchmarks [--write | --compare] [NAME...]`: run all benchmarks, or those named, and print a line for each
figure. `--write` puts the figures into docs/benchmarks.md, `--compare` holds instructions against those that are there.

Exit status: 1 when a promise is not kept, or more instructions are needed than the table has.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks import table
from benchmarks.figure import Figure


def main() -> int:
    """Run the command; return its exit status."""
    options = _parser().parse_args()
    broken, known = 0, table.read() if options.compare else {}
    if options.compare and not known:
        print("docs/benchmarks.md has no figures of this Python: nothing is compared")
    for name in options.names or _all():
        measured = []
        for figure in _figures(name):
            more = table.exceeds(figure, known)
            print(line(figure) + more, flush=True)
            broken += not figure.kept or bool(more)
            measured.append(figure)
        if options.write and measured:
            table.write(name, measured)
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    what.add_argument("--compare", action="store_true", help="fail where more instructions are needed than are there")
    parser.add_argument("names", nargs="*", choices=[[], *_all()], metavar="NAME", help=", ".join(_all()))
    return parser


def _all() -> Sequence[str]:
    """The names of all benchmarks."""
    paths = sorted(Path(__file__).parent.glob("[a-z]*.py"))
    return [path.stem for path in paths if "\ndef figures()" in path.read_text("utf-8")]


def _figures(name: str) -> Iterator[Figure]:
    yield from import_module(f"benchmarks.{name}").figures()


def line(figure: Figure) -> str:
    """A figure as a person reads it."""
    promise = "" if figure.limit is None else f"at most {figure.limit:g} {figure.unit}"
    verdict = "" if figure.kept else "  NOT KEPT"
    return f"{figure.value:9.3f} {figure.unit:3} {figure.name:60} {promise}{verdict}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
