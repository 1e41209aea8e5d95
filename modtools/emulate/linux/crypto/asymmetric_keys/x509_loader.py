"""crypto/asymmetric_keys/x509_loader.c: Loading certificates that were compiled in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.security.keys.key import key_create_or_update, key_put
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import ERR, NOTICE

_SEQUENCE = b"\x30\x82"
_HEADER = 4


@function(
    "int x509_load_certificate_list(const u8 *cert_list, const unsigned long list_size, const struct key *keyring)"
)
def x509_load_certificate_list(guest: Guest, place: int, size: int, keyring: int) -> int:
    """Add each certificate of a list to a keyring, and log it; return 0. What begins otherwise than a certificate of
    more than 255 bytes ends the list.
    """
    end, kind = place + guest.bounded(size), guest.new_text(b"asymmetric")
    while place < end:
        head = guest.memory.read(place, min(_HEADER, end - place))
        length = _HEADER + int.from_bytes(head[2:], "big")
        if not head.startswith(_SEQUENCE) or len(head) < _HEADER or length > end - place:
            guest.printk(ERR, "Problem parsing in-kernel X.509 certificate list")
            break
        _load(guest, key_create_or_update(guest, keyring, kind, 0, place, length, 0, 0))
        place += length
    guest.heap.free(kind)
    return 0


def _load(guest: Guest, key: int) -> None:
    """Log a key that was made, or why it was not."""
    if key < 0:
        guest.printk(ERR, f"Problem loading in-kernel X.509 certificate ({key})")
        return
    guest.printk(NOTICE, f"Loaded X.509 cert '{guest.text(view(guest, 'key', key).description)}'")
    key_put(guest, key)
