"""What became of the modules of a tree in another one: files, aliases, firmware, parameters.

A module that is gone counts as renamed if one that is new answers to it: by an alias that is the old name, or by at
least half of the old one's other aliases. An alias is gone if nothing in the other tree answers to all that it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from modtools.diagnose.treefacts import Told, TreeFacts
from modtools.errors import FormatError
from modtools.formats.index import Index
from modtools.formats.index_write import IndexBuilder
from modtools.formats.pattern import spelled
from modtools.light import NamedTuple

BUILTIN: Final = "builtin"
"""What stands for the file of a module that is built in."""
KINDS: Final = ("added", "gone", "renamed", "builtin", "loadable", "unlisted")
"""What may become of a module: `builtin` was a file and is built in, `loadable` the other way round.

`unlisted` was built in, and no list names it now: these name only what could be a module, or says something of itself.
"""


class ModuleChange(NamedTuple):
    """A module and what became of it. `before` and `after` are its file, or `builtin`; None where it is not.

    `now` is its new name, its old one unless it was renamed, and `by` what tells so.
    """

    name: str
    change: str
    before: str | None
    after: str | None
    now: str
    by: str = ""


class Alias(NamedTuple):
    """An alias that nothing answers to any more, and the modules that did."""

    alias: str
    modules: tuple[str, ...]


class Firmware(NamedTuple):
    """A file of firmware that nothing named before, and the modules that do."""

    firmware: str
    modules: tuple[str, ...]


class Parameter(NamedTuple):
    """A parameter that a module does not have any more, with its type."""

    module: str
    parameter: str
    type: str


class TreeChanges(NamedTuple):
    """How many modules each tree has, with what is built in, how many are in both, and all changes.

    `unknown` are kinds of change that cannot be told, each with the reason.
    """

    before: int
    after: int
    same: int
    modules: tuple[ModuleChange, ...]
    aliases: tuple[Alias, ...]
    firmware: tuple[Firmware, ...]
    parameters: tuple[Parameter, ...]
    unknown: Mapping[str, str]


def compare(before: TreeFacts, after: TreeFacts) -> TreeChanges:
    """Return what became of the modules of the first tree in the second one."""
    old, new = _all(before), _all(after)
    modules = tuple(_modules(before, after))
    unknown = dict(_unknown(before, after))
    renamed = {each.name: each.now for each in modules if each.change == "renamed"}
    return TreeChanges(
        len(old),
        len(new),
        len(old.keys() & new.keys()),
        tuple(each for each in modules if each.change not in unknown),
        () if "aliases" in unknown else tuple(_aliases(old, new)),
        () if "firmware" in unknown else tuple(_firmware(old, new)),
        tuple(_parameters(old, new, renamed, tells_builtin=after.tells_builtin)),
        unknown,
    )


def _all(tree: TreeFacts) -> dict[str, Told]:
    return {**tree.builtin, **tree.modules}


def _unknown(before: TreeFacts, after: TreeFacts) -> Iterator[tuple[str, str]]:
    """Yield what cannot be told without the lists of what is built in."""
    names = "{} has no modules.builtin: what is built in there is not known"
    texts = "{} has no modules.builtin.modinfo: what is built in there does not tell its {}"
    if not before.lists_builtin:
        yield from dict.fromkeys(("added", "loadable"), names.format(before.folder)).items()
    if not after.lists_builtin:
        yield from dict.fromkeys(("gone", "builtin", "unlisted"), names.format(after.folder)).items()
    if not before.tells_builtin:
        yield "firmware", texts.format(before.folder, "firmware")
    if not after.tells_builtin:
        yield "aliases", texts.format(after.folder, "aliases")


def _modules(before: TreeFacts, after: TreeFacts) -> Iterator[ModuleChange]:
    old, new = _all(before), _all(after)
    renamed = dict(_renamed(before, after))
    came = {name for name, _ in renamed.values()}
    for name, told in old.items():
        if name in renamed:
            now, by = renamed[name]
            yield ModuleChange(name, "renamed", _place(told), _place(new[now]), now, by)
        elif name not in new:
            yield ModuleChange(name, "gone" if told.path else "unlisted", _place(told), None, name)
        elif bool(told.path) != bool(new[name].path):
            change = "builtin" if told.path else "loadable"
            yield ModuleChange(name, change, _place(told), _place(new[name]), name)
    for name, told in new.items():
        if name not in old and name not in came:
            yield ModuleChange(name, "added", None, _place(told), name)


def _place(told: Told) -> str:
    return told.path or BUILTIN


def _renamed(before: TreeFacts, after: TreeFacts) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield modules that are gone, each with the new one that answers to it, and by what."""
    old, new = _all(before), _all(after)
    came = [name for name in new if name not in old]
    answering: dict[str, list[str]] = {}
    for name in came:
        for alias in new[name].aliases:
            answering.setdefault(alias.replace("-", "_"), []).append(name)
    for name, told in old.items():
        if name in new:
            continue
        if by_name := answering.get(name):
            yield name, (by_name[0], f"its alias {name}")
            continue
        counts = Counter(each for alias in told.aliases for each in answering.get(alias.replace("-", "_"), ()))
        now, count = next(iter(counts.most_common(1)), ("", 0))
        if 2 * count >= len(told.aliases) > 0:
            yield name, (now, f"{count} of {len(told.aliases)} aliases")


def _aliases(old: Mapping[str, Told], new: Mapping[str, Told]) -> Iterator[Alias]:
    """Yield the aliases that nobody answers to now; a pattern is answered by one that matches it as it is written."""
    asked = _by(old, "aliases")
    answered = _by(new, "aliases")
    index = _index(answered)
    for alias, modules in asked.items():
        if alias in answered:
            continue
        found = []
        with suppress(FormatError):
            found = index.matching(spelled(alias))
        if not found:
            yield Alias(alias, modules)


def _index(aliases: Iterable[str]) -> Index:
    builder = IndexBuilder()
    for number, alias in enumerate(aliases):
        with suppress(FormatError):
            builder.add(spelled(alias), alias, number)
    return Index(builder.encode())


def _by(modules: Mapping[str, Told], field: str) -> dict[str, tuple[str, ...]]:
    """Return who names each alias, or each file of firmware."""
    found: dict[str, list[str]] = {}
    for name, told in modules.items():
        for value in getattr(told, field):
            found.setdefault(value, []).append(name)
    return {value: tuple(names) for value, names in found.items()}


def _firmware(old: Mapping[str, Told], new: Mapping[str, Told]) -> Iterator[Firmware]:
    named = _by(old, "firmware")
    yield from (Firmware(path, modules) for path, modules in _by(new, "firmware").items() if path not in named)


def _parameters(
    old: Mapping[str, Told], new: Mapping[str, Told], renamed: Mapping[str, str], *, tells_builtin: bool
) -> Iterator[Parameter]:
    for name, told in old.items():
        now = new.get(renamed.get(name, name))
        if now is None or not (now.path or tells_builtin):
            continue
        for parameter, kind in told.parameters.items():
            if parameter not in now.parameters:
                yield Parameter(name, parameter, kind)
