"""modprobe's plan: configuration + tree + loaded modules -> steps, each with its reason.

Source: kmod 34's `libkmod/libkmod-module.c: kmod_module_probe_insert_module()`, `tools/modprobe.c: rmmod_do_module()`.

What modprobe does next depends on how the last step went, and on what is loaded by then. So a plan is walked: a
generator yields a Step, is sent the errno of carrying it out (0: done), and returns an errno in the end. `foreseen`
walks it with nothing carried out, as a dry run does, and gives it as a value.
"""

from __future__ import annotations

import sys

from modtools.config import Config
from modtools.light import TYPE_CHECKING, NamedTuple, Protocol
from modtools.linuxerrno import EBUSY, EEXIST, ENOENT
from modtools.tree.lookup import NO_SOFTDEPS, KnownModule, Lookup

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Final, TypeAlias


class Action:
    """What a step does: the words that modprobe shows."""

    INSERT = "insmod"
    INSTALL_COMMAND = "install"
    BUILTIN = "builtin"
    REMOVE = "rmmod"
    REMOVE_COMMAND = "remove"


class Reason(NamedTuple):
    """Why a step is there: `why` is a key of REASONS, `of` the module that it is for, `source` who says so."""

    why: str
    of: str = ""
    source: str = ""

    def __str__(self) -> str:
        return REASONS[self.why].format_map(self._asdict())


REASONS: Final = {
    "asked": "asked for",
    "alias": "alias {of} from {source}",
    "dependency": "hard dependency of {of}",
    "pre": "soft dependency of {of}, before it, from {source}",
    "post": "soft dependency of {of}, after it, from {source}",
    "weak": "weak dependency of {of}, from {source}",
    "holder": "uses {of}",
    "unused": "no longer used by {of}",
}


class Step(NamedTuple):
    """One thing to do. `options` are the module's parameters as one text, `command` is the shell's.

    `path` is None for a module whose file nobody knows. The errors of a step that is not `required` do not count.
    """

    action: str
    name: str
    reason: Reason
    path: str | None = None
    options: str = ""
    command: str = ""
    required: bool = True


class Complaint(NamedTuple):
    """A message after which modprobe gives up: at once with exit status 1, or with -a the module it is about."""

    text: str


Walk: TypeAlias = "Generator[Step | Complaint, int, int]"
_Part: TypeAlias = "Generator[Step | Complaint, int, None]"
"""A part of a plan whose errors do not count."""


class Loaded(Protocol):
    """What modules are loaded, as /sys/module shows them."""

    def initstate(self, name: str) -> str:
        """ "live", "coming", "going", or "" for a module that is not there."""

    def refcnt(self, name: str) -> int:
        """Return how often a module is in use; negative where the kernel does not say."""

    def holders(self, name: str) -> list[str]:
        """Return the modules that use this one, in the order in which the kernel lists them."""


class Rules(NamedTuple):
    """modprobe's options that a plan depends on."""

    ignore_loaded: bool = False
    ignore_commands: bool = False
    use_blacklist: bool = False
    first_time: bool = False
    remove_holders: bool = False
    wait: bool = False


def asked(module: KnownModule) -> Reason:
    """Return the reason of a module that somebody asked for, maybe by an alias."""
    return Reason("asked") if module.alias is None else Reason("alias", module.alias, module.found)


_CALLS, _CALLS_EACH, _DEEPEST = 1000, 4, 3000
"""Calls within each other: without soft dependencies, for each that leads to the next, and how many these may be."""


def allow_chains(config: Config) -> None:
    """Let one soft dependency lead to the next, and so on: these are calls within calls, as in kmod."""
    depth = _CALLS + _CALLS_EACH * min(len(config.softdep), _DEEPEST)
    sys.setrecursionlimit(max(sys.getrecursionlimit(), depth))


class Order:
    """The modules to load, in order, with their reasons. `visited` ends circles."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.steps: list[tuple[KnownModule, Reason]] = []
        self.visited: set[KnownModule] = set()
        self.required: set[KnownModule] = set()
        self.without_command: set[KnownModule] = set()

    def add(self, module: KnownModule, reason: Reason, *, required: bool = False, ignore_command: bool = False) -> None:
        """Add a module after its dependencies, each with the softdeps that come before and after it."""
        if module in self.visited:
            return
        self.visited.add(module)
        dependencies = self.lookup.dependencies(module)
        if required:
            self.required.update((module, *dependencies))
        for needed in dependencies:
            self._add_with_softdeps(needed, Reason("dependency", module.name))
        if ignore_command:
            self.steps.append((module, reason))
            self.without_command.add(module)
        else:
            self._add_with_softdeps(module, reason)

    def _add_with_softdeps(self, module: KnownModule, reason: Reason) -> None:
        pre, post, source = self.lookup.softdeps(module)
        for soft in pre:
            self.add(soft, Reason("pre", module.name, source))
        self.steps.append((module, reason))
        if pre or post:
            # A module with soft dependencies loses its install command.
            self.without_command.add(module)
        for soft in post:
            self.add(soft, Reason("post", module.name, source))


def insertion(lookup: Lookup, module: KnownModule, loaded: Loaded, rules: Rules, options: str = "") -> Walk:
    """Load a module with all that it needs; `options` are the command line's, for this module only."""
    if not rules.ignore_loaded and _is_inside(lookup, module, loaded):
        return EEXIST if rules.first_time else 0
    # An alias never leads to a blacklisted module; its own name does, unless that is forbidden, too.
    if (module.alias is not None or rules.use_blacklist) and lookup.config.blacklisted(module.name):
        return 0
    order = Order(lookup)
    order.add(module, asked(module), required=True, ignore_command=rules.ignore_commands)
    for each, reason in order.steps:
        if not rules.ignore_loaded and _is_inside(lookup, each, loaded):
            error = EEXIST
        else:
            error = yield _insertion_step(order, each, reason, options if each is module else "")
        if error == EEXIST:
            if each is module and rules.first_time:
                return error
        elif error and each in order.required:
            return error
    return 0


def _is_inside(lookup: Lookup, module: KnownModule, loaded: Loaded) -> bool:
    return lookup.is_builtin(module) or loaded.initstate(module.name) == "live"


def _insertion_step(order: Order, module: KnownModule, reason: Reason, more: str) -> Step:
    lookup = order.lookup
    configured = " ".join(line.value for line in lookup.config.options_of(module.name, module.alias))
    # kmod puts a blank after configured options also where nothing follows.
    options = f"{configured} {more}" if configured else more
    required = module in order.required
    command = None if module in order.without_command else lookup.install_command(module)
    if command is not None:
        return Step(Action.INSTALL_COMMAND, module.name, reason, None, options, command.value, required)
    path = lookup.path(module)
    action = Action.BUILTIN if path is None and lookup.is_builtin(module) else Action.INSERT
    return Step(action, module.name, reason, path, options, "", required)


class _Remover(NamedTuple):
    """Removes modules one after another, looking each time at what is still loaded."""

    lookup: Lookup
    loaded: Loaded
    rules: Rules

    def walk(self, module: KnownModule, reason: Reason, removing: tuple[str, ...] = ()) -> Walk:
        """Remove a module between its post- and pre-softdeps, and then the dependencies that nobody else uses.

        `removing` are the modules being removed above this one. Where there are any, nothing is said of one that is
        builtin, and the module's holders stay.
        """
        ignored = self.rules.ignore_commands
        pre, post, source = NO_SOFTDEPS if ignored else self.lookup.softdeps(module)
        command = None if ignored else self.lookup.remove_command(module)
        if command is None and not self.rules.ignore_loaded:
            there = yield from self._is_there(module, bool(removing))
            if there is not None:
                return there
        with_this = (*removing, module.name)
        yield from self._all(post, Reason("post", module.name, source), with_this)
        if self.rules.remove_holders and not removing:
            error = yield from self._holders(module)
            if error:
                return error
        if command is None:
            error = yield from self._remove(module, reason)
        else:
            error = yield Step(Action.REMOVE_COMMAND, module.name, reason, command=command.value)
        if error:
            return error
        if command is None:
            yield from self._unused(module)
        yield from self._all(pre, Reason("pre", module.name, source), with_this)
        return 0

    def _is_there(self, module: KnownModule, inner: bool) -> Generator[Step | Complaint, int, int | None]:
        """Return None to go on, 0 if there is nothing to do, or an errno, which does not count for `inner` ones."""
        if self.lookup.is_builtin(module):
            if not inner:
                yield Complaint(f"Module {module.name} is builtin.")
            return ENOENT
        if self.loaded.initstate(module.name):
            return None
        if self.rules.first_time:
            yield Complaint(f"Module {module.name} is not in kernel.")
            return ENOENT
        return 0

    def _all(self, modules: Iterable[KnownModule], reason: Reason, removing: tuple[str, ...]) -> _Part:
        """Remove these, last one first; errors do not count.

        A circle of soft dependencies, in which kmod goes round until its stack is full, ends where it began.
        """
        for module in reversed(list(modules)):
            if module.name not in removing:
                yield from self.walk(module, reason, removing)

    def _holders(self, module: KnownModule) -> Walk:
        error = 0
        for name in reversed(self.loaded.holders(module.name)):
            error = yield from self.walk(self.lookup.known(name), Reason("holder", module.name), (module.name,))
            if error:
                break
        return error

    def _remove(self, module: KnownModule, reason: Reason) -> Walk:
        used = not self.rules.ignore_loaded and not self.rules.wait and self.loaded.refcnt(module.name) > 0
        if used:
            yield Complaint(f"Module {module.name} is in use.")
            return EBUSY
        return (yield Step(Action.REMOVE, module.name, reason))

    def _unused(self, module: KnownModule) -> _Part:
        """Remove the dependencies that nobody uses now. They are gone through once, in the order of loading."""
        for needed in self.lookup.dependencies(module):
            if self.loaded.refcnt(needed.name) == 0:
                yield Step(Action.REMOVE, needed.name, Reason("unused", module.name), required=False)


def removal(lookup: Lookup, module: KnownModule, loaded: Loaded, rules: Rules) -> Walk:
    """Remove a module, and what is no longer used then."""
    return _Remover(lookup, loaded, rules).walk(module, asked(module))


class Plan(NamedTuple):
    """The steps that would be done, the complaints, and the errno that it ends with."""

    steps: tuple[Step, ...]
    complaints: tuple[str, ...] = ()
    error: int = 0


def foreseen(walk: Walk) -> Plan:
    """Return a plan as a value: walk it as if every step succeeded, and carry nothing out."""
    steps: list[Step] = []
    complaints: list[str] = []
    try:
        item = next(walk)
        while True:
            if isinstance(item, Step):
                steps.append(item)
            else:
                complaints.append(item.text)
            item = walk.send(0)
    except StopIteration as end:
        return Plan(tuple(steps), tuple(complaints), end.value)
