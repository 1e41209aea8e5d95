"""What belongs to one processor stands in its own folders, and the value that the kernel has of it is complete."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from modtools import emulate, kernel, link
from modtools.emulate.cpu.abi import Abi
from modtools.emulate.cpu.abis import ABIS
from modtools.emulate.cpu.x86_64.names import NAMES
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.registry import Native

EMULATE, KERNEL, LINK = (Path(package.__path__[0]) for package in (emulate, kernel, link))
OWN = (EMULATE / "cpu/x86_64", EMULATE / "linux/arch/x86")
HOST = EMULATE / "cpu/blocks.py"
"""The machine code of the host, for its own processor."""

SOURCES = sorted(
    path
    for folder in (EMULATE, KERNEL, LINK)
    for path in folder.rglob("*.py")
    if path != HOST and not any(path.is_relative_to(own) for own in OWN)
)

REGISTERS = {*NAMES, "eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp", "rflags", "cr0", "cr2", "cr3", "cr4"}
SEGMENTS = {"CS", "DS", "ES", "FS", "GS", "SS"}
WORDS = re.compile(r"(?<![\w%])\w+(?!\w)")
INSTRUCTIONS = re.compile(r"\b(?:UD2|INT3|HLT|RDTSC|RDMSR|WRMSR|SWAPGS|IRET|UC_X86_\w+|x86_const)\b")


def registers_in(text: str) -> set[str]:
    """The words of a text that name a register of x86-64."""
    return {word for word in WORDS.findall(text) if word.lower() in REGISTERS or word in SEGMENTS}


def code_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each name and constant, without docstrings, which may speak of what is done elsewhere."""
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.alias):
            yield node.lineno, f"{node.name} {node.asname}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def found_in(source: str, *, code: bool) -> list[str]:
    """What a source names of one processor, and with `code` what may be machine code, with the line."""
    found, tree = [], ast.parse(source)
    for line, text in code_of(tree):
        named = registers_in(text.strip("_")) | set(INSTRUCTIONS.findall(text))
        found += [f"line {line}: {word}" for word in sorted(named)]
    return sorted(found + [f"line {line}: machine code" for line in machine_code(tree) if code])


def machine_code(tree: ast.AST) -> Iterator[int]:
    """The lines with bytes that are no text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes) and not node.value.isascii():
            yield node.lineno


def test_no_register_or_instruction_is_named_elsewhere() -> None:
    """Only the processor's own folders know its registers and instructions."""
    wrong = [
        f"{path.relative_to(EMULATE.parent)}: {found}"
        for path in SOURCES
        for found in found_in(path.read_text("utf-8"), code=path.is_relative_to(EMULATE) and "linux" not in path.parts)
    ]
    assert len(SOURCES) > 400
    assert not wrong, "\n".join(wrong)


def test_what_is_named_is_found() -> None:
    """The look above sees names, attributes, texts and imports, and no docstring."""
    source = """'RAX'
from a import RSP as b
frame[RDI]
_RCX = 1
x.eflags
a = "RIP: 0010"
b = "GS"
c = x86_const
d = b"\\xf4"
"""
    assert [line.split()[1].rstrip(":") for line in found_in(source, code=True)] == [
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
    ]


@pytest.mark.parametrize("machine", ABIS)
def test_the_value_is_complete(machine: str) -> None:
    """A processor has all that the kernel asks of one, and nothing that it does not."""
    asked = set(Abi.__annotations__)
    assert {name for name in dir(ABIS[machine]) if name[0] != "_"} == asked | {"blank"}


@pytest.mark.parametrize("machine", ABIS)
def test_a_frame_has_places_for_what_is_asked(machine: str) -> None:
    """The places are those of different registers within the frame."""
    abi = ABIS[machine]
    places = {abi.pc, abi.sp, abi.result, abi.second}
    assert len(places) == 4
    assert max(places) < len(abi.blank()) == len(set(abi.names))


@pytest.mark.parametrize("machine", ABIS)
def test_each_function_in_machine_code_has_code(machine: str) -> None:
    """What is declared as machine code is there for the processor, and nothing else is."""
    entries = (registry.find(name) for name in registry.index())
    assert {entry.name for entry in entries if isinstance(entry, Native)} == ABIS[machine].natives.keys()
