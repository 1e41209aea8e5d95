"""Module.symvers is read in every form that kbuild wrote, and written as kbuild writes it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from modtools.errors import FormatError
from modtools.formats.symvers import SymversLine, format, parse
from modtools.module import read_module
from tests import reference
from tests.samples import DATA, KO

HELLO = SymversLine(0xBFEC5545, "hello_export", "drivers/hello", "EXPORT_SYMBOL_GPL", "MY_NS")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("0xbfec5545\thello_export\tdrivers/hello\tEXPORT_SYMBOL_GPL\tMY_NS", HELLO),
        ("0xbfec5545\thello_export\tMY_NS\tdrivers/hello\tEXPORT_SYMBOL_GPL", HELLO),
        ("0xbfec5545\thello_export\tdrivers/hello\tEXPORT_SYMBOL_GPL\t", HELLO._replace(namespace="")),
        ("0xbfec5545\thello_export\t\tdrivers/hello\tEXPORT_SYMBOL_GPL", HELLO._replace(namespace="")),
        ("0xbfec5545\thello_export\tdrivers/hello\tEXPORT_SYMBOL_GPL", HELLO._replace(namespace="")),
        ("0xbfec5545\thello_export\tdrivers/hello", HELLO._replace(export="EXPORT_SYMBOL", namespace="")),
        ("0x00000000\tx\tvmlinux\tEXPORT_SYMBOL\t\r", SymversLine(0, "x", "vmlinux", "EXPORT_SYMBOL", "")),
        ("0x1\tx\tvmlinux\tEXPORT_UNUSED_SYMBOL_GPL", SymversLine(1, "x", "vmlinux", "EXPORT_UNUSED_SYMBOL_GPL", "")),
    ],
)
def test_each_form_is_read(text: str, line: SymversLine) -> None:
    """Three columns, four, and five with the namespace last or (in Linux 5.4 and 5.5) third."""
    assert parse(f"{text}\n") == [line]
    assert parse(f"{text}\n\n{text}") == [line, line]


@pytest.mark.parametrize(
    "text", ["x", "0x1", "0x1\tname", "nothing\tx\tvmlinux", "-0x1\tx\tvmlinux", "0x100000000\tx\tvmlinux", "0x1\t" * 6]
)
def test_other_lines_are_refused_by_number(text: str) -> None:
    """A line of another form raises FormatError, which tells its number."""
    with pytest.raises(FormatError, match="line 2 "):
        parse(f"0x1\tx\tvmlinux\n{text}\n")


@pytest.mark.parametrize(
    ("export", "gpl"),
    [
        ("EXPORT_SYMBOL", False),
        ("EXPORT_SYMBOL_GPL", True),
        ("EXPORT_SYMBOL_GPL_FUTURE", False),
        ("EXPORT_UNUSED_SYMBOL", False),
        ("EXPORT_UNUSED_SYMBOL_GPL", True),
    ],
)
def test_which_exports_are_gpl_only(export: str, gpl: bool) -> None:
    """Of the kinds of export that Linux has had, two are only for modules under the GPL."""
    assert HELLO._replace(export=export).gpl is gpl


def test_modules_give_the_lines_that_kbuild_wrote() -> None:
    """kbuild.symvers was written by kbuild for the modules of the sessions, built in /build/modules."""
    text = (DATA / "kbuild.symvers").read_text("ascii")
    names = dict.fromkeys(line.module for line in parse(text))
    lines = [line for name in names for line in read_module(KO / f"{Path(name).name}.ko").symvers(f"{name}.ko")]
    assert "".join(f"{format(line)}\n" for line in lines) == text


def test_a_module_without_exports_has_no_lines() -> None:
    """hello_use_export only imports."""
    assert read_module(KO / "hello_use_export.ko").symvers("hello_use_export.ko") == []


@pytest.mark.headers
def test_the_kernels_own_file_is_written_as_it_was_read() -> None:
    """All lines of the kernel's Module.symvers come out as they went in."""
    text = (reference.kernel_headers() / "Module.symvers").read_text("ascii")
    lines = parse(text)
    assert len(lines) > 20000
    assert "".join(f"{format(line)}\n" for line in lines) == text


@pytest.mark.slow
@pytest.mark.debian
@pytest.mark.headers
def test_debians_modules_give_the_lines_of_the_kernels_file(debian_tree: Path) -> None:
    """Every module of Debian's kernel gives its lines of the kernel's Module.symvers, in their order."""
    expected = defaultdict(list)
    for line in parse((reference.kernel_headers() / "Module.symvers").read_text("ascii")):
        expected[line.module].append(line)
    root = debian_tree / "lib/modules" / reference.RELEASE / "kernel"
    for path in root.rglob("*.ko"):
        name = path.relative_to(root).as_posix()
        assert read_module(path).symvers(name) == expected.pop(name.removesuffix(".ko"), [])
    assert list(expected) == ["vmlinux"]
