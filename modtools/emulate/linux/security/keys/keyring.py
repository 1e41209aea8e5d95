"""security/keys/keyring.c: Keyrings, which hold keys."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new


def new_key(guest: Guest, description: bytes) -> View:
    """Return a new key of this description, with one reference."""
    key = new(guest, "key")
    key.usage.refs = 1
    key.description = guest.new_text(description)
    return key


@function(
    "struct key *keyring_alloc(const char *description, kuid_t uid, kgid_t gid, const struct cred *cred,"
    " u32 perm, unsigned long flags, struct key_restriction *restrict_link, struct key *dest)"
)
def keyring_alloc(guest: Guest, description: int, *_others: int) -> int:
    """Allocate a keyring of this description with one reference; return it. It is not linked anywhere."""
    return new_key(guest, guest.memory.text(description)).address()
