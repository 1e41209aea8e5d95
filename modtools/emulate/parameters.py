"""Module parameters in the module's own memory.

From Linux 6.1: `include/linux/moduleparam.h`. `arg` of a `struct kernel_param` points to the variable, to a `struct
kparam_string`, or to a `struct kparam_array`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import View, size_of, view
from modtools.kernel.modules import LoadedModule, Parameter
from modtools.kernel.params.types import TYPES, Value, element_type
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def entry_of(guest: Guest, module: LoadedModule, parameter: Parameter) -> View:
    """Return a parameter's `struct kernel_param`, in the section __param of its module."""
    start, _ = guest.images[module.name].section("__param")
    number = module.details.parameters.index(parameter)
    return view(guest, "kernel_param", start + size_of(guest, "kernel_param") * number)


def call_set(guest: Guest, module: LoadedModule, parameter: Parameter, text: str | None) -> int:
    """Call the parameter's own set function; return what it answers."""
    entry = entry_of(guest, module, parameter)
    function = view(guest, "kernel_param_ops", entry.ops).set
    value = 0 if text is None else guest.new_text(text.encode("utf-8", "surrogateescape"))
    try:
        return guest.call_signed(function, value, entry.address())
    finally:
        if value:
            guest.heap.free(value)


def call_get(guest: Guest, module: LoadedModule, parameter: Parameter) -> int:
    """Call the parameter's own get function with a page to fill; return what it answers. The text goes to the table
    `answer`.
    """
    entry = entry_of(guest, module, parameter)
    function = view(guest, "kernel_param_ops", entry.ops).get
    page = guest.heap.pages(1)
    count = guest.call_signed(function, page, entry.address())
    if count > 0:
        text = guest.memory.read(page, min(count, PAGE)).decode("utf-8", "surrogateescape")
        guest.table("answer")["text"] = text
    guest.heap.free(page)
    return count


def store(guest: Guest, module: LoadedModule, parameter: Parameter) -> None:
    """Write a parameter's value where its argument points."""
    memory = guest.memory
    place = entry_of(guest, module, parameter).arg
    if isinstance(parameter.value, list):
        array = view(guest, "kparam_array", place)
        if array.num:
            memory.put(array.num, len(parameter.value), 4)
        elements, size = array.elem, array.elemsize
        for at, value in enumerate(parameter.value):
            store_one(guest, element_type(parameter), elements + at * size, value)
    elif parameter.type == "string":
        text = view(guest, "kparam_string", place).string
        memory.write(text, str(parameter.value).encode("utf-8", "surrogateescape") + b"\0")
    elif parameter.type in TYPES:
        store_one(guest, parameter.type, place, parameter.value)


def store_one(guest: Guest, kind: str, place: int, value: Value) -> None:
    """Write one value at a place. A text gets memory of its own; the text before is freed if it had such memory."""
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
    """Set a parameter's value to what its argument points to now."""
    memory = guest.memory
    place = entry_of(guest, module, parameter).arg
    if isinstance(parameter.value, list):
        array = view(guest, "kparam_array", place)
        maximum, elements, size = array.max, array.elem, array.elemsize
        count = min(memory.u32(array.num), maximum) if array.num else maximum
        kind = element_type(parameter)
        parameter.value = [fetch_one(guest, kind, elements + at * size) for at in range(min(count, PAGE))]
    elif parameter.type == "string":
        parameter.value = guest.text(view(guest, "kparam_string", place).string, PAGE)
    elif parameter.type in TYPES:
        parameter.value = fetch_one(guest, parameter.type, place)


def fetch_one(guest: Guest, kind: str, place: int) -> Value:
    """Return the value of one type at a place."""
    memory, row = guest.memory, TYPES[kind]
    if kind == "charp":
        address = memory.u64(place)
        return guest.text(address, PAGE) if address else None
    size = row.size or 8
    return int.from_bytes(memory.read(place, size), "little", signed=row.signed)
