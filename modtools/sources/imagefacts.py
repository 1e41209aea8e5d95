"""What a kernel image says of itself in its own tables: exports, what is compiled in, keys, words.

Sources: `struct kernel_symbol` and its flags in include/linux/export-internal.h and kernel/module/internal.h,
`struct kernel_param` of include/linux/moduleparam.h, `struct module_version_attribute` of include/linux/module.h,
certs/system_certificates.S, init/version.c, kernel/configs.c.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from modtools.errors import FormatError
from modtools.formats.vmlinux import Vmlinux
from modtools.integers import MASK64
from modtools.profiles import BuiltinModule, BuiltinParameter
from modtools.profiles.bugs import Place
from modtools.profiles.exports import ExportedSymbol

# include/linux/moduleparam.h: the parameter functions that the kernel brings; type, C's size (0: a word), signed.
_INTEGERS: Final = {
    "byte": (1, False),
    "short": (2, True),
    "ushort": (2, False),
    "int": (4, True),
    "uint": (4, False),
    "long": (0, True),
    "ulong": (0, False),
    "ullong": (8, False),
    "hexint": (4, False),
    "bint": (4, True),
    "bool": (1, False),
    "bool_enable_only": (1, False),
    "invbool": (1, False),
}
_ENTRIES: Final = (("3i", True), ("3P", False), ("2i", True), ("2P", False))
"""Forms of an entry of __ksymtab, and whether its numbers count from their own place; before 5.4 no namespace."""
_NAME: Final = re.compile(r"[A-Za-z_][\w.$]*")
_BUG_ENTRY: Final = 12
"""Bytes of a `struct bug_entry`."""
_FLAG_GPL_ONLY: Final = 1
_LARGEST_CONFIG: Final = 4 << 20
_LONGEST_TEXT: Final = 4096
_MOST_ELEMENTS: Final = 4096


def release(image: Vmlinux) -> str:
    """Return the release that the kernel's banner names."""
    return banner(image).split()[2]


def banner(image: Vmlinux) -> str:
    """Return the text of /proc/version."""
    found = _texts(image, b"Linux version ", rb"Linux version [ -~]+ #\d[ -~]+(?=\n)")
    if len(found) != 1:
        raise FormatError(f"the image has {len(found)} banners, texts that begin with Linux version")
    return str(found.pop().decode("ascii"))


def vermagic(image: Vmlinux) -> str:
    """Return the text that a module's vermagic is compared with; some end in a blank."""
    begin = b"\0" + release(image).encode() + b" "
    found = {text[1:] for text in _texts(image, begin, re.escape(begin) + rb"[\w .-]*(?=\0)")}
    if len(found) != 1:
        raise FormatError(f"the image has {len(found)} texts that may be its vermagic")
    return str(found.pop().decode("ascii"))


def _texts(image: Vmlinux, begin: bytes, pattern: bytes) -> set[bytes]:
    """Return the texts that begin so and that a pattern fits."""
    found, at, whole = set(), -1, re.compile(pattern)
    while (at := image.data.find(begin, at + 1)) >= 0:
        if match := whole.match(image.data, at, at + _LONGEST_TEXT):
            found.add(match[0])
    return found


def config(image: Vmlinux) -> str:
    """Return the configuration that is in the image itself (CONFIG_IKCONFIG), "" without."""
    start, end = image.data.find(b"IKCFG_ST"), image.data.find(b"IKCFG_ED")
    if not 0 <= start < end:
        return ""
    try:
        found = zlib.decompressobj(wbits=31).decompress(image.data[start + 8 : end], _LARGEST_CONFIG)
    except zlib.error as error:
        raise FormatError(f"the image's configuration is damaged: {error}", start) from error
    return found.decode("utf-8", "replace")


def exports(image: Vmlinux, letters: dict[tuple[int, str], str]) -> Iterator[ExportedSymbol]:
    """Yield what the kernel exports.

    `letters` are those of its table of symbols; a per-cpu variable's address is its place in each processor's area.
    """
    for suffix in ("", "_gpl"):
        yield from _exported(image, suffix, letters)


def _exported(image: Vmlinux, suffix: str, letters: dict[tuple[int, str], str]) -> Iterator[ExportedSymbol]:
    start, data = image.table(f"__ksymtab{suffix}")
    entries = _entries(image, start, data)
    _, crc_data = image.table(f"__kcrctab{suffix}")
    _, flags = image.table(f"__kflagstab{suffix}")
    size = len(crc_data) // len(entries) if entries else 0
    crcs: list[int | None] = [None] * len(entries)
    if size in (4, image.word) and len(crc_data) == size * len(entries):
        crcs = [crc & 0xFFFFFFFF for (crc,) in image.unpack("I" if size == 4 else "P", crc_data)]
    for at, ((address, name_at, namespace_at), crc) in enumerate(zip(entries, crcs, strict=True)):
        name = image.string(name_at)
        gpl = bool(suffix) or (at < len(flags) and bool(flags[at] & _FLAG_GPL_ONLY))
        namespace = image.string(namespace_at) if namespace_at else ""
        yield ExportedSymbol(name, crc, gpl, namespace, address, letters.get((address, name), "?"))


def _entries(image: Vmlinux, start: int, data: bytes) -> list[tuple[int, int, int]]:
    """Return the addresses of symbol, name and namespace (0: none) of each entry."""
    mask = (1 << image.bits) - 1
    for codes, relative in _ENTRIES:
        columns, size = int(codes[0]), int(codes[0]) * (4 if relative else image.word)
        if len(data) % size:
            continue
        rows = []
        for number, row in enumerate(image.unpack(codes, data)):
            places = (start + number * size + 4 * column for column in range(columns))
            values = [(place + value if value and relative else value) & mask for place, value in zip(places, row)]  # noqa: B905
            rows.append((values[0], values[1], values[2] if columns > 2 else 0))
        if all(_is_name(image, name) for _, name, _ in rows[:32]):
            return rows
    raise FormatError("the image's table of exported symbols is of an unknown form")


def _is_name(image: Vmlinux, address: int) -> bool:
    try:
        return bool(_NAME.fullmatch(image.string(address)))
    except FormatError:
        return False


def bugs(image: Vmlinux) -> list[Place]:
    """Return the places in the kernel's code that are a WARN() or a BUG(), of a kernel that names files and lines
    (`include/asm-generic/bug.h: struct bug_entry` with distances, CONFIG_DEBUG_BUGVERBOSE).
    """
    start, data = image.table("__bug_table")
    places, files = [], dict[int, str]()
    for number, (code, name, line, flags) in enumerate(image.unpack("2i2H", data)):
        at = start + number * _BUG_ENTRY
        text = at + 4 + name & MASK64
        if text not in files:
            files[text] = image.string(text)
        places.append(Place(files[text], line, flags, at + code & MASK64))
    return places


def certificates(image: Vmlinux) -> list[bytes]:
    """Return the X.509 certificates (DER) that the kernel was built with, in their order."""
    try:
        start, size_at = image.symbols["system_certificate_list"], image.symbols["system_certificate_list_size"]
    except KeyError as error:
        raise FormatError("the image's table of symbols does not tell where its certificates are") from error
    data = image.read(start, image.number(size_at, image.word))
    found = []
    while len(data) >= 4 and data[:2] == b"\x30\x82":
        size = int.from_bytes(data[2:4], "big") + 4
        found.append(data[:size])
        data = data[size:]
    if data:
        raise FormatError("the image's certificates are damaged")
    return found


def builtin(image: Vmlinux, exported: list[ExportedSymbol]) -> dict[str, BuiltinModule]:
    """Return /sys/module after boot: modules with a parameter that has permissions, and those with a version."""
    return _Parameters(image, exported).read()


class _Parameters:
    def __init__(self, image: Vmlinux, exported: list[ExportedSymbol]) -> None:
        self._image = image
        self._operations = {
            symbol.address: symbol.name.removeprefix("param_ops_").removeprefix("param_").removesuffix("_ops")
            for symbol in exported
            if symbol.name.startswith("param_ops_") or symbol.name == "param_array_ops"
        }

    def read(self) -> dict[str, BuiltinModule]:
        """Return the modules by name."""
        image = self._image
        parameters: dict[str, list[BuiltinParameter]] = {}
        _, table = image.table("__param")
        for name_at, _, operations, mode, _, _, argument in image.unpack(
            "PPPHbB4xP" if image.word == 8 else "PPPHbBP", table
        ):
            # kernel/params.c: param_sysfs_builtin(): what has no module in front of its name is the kernel's.
            module, _, parameter = image.string(name_at).rpartition(".")
            if mode:
                row = BuiltinParameter(parameter, *self._value(operations, argument), mode)
                parameters.setdefault(module or "kernel", []).append(row)
        versions = self._versions()
        return {
            module: BuiltinModule(
                tuple(sorted(parameters.get(module, ()), key=attrgetter("name"))), versions.get(module)
            )
            for module in sorted(parameters.keys() | versions.keys())
        }

    def _versions(self) -> dict[str, str]:
        # struct module_version_attribute: a module_attribute of seven words, module's name, version
        _, table = self._image.table("__modver")
        rows = self._image.unpack("9P", table)
        return {self._image.string(row[7]): self._image.string(row[8]) for row in rows}

    def _value(self, operations: int, argument: int, deep: bool = False) -> tuple[str, str | None]:
        kind = self._operations.get(operations, "")
        if kind == "array":
            return ("", None) if deep else self._array(argument)
        if kind == "string":
            word = self._image.word
            return kind, self._image.string(self._image.number(argument + word, word))
        if kind == "charp":
            text_at = self._image.number(argument, self._image.word)
            return kind, self._image.string(text_at) if text_at else "(null)"
        return kind, self._number(kind, argument) if kind in _INTEGERS else None

    def _array(self, argument: int) -> tuple[str, str | None]:
        # struct kparam_array: max, elemsize, num, ops, elem
        image = self._image
        fields = image.unpack("II3P", image.read(argument, 8 + 3 * image.word))
        maximum, size, count_at, operations, elements = fields[0]
        count = image.number(count_at, 4) if count_at else maximum
        if count > _MOST_ELEMENTS:
            raise FormatError(f"a parameter is an array of {count} values")
        values = [self._value(operations, elements + size * at, deep=True) for at in range(count)]
        kind, _ = self._value(operations, elements, deep=True)
        return (f"array of {kind}", ",".join(value or "" for _, value in values)) if kind else ("", None)

    def _number(self, kind: str, address: int) -> str:
        size, signed = _INTEGERS[kind]
        number = self._image.number(address, size or self._image.word, signed)
        if kind in ("bool", "bool_enable_only"):
            return "Y" if number else "N"
        if kind == "invbool":
            return "N" if number else "Y"
        return f"{number:#08x}" if kind == "hexint" else str(number)
