"""What can be changed in a source file: each comparison, operator, number, condition, statement and return, once.

A change is a piece of text for another one. Declarations are left alone: imports, annotations and their aliases,
decorators, docstrings, and what is there for the type checker; and what claims that something is so, which changes
nothing as long as it is: `assert` and zip's `strict`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_OPERATED = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.FloorDiv: "*", ast.Mod: "+", ast.BitAnd: "|", ast.BitOr: "&",
    ast.BitXor: "&", ast.LShift: ">>", ast.RShift: "<<",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A change of one file: `old`, at an offset in the text, becomes `new`. It is in `line` of a function or class."""

    file: str
    where: str
    line: str
    start: int
    old: str
    new: str

    def __str__(self) -> str:
        """As a survivor is listed."""
        return " ".join(f"{self.file} {self.where}: {self.old} -> {self.new} in: {self.line}".split())

    def applied(self, text: str) -> str:
        """The file's text with the change."""
        return text[: self.start] + self.new + text[self.start + len(self.old) :]


def mutants(file: str, text: str) -> list[Mutant]:
    """All changes that can be made to a file."""
    return list(_Finder(file, text).look(ast.parse(text), "module"))


class _Finder:
    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def look(self, node: ast.AST, where: str) -> Iterator[Mutant]:
        """The changes at a node and below it."""
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp) and _is_type(node.value):
            return
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            where = node.name if where == "module" else f"{where}.{node.name}"
        for start, end, new in self._changes(node):
            line = self._text[self._text.rfind("\n", 0, start) + 1 :].partition("\n")[0].strip()
            yield Mutant(self._file, where, line, start, self._text[start:end], new)
        for child in _code_below(node):
            yield from self.look(child, where)

    def _changes(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                yield self._between(left, right, _COMPARED[type(op)])
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATED and not _is_text(left):
                yield self._between(left, right, _OPERATED[type(op)])
            case ast.BoolOp(op=op, values=[left, right]):
                yield self._between(left, right, "or" if isinstance(op, ast.And) else "and")
            case ast.Constant(value=bool() as value):
                yield (*self._span(node), str(not value))
            case ast.Constant(value=int() as value):
                yield (*self._span(node), str(value + 1))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield (*self._span(node), f"({self._source(operand)})")
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield (*self._span(test), f"not ({self._source(test)})")
            case ast.Expr(value=ast.Call()) | ast.Assign() | ast.AugAssign() | ast.Raise():
                yield (*self._span(node), "pass")
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                yield (*self._span(value), "None")

    def _between(self, left: ast.expr, right: ast.expr, new: str) -> tuple[int, int, str]:
        """What stands between two operands, brackets of either side kept."""
        start, end = self._span(left)[1], self._span(right)[0]
        gap = self._text[start:end]
        operator = gap.strip("() \n\t\\")
        at = start + gap.index(operator)
        return at, at + len(operator), new

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, line: int, column: int) -> int:
        start = self._lines[line - 1]
        row = self._text[start : self._lines[line]]
        return start + len(row.encode()[:column].decode())

    def _source(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self._text[start:end]


def _code_below(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that say what is done."""
    match node:
        case ast.FunctionDef():
            yield from node.body
        case ast.JoinedStr() | ast.Assert():
            pass
        case ast.AnnAssign():
            yield from [node.value] if node.value else []
        case ast.ClassDef():
            yield from node.body
        case ast.Call(func=ast.Name(id="zip")):
            yield from node.args
        case _:
            yield from ast.iter_child_nodes(node)


_GENERIC = {
    *("dict", "frozenset", "list", "set", "tuple", "type"),
    *("Callable", "Collection", "Iterable", "Iterator", "Mapping", "Sequence", "Set"),
}


def _is_type(node: ast.expr) -> bool:
    """Whether an expression is a type with parameters, or one or another type, as only annotations need it."""
    match node:
        case ast.Subscript(value=ast.Name(id=name)):
            return name in _GENERIC
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return any(_is_type(side) or _is_none(side) or _names_type(side) for side in (left, right))
    return False


def _names_type(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("str", "int", "bytes", "float", "bool")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, (ast.JoinedStr, ast.Constant)) and not isinstance(getattr(node, "value", ""), (int, float))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
