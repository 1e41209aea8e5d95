"""arch/x86/lib/memcpy_64.S: Copying memory that does not overlap."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

_MEMCPY = "4889f84889d1f3a4c3"

native("memcpy", _MEMCPY)
native("__memcpy", _MEMCPY)
