"""The trailer at the end of a signed module, in which its signature stands (`signature`).

Sources: include/linux/module_signature.h, kernel/module/signing.c. Layout of the file's end:

    ... ELF file ...
    signer's name, key identifier     of `signer_len` and `key_id_len` bytes, both none for PKCS#7
    signature                         of `sig_len` bytes
    algo hash id_type signer_len key_id_len 0 0 0     one byte each; id_type 2 is PKCS#7, all others are 0 then
    sig_len                           4 bytes, big endian whatever the machine
    "~Module signature appended~\\n"

    00 00 02 00 00 00 00 00  00 00 02 a9  7e 4d 6f 64 ...      681 bytes of PKCS#7
"""

from __future__ import annotations

import struct
from typing import Final

from modtools.errors import FormatError
from modtools.formats.elfvalues import Buffer
from modtools.light import NamedTuple

MARKER: Final = b"~Module signature appended~\n"
PKCS7: Final = 2
_TRAILER: Final = struct.Struct(">BBBBB3sI")


class Trailer(NamedTuple):
    """What stands before the marker. `signature` is empty where `sig_len` is more than there is in the file."""

    algo: int
    hash: int
    id_type: int
    signer_len: int
    key_id_len: int
    padding: bytes
    sig_len: int
    signer: bytes
    key_id: bytes
    signature: bytes


def split(data: Buffer) -> tuple[int, Trailer | None]:
    """Return how many bytes of a module file come before its signature, and what stands at its end.

    All of them and None without the marker. A length that is more than the file has is not subtracted.
    Raises FormatError where the marker has no trailer before it.
    """
    size = len(data) - len(MARKER)
    if size < 0 or data[size:] != MARKER:
        return len(data), None
    size -= _TRAILER.size
    if size < 0:
        raise FormatError("a signature's marker with nothing before it", 0)
    algo, digest, id_type, signer_len, key_id_len, padding, sig_len = _TRAILER.unpack(data[size : size + _TRAILER.size])
    fields, start = [], size
    for length in (sig_len, key_id_len, signer_len):
        end, start = start, start - length
        fields.append(bytes(data[start:end]) if start >= 0 else b"")
    signature, key_id, signer = fields
    trailer = Trailer(algo, digest, id_type, signer_len, key_id_len, padding, sig_len, signer, key_id, signature)
    return (start if start >= 0 else size), trailer
