"""arch/x86/hyperv/hv_init.c: Running as a guest of Hyper-V, which the machine does not."""

from __future__ import annotations

from modtools.emulate.symbols.registry import function

function("bool hv_is_hyperv_initialized(void)")(lambda _guest: 0)
