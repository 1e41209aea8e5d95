"""arch/x86/lib/hweight.S: Counting the bits of a word."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

# has no POPCNT. Callers keep all registers but RAX.
native("__sw_hweight32")
native("__sw_hweight64")
