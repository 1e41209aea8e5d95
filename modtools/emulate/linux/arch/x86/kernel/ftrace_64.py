"""arch/x86/kernel/ftrace_64.S: What a traced function calls first."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

native("__fentry__")
