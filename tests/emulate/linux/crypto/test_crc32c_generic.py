"""CRC-32C of the kernel's own, for modules that ask the crypto API for it."""

from __future__ import annotations

import pytest

from modtools.emulate.files import builtin
from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi, crc32c_generic, shash
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Variable, find
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL

pytest.importorskip("unicorn")

CHECK = 0xE3069283
"""Of "123456789", by the catalogue of CRC-32/ISCSI."""


@pytest.fixture
def handle(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A handle of crc32c, in a kernel that has it built in."""
    monkeypatch.setattr(builtin, "has", lambda _guest, alias: alias == "crypto-crc32c")
    return int(shash.crypto_alloc_shash(guest, guest.new_text(b"crc32c"), 0, 0))


def test_the_hash_of_the_catalogue(guest: Guest, handle: int) -> None:
    """By the calls that modules make, and in one."""
    assert isinstance(find("crc32c_generic_alg"), Variable)
    assert view(guest, "crypto_shash", handle).descsize == 4
    desc, out, text = guest.heap.kmalloc(64), guest.heap.kmalloc(8), guest.new_text(b"123456789")
    view(guest, "shash_desc", desc).tfm = handle
    assert crc32c_generic.init(guest, desc) == 0
    assert shash.crypto_shash_update(guest, desc, text, 4) == 0
    assert shash.crypto_shash_update(guest, desc, text + 4, 5) == 0
    assert shash.crypto_shash_final(guest, desc, out) == 0
    assert guest.memory.u32(out) == CHECK
    guest.memory.put(out, 0, 4)
    assert crc32c_generic.digest(guest, desc, text, 9, out) == 0
    assert guest.memory.u32(out) == CHECK
    assert crc32c_generic.init(guest, desc) == 0
    assert crc32c_generic.finup(guest, desc, text, 9, out) == 0
    assert guest.memory.u32(out) == CHECK


def test_a_key_is_what_the_crc_begins_with(guest: Guest, handle: int) -> None:
    """Four bytes of it, no more and no less."""
    desc, out, key = guest.heap.kmalloc(64), guest.heap.kmalloc(8), guest.heap.kmalloc(8)
    view(guest, "shash_desc", desc).tfm = handle
    assert crc32c_generic.setkey(guest, handle, key, 8) == -EINVAL
    assert crc32c_generic.setkey(guest, handle, key, 4) == 0
    assert crc32c_generic.digest(guest, desc, key, 0, out) == 0
    assert guest.memory.u32(out) == 0xFFFFFFFF
    assert crc32c_generic.cra_init(guest, view(guest, "crypto_shash", handle).base.address()) == 0
    assert crc32c_generic.digest(guest, desc, key, 0, out) == 0
    assert guest.memory.u32(out) == 0
    assert crc32c_generic.update(guest, desc, key, 0) == 0
    assert crc32c_generic.final(guest, desc, out) == 0


@pytest.mark.parametrize(("built_in", "result"), [(False, -2), (None, "needs")])
def test_a_kernel_that_does_not_have_it(
    guest: Guest, monkeypatch: pytest.MonkeyPatch, built_in: bool | None, result: object
) -> None:
    """There is none where it is known not to be built in; where nobody knows, the run stops."""
    monkeypatch.setattr(builtin, "has", lambda _guest, _alias: built_in)
    monkeypatch.setattr(algapi, "ALGORITHMS", {})
    name = guest.new_text(b"crc32c")
    if result == "needs":
        with pytest.raises(Needs, match="the algorithm crc32c"):
            shash.crypto_alloc_shash(guest, name, 0, 0)
    else:
        assert shash.crypto_alloc_shash(guest, name, 0, 0) == result
