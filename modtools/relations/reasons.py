"""Why a module gets loaded: all that brings it in, and what brings that in, up to devices, files and persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from modtools.config import Directive
from modtools.light import NamedTuple
from modtools.relations.bringers import Bringer, Bringers
from modtools.relations.outline import Line
from modtools.tree.lookup import KnownModule

OF_MODULES: Final = ("dependency", "pre", "post", "weak", "install")
"""The kinds whose `by` is a module, which is brought in by something itself."""
_WORDS: Final = {
    "dependency": "{by} depends on it ({source})",
    "pre": "{by} has it loaded first: softdep, {source}",
    "post": "{by} has it loaded afterwards: softdep, {source}",
    "weak": "{by} may ask for it: weakdep, {source}",
    "install": "the install command of {by} names it: {source}",
    "modules-load": "it is loaded at boot as {by}: {source}",
    "device": "a device of the machine: {by}",
}
"""What is said of each kind, but for aliases, which are summed up by what they are for."""
_BUS: Final = re.compile(r"([a-z][a-z0-9_-]*):.")
_PURPOSES: Final = (
    ("devname:", "opening /dev/{rest}"),
    ("char-major-", "opening a character device"),
    ("block-major-", "opening a block device"),
    ("fs-", "mounting {rest}"),
    ("crypto-", "the crypto algorithm {rest}"),
    ("net-pf-", "a socket or netlink family"),
    ("binfmt-", "running a program of this format"),
    ("rtnl-link-", "a network link of type {rest}"),
)
"""What aliases that begin so are asked for. From Linux: `MODULE_ALIAS_FS()`, `MODULE_ALIAS_CRYPTO()` and others."""


class Explained(NamedTuple):
    """A module, its file or None, and what brings it in; and the line that blacklists it, which mutes its aliases."""

    name: str
    path: str | None
    builtin: bool
    bringers: tuple[Bringer, ...]
    blacklisted: Directive | None = None


def explain(place: Bringers, name: str, depth: int = -1) -> dict[str, Explained]:
    """Return a module and all modules that bring it in, as far away as `depth` steps, each with what brings it in."""
    found: dict[str, Explained] = {}
    names = [name]
    while names:
        for each in names:
            found[each] = _explained(place, each)
        depth -= 1
        above = [by.by for each in names for by in found[each].bringers if by.kind in OF_MODULES] if depth else []
        names = [each for each in dict.fromkeys(above) if each not in found and _is_module(place, each)]
    return found


def _is_module(place: Bringers, name: str) -> bool:
    return any(module.name == name for module in place.find(name))


def _explained(place: Bringers, name: str) -> Explained:
    lookup = place.lookup()
    module = next((module for module in place.find(name) if module.name == name), KnownModule(name))
    path = lookup.path(module)
    builtin = path is None and lookup.is_builtin(module)
    return Explained(name, path, builtin, tuple(place.of(name)), place.place.config.blacklisted(name))


def outline(found: Mapping[str, Explained], name: str, devices: Mapping[str, Sequence[str]], *, whole: bool) -> Line:
    """Return the tree of what brings a module in; `whole` with all aliases.

    `devices` has the modaliases of a machine for each module that they mean.
    """
    return _Outline(found, devices, whole).of(name, f"{name} ({_where(found[name])})")


def _where(module: Explained) -> str:
    return "builtin: it is there from the start" if module.builtin else module.path or "no file"


class _Outline:
    def __init__(self, found: Mapping[str, Explained], devices: Mapping[str, Sequence[str]], whole: bool) -> None:
        self.found, self.devices, self.whole = found, devices, whole
        self.shown: set[str] = set()

    def of(self, name: str, text: str) -> Line:
        """Return the line of a module, with what brings it in below it; what was shown before is not shown again."""
        if name in self.shown:
            return Line(f"{text}, see above")
        if name not in self.found:
            return Line(text)
        self.shown.add(name)
        module = self.found[name]
        lines = [*self._devices(name), *self._aliases(module)]
        for by in module.bringers:
            if by.kind != "alias":
                words = _WORDS[by.kind].format_map(by._asdict())
                lines.append(self.of(by.by, words) if by.kind in OF_MODULES else Line(words))
        return Line(text, tuple(lines))

    def _devices(self, name: str) -> Iterator[Line]:
        for alias in self.devices.get(name, ()):
            yield Line(_WORDS["device"].format(by=alias))

    def _aliases(self, module: Explained) -> Iterator[Line]:
        """Yield a line for all aliases of each purpose."""
        groups: dict[str, list[Bringer]] = {}
        for by in module.bringers:
            if by.kind == "alias":
                groups.setdefault(purpose(by.by), []).append(by)
        muted = f", but blacklisted: {module.blacklisted.place}" if module.blacklisted else ""
        for words, aliases in groups.items():
            some = aliases if self.whole else aliases[:1]
            more = f" and {len(aliases) - len(some)} more" if len(some) < len(aliases) else ""
            for number, by in enumerate(some, 1):
                tail = more if number == len(some) else ""
                yield Line(f"{words}: alias {by.by}{tail} ({by.source}){muted}")


def purpose(alias: str) -> str:
    """Return in words what an alias is asked for."""
    for start, words in _PURPOSES:
        if alias.startswith(start):
            return words.format(rest=alias.removeprefix(start))
    bus = _BUS.match(alias)
    return f"a device on the {bus[1]} bus" if bus else "another name"
