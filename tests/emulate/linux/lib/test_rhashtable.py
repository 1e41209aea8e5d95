"""Tests of modtools/emulate/linux/lib/rhashtable.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import rhashtable
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import EINVAL

pytest.importorskip("unicorn")


def test_hash_tables_begin_as_large_as_their_parameters_say(guest: Guest) -> None:
    """A third more than is expected, as a power of two; 64 without a hint; no key and no hash function is an error."""
    params, table = new(guest, "rhashtable_params"), new(guest, "rhashtable")
    assert rhashtable.rhashtable_init(guest, table.address(), params.address()) == -EINVAL
    sizes = []
    for hint in (0, 3, 100):
        params.key_len, params.nelem_hint = 8, hint
        assert rhashtable.rhashtable_init(guest, table.address(), params.address()) == 0
        sizes.append(view(guest, "bucket_table", table.tbl).size)
    assert (sizes, table.key_len, table.max_elems) == ([64, 4, 256], 2, 1 << 31)
