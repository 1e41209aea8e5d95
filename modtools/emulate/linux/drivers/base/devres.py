"""drivers/base/devres.c: Managed resources, which are released with a device, or when its driver is unbound.

Each thing is known by the address of its data; `modtools.emulate.objects.binding` has them by device, and releases
them.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.objects.binding import resources
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import ENOENT

_ACTION = "devm_action_release"


@function("void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name)")
def devres_alloc(guest: Guest, release: int, size: int, _flags: int, _node: int, _name: int) -> int:
    """Allocate data that no device owns yet, and note its release function; return it."""
    data = guest.heap.kmalloc(guest.bounded(size) or 8)
    guest.table("devres_free")[data] = release
    return data


@function("void devres_free(void *res)")
def devres_free(guest: Guest, data: int) -> None:
    """Free data that no device owns; NULL is ignored."""
    if data:
        guest.table("devres_free").pop(data, None)
        guest.heap.free(data)


@function("void devres_add(struct device *dev, void *res)")
def devres_add(guest: Guest, device: int, data: int) -> None:
    """Give data to a device, with which it is released."""
    resources(guest, device).append([data, guest.table("devres_free").pop(data, 0)])


def keep(guest: Guest, device: int, release: str, address: int) -> None:
    """Have a kernel function get, as its data, the place of this address when a device's resources are released."""
    data = int(devres_alloc(guest, guest.address_of(release), 8, 0, 0, 0))
    guest.memory.put(data, address, 8)
    devres_add(guest, device, data)


def _find(guest: Guest, device: int, release: int, match: int, wanted: int) -> list[Any] | None:
    rows: list[list[Any]] = resources(guest, device)
    fitting = (
        row
        for row in reversed(rows)
        if row[1] == release and (not match or guest.call_signed(match, device, row[0], wanted))
    )
    return next(fitting, None)


@function("void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)")
def devres_find(guest: Guest, device: int, release: int, match: int, wanted: int) -> int:
    """Return the newest data of a device that has this release function and that match() accepts; NULL if there is
    none.
    """
    row = _find(guest, device, release, match, wanted)
    return int(row[0]) if row else 0


@function("void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)")
def devres_remove(guest: Guest, device: int, release: int, match: int, wanted: int) -> int:
    """Take the newest data that fits from a device, without releasing it; return it, or NULL."""
    row = _find(guest, device, release, match, wanted)
    if row is None:
        return 0
    resources(guest, device).remove(row)
    guest.table("devres_free")[row[0]] = row[1]
    return int(row[0])


@function("int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)")
def devres_destroy(guest: Guest, device: int, release: int, match: int, wanted: int) -> int:
    """Take the newest data that fits from a device and free it without calling its release function; return 0 or
    -ENOENT.
    """
    data = devres_remove(guest, device, release, match, wanted)
    devres_free(guest, data)
    return 0 if data else -ENOENT


@function("int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)")
def devres_release(guest: Guest, device: int, release: int, match: int, wanted: int) -> int:
    """Take the newest data that fits from a device, call its release function and free it; return 0 or -ENOENT."""
    data = devres_remove(guest, device, release, match, wanted)
    if not data:
        return -ENOENT
    guest.call(release, device, data)
    devres_free(guest, data)
    return 0


def give(guest: Guest, device: int, size: int) -> int:
    """Allocate memory that is freed with a device's resources; return its address."""
    data = guest.heap.kmalloc(guest.bounded(size) or 8)
    resources(guest, device).append([data, 0])
    return data


@function("void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)")
def devm_kmalloc(guest: Guest, device: int, size: int, _flags: int) -> int:
    """Allocate memory that is freed with a device's resources; for 0 bytes return ZERO_SIZE_PTR, 16."""
    return give(guest, device, size) if size else 16


@function("void devm_kfree(struct device *dev, const void *p)")
def devm_kfree(guest: Guest, device: int, data: int) -> None:
    """Free memory of devm_kmalloc() before its device does."""
    rows = resources(guest, device)
    row = next((row for row in rows if row[0] == data), None)
    if row is not None:
        rows.remove(row)
        guest.heap.free(data)


def _text(guest: Guest, device: int, text: bytes) -> int:
    data = give(guest, device, len(text) + 1)
    guest.memory.write(data, text + b"\0")
    return data


@function(
    "char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)",
    "const char *devm_kstrdup_const(struct device *dev, const char *s, gfp_t gfp)",
)
def devm_kstrdup(guest: Guest, device: int, text: int, _flags: int) -> int:
    """Copy a text into memory of a device; return it, or NULL for NULL."""
    return _text(guest, device, guest.memory.text(text)) if text else 0


@function("char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)")
def devm_kasprintf(guest: Guest, device: int, _flags: int, fmt: int, values: Values) -> int:
    """Format a text into memory of a device; return it."""
    return _text(guest, device, vsprintf(guest, guest.memory.text(fmt), values))


@function("char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list ap)")
def devm_kvasprintf(guest: Guest, device: int, _flags: int, fmt: int, args: int) -> int:
    """Format a text from a va_list into memory of a device; return it."""
    return _text(guest, device, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))


@function("void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)")
def devm_kmemdup(guest: Guest, device: int, source: int, size: int, _flags: int) -> int:
    """Copy bytes into memory of a device; return it."""
    data = give(guest, device, size)
    guest.memory.write(data, guest.memory.read(source, size) if size else b"")
    return data


@function(
    "int devm_add_action(struct device *dev, void *action, void *data)",
    "int __devm_add_action(struct device *dev, void *action, void *data, const char *name)",
)
def devm_add_action(guest: Guest, device: int, action: int, argument: int, _name: int = 0) -> int:
    """Have action(data) called when a device's resources are released; return 0."""
    row = new(guest, "action_devres")
    row.data, row.action = argument, action
    resources(guest, device).append([row.address(), guest.address_of(_ACTION)])
    return 0


@function("void devm_action_release(struct device *dev, void *res)")
def devm_action_release(guest: Guest, _device: int, data: int) -> None:
    """Call the function that devm_add_action() was given, with its argument."""
    row = view(guest, "action_devres", data)
    guest.call(row.action, row.data)


def _take_action(guest: Guest, device: int, action: int, argument: int) -> bool:
    rows, release = resources(guest, device), guest.address_of(_ACTION)
    for row in reversed([row for row in rows if row[1] == release]):
        found = view(guest, "action_devres", row[0])
        if (found.action, found.data) == (action, argument):
            rows.remove(row)
            guest.heap.free(row[0])
            return True
    return False


@function("void devm_remove_action(struct device *dev, void *action, void *data)")
def devm_remove_action(guest: Guest, device: int, action: int, argument: int) -> None:
    """Forget a function that devm_add_action() was given, without calling it; the warning that there is none is not
    modelled.
    """
    _take_action(guest, device, action, argument)


@function("void devm_release_action(struct device *dev, void *action, void *data)")
def devm_release_action(guest: Guest, device: int, action: int, argument: int) -> None:
    """Forget a function that devm_add_action() was given, and call it now; the warning that there is none is not
    modelled.
    """
    if _take_action(guest, device, action, argument):
        guest.call(action, argument)
