"""docs/benchmarks.md: the figures as they were measured last, each benchmark in a section with its machine and date."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.figure import Figure

PAGE = Path(__file__).parents[1] / "docs/benchmarks.md"
_SECTION = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| ([^|]+) \| ([\d.]+) ([^ |]+) \|", re.MULTILINE)
_SLACK = 1.05
"""What counts as the same number of instructions."""
_HEAD = """\
# What pymod takes

`python -m benchmarks --write` writes this page. × is a multiple of what stands beside it, M millions of instructions
(callgrind), s seconds, MB millions of bytes; the least of several runs that took turns.
"""


def read() -> dict[str, float]:
    """Return the figures of the page that this very Python has made, by their names."""
    sections = [text for _, text in _SECTION.findall(PAGE.read_text("utf-8")) if _python() in text]
    return {name: float(value) for text in sections for name, value, _ in _ROW.findall(text)}


def exceeds(figure: Figure, known: Mapping[str, float]) -> str:
    """Return what is to be said of a figure that is more than is `known` of it; "" for none, and for seconds."""
    before = known.get(figure.name)
    if before is None or not figure.name.startswith("instructions") or figure.value <= before * _SLACK:
        return ""
    return f"  MORE THAN {before:g}"


def write(benchmark: str, figures: Sequence[Figure]) -> None:
    """Put the figures of a benchmark into its section of the page."""
    sections = dict(_SECTION.findall(PAGE.read_text("utf-8"))) if PAGE.exists() else {}
    rows = "".join(f"| {each.name} | {each.value:.3f} {each.unit} | {_limit(each)} |\n" for each in figures)
    sections[benchmark] = f"\n{_where()}\n\n| what | figure | promise |\n|---|---|---|\n{rows}\n"
    text = "".join(f"## {name}\n{sections[name]}" for name in sorted(sections))
    PAGE.write_text(f"{_HEAD}\n{text.rstrip()}\n", "utf-8")


def _limit(figure: Figure) -> str:
    return "" if figure.limit is None else f"at most {figure.limit:g} {figure.unit}"


def _where() -> str:
    """Say on which machine, with which Python and when something was measured."""
    day = datetime.datetime.now(datetime.UTC).date()
    return f"{_python()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, {_processor()}; {day}."


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()} ({platform.python_compiler()})"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else "a processor without a name"
