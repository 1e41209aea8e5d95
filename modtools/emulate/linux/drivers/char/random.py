"""drivers/char/random.c: Random numbers, which are the same in every run."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.random import random_bytes
from modtools.emulate.symbols.registry import function


@function("void get_random_bytes(void *buf, size_t len)")
def get_random_bytes(guest: Guest, buffer: int, size: int) -> None:
    """Fill a buffer with random bytes, the same in every run."""
    guest.memory.write(buffer, random_bytes(guest, guest.bounded(size)))


@function("u32 get_random_u32(void)")
def get_random_u32(guest: Guest) -> int:
    """Return a random number of 32 bits, the same in every run."""
    return int.from_bytes(random_bytes(guest, 4), "little")


@function("u16 get_random_u16(void)")
def get_random_u16(guest: Guest) -> int:
    """Return a random number of 16 bits, the same in every run."""
    return int.from_bytes(random_bytes(guest, 2), "little")


@function("u8 get_random_u8(void)")
def get_random_u8(guest: Guest) -> int:
    """Return a random number of 8 bits, the same in every run."""
    return int.from_bytes(random_bytes(guest, 1), "little")


@function("void add_device_randomness(const void *buf, size_t len)")
def add_device_randomness(_guest: Guest, _buffer: int, _size: int) -> None:
    """Do nothing: what a driver adds does not change the machine's random numbers."""


@function("u32 __get_random_u32_below(u32 ceil)")
def get_random_u32_below(guest: Guest, ceiling: int) -> int:
    """Return a random number below a limit, each equally likely; any of 32 bits for the limit 0."""
    if not ceiling:
        return int(get_random_u32(guest))
    least = (1 << 32) % ceiling
    while (product := ceiling * int(get_random_u32(guest))) & 0xFFFFFFFF < least:
        pass
    return product >> 32
