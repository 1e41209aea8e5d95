"""Tests of modtools/kernel/params/types.py: each type beside what C's has, and what Linux says."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel.log import raw_lines
from modtools.kernel.modules import Parameter
from modtools.kernel.params.args import parse_args
from modtools.kernel.params.types import CHARP_MAX, TYPES, set_value, show_value
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.linuxerrno import EINVAL, ENOSPC, ERANGE, EROFS
from modtools.store import Store

INTEGERS = {
    "byte": (8, False, 1), "short": (16, True, 2), "ushort": (16, False, 2), "int": (32, True, 4),
    "uint": (32, False, 4), "long": (64, True, 0), "ulong": (64, False, 0), "ullong": (64, False, 8),
    "hexint": (32, False, 4),
}  # fmt: skip
"""Types, with their bits, whether they have a sign, and bytes (0: those of a pointer)."""


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """The built-in kernel."""
    return Store(tmp_path / "state.json").default()


def after(kernel: Kernel, parameter: Parameter, text: str | None) -> int:
    """The errno that setting a parameter ends with; 0 for none."""
    try:
        set_value(kernel, parameter, text)
    except KernelError as error:
        return error.errno
    return 0


def said(kernel: Kernel) -> list[str]:
    """The log."""
    return list(raw_lines(kernel.log.readable()))


@pytest.mark.parametrize("kind", INTEGERS)
def test_integers_have_their_width(kernel: Kernel, kind: str) -> None:
    """The least and the most are taken, one more is not; those of hexint are shown with 0x, eight letters at least."""
    bits, signed, size = INTEGERS[kind]
    assert (TYPES[kind].size, TYPES[kind].signed, TYPES[kind].bare) == (size, signed, False)
    least = -(1 << bits - 1) if signed else 0
    most = least + (1 << bits) - 1
    parameter = Parameter("p", kind, 0o644, 7)
    for value in (least, most, 0x1F):
        assert after(kernel, parameter, str(value)) == 0
        assert parameter.value == value
        assert show_value(parameter) == (f"{value:#08x}\n" if kind == "hexint" else f"{value}\n")
    if signed:
        assert after(kernel, parameter, str(least - 1)) == ERANGE
    assert after(kernel, parameter, str(most + 1)) == ERANGE
    assert after(kernel, parameter, "0x1f") == 0
    assert show_value(parameter) == ("0x00001f\n" if kind == "hexint" else "31\n")
    parameter.value = None
    assert kind != "hexint" or show_value(parameter) == "0x000000\n"
    assert [after(kernel, parameter, text) for text in ("", "x", "1 2")] == [EINVAL] * 3


@pytest.mark.parametrize(
    ("kind", "yes", "no", "bare", "size"),
    [
        ("bool", "Y", "N", True, 1),
        ("invbool", "Y", "N", False, 1),
        ("bint", "1", "0", True, 4),
        ("bool_enable_only", "Y", "N", True, 1),
    ],
)
def test_booleans(kernel: Kernel, kind: str, yes: str, no: str, bare: bool, size: int) -> None:
    """A letter or a number; one that stands alone is a yes; what was enabled for good stays so."""
    parameter = Parameter("p", kind, 0o644, 0)
    assert (TYPES[kind].bare, TYPES[kind].size) == (bare, size)
    for text, shown in (("0", no), ("n", no), ("1", yes), (None, yes)):
        assert after(kernel, parameter, text) == 0
        assert show_value(parameter) == f"{shown}\n"
    assert after(kernel, parameter, "what") == EINVAL
    assert after(kernel, parameter, "off") == (EROFS if kind == "bool_enable_only" else 0)
    assert show_value(parameter) == f"{yes if kind == 'bool_enable_only' else no}\n"


def test_texts(kernel: Kernel) -> None:
    """A pointer to a text is "(null)" before; a text in memory of its own has room for one byte less, and its NUL."""
    pointed, held = Parameter("p", "charp", 0o644, None), Parameter("s", "string", 0o644, "", maximum=4)
    assert (show_value(pointed), show_value(held)) == ("(null)\n", "\n")
    assert after(kernel, pointed, "x" * CHARP_MAX) == 0
    assert after(kernel, pointed, "x" * (CHARP_MAX - 1) + "é") == ENOSPC
    assert show_value(pointed) == "x" * CHARP_MAX + "\n"
    assert (after(kernel, held, "abc"), show_value(held)) == (0, "abc\n")
    assert [after(kernel, held, text) for text in ("abcd", "abé")] == [ENOSPC, ENOSPC]
    assert said(kernel) == ["<3>p: string parameter too long", *["<3>s: string doesn't fit in 3 chars."] * 2]


@pytest.mark.parametrize(
    ("counted", "text", "errno", "values"),
    [
        (True, "1", 0, [1]),
        (True, "1,2,3", 0, [1, 2, 3]),
        (False, "1", 0, [1, 8, 9]),
        (False, "1,2,3", 0, [1, 2, 3]),
        (True, "1,2,3,4", EINVAL, [1, 2, 3]),
        (True, "1,x", EINVAL, [1]),
        (False, "1,x", EINVAL, [1, 8, 9]),
        (True, "1,4294967296", ERANGE, [1]),
        (True, "", EINVAL, []),
    ],
)
def test_arrays(kernel: Kernel, counted: bool, text: str, errno: int, values: list[int]) -> None:
    """Elements are set one by one, those before a bad one, too; with a counter, the others are not shown."""
    parameter = Parameter("p", "array of int", 0o644, [7, 8, 9], maximum=3, counted=counted)
    assert after(kernel, parameter, text) == errno
    assert parameter.value == values
    assert show_value(parameter) == ",".join(map(str, values)) + ("\n" if values else "")
    assert said(kernel) == (["<3>p: can only take 3 arguments"] if text.count(",") == 3 else [])


def test_dangerous_ones_taint(kernel: Kernel) -> None:
    """And say so, whatever the value."""
    parameter = Parameter("p", "int", 0o644, 0, unsafe=True)
    assert after(kernel, parameter, "x") == EINVAL
    assert kernel.tainted(Taint.USER)
    assert said(kernel)[0] == "<5>Setting dangerous option p - tainting kernel"


@pytest.mark.parametrize(
    ("args", "errno", "lines"),
    [
        ("n=5 flag text=a", 0, []),
        ("n", EINVAL, ["<3>m: `' invalid for parameter `n'"]),
        ("n=x", EINVAL, ["<3>m: `x' invalid for parameter `n'"]),
        ("n=99999999999", ERANGE, ["<3>m: `99999999999' invalid for parameter `n'"]),
        (
            "text=abcd",
            ENOSPC,
            ["<3>text: string doesn't fit in 3 chars.", "<3>m: `abcd' too large for parameter `text'"],
        ),
        ("list=1,x", EINVAL, ["<3>m: `1' invalid for parameter `list'"]),
        ("li-st=1", 0, ["<4>m: unknown parameter 'li-st' ignored"]),
        ("what=1 other", 0, ["<4>m: unknown parameter 'what' ignored", "<4>m: unknown parameter 'other' ignored"]),
        ("a.b=1", 0, ["<4>m: unknown parameter 'a' ignored"]),
        ("async_probe async_probe=1", 0, []),
        ("n=1 -- n=2", 0, ["<4>m: parameters 'n=2' after `--' ignored"]),
        ("n=1 --", 0, []),
        ("n=1 --=2 n=3", 0, ["<4>m: unknown parameter '--' ignored"]),
        (
            "n=x flag=what n=2",
            EINVAL,
            ["<3>m: `x' invalid for parameter `n'", "<3>m: `what' invalid for parameter `flag'"],
        ),
    ],
)
def test_load_arguments(kernel: Kernel, args: str, errno: int, lines: list[str]) -> None:
    """All are looked at, a bad one is logged, and the last one's errno counts."""
    parameters = [
        Parameter("n", "int", 0o644, 0),
        Parameter("flag", "bool", 0o644, 0),
        Parameter("text", "string", 0o644, "", maximum=4),
        Parameter("list", "array of int", 0o644, [0, 0], maximum=2),
    ]
    told = 0
    try:
        parse_args(kernel, "m", args, parameters)
    except KernelError as error:
        told = error.errno
    assert (told, said(kernel)) == (errno, lines)
    if "n=5" in args:
        assert [parameter.value for parameter in parameters[:3]] == [5, 1, "a"]


def test_queries_to_dynamic_debug(kernel: Kernel) -> None:
    """Every module takes them, with its name before the dot or without; alone it switches all on."""
    asked: list[str] = []
    parse_args(kernel, "m", 'dyndbg m.dyndbg="file x +p" dyndbg=+t', [], debug=asked.append)
    parse_args(kernel, "m", "dyndbg", [])
    assert asked == ["+p", "file x +p", "+t"]
    assert said(kernel) == []
