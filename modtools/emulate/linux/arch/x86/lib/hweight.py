"""arch/x86/lib/hweight.S: Counting the bits of a word."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

# has no POPCNT. Callers keep all registers but RAX.
_COUNT_BITS = "31c0 4885ff 740b 488d57ff 4821d7 ffc0 ebf0 5a5f c3"
native("__sw_hweight32", "5752 89ff" + _COUNT_BITS)
native("__sw_hweight64", "5752" + _COUNT_BITS)
