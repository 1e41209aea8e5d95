"""What printk prints for %p and its extensions.

From Linux 6.1: `lib/vsprintf.c: pointer()` and what it calls, `Documentation/core-api/printk-formats.rst`. A plain %p
is hashed with a secret of the boot, so that no two kernels agree on it; here it is a hash without a secret.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from modtools import linuxerrno
from modtools.emulate.objects import resources
from modtools.emulate.printf import conversion, escapes, flagnames
from modtools.emulate.printf.conversion import Spec, number, problem
from modtools.emulate.printf.conversion import string as plain
from modtools.emulate.printf.netaddresses import internet
from modtools.emulate.stops import Needs
from modtools.emulate.symbols import kallsyms
from modtools.emulate.symbols.structs import View, constant, has, view
from modtools.integers import ERROR_POINTERS, MASK64, signed
from modtools.kernel.files.switches import kptr_restrict

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def dentry(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pd prints: a dentry's name, with a digit as many of the folders above; %pD: that of a file."""
    if text[0] == "D":
        address = view(guest, "file", address).f_path.dentry
        if not address:
            return spec.pad(b"(null)")
    depth = int(text[1]) if text[1:2] in ("2", "3", "4") else 1
    names: list[bytes] = []
    while len(names) < depth:
        row = view(guest, "dentry", address)
        if row.d_parent == address:
            names.append(guest.memory.text(row.d_name.name) if not names else b"")
            break
        names.append(guest.memory.text(row.d_name.name))
        address = row.d_parent
    return spec.pad(b"/".join(reversed(names)))


def block_device(guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return what %pg prints: the disk's name, and the number of the partition."""
    row = view(guest, "block_device", address)
    name = guest.memory.text(view(guest, "gendisk", row.bd_disk).address("disk_name"))
    number = _partition(guest, row)
    if number:
        name += (b"p" if name[-1:].isdigit() else b"") + b"%d" % number
    return spec.pad(name)


def _partition(guest: Guest, row: View) -> int:
    """Return the number of a block device's partition, 0 for the whole disk: a field of its own, or the lowest byte of
    the flags.
    """
    if has(guest, "block_device", "bd_partno"):
        return int(row.bd_partno)
    return guest.memory.u8(row.address("__bd_flags"))


def flags(guest: Guest, address: int, text: str, _spec: Spec) -> bytes:
    """Return what %pG prints: the flags of a page, of a memory area (v), of an allocation (g)."""
    if text[1:2] == "p":
        if constant(guest, "PG_writeback", 15) != 15:
            raise Needs("the names of this kernel's flags of pages")
        return flagnames.spell_page(guest.memory.u64(address)).encode()
    if text[1:2] == "v":
        return flagnames.spell(guest.memory.u64(address), flagnames.AREA).encode()
    if text[1:2] == "g":
        numbered = constant(guest, "___GFP_DMA_BIT", -1) == 0
        names = flagnames.ALLOCATION_WITHOUT_ATOMIC if numbered else flagnames.ALLOCATION
        return flagnames.spell(guest.memory.u32(address), names).encode()
    raise Needs(f"the warning about printk's %p{text}")


def features(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pNF prints: the features of a network device."""
    if text[1:2] != "F":
        return conversion.complaint("(%pN?)", spec)
    return b"0x%016x" % guest.memory.u64(address)


def clock(guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return what %pC prints: the name of a `struct clk`, whose first field is its core, whose first field is the
    name.
    """
    return spec.pad(guest.memory.text(guest.memory.u64(guest.memory.u64(address))))


def string(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pks and %pus print: a text of the kernel's or of a program's."""
    return plain(guest, address, spec) if text[1:2] == "s" else conversion.complaint("(einval)", spec)


def device_tree(_guest: Guest, _address: int, text: str, spec: Spec) -> bytes:
    """Return what %pO prints where device trees are not built in: a complaint."""
    return conversion.complaint("(%pOF?)" if text[1:2] == "F" else "(%pO?)", spec)


def firmware_node(_guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pf prints for a bad pointer or format; %pfw of a node stops the run."""
    if text[1:2] != "w":
        return conversion.complaint("(%pf?)", spec)
    if problem(address):
        return spec.pad(problem(address))
    raise Needs(f"printk's %p{text}")


def time(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %ptR and %ptT print: a `struct rtc_time` or a time64_t, then d or t for date or time alone, r for raw
    numbers, s for no T.
    """
    if text[1:2] not in ("R", "T"):
        return conversion.complaint("(%pt?)", spec)
    if problem(address):
        return spec.pad(problem(address))
    year, month, day, hour, minute, second = (_rtc if text[1] == "R" else _seconds)(guest, address)
    only = text[2:3]
    options = text[3:] if only in ("d", "t") else text[2:]
    chosen = options[: next((at for at, letter in enumerate(options) if letter not in "rs"), len(options))]
    raw = "r" in chosen
    date = f"{year + (0 if raw else 1900):04d}-{month + (0 if raw else 1):02d}-{day:02d}"
    clock_time = f"{hour:02d}:{minute:02d}:{second:02d}"
    parts = [date] if only == "d" else [clock_time] if only == "t" else [date, clock_time]
    return (" " if "s" in chosen else "T").join(parts).encode()


def _rtc(guest: Guest, address: int) -> tuple[int, ...]:
    row = view(guest, "rtc_time", address)
    return row.tm_year, row.tm_mon, row.tm_mday, row.tm_hour, row.tm_min, row.tm_sec


def _seconds(guest: Guest, address: int) -> tuple[int, ...]:
    import datetime  # most modules print no time

    value = signed(guest.memory.u64(address))
    try:
        then = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=value)
    except OverflowError:
        raise Needs("printk's %ptT of a time beyond the year 9999") from None
    return then.year - 1900, then.month - 1, then.day, then.hour, then.minute, then.second


_SEPARATORS = {"C": ":", "D": "-", "N": ""}


def pointer(guest: Guest, address: int, extension: bytes, spec: Spec) -> bytes:
    """Return the text of one %p with the letters and digits that follow it."""
    text = extension.decode("utf-8", "surrogateescape")
    handler = _HANDLERS.get(text[:1])
    if handler is None:
        return _hashed(address, spec)
    if text[0] in _DEREFERENCING and problem(address):
        return spec.pad(problem(address))
    return handler(guest, address, text, spec)


def _plain(address: int, spec: Spec) -> bytes:
    """Return an address as all its digits, or in a field as wide as the format says (`pointer_string()`)."""
    if spec.width < 0:
        spec = spec._replace(width=16, flags=spec.flags + b"0")
    return number(address, spec._replace(size=8), base=16)


def hashed(address: int) -> str:
    """Return an address as a plain %p prints it."""
    return _hashed(address, Spec()).decode("ascii")


def _hashed(address: int, spec: Spec) -> bytes:
    if address == 0 or address >= ERROR_POINTERS:
        return _plain(address, spec)
    return _plain(zlib.crc32(address.to_bytes(8, "little")), spec)


def _symbol(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pS (with offset), %ps (without) and %pB (of a return address, so one byte before) print."""
    if text[0] == "B":
        found = kallsyms.describe(guest, address - 1)
        head, plus, rest = found.partition("+")
        if plus:
            distance, _, size = rest.partition("/")
            found = f"{head}+{int(distance, 16) + 1:#x}/{size}"
        elif kallsyms.lookup(guest, address - 1) is None:
            found = f"0x{address:x}"
        return spec.pad(found.encode("utf-8", "surrogateescape"))
    return spec.pad(kallsyms.describe(guest, address, offset=text[0] != "s").encode("utf-8", "surrogateescape"))


def _raw(_guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    return _plain(address, spec)


def _error(_guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return the name of an error pointer."""
    if address < ERROR_POINTERS:
        return _hashed(address, spec)
    error = signed(address)
    name = linuxerrno.name(-error)
    return spec.pad(f"-{name}".encode()) if name else b"%d" % error


def _kernel_pointer(guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return what %pK prints: with kptr_restrict 0 as %p, with 1 the address (the caller is root), with 2 zeros
    (`restricted_pointer()`).
    """
    restrict = kptr_restrict(guest.kernel)
    if restrict == 0:
        return _hashed(address, spec)
    return _plain(address if restrict == 1 else 0, spec)


def _hex(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    if spec.width == 0:
        return b""
    if wrong := problem(address):
        return spec.pad(wrong)
    raw = guest.memory.read(address, min(max(spec.width, 1), 64))
    return _SEPARATORS.get(text[1:2], " ").join(f"{byte:02x}" for byte in raw).encode()


def _mac(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    raw, option = guest.memory.read(address, 6), text[1:2]
    separator = "" if text[0] == "m" else "-" if option == "F" else ":"
    ordered = raw[::-1] if option == "R" else raw
    return spec.pad(separator.join(f"{byte:02x}" for byte in ordered).encode())


_CLASSES = {
    "a": escapes.ANY,
    "c": escapes.SPECIAL,
    "h": escapes.HEX,
    "n": escapes.NULL,
    "o": escapes.OCTAL,
    "p": escapes.NP,
    "s": escapes.SPACE,
}


def _escaped(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pE prints: bytes escaped by the classes that the letters name, up to the first that is none
    (`escaped_string()`).
    """
    if spec.width == 0:
        return b""
    if wrong := problem(address):
        return spec.pad(wrong)
    named = itertools.takewhile(lambda letter: letter in _CLASSES, text[1:])
    flags = reduce(or_, (_CLASSES[letter] for letter in named), 0) or escapes.ANY | escapes.NP
    return escapes.escape(guest.memory.read(address, min(max(spec.width, 1), 4096)), flags)


def _bitmap(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    bits = max(spec.width, 0)
    words = guest.memory.read(address, (bits + 63) // 64 * 8) if bits else b""
    value = int.from_bytes(words, "little") & (1 << bits) - 1
    if text[1:2] == "l":
        return _bit_list(value, bits)
    chunks = [value >> at & 0xFFFFFFFF for at in range(0, max(bits, 1), 32)][::-1]
    first = (bits % 32 or 32) if bits else 0
    widths = [(first + 3) // 4] + [8] * (len(chunks) - 1)
    return ",".join(f"{chunk:0{width}x}" for chunk, width in zip(chunks, widths, strict=True)).encode() if bits else b""


def _bit_list(value: int, bits: int) -> bytes:
    ranges: list[str] = []
    at = 0
    while at < bits:
        if value >> at & 1:
            end = at
            while value >> end + 1 & 1:
                end += 1
            ranges.append(str(at) if end == at else f"{at}-{end}")
            at = end
        at += 1
    return ",".join(ranges).encode()


def _uuid(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    raw = guest.memory.read(address, 16)
    if text[1:2] in ("l", "L"):
        raw = raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:]
    digits = raw.hex()
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    joined = "-".join(parts)
    return spec.pad((joined.upper() if text[1:2] in ("B", "L") else joined).encode())


def _address(guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return what %pa prints: a phys_addr_t or dma_addr_t, by reference."""
    return number(guest.memory.u64(address), spec._replace(flags=b"#0", width=18, size=8), base=16)


_RESOURCE_KINDS = {
    resources.PORTS: ("io  ", "#06x"),
    resources.MEMORY: ("mem ", "#010x"),
    resources.INTERRUPT: ("irq ", "d"),
    resources.DMA: ("dma ", "d"),
    resources.BUS: ("bus ", "02x"),
}
"""What each kind of resource begins with, and how its numbers are written."""


def _resource(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pR and %pr print: the range of a `struct resource` and what it is of; %pr: its flags as a number."""
    resource = view(guest, "resource", address)
    start, end, flags = resource.start, resource.end, resource.flags
    kind = next((bit for bit in _RESOURCE_KINDS if flags & bit), 0)
    name, form = _RESOURCE_KINDS.get(kind, ("??? ", "#010x"))
    in_words = text[0] == "R" and kind
    if in_words and flags & resources.UNSET:
        out = f"[{name}size {end - start + 1 & MASK64:{form}}"
    else:
        out = f"[{name}{start:{form}}" + (f"-{end:{form}}" if end != start else "")
    if not in_words:
        return spec.pad(f"{out} flags {flags:#x}]".encode())
    out += " 64bit" if flags & resources.MEMORY_64 else ""
    out += " pref" if flags & resources.PREFETCH else ""
    out += " window" if flags & resources.WINDOW else ""
    out += " disabled" if flags & resources.DISABLED else ""
    return spec.pad(f"{out}]".encode())


def _fourcc(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    if text[:3] != "4cc":
        return spec.pad(b"(%p4?)")
    value = guest.memory.u32(address)
    letters = bytes(c if 32 <= c < 127 else 0x2E for c in (value & 0x7FFFFFFF).to_bytes(4, "little"))
    order = b" big-endian" if value >> 31 else b" little-endian"
    return spec.pad(letters + order + b" (0x%08x)" % value)


Handler = Callable[["Guest", int, str, Spec], bytes]
_DEREFERENCING = "RrbMmIiUaNdDgGC4"
_HANDLERS: dict[str, Handler] = {
    "S": _symbol,
    "s": _symbol,
    "B": _symbol,
    "x": _raw,
    "e": _error,
    "K": _kernel_pointer,
    "h": _hex,
    "M": _mac,
    "m": _mac,
    "I": internet,
    "i": internet,
    "E": _escaped,
    "b": _bitmap,
    "U": _uuid,
    "a": _address,
    "R": _resource,
    "r": _resource,
    "4": _fourcc,
    "d": dentry,
    "D": dentry,
    "g": block_device,
    "G": flags,
    "N": features,
    "t": time,
    "C": clock,
    "O": device_tree,
    "f": firmware_node,
    "u": string,
    "k": string,
}
