"""arch/x86/lib/memcpy_64.S: Copying memory that does not overlap."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

native("memcpy")
native("__memcpy")
