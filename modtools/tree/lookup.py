"""What a name means in a module tree and a configuration.

Source: kmod 34's `libkmod/libkmod.c` (the lookups and their order) and `libkmod-module.c` (the line of modules.dep,
soft dependencies).
"""

from __future__ import annotations

import os

from modtools import config as configuration
from modtools.config import Config
from modtools.errors import FormatError
from modtools.formats.pattern import matches, spelled
from modtools.light import TYPE_CHECKING, NamedTuple, suppress
from modtools.linuxerrno import EEXIST, ENOENT, strerror
from modtools.names import module_name
from modtools.notes import CONTEXT_ADDRESS, Note
from modtools.tree.index import ALIAS, BUILTIN, BUILTIN_ALIAS, DEP, SYMBOLS, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Final


class KnownModule:
    """A module as the tree and the configuration know it.

    `alias` is the alias it was found by, None if by its name; `found` tells where. `path` and `dependencies`, in the
    order of loading, are None until asked for; `builtin` until that was looked up.
    """

    path: str | None = None
    dependencies: tuple[KnownModule, ...] | None = None
    builtin: bool | None = None
    install: configuration.Directive | None = None
    remove: configuration.Directive | None = None

    def __init__(self, name: str, alias: str | None = None, found: str = "") -> None:
        self.name = name
        self.alias = alias
        self.found = found


class Softdeps(NamedTuple):
    """The modules to load before and after another one, as far as there are such, and the line that says so."""

    pre: tuple[KnownModule, ...] = ()
    post: tuple[KnownModule, ...] = ()
    source: str = ""


NO_SOFTDEPS: Final = Softdeps()


class Weakdeps(NamedTuple):
    """The modules that another one may ask for while it is there, and the line that says so."""

    modules: tuple[KnownModule, ...] = ()
    source: str = ""


class Lookup:
    """What names mean: in the configuration first, then in the tree. What libkmod would say goes to `notes`.

    One lookup serves one request, as kmod forgets all modules between two. With `zlib` gzipped files can be read.
    """

    def __init__(self, tree: Tree, config: Config, notes: list[Note] | None = None, *, zlib: bool = False) -> None:
        self.tree = tree
        self.zlib = zlib
        self.config = config
        self.notes = [] if notes is None else notes
        self._pool: dict[tuple[str, str | None], KnownModule] = {}

    def find(self, name: str) -> list[KnownModule]:
        """Return the modules that a name or alias stands for. Raises FormatError for a name with a bracket too many."""
        return self._first(_LOOKUPS, spelled(name))

    def find_module(self, name: str) -> list[KnownModule]:
        """Return the module of this name, or builtin ones of this alias; what stands after a dot does not count."""
        return self._first(_NAME_LOOKUPS, module_name(name))

    def _first(self, lookups: Iterable[Callable[[Lookup, str], list[KnownModule]]], name: str) -> list[KnownModule]:
        return next(filter(None, (lookup(self, name) for lookup in lookups)), [])

    def at_path(self, path: str) -> KnownModule:
        """Return the module in a file. Raises OSError if there is none, or if another file has the module's name."""
        absolute = absolute_path(path)
        self.tree.disk.stat(absolute)
        name = module_name(path.rpartition("/")[2])
        if not path.rsplit("/", 1)[-1]:
            raise FileNotFoundError(ENOENT, strerror(ENOENT), path)
        module = self.known(name)
        if module.path is None:
            module.path = absolute
        elif module.path != absolute:
            same = f"kmod_module '{name}' already exists with different path"
            self._say(f"{same}: new-path='{absolute}' old-path='{module.path}'", "kmod_module_new_from_path")
            raise FileExistsError(EEXIST, strerror(EEXIST), path)
        module.builtin = False
        return module

    def known(self, name: str, alias: str | None = None, found: str = "") -> KnownModule:
        """Return the one module of this name, found by this alias."""
        return self._pool.setdefault((name, alias), KnownModule(name, alias, found))

    def is_builtin(self, module: KnownModule) -> bool:
        """Return whether modules.builtin lists a module."""
        if module.builtin is None:
            module.builtin = self.tree.line(BUILTIN, module.name) is not None
        return module.builtin

    def path(self, module: KnownModule) -> str | None:
        """Return the module's file, None if the tree has none."""
        if module.path is None:
            self.dependencies(module)
        return module.path

    def dependencies(self, module: KnownModule) -> tuple[KnownModule, ...]:
        """Return the modules to load before this one, in that order."""
        if module.dependencies is None:
            line = self.tree.line(DEP, module.name)
            if line is None:
                return ()
            self._read_line(module, line)
        return module.dependencies or ()

    def _read_line(self, module: KnownModule, line: str) -> None:
        """Take a line of modules.dep apart; when one of its files cannot be found, no dependency is known."""
        file, colon, names = line.partition(":")
        if not colon:
            module.dependencies = ()
            return
        module.path = module.path or self._in_tree(file)
        found: list[KnownModule] = []
        for name in names.replace("\t", " ").split(" "):
            path = self._in_tree(name)
            try:
                if name:
                    found.append(self.at_path(path))
            except OSError as error:
                self._say(f"ctx={CONTEXT_ADDRESS} path={path} error={error.strerror}", "kmod_module_parse_depline")
                return
        module.dependencies = tuple(reversed(found))

    def _in_tree(self, path: str) -> str:
        """Return a path in modules.dep; an absolute one is the machine's."""
        return f"{self.tree.disk.root}{path}" if path.startswith("/") else f"{self.tree.folder}/{path}"

    def softdeps(self, module: KnownModule) -> Softdeps:
        """Return the soft dependencies of a module; only the first line for it counts."""
        line = self.config.softdep.first(module.name)
        if line is None:
            return NO_SOFTDEPS
        names = configuration.softdep(line.value)
        return Softdeps(self._all(names.pre), self._all(names.post), line.place)

    def weakdeps(self, module: KnownModule) -> Weakdeps:
        """Return the weak dependencies of a module; only the first line for it counts."""
        line = self.config.weakdep.first(module.name)
        if line is None:
            return Weakdeps()
        return Weakdeps(self._all(configuration.weakdep(line.value).weak), line.place)

    def _all(self, names: Iterable[str]) -> tuple[KnownModule, ...]:
        found: list[KnownModule] = []
        for name in names:
            try:
                found += self.find(name)
            except FormatError:
                self._say(f"failed to lookup dependency '{name}', continuing anyway.", "lookup_dep")
        return tuple(found)

    def install_command(self, module: KnownModule) -> configuration.Directive | None:
        """Return the install command that replaces loading the module, None if there is none."""
        return module.install or self.config.install.first(module.name)

    def remove_command(self, module: KnownModule) -> configuration.Directive | None:
        """Return the remove command that replaces removing the module, None if there is none."""
        return module.remove or self.config.remove.first(module.name)

    def _say(self, text: str, function: str) -> None:
        self.notes.append(Note(text, function=function))


def _in_config(lookup: Lookup, name: str) -> list[KnownModule]:
    lines = [line for line in lookup.config.alias if matches(line.key, name)]
    return [lookup.known(line.value, line.key, line.place) for line in lines]


def _in_dep(lookup: Lookup, name: str) -> list[KnownModule]:
    line = None if ":" in name else lookup.tree.line(DEP, name)
    if line is None:
        return []
    module = lookup.known(module_name(name), found=DEP)
    if module.dependencies is None:
        lookup._read_line(module, line)
    return [module]


def _in_symbols(lookup: Lookup, name: str) -> list[KnownModule]:
    return _by_alias(lookup, SYMBOLS, name) if name.startswith("symbol:") else []


def _in_commands(lookup: Lookup, name: str) -> list[KnownModule]:
    for line in lookup.config.install:
        if line.key == name:
            module = lookup.known(module_name(name), found=line.place)
            module.install = line
            return [module]
    for line in lookup.config.remove:
        if line.key == name:
            module = lookup.known(module_name(name), found=line.place)
            module.remove = line
            return [module]
    return []


def _in_aliases(lookup: Lookup, name: str) -> list[KnownModule]:
    return _by_alias(lookup, ALIAS, name)


def _in_builtin(lookup: Lookup, name: str) -> list[KnownModule]:
    if lookup.tree.line(BUILTIN, name) is None:
        return []
    module = lookup.known(module_name(name), found=BUILTIN)
    module.builtin = True
    return [module]


def _in_builtin_aliases(lookup: Lookup, name: str) -> list[KnownModule]:
    found = _by_alias(lookup, BUILTIN_ALIAS, name)
    for module in found:
        module.builtin = True
    return found


def _by_alias(lookup: Lookup, index: str, name: str) -> list[KnownModule]:
    return [lookup.known(module, name, index) for module in lookup.tree.matching(index, name)]


_LOOKUPS: Final = (
    _in_config,
    _in_dep,
    _in_symbols,
    _in_commands,
    _in_aliases,
    _in_builtin,
    _in_builtin_aliases,
)
_NAME_LOOKUPS: Final = (_in_dep, _in_builtin, _in_builtin_aliases)


def absolute_path(path: str) -> str:
    """Return the path with the current folder in front, as the shell names it; nothing is normalized."""
    if path.startswith("/"):
        return path
    here, shown = os.getcwd(), os.environ.get("PWD", "")  # noqa: PTH109
    with suppress(OSError):
        # As get_current_dir_name(3).
        here = shown if os.path.samefile(shown, ".") else here  # noqa: PTH121
    return f"{here}/{path}"
