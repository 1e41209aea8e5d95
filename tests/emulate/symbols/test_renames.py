"""What only got another name is done by what was written under the old one."""

from __future__ import annotations

import pytest

from modtools import profiles
from modtools.emulate.symbols import registry, renames

HOME, OTHER = profiles.load("debian-12"), profiles.load("debian-13")


@pytest.mark.parametrize(
    ("name", "old"),
    [("vmalloc_noprof", "vmalloc"), ("__kmalloc_cache_noprof", "kmalloc_trace"), ("sized_strscpy", "strscpy")],
)
def test_a_renamed_function_is_found(name: str, old: str) -> None:
    """In the kernel that has the new name, as the same function."""
    assert OTHER.exports.get(name)
    assert HOME.exports.get(name) is None
    assert registry.find_in(name, OTHER.prototypes, HOME.prototypes) is registry.find(old)


def test_a_name_that_is_not_renamed_has_no_earlier_one() -> None:
    """An ending alone says it for allocating functions, a table for others."""
    assert list(renames.earlier("vmalloc")) == []
    assert list(renames.earlier("mempool_alloc_noprof")) == ["mempool_alloc"]


def test_a_renamed_function_with_another_prototype_is_not_the_old_one() -> None:
    """`_noprof` alone does not say what is passed: the kernel's own declaration decides."""
    declared = {"vmalloc_noprof": "void *vmalloc_noprof(unsigned long size, unsigned int more)"}
    assert registry.find_in("vmalloc_noprof", declared, HOME.prototypes) is None


def test_a_checksum_has_the_name_of_its_means() -> None:
    """In 6.14 to 6.16 its function is inline and calls one of these."""
    declared = {"crc32_le_arch": "u32 crc32_le_arch(u32 crc, const u8 *p, size_t len)"}
    assert registry.find_in("crc32_le_arch", declared, HOME.prototypes) is registry.find("crc32_le")


def test_every_earlier_name_is_provided() -> None:
    """The table names no function that is not there."""
    assert [old for new in renames.RENAMED for old in renames.earlier(new) if registry.find(old) is None] == []
