"""Run the benchmarks and print a line for each figure; status 1 when a promise is not kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from benchmarks.figure import Figure


def measured(wanted: list[str]) -> Iterator[Figure]:
    """The figures of all benchmarks, or of those named."""
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        figures = getattr(import_module(f"benchmarks.{path.stem}"), "figures", None)
        if figures and (not wanted or path.stem in wanted):
            yield from figures()


def line(figure: Figure) -> str:
    """A figure as a person reads it."""
    promise = "" if figure.limit is None else f"at most {figure.limit:g} {figure.unit}"
    verdict = "" if figure.kept else "  NOT KEPT"
    return f"{figure.value:9.3f} {figure.unit:3} {figure.name:60} {promise}{verdict}".rstrip()


if __name__ == "__main__":
    broken = 0
    for figure in measured(sys.argv[1:]):
        print(line(figure), flush=True)
        broken += not figure.kept
    sys.exit(1 if broken else 0)
