"""kernel/dma/mapping.c: Memory for devices that read and write it themselves.

Devices see memory by its physical addresses, as without an IOMMU; on the machine all of it is within reach of 32 bits.
"""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import devres
from modtools.emulate.linux.lib.scatterlist import entries
from modtools.emulate.linux.lib.scatterlist import place as place_of
from modtools.emulate.memory import address_space, pages
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.integers import MASK64
from modtools.link.memory import PAGE
from modtools.linuxerrno import EIO

ERROR = MASK64
"""`DMA_MAPPING_ERROR`."""
_LEAST_MASK = (1 << 24) - 1
"""What a device must reach: the memory that is kept for those of ISA."""


def _supported(mask: int) -> bool:
    """Return whether a device with this mask can be served (`dma_direct_supported()`)."""
    return mask >= _LEAST_MASK


@function("int dma_set_mask(struct device *dev, u64 mask)")
def dma_set_mask(guest: Guest, device: int, mask: int) -> int:
    """Set a device's DMA mask; return 0, or -EIO for a device that has none, or a mask of less than 24 bits."""
    place = view(guest, "device", device).dma_mask
    if not place or not _supported(mask):
        return -EIO
    guest.memory.put(place, mask, 8)
    return 0


@function("int dma_set_coherent_mask(struct device *dev, u64 mask)")
def dma_set_coherent_mask(guest: Guest, device: int, mask: int) -> int:
    """Set a device's mask for coherent DMA; return 0, or -EIO for one of less than 24 bits."""
    if not _supported(mask):
        return -EIO
    view(guest, "device", device).coherent_dma_mask = mask
    return 0


@function("u64 dma_get_required_mask(struct device *dev)")
def dma_get_required_mask(guest: Guest, _device: int) -> int:
    """Return the mask that reaches all memory."""
    return (1 << (guest.hardware.memory - PAGE).bit_length()) - 1


@function("size_t dma_max_mapping_size(struct device *dev)", "size_t dma_opt_mapping_size(struct device *dev)")
def dma_max_mapping_size(_guest: Guest, _device: int) -> int:
    """Return that a mapping may have any size."""
    return MASK64


@function("bool dma_can_mmap(struct device *dev)")
def dma_can_mmap(_guest: Guest, _device: int) -> bool:
    """Return that coherent memory can be mapped by programs."""
    return True


@function("bool dma_need_sync(struct device *dev, dma_addr_t dma_addr)")
def dma_need_sync(_guest: Guest, _device: int, _address: int) -> bool:
    """Return that nothing has to be done between the device's use of memory and the processor's."""
    return False


def _reached(address: int, size: int, mask: int) -> int:
    """Return the physical address of memory of the direct map, for a device with this mask."""
    physical = address - address_space.PAGE_OFFSET
    if physical + size - 1 > mask:
        raise Needs(f"memory that a DMA mask of {mask:#x} reaches")
    return physical


def allocate(guest: Guest, device: int, size: int, flags: int) -> tuple[int, int]:
    """Return address and physical address of new zeroed memory for a device; 0 for too much, or where the device has no
    mask, which is warned of once.
    """
    mask = view(guest, "device", device).coherent_dma_mask
    if not mask:
        report_kernel_warning(guest, "dma_alloc_attrs", once=True)
        return 0, 0
    order = (-(-size // PAGE) - 1).bit_length() if size else 0
    if order >= pages.MAX_ORDER:
        pages.complain(guest, flags)
        return 0, 0
    address = guest.heap.plain_pages(1 << order)
    return address, _reached(address, size, mask)


@function(
    "void *dma_alloc_attrs(struct device *dev, size_t size, dma_addr_t *dma_handle, gfp_t flag, unsigned long attrs)"
)
def dma_alloc_attrs(guest: Guest, device: int, size: int, handle: int, flags: int, _attributes: int) -> int:
    """Return new zeroed memory that the processor and a device share, and write its physical address; NULL for too
    much.
    """
    address, physical = allocate(guest, device, size, flags)
    if address:
        guest.memory.put(handle, physical, 8)
    return address


@function(
    "void dma_free_attrs(struct device *dev, size_t size, void *cpu_addr, dma_addr_t dma_handle, unsigned long attrs)"
)
def dma_free_attrs(guest: Guest, _device: int, _size: int, address: int, _physical: int, _attributes: int) -> None:
    """Free memory that was shared with a device; NULL is ignored."""
    if address:
        guest.heap.free(address)


def _map(guest: Guest, device: int, address: int, size: int, warning: str) -> int:
    """Return the physical address of memory for a device, or `ERROR` for one without a mask, which is warned of."""
    mask = view(guest, "device", device).dma_mask
    if not mask:
        report_kernel_warning(guest, warning, once=True)
        return ERROR
    return _reached(address, size, guest.memory.u64(mask))


@function(
    "dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,"
    " enum dma_data_direction dir, unsigned long attrs)"
)
def dma_map_page_attrs(
    guest: Guest, device: int, page: int, offset: int, size: int, _direction: int, _attributes: int
) -> int:
    """Return the physical address of a part of a page, or -1 for a device without a mask."""
    return _map(guest, device, pages.address_of_page(page) + offset, size, "dma_map_page_attrs")


@function(
    "void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir,"
    " unsigned long attrs)",
    "void dma_unmap_sg_attrs(struct device *dev, struct scatterlist *sg, int nents, enum dma_data_direction dir,"
    " unsigned long attrs)",
    "void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir)",
    "void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir)",
    "void dma_sync_sg_for_cpu(struct device *dev, struct scatterlist *sg, int nelems, enum dma_data_direction dir)",
    "void dma_sync_sg_for_device(struct device *dev, struct scatterlist *sg, int nelems, enum dma_data_direction dir)",
)
def done_with(_guest: Guest, *_others: int) -> None:
    """Do nothing: device and processor see the same memory. (`dma_unmap_page()`, `dma_sync_single_for_cpu()`, …)"""


@function(
    "unsigned int dma_map_sg_attrs(struct device *dev, struct scatterlist *sg, int nents, enum dma_data_direction dir,"
    " unsigned long attrs)"
)
def dma_map_sg_attrs(guest: Guest, device: int, table: int, count: int, _direction: int, _attributes: int) -> int:
    """Write the physical address of each piece of a table into it; return how many there are, or 0 for a device without
    a mask.
    """
    for _, row in zip(range(count), entries(guest, table), strict=False):
        physical = _map(guest, device, place_of(row), row.length, "__dma_map_sg_attrs")
        if physical == ERROR:
            return 0
        row.dma_address, row.dma_length = physical, row.length
    return count


@function(
    "void *dmam_alloc_attrs(struct device *dev, size_t size, dma_addr_t *dma_handle, gfp_t gfp, unsigned long attrs)"
)
def dmam_alloc_attrs(guest: Guest, device: int, size: int, handle: int, flags: int, attributes: int) -> int:
    """Return memory as dma_alloc_attrs() does, which is freed with a device's resources."""
    address = int(dma_alloc_attrs(guest, device, size, handle, flags, attributes))
    if address:
        devres.keep(guest, device, "dmam_release", address)
    return address


@function("void dmam_release(struct device *dev, void *res)")
def dmam_release(guest: Guest, _device: int, record: int) -> None:
    """Free the memory of one of a device's resources."""
    guest.heap.free(guest.memory.u64(record))
