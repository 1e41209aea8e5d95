"""Memory that the kernel gives out: kmalloc and caches, whole pages, vmalloc.

Stands for `mm/slub.c`, `mm/page_alloc.c`, `mm/vmalloc.c` of Linux 6.1, as far as a caller sees them: sizes are rounded
up to kmalloc's classes, pages to powers of two, and all memory is zeroed (CONFIG_INIT_ON_ALLOC_DEFAULT_ON=y). What is
given out stands in plain tables, because it outlives the process.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.memory import address_space
from modtools.emulate.memory.slabs import Slabs
from modtools.emulate.stops import Exceeded
from modtools.link.memory import PAGE, READ, WRITE, Memory

_CLASSES = (8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192)
_LAST = 16
"""So many single pages are looked at again."""
LARGEST = 64 << 20
"""Bytes that one request may have."""

_WORD = 8
_TABLES = (
    "sizes", "page_sizes", "vmalloc_sizes", "free", "free_pages", "owners", "freed", "plain", "again", "slabs",
)  # fmt: skip


def _hardened(address: int) -> int:
    """Return what stands for the pointer to the next free object, in the middle of one: in Linux it is mixed with a
    number that nobody knows, so that it is no address (`freelist_ptr()`, CONFIG_SLAB_FREELIST_HARDENED=y).
    """
    mixed: int = address * _ODD & _BELOW_TOP
    return mixed | _BELOW_TOP + 1 >> 1


_ODD, _BELOW_TOP = 0x9E3779B97F4A7C15, (1 << 63) - 1


class Heap:
    """An allocator over three stretches of the address space; `table` is all its state."""

    def __init__(self, memory: Memory, table: dict[str, Any]) -> None:
        self._memory, self._table = memory, table
        table.setdefault("slab", address_space.SLAB)
        table.setdefault("pages", address_space.PAGES)
        table.setdefault("vmalloc", address_space.STACK + (1 << 20))
        for name in _TABLES:
            table.setdefault(name, {})

    def kmalloc(self, size: int) -> int:
        """Return the address of `size` zeroed bytes, 0 for more than a kmalloc can give."""
        if size > 4 << 20:
            return 0
        if size > _CLASSES[-1]:
            return self.pages((size + PAGE - 1) // PAGE)
        rounded = next(c for c in _CLASSES if c >= size)
        return self.object(rounded, rounded if rounded & rounded - 1 == 0 else 64 if rounded == 192 else 32)

    def object(self, size: int, align: int = 8, owner: int = 0) -> int:
        """Return the address of one zeroed object of a cache of this size and alignment; `owner` is the cache's, 0 for
        kmalloc's own.
        """
        free = self._table["free"].get(size)
        if free:
            address: int = free.pop()
            self._table["freed"].pop(address, None)
            self._memory.write(address, bytes(size))
        else:
            address = self._grow(size, align)
        self._table["sizes"][address] = size
        if owner:
            self._table["owners"][address] = owner
        return address

    def kept_object(self, size: int, align: int, owner: int) -> tuple[int, list[int]]:
        """Return an object of a cache whose objects keep their content while they are free, and those of a new slab."""
        return Slabs(self, self._table["slabs"], owner).take(size, align)

    def end_cache(self, owner: int) -> None:
        """Take the slabs of a cache back, all of whose objects were freed."""
        for address in self._table["slabs"].pop(owner, {"slab": ()})["slab"]:
            size = self._table["freed"].pop(address, 0)
            if size:
                self._table["free"].setdefault(size, []).append(address)

    def give(self, address: int, size: int, owner: int) -> None:
        """Note that an object of a cache is given out."""
        self._table["freed"].pop(address, None)
        self._table["sizes"][address], self._table["owners"][address] = size, owner

    def forget(self, address: int) -> None:
        """Note that an object of a cache is not given out."""
        self._table["sizes"].pop(address)
        self._table["owners"].pop(address)

    def owner(self, address: int) -> int:
        """Return the cache that an object is of, 0 for one of kmalloc's own."""
        return int(self._table["owners"].get(address, 0))

    def objects(self, owner: int) -> list[int]:
        """Return the objects of a cache that were not freed."""
        return [address for address, cache in self._table["owners"].items() if cache == owner]

    def free_again(self, address: int) -> bool:
        """Free an object that is free already, so that it will be given out twice; return False where the slab notices
        it, because it was the last one of its page that was freed (`mm/slub.c: set_freepointer()`).
        """
        for cache, row in self._table["slabs"].items():
            if address in row["slab"]:
                return Slabs(self, self._table["slabs"], cache).put_again(address)
        size = self._table["freed"][address]
        others = self._table["free"][size]
        last = next(other for other in reversed(others) if other & -PAGE == address & -PAGE)
        if last != address:
            others.append(address)
        return bool(last != address)

    def was_freed(self, address: int) -> bool:
        """Return whether an object of this address was freed and not given out again."""
        return address in self._table["freed"]

    def part_of(self, address: int) -> tuple[str, int, int]:
        """Return what an address lies in, "" for nothing, with its beginning and size: an object in "sizes", pages
        that kmalloc gave in "page_sizes", or what vmalloc gave in "vmalloc_sizes", where one page behind it counts.
        """
        for name, gap in (("sizes", 0), ("page_sizes", 0), ("vmalloc_sizes", PAGE)):
            for begin, size in self._table[name].items():
                if begin <= address < begin + size + gap:
                    return name, begin, size + gap
        return "", 0, 0

    def is_plain(self, address: int) -> bool:
        """Return whether pages were given out as such, and not by kmalloc."""
        return address in self._table["plain"]

    def plain_pages(self, count: int) -> int:
        """Return the address of at least `count` pages as `pages()`, for one who will free them as pages."""
        address = self.pages(count)
        self._table["plain"][address] = 1
        return address

    def _grow(self, size: int, align: int) -> int:
        address: int = -(-self._table["slab"] // align) * align
        end = address + size
        if end > address_space.SLAB_END:
            raise Exceeded(f"{(address_space.SLAB_END - address_space.SLAB) >> 20} MB of memory")
        first = -(-self._table["slab"] // PAGE) * PAGE
        taken = next((page for page in range(first, end, PAGE) if self._memory.mapped(page)), None)
        if taken is not None:  # a page of the kernel's image, which is in the direct map, too
            self._table["slab"] = taken + PAGE
            return self._grow(size, align)
        if end > first:
            self._memory.map(first, end - first, READ | WRITE)
        self._table["slab"] = end
        return address

    def size(self, address: int) -> int:
        """Return how many bytes were given out at this address; 0 for none."""
        for name in ("sizes", "page_sizes", "vmalloc_sizes"):
            if address in self._table[name]:
                return int(self._table[name][address])
        return 0

    def free(self, address: int) -> bool:
        """Take memory back, however it was given out; return whether it was given out."""
        size = self._table["sizes"].pop(address, 0)
        owner = self._table["owners"].pop(address, None)
        self._table["plain"].pop(address, None)
        if size:
            self._table["freed"][address] = size
            if owner in self._table["slabs"]:
                Slabs(self, self._table["slabs"], owner).put(address)
                return True
            self._table["free"].setdefault(size, []).append(address)
            self._memory.put(address + (size // 2 & -_WORD), _hardened(address), _WORD)
            return True
        size = self._table["page_sizes"].pop(address, 0)
        if size:
            self._table["free_pages"].setdefault(size // PAGE, []).append(address)
            return True
        size = self._table["vmalloc_sizes"].pop(address, 0)
        if size:
            self._memory.unmap(address, size)
        return bool(size)

    def free_pages(self) -> list[int]:
        """Return the single pages that are free, the last ones that were given back."""
        found: list[int] = self._table["free_pages"].get(1, [])
        return found[-_LAST:]

    def free_page_again(self, address: int) -> None:
        """Count a single page as given back once more."""
        if address in self._table["free_pages"].get(1, ()):
            self._table["again"][address] = self.freed_again(address) + 1

    def freed_again(self, address: int) -> int:
        """Return how often a page was given back that was free already."""
        return int(self._table["again"].get(address, 0))

    def lose(self, address: int) -> None:
        """Give out a single page no more."""
        self._table["free_pages"][1].remove(address)
        self._table["again"].pop(address, None)

    def pages(self, count: int) -> int:
        """Return the address of at least `count` zeroed pages in a row, aligned to their size."""
        count = 1 << (count - 1).bit_length()
        free = self._table["free_pages"].get(count)
        if free:
            address: int = free.pop()
            self._memory.write(address, bytes(count * PAGE))
        else:
            size = count * PAGE
            address = -(-self._table["pages"] // size) * size
            if address + size > address_space.PAGES_END:
                raise Exceeded(f"{(address_space.PAGES_END - address_space.PAGES) >> 20} MB of pages")
            self._table["pages"] = address + size
            self._memory.map(address, size, READ | WRITE)
        self._table["page_sizes"][address] = count * PAGE
        return address

    def vmalloc(self, size: int) -> int:
        """Return the address of zeroed pages with an unmapped one behind them; 0 where there is no room."""
        size = -(-size // PAGE) * PAGE
        address: int = self._table["vmalloc"]
        if not size or size > LARGEST or address + size + PAGE > address_space.VMALLOC + (128 << 20):
            return 0
        self._table["vmalloc"] = address + size + PAGE
        self._memory.map(address, size, READ | WRITE)
        self._table["vmalloc_sizes"][address] = size
        return address
