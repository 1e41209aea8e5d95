"""What an image needs for some modules to load: their files, those of what they bring along, firmware, configuration.

Modules come in the order in which modprobe loads them: hard dependencies, soft ones before and after (`plan.Order`).
Then follow weak dependencies, modprobe.d(5): nothing loads them, but a module may ask for them while it is there.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Final

from modtools import config as configuration
from modtools.config import CMDLINE, TREE_FILES, Config, Directive
from modtools.errors import FormatError, PymodError
from modtools.light import NamedTuple
from modtools.notes import ERROR, LibkmodError
from modtools.plan import Order, Reason, allow_chains, asked
from modtools.relations.firmware import FirmwareFolders
from modtools.relations.links import Folder, Trail
from modtools.tree.index import DEP, Tree
from modtools.tree.info import own_fields
from modtools.tree.lookup import KnownModule, Lookup

FOR_DEPMOD: Final = ("modules.order", "modules.builtin", "modules.builtin.modinfo")
"""What depmod reads of a tree beside its modules: without these the index of an image is another one."""


class Request(NamedTuple):
    """What an image is for: names as modprobe takes them, and modaliases of a machine, not all of which mean a module.

    `use_blacklist`: modules that are blacklisted are not even found by their names. Without `firmware`, none is looked
    for.
    """

    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    use_blacklist: bool = False
    firmware: bool = True


class Place(NamedTuple):
    """Where to look: a module tree, the machine's root before its path, "" for the host, and its configuration."""

    tree: Tree
    root: str
    config: Config


class ClosedModule(NamedTuple):
    """A module that is needed, and why; its file, None if it is builtin or only a command stands for it."""

    name: str
    path: str | None
    builtin: bool
    reason: Reason


class Firmware(NamedTuple):
    """Firmware as modules name it, maybe by a pattern: who does so, and the paths that were found; none: missing."""

    name: str
    modules: tuple[str, ...]
    paths: tuple[str, ...]


class Missing(NamedTuple):
    """Something that is named and is not there: `kind` is module, softdep, weakdep or firmware; who names it, where."""

    kind: str
    name: str
    of: str
    source: str


class Muted(NamedTuple):
    """A module that a name or alias would lead to, if it were not blacklisted by a line."""

    alias: str
    module: str
    line: Directive


class Answered(NamedTuple):
    """A modalias of the machine, and the modules that it leads to; none for most."""

    alias: str
    modules: tuple[str, ...]


class Applied(NamedTuple):
    """A line of the configuration that has a say about one of the modules; `kind` as in `config.KINDS`."""

    kind: str
    line: Directive


class NeededFile(NamedTuple):
    """A file for the image, or a symbolic link, of which `target` is what it says.

    `kind` is module, firmware, config or tree; `size` in bytes, `why` for a reader.
    """

    path: str
    kind: str
    size: int
    why: str
    target: str | None = None


class Closure(NamedTuple):
    """All that an image needs. With `problems` it may be more than what was found; `warnings` are worth knowing.

    `unknown` are the names that mean no module.
    """

    files: tuple[NeededFile, ...]
    modules: tuple[ClosedModule, ...]
    firmware: tuple[Firmware, ...]
    lines: tuple[Applied, ...]
    missing: tuple[Missing, ...]
    aliases: tuple[Answered, ...]
    muted: tuple[Muted, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def close(place: Place, request: Request) -> Closure:
    """Return all that an image needs for what is requested. Raises PymodError for a tree without an index."""
    if place.tree.index(DEP) is None:
        raise PymodError(f"{place.tree.folder} has no index of names: depmod writes it")
    allow_chains(place.config)
    modules = _Modules(place, request)
    for name in request.names:
        modules.add_named(name)
    for alias in dict.fromkeys(request.aliases):
        modules.add_alias(alias)
    modules.add_weak()
    firmware = _find_firmware(place, modules) if request.firmware else {}
    for name, (_, trails) in firmware.items():
        if not trails:
            modules.missing.append(Missing("firmware", name, ", ".join(firmware[name][0]), ""))
    files = [
        *_module_files(place, modules),
        *_firmware_files(firmware),
        *_config_files(place, modules.lines),
        *_tree_files(place),
    ]
    return Closure(
        tuple({file.path: file for file in reversed(files)}.values())[::-1],
        tuple(modules.found.values()),
        tuple(Firmware(name, tuple(of), tuple(way.path for way in ways)) for name, (of, ways) in firmware.items()),
        tuple(modules.lines),
        tuple(modules.missing),
        tuple(modules.answered),
        tuple(modules.muted),
        tuple(modules.problems),
        tuple(modules.warnings),
        tuple(modules.unknown),
    )


class _Modules:
    """Collects modules, and what configuration says about them."""

    def __init__(self, place: Place, request: Request) -> None:
        self.place, self.request = place, request
        self.found: dict[str, ClosedModule] = {}
        self.known: dict[str, tuple[Lookup, KnownModule]] = {}
        self.lines: dict[Applied, None] = {}
        self.missing: list[Missing] = []
        self.answered: list[Answered] = []
        self.muted: list[Muted] = []
        self.problems: list[str] = []
        self.warnings: list[str] = []
        self.unknown: list[str] = []
        self._applied: set[tuple[str | None, str]] = set()

    def add_named(self, name: str) -> None:
        """Add what modprobe takes this word for: a path, a name or an alias."""
        lookup = self._lookup()
        is_path = name.startswith(("/", "./"))
        try:
            found = [lookup.at_path(name)] if is_path else lookup.find(name)
            if is_path and not stat.S_ISREG(self.place.tree.disk.stat(found[0].path or name).st_mode):
                self.problems.append(f"{name} is no regular file")
                return
        except OSError as error:
            self.problems.append(f"cannot read {name}: {error.strerror}")
            return
        except FormatError as error:
            self.problems.append(str(error))
            return
        if not found:
            self.problems.append(f"Module {name} not found in directory {self.place.tree.folder}")
            self.unknown.append(name)
        for module in found:
            if module.path is not None and self.place.tree.line(DEP, module.name) is None:
                self.problems.append(f"{name}: {self.place.tree.folder}/{DEP} does not say what {module.name} needs")
            self._add(lookup, module)

    def add_alias(self, alias: str) -> None:
        """Add the modules for a device of a machine."""
        lookup = self._lookup()
        try:
            found = lookup.find(alias)
        except FormatError:
            found = []
        self.answered.append(Answered(alias, tuple(module.name for module in found)))
        for module in found:
            self._add(lookup, module)

    def add_weak(self) -> None:
        """Add the weak dependencies of all modules, and theirs."""
        names = list(self.found)
        while names:
            before = len(self.found)
            for name in names:
                lookup = self._lookup()
                weak = lookup.weakdeps(lookup.known(name))
                for module in weak.modules:
                    self._add(lookup, module, Reason("weak", name, weak.source))
            names = list(self.found)[before:]

    def _lookup(self) -> Lookup:
        return Lookup(self.place.tree, self.place.config, [], zlib=True)

    def _add(self, lookup: Lookup, module: KnownModule, reason: Reason | None = None) -> None:
        """Add a module with its dependencies, unless an alias leads to it and it is blacklisted."""
        line = self.place.config.blacklisted(module.name)
        if line is not None and reason is None and (module.alias is not None or self.request.use_blacklist):
            self.muted.append(Muted(module.alias or module.name, module.name, line))
            self.lines[Applied("blacklist", line)] = None
            return
        order = Order(lookup)
        order.add(module, reason or asked(module), required=True)
        for each, why in order.steps:
            self._take(lookup, each, why, commanded=each not in order.without_command)
        self.problems += [note.text for note in lookup.notes if note.level <= ERROR]
        lookup.notes.clear()

    def _take(self, lookup: Lookup, module: KnownModule, reason: Reason, *, commanded: bool) -> None:
        self._apply(module)
        if module.name in self.found:
            return
        path = lookup.path(module)
        builtin = path is None and lookup.is_builtin(module)
        self.found[module.name] = ClosedModule(module.name, path, builtin, reason)
        self.known[module.name] = lookup, module
        command = lookup.install_command(module) if commanded else None
        if command is not None:
            what = f"modprobe runs `{command.value}` ({command.place}) and does not load {module.name}"
            self.warnings.append(f"{what} itself: what the command needs is not listed")
        elif path is None and not builtin:
            self.problems.append(f"there is no module {module.name} ({reason})")
            self.missing.append(Missing("module", module.name, reason.of, reason.source))

    def _apply(self, module: KnownModule) -> None:
        """Note what the configuration says about a module."""
        config = self.place.config
        lines = [
            Applied("alias", line) for line in config.alias if (line.value, line.key) == (module.name, module.alias)
        ]
        lines += [Applied("options", line) for line in config.options_of(module.name, module.alias)]
        lines += [Applied("blacklist", line) for line in config.blacklist if line.key == module.name]
        for kind in ("install", "remove", "softdep", "weakdep"):
            if (line := getattr(config, kind).first(module.name)) is not None:
                lines.append(Applied(kind, line))
        for each in lines:
            if each not in self.lines:
                self.lines[each] = None
                self._check_names(each, module.name)

    def _check_names(self, applied: Applied, module: str) -> None:
        """Note what a line names and nobody has: kmod passes over that without a word."""
        if applied.kind not in _NAMES:
            return
        for name in _NAMES[applied.kind](applied.line.value):
            try:
                found = bool(self._lookup().find(name))
            except FormatError:
                found = False
            if not found:
                self.missing.append(Missing(applied.kind, name, module, applied.line.place))


def _softdep_names(value: str) -> tuple[str, ...]:
    names = configuration.softdep(value)
    return (*names.pre, *names.post)


_NAMES: Final[dict[str, Callable[[str], tuple[str, ...]]]] = {
    "softdep": _softdep_names,
    "weakdep": lambda value: configuration.weakdep(value).weak,
}
"""The modules that a line of each kind names."""


def _find_firmware(place: Place, modules: _Modules) -> dict[str, tuple[list[str], list[Trail]]]:
    """Return for each word for firmware who has it, and the files that it means, in the order of the modules."""
    wanted: dict[str, list[str]] = {}
    for name, (lookup, module) in modules.known.items():
        if modules.found[name].path is None and not modules.found[name].builtin:
            continue
        try:
            fields = own_fields(lookup, module)
        except (OSError, LibkmodError) as error:
            words = error.strerror if isinstance(error, OSError) else str(error)
            what = (
                f"the firmware of {name} is not known: {modules.found[name].path or 'modules.builtin.modinfo'}: {words}"
            )
            (modules.warnings if modules.found[name].builtin else modules.problems).append(what)
            continue
        for key, value in fields:
            if key == "firmware" and name not in wanted.setdefault(value, []):
                wanted[value].append(name)
    folders = FirmwareFolders(
        place.tree.disk, place.root, place.tree.folder.rpartition("/")[2], _own_folder(place.config)
    )
    return {name: (of, folders.find(name)) for name, of in wanted.items()}


def _own_folder(config: Config) -> str:
    """Return the folder of firmware that the kernel command line names, "" for none."""
    values = [line.value for line in config.options if line.file == CMDLINE and line.key == "firmware_class"]
    paths = [value.partition("=")[2] for value in values if value.startswith("path=")]
    return paths[-1] if paths else ""


def _module_files(place: Place, modules: _Modules) -> Iterator[NeededFile]:
    folder = Folder(place.tree.folder, place.root, place.tree.disk)
    for module in modules.found.values():
        if module.path is None:
            continue
        inside = module.path.removeprefix(f"{place.tree.folder}/")
        try:
            if inside == module.path:
                yield NeededFile(module.path, "module", place.tree.disk.stat(module.path).st_size, str(module.reason))
            else:
                yield from _along(folder.trail(inside), "module", str(module.reason))
        except OSError as error:
            modules.problems.append(f"cannot read {module.path}: {error.strerror}")


def _firmware_files(firmware: dict[str, tuple[list[str], list[Trail]]]) -> Iterator[NeededFile]:
    for name, (of, trails) in firmware.items():
        for way in trails:
            yield from _along(way, "firmware", f"firmware {name} of {', '.join(of)}")


def _along(way: Trail, kind: str, why: str) -> Iterator[NeededFile]:
    for link in way.links:
        yield NeededFile(link.path, kind, len(link.target), why, link.target)
    yield NeededFile(way.path, kind, way.status.st_size, why)


def _config_files(place: Place, lines: Iterable[Applied]) -> Iterator[NeededFile]:
    """Yield the files of lines that apply, but for what depmod writes and what is no file."""
    written = {f"{place.tree.folder}/{name}" for name in TREE_FILES}
    said: dict[str, dict[str, None]] = {}
    for kind, line in lines:
        if line.file != CMDLINE and line.file not in written:
            said.setdefault(line.file, {})[f"{kind} {line.key}"] = None
    for path, texts in said.items():
        with suppress(OSError):  # it has just gone
            yield NeededFile(path, "config", place.tree.disk.stat(path).st_size, ", ".join(texts))


def _tree_files(place: Place) -> Iterator[NeededFile]:
    for name in FOR_DEPMOD:
        path = f"{place.tree.folder}/{name}"
        try:
            status = place.tree.disk.stat(path)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield NeededFile(path, "tree", status.st_size, "depmod reads it")
