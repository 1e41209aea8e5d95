"""modprobe.d, the files that are written like it, and the kernel command line -> directives with file and line.

Sources: modprobe.d(5), and kmod 34's `libkmod/libkmod-config.c` and `shared/util.c: freadline_wrapped()` for what the
page leaves open. What kmod complains about becomes a Note, so that each tool can say it in its own way.

    alias net-42 hello_export
    options hello_use_export whom=conf \\
        howmany=2
    softdep hello_export pre: chain_c post: dia_base
"""

from __future__ import annotations

import os
import stat

from modtools.errors import FormatError, PymodError
from modtools.formats.bootline import parameters
from modtools.formats.pattern import is_plain, matches, spelled, spelled_up_to_bracket
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.notes import Note
from modtools.rooted import HOST, Host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Final

MODPROBE_DIRECTORIES: Final = (
    "/etc/modprobe.d",
    "/run/modprobe.d",
    "/usr/local/lib/modprobe.d",
    "/usr/lib/modprobe.d",
    "/lib/modprobe.d",
)
"""Where modprobe looks, in the order of precedence: of files of the same name the first one counts."""
TREE_FILES: Final = ("modules.softdep", "modules.weakdep")
"""Files of a module tree that are read like files of modprobe.d, and come before them all."""
CMDLINE: Final = "/proc/cmdline"
_CMDLINE_LIMIT: Final = 4095


class ConfigFile(NamedTuple):
    """A file of a configuration: `path` as a person sees it, `name` what it is ordered by."""

    name: str
    path: str


class Directive(NamedTuple):
    """One line: `key` is the module, or for an alias the alias; `line` the last one, as kmod counts continued lines."""

    key: str
    value: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """The file and line it stands in, as messages show them."""
        return f"{self.file} line {self.line}"


class Dependencies(NamedTuple):
    """A softdep or weakdep line taken apart. A weakdep has only `weak`."""

    pre: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Directives(tuple[Directive, ...]):
    """The directives of one kind, in their order."""

    _places: tuple[dict[str, int], list[int]] | None = None

    def first(self, name: str) -> Directive | None:
        """Return the first directive whose key, as a pattern, matches the name: kmod ignores all others."""
        self._places = self._places or _places(self)
        plain, others = self._places
        end = plain.get(name, len(self))
        found = next((at for at in others if at > end or matches(self[at].key, name)), end)
        return self[min(found, end)] if min(found, end) < len(self) else None


def _places(directives: Sequence[Directive]) -> tuple[dict[str, int], list[int]]:
    """Return where each key stands first that matches itself alone, and where all others stand."""
    plain: dict[str, int] = {}
    others: list[int] = []
    for at, directive in enumerate(directives):
        if is_plain(directive.key):
            plain.setdefault(directive.key, at)
        else:
            others.append(at)
    return plain, others


class Config(NamedTuple):
    """What all files and the command line say, each kind in its order. Keys have underscores, as kmod compares them."""

    blacklist: Directives = Directives()
    install: Directives = Directives()
    remove: Directives = Directives()
    alias: Directives = Directives()
    options: Directives = Directives()
    softdep: Directives = Directives()
    weakdep: Directives = Directives()

    def blacklisted(self, name: str) -> Directive | None:
        """Return the line that blacklists a module, None if there is none."""
        return next((directive for directive in self.blacklist if directive.key == name), None)

    def options_of(self, name: str, alias: str | None) -> list[Directive]:
        """Return the options lines for a module, also those for the alias by which it was found."""
        return [directive for directive in self.options if directive.key in (name, alias) and directive.value]


KINDS: Final = Config._fields
"""The kinds of directives, in the order in which `modprobe -c` lists them."""


def read(files: Iterable[ConfigFile], cmdline: str, notes: list[Note], disk: Host = HOST) -> Config:
    """Read these files, then the kernel command line. Files that cannot be opened are left out, as by kmod."""
    found: dict[str, list[Directive]] = {kind: [] for kind in KINDS}
    for file in files:
        try:
            data = disk.read(file.path)
        except OSError:
            continue
        for kind, directive in directives(data.decode("utf-8", "surrogateescape"), file.path, notes):
            found[kind].append(directive)
    for kind, directive in from_cmdline(cmdline, notes):
        found[kind].append(directive)
    return Config(**{kind: Directives(directives) for kind, directives in found.items()})


def places(root: str) -> list[str]:
    """Return where the configuration of the machine lies whose files are below `root`, "" for the host."""
    return [root + place for place in MODPROBE_DIRECTORIES]


def assert_there(places: Iterable[str], disk: Host = HOST) -> None:
    """Raise PymodError for a place that somebody named and that is not there: no configuration is another answer."""
    for place in places:
        try:
            if not place:
                raise PymodError("an empty word names no configuration")
            disk.stat(place)
        except OSError as error:
            raise PymodError(f"the configuration {place} cannot be read: {error.strerror}") from error


def read_places(places: Iterable[str], tree: str, cmdline: str, notes: list[Note], disk: Host = HOST) -> Config:
    """Read the files of these places and of a module tree, then the kernel command line."""
    return read(files(places, tree, notes, disk), cmdline, notes, disk)


def files(places: Iterable[str], tree: str, notes: list[Note], disk: Host = HOST) -> list[ConfigFile]:
    """Return the files to read, in the order of their names: TREE_FILES of the folder `tree`, and the *.conf files of
    each place, which is a folder or a file itself."""
    chosen = {name: ConfigFile(name, f"{tree}/{name}") for name in TREE_FILES}
    for place in places:
        for file in conf_files(place, notes, disk):
            chosen.setdefault(file.name, file)
    return sorted(chosen.values(), key=lambda file: os.fsencode(file.name))


def conf_files(place: str, notes: list[Note], disk: Host = HOST) -> list[ConfigFile]:
    """Return the *.conf files of one folder in no order, or the place itself if it is a file; none if it is missing."""
    try:
        if not stat.S_ISDIR(disk.stat(place).st_mode):
            return [ConfigFile(place.rsplit("/", 1)[-1], place)]
    except OSError:
        return []
    try:
        names = disk.names(place)
    except OSError as error:
        notes.append(Note(f"opendir({place}): {error.strerror}", function="conf_files_list"))
        return []
    return [ConfigFile(name, f"{place}/{name}") for name in names if _is_conf_file(place, name, notes, disk)]


def _is_conf_file(place: str, name: str, notes: list[Note], disk: Host) -> bool:
    """Return whether the name in this folder is a configuration file. What only looks like one is noted."""
    if name.startswith(".") or not name.endswith(".conf"):
        return False
    try:
        if not stat.S_ISDIR(disk.stat(f"{place}/{name}").st_mode):
            return True
        problem = f"Directories inside directories are not supported: {place}/{name}"
    except OSError:
        problem = f"Cannot stat directory entry: {place}/{name}"
    notes.append(Note(problem, function="conf_files_filter_out"))
    return False


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with continued ones joined, and the number of their last physical line.

    A backslash before the end of a line continues it; before any other character it is dropped.
    """
    at = number = 0
    while at < len(text):
        line, at, count = _logical_line(text, at)
        number += count
        if line or at <= len(text):
            # kmod keeps lines as C strings.
            yield number, line.split("\0", 1)[0]


def _logical_line(text: str, at: int) -> tuple[str, int, int]:
    """Return the logical line from `at` on, where the next one starts (past the end: none), and its physical lines."""
    out: list[str] = []
    count = 1
    while True:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        slash = text.find("\\", at, end)
        if slash < 0:
            return "".join((*out, text[at:end])), end + 1, count
        escaped = text[slash + 1 : slash + 2]
        out.append(text[at:slash] + escaped.rstrip("\n"))
        count += escaped == "\n"
        at = slash + 2


def directives(text: str, path: str, notes: list[Note]) -> Iterator[tuple[str, Directive]]:
    """Yield the directives of one file with their kinds. Lines that are none are noted, in kmod's words."""
    for number, line in logical_lines(text):
        words = _first_word(line)
        if line.startswith("#") or words is None:
            continue
        kind, rest = words
        entry = _entry(kind, rest)
        if entry is not None:
            yield kind, Directive(*entry, path, number)
        elif kind in ("include", "config"):
            notes.append(_parse_note(f"{path}: command {kind} is deprecated and not parsed anymore"))
        else:
            notes.append(_parse_note(f"{path} line {number}: ignoring bad line starting with '{kind}'"))


def _parse_note(text: str) -> Note:
    return Note(text, function="kmod_config_parse")


def _first_word(line: str) -> tuple[str, str] | None:
    """Return the first word and what stands after the one blank that ends it; None if there is no word."""
    line = line.lstrip("\t ")
    end = min((at for at in (line.find("\t"), line.find(" ")) if at >= 0), default=len(line))
    return (line[:end], line[end + 1 :]) if line else None


def _entry(kind: str, rest: str) -> tuple[str, str] | None:
    """Return key and value of a line of this kind, or None if it is a bad one."""
    words = _first_word(rest)
    try:
        if words is None or kind not in _VALUES:
            return None
        value = _VALUES[kind](words[1])
        return None if value is None else (spelled(words[0]), value)
    except FormatError:
        return None


def _alias_target(rest: str) -> str | None:
    words = _first_word(rest)
    return None if words is None else spelled(words[0])


def _rest(rest: str) -> str | None:
    return rest or None


_VALUES: Final[dict[str, Callable[[str], str | None]]] = {
    "alias": _alias_target,
    "blacklist": lambda _: "",
    "options": lambda rest: rest.replace("\t", " ") or None,
    "install": _rest,
    "remove": _rest,
    "softdep": _rest,
    "weakdep": _rest,
}
"""What the value of each kind of line is, from the text after the module's name; None: the line is bad."""
_LABELS: Final = ("pre:", "post:")


def softdep(value: str) -> Dependencies:
    """Return the names after `pre:` and `post:` of a softdep line."""
    words = _labelled(value)
    return Dependencies(*(tuple(word for label, word in words if label == wanted) for wanted in _LABELS))


def softdep_as_shown(value: str) -> str:
    """Return a softdep line as `modprobe -c` prints it: for a label all names kept from its first to its last one."""
    words, out = _labelled(value), ""
    for wanted in _LABELS:
        if places := [at for at, (label, _) in enumerate(words) if label == wanted]:
            out += f"{wanted} " + " ".join(word for _, word in words[places[0] : places[-1] + 1])
    return out


def _labelled(value: str) -> list[tuple[str, str]]:
    """Return the names in a softdep line, each with the label before it; names before any label do not count."""
    label, out = "", []
    for word in _dependency_words(value):
        if word in _LABELS:
            label = word
        elif label:
            out.append((label, word))
    return out


def weakdep(value: str) -> Dependencies:
    """Return the names that a weakdep line lists."""
    return Dependencies(weak=tuple(_dependency_words(value)))


_BLANKS: Final = dict.fromkeys(map(ord, "\t\n\v\f\r"), " ")


def _dependency_words(value: str) -> list[str]:
    """Return the words between blanks. As in kmod, a single blank in front becomes part of the first word."""
    words = [word for word in value.translate(_BLANKS).split(" ") if word]
    if words and value[0] != words[0][0] and value[1] == words[0][0]:
        words[0] = value[0] + words[0]
    return words


def from_cmdline(cmdline: str, notes: list[Note]) -> Iterator[tuple[str, Directive]]:
    """Yield the options and blacklist entries of a kernel command line."""
    for number, (module, text, value) in enumerate(parameters(cmdline[:_CMDLINE_LIMIT]), 1):
        if module == "modprobe" and text.startswith("blacklist="):
            for name in value.split(","):
                yield "blacklist", Directive(name, "", CMDLINE, number)
            continue
        try:
            yield "options", Directive(spelled(module), text.replace("\t", " "), CMDLINE, number)
        except FormatError:
            problem = "Ignoring bad option on kernel command line while parsing module name: "
            notes.append(Note(f"{problem}'{spelled_up_to_bracket(module)}'", function="kcmdline_parse_result"))
