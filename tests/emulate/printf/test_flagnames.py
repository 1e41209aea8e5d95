"""Tests of modtools/emulate/printf/flagnames.py."""

from __future__ import annotations

import pytest

from modtools.emulate.printf import flagnames

pytest.importorskip("unicorn")

GFP = (
    "GFP_DMA __GFP_HIGHMEM GFP_DMA32 __GFP_MOVABLE __GFP_RECLAIMABLE __GFP_HIGH __GFP_IO __GFP_FS __GFP_ZERO"
    " __GFP_ATOMIC __GFP_DIRECT_RECLAIM GFP_NOWAIT __GFP_WRITE __GFP_NOWARN __GFP_RETRY_MAYFAIL __GFP_NOFAIL"
    " __GFP_NORETRY __GFP_MEMALLOC __GFP_COMP __GFP_NOMEMALLOC __GFP_HARDWALL __GFP_THISNODE __GFP_ACCOUNT"
    " __GFP_ZEROTAGS"
).split()
"""What bits 0, 1 and so on are called, where each is alone: `include/linux/gfp_types.h` of 6.1."""
SETS = {
    "GFP_KERNEL": "DIRECT_RECLAIM KSWAPD IO FS",
    "GFP_KERNEL_ACCOUNT": "DIRECT_RECLAIM KSWAPD IO FS ACCOUNT",
    "GFP_NOFS": "DIRECT_RECLAIM KSWAPD IO",
    "GFP_NOIO": "DIRECT_RECLAIM KSWAPD",
    "GFP_ATOMIC": "HIGH ATOMIC KSWAPD",
    "GFP_USER": "DIRECT_RECLAIM KSWAPD IO FS HARDWALL",
    "GFP_HIGHUSER": "DIRECT_RECLAIM KSWAPD IO FS HARDWALL HIGHMEM",
    "GFP_HIGHUSER_MOVABLE": "DIRECT_RECLAIM KSWAPD IO FS HARDWALL HIGHMEM MOVABLE",
    "GFP_TRANSHUGE": "DIRECT_RECLAIM IO FS HARDWALL HIGHMEM MOVABLE COMP NOMEMALLOC NOWARN",
    "GFP_TRANSHUGE_LIGHT": "IO FS HARDWALL HIGHMEM MOVABLE COMP NOMEMALLOC NOWARN",
}
"""What the sets of that file are made of."""
OF_PAGES = (
    "locked referenced uptodate dirty lru active workingset waiters error slab owner_priv_1 arch_1 reserved private"
    " private_2 writeback head mappedtodisk reclaim swapbacked unevictable mlocked uncached hwpoison arch_2"
).split()
"""`enum pageflags` of Debian's 6.1."""
OF_AREAS = (
    "read write exec shared mayread maywrite mayexec mayshare growsdown uffd_missing pfnmap  uffd_wp locked io seqread"
    " randread dontcopy dontexpand lockonfault account noreserve hugetlb sync pat wipeonfork dontdump softdirty"
    " mixedmap hugepage nohugepage mergeable"
).split(" ")
"""The bits VM_READ to VM_MERGEABLE of `include/linux/mm.h`; 11 has no name, for nobody sets it."""


def test_flags_of_a_page_are_spelled_as_the_document_shows() -> None:
    """`Documentation/core-api/printk-formats.rst` has this very example."""
    expected = "0x17ffffc0002036(referenced|uptodate|lru|active|private|node=0|zone=2|lastcpupid=0x1fffff)"
    assert flagnames.spell_page(0x17FFFFC0002036) == expected


def test_flags_without_a_name_are_a_number() -> None:
    """What is left when all names were taken out stands at the end; nothing at all is nothing."""
    assert flagnames.spell(0x400CC0 | 1 << 30, flagnames.ALLOCATION) == "GFP_KERNEL_ACCOUNT|0x40000000"
    assert flagnames.spell(0, flagnames.AREA) == ""


def _short(name: str) -> str:
    return "KSWAPD" if name == "GFP_NOWAIT" else name.removeprefix("__").removeprefix("GFP_")


def test_each_flag_of_an_allocation_has_its_name() -> None:
    """Alone, and as a part of the sets that have names of their own."""
    assert [flagnames.spell(1 << bit, flagnames.ALLOCATION) for bit in range(len(GFP))] == GFP
    assert flagnames.spell(1 << len(GFP), flagnames.ALLOCATION) == f"{1 << len(GFP):#x}"
    bits = {_short(name): 1 << bit for bit, name in enumerate(GFP)}
    for name, parts in SETS.items():
        assert flagnames.spell(sum(bits[part] for part in parts.split()), flagnames.ALLOCATION) == name
    reclaim = bits["DIRECT_RECLAIM"] | bits["KSWAPD"] | bits["ZERO"]
    assert flagnames.spell(reclaim, flagnames.ALLOCATION) == "GFP_NOIO|__GFP_ZERO"


def test_later_kernels_have_no_flag_for_atomic() -> None:
    """GFP_ATOMIC is what must not wait, and GFP_NOWAIT does not warn: Linux 6.12."""
    names = flagnames.ALLOCATION_WITHOUT_ATOMIC
    assert [flagnames.spell(flags, names) for flags in (0x820, 0x2800, 0x800, 0x200)] == [
        "GFP_ATOMIC",
        "GFP_NOWAIT",
        "__GFP_KSWAPD_RECLAIM",
        "0x200",
    ]


def test_each_flag_of_an_area_has_its_name() -> None:
    """The lower half by their bits, and the one above."""
    for bit, name in enumerate(OF_AREAS):
        assert flagnames.spell(1 << bit, flagnames.AREA) == (name or f"{1 << bit:#x}")
    assert flagnames.spell(1 << 37 | 1, flagnames.AREA) == "read|uffd_minor"


def test_each_flag_and_field_of_a_page_has_its_name() -> None:
    """Above the flags are bits of nobody, then the last processor, zone and node."""
    rest = "node=0|zone=0|lastcpupid=0x0"
    for bit, name in enumerate(OF_PAGES):
        assert flagnames.spell_page(1 << bit) == f"{1 << bit:#x}({name}|{rest})"
    assert flagnames.spell_page(1 << 25) == f"{1 << 25:#x}({rest})"
    assert flagnames.spell_page(1 << 29) == f"{1 << 29:#x}({rest})"
    fields = {
        30: "node=0|zone=0|lastcpupid=0x1",
        50: "node=0|zone=0|lastcpupid=0x100000",
        51: "node=0|zone=1|lastcpupid=0x0",
    }
    fields |= {
        53: "node=0|zone=4|lastcpupid=0x0",
        54: "node=1|zone=0|lastcpupid=0x0",
        63: "node=512|zone=0|lastcpupid=0x0",
    }
    for bit, text in fields.items():
        assert flagnames.spell_page(1 << bit) == f"{1 << bit:#x}({text})"
