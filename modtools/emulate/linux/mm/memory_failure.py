"""mm/memory-failure.c: Settings of the filter of poisoned pages."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("hwpoison_filter_dev_major", 4)
@variable("hwpoison_filter_dev_minor", 4)
def hwpoison_filter_device(guest: Guest, address: int) -> None:
    """Store ~0: the filter of poisoned pages takes any device."""
    guest.memory.put(address, 0xFFFFFFFF, 4)


@variable("hwpoison_filter_enable", 4)
@variable("hwpoison_filter_flags_mask", 8)
@variable("hwpoison_filter_flags_value", 8)
@variable("hwpoison_filter_memcg", 8)
def hwpoison_filter(_guest: Guest, _address: int) -> None:
    """Leave the settings 0: the filter of poisoned pages is off."""
