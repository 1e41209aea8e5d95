"""The emulator's docstrings: each can be read alone, and each kernel function says which file of Linux it is from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from modtools import emulate

EMULATOR = Path(emulate.__file__).parent
SOURCES = sorted([*EMULATOR.glob("*.py"), *EMULATOR.glob("functions/*.py")])
FUNCTIONS = [path for path in SOURCES if path.parent.name == "functions"]

FEWEST_WORDS = 4

_TOP = "arch|block|certs|crypto|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|security|sound|virt"
LINUX_FILE = rf"`(?:{_TOP})/[\w./+-]+\.[chS]"
_SAID_FIRST = re.compile(rf"{LINUX_FILE}`: ")
_COMMENT = re.compile(rf"# {LINUX_FILE}`")
_PROVIDES = ("function", "variable", "native")


def _name(path: Path) -> str:
    return path.relative_to(EMULATOR).as_posix()


def _where(path: Path, line: int) -> str:
    return f"{_name(path)}:{line}"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_docstring_can_be_read_alone(path: Path) -> None:
    """No docstring is shorter than a sentence can be, not counting the name of a file of Linux."""
    short = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) else None
        if text and len(_SAID_FIRST.sub("", text, count=1).split()) < FEWEST_WORDS:
            short.append(f"{_where(path, getattr(node, 'lineno', 1))}: {text}")
    assert not short


def _provides(call: object) -> bool:
    """Whether an expression is `function(...)`, `variable(...)` or `native(...)`, or a call of what that returns."""
    while isinstance(call, ast.Call):
        if isinstance(call.func, ast.Name):
            return call.func.id in _PROVIDES
        call = call.func
    return False


def _provided(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.Expr]:
    """What provides kernel symbols in a file: decorated functions, and calls at the beginning of a line."""
    for node in tree.body:
        calls = node.decorator_list if isinstance(node, ast.FunctionDef) else [getattr(node, "value", None)]
        if isinstance(node, ast.FunctionDef | ast.Expr) and any(map(_provides, calls)):
            yield node


def _says_its_file(node: ast.FunctionDef | ast.Expr, lines: list[str]) -> bool:
    """Whether a docstring begins with a file of Linux, or a comment above a call does."""
    if isinstance(node, ast.FunctionDef):
        return _SAID_FIRST.match(ast.get_docstring(node) or "") is not None
    return any(_COMMENT.match(line) for line in lines[: node.lineno - 1])


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_what_is_provided_names_its_file(path: Path) -> None:
    """Each kernel symbol says which file of Linux it is from, unless the file's heading names a single one."""
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    if len(re.findall(LINUX_FILE, ast.get_docstring(tree) or "")) == 1:
        return
    lines = source.splitlines()
    silent = [_where(path, node.lineno) for node in _provided(tree) if not _says_its_file(node, lines)]
    assert not silent


def test_what_provides_symbols_is_found() -> None:
    """The test above sees what provides kernel symbols: more of it than there are files, of both kinds."""
    provided = [node for path in SOURCES for node in _provided(ast.parse(path.read_text("utf-8")))]
    assert len(provided) > len(SOURCES)
    assert {type(node) for node in provided} == {ast.FunctionDef, ast.Expr}
