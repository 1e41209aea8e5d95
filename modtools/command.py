"""A tool: its declared options and operands, reading its command line, one Report as its answer.

The six tools of kmod answer -h and -V in kmod's own words, and what pymod adds to them (an option with `own=True`) is
unknown to them where a link stands in for kmod. A wrong command line gives exit status 1, as in kmod.
"""

from __future__ import annotations

from modtools import render
from modtools.errors import Killed
from modtools.getopt import BadUsage, CommandLine, Found
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.options import Operand, Option, declared, new_option, operand, option, read
from modtools.place import Place
from modtools.report import Hint, Message, Report, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

__all__ = ["Call", "Tool", "command", "operand", "option"]

KMOD_VERSION = "kmod version 34.2\n+ZSTD +XZ -ZLIB +OPENSSL\n"
"""What every tool of Debian 13's kmod prints for -V (kmod's `configure` writes the second line)."""


class Call(NamedTuple):
    """How a tool was called: the name it goes by in messages, where its machine is, whether it stands in for kmod.

    `given` are the options in the order of the command line, for tools to which the order matters. `called` is the
    word it was called by where that is another one: kmod's messages have its name, but getopt's that word.
    """

    name: str
    place: Place
    linked: bool = False
    given: tuple[Found, ...] = ()
    called: str = ""

    def has(self, key: str) -> bool:
        """Return whether an option was given, by its key."""
        return any(found.key == key for found in self.given)

    @property
    def as_json(self) -> bool:
        """Whether --json was given."""
        return self.has("json")


def command(
    *,
    kmod_help: str = "",
    version: bool = True,
    lists: bool = False,
    prepend: Callable[[], Sequence[str]] = tuple,
    misused: int = 1,
) -> Callable[[Callable[..., Report]], Tool]:
    """Make a tool of a function. `version` gives a tool of kmod -V, `lists` adds --json.

    `misused` is the exit status for a wrong command line, and wherever the tool cannot do its work.
    """
    more = []
    if lists:
        more.append(_flag("--json", help="Print a JSON document (docs/json.md).", own=True))
    if kmod_help and version:
        more.append(_flag("-V", "--version", ends=True))
    more.append(_flag("-h", "--help", help="" if kmod_help else "Show this help.", ends=True))
    return lambda function: Tool(function, [*declared(function), *more], kmod_help, prepend, misused)


def _flag(*names: str, **attributes: Any) -> Option:
    return new_option(*names, is_flag=True, exposed=False, **attributes)


class Tool:
    """A function that gets a Call, the options and the operands, and returns a Report; and what it declares.

    `kmod_help` is the text of kmod's -h with `{name}` for the program's name; a tool without it is pymod's own, and
    read, checked and explained by click (`clicked.ToolCommand`). `prepend` gives words to read before those of the
    command line.
    """

    def __init__(
        self,
        function: Callable[..., Report],
        params: list[Option | Operand],
        kmod_help: str,
        prepend: Callable[[], Sequence[str]],
        misused: int = 1,
    ) -> None:
        self.params = params
        self.kmod_help = kmod_help
        self.misused = misused
        self._function = function
        self._prepend = prepend

    @property
    def about(self) -> str:
        """What the tool says about itself in its help."""
        return self._function.__doc__ or ""

    def run(self, words: Sequence[str], call: Call) -> int:
        """Read the words, do the work, print the report. Returns the exit status. For tools of kmod, without click."""
        try:
            line = self.read(words, linked=call.linked)
        except BadUsage as error:
            style = render.Style(call.called or call.name, linked=call.linked, exact=True)
            return render.show(Report((Message(str(error), level=""),), status=1), style)
        if line.stopped:
            answer = self.answer(line.options[-1].key, call.name, linked=call.linked)
            return render.show(Report((Text(answer),)), render.Style(call.name, linked=call.linked))
        return self.act(self.values(line), call._replace(given=line.options))

    def act(self, values: Mapping[str, Any], call: Call) -> int:
        """Do the work with these values and print the report. Returns the exit status.

        Raises Killed, after printing, where the virtual kernel killed the command.
        """
        style = render.Style(call.name, call.linked, call.as_json, call.has("quiet"), exact=bool(self.kmod_help))
        try:
            report = self._function(call, **values)
        except Killed as killed:
            whose = "".join(f" ({cause.subject})" for cause in killed.causes[:1])
            why = "." if call.place.passing else ": `pymod dmesg` shows why."
            hint = Hint(f"The kernel killed this command{whose}{why}")
            render.show(Report((hint,)), style._replace(as_json=False))
            raise
        status = render.show(report, style)
        if report.died is not None:
            raise report.died
        return status

    def read(self, words: Sequence[str], *, linked: bool = False) -> CommandLine:
        """Take a command line apart as getopt_long() does. Raises BadUsage."""
        return read([*self._prepend(), *words], self.options(linked=linked))

    def plain(self, words: Sequence[str]) -> CommandLine | None:
        """Take apart words with which nothing can be wrong and that ask for no help; None where click has to see them.

        So nobody pays for importing click who has made no mistake.
        """
        try:
            line = self.read(words)
        except BadUsage:
            return None
        options = {param.key: param for param in self.params if isinstance(param, Option)}
        operands = [param for param in self.params if isinstance(param, Operand)]
        sound = (
            not line.stopped
            and len(operands) <= 1
            and all(each.many and not each.type and each.default is None for each in operands)
            and (bool(line.operands) >= any(each.required for each in operands))
            and (bool(operands) or not line.operands)
            and all(options[key].takes_word(argument) for key, argument in line.options)
        )
        return line if sound else None

    def values(self, line: CommandLine) -> dict[str, Any]:
        """Return what the function gets for a command line: each option's value, and the operands."""
        values: dict[str, Any] = {}
        options = {param.key: param for param in self.params if isinstance(param, Option)}
        for param in self.params:
            values[param.key] = param.initial if isinstance(param, Option) else line.operands
        for key, argument in line.options:
            values[key] = options[key].after(values[key], argument)
        return {key: value for key, value in values.items() if key not in options or options[key].exposed}

    def describe(self, param: Option) -> str:
        """Return what an option is for; for an option of kmod, by kmod's help text."""
        if param.help:
            return param.help
        names = {name for name in param.opts if name.startswith("--")}
        return next((text for name, text in _described(self.kmod_help) if name in names), "")

    def options(self, *, linked: bool) -> list[Option]:
        """Return the options that it knows; `linked`, those that a link standing in for kmod knows."""
        options = (param for param in self.params if isinstance(param, Option))
        return [option for option in options if not (option.own and self.kmod_help and linked)]

    def answer(self, key: str, name: str, *, linked: bool) -> str:
        """Return what --help or --version, by its key, of a tool of kmod prints."""
        return KMOD_VERSION if key == "version" else self.help_text(name, linked=linked)

    def help_text(self, name: str, *, linked: bool) -> str:
        """Return kmod's help text under the program's name, and what pymod adds to it."""
        own = [param for param in self.options(linked=linked) if param.own]
        more = "".join(f"\t{_names(param):<22}{param.help}\n" for param in own)
        return self.kmod_help.replace("{name}", name) + (f"pymod's own:\n{more}" if more else "")


def _names(option: Option) -> str:
    """Return the names of an option as kmod's help shows them."""
    short = next((f"{name}, " for name in option.opts if not name.startswith("--")), "    ")
    return f"{short}{option.opts[-1]}" + (f"={option.metavar}" if option.metavar else "") + " "


def _described(kmod_help: str) -> Iterator[tuple[str, str]]:
    """Yield each long option of a help text of kmod with its words."""
    import re  # who asks for help, can wait

    for entry in re.split(r"\n(?=\t {0,4}-)", kmod_help)[1:]:
        lines = entry.strip().split("\n")
        head = re.match(r"(?:-., )?(--[\w-]+)(?:=\S+)? +(.*)", lines[0])
        if head:
            more = (line.strip() for line in lines[1:] if line.startswith("\t "))
            yield head[1], " ".join((head[2], *more))
