"""Write down what Linux, its build and kmod say: `python -m tools.messages [PROJECT:VERSION=FOLDER...]`.

PROJECT is `linux` or `kmod`, FOLDER its source of that VERSION. The result is tests/data/messages/formats.tsv, against
which the table of `pymod explain` is held: each format that is printed there about modules, with its file and function,
and the line where each version has it. A message of several lines is one format for each. What is meant for whoever
debugs these programs (`pr_debug`, `DBG`) is left out.

From that list it writes, also without any FOLDER, who says each wording of the table:
modtools/diagnose/messages/places.tsv.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from modtools.diagnose.messages.lines import bare
from modtools.diagnose.messages.table import Place, wordings
from modtools.diagnose.messages.wording import fits
from tests.reference import CHECKOUT

PLACES = CHECKOUT / "modtools/diagnose/messages/places.tsv"
TARGET = CHECKOUT / "tests/data/messages/formats.tsv"

FILES = {
    "linux": (
        "kernel/module.c",
        "kernel/module/*.c",
        "kernel/module_signing.c",
        "kernel/module_signature.c",
        "kernel/params.c",
        "kernel/kmod.c",
        "kernel/livepatch/core.c",
        "security/lockdown/lockdown.c",
        "security/loadpin/loadpin.c",
        "certs/system_keyring.c",
        *(f"arch/{name}/kernel/module*.c" for name in ("arm", "arm64", "powerpc", "riscv", "s390", "x86")),
        "scripts/mod/modpost.c",
    ),
    "kmod": ("tools/*.c", "libkmod/*.c", "shared/*.c"),
}
"""The files of each project all of whose messages count, as patterns."""

BESIDE = {
    "linux": (
        "arch/x86/mm/fault.c",
        "block/genhd.c",
        "drivers/base/dd.c",
        "drivers/base/driver.c",
        "drivers/base/firmware_class.c",
        "drivers/base/firmware_loader/main.c",
        "fs/char_dev.c",
        "fs/sysfs/dir.c",
        "kernel/bpf/btf.c",
        "kernel/panic.c",
        "lib/kobject.c",
        "mm/page_alloc.c",
        "mm/vmalloc.c",
        "scripts/mod/file2alias.c",
    ),
    "kmod": (),
}
"""Files of which only those messages are listed that the table has."""

_PRINTERS = re.compile(
    r"\b(?:pr_(?:emerg|alert|crit|err|warn|warning|notice|info)(?:_once|_ratelimited)?|printk|printk_ratelimited|WARN|dev_(?:err|warn|info|dbg)"
    r"|error|warn|merror|fatal|modpost_log|ERR|WRN|CRIT|NOTICE|INFO|LOG|SHOW)\("
)
_FUNCTION = re.compile(r"^(?:[A-Za-z_][\w \t*]*[ \t*])?(\w+)\s*\((?!.*;\s*$)", re.MULTILINE)
_PREFIX = re.compile(r"^#define pr_fmt\(fmt\)\s+(.*?)\s*fmt\s*$", re.MULTILINE)
_WORDS = re.compile(r"[a-zA-Z]{2}")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([A-Za-z_]\w*)|(\()|(\))|(,)|(\S)')
_NUMBERS = {"PRIu64": "lu", "PRIx64": "lx", "ELFMAG": "%s", "MODULE_DIRECTORY": "/lib/modules"}
_CONVERSION = re.compile(r"%[-+#0 ]*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|L|z|j|t)?(p[a-zA-Z]+|\*phN|[a-zA-Z])")
_VALUES = {"s": "x", "p": "0x1", "m": "No such file or directory", "c": "x", "pS": "f+0x1/0x2", "ps": "f", "pg": "sda1"}
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\"": '"', r"\\": "\\", r"\0": ""}


class Format(NamedTuple):
    """A line that a program prints: `text` is a format of printf()."""

    project: str
    file: str
    function: str
    text: str


class Said(NamedTuple):
    """A format, and at which line each version has it, the oldest version first."""

    format: Format
    lines: dict[str, int]


def main(words: list[str]) -> None:
    """Read the sources named on the command line, if any, and write the list; then the places of all wordings."""
    if words:
        TARGET.write_text(_listed(words), "utf-8")
    PLACES.write_text(places(read()), "utf-8")


def read() -> list[Said]:
    """Return the list as it was written."""
    rows = (line.split("\t") for line in TARGET.read_text("utf-8").splitlines())
    return [Said(Format(*row[:4]), {at.split(":")[0]: int(at.split(":")[1]) for at in row[4].split()}) for row in rows]


def instance(text: str) -> str:
    """Return what a format prints, with something for each value."""
    return _CONVERSION.sub(lambda match: _VALUES.get(match[1], "1"), text)


def places(said: list[Said]) -> str:
    """Return the text of places.tsv: for each wording that a program has, where, in the latest version that has it."""
    printed = [(one, bare(instance(one.format.text))) for one in said]
    rows = []
    for text in wordings():
        found = [one for one, line in printed if fits(text, line)]
        if found:
            rows.append("\t".join((text, *_place(found))))
    return "".join(f"{row}\n" for row in rows)


def _place(found: list[Said]) -> Place:
    """Return the place of a wording that several formats may print."""
    closest = [one for one in found if one.format.project == found[0].format.project]
    versions = sorted({version for one in closest for version in one.lines}, key=_ordered)
    latest = next(one for one in closest if versions[-1] in one.lines)
    return Place(latest.format.project, latest.format.file, latest.format.function, versions[0], versions[-1])


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _listed(words: list[str]) -> str:
    """Return the list of all formats of the sources named."""
    lines: dict[Format, dict[str, int]] = defaultdict(dict)
    for word in words:
        source, folder = word.split("=", 1)
        project, version = source.split(":")
        for found, line in formats(project, Path(folder)):
            if found.file in BESIDE[project] and not _in_table(found):
                continue
            lines[found].setdefault(version, line)
    rows = ["\t".join((*found, " ".join(f"{version}:{n}" for version, n in at.items()))) for found, at in lines.items()]
    return "".join(f"{row}\n" for row in sorted(rows))


def formats(project: str, folder: Path) -> Iterator[tuple[Format, int]]:
    """Yield each line that the files of a project print, and where it is."""
    for names in (*FILES[project], *BESIDE[project]):
        for path in sorted(folder.glob(names)):
            text = path.read_text("utf-8", "replace")
            name = path.relative_to(folder).as_posix()
            prefix = _prefix(text, path)
            for call in _PRINTERS.finditer(text):
                line = text.count("\n", 0, call.start()) + 1
                for printed in filter(_WORDS.search, _format(text, call.end()).split("\n")):
                    marked = prefix + printed if call[0].startswith("pr_") else printed
                    yield Format(project, name, _function(text, call.start()), marked.replace("\t", " ").strip()), line


def _in_table(found: Format) -> bool:
    line = bare(instance(found.text))
    return any(fits(text, line) for text in wordings())


def _prefix(text: str, path: Path) -> str:
    """Return what `pr_fmt` of a file puts before each message."""
    found = _PREFIX.search(text)
    if not found:
        return ""
    own = "livepatch" if path.parent.name == "livepatch" else path.stem
    return "".join(re.findall(r'"([^"]*)"', found[1].replace("KBUILD_MODNAME", f'"{own}"')))


def _function(text: str, place: int) -> str:
    """Return the name of the function in which a place of a file lies."""
    name = ""
    for found in _FUNCTION.finditer(text, 0, place):
        name = found[1]
    return name


def _format(text: str, place: int) -> str:
    """Return the format among the arguments of a call: the first text, its parts joined. "" where there is none."""
    body = re.sub(r"^#.*$|/\*.*?\*/", "", text[place : place + 1500], flags=re.MULTILINE)
    parts: list[str] = []
    for literal, word, opens, closes, comma, _other in _TOKEN.findall(body):
        if opens and not parts and _PRINTERS.match(word + "x("):
            continue
        if literal or (word in _NUMBERS):
            parts.append(_NUMBERS.get(word, literal))
        elif closes or (comma or word if parts else opens):
            break
    return re.sub(r"\\.", lambda match: _ESCAPES.get(match[0], match[0]), "".join(parts))


if __name__ == "__main__":
    main(sys.argv[1:])
