"""Thousands of modules in one kernel, each loaded once: quick, and for modules that load without a word against them.

What was loaded for one module stays for others. A module is judged here only if that cannot make a difference: it and
all that it needs are loaded, under names that nobody else has, and it takes symbols from nobody else. Taints and what
is said only once are, for each, as if only what it needs had been loaded. All others are tried alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from modtools.diagnose.exporters import Exporters
from modtools.diagnose.given import Candidate
from modtools.diagnose.insertion import Tried, load
from modtools.diagnose.scratch import Scratch
from modtools.kernel.log import Log
from modtools.light import NamedTuple


class Member(NamedTuple):
    """A module that was loaded: with all modules that it needs, and with what these and it did to the kernel."""

    tried: Tried
    needed: tuple[Candidate, ...]
    taint: int
    once: frozenset[str]
    locks: bool


class Together:
    """A kernel in which what was loaded stays."""

    def __init__(self, scratch: Scratch, exporters: Exporters, args: Mapping[str, str]) -> None:
        self._scratch = scratch
        self._exporters = exporters
        self._args = args
        self._kernel = scratch.copied()
        self._members: dict[str, Member | None] = {}

    def member(self, candidate: Candidate) -> Member | None:
        """Return a module that is loaded here, None for one that has to be tried alone.

        What was read of its file is only at hand when it is asked for first: thousands would fill the memory.
        """
        if candidate.path in self._members:
            return self._members[candidate.path]
        self._members[candidate.path] = None  # for those who need themselves
        made = self._load(candidate)
        if made is not None:
            self._members[candidate.path] = made._replace(tried=made.tried._replace(file=None))
        return made

    def _load(self, candidate: Candidate) -> Member | None:
        direct = list(self._exporters.direct(self._scratch.kernel, candidate))
        members = [self.member(each) for each in direct]
        found = [member for member in members if member is not None]
        if len(found) < len(direct) or candidate.name in self._kernel.modules:
            return None
        needed = {each.path: each for member in found for each in member.needed}
        needed |= {each.path: each for each in direct}
        self._prepare(found)
        kernel = self._kernel
        tried = load(kernel, candidate, self._args.get(candidate.name, ""))
        if tried.loaded is None:
            return None
        names = {each.name for each in needed.values()} | self._scratch.kernel.modules.keys()
        if not names.issuperset(tried.loaded.uses):
            return None
        return Member(tried, tuple(needed.values()), kernel.taint, frozenset(kernel.once), kernel.lock_debugging)

    def _prepare(self, members: list[Member]) -> None:
        """Let the kernel be as if only these modules, and what they need, had been loaded."""
        kernel, base = self._kernel, self._scratch.kernel
        kernel.log = Log()
        kernel.taint, kernel.once, kernel.lock_debugging = base.taint, set(base.once), base.lock_debugging
        for member in members:
            kernel.taint |= member.taint
            kernel.once |= member.once
            kernel.lock_debugging = kernel.lock_debugging and member.locks
