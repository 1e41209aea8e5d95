"""Write the layouts of the kernel's structures that the emulator uses: `python -m tools.btf`; with names, show those.

Its source is the type information inside Debian's kernel image (`modtools/formats/btf.py`). A structure that the kernel
proper does not have, such as hid_device, is looked for in the modules of the same package.

The result is a text, a structure on each line: ["NAME", size, {"FIELD": [offset, size, kind]}]; kind is "u" or "s" for
a number without or with sign, the name of another structure, or "" for anything else (arrays, unions). Bit fields have
the kind "b" and five values: [offset, size, "b", first bit, width]. What lies in a nameless structure or union stands
among the fields. Members of enums that the emulator names are on a line of their own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from modtools.formats import compression, kernelimage
from modtools.formats.btf import Types, document
from modtools.formats.elf import ElfFile
from modtools.formats.vmlinux import Vmlinux
from modtools.profiles import DEFAULT
from tests.reference import CHECKOUT, RELEASE_13, debian13_tree, debian_tree, missing
from tools import structures_named

EMULATOR = CHECKOUT / "modtools/emulate"
TARGET = CHECKOUT / "modtools/profiles" / DEFAULT / "structs.jsonl"
TARGET_13 = CHECKOUT / "modtools/profiles" / f"debian-{RELEASE_13}" / "structs.jsonl"

_WORD = re.compile(r'"(\w+)"')
_CONSTANT = re.compile(r'\bconstant\(\w+(?:\.\w+)?, "(\w+)"')


def used(types: Types) -> set[str]:
    """The kernel's structures that the sources of the emulator name, as an argument or in a table."""
    texts = [path.read_text("utf-8") for path in EMULATOR.rglob("*.py")]
    words = {word for text in texts for word in _WORD.findall(text)}
    return words & types.structures.keys()


def with_modules(types: Types, wanted: set[str], tree: Path) -> list[tuple[str, Types]]:
    """The types to take each wanted structure from: the kernel's, or those of the first module that has it.

    Raises LookupError, with the names, for structures that neither has.
    """
    found = list(_having(types, wanted, tree))
    if lacking := wanted - {name for name, _ in found}:
        raise LookupError(f"neither Debian's kernel nor one of its modules has {', '.join(sorted(lacking))}")
    return found


def _having(types: Types, wanted: set[str], tree: Path) -> Iterator[tuple[str, Types]]:
    yield from ((name, types) for name in sorted(wanted & types.structures.keys()))
    lacking = wanted - types.structures.keys()
    modules = sorted(path for folder in ("lib", "usr/lib") for path in tree.glob(f"{folder}/modules/**/*.ko*"))
    for path in modules if lacking else ():
        data = compression.decompress(path.read_bytes())
        if any(b"\0%s\0" % name.encode() in data for name in lacking):
            module = Types(ElfFile.open(data).read(".BTF"), types)
            found = lacking & module.structures.keys()
            yield from ((name, module) for name in sorted(found))
            lacking -= found


def image(tree: Path) -> Vmlinux:
    """The kernel in an unpacked package, itself unpacked."""
    (vmlinuz,) = tree.glob("boot/vmlinuz-*")
    return Vmlinux(kernelimage.unpack(vmlinuz.read_bytes()))


def kernel_types(tree: Path) -> Types:
    """The types of the kernel in an unpacked package."""
    return Types(image(tree).table(".BTF")[1])


def made(types: Types, tree: Path) -> str:
    """The whole file, for the emulator as it is now; `tree` is the package that the types are from.

    The emulator also names structures that only other kernels have.
    """
    wanted = used(types) | {use.structure for use in structures_named.uses(EMULATOR)}
    return document(_having(types, wanted, tree), {name: types.constants[name] for name in constants(types)})


def constants(types: Types) -> set[str]:
    """The members of this kernel's enums that the sources of the emulator name: `constant(guest, "CPUHP_OFFLINE")`."""
    texts = (path.read_text("utf-8") for path in EMULATOR.rglob("*.py"))
    return {name for text in texts for name in _CONSTANT.findall(text)} & types.constants.keys()


def show(types: Types, names: set[str], tree: Path) -> None:
    """Print the layout of each structure that the kernel of a package has, in the words of C's programmers."""
    for name, known in _having(types, names, tree):
        row = known.structures[name]
        print(f"struct {name}, {row.size} bytes in {tree}")
        for field, (offset, *rest) in known.layout(row).items():
            print(f"  {offset:6} {field:<30} {rest}")


if __name__ == "__main__":
    if lacking := missing("debian"):
        sys.exit(lacking)
    trees = {TARGET: debian_tree()} | ({} if missing("debian13") else {TARGET_13: debian13_tree()})
    for target, tree in trees.items():
        types = kernel_types(tree)
        if sys.argv[1:]:
            show(types, set(sys.argv[1:]), tree)
        else:
            target.write_text(made(types, tree), "ascii")
            print(f"{target.stat().st_size:8} {target}")
