"""Which of the kernel's symbols the tests and recordings really call.

A symbol is called

- when the code of a module that is in a recording or beside a lesson calls it: each of these modules is loaded, its
  files are read and written as in the recordings, it is unloaded, and what was served is noted;
- when it is machine code or a variable, which nobody serves, and such a module imports it;
- when a test's source refers to its Python function, `kfifo.kfifo_init`, or looks it up, `find("kfree")`, or has it
  called, `call(guest, "kfree", place)`.

Debian's own modules are left out: which of them are at hand depends on the machine.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from modtools import profiles
from modtools.emulate.guest import Guest
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.registry import Function, Native, Variable
from modtools.errors import KernelError, Killed
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.state import Kernel
from modtools.module import read_module
from modtools.store import Store
from tests.reference import CHECKOUT
from tests.transcripts.format import load

_TESTS = CHECKOUT / "tests"
_KO = _TESTS / "transcripts/ko"
_EXAMPLES = CHECKOUT / "examples"


def untested(folder: Path) -> list[str]:
    """Return the symbols that are provided and that nothing calls, sorted; `folder`: where states may be kept.

    What only another kernel exports is left out: the modules here were built for one that does not have it.
    """
    others = {name for name in registry.index() if not _ours(name)}
    return sorted(set(registry.index()) - by_modules(folder) - by_tests() - others)


def _ours(name: str) -> bool:
    ours, *others = (profiles.load(kernel).exports for kernel in (profiles.DEFAULT, "debian-13"))
    return ours.get(name) is not None or all(other.get(name) is None for other in others)


def _scenarios() -> list[Path]:
    return sorted((_TESTS / "transcripts/scenarios").glob("*.t"))


def recorded() -> list[Path]:
    """Return the modules of our own that a recording names."""
    words: set[str] = set()
    for scenario in _scenarios():
        words |= set(re.findall(r"[\w./-]+", scenario.read_text("utf-8", "surrogateescape")))
    return [path for path in sorted(_KO.glob("**/*.ko")) if path.parent.name != "bad" and words & _names(path)]


def _names(path: Path) -> set[str]:
    """Return how a command may name a module."""
    return {path.name, str(path.relative_to(_KO)), path.stem, path.stem.replace("-", "_")}


def by_modules(folder: Path) -> set[str]:
    """Return the symbols that modules call or, where that cannot be seen, import."""
    called: set[str] = set()
    serve = Guest._serve

    def noted(guest: Guest, here: int) -> int:
        if guest.addresses.function(here) is not None:
            called.add(guest.addresses.name(here))
        return serve(guest, here)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Guest, "_serve", noted)
        for number, paths in enumerate((recorded(), sorted(_EXAMPLES.glob("**/*.ko")))):
            called |= _run(Store(folder / f"{number}.json").default(), paths)
    return called


def _run(kernel: Kernel, paths: list[Path]) -> set[str]:
    """Load modules, those first that others need, and unload them; return what they import that nobody serves."""
    kernel.runner = EmulatedRunner(kernel, isolated=False)
    read = {path: read_module(path) for path in paths}
    exporter = {export.name: path for path, module in read.items() for export in module.exports}
    order: list[Path] = []
    seen: set[Path] = set()

    def add(path: Path) -> None:
        if path not in seen:
            seen.add(path)
            for wanted in read[path].imports:
                if wanted.name in exporter:
                    add(exporter[wanted.name])
            order.append(path)

    for path in paths:
        add(path)
    loaded = [path for path in order if _succeeds(insert, kernel, path.read_bytes(), path=str(path))]
    _touch(kernel)
    for path in reversed(loaded):
        _succeeds(delete, kernel, read[path].name)
    imported = {wanted.name for path in loaded for wanted in read[path].imports}
    return {name for name in imported if isinstance(registry.find(name), Native | Variable)}


def _touch(kernel: Kernel) -> None:
    """Read and write the files of /proc and /sys that the recordings read and write."""
    for file in _scenarios():
        for step in load(file).steps:
            if written := re.fullmatch(r"echo (\S+) > (/(?:proc(?!/sys)|sys)/\S+)", step.command):
                _succeeds(lambda path, text: lookup(kernel, path).write(text), written[2], f"{written[1]}\n".encode())
            elif step.command.startswith("cat "):
                for path in re.findall(r"/(?:proc|sys)/\S+", step.command):
                    _succeeds(lambda path: lookup(kernel, path).read(), path)


def _succeeds(call: Callable[..., object], *arguments: object, **named: object) -> bool:
    """Whether a system call is not refused, nor its caller killed."""
    try:
        call(*arguments, **named)
    except (KernelError, Killed):
        return False
    return True


def by_tests() -> set[str]:
    """Return the symbols whose Python functions a test refers to or looks up."""
    handlers: dict[tuple[str, str], set[str]] = {}
    for name in registry.index():
        entry = registry.find(name)
        if isinstance(entry, Function):
            handlers.setdefault((entry.handler.__module__, entry.handler.__name__), set()).add(name)
    return {
        name
        for path in sorted(_TESTS.rglob("test_*.py"))
        for reference in _references(ast.parse(path.read_text("utf-8")))
        for name in (handlers.get(reference, ()) if isinstance(reference, tuple) else (reference,))
    }


def _references(tree: ast.Module) -> Iterator[tuple[str, str] | str]:
    """Go through what a test's source refers to: a function by its module and name, or the text that it looks up."""
    modules = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            module, _, name = modules.get(node.func.id, "").rpartition(".")
            yield module, name
            first = node.args[0] if node.args else None
            if node.func.id in ("find", "operation") and isinstance(first, ast.Constant):
                yield str(first.value)
            if node.func.id == "call" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                yield str(node.args[1].value)
