"""What a module says about itself, in the order in which modinfo shows it.

Source: kmod 34's `libkmod/libkmod-module.c: kmod_module_get_info()` and `libkmod-signature.c`. First the fields of
.modinfo, or of modules.builtin.modinfo for a module that is compiled in, then what the signature at the end says.
"""

from __future__ import annotations

import stat

from modtools.errors import FormatError
from modtools.formats.kmodelf import KmodElf
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.linuxerrno import EINVAL, ENOENT
from modtools.notes import LibkmodError, Note
from modtools.tree.kofile import Buffer, open_file
from modtools.tree.lookup import KnownModule, Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

ModinfoField = tuple[str, str]

SIGNATURE: Final = ("sig_id", "signer", "sig_key", "sig_hashalgo", "signature")
"""The fields that a signature adds."""


def fields(lookup: Lookup, module: KnownModule, field: str | None = None) -> list[ModinfoField]:
    """Return all fields with their values, or at least all of one name. Raises OSError, LibkmodError or Aborted:
    whatever ends libkmod's attempt.
    """
    if lookup.is_builtin(module):
        return _builtin_fields(lookup, module)
    data = _contents(lookup, module)
    found = list(KmodElf(data).modinfo())
    if field is None or field in SIGNATURE:
        from modtools.tree import infosignature  # the code for signatures is much to import

        found += zip(SIGNATURE, infosignature.told(data), strict=False)
    return found


def own_fields(lookup: Lookup, module: KnownModule) -> list[ModinfoField]:
    """Return the fields that stand in .modinfo, not those of the signature. Raises as `fields` does.

    A file that is no regular one is not opened: whoever opens a FIFO waits for a writer.
    """
    if lookup.is_builtin(module):
        return _builtin_fields(lookup, module)
    path = lookup.path(module)
    if path is not None and not stat.S_ISREG(lookup.tree.disk.stat(path).st_mode):
        raise LibkmodError(EINVAL, "no regular file")
    return list(KmodElf(_contents(lookup, module)).modinfo())


def _contents(lookup: Lookup, module: KnownModule) -> Buffer:
    path = lookup.path(module)
    if path is None:
        raise LibkmodError(ENOENT, f"no file for {module.name}")
    return open_file(path, lookup.tree.disk, zlib=lookup.zlib).contents(lookup.notes)


def _builtin_fields(lookup: Lookup, module: KnownModule) -> list[ModinfoField]:
    try:
        texts = lookup.tree.builtin_info(module.name)
    except FormatError as problem:
        lookup.notes.append(Note(f"get_strings: {problem}", function="get_strings"))
        raise LibkmodError(EINVAL, str(problem)) from problem
    except IsADirectoryError as problem:
        lookup.notes.append(Note(f"get_string: {problem.strerror}", function="get_strings"))
        raise
    return [_pair(text) for text in texts]


def _pair(text: str) -> ModinfoField:
    key, _, value = text.partition("=")
    return key, value


class ModinfoParameter(NamedTuple):
    """A parameter by its `parm` and `parmtype` fields; None for the one that is missing."""

    name: str
    description: str | None
    type: str | None


def parameters(found: list[ModinfoField], notes: list[Note]) -> list[ModinfoParameter]:
    """Return the parameters in these fields, the last one first, as kmod lists them. A field without ":" is noted."""
    known: dict[str, dict[str, str]] = {}
    for key, value in _parameter_fields(found):
        name, colon, rest = value.partition(":")
        if colon:
            known.setdefault(name, {})[key] = rest
        else:
            notes.append(Note(f"Found invalid \"{key}={value}\": missing ':'"))
    pairs = reversed(known.items())
    return [ModinfoParameter(name, told.get("parm"), told.get("parmtype")) for name, told in pairs]


def _parameter_fields(found: list[ModinfoField]) -> Iterator[ModinfoField]:
    return (field for field in found if field[0] in ("parm", "parmtype"))
