"""`python -m tests.kernels`: boot Debian's kernels from all that tells of them, and load some of their modules.

Of each kernel its image, headers, module tree and packages are read: they must agree where they overlap. Then modules,
drawn at random, are loaded with what they depend on, each into a kernel just booted from image and headers. Prints a
row for each kernel, what is wrong by name, and ends in a line of counts. Exit status: 0, or 1 where anything is wrong,
or 2 where no kernel was looked at.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from modtools.kernel.facts import SYMBOLS
from modtools.names import is_module, module_name
from modtools.sources import PartialIdentity, known
from tests.kernels.agree import differences, read, told
from tests.kernels.debian import ARCHITECTURES, Archive, Kernel, unpack
from tests.kernels.loads import FAULTS, WORDS, Load, load_each, run
from tests.reference import CHECKOUT

CACHE = CHECKOUT / ".cache/kernels"


class Result(NamedTuple):
    """What was found of a kernel: what each source tells, how many loads went how, faults in sentences, and how each
    load went, if that is to be shown.
    """

    sources: str
    counts: Counter[str]
    faults: list[str]
    loads: list[str]


def main() -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args()
    looked = faulty = 0
    totals: Counter[str] = Counter()
    for archive, kernel in _kernels(options):
        if options.list:
            print(kernel.name)
            continue
        started = time.monotonic()
        result = _looked_at(archive, kernel, options)
        looked += 1
        faulty += bool(result.faults)
        totals += result.counts
        counts = " ".join(f"{word} {result.counts[word]}" for word in WORDS if result.counts[word])
        print(f"{kernel.name:42} {result.sources:60} {counts} ({time.monotonic() - started:.0f} s)")
        print("".join(f"    {line}\n" for line in (*result.faults, *result.loads)), end="", flush=True)
    counts = ", ".join(f"{totals[word]} {word}" for word in WORDS)
    print(f"{looked} kernels, {faulty} with faults; modules: {counts}")
    return int(bool(faulty)) if looked or options.list else 2


def _kernels(options: argparse.Namespace) -> Iterator[tuple[Archive, Kernel]]:
    for architecture in options.architectures:
        archive = Archive(architecture, CACHE / f"apt-{architecture}")
        if options.update:
            archive.update()
        for kernel in archive.kernels():
            if options.only.search(kernel.name):
                yield archive, kernel


def _looked_at(archive: Archive, kernel: Kernel, options: argparse.Namespace) -> Result:
    work = CACHE / f"work-{kernel.name.replace('/', '-')}"  # its own, so that two runs do not meet
    if not (work / "whole").exists():  # by --keep
        shutil.rmtree(work, ignore_errors=True)
    try:
        return _compared(kernel, *_fetched(archive, kernel, work), work, options)
    except subprocess.CalledProcessError as error:  # a list names packages that are gone until the mirror has a new one
        return Result(f"not looked at: {str(error.stderr).strip().splitlines()[-1:]}", Counter(), [], [])
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)


def _fetched(archive: Archive, kernel: Kernel, work: Path) -> tuple[list[Path], list[Path]]:
    """Return the packages of a kernel and of its headers; what is in them is unpacked beside them."""
    packages = archive.fetch(kernel.packages, work / "packages")
    headers = archive.fetch((kernel.headers,), work / "headers") if kernel.headers else []
    if not (work / "whole").exists():
        unpack(packages + headers, work / "root")
        (work / "whole").touch()
    return packages, headers


def _compared(
    kernel: Kernel, packages: list[Path], headers: list[Path], work: Path, options: argparse.Namespace
) -> Result:
    root = work / "root"
    image = next(
        iter(sorted(root.glob("boot/vmlinu*")) + sorted(root.glob(f"lib/modules/{kernel.release}/vmlinu*"))), None
    )
    places = {
        "image": [image] if image else [],
        "headers": list(root.glob(f"usr/src/linux-headers-{kernel.release}")),
        "tree": [root / "lib/modules" / kernel.release],
        "packages": [path for path in packages if not path.name.startswith("linux-base")],
        "headers' package": headers,
    }
    parts: dict[str, list[PartialIdentity]] = {}
    words, faults = [], []
    for name, paths in places.items():
        if paths:
            parts[name], why = told(lambda paths=paths: read(paths))  # type: ignore[misc]
            words.append(f"{name} {_extent(parts[name])}")
            faults += [f"{name}: {why}"] if why and name != "image" else []
            words += [f"({why})"] if why and name == "image" else []
    faults += [f"{text}" for text in differences(parts)]
    boot = [str(path) for name in ("image", "headers", "tree") for path in places[name] if parts.get(name)]
    loads, more = _loaded(boot, root, work, options)
    more += [_told(load) for load in loads if load.word in FAULTS]
    others = [_told(load) for load in loads if load.word not in FAULTS] if options.verbose else []
    return Result(", ".join(words), Counter(load.word for load in loads), faults + more, others)


def _extent(parts: list[PartialIdentity]) -> str:
    """How many symbols are told; with a star not known to be all."""
    counts = {f"{len(part.symbols or {})}{'' if SYMBOLS in known(part) else '*'}" for part in parts}
    return "/".join(sorted(counts)) or "-"


def _told(load: Load) -> str:
    return f"{load.module}: {load.word}: {load.why}"


def _loaded(boot: list[str], root: Path, work: Path, options: argparse.Namespace) -> tuple[list[Load], list[str]]:
    """Load modules; returns how each went, and why none could be loaded."""
    os.environ |= {"PYMOD_STATE": str(work / "state/state.json"), "PYMOD_ROOT": str(root), "PYMOD_HINTS": "0"}
    shutil.rmtree(work / "state", ignore_errors=True)
    (work / "state").mkdir()
    for words in (("boot", *boot), ("depmod",)):
        status, _, errors = run(*words)
        if status:
            return [], [f"{words[0]}: {errors.strip()}"]
    tree = next(root.glob("lib/modules/*/kernel"))
    names = sorted({module_name(path.name) for path in tree.rglob("*.ko*") if is_module(path.name)})
    drawn = options.load or random.Random(options.seed).sample(names, min(options.modules, len(names)))
    return list(load_each(drawn, work / "state", work / "scratch", options.seconds)), []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.kernels", description=__doc__)
    add = parser.add_argument
    add("architectures", nargs="*", default=ARCHITECTURES, metavar="ARCHITECTURE", help="Debian's name; all by default")
    add("--only", type=re.compile, default=re.compile(""), metavar="REGEX", help="part of ARCHITECTURE/RELEASE")
    add("--list", action="store_true", help="only list the kernels")
    add("--modules", type=int, default=200, metavar="N", help="how many to load of each kernel")
    add("--load", nargs="+", default=(), metavar="MODULE", help="load these, and none that are drawn")
    add("--seed", type=int, default=0, metavar="S", help="draw others")
    add("--seconds", type=float, default=60, metavar="N", help="time for each module")
    add("--keep", action="store_true", help="leave each kernel's files, and take them up again")
    add("--no-update", action="store_false", dest="update", help="take the lists of packages as they are")
    add("--verbose", action="store_true", help="show each module")
    return parser


if __name__ == "__main__":
    sys.exit(main())
