"""lib/radix-tree.c: Radix trees.

One is an xarray (`lib/xarray.py`), whose marks are called tags. A slot, by which modules read an entry, is a place of
its own here, made when somebody asks for it. Each step of a walk finds a single entry.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.xarray import (
    MARK_BITS,
    changed,
    destroy,
    entries,
    marked,
    store,
    xa_clear_mark,
    xa_get_mark,
    xa_set_mark,
)
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import preemption
from modtools.integers import MASK64
from modtools.linuxerrno import EEXIST


@function(
    "void idr_preload(gfp_t gfp_mask)",
    "int radix_tree_preload(gfp_t gfp_mask)",
    "int radix_tree_maybe_preload(gfp_t gfp_mask)",
)
def idr_preload(guest: Guest, _flags: int) -> int:
    """Disable preemption, which the caller's idr_preload_end() enables again, and return 0; memory is always there."""
    preemption.add(guest, 1)
    return 0


_TAG, _TAGGED, _CONTIGUOUS = 0x0F, 0x10, 0x20


def _slot(guest: Guest, root: int, index: int) -> int:
    """Return the address of the slot of an entry; make it when it is first asked for."""
    slots = guest.table("radix_slots")
    if (root, index) not in slots:
        slots[root, index] = guest.heap.kmalloc(8)
        guest.memory.put(slots[root, index], entries(guest, root)[index], 8)
    return int(slots[root, index])


@function("int radix_tree_insert(struct xarray *root, unsigned long index, void *item)")
def radix_tree_insert(guest: Guest, root: int, index: int, item: int) -> int:
    """Insert an item; return 0, or -EEXIST if the index has one."""
    if index in entries(guest, root):
        return -EEXIST
    if not item:
        raise Needs("NULL in a radix tree")
    store(guest, root, index, item)
    return 0


@function("void *radix_tree_lookup(const struct xarray *root, unsigned long index)")
def radix_tree_lookup(guest: Guest, root: int, index: int) -> int:
    """Return the item at an index; NULL if there is none."""
    return entries(guest, root).get(index, 0)


@function("void **radix_tree_lookup_slot(const struct xarray *root, unsigned long index)")
def radix_tree_lookup_slot(guest: Guest, root: int, index: int) -> int:
    """Return the slot of the item at an index; NULL if there is none."""
    return _slot(guest, root, index) if index in entries(guest, root) else 0


@function("void radix_tree_replace_slot(struct xarray *root, void **slot, void *item)")
def radix_tree_replace_slot(guest: Guest, root: int, place: int, item: int) -> None:
    """Put another item into a slot. NULL, and a slot that is not of this tree, stop the run."""
    for (tree, index), slot in guest.table("radix_slots").items():
        if tree == root and slot == place and item:
            guest.memory.put(place, item, 8)
            rows = entries(guest, root)
            rows[index] = item
            changed(guest, root, rows)
            return
    raise Needs("radix_tree_replace_slot() of NULL, or a slot of none")


@function("void *radix_tree_delete_item(struct xarray *root, unsigned long index, void *item)")
def radix_tree_delete_item(guest: Guest, root: int, index: int, item: int) -> int:
    """Remove and return the item at an index; NULL if there is none, or if it is not `item` (where that is given)."""
    found = entries(guest, root).get(index, 0)
    if not found or (item and item != found):
        return 0
    guest.heap.free(guest.table("radix_slots").pop((root, index), 0))
    return store(guest, root, index, 0)


@function("void *radix_tree_delete(struct xarray *root, unsigned long index)")
def radix_tree_delete(guest: Guest, root: int, index: int) -> int:
    """Remove and return the item at an index; NULL if there is none."""
    return int(radix_tree_delete_item(guest, root, index, 0))


def _indexes(guest: Guest, root: int, start: int, tag: int | None) -> list[int]:
    rows = entries(guest, root)
    chosen = rows if tag is None else marked(guest, root, tag).keys() & rows.keys()
    return sorted(index for index in chosen if index >= start)


def _gather(guest: Guest, root: int, results: int, found: list[int]) -> int:
    for number, index in enumerate(found):
        guest.memory.put(results + 8 * number, entries(guest, root)[index], 8)
    return len(found)


@function(
    "unsigned int radix_tree_gang_lookup(const struct xarray *root, void **results, unsigned long first_index,"
    " unsigned int max_items)"
)
def radix_tree_gang_lookup(guest: Guest, root: int, results: int, first: int, limit: int) -> int:
    """Store up to `max_items` items in order from an index on; return how many."""
    return _gather(guest, root, results, _indexes(guest, root, first, None)[:limit])


@function(
    "unsigned int radix_tree_gang_lookup_tag(const struct xarray *root, void **results, unsigned long first_index,"
    " unsigned int max_items, unsigned int tag)"
)
def radix_tree_gang_lookup_tag(guest: Guest, root: int, results: int, first: int, limit: int, tag: int) -> int:
    """Store up to `max_items` items with a tag, in order from an index on; return how many."""
    return _gather(guest, root, results, _indexes(guest, root, first, tag)[:limit])


@function("void *radix_tree_tag_set(struct xarray *root, unsigned long index, unsigned int tag)")
def radix_tree_tag_set(guest: Guest, root: int, index: int, tag: int) -> int:
    """Set a tag of the item at an index and return the item; an index without one stops the run."""
    if index not in entries(guest, root):
        raise Needs("radix_tree_tag_set() where nothing is")
    xa_set_mark(guest, root, index, tag)
    return entries(guest, root)[index]


@function("void *radix_tree_tag_clear(struct xarray *root, unsigned long index, unsigned int tag)")
def radix_tree_tag_clear(guest: Guest, root: int, index: int, tag: int) -> int:
    """Clear a tag of the item at an index; return the item, NULL if there is none."""
    xa_clear_mark(guest, root, index, tag)
    return entries(guest, root).get(index, 0)


@function("int radix_tree_tag_get(const struct xarray *root, unsigned long index, unsigned int tag)")
def radix_tree_tag_get(guest: Guest, root: int, index: int, tag: int) -> bool:
    """Return whether the item at an index has a tag."""
    return bool(xa_get_mark(guest, root, index, tag))


@function("int radix_tree_tagged(const struct xarray *root, unsigned int tag)")
def radix_tree_tagged(guest: Guest, root: int, tag: int) -> int:
    """Return the bit of the root's flags that says that some item has a tag, or 0."""
    return int(view(guest, "xarray", root).xa_flags) & 1 << MARK_BITS + tag


@function("void **radix_tree_next_chunk(const struct xarray *root, struct radix_tree_iter *iter, unsigned int flags)")
def radix_tree_next_chunk(guest: Guest, root: int, place: int, flags: int) -> int:
    """Return the slot of the next entry of a walk, a chunk of one entry; NULL at the end."""
    walk = view(guest, "radix_tree_iter", place)
    start = walk.next_index
    if not start and walk.index:  # beyond the highest index
        return 0
    found = _indexes(guest, root, start, flags & _TAG if flags & _TAGGED else None)
    if not found or (flags & _CONTIGUOUS and found[0] != start):
        return 0
    walk.index, walk.next_index, walk.tags, walk.node = found[0], found[0] + 1 & MASK64, 1, 0
    return _slot(guest, root, found[0])


@function("void radix_tree_iter_delete(struct xarray *root, struct radix_tree_iter *iter, void **slot)")
def radix_tree_iter_delete(guest: Guest, root: int, place: int, _slot_place: int) -> None:
    """Delete the entry that a walk found last."""
    radix_tree_delete(guest, root, view(guest, "radix_tree_iter", place).index)


@function("void **radix_tree_iter_resume(void **slot, struct radix_tree_iter *iter)")
def radix_tree_iter_resume(guest: Guest, _slot_place: int, place: int) -> int:
    """Let a walk go on behind its last entry after a pause; return NULL."""
    walk = view(guest, "radix_tree_iter", place)
    walk.index = walk.next_index = walk.index + 1 & MASK64
    walk.tags = 0
    return 0


function("void idr_destroy(struct idr *idr)")(destroy)
