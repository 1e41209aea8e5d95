"""arch/x86/kernel/ftrace_64.S: The call at the beginning of each function that can be traced."""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

native("__fentry__")
