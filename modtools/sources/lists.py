"""Lists of a kernel's symbols: Module.symvers and System.map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import symvers, systemmap
from modtools.kernel.facts import SYMBOLS
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import LARGEST, PartialIdentity

Line = TypeVar("Line")


def from_symvers(path: Path) -> PartialIdentity:
    """Return what a Module.symvers tells: the symbols of vmlinux, and the release if headers lie beside it."""
    symbols = {
        line.symbol: ExportedSymbol(line.symbol, line.crc, line.gpl, line.namespace, None)
        for line in _parsed(path, symvers.parse)
        if line.module == "vmlinux"
    }
    if not symbols:
        raise PymodError(f"{path} names no symbol of vmlinux; name the Module.symvers of a kernel")
    knows = frozenset((SYMBOLS, "gpl", "namespaces"))
    return PartialIdentity(str(path), release=_release_beside(path), symbols=symbols, knows=knows)


def _release_beside(path: Path) -> str:
    header = path.parent / "include/generated/utsrelease.h"
    try:
        match = re.search(r'UTS_RELEASE "([^"]+)"', _text(header))
    except OSError:
        return ""
    return match[1] if match else ""


def from_system_map(path: Path) -> PartialIdentity:
    """Return what a System.map tells: names and addresses of symbols, and which are GPL-only; no CRCs."""
    symbols = _parsed(path, systemmap.exports)
    release = path.name.partition("-")[2] if path.name.startswith("System.map-") else ""
    knows = frozenset((SYMBOLS, "gpl"))
    return PartialIdentity(str(path), release=release, symbols={symbol.name: symbol for symbol in symbols}, knows=knows)


def _text(path: Path) -> str:
    """Return a file's text with LF at the ends of lines. Raises OSError."""
    return hostfile.read(path, LARGEST).decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _parsed(path: Path, parse: Callable[[str], list[Line]]) -> list[Line]:
    """Return the parsed lines of a text file. Raises PymodError with its name."""
    try:
        return parse(_text(path))
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    except FormatError as error:
        raise PymodError(f"{path}: {error}") from error
