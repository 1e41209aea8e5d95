"""Module parameters in the module's own memory.

From Linux 6.1: `include/linux/moduleparam.h`: `struct kernel_param` is 40 bytes: name, module, ops, u16 permissions, s8
level, u8 flags, argument. `struct kernel_param_ops`: flags, set, get, free. `struct kparam_string`: u32 maximum, text.
`struct kparam_array`: u32 maximum, u32 element size, pointers to the count, ops and the elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.kernel.params import TYPES, Value, element_type
from modtools.kernel.state import LoadedModule, Parameter
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_ENTRY, _OPS, _ARGUMENT = 40, 16, 32
_SET, _GET = 8, 16


def entry_of(guest: Guest, module: LoadedModule, parameter: Parameter) -> int:
    """The address of a parameter's `struct kernel_param`."""
    start, _ = guest.images[module.name].section("__param")
    return start + _ENTRY * module.details.parameters.index(parameter)


def call_set(guest: Guest, module: LoadedModule, parameter: Parameter, text: str | None) -> int:
    """Call the parameter's own set function; its int."""
    entry = entry_of(guest, module, parameter)
    function = guest.memory.u64(guest.memory.u64(entry + _OPS) + _SET)
    value = 0 if text is None else guest.new_text(text.encode("utf-8", "surrogateescape"))
    try:
        return guest.call_signed(function, value, entry)
    finally:
        if value:
            guest.heap.free(value)


def call_get(guest: Guest, module: LoadedModule, parameter: Parameter) -> int:
    """Call the parameter's own get function with a page to fill; the text goes to the table `answer`."""
    entry = entry_of(guest, module, parameter)
    function = guest.memory.u64(guest.memory.u64(entry + _OPS) + _GET)
    page = guest.heap.pages(1)
    count = guest.call_signed(function, page, entry)
    if count > 0:
        text = guest.memory.read(page, min(count, PAGE)).decode("utf-8", "surrogateescape")
        guest.table("answer")["text"] = text
    guest.heap.free(page)
    return count


def store(guest: Guest, module: LoadedModule, parameter: Parameter) -> None:
    """Write a value where the parameter's argument points."""
    memory = guest.memory
    place = memory.u64(entry_of(guest, module, parameter) + _ARGUMENT)
    if isinstance(parameter.value, list):
        count_at, _, elements = (memory.u64(place + 8 + 8 * at) for at in range(3))
        size = memory.u32(place + 4)
        if count_at:
            memory.put(count_at, len(parameter.value), 4)
        for at, value in enumerate(parameter.value):
            store_one(guest, element_type(parameter), elements + at * size, value)
    elif parameter.type == "string":
        memory.write(memory.u64(place + 8), str(parameter.value).encode("utf-8", "surrogateescape") + b"\0")
    elif parameter.type in TYPES:
        store_one(guest, parameter.type, place, parameter.value)


def store_one(guest: Guest, kind: str, place: int, value: Value) -> None:
    """A text gets memory of its own; what it had before is given back if it came from there."""
    memory = guest.memory
    if kind != "charp":
        memory.put(place, int(value or 0), TYPES[kind].size or 8)
        return
    before, texts = memory.u64(place), guest.table("parameter_texts")
    text = None if value is None else str(value).encode("utf-8", "surrogateescape")
    if text is not None and before and memory.mapped(before) and memory.text(before) == text:
        return
    if texts.pop(before, None):
        guest.heap.free(before)
    address = 0 if text is None else guest.new_text(text)
    if address:
        texts[address] = 1
    memory.put(place, address, 8)


def fetch(guest: Guest, module: LoadedModule, parameter: Parameter) -> None:
    """Read the value that is there now."""
    memory = guest.memory
    place = memory.u64(entry_of(guest, module, parameter) + _ARGUMENT)
    if isinstance(parameter.value, list):
        count_at, _, elements = (memory.u64(place + 8 + 8 * at) for at in range(3))
        maximum, size = memory.u32(place), memory.u32(place + 4)
        count = min(memory.u32(count_at), maximum) if count_at else maximum
        kind = element_type(parameter)
        parameter.value = [fetch_one(guest, kind, elements + at * size) for at in range(min(count, PAGE))]
    elif parameter.type == "string":
        parameter.value = guest.text(memory.u64(place + 8), PAGE)
    elif parameter.type in TYPES:
        parameter.value = fetch_one(guest, parameter.type, place)


def fetch_one(guest: Guest, kind: str, place: int) -> Value:
    """The value of one type at a place."""
    memory, row = guest.memory, TYPES[kind]
    if kind == "charp":
        address = memory.u64(place)
        return guest.text(address, PAGE) if address else None
    size = row.size or 8
    return int.from_bytes(memory.read(place, size), "little", signed=row.signed)
