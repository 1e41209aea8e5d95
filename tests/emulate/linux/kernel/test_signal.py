"""Tests of modtools/emulate/linux/kernel/signal.py."""

from __future__ import annotations

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import signal
from modtools.emulate.tasks import threads
from modtools.linuxerrno import EINVAL
from tests.emulated import both_kernels

_USR1, _USR2 = 10, 12


@both_kernels
def test_a_thread_gets_the_signals_that_it_takes(guest: Guest) -> None:
    """Others are ignored; what has come stays until it is flushed, or the thread takes it no more."""
    thread = threads.create(guest, 0, 0, "taker", started=False)
    row = guest.table("tasks")[thread]
    row["allowed"] = 1 << _USR1 - 1
    for number, expected in ((_USR2, 0), (_USR1, 1 << _USR1 - 1), (65, None)):
        result = signal.send_sig_info(guest, number, 0, thread)
        assert result == (-EINVAL if expected is None else 0)
        assert expected is None or row.get("signals", 0) == expected
    signal.flush_signals(guest, thread)
    assert row["signals"] == 0
