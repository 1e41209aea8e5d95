"""What operands and arguments of options can be: two tables with an entry for each, and where the words come from.

Nothing here writes. What cannot be read is not there: a shell shows no error while a person types.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from modtools.errors import FormatError, KernelError, PymodError
from modtools.light import NamedTuple
from modtools.place import Place
from modtools.rooted import HOST, Host


class Candidate(NamedTuple):
    """A word, or an order to the shell (`:files`, `:folders`, `:modules`) to complete a path itself."""

    word: str
    about: str = ""

    @property
    def is_directive(self) -> bool:
        """Whether the shell is told what to do."""
        return self.word.startswith(":")

    @property
    def kind(self) -> str:
        """What click calls it: a file, a folder ("dir"), or a plain word."""
        return {":files": "file", ":modules": "file", ":folders": "dir"}.get(self.word, "plain")


class Query(NamedTuple):
    """What is to be completed: the last word, the operands and options before it, and the machine."""

    word: str
    operands: Sequence[str]
    given: Mapping[str, str]
    place: Place


Source = Callable[[Query], Iterable[Candidate]]


def candidates(tool: str, key: str, query: Query) -> list[Candidate]:
    """Return what an operand of a tool can be, or with a `key` the argument of that option."""
    source = ARGUMENTS.get((tool, key), _nothing) if key else OPERANDS.get(tool, _nothing)
    return [candidate for candidate in source(query) if candidate.is_directive or candidate.word.startswith(query.word)]


_LINE: Final = re.compile(r"^((?:[^:\n]*/)?([^/:\n]+?)\.ko(?:\.(?:gz|xz|zst))?)(?::|$)", re.MULTILINE)
"""A line of modules.dep or modules.builtin: the path, and the module's name in it."""

_WILD: Final = frozenset("*?[\\")


def _nothing(_: Query) -> Iterable[Candidate]:
    return ()


def _directive(text: str) -> Source:
    return lambda _: (Candidate(text),)


_FILES, _FOLDERS, _MODULE_FILES = _directive(":files"), _directive(":folders"), _directive(":modules")


def _words(*words: str) -> Source:
    return lambda _: map(Candidate, words)


def _loaded(query: Query) -> Iterator[Candidate]:
    """Yield the modules that the virtual kernel has loaded."""
    from modtools.store import Store

    for module in Store(query.place.state).read().modules.values():
        yield Candidate(module.name, f"used by {', '.join(module.users)}" if module.users else "")


def _given_root(query: Query) -> str:
    return query.given.get("dirname") or query.given.get("basedir") or ""


def _root(query: Query) -> str:
    return _given_root(query) or str(query.place.root)


def _disk(query: Query) -> Host:
    """Return where the tree's files are: a root that is given is the host's."""
    return HOST if _given_root(query) else query.place.disk


def _folder(query: Query) -> str:
    """Return the folder of the module tree: of the release given by -S, else the kernel's."""
    release = query.given.get("set_version")
    if not release:
        from modtools.store import Store

        release = query.place.release(
            "" if query.place.standalone else Store(query.place.state).read().identity.release
        )
    return os.path.join(_root(query), "lib/modules", release)  # noqa: PTH118  # start-up: no pathlib here


def _listed(query: Query, *names: str) -> Iterator[re.Match[str]]:
    """Yield the modules that are listed in text files of the tree. depmod writes them beside the binary indexes."""
    for name in names:
        with suppress(OSError):
            text = _disk(query).read(f"{_folder(query)}/{name}").decode("utf-8", "surrogateescape")
            yield from _LINE.finditer(text)


def _named(query: Query, *names: str) -> Iterator[Candidate]:
    """Yield the names of the modules in these files of the tree."""
    return (candidate for line in _listed(query, *names) for candidate in _spelled(query.word, line[2]))


def _spelled(word: str, name: str, about: str = "") -> Iterator[Candidate]:
    """Yield the name, if the word begins it, with the dashes or underscores that were typed already."""
    plain, name = word.replace("-", "_"), name.replace("-", "_")
    if name.startswith(plain):
        yield Candidate(word + name[len(plain) :], about)


def _aliases(query: Query) -> Iterator[Candidate]:
    """Yield the aliases of modprobe.d, as far as they are words. Those of module files are for devices, not persons."""
    from modtools import config

    given = query.given.get("config", "")
    places = [given] if given else config.places(str(query.place.root).rstrip("/"))
    for line in config.read_places(places, _folder(query), "", [], query.place.disk).alias:
        if _WILD.isdisjoint(line.key):
            yield from _spelled(query.word, line.key, f"alias of {line.value}")


def _modprobe(query: Query) -> Iterable[Candidate]:
    if "remove" in query.given:
        return _loaded(query)
    if {"show_modversions", "show_exports"} & query.given.keys():
        return _MODULE_FILES(query)
    if query.operands and "all" not in query.given:
        name = query.operands[0].replace("-", "_")
        paths = (line[1] for line in _listed(query, "modules.dep") if line[2].replace("-", "_") == name)
        disk = _disk(query)
        files = (disk.root + path if path.startswith("/") else f"{_folder(query)}/{path}" for path in paths)
        return (candidate for file in files for candidate in _parameters(file, disk))
    return (*_named(query, "modules.dep"), *_aliases(query))


def _in_tree(query: Query) -> Iterator[Candidate]:
    yield from _named(query, "modules.dep", "modules.builtin")


def _graph(query: Query) -> Iterable[Candidate]:
    return _loaded(query) if "loaded" in query.given else _in_tree(query)


def _insmod(query: Query) -> Iterable[Candidate]:
    return _parameters(query.operands[0]) if query.operands else _MODULE_FILES(query)


def _parameters(path: str, disk: Host = HOST) -> Iterator[Candidate]:
    """Yield the parameters of a module file, with what it says about them."""
    from modtools.formats.compression import decompress
    from modtools.module import Module

    with suppress(OSError, FormatError):
        module = Module.from_bytes(decompress(disk.read(path)))
        about = dict(text.split(":", 1) for key, text in module.modinfo if key == "parm" and ":" in text)
        for param in module.params:
            yield Candidate(f"{param.name}=", about.get(param.name, "").replace("\n", " "))


def _modinfo(query: Query) -> Iterator[Candidate]:
    yield from _named(query, "modules.dep", "modules.builtin")
    yield Candidate(":modules")


def _releases(query: Query) -> Iterator[Candidate]:
    with suppress(OSError):
        yield from map(Candidate, sorted(_disk(query).names(f"{_root(query)}/lib/modules")))


def _depmod(query: Query) -> Iterable[Candidate]:
    return _MODULE_FILES(query) if query.operands else _releases(query)


def _kernels(query: Query) -> Iterator[Candidate]:
    """Yield the kernels that come with pymod or were saved; others are files."""
    from modtools import profiles

    saved = query.place.saved_kernels
    for name in profiles.names(saved):
        with suppress(PymodError):
            profile = profiles.load(name, saved)
            yield Candidate(profile.alias or name, profile.title)
    yield Candidate(":files")


def _machine(query: Query) -> Iterator[Candidate]:
    """Paths of the machine; a folder's ends in /."""
    from modtools.kernel.files.nodes import READ
    from modtools.shared.machine import Machine
    from modtools.store import Store

    folder, slash, start = query.word.rpartition("/")
    machine = Machine(Store(query.place.state).read(), query.place)
    with suppress(KernelError, OSError):
        for name in machine.allow(machine.node(folder + slash or "/"), READ).names():
            if name.startswith(start) and (start or not name.startswith(".")):
                yield Candidate(f"{folder}{slash}{name}{'/' * _is_folder(machine, folder + slash + name)}")


def _is_folder(machine: object, path: str) -> bool:
    from modtools.shared.machine import Machine

    assert isinstance(machine, Machine)
    try:
        return stat.S_ISDIR(machine.node(path).mode)
    except KernelError:
        return False


def _first(source: Source) -> Source:
    """Return a source that has words for the first operand only."""
    return lambda query: () if query.operands else source(query)


def _log_words(kind: str, query: Query) -> Iterator[Candidate]:
    from modtools.shared import loglines

    before, comma, _ = query.word.rpartition(",")
    return (Candidate(f"{before}{comma}{word}") for word in getattr(loglines, kind))


def _rules(_: Query) -> Iterator[Candidate]:
    from modtools.diagnose.rules import RULES

    return (Candidate(name, rule.summary) for name, rule in RULES.items())


def _events(_: Query) -> Iterator[Candidate]:
    from modtools.profiles.eventcodes import CODES

    return map(Candidate, ("input0", *CODES))


def _forms(_: Query) -> Iterator[Candidate]:
    from modtools.reports.forms import FORMS

    return map(Candidate, FORMS)


OPERANDS: Final[Mapping[str, Source]] = {
    "insmod": _insmod,
    "rmmod": _loaded,
    "lsmod": _nothing,
    "modprobe": _modprobe,
    "depmod": _depmod,
    "modinfo": _modinfo,
    "boot": _kernels,
    "status": _nothing,
    "dmesg": _nothing,
    "tick": _nothing,
    "irq": _nothing,
    "input": _events,
    "umount": _words("/proc", "/sys", "/sys/kernel/debug"),
    "mount": _words("/proc", "/sys", "/sys/kernel/debug"),
    "cat": _machine,
    "ls": _machine,
    "write": _first(_machine),
    "open": _machine,
    "close": _machine,
    "ioctl": _first(_machine),
    "mknod": _nothing,
    "shell": _nothing,
    "symvers": _MODULE_FILES,
    "check": _modinfo,
    "closure": _in_tree,
    "why": _first(_in_tree),
    "graph": _graph,
    "explain": _nothing,
    "diff": _kernels,
    "root": _nothing,
    "uname": _nothing,
    "links": _first(_FOLDERS),
    "completion": _first(_words("bash", "zsh", "fish")),
}
"""What follows each tool besides options."""

ARGUMENTS: Final[Mapping[tuple[str, str], Source]] = {
    ("pymod", "state"): _FILES,
    ("pymod", "root"): _FOLDERS,
    ("pymod", "kernel"): _kernels,
    ("cat", "bytes"): _nothing,
    ("ioctl", "size"): _nothing,
    ("mknod", "mode"): _nothing,
    ("modprobe", "wait"): _nothing,
    ("modprobe", "config"): _FILES,
    ("modprobe", "dirname"): _FOLDERS,
    ("modprobe", "set_version"): _releases,
    ("check", "kernels"): _kernels,
    ("check", "tree"): _FOLDERS,
    ("check", "configs"): _FOLDERS,
    ("check", "args"): _nothing,
    ("check", "ignore"): _rules,
    ("check", "form"): _forms,
    ("check", "output"): _FILES,
    ("check", "jobs"): _nothing,
    ("check", "shard"): _nothing,
    ("graph", "form"): _words("text", "dot", "mermaid", "json", "svg"),
    ("graph", "depth"): _nothing,
    ("graph", "output"): _FILES,
    ("graph", "config"): _FILES,
    ("graph", "dirname"): _FOLDERS,
    ("graph", "set_version"): _releases,
    ("why", "depth"): _nothing,
    ("why", "alias_file"): _FILES,
    ("why", "config"): _FILES,
    ("why", "dirname"): _FOLDERS,
    ("why", "set_version"): _releases,
    ("closure", "alias_file"): _FILES,
    ("closure", "config"): _FILES,
    ("closure", "dirname"): _FOLDERS,
    ("closure", "set_version"): _releases,
    ("closure", "without"): _words("modules", "softdeps", "weakdeps", "firmware", "config", "tree"),
    ("diff", "tree_a"): _FOLDERS,
    ("diff", "tree_b"): _FOLDERS,
    ("explain", "module"): _MODULE_FILES,
    ("explain", "kernels"): _kernels,
    ("depmod", "symbol_prefix"): _nothing,
    ("depmod", "config"): _FILES,
    ("depmod", "basedir"): _FOLDERS,
    ("depmod", "moduledir"): _FOLDERS,
    ("depmod", "outdir"): _FOLDERS,
    ("depmod", "filesyms"): _FILES,
    ("depmod", "symvers"): _FILES,
    ("modinfo", "field"): _words(
        "alias",
        "author",
        "depends",
        "description",
        "filename",
        "firmware",
        "license",
        "name",
        "parm",
        "srcversion",
        "vermagic",
        "version",
    ),
    ("modinfo", "set_version"): _releases,
    ("modinfo", "basedir"): _FOLDERS,
    ("boot", "release"): _releases,
    ("boot", "symvers"): _FILES,
    ("boot", "system_map"): _FILES,
    ("boot", "tree"): _FOLDERS,
    ("boot", "like"): _MODULE_FILES,
    ("boot", "cmdline"): _nothing,
    ("boot", "save"): _nothing,
    ("dmesg", "level"): partial(_log_words, "LEVELS"),
    ("dmesg", "console_level"): partial(_log_words, "LEVELS"),
    ("dmesg", "facility"): partial(_log_words, "FACILITIES"),
    ("dmesg", "time_format"): partial(_log_words, "FORMATS"),
    ("dmesg", "color"): partial(_log_words, "COLORS"),
}
"""What follows each option that takes an argument, by tool and the option's name."""
