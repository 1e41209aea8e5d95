"""kernel/bpf/btf.c: Functions that BPF programs may call."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("int register_btf_kfunc_id_set(enum bpf_prog_type prog_type, const struct btf_kfunc_id_set *kset)")
def register_btf_kfunc_id_set(_guest: Guest, _kind: int, _set: int) -> int:
    """Return 0: the module's functions are allowed for BPF programs, which nobody loads."""
    return 0
