"""The kernel's own BTF, byte for byte, as `/sys/kernel/btf/vmlinux` has it: a profile's `types.btf`.

offset  size
0       8      sign "pymodbtf"
8       4      u32 size of the BTF in bytes, little-endian
12      -      a zlib stream (RFC 1950) with the BTF
"""

from __future__ import annotations

import struct
import zlib

from modtools.errors import FormatError
from modtools.profiles.exports import unpack

_HEAD = struct.Struct("<8sI")
_SIGN = b"pymodbtf"


def encode(data: bytes, level: int = 9) -> bytes:
    """Return the file for some BTF, packed by zlib's `level`."""
    return _HEAD.pack(_SIGN, len(data)) + zlib.compress(data, level)


def decode(data: bytes) -> bytes:
    """Return the BTF in a file. Raises FormatError for a damaged one."""
    if data[:8] != _SIGN or len(data) < _HEAD.size:
        raise FormatError("no file with a kernel's BTF", 0)
    _, size = _HEAD.unpack_from(data)
    return unpack(data, _HEAD.size, size, "types")
