"""Tell which of the kernel's symbols are wanted most: `python -m tools.wanted [FOLDER...] [--recordings FILE...]`.

All modules below some folders, without any Debian's 6.1, are asked for their undefined symbols. Those that neither
pymod nor another of these modules has are printed in a table, the most wanted first:

    stops   how many recorded inits (`python -m tests.inits`) stop there, if recordings are given
    init    how many modules' init gets there by calls in its own code
    all     how many modules import it, and so get there at the latest when all of them is used
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from modtools import profiles
from modtools.emulate.symbols import registry
from modtools.formats.compression import decompress
from modtools.formats.elf import ElfFile, Symbol
from modtools.formats.elfvalues import SHF_EXECINSTR, SHN_UNDEF, STT_FUNC
from modtools.module import Module
from tests.inits.__main__ import read
from tests.inits.processes import replay_all
from tests.reference import RELEASE, debian_tree

Place = tuple[int, int]
"""A section and an offset in it."""


class Wants(NamedTuple):
    """What a module imports, which of that its init gets to, and what it exports."""

    imports: frozenset[str]
    by_init: frozenset[str]
    exports: frozenset[str]


def wants(path: Path) -> Wants:
    """Read one module's file."""
    module = Module.from_bytes(decompress(path.read_bytes()))
    imports = frozenset(name for name, _, _ in module.elf.undefined())
    return Wants(imports, frozenset(reached(module.elf)), frozenset(export.name for export in module.exports))


def reached(elf: ElfFile) -> set[str]:
    """Return the undefined symbols that init_module gets to: by what it and the functions that it names refer to."""
    functions, starts = _functions(elf)
    calls = _references(elf, starts)
    found: set[str] = set()
    waiting = [place for place, symbol in functions.items() if symbol.name == "init_module"]
    seen = set(waiting)
    while waiting:
        for target in calls[waiting.pop()]:
            if isinstance(target, str):
                found.add(target)
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    return found


def _functions(elf: ElfFile) -> tuple[dict[Place, Symbol], dict[int, list[int]]]:
    """Return the functions by their places, init_module last of those at one, and where they begin in each section."""
    ordered = sorted(elf.symbols, key=lambda symbol: symbol.name == "init_module")
    functions = {(symbol.shndx, symbol.value): symbol for symbol in ordered if symbol.type == STT_FUNC}
    starts: dict[int, list[int]] = defaultdict(list)
    for section, offset in sorted(functions):
        starts[section].append(offset)
    return functions, starts


def _references(elf: ElfFile, starts: dict[int, list[int]]) -> dict[Place, set[str | Place]]:
    """Return for each function the undefined symbols and the functions that its code refers to."""
    calls: dict[Place, set[str | Place]] = defaultdict(set)
    for section in elf.sections:
        if not section.flags & SHF_EXECINSTR or section.index not in starts:
            continue
        for reloc in elf.relocations(section):
            symbol = elf.symbols[reloc.symbol]
            target = symbol.shndx, symbol.value if symbol.type == STT_FUNC else (reloc.addend or 0) + 4
            if symbol.shndx == SHN_UNDEF:
                calls[_within(starts, section.index, reloc.offset)].add(symbol.name)
            elif symbol.shndx in starts:
                calls[_within(starts, section.index, reloc.offset)].add(_within(starts, *target))
    return calls


def _within(starts: dict[int, list[int]], section: int, offset: int) -> Place:
    """Return the function that a place lies in; the first one of the section where it lies before all."""
    begins = starts[section]
    return section, begins[max(bisect_right(begins, offset) - 1, 0)]


def missing(modules: Iterable[Wants]) -> tuple[Counter[str], Counter[str]]:
    """Count of each symbol that nobody has how many modules' init gets to it, and how many modules import it."""
    modules = list(modules)
    had = set(registry.index()).union(*(module.exports for module in modules))
    by_init = Counter(name for module in modules for name in module.by_init - had)
    return by_init, Counter(name for module in modules for name in module.imports - had)


def stops(recordings: Iterable[Path], tree: Path, jobs: int) -> Counter[str]:
    """Count of each thing that is missing how many recorded targets stop there first."""
    records = [record for path in recordings for record in read(path)]
    verdicts = replay_all(records, tree, jobs, 60, profiles.DEFAULT) if records else iter(())
    return Counter(verdict.needs for verdict in verdicts if verdict.needs)


def table(stopped: Counter[str], by_init: Counter[str], imported: Counter[str], rows: int) -> Iterator[str]:
    """Go through the lines of the result."""
    names = sorted(stopped.keys() | imported.keys())
    names.sort(key=lambda name: (stopped[name], by_init[name], imported[name]), reverse=True)
    yield f"{'stops':>6} {'init':>6} {'all':>6}  symbol, of {len(names)}"
    for name in names[:rows]:
        yield f"{stopped[name]:6} {by_init[name]:6} {imported[name]:6}  {name}"


def main() -> int:
    """Run the command; returns its exit status, 2 if there are no modules."""
    default = debian_tree() / "lib/modules" / RELEASE
    parser = argparse.ArgumentParser(prog="python -m tools.wanted", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", default=[default], metavar="FOLDER", help="where modules lie")
    parser.add_argument("--recordings", type=Path, nargs="+", default=[], metavar="FILE", help="recorded inits")
    parser.add_argument("--tree", type=Path, default=default, metavar="DIR", help="the recorded lib/modules/RELEASE")
    parser.add_argument("--rows", type=int, default=40, metavar="N", help="rows of the table")
    parser.add_argument("-j", dest="jobs", type=int, default=2, metavar="N", help="processes at a time")
    options = parser.parse_args()
    paths = sorted({path for folder in options.folders for path in folder.rglob("*.ko*") if path.is_file()})
    if not paths:
        print("there are no modules", file=sys.stderr)
        return 2
    with ProcessPoolExecutor(options.jobs) as pool:
        by_init, imported = missing(pool.map(wants, paths, chunksize=32))
    stopped = stops(options.recordings, options.tree, options.jobs)
    print("\n".join(table(stopped, by_init, imported, options.rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
