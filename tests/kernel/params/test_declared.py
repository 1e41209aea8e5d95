"""Parameters as a file declares them, beside the source of the module."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.kernel.modules import Parameter
from modtools.kernel.params.declared import parameters
from modtools.kernel.params.types import OWN
from modtools.module import Module, read_module
from tests.reference import CHECKOUT
from tests.samples import SAMPLES

KO = CHECKOUT / "tests/transcripts/ko"
ALL = [
    Parameter("p_unsafe", "int", 0o644, 0, unsafe=True),
    Parameter("p_ro", "int", 0o400, 0),
    Parameter("p_wo", "int", 0o200, 0),
    Parameter("p_hidden", "int", 0, 8),
    Parameter("p_nick", "int", 0o444, 9),
    Parameter("p_arr_nocount", "array of int", 0o444, [0, 0, 0], maximum=3),
    Parameter("p_strs", "array of charp", 0o444, [], maximum=3, counted=True),
    Parameter("p_arr", "array of int", 0o644, [], maximum=4, counted=True),
    Parameter("p_string", "string", 0o644, "str", maximum=8),
    Parameter("p_charp_null", "charp", 0o644, None),
    Parameter("p_charp", "charp", 0o644, "default"),
    Parameter("p_bool_on", "bool_enable_only", 0o644, 0),
    Parameter("p_bint", "bint", 0o644, 0),
    Parameter("p_invbool", "invbool", 0o644, 0),
    Parameter("p_bool", "bool", 0o644, 0),
    Parameter("p_byte", "byte", 0o644, 4),
    Parameter("p_hexint", "hexint", 0o644, 0x1F),
    Parameter("p_ullong", "ullong", 0o644, 5),
    Parameter("p_ulong", "ulong", 0o644, 3),
    Parameter("p_long", "long", 0o644, -3),
    Parameter("p_ushort", "ushort", 0o644, 2),
    Parameter("p_short", "short", 0o644, -2),
    Parameter("p_uint", "uint", 0o644, 1),
    Parameter("p_int", "int", 0o644, -1),
]
"""Those of tests/transcripts/modules/params_all.c, the last one first."""
OWNED = [Parameter("noset", OWN, 0o444, None), Parameter("flag", OWN, 0o200, None, bare=True)]
OWNED += [Parameter("checked", OWN, 0o644, None)]
"""Those of param_cb.c, with functions of their own; one of them needs no value."""
SAMPLE = [Parameter("number", "int", 0o644, 0), Parameter("text", "charp", 0o400, None, unsafe=True)]


@pytest.mark.parametrize(("name", "declared"), [("params_all", ALL), ("params_quiet", ALL), ("param_cb", OWNED)])
def test_what_a_module_declares(name: str, declared: list[Parameter]) -> None:
    """Type, permissions, value before it is loaded, room, and what else there is to say."""
    assert parameters(read_module(KO / f"{name}.ko")) == declared


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_on_every_machine(path: Path) -> None:
    """Of any word size and byte order."""
    assert parameters(read_module(path)) == SAMPLE


@pytest.mark.parametrize(("room", "looked_at"), [(5, True), (4096, True), (4097, False)])
def test_an_array_that_is_too_large_is_not_looked_at(room: int, looked_at: bool) -> None:
    """Its room is the first field of its `struct kparam_array`; nobody declares thousands of elements."""
    module = read_module(KO / "params_all.ko")
    place = next(param.arg for param in module.params if param.name == "p_arr_nocount")
    assert place
    data = bytearray(module.elf.data)
    at = module.elf.sections[place.section].offset + place.offset
    data[at : at + 4] = room.to_bytes(4, "little")
    found = next(each for each in parameters(Module.from_bytes(bytes(data))) if each.name == "p_arr_nocount")
    assert found.type == ("array of int" if looked_at else OWN)
    assert found.value == ([0] * room if looked_at else None)
