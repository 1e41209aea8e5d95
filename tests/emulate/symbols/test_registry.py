"""The kernel's symbols are found by the index, and lie in files named as Linux's own."""

from __future__ import annotations

import keyword
from pathlib import Path

from modtools.emulate import linux
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.registry import Function
from tools import symbol_index

FOLDER = Path(linux.__path__[0])
FILES = sorted(path for path in FOLDER.rglob("*.py") if path.name != "__init__.py")


def name(path: Path) -> str:
    """The path of a file below linux/."""
    return path.relative_to(FOLDER).as_posix()


def test_the_index_is_what_the_sources_declare() -> None:
    """No declaration is missing in the index, and the index promises nothing that is not there (`make index`)."""
    assert registry.INDEX.read_text("ascii") == symbol_index.text()


def test_a_file_is_named_as_the_one_it_stands_for() -> None:
    """A file begins with the path of Linux's file, which is its own but for dashes and the words of Python."""
    for path in FILES:
        file, _, rest = path.read_text("utf-8").split("\n", 1)[0].removeprefix('"""').partition(": ")
        parts = file.rpartition(".")[0].replace("-", "_").split("/")
        parts[-1] += "_" * keyword.iskeyword(parts[-1])
        assert (parts, bool(rest)) == ([*path.relative_to(FOLDER).with_suffix("").parts], True), name(path)
        assert file.endswith((".c", ".S")), name(path)


def test_all_declarations_can_be_read() -> None:
    """Every C declaration has only types that are known, and names the function that it is registered as."""
    for symbol in registry.index():
        entry = registry.find(symbol)
        if isinstance(entry, Function):
            assert entry.signature.name == symbol
