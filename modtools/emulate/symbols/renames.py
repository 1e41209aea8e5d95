"""Kernel functions and variables that got another name and kept their meaning: the name that they are written under.

What has another prototype, too, is none of these: it is declared where it is done.
"""

from __future__ import annotations

from collections.abc import Iterator

_UNCOUNTED = "_noprof"
"""What names of allocating functions end in since memory allocation profiling, which made their old names macros: Linux
commit 7bd230a26648 "mm/slab: enable slab allocation tagging for kmalloc and friends" (v6.10) and those around it.
"""
RENAMED = {
    "__kmalloc_cache": "kmalloc_trace",  # a0a44d9175b3 "mm, slab: don't wrap internal functions with alloc_hooks()"
    "__kmalloc_cache_node": "kmalloc_node_trace",  # the same
    "__kmalloc_large": "kmalloc_large",  # the same
    "get_free_pages": "__get_free_pages",  # b951aaff5035 "mm: enable page allocation tagging"
    "sized_strscpy": "strscpy",  # e6584c3964f2 "string: Allow 2-argument strscpy()" (v6.9)
    "system_percpu_wq": "system_wq",  # 128ea9f6ccfb "workqueue: Add system_percpu_wq and system_dfl_wq" (v6.17)
    "timer_init_key": "init_timer_key",  # in 7.3, not in 6.12; the functions around it got their names so in 6.16
    "init_srcu_struct_generic": "init_srcu_struct",  # in 7.3, not in 6.19: those of other kinds have names of their own
    "__num_possible_cpus": "__num_online_cpus",  # a variable of its own in 7.3; all processors of the machine run
    "crc32c": "__crc32c_le",  # in 6.16 a function of lib/crc, before one with other parameters of the crypto API
    "crc32_le_arch": "crc32_le",  # d36cebe03c3a "lib/crc32: improve support for arch-specific overrides" (v6.14)
    "crc32_le_base": "crc32_le",  # the same, where the processor has no instructions for it
    "crc32_be_arch": "crc32_be",
    "crc32_be_base": "crc32_be",
    "crc32c_arch": "__crc32c_le",
    "crc32c_base": "__crc32c_le",
    "system_dfl_wq": "system_unbound_wq",  # 128ea9f6ccfb "workqueue: Add system_percpu_wq and system_dfl_wq" (v6.17)
    "system_dfl_long_wq": "system_long_wq",  # in 7.3: the same, for work that takes long
    "__seq_puts": "seq_puts",  # 45751097aeb3 "seq_file: Optimize seq_puts()" (v6.10)
}
"""New names, without the ending, and the ones before, with the commit that renamed them."""


def earlier(name: str) -> Iterator[str]:
    """Yield the names under which something was known before, the newest first."""
    plain = name.removesuffix(_UNCOUNTED)
    if plain in RENAMED:
        yield RENAMED[plain]
    elif plain != name:
        yield plain
