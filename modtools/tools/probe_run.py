"""What one call of modprobe does: look names up, plan, carry out, or show what is known.

From kmod 34: `tools/modprobe.c` (insmod, rmmod, show_config, show_modversions, show_exports).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from modtools.command import Call
from modtools.config import KINDS, Note, softdep_as_shown, weakdep
from modtools.errors import FormatError, Killed
from modtools.formats.kmodelf import Aborted, KmodElf, Refused, Symbol
from modtools.plan import insertion, removal
from modtools.report import Hint, Message, Part, Report, Table, Text
from modtools.tools.aborting import die
from modtools.tools.context import Context, libkmod_messages, no_index, tool_messages
from modtools.tools.libkmod import REGISTERED, RELEASED, options
from modtools.tools.probing import ERROR, INFO, Hand, Settings, Stopped, Voice
from modtools.tools.wording import strerror
from modtools.tree.index import ALIAS, DEP, SYMBOLS
from modtools.tree.kofile import open_file
from modtools.tree.lookup import Known, Lookup

ENOENT, EEXIST, EINVAL = 2, 17, 22
_WORDS: Final = {
    ENOENT: "Unknown symbol in module, or unknown parameter (see dmesg)",
    EEXIST: "Module already in kernel",
}


_CALLS, _CALLS_EACH, _DEEPEST = 1000, 4, 3000
"""Calls within each other: without soft dependencies, for each that leads to the next, and how many these may be."""


class Run:
    """One call of modprobe."""

    def __init__(self, call: Call, given: Mapping[str, Any], settings: Settings) -> None:
        self.call = call
        self.given = given
        self.settings = settings
        self.voice = Voice(call, self.settings.priority, syslog=given["syslog"])
        self.context = Context(call)
        self.tree = self.context.tree(given["dirname"], given["set_version"])
        self.hand = Hand(self.context, self.voice, self.settings, self.tree.disk)
        notes: list[Note] = []
        self.config = self.context.config(self.tree.folder, given["config"] or None, notes)
        # One soft dependency may lead to the next, and so on: calls within calls, as in kmod.
        depth = _CALLS + _CALLS_EACH * min(len(self.config.softdep), _DEEPEST)
        sys.setrecursionlimit(max(sys.getrecursionlimit(), depth))
        self.voice.parts += libkmod_messages(notes)

    def report(self, words: Sequence[str]) -> Report:
        """Do what is asked, and tell."""
        try:
            self.voice.say(INFO, REGISTERED)
            self.voice.parts += tool_messages(self.tree.load(), self.settings.priority)
            error = self._work(words)
            self.voice.say(INFO, RELEASED)
        except Stopped:
            error = EINVAL
        except Aborted as death:
            return die(self.call, death)
        except Killed:
            if not self.call.as_json:
                raise
            error = EINVAL
        finally:
            self.hand.release()
        if error and self.tree.index(DEP) is None:
            self.voice.parts.append(Hint(no_index(self.tree, self.given["dirname"], self.given["set_version"])))
        if error:
            self.voice.parts += self.hand.hints(self.tree)
        calls, status, syslog = self.hand.asked, int(error != 0), self.given["syslog"]
        if not calls:
            return Report(self._parts(), status, syslog)
        from modtools.tools import asked

        return asked.report(self.call, self._parts(), calls, status, strict=self.given["strict"], syslog=syslog)

    def _parts(self) -> list[Part]:
        if not self.call.as_json:
            return self.voice.parts
        messages = [part for part in self.voice.parts if isinstance(part, Message | Hint)]
        return [Table("directives" if self.given["showconfig"] else "steps", self.hand.done, ""), *messages]

    def _work(self, words: Sequence[str]) -> int:
        """What the options ask for. An errno."""
        if self.given["showconfig"]:
            return self._show_config()
        if self.given["show_modversions"]:
            return self._dump(words[0], "modversions", KmodElf.versions)
        if self.given["show_exports"]:
            return self._dump(words[0], "symbols", KmodElf.symbols)
        if self.given["remove"]:
            return self._each(self._remove, words)
        if self.given["all"]:
            return self._each(self._insert, words)
        return self._insert(words[0], options(words[1:]))

    @staticmethod
    def _each(work: Callable[[str], int], words: Sequence[str]) -> int:
        """All of them; the last error counts."""
        errors = [work(word) for word in words]
        return next(filter(None, reversed(errors)), 0)

    def _complain(self, text: str) -> int:
        self.voice.say(self.settings.complaints, text)
        return ENOENT

    def _insert(self, name: str, more: str = "") -> int:
        lookup = Lookup(self.tree, self.config)
        if name.startswith(("/", "./")):
            try:
                found = [lookup.at_path(name)]
            except OSError as error:
                return self._complain(f"Failed to get module from path {name}: {error.strerror}")
        else:
            found = self._find(lookup, name)
        if not found:
            return self._complain(f"Module {name} not found in directory {self.tree.folder}")
        return [self._insert_one(lookup, module, more) for module in found][-1]

    def _find(self, lookup: Lookup, name: str) -> list[Known]:
        try:
            found = lookup.find(name)
        except FormatError:
            found = []
        self.hand.relay(lookup)
        return found

    def _insert_one(self, lookup: Lookup, module: Known, more: str) -> int:
        if self.given["resolve_alias"]:
            self.voice.print(module.name)
            return 0
        error = self.hand.walk(insertion(lookup, module, self.hand, self.settings.rules, more), lookup)
        if error:
            self.voice.say(ERROR, f"could not insert '{module.name}': {strerror(error, _WORDS)}")
        return error

    def _remove(self, name: str) -> int:
        lookup = Lookup(self.tree, self.config)
        try:
            found = lookup.find(name)
        except FormatError:
            return EINVAL
        self.hand.relay(lookup)
        if not found:
            return self._complain(f"Module {name} not found.")
        for module in found:
            number = self.hand.walk(removal(lookup, module, self.hand, self.settings.rules), lookup)
            if number:
                return number
        return 0

    def _dump(self, path: str, what: str, read: Callable[[KmodElf], list[Symbol]]) -> int:
        """The symbols of a file with their CRCs."""
        lookup = Lookup(self.tree, self.config)
        try:
            file = lookup.at_path(path).path
        except OSError:
            return self._complain(f"Module {path} not found.")
        try:
            opened = open_file(file or path, self.tree.disk, zlib=not self.voice.call.linked)
            symbols = read(KmodElf(opened.contents(lookup.notes)))
        except OSError as error:
            return self._complain(f"could not get {what} of {path}: {error.strerror}")
        except Refused as problem:
            self.hand.relay(lookup)
            return self._complain(f"could not get {what} of {path}: {strerror(problem.errno)}")
        for crc, name in symbols:
            self.voice.print(f"0x{crc:08x}\t{name}")
        return 0

    def _show_config(self) -> int:
        """All that is configured, then the indexes."""
        for kind in KINDS:
            for line in getattr(self.config, kind):
                value = _SHOWN[kind](line.value) if kind in _SHOWN else f" {line.value}"
                self.voice.print(f"{kind} {line.key}{value}")
                self.hand.done.append({"kind": kind} | line._asdict())
        self.voice.print("\n# End of configuration files. Dumping indexes now:\n")
        for index in (ALIAS, SYMBOLS):
            lines = [f"alias {key} {value}\n" for key, value in self.tree.items(index)]
            self.voice.parts.append(Text("".join(lines)))
        return 0


_SHOWN: Final[dict[str, Callable[[str], str]]] = {
    "blacklist": lambda _: "",
    "softdep": lambda value: f" {softdep_as_shown(value)}",
    "weakdep": lambda value: f" {' '.join(weakdep(value).weak)}",
}
"""The values of directives that are not shown as they were read."""
