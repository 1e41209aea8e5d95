"""Who brings a module in: indexes, configuration and modules-load.d, read from what is needed to who needs it.

Sources: modules.dep(5), modprobe.d(5), modules-load.d(5); systemd's `src/modules-load/modules-load.c` for the latter's
files and the kernel command line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import Final

from modtools import config as configuration
from modtools.config import Directive
from modtools.errors import FormatError
from modtools.formats.pattern import WILD
from modtools.kernel.cmdline import arguments
from modtools.light import NamedTuple
from modtools.names import module_name
from modtools.relations.closure import Place
from modtools.tree.index import ALIAS, BUILTIN_ALIAS, DEP
from modtools.tree.lookup import KnownModule, Lookup

LOAD_DIRECTORIES: Final = (
    "/etc/modules-load.d",
    "/run/modules-load.d",
    "/usr/local/lib/modules-load.d",
    "/usr/lib/modules-load.d",
    "/lib/modules-load.d",
)
"""Where systemd-modules-load looks: of files of the same name the first one counts."""
_ALIAS_LINE: Final = re.compile(r"alias (\S+) (\S+)")
_WORD: Final = re.compile(r"[^\s;&|()<>'\"`]+")
_LOADERS: Final = ("modprobe", "insmod")
LOAD_NOTHING: Final = {
    "true": "does nothing, and says that it succeeded",
    "false": "does nothing, and fails",
    ":": "does nothing",
}
"""What commands do that load nothing."""


class Bringer(NamedTuple):
    """Something that brings a module in: `by` is a module, an alias or a word; `source` is where that is said.

    `kind` is dependency, pre, post, weak, alias, modules-load or install.
    """

    kind: str
    by: str
    source: str


class Bringers:
    """What is known about who needs whom in a place. `cmdline` is the kernel command line."""

    def __init__(self, place: Place, cmdline: str = "") -> None:
        self.place, self.cmdline = place, cmdline
        self._found: dict[str, list[KnownModule]] = {}

    def lookup(self) -> Lookup:
        """Return a lookup in this place."""
        return Lookup(self.place.tree, self.place.config, [], zlib=True)

    def find(self, word: str) -> list[KnownModule]:
        """Return the modules that a name or alias means, none for what cannot be either."""
        if word not in self._found:
            try:
                self._found[word] = self.lookup().find(word)
            except FormatError:
                self._found[word] = []
        return self._found[word]

    @cached_property
    def needs(self) -> dict[str, frozenset[str]]:
        """All modules of modules.dep, each with all that it needs, be it directly or not."""
        return {
            module_name(name): frozenset(
                module_name(path.rpartition("/")[2]) for path in line.partition(":")[2].split()
            )
            for name, line in self.place.tree.items(DEP)
        }

    def dependents(self, name: str) -> list[str]:
        """Return the modules that need one and between which and it no other module stands, sorted."""
        users = [other for other, needed in self.needs.items() if name in needed]
        among = set(users)
        return sorted(user for user in users if among.isdisjoint(self.needs[user]))

    def of(self, name: str) -> Iterator[Bringer]:
        """Yield what brings a module in, one step away."""
        yield from (Bringer("dependency", user, DEP) for user in self.dependents(name))
        yield from self._soft.get(name, ())
        yield from self._loads.get(name, ())
        yield from self._commands(name)
        for line in self.place.config.alias:
            if line.value == name:
                yield Bringer("alias", line.key, line.place)
        yield from self._aliases.get(name, ())

    @cached_property
    def _soft(self) -> dict[str, list[Bringer]]:
        found: dict[str, list[Bringer]] = {}
        for kind, words, line in self._soft_lines():
            for word in words:
                for module in self.find(word):
                    found.setdefault(module.name, []).append(Bringer(kind, line.key, line.place))
        return found

    def _soft_lines(self) -> Iterator[tuple[str, tuple[str, ...], Directive]]:
        """Yield the lines that count, with the words of each kind: for each module the first line."""
        config = self.place.config
        for line in config.softdep:
            if not WILD.isdisjoint(line.key) or config.softdep.first(line.key) is line:
                names = configuration.softdep(line.value)
                yield "pre", names.pre, line
                yield "post", names.post, line
        for line in config.weakdep:
            if not WILD.isdisjoint(line.key) or config.weakdep.first(line.key) is line:
                yield "weak", configuration.weakdep(line.value).weak, line

    @cached_property
    def _loads(self) -> dict[str, list[Bringer]]:
        found: dict[str, list[Bringer]] = {}
        for word, source in (*self._load_lines(), *self._load_parameters()):
            for module in self.find(word):
                found.setdefault(module.name, []).append(Bringer("modules-load", word, source))
        return found

    def _load_lines(self) -> Iterator[tuple[str, str]]:
        disk, chosen = self.place.tree.disk, dict[str, str]()
        for folder in LOAD_DIRECTORIES:
            for file in configuration.conf_files(self.place.root + folder, [], disk):
                chosen.setdefault(file.name, file.path)
        for name in sorted(chosen, key=os.fsencode):
            with suppress(OSError):
                text = disk.read(chosen[name]).decode("utf-8", "surrogateescape")
                for number, line in enumerate(text.splitlines(), 1):
                    if (word := line.strip()) and word[0] not in "#;":
                        yield word, f"{chosen[name]} line {number}"

    def _load_parameters(self) -> Iterator[tuple[str, str]]:
        for name, value in arguments(self.cmdline):
            if name.replace("-", "_") in ("modules_load", "rd.modules_load"):
                source = f"{configuration.CMDLINE} {name}={value or ''}"
                yield from ((word, source) for word in (value or "").split(",") if word)

    def _commands(self, name: str) -> Iterator[Bringer]:
        """Yield the install commands of other modules that have modprobe or insmod in them, and the module after it."""
        for line in self.place.config.install:
            words = _WORD.findall(line.value)
            loading = [number for number, word in enumerate(words) if word.rpartition("/")[2] in _LOADERS]
            after = words[loading[0] + 1 :] if loading else []
            if line.key != name and any(module_name(word.rpartition("/")[2]) == name for word in after):
                yield Bringer("install", line.key, line.place)

    def unread(self) -> Iterator[str]:
        """Yield in words which install commands may load modules, for what they run is not read."""
        for line in self.place.config.install:
            words = _WORD.findall(line.value)
            names = {word.rpartition("/")[2] for word in words}
            if words and names.isdisjoint(_LOADERS) and words[0].rpartition("/")[2] not in LOAD_NOTHING:
                yield f"{line.place}: what `{line.value}` loads in place of {line.key} is not known: it is not read"

    @cached_property
    def _aliases(self) -> dict[str, list[Bringer]]:
        found: dict[str, list[Bringer]] = {}
        for alias, module, source in (*self._alias_lines(), *self._builtin_aliases()):
            found.setdefault(module, []).append(Bringer("alias", alias, source))
        return found

    def _alias_lines(self) -> Iterator[tuple[str, str, str]]:
        """Yield alias, module and source: of the text beside the index, which has line numbers and takes less time."""
        try:
            text = self.place.tree.disk.read(f"{self.place.tree.folder}/{ALIAS}").decode("utf-8", "surrogateescape")
        except OSError:
            yield from ((alias, module, ALIAS) for alias, module in self.place.tree.items(ALIAS))
            return
        for number, line in enumerate(text.split("\n"), 1):
            if match := _ALIAS_LINE.fullmatch(line):
                yield match[1], module_name(match[2]), f"{ALIAS} line {number}"

    def _builtin_aliases(self) -> Iterator[tuple[str, str, str]]:
        with suppress(FormatError):
            yield from ((alias, module, BUILTIN_ALIAS) for alias, module in self.place.tree.items(BUILTIN_ALIAS))
