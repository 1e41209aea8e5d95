"""What is loaded before a module, and in which order: what it depends on, and soft dependencies that come before.

Read from what depmod writes for Debian's tree: modules.dep, modules.softdep, modules.alias.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from modtools.names import module_name


class Tree:
    """The modules of a folder /lib/modules/RELEASE, each by its path in it; `written` is where depmod wrote."""

    def __init__(self, folder: Path, written: Path) -> None:
        self.folder = folder
        rows = (line.partition(":") for line in _lines(written / "modules.dep"))
        self._needs = {path: needs.split() for path, _, needs in rows}
        self._paths = {name_of(path): path for path in self._needs}
        self._aliases: dict[str, list[str]] = {}
        for line in _lines(written / "modules.alias"):
            alias, name = line.removeprefix("alias ").rsplit(" ", 1)
            self._aliases.setdefault(alias.replace("-", "_"), []).append(name)
        builtin = (folder / "modules.builtin.modinfo").read_bytes().decode("utf-8", "replace").split("\0")
        self._builtin = {name for entry in builtin for name in _builtin_names(entry)}
        self._before: dict[str, list[str]] = {}
        for line in _lines(written / "modules.softdep"):
            name, words = _softdep(line)
            self._before.setdefault(name, []).extend(words)

    def targets(self) -> list[str]:
        """All modules of the tree."""
        return sorted(self._needs)

    def steps(self, target: str) -> list[str]:
        """The modules to load for one, the deepest first and itself last."""
        found: list[str] = []
        self._load(target, found, frozenset())
        return found

    def _load(self, path: str, found: list[str], waiting: frozenset[str]) -> None:
        if path in waiting:
            return
        for step in (*reversed(self._needs[path]), path):
            if step in found or step in waiting:
                continue
            for word in self._before.get(name_of(step), ()):
                wanted = self._soft(word.replace("-", "_"))
                if wanted and wanted not in found:
                    self._load(wanted, found, waiting | {path, step})
            if step not in found:
                found.append(step)

    def _soft(self, word: str) -> str | None:
        """The module to load for a soft dependency: of that name, else a generic one or the first with the alias."""
        if word in self._builtin:
            return None
        aliased = [name for name in self._aliases.get(word, ()) if name in self._paths]
        generic = [name for name in aliased if name.endswith("_generic")]
        return next((self._paths[name] for name in [word, *generic, *aliased] if name in self._paths), None)


def name_of(path: str) -> str:
    """The name of the module in a file."""
    return module_name(path.rpartition("/")[2])


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def _builtin_names(entry: str) -> Iterator[str]:
    """The name of a built-in module, and its alias, from a line MODULE.KEY=VALUE."""
    key, _, value = entry.partition("=")
    name, _, field = key.partition(".")
    yield name.replace("-", "_")
    if field == "alias":
        yield value.replace("-", "_")


def _softdep(line: str) -> tuple[str, list[str]]:
    """The module of a line `softdep NAME pre: A B post: C`, and what comes before it."""
    _, name, *words = line.split()
    before, kind = [], ""
    for word in words:
        if word in ("pre:", "post:"):
            kind = word
        elif kind == "pre:":
            before.append(word)
    return name, before
