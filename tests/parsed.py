"""What a Python file says, as far as several tests ask for it: each file is parsed once, and its tree is not kept.

The trees of all files would take hundreds of megabytes, which each copy of this process would have to be made of.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Definition(NamedTuple):
    """A function, a class, or the module itself with the name ""; `lines` is how many it has, `text` its docstring."""

    kind: type[ast.AST]
    name: str
    line: int
    lines: int
    text: str


class Facts(NamedTuple):
    """`imports`: line and dotted name of each, anywhere in the file; one that is relative begins with its points.

    `attributes`: each `….OWNER.NAME`, as owner and name. `literals`: line and name of each call of a plain name whose
    first argument is a constant.
    """

    imports: tuple[tuple[int, str], ...]
    definitions: tuple[Definition, ...]
    attributes: frozenset[tuple[str, str]]
    literals: tuple[tuple[int, str], ...]


@cache
def facts(path: Path) -> Facts:
    """What a file says."""
    nodes = tuple(ast.walk(ast.parse(path.read_text("utf-8"))))
    return Facts(
        tuple(found for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for found in _imported(node)),
        tuple(
            _definition(node)
            for node in nodes
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        frozenset((_owner(node.value), node.attr) for node in nodes if isinstance(node, ast.Attribute)),
        tuple(
            (node.lineno, node.func.id)
            for node in nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and _literal(node.args[:1])
        ),
    )


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
    """`from modtools import errors` names a module, `from modtools.kernel import log` one of a package."""
    start = f"{'.' * node.level}{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
    return ((node.lineno, start + alias.name) for alias in node.names)


def _definition(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> Definition:
    text = ast.get_docstring(node) or ""
    if isinstance(node, ast.Module):
        return Definition(ast.Module, "", 1, 0, text)
    return Definition(type(node), node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1, text)


def _owner(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _literal(arguments: list[ast.expr]) -> bool:
    return bool(arguments) and isinstance(arguments[0], ast.Constant)
