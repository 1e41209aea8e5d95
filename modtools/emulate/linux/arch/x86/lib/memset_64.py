"""arch/x86/lib/memset_64.S: Filling memory with a byte."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

_MEMSET = "4989f84088f04889d1f3aa4c89c0c3"

native("memset", _MEMSET)
native("__memset", _MEMSET)
