"""Why a module does not get loaded: what keeps it out, and who loads it all the same.

Sources: modprobe.d(5); kmod 34's `libkmod/libkmod-module.c: kmod_module_probe_insert_module()` for what the blacklist
and install commands count for; Linux's `kernel/module/main.c` for what the kernel itself refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from modtools.config import CMDLINE
from modtools.formats.kmodelf import KmodElf
from modtools.kernel.module.modinfo_check import same_magic
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.names import EXTENSIONS, GZIPPED, module_name
from modtools.notes import LibkmodError
from modtools.relations.bringers import LOAD_NOTHING, Bringer, Bringers
from modtools.relations.commands import Commands
from modtools.relations.reasons import OF_MODULES
from modtools.tree.index import BUILTIN, DEP, Tree
from modtools.tree.kofile import has_extension, open_file
from modtools.tree.lookup import KnownModule
from modtools.tree.scan import SKIPPED
from modtools.tree.walk import module_files

_ANYWHERE: Final = Commands()
_LOST: Final = re.compile(r"path=(.*) error=(.*)")
"""How libkmod says which file of a line in modules.dep is not there."""
_FINDINGS: Final = 2
"""Findings of a check that are told."""
_MOST: Final = 5
"""Names that are listed of many."""
WITHOUT: Final = ("none", "idle")
"""Kinds of answers that name nothing that keeps a module out."""


class Obstacle(NamedTuple):
    """Something that keeps a module out: a `kind`, in words, where it is said, and who loads the module all the same.

    Without one, `kind` is "none" or "idle" (nothing asks for the module), or "loaded".
    """

    kind: str
    words: str
    source: str = ""
    still: tuple[str, ...] = ()


class Obstacles(NamedTuple):
    """What keeps a module out; `name` is the word that was asked about where no module is found for it."""

    name: str
    path: str | None
    found: tuple[Obstacle, ...]


def obstacles(place: Bringers, word: str, kernel: Kernel | None, commands: Commands = _ANYWHERE) -> list[Obstacles]:
    """Return what keeps out each module that a word means, or why it means none.

    `kernel` is the kernel that is to load it, None where the tree is another one's; `commands` ask about this tree.
    """
    modules = place.find(word)
    if not modules and kernel is not None and (name := module_name(word)) in kernel.modules:
        return [Obstacles(name, kernel.modules[name].path, (_loaded(kernel, name),))]
    if not modules:
        return [Obstacles(word, None, tuple(_absent(place, word, kernel, commands)))]
    return [_Question(place, module, kernel, commands).answer() for module in modules]


def verdict(word: str, error: str, findings: Sequence[str], needs: Sequence[str]) -> Obstacle | None:
    """Return an obstacle for a check's verdict, insmod's error, and what was found; None where the module loads."""
    if word == "refused":
        return Obstacle("refused", f"the kernel refuses it: {error}; {'; '.join(findings[:_FINDINGS])}", "pymod check")
    if word == "unknown":
        words = f"whether the kernel takes it is not known: {'; '.join(needs)}"
        return Obstacle("not-known", words, "pymod check")
    return None


class _Question:
    """One module, and why it is not loaded."""

    def __init__(self, place: Bringers, module: KnownModule, kernel: Kernel | None, commands: Commands) -> None:
        self.place, self.name, self.kernel, self.commands = place, module.name, kernel, commands
        self.lookup = place.lookup()
        self.module = next((each for each in self.lookup.find(module.name) if each.name == module.name), module)
        self.path = self.lookup.path(self.module)
        self.bringers = list(place.of(self.name))

    def answer(self) -> Obstacles:
        """Return all that keeps the module out."""
        if self.kernel is not None and self.name in self.kernel.modules:
            found = [_loaded(self.kernel, self.name)]
        elif self.path is None and self.lookup.is_builtin(self.module):
            found = [Obstacle("builtin", "it is part of the kernel, and there is nothing to load", BUILTIN)]
        else:
            found = [*self._files(), *self._blacklist(), *self._command(self.module), *self._needed(), *self._kernel()]
            found = found or [self._nothing()]
        return Obstacles(self.name, self.path, tuple(found))

    def _files(self) -> Iterator[Obstacle]:
        if self.path is None:
            yield Obstacle("missing-file", "no module of this name has a file in the tree", self.module.found)
        else:
            yield from self._file(self.path, "its file", "it")

    def _file(self, path: str, file: str, it: str) -> Iterator[Obstacle]:
        """Yield what is wrong with a file, of a module, which are called so in sentences."""
        disk = self.place.place.tree.disk
        try:
            disk.stat(path)
        except OSError as error:
            words = f"{path}: {error.strerror}; {DEP} says that {it} is there: {self.commands.depmod()} writes it anew"
            yield Obstacle("missing-file", words, DEP)
            return
        try:
            elf = KmodElf(open_file(path, disk, zlib=True).contents([]))
            magic = dict(elf.modinfo()).get("vermagic", "")
        except (OSError, LibkmodError) as error:
            reason = getattr(error, "strerror", None) or error
            yield Obstacle("not-a-module", f"{file} cannot be read: {reason}", path)
            return
        yield from self._magic(path, elf, magic, it)

    def _magic(self, path: str, elf: KmodElf, magic: str, it: str) -> Iterator[Obstacle]:
        """Yield that a module was built for another kernel than that of its tree, or than the one that runs."""
        release = self.place.place.tree.folder.rpartition("/")[2]
        if self.kernel is None:
            built_for = magic.partition(" ")[0]
            if built_for != release:
                other = built_for or "no kernel that it names"
                words = f"{it} was built for {other}, and lies in the tree of {release}"
                yield Obstacle("other-kernel", words, path)
            return
        identity = self.kernel.identity
        versioned = identity.config.modversions and _has_versions(elf)
        if "vermagic" not in identity.unknown and not same_magic(magic, identity.vermagic, versioned):
            words = f"{it} is not for this kernel: its vermagic is '{magic}', and the kernel's '{identity.vermagic}'"
            yield Obstacle("other-kernel", words, path)

    def _blacklist(self) -> Iterator[Obstacle]:
        line = self.place.place.config.blacklisted(self.name)
        if line is None:
            return
        aliases = sum(by.kind == "alias" for by in self.bringers)
        loads = [by for by in self.bringers if by.kind == "modules-load"]
        what = (
            f"it is blacklisted, which mutes its {aliases} alias{'es' * (aliases > 1)}"
            if aliases
            else "it is blacklisted"
        )
        what += f", and {loads[0].by} in {loads[0].source}" if loads else ""
        still = tuple(_who_still(self.bringers))
        yield Obstacle("blacklist", f"{what}; modprobe -b heeds that by name, too", line.place, (*still, _BY_NAME))

    def _command(self, module: KnownModule) -> Iterator[Obstacle]:
        """Yield what is run in place of loading a module."""
        line = self.lookup.install_command(module)
        if line is None:
            return
        own = module.name == self.name
        command = f"install command `{line.value}`"
        which = f"its {command}" if own else f"{module.name}, which it needs, has an {command}, which"
        soft = self.place.place.config.softdep.first(module.name)
        if soft is not None and any(self.lookup.softdeps(module)[:2]):
            words = f"{which} is passed over, because there are soft dependencies"
            yield Obstacle("command-ignored", words, f"{line.place}, {soft.place}")
            return
        first = line.value.split()[0].rpartition("/")[2] if line.value.split() else ""
        does = LOAD_NOTHING.get(first, "is run in place of loading it")
        still = ("insmod with its path", self.commands.ask("modprobe", "-i", module.name).strip("`")) if own else ()
        yield Obstacle("command", f"{which} {does}", line.place, still)

    def _needed(self) -> Iterator[Obstacle]:
        """Yield what keeps out something that the module needs: that keeps the module out."""
        for needed in self.lookup.dependencies(self.module):
            if self.kernel is not None and needed.name in self.kernel.modules:
                continue
            yield from self._command(needed)
            if path := self.lookup.path(needed):
                it = f"{needed.name}, which it needs,"
                yield from self._file(path, f"the file of {it}", it)
        for note in self.lookup.notes:
            lost = _LOST.search(note.text)
            words = f"{lost[1]}: {lost[2]}" if lost else note.text
            yield Obstacle("missing-dependency", f"what it needs cannot be found: {words}", DEP)

    def _kernel(self) -> Iterator[Obstacle]:
        kernel = self.kernel
        if kernel is None:
            return
        if kernel.modules_disabled:
            yield Obstacle("modules-disabled", "loading is disabled until the next boot", "kernel.modules_disabled")
        if kernel.policy.no_modules:
            yield Obstacle("modules-disabled", "the kernel was booted without modules", f"{CMDLINE} nomodule")
        needed = (self.name, *(module.name for module in self.lookup.dependencies(self.module)))
        for name in needed:
            if name in kernel.policy.blacklist:
                whose = "it" if name == self.name else f"{name}, which it needs"
                yield Obstacle("refused", f"the kernel itself refuses {whose}", f"{CMDLINE} module_blacklist=")

    def _nothing(self) -> Obstacle:
        if self.bringers:
            who = self.commands.ask("why", self.name)
            return Obstacle("none", f"nothing keeps it out: {who} tells who asks for it")
        return Obstacle("idle", f"nothing asks for it: {self.commands.ask('modprobe', self.name)} loads it")


def _loaded(kernel: Kernel, name: str) -> Obstacle:
    return Obstacle("loaded", f"it is loaded, and {kernel.modules[name].state}")


_BY_NAME: Final = "modprobe with its name"


def _who_still(bringers: list[Bringer]) -> Iterator[str]:
    names = dict.fromkeys(by.by for by in bringers if by.kind in OF_MODULES and by.kind != "weak")
    yield from list(names)[:_MOST]
    if len(names) > _MOST:
        yield f"{len(names) - _MOST} more modules"


def _has_versions(elf: KmodElf) -> bool:
    try:
        return bool(elf.versions())
    except LibkmodError:
        return False


def _absent(place: Bringers, word: str, kernel: Kernel | None, commands: Commands) -> Iterator[Obstacle]:
    """Yield why a word means no module: it is not indexed, elsewhere, spelled otherwise, or unknown."""
    tree, name = place.place.tree, module_name(word)
    yield Obstacle("absent", f"no module, builtin module or alias {word} in {tree.folder}")
    try:
        paths = module_files(tree.folder, SKIPPED, (*EXTENSIONS, GZIPPED), [], tree.disk)
    except OSError:
        paths = []
    for path in paths:
        if module_name(path.rpartition("/")[2]) == name and has_extension(path, zlib=True):
            words = f"{path} is there, but not in {DEP}: {commands.depmod()} writes it anew"
            yield Obstacle("not-indexed", words, path)
    above, _, release = tree.folder.rpartition("/")
    for other in sorted(tree.disk.names(above)):
        if other != release and Tree(f"{above}/{other}", tree.disk).line(DEP, name) is not None:
            runs = f"; {kernel.identity.release} runs" if kernel is not None else ""
            yield Obstacle("other-release", f"the tree of {other} has it{runs}", f"{above}/{other}")
    from difflib import get_close_matches  # only here: most modules are found

    known = [*place.needs, *(module_name(key) for key, _ in tree.items(BUILTIN))]
    if close := get_close_matches(name, known, n=3):
        yield Obstacle("spelling", f"modules of similar names: {', '.join(close)}")
