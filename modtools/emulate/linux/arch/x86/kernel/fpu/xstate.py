"""arch/x86/kernel/fpu/xstate.c: Which extended states the processor can save."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("int cpu_has_xfeatures(u64 xfeatures_needed, const char **feature_name)")
def cpu_has_xfeatures(guest: Guest, wanted: int, result: int) -> bool:
    """Return false, since the processor has no XSAVE; write the name of the highest feature wanted."""
    names = ("x87 floating point registers", "SSE registers", "AVX registers", "MPX bounds registers")
    names += ("MPX CSR", "AVX-512 opmask", "AVX-512 Hi256", "AVX-512 ZMM_Hi256")  # type: ignore[assignment]
    if result and wanted:
        table = guest.table("xfeatures")
        name = names[min(wanted.bit_length() - 1, len(names) - 1)]
        if name not in table:
            table[name] = guest.new_text(name.encode("utf-8", "surrogateescape"))
        guest.memory.put(result, table[name], 8)
    return False
