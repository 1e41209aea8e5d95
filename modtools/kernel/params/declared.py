"""A module's parameters as its file declares them, with the values that its data starts with.

From Linux 6.1: `include/linux/moduleparam.h` (`struct kernel_param`, `kparam_string`, `kparam_array`). A parameter's
type is the symbol that its `ops` points to; its value lies where `arg` points. Pointers are read from the relocations,
so this works for every architecture without placing anything.
"""

from __future__ import annotations

from modtools.formats.elfvalues import SHT_NOBITS
from modtools.kernel.modules import Parameter
from modtools.kernel.params.types import OWN, TYPES, ParamType, Value
from modtools.light import NamedTuple
from modtools.module import Module, Param, SectionOffset

UNSAFE = 1
"""Of `struct kernel_param`: KERNEL_PARAM_FL_UNSAFE."""
NO_ARGUMENT = 1
"""Of `struct kernel_param_ops`: KERNEL_PARAM_OPS_FL_NOARG."""
_MAXIMUM_ELEMENTS = 4096


class Image(NamedTuple):
    """A module's sections as they are in the file, from which values are read."""

    module: Module

    def integer(self, place: SectionOffset, size: int, *, signed: bool = False) -> int:
        """Return the number of `size` bytes at a place; 0 in .bss and past the section's end."""
        section = self.module.elf.sections[place.section]
        if section.type == SHT_NOBITS:
            return 0
        raw = self.module.elf.contents(section)[place.offset : place.offset + size]
        return int.from_bytes(raw, "little" if self.module.elf.header.little else "big", signed=signed)

    def pointer(self, place: SectionOffset) -> SectionOffset | None:
        """Return the place in this module that a pointer leads to; None for NULL and for outside of the module."""
        target = self.module.pointer(place.section, place.offset)
        if target is None or not 0 < target[0].shndx < len(self.module.elf.sections):
            return None
        return SectionOffset(target[0].shndx, target[0].value + target[1])

    def pointed_symbol(self, place: SectionOffset) -> str:
        """Return the name of the symbol that a pointer leads to, or ""."""
        target = self.module.pointer(place.section, place.offset)
        return target[0].name if target else ""

    def string(self, place: SectionOffset) -> str:
        """Return the text at a place, up to its NUL."""
        section = self.module.elf.sections[place.section]
        if section.type == SHT_NOBITS:
            return ""
        raw = self.module.elf.contents(section)[place.offset :]
        return bytes(raw).split(b"\0", 1)[0].decode("utf-8", "surrogateescape")

    def value(self, row: ParamType, place: SectionOffset | None) -> Value:
        """Return the value of one parameter, or of one element of an array."""
        if row.name == "charp":
            target = self.pointer(place) if place else None
            return self.string(target) if target else None
        return self.integer(place, row.size or self.word, signed=row.signed) if place else 0

    def flags(self, param: Param) -> int:
        """Return the first field of the parameter's own operations; 0 for operations of another module."""
        section = self.module.elf.section("__param")
        entry = 5 * self.word * param.index
        operations = self.pointer(SectionOffset(section.index, entry + 2 * self.word)) if section else None
        return self.integer(operations, 4) if operations else 0

    @property
    def word(self) -> int:
        """Return the size of a long and of a pointer in bytes."""
        return self.module.elf.header.bits // 8


def parameters(module: Module) -> list[Parameter]:
    """Return all parameters of a module, in the order of its table."""
    image = Image(module)
    return [_declare(image, param) for param in module.params]


def _declare(image: Image, param: Param) -> Parameter:
    unsafe = bool(param.flags & UNSAFE)
    kind = _type_name(param.ops)
    if param.ops == "param_array_ops" and param.arg:
        return _array(image, param, unsafe)
    if kind == "string" and param.arg:
        target = image.pointer(SectionOffset(param.arg.section, param.arg.offset + image.word))
        text = image.string(target) if target else ""
        return Parameter(param.name, kind, param.perm, text, image.integer(param.arg, 4), unsafe=unsafe)
    if kind in TYPES:
        return Parameter(param.name, kind, param.perm, image.value(TYPES[kind], param.arg), unsafe=unsafe)
    return Parameter(param.name, OWN, param.perm, None, unsafe=unsafe, bare=bool(image.flags(param) & NO_ARGUMENT))


def _type_name(ops: str) -> str:
    return ops.removeprefix("param_ops_") if ops.startswith("param_ops_") else ""


def _array(image: Image, param: Param, unsafe: bool) -> Parameter:
    """Return a parameter that is an array, from its `struct kparam_array`: max, elemsize, num, ops, elem."""
    assert param.arg is not None
    start, section = param.arg.offset, param.arg.section
    maximum, size = (image.integer(SectionOffset(section, start + at), 4) for at in (0, 4))
    count_at, ops_at, elements_at = (SectionOffset(section, start + 8 + i * image.word) for i in range(3))
    row = TYPES.get(_type_name(image.pointed_symbol(ops_at)))
    counter, elements = image.pointer(count_at), image.pointer(elements_at)
    if row is None or maximum > _MAXIMUM_ELEMENTS:
        return Parameter(param.name, OWN, param.perm, None, unsafe=unsafe)
    count = min(image.integer(counter, 4), maximum) if counter else maximum
    places = [SectionOffset(elements.section, elements.offset + i * size) if elements else None for i in range(count)]
    values = [image.value(row, place) for place in places]
    kind, counted = f"array of {row.name}", counter is not None
    return Parameter(param.name, kind, param.perm, values, maximum, counted, unsafe)
