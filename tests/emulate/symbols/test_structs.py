"""Declarations and layouts are those of the real kernel, as its own type information has them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from modtools.emulate.symbols import registry
from modtools.emulate.symbols.registry import Function
from modtools.formats.btf import Types, document
from tests.reference import debian13_tree, debian_tree
from tools import btf, structures_named


@pytest.fixture(scope="module")
def types() -> Types:
    """The type information of Debian's kernel."""
    return btf.kernel_types(debian_tree())


@pytest.mark.debian
def test_declarations_have_the_parameters_of_the_kernel(types: Types) -> None:
    """Each function takes as many parameters as the kernel's, each as wide and with the same sign."""
    wrong = []
    for name in registry.index():
        entry = registry.find(name)
        known = types.prototypes.get(name)
        if isinstance(entry, Function) and known:
            ours = [(kind.size, kind.signed) for kind in entry.signature.parameters]
            ours += [(0, False)] * entry.signature.variadic
            if ours != known:
                wrong.append(f"{name}: {ours} for {known}")
    assert wrong == []


@pytest.mark.debian
def test_layouts_are_those_of_the_kernel(types: Types) -> None:
    """structs.jsonl is what its generator makes of Debian's kernel now, to the byte."""
    assert btf.TARGET.read_text("ascii") == btf.made(types, debian_tree())


@pytest.mark.debian13
def test_layouts_are_those_of_the_kernel_of_debian_13() -> None:
    """The one of Debian 13 as well."""
    tree = debian13_tree()
    assert btf.TARGET_13.read_text("ascii") == btf.made(btf.kernel_types(tree), tree)


def test_what_the_sources_name_has_a_layout() -> None:
    """Each structure that the emulator's code names, and each field of one, is in the structs.jsonl of some kernel."""
    uses = list(structures_named.uses(btf.EMULATOR))
    assert len(uses) > 1000
    known = structures_named.layouts(*(path.read_text("ascii") for path in (btf.TARGET, btf.TARGET_13)))
    assert structures_named.wrong(uses, known) == []


WRONG = """
def first(guest): return view(guest, "list_head", 8)
def second(guest, at):
    row, other = view(guest, "device", at), 3
    row.kobj.naem, row.kobj.name, row.devt.bit_length(), row.kobj.address("kset")
    if (head := first(guest)).next: head.address("perv")
    new(guest, "devcie"), offset_of(guest, "device", "kobj.naem"), size_of(guest, "net"), view(guest, "net", at).lo
class Third:
    def __init__(self): self.file = new(self.guest, "file")
    def rest(self): return self.file.f_opp.address()
"""


def test_what_has_no_layout_is_named_with_its_place(tmp_path: Path) -> None:
    """A structure or field that does not exist is found wherever it is asked of a view, with file and line."""
    (tmp_path / "odd.py").write_text(WRONG)
    known = structures_named.layouts(btf.TARGET.read_text("ascii"))
    assert sorted(structures_named.wrong(structures_named.uses(tmp_path), known)) == [
        "odd.py:10: struct file has no field f_opp",
        "odd.py:5: struct kobject has no field naem",
        "odd.py:6: struct list_head has no field perv",
        "odd.py:7: struct kobject has no field naem",
        "odd.py:7: struct net has no field lo",
        "odd.py:7: there is no layout of struct devcie",
    ]


@pytest.mark.debian
def test_a_structure_of_a_module_is_found_in_the_modules(types: Types) -> None:
    """hid_device, which the kernel proper has not, comes from a module, and leads to structures of the kernel."""
    rows = structures_named.layouts(document(btf.with_modules(types, {"hid_device"}, debian_tree()), {}))
    assert rows["hid_device"]["dev"] == "device"
    assert rows["device"]["kobj"] == "kobject"


@pytest.mark.debian
def test_a_structure_that_nobody_has_is_an_error(types: Types) -> None:
    """The generator names what neither the kernel nor a module has, and makes nothing."""
    with pytest.raises(LookupError, match=r"neither .* has hid_devcie$"):
        document(btf.with_modules(types, {"hid_devcie", "net"}, debian_tree()), {})


WITHOUT_LAYOUT = {
    "cpu/x86_64/calls.py": "a va_list, which the compiler lays out",
    "linux/drivers/base/core.py": "the level in front of a text",
    "linux/lib/parser.py": "substring_t, which has no name as a structure",
    "linux/net/core/dev.py": "the level in front of a text",
}
"""Files with a place that is told by a number of bytes, and what that is."""


def numbered(source: str) -> bool:
    """Whether memory is read or written at an address and a number of bytes behind it."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    return any(
        isinstance(call.func, ast.Attribute)
        and call.func.attr in {"put", "u8", "u16", "u32", "u64", "s32"}
        and isinstance(call.args[0], ast.BinOp)
        and isinstance(call.args[0].op, ast.Add)
        and isinstance(call.args[0].left, ast.Name | ast.Attribute)
        and isinstance(call.args[0].right, ast.Constant)
        for call in calls
    )


def test_fields_are_reached_by_their_names() -> None:
    """No field of a structure is reached by its offset, except where there is no layout of it."""
    found = {path for path in btf.EMULATOR.rglob("*.py") if numbered(path.read_text("utf-8"))}
    assert {path.relative_to(btf.EMULATOR).as_posix() for path in found} == WITHOUT_LAYOUT.keys()
