"""What a kernel image tells: nearly all that there is to know of its kernel, remembered for the next time.

An image is read as far as it can be; what cannot be read is said in a note, and is not known. What was read is kept in
the user's cache folder as the archive of a profile, under a name made from the file's place, size and time of change,
and of the structures that were looked for.
A file there has a line "pymod kernel FORMAT", 16 bytes of digest of the rest, and the archive; others do not count.
"""

from __future__ import annotations

import json
import os
import struct
from base64 import encodebytes
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from modtools import hostfile, profiles
from modtools.errors import FormatError, PymodError
from modtools.formats import btf, kconfig, kernelimage
from modtools.formats.vmlinux import Vmlinux
from modtools.kernel.facts import FACTS
from modtools.link.arch import arch_for_elf
from modtools.profiles import archive, bugs, exports, kallsyms, prototypes, structures
from modtools.profiles import types as btf_file
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import PartialIdentity, imagefacts, of_archive, tells_all

LARGEST: Final = 2 << 30
"""Bytes of an image that is read: a vmlinux with debug information has half of it."""
FORMAT: Final = 6
"""Grows when more is read from images."""
_HEAD: Final = b"pymod kernel %d\n" % FORMAT
_SIGN: Final = b"pymod kernel "
_SUFFIX: Final = ".kernel"
_KEPT: Final = 16
"""Kernels that the cache keeps."""
_LEVEL: Final = 1
"""How hard zlib packs what was read: it is read once, and time counts more than room."""
_DAMAGE: Final = (FormatError, struct.error, IndexError, KeyError, ValueError, OverflowError)

Value = TypeVar("Value")


def is_image(path: Path) -> bool:
    """Return whether a file is a kernel image by its first bytes; a packed one is when it is packed as kernels are."""
    with suppress(OSError), hostfile.opened(path) as file:
        return kernelimage.is_image(file.read(1024))
    return False


def from_image(path: Path, cache: Path | None = None, package: Path | None = None) -> PartialIdentity:
    """Return what a kernel image tells; from the cache folder if it has been read before.

    One that was unpacked from a package is named after that, and remembered if it tells all that the package can.
    Raises PymodError, with the file's name, for what is no image of a kernel.
    """
    if cache and not package and (kept := remembered(path, cache)):
        return kept
    try:
        with hostfile.opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise PymodError(f"{path} has {size} bytes: no kernel is that large")
            key = _key(package or path)
            made = read(file.read())
        if package:
            made = _with_config(made, path)
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    except _DAMAGE as error:
        raise PymodError(f"{path} is no kernel image that can be read: {error}") from error
    part = _partial(package or path, made)
    if cache and (not package or tells_all(part)):
        _keep(cache, key, made)
    return part


def remembered(path: Path, cache: Path) -> PartialIdentity | None:
    """Return what was kept of an image, or of the one in a package; None for nothing that counts."""
    with suppress(OSError):
        if kept := _kept(cache / _key(path)):
            return _partial(path, kept)
    return None


def read(data: bytes) -> bytes:
    """Return the archive of a profile with what an image tells. Raises FormatError for what is none."""
    return _Reading(Vmlinux(kernelimage.unpack(data))).archive()


def _bounds(rows: list[kallsyms.Row]) -> list[str]:
    """Return where the kernel lies, as kernel.json has it."""
    found = {name: address for address, _, name in rows if name in profiles.BOUNDS}
    return [hex(found.get(name, 0)) for name in profiles.BOUNDS]


class _Reading:
    """One image while it is read; `notes` say what could not be, in sentences that go on after its name."""

    def __init__(self, image: Vmlinux) -> None:
        self._image = image
        self._notes: list[str] = []

    def archive(self) -> bytes:
        """Return what the image tells. Raises FormatError if it is no kernel's."""
        image = self._image
        try:
            banner = imagefacts.banner(image)
        except FormatError:
            if types := self._types():
                return _types_only(types, self._btf())
            raise
        arch = arch_for_elf(image.machine, image.bits, image.little)
        vermagic = self._told("vermagic", lambda: imagefacts.vermagic(image), "")
        config = kconfig.options(self._told("configuration", lambda: imagefacts.config(image), ""))
        rows = self._told("table of symbols", lambda: image.kallsyms, list[kallsyms.Row]())
        exported = self._exported(rows)
        lacking = {
            "machine": arch is None,
            "vermagic": not vermagic,
            "options": not config,
            "crcs": any(symbol.crc is None for symbol in exported),
            "cmdline": True,
        }
        files = {name: data for name, data in self._files(rows, exported).items() if data}
        facts = {
            "title": f"Linux {imagefacts.release(image)}",
            "alias": "",
            "release": imagefacts.release(image),
            "machine": arch.machine if arch else "",
            "hardware": "qemu-pc",
            "vermagic": vermagic,
            "version": banner,
            "cmdline": "",
            "memory": _bounds(rows),
            "config": config,
            "unknown": [fact for fact, is_lacking in lacking.items() if is_lacking],
            "notes": self._notes,
        }
        return archive.pack(facts, files)

    def _exported(self, rows: list[kallsyms.Row]) -> list[ExportedSymbol]:
        letters = {(address, name): letter for address, letter, name in rows}
        exported = self._told(
            "list of exports", lambda: list(imagefacts.exports(self._image, letters)), list[ExportedSymbol]()
        )
        if not exported:
            self._notes.append("has no list of exports that is found")
        return exported

    def _files(self, rows: list[kallsyms.Row], exported: list[ExportedSymbol]) -> dict[str, bytes]:
        image = self._image
        files = {"exports.bin": exports.encode(exported, _LEVEL) if exported else b""}
        files["kallsyms.bin"] = self._told(
            "table of symbols", lambda: kallsyms.encode(rows, _LEVEL) if rows else b"", b""
        )
        certificates = self._told("list of certificates", lambda: imagefacts.certificates(image), None)
        files["certificates.pem"] = b"" if certificates is None else b"".join(map(_pem, certificates)) or b"\n"
        files["builtin.json"] = self._told("list of what is built in", lambda: self._builtin(exported), b"")
        files["bugs.bin"] = self._told("list of warnings", lambda: bugs.encode(imagefacts.bugs(image), _LEVEL), b"")
        types = self._told("types (BTF)", self._types, None)
        if types:
            files["structs.jsonl"] = self._told("structures", lambda: _structures(types), b"")
            names = [symbol.name for symbol in exported]
            files["prototypes.bin"] = self._told("prototypes", lambda: _prototypes(types, names), b"")
            files["types.btf"] = btf_file.encode(self._btf(), _LEVEL)
        return files

    def _btf(self) -> bytes:
        return self._image.table(".BTF")[1]

    def _types(self) -> btf.Types | None:
        data = self._btf()
        return btf.Types(data, little=self._image.little, pointer=self._image.word) if data else None

    def _builtin(self, exported: list[ExportedSymbol]) -> bytes:
        return builtin_json(self._image, exported) if exported else b""

    def _told(self, what: str, ask: Callable[[], Value], otherwise: Value) -> Value:
        """Return what the image says, or `otherwise` and a note why it does not."""
        try:
            return ask()
        except _DAMAGE as error:
            note = f"does not tell its {what}: {error}"
            if note not in self._notes:
                self._notes.append(note)
            return otherwise


def builtin_json(image: Vmlinux, exported: list[ExportedSymbol]) -> bytes:
    """Return a profile's builtin.json.

    One line for each module, so that a person can read it and a comparison shows what changed.
    """
    lines = []
    for name, module in imagefacts.builtin(image, exported).items():
        facts: dict[str, object] = {} if module.version is None else {"version": module.version}
        facts |= {"parameters": {row.name: [row.type, row.value, f"{row.mode:04o}"] for row in module.parameters}}
        lines.append(f"{json.dumps(name)}: {json.dumps(facts)}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _pem(certificate: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + encodebytes(certificate) + b"-----END CERTIFICATE-----\n"


def certificates_pem(certificates: list[bytes]) -> bytes:
    """Return a profile's certificates.pem."""
    return b"".join(map(_pem, certificates))


def _structures(types: btf.Types) -> bytes:
    """Return the layouts of those structures that the built-in profiles have, as far as this kernel has them."""
    known = [profiles.load(profile).structures for profile in profiles.names()]
    wanted = {name for layouts in known for name in layouts.names}.union(structures.RENAMED.values())
    wanted &= types.structures.keys()
    constants = {name for layouts in known for name in layouts.constants}.union(structures.LATER)
    constants &= types.constants.keys()
    return btf.document(
        ((name, types) for name in sorted(wanted)), {name: types.constants[name] for name in constants}
    ).encode("ascii", "replace")


def _prototypes(types: btf.Types, names: Iterable[str]) -> bytes:
    known = [name for name in names if name in types.functions]
    return prototypes.encode({name: types.declaration(name) for name in known}, _LEVEL)


def _types_only(types: btf.Types, data: bytes) -> bytes:
    """Return the archive of a kernel of which nothing is told but its types, with the prototypes of all functions."""
    texts = dict.fromkeys(("title", "alias", "release", "machine", "vermagic", "version", "cmdline"), "")
    unknown = [fact for fact in FACTS if fact not in ("structures", "prototypes")]
    facts = {**texts, "hardware": "qemu-pc", "config": {}, "unknown": unknown, "notes": []}
    files = {"structs.jsonl": _structures(types), "prototypes.bin": _prototypes(types, types.functions)}
    files["types.btf"] = btf_file.encode(data, _LEVEL)
    return archive.pack(facts, files)


def _with_config(made: bytes, path: Path) -> bytes:
    """Return the archive of an image with the configuration that lies beside it in its package."""
    kept = archive.Archive(made)
    facts = json.loads(kept.read("kernel.json") or b"{}")
    config = path.with_name(f"config-{facts['release']}")
    if facts["config"] or not config.is_file():
        return made
    text = hostfile.read(config, archive.LARGEST).decode("utf-8", "surrogateescape")
    facts |= {"config": kconfig.options(text), "unknown": [fact for fact in facts["unknown"] if fact != "options"]}
    return archive.pack(facts, {name: data for name in profiles.FILES if (data := kept.read(name)) is not None})


def _partial(path: Path, data: bytes) -> PartialIdentity:
    """Return what an archive that `read` made tells of the kernel in a file."""
    part = of_archive(str(path), data)
    return replace(part, notes=tuple(f"{path} {note}" for note in part.notes))


def _key(path: Path) -> str:
    import hashlib

    status = path.stat()
    text = f"{os.path.realpath(path)}\0{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
    digest = hashlib.blake2b(os.fsencode(text), digest_size=16)
    for name in profiles.names():  # whose structures were looked for
        digest.update(profiles.load(name).files.read("structs.jsonl") or b"")
    digest.update(repr(sorted((*structures.RENAMED.values(), *structures.LATER))).encode())
    return digest.hexdigest() + _SUFFIX


def _kept(file: Path) -> bytes | None:
    """Return what was kept; None for nothing that counts, as what is no file of pymod's form, or is a link."""
    with suppress(OSError, *_DAMAGE):
        data = hostfile.read(file, archive.LARGEST, follow=False)
        start = len(_HEAD) + 16
        if data[:start] == _HEAD + _digest(data[start:]):
            os.utime(file, follow_symlinks=False)
            return data[start:]
    return None


def _digest(data: bytes) -> bytes:
    import hashlib

    return hashlib.blake2b(data, digest_size=16).digest()


def _keep(cache: Path, key: str, data: bytes) -> None:
    """Keep what was read, if that can be, and remove what was not used for the longest time."""
    with suppress(OSError, NotImplementedError):
        cache.mkdir(0o700, parents=True, exist_ok=True)
        hostfile.replace(cache / key, _HEAD + _digest(data) + data, 0o600, sync=False)
        ours = [(file.lstat().st_mtime_ns, file) for file in cache.iterdir() if _is_ours(file)]
        for _, file in sorted(ours, reverse=True)[_KEPT:]:
            file.unlink()


def _is_ours(file: Path) -> bool:
    """Return whether a file is one that `_keep` wrote, by its name and its first bytes."""
    with suppress(OSError):
        if len(file.stem) == 32 and file.suffix == _SUFFIX:
            with hostfile.opened(file, follow=False) as opened:
                return opened.read(len(_SIGN)) == _SIGN
    return False
