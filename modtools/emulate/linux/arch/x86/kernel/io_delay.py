"""arch/x86/kernel/io_delay.c: Short delays between accesses to old devices."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

native("native_io_delay")
