"""kernel/sched/wait_bit.c: Waiting until a bit is cleared. One that is cleared without a word ends the wait, too."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import signals
from modtools.emulate.tasks.clock import after_jiffies
from modtools.linuxerrno import EAGAIN, EINTR

_BITS = 64


def _wait(guest: Guest, word: int, bit: int, mode: int, deadline: int | None = None) -> int:
    place, mask = word + bit // _BITS * 8, 1 << bit % _BITS

    def clear() -> bool:
        return not guest.memory.u64(place) & mask

    guest.wait_until(clear, deadline, state=mode)
    if clear():
        return 0
    return -EAGAIN if deadline is not None and not signals.ends_wait(guest, mode) else -EINTR


@function("int out_of_line_wait_on_bit(void *word, int bit, void *action, unsigned int mode)")
def out_of_line_wait_on_bit(guest: Guest, word: int, bit: int, _action: int, mode: int) -> int:
    """Wait until a bit is clear, as `bit_wait()` does; return 0, or -EINTR where a signal ends the wait."""
    return _wait(guest, word, bit, mode)


@function(
    "int out_of_line_wait_on_bit_timeout(void *word, int bit, void *action, unsigned int mode, unsigned long timeout)"
)
def out_of_line_wait_on_bit_timeout(guest: Guest, word: int, bit: int, _action: int, mode: int, timeout: int) -> int:
    """Do the same for so many ticks at most; return -EAGAIN when they are over."""
    return _wait(guest, word, bit, mode, after_jiffies(guest, timeout))


@function("void wake_up_bit(void *word, int bit)")
def wake_up_bit(_guest: Guest, _word: int, _bit: int) -> None:
    """Do nothing: who waits for a bit looks at it."""
