"""What a module says about itself, in the order in which modinfo shows it.

Source: kmod 34's `libkmod/libkmod-module.c: kmod_module_get_info()` and `libkmod-signature.c`. First the fields of
.modinfo, or of modules.builtin.modinfo for a module that is compiled in, then what the signature at the end says.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import Final, NamedTuple

from modtools.errors import FormatError
from modtools.formats.kmodelf import KmodElf
from modtools.formats.signature import MARKER, PKCS7, Trailer, parse, split
from modtools.linuxerrno import EINVAL, ENOENT
from modtools.notes import LibkmodError, Note
from modtools.tree.kofile import Buffer, open_file
from modtools.tree.lookup import KnownModule, Lookup

ModinfoField = tuple[str, str]

_ID_TYPES: Final = ("PGP", "X509", "PKCS#7")
_ALGORITHMS: Final = 2
_HASHES: Final = ("md4", "md5", "sha1", "rmd160", "sha256", "sha384", "sha512", "sha224", "sm3")
_TRAILER_SIZE: Final = 12
_BYTES_IN_LINE: Final = 20
_COMMON_NAME: Final = b"\x55\x04\x03"
_UTF8_STRING: Final = 0x0C


def fields(lookup: Lookup, module: KnownModule) -> list[ModinfoField]:
    """Return all fields with their values. Raises OSError, LibkmodError or Aborted: whatever ends libkmod's attempt."""
    if lookup.is_builtin(module):
        return _builtin_fields(lookup, module)
    data = _contents(lookup, module)
    return [*KmodElf(data).modinfo(), *signature_fields(data)]


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


class _Signature(NamedTuple):
    """What libkmod says about a signature."""

    kind: str
    signer: str
    key: bytes
    hash: str
    value: bytes


def signature_fields(data: Buffer) -> list[ModinfoField]:
    """Return the fields that a signature adds, none where there is none that libkmod can read."""
    try:
        _, trailer = split(data)
        signature = None if trailer is None else _signature(trailer, len(data) - len(MARKER) - _TRAILER_SIZE)
    except FormatError:
        signature = None
    if signature is None:
        return []
    return [
        ("sig_id", signature.kind),
        ("signer", signature.signer.split("\0")[0]),
        ("sig_key", hexadecimal(signature.key)),
        ("sig_hashalgo", signature.hash),
        ("signature", hexadecimal(signature.value)),
    ]


def _signature(trailer: Trailer, room: int) -> _Signature | None:
    """Return the signature of a trailer, None if it is larger than the `room` bytes before it. Raises FormatError."""
    known = trailer.algo < _ALGORITHMS and trailer.hash < len(_HASHES) and trailer.id_type < len(_ID_TYPES)
    if not known or not trailer.sig_len or trailer.sig_len + trailer.signer_len + trailer.key_id_len > room:
        return None
    if trailer.id_type == PKCS7:
        return _pkcs7(trailer.signature)
    signer = trailer.signer.decode("utf-8", "surrogateescape")
    kind, digest = _ID_TYPES[trailer.id_type], _HASHES[trailer.hash]
    return _Signature(kind, signer, trailer.key_id, digest, trailer.signature)


def _pkcs7(message: bytes) -> _Signature | None:
    """Return the signature in a message, None unless issuer and serial number name the signer. Raises FormatError."""
    found = parse(message)
    if not found.issuer:
        return None
    serial = abs(found.serial)
    key = serial.to_bytes((serial.bit_length() + 7) // 8, "big")
    return _Signature(_ID_TYPES[PKCS7], _name(found.issuer), key, found.digest, found.value)


def _name(issuer: bytes) -> str:
    """Return the first common name of a distinguished name, else what stands in it last.

    Raises FormatError for a UTF8String that is not UTF-8, which OpenSSL refuses wherever in the name it stands.
    """
    from modtools.formats import der

    found: list[tuple[bytes, str]] = []
    for part in der.parts(der.read(issuer)):
        for attribute in der.parts(part):
            kind, value, *_ = der.parts(attribute, der.OID, None)
            text = value.content.decode("utf-8", "surrogateescape")
            if value.tag == _UTF8_STRING and text != value.content.decode("utf-8", "replace"):
                raise FormatError("a UTF8String that is not UTF-8")
            found.append((kind.content, text))
    names = [text for kind, text in found if kind == _COMMON_NAME]
    return (names or [text for _, text in found[-1:]] or [""])[0]


def hexadecimal(data: bytes) -> str:
    """Return bytes as 0A:1B:2C, twenty in a line."""
    lines = (data[at : at + _BYTES_IN_LINE] for at in range(0, len(data), _BYTES_IN_LINE))
    return ":\n\t\t".join(line.hex(":").upper() for line in lines)


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
