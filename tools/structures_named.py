"""Which structures of the kernel, and which of their fields, the emulator's sources name; read from their syntax.

A structure is named by a text: `view(guest, "miscdevice", address)`, `new(guest, "inode")`, `size_of(guest, "net")`,
`offset_of(guest, "net", "list")`. A field is named by `offset_of`, by `address("minor")`, or as an attribute of what is
known to be a view: the call itself, a name or attribute that it was assigned to, or what a function returns that makes
one.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_NAMING = {"view": 1, "new": 1, "View": 2, "size_of": 1, "offset_of": 1, "layout": 1}
"""Functions that take the name of a structure, and as which argument."""
_VIEWS = {"view", "new", "View"}
_PYTHONS = re.compile("__[a-z]+__")
"""Attributes that every object of Python has."""

Layouts = Mapping[str, Mapping[str, str]]
"""The kind of each field of each structure."""


class Use(NamedTuple):
    """A place that names a structure, and a field of it ("a.b" is a field of one inside) or "" for none."""

    place: str
    structure: str
    field: str


def layouts(*texts: str) -> Layouts:
    """The kinds of all fields in some structs.jsonl; a structure has the fields that it has in any of them."""
    found: dict[str, dict[str, str]] = {}
    for line in (line for text in reversed(texts) for line in text.splitlines()):
        name, _, fields = json.loads(line)
        if name == "enum":
            continue
        found.setdefault(name, {}).update({field: kind for field, (_, _, kind, *_) in fields.items()})
    return found


def uses(folder: Path) -> Iterator[Use]:
    """Every use in the Python files of a folder."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
    functions = _functions(trees.values())
    for path, tree in trees.items():
        for scope in _scopes(tree):
            yield from _Reader(path.relative_to(folder).as_posix(), functions).read(scope)


def wrong(found: Iterable[Use], known: Layouts) -> list[str]:
    """The places that name what is not there, each with what is wrong."""
    return [f"{use.place}: {problem}" for use in found if (problem := _problem(use, known))]


def _problem(use: Use, known: Layouts) -> str:
    structure = use.structure
    if structure not in known:
        return f"there is no layout of struct {structure}"
    for part in use.field.split(".") if use.field else ():
        if part not in known[structure]:
            return f"struct {structure} has no field {part}"
        structure = known[structure][part]
        if structure not in known:
            break  # what follows is about its value, an int
    return ""


def _functions(trees: Iterable[ast.Module]) -> dict[str, str]:
    """Functions that return a view of one structure, whichever file they are in."""
    found: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                results = [part.value for part in ast.walk(node) if isinstance(part, ast.Return)]
                found.setdefault(node.name, set()).update(_literal(value) if value else "" for value in results)
    return {name: kind for name, kinds in found.items() if len(kinds) == 1 and (kind := next(iter(kinds)))}


def _literal(node: ast.expr) -> str:
    """The structure of a call that makes a view by its name; "" for anything else."""
    return _named(node) if isinstance(node, ast.Call) and _called(node) in _VIEWS else ""


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _named(node: ast.Call) -> str:
    at = _NAMING.get(_called(node))
    return _text(node.args[at]) if at is not None and at < len(node.args) else ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    """Functions and classes of a file, and what is outside of both."""
    outside = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    yield ast.Module(outside, [])
    yield from (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))


class _Reader:
    """The uses in one function, or one class."""

    def __init__(self, path: str, functions: Mapping[str, str]) -> None:
        self._path = path
        self._functions = functions
        self._assigned: dict[str, set[str]] = {}

    def read(self, scope: ast.AST) -> Iterator[Use]:
        """Go through a scope twice: what is assigned to names, then what is asked of them."""
        for node in ast.walk(scope):
            self._note(node)
        inner = {id(node.value) for node in ast.walk(scope) if isinstance(node, ast.Attribute)}
        for node in ast.walk(scope):
            if isinstance(node, ast.Call):
                yield from self._call(node)
            elif isinstance(node, ast.Attribute) and id(node) not in inner and (use := self._field(node)):
                yield use

    def _note(self, node: ast.AST) -> None:
        """Remember what is assigned to a name; a name of two structures is of none."""
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [pair for target in node.targets for pair in _pairs(target, node.value)]
        elif isinstance(node, ast.NamedExpr):
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.For | ast.comprehension):
            pairs = [(node.target, node.iter)]
        for target, value in pairs:
            for name in [target] if not isinstance(target, ast.Tuple) else target.elts:
                self._assigned.setdefault(ast.unparse(name), set()).add(self._made(value))

    def _made(self, node: ast.expr) -> str:
        if isinstance(node, ast.Call):
            return _literal(node) or self._functions.get(_called(node), "")
        return ""

    def _call(self, node: ast.Call) -> Iterator[Use]:
        place = f"{self._path}:{node.lineno}"
        if structure := _named(node):
            at_field = _called(node) == "offset_of" and len(node.args) > 2
            yield Use(place, structure, _text(node.args[2]) if at_field else "")
        if isinstance(node.func, ast.Attribute) and node.func.attr == "address" and node.args:
            found = self._path_of(node.func.value)
            if found and (field := _text(node.args[0])):
                yield Use(place, found[0], ".".join([*found[1], field]))

    def _field(self, node: ast.Attribute) -> Use | None:
        found = self._path_of(node)
        if not found:
            return None
        fields = [name for name in found[1] if name != "address" and not _PYTHONS.fullmatch(name)]
        return Use(f"{self._path}:{node.lineno}", found[0], ".".join(fields))

    def _path_of(self, node: ast.expr) -> tuple[str, list[str]] | None:
        """The structure that an expression begins at, and the fields that it goes on with."""
        structure = self._made(node)
        names = self._assigned.get(ast.unparse(node), set()) if isinstance(node, ast.Name | ast.Attribute) else set()
        if not structure and len(names) == 1:
            structure = next(iter(names))
        if structure:
            return structure, []
        inside = self._path_of(node.value) if isinstance(node, ast.Attribute) else None
        return (inside[0], [*inside[1], node.attr]) if inside and isinstance(node, ast.Attribute) else None


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value
