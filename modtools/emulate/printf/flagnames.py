"""Names of flags, as %pGp, %pGv and %pGg say them.

From Linux 6.1: `include/trace/events/mmflags.h`, `include/linux/page-flags.h`, `include/linux/mm.h`,
`include/linux/gfp_types.h`, as Debian's kernel is built. Each table is in the order in which flags are looked for: what
was found is taken out, the rest is a number.
"""

from __future__ import annotations

Names = tuple[tuple[int, str], ...]

PAGE: Names = tuple(
    (1 << int(bit), name)
    for bit, name in (
        pair.split(":")
        for pair in (
            "0:locked 7:waiters 8:error 1:referenced 2:uptodate 3:dirty 4:lru 5:active 6:workingset 9:slab "
            "10:owner_priv_1 11:arch_1 12:reserved 13:private 14:private_2 15:writeback 16:head 17:mappedtodisk "
            "18:reclaim 19:swapbacked 20:unevictable 21:mlocked 22:uncached 23:hwpoison 24:arch_2"
        ).split()
    )
)
PAGE_FLAGS = 25
PAGE_FIELDS = (("node", 54, 10, "%d"), ("zone", 51, 3, "%d"), ("lastcpupid", 30, 21, "%#x"))
"""What stands in the upper bits of a page's flags: name, first bit, width, format."""

AREA: Names = tuple(
    (1 << int(bit), name)
    for bit, name in (
        pair.split(":")
        for pair in (
            "0:read 1:write 2:exec 3:shared 4:mayread 5:maywrite 6:mayexec 7:mayshare 8:growsdown 9:uffd_missing "
            "37:uffd_minor 10:pfnmap 12:uffd_wp 13:locked 14:io 15:seqread 16:randread 17:dontcopy 18:dontexpand "
            "19:lockonfault 20:account 21:noreserve 22:hugetlb 23:sync 24:pat 25:wipeonfork 26:dontdump 27:softdirty "
            "28:mixedmap 29:hugepage 30:nohugepage 31:mergeable"
        ).split()
    )
)
_KERNEL = 0xCC0
_USER = _KERNEL | 0x100000
_MOVABLE = _USER | 0x2 | 0x8
_LIGHT = (_MOVABLE | 0x40000 | 0x80000 | 0x2000) & ~0xC00
ALLOCATION: Names = (
    (_LIGHT | 0x400, "GFP_TRANSHUGE"),
    (_LIGHT, "GFP_TRANSHUGE_LIGHT"),
    (_MOVABLE, "GFP_HIGHUSER_MOVABLE"),
    (_USER | 0x2, "GFP_HIGHUSER"),
    (_USER, "GFP_USER"),
    (_KERNEL | 0x400000, "GFP_KERNEL_ACCOUNT"),
    (_KERNEL, "GFP_KERNEL"),
    (0xC40, "GFP_NOFS"),
    (0xA20, "GFP_ATOMIC"),
    (0xC00, "GFP_NOIO"),
    (0x800, "GFP_NOWAIT"),
    (0x1, "GFP_DMA"),
    (0x2, "__GFP_HIGHMEM"),
    (0x4, "GFP_DMA32"),
    (0x20, "__GFP_HIGH"),
    (0x200, "__GFP_ATOMIC"),
    (0x40, "__GFP_IO"),
    (0x80, "__GFP_FS"),
    (0x2000, "__GFP_NOWARN"),
    (0x4000, "__GFP_RETRY_MAYFAIL"),
    (0x8000, "__GFP_NOFAIL"),
    (0x10000, "__GFP_NORETRY"),
    (0x40000, "__GFP_COMP"),
    (0x100, "__GFP_ZERO"),
    (0x80000, "__GFP_NOMEMALLOC"),
    (0x20000, "__GFP_MEMALLOC"),
    (0x100000, "__GFP_HARDWALL"),
    (0x200000, "__GFP_THISNODE"),
    (0x10, "__GFP_RECLAIMABLE"),
    (0x8, "__GFP_MOVABLE"),
    (0x400000, "__GFP_ACCOUNT"),
    (0x1000, "__GFP_WRITE"),
    (0xC00, "__GFP_RECLAIM"),
    (0x400, "__GFP_DIRECT_RECLAIM"),
    (0x800, "__GFP_KSWAPD_RECLAIM"),
    (0x800000, "__GFP_ZEROTAGS"),
)


_OTHER_SETS = {"GFP_ATOMIC": 0x820, "GFP_NOWAIT": 0x2800}
ALLOCATION_WITHOUT_ATOMIC: Names = tuple(
    (_OTHER_SETS.get(name, mask), name) for mask, name in ALLOCATION if name != "__GFP_ATOMIC"
)
"""Of kernels that number these flags by an enum, where one that means "atomic" is gone: Linux 6.12."""


def spell(flags: int, names: Names) -> str:
    """Return the names of flags with `|` between them and the rest as a number, as format_flags() does."""
    found = []
    for mask, name in names:
        if flags and flags & mask == mask:
            found.append(name)
            flags &= ~mask
    return "|".join([*found, f"{flags:#x}"] if flags else found)


def spell_page(flags: int) -> str:
    """Return a page's flags as format_page_flags() does: the number, the names, and the fields in the upper bits."""
    parts = [spell(flags & (1 << PAGE_FLAGS) - 1, PAGE)]
    parts += [f"{name}={pattern % (flags >> at & (1 << width) - 1)}" for name, at, width, pattern in PAGE_FIELDS]
    return f"{flags:#x}({'|'.join(part for part in parts if part)})"
