"""arch/x86/lib/memset_64.S: Filling memory with a byte."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

native("memset")
native("__memset")
