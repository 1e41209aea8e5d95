"""A tool: options declared with click, a command line read as getopt_long() reads it, one Report as the answer.

The six tools of kmod answer -h and -V in kmod's own words, and what pymod adds to them (an option with `own=True`) is
unknown to them where a link stands in for kmod. A wrong command line gives exit status 1, as in kmod.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import click

from modtools import render
from modtools.getopt import BadUsage, Found, Switch, Takes, scan
from modtools.place import Place
from modtools.report import Message, Report, Text

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


class Option(click.Option):
    """A click option; `own` says that pymod has it and kmod does not."""

    def __init__(self, *names: Any, own: bool = False, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.own = own


class Answer(Option):
    """An option that ends the reading of the command line at once, whatever follows: --help or --version."""


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """Declare an option of a tool: click.option() with the class above."""
    return click.option(*names, cls=Option, **attributes)


class Tool(click.Command):
    """A command whose callback gets a Call and the options and operands, and returns a Report.

    `kmod_help` is the text of kmod's -h with `{name}` for the program's name; a tool without it is pymod's own and has
    click's help. `version` gives a tool of kmod -V, `lists` adds --json. `prepend` gives words to read before those of
    the command line.
    """

    def __init__(
        self,
        name: str | None,
        *,
        kmod_help: str = "",
        version: bool = True,
        lists: bool = False,
        prepend: Callable[[], Sequence[str]] = tuple,
        **attributes: Any,
    ) -> None:
        super().__init__(name, add_help_option=False, **attributes)
        self.kmod_help = kmod_help
        self.prepend = prepend
        if lists:
            self.params.append(_flag(Option, "--json", help="Print a JSON document (docs/json.md).", own=True))
        if kmod_help and version:
            self.params.append(_flag(Answer, "-V", "--version"))
        self.params.append(_flag(Answer, "-h", "--help", help=None if kmod_help else "Show this help."))

    def run(self, words: Sequence[str], call: Call) -> int:
        """Read the words, do the work, print the report. Returns the exit status."""
        line = [*self.prepend(), *words]
        try:
            answers = {param.name for param in self.params if isinstance(param, Answer)}
            found = scan(line, self.switches(linked=call.linked), stop=lambda found: found.key in answers)
            report = self._answer(found.options[-1].key, call) if found.stopped else self._report(found, call)
        except BadUsage as error:
            reader = render.Reader(call.called or call.name, linked=call.linked)
            return render.show(self._usage_error(str(error), call), reader)
        as_json = not found.stopped and any(option.key == "json" for option in found.options)
        return render.show(report, render.Reader(call.name, linked=call.linked, as_json=as_json))

    def describe(self, param: click.Option) -> str:
        """What an option is for; for an option of kmod, by kmod's help text."""
        if param.help:
            return param.help
        names = {name for name in param.opts if name.startswith("--")}
        return next((text for name, text in _described(self.kmod_help) if name in names), "")

    def options(self, *, linked: bool) -> list[Option]:
        """The options that it knows when it is called as `pymod TOOL`, or by a link that stands in for kmod."""
        options = (param for param in self.params if isinstance(param, Option))
        return [option for option in options if not (option.own and self.kmod_help and linked)]

    def switches(self, *, linked: bool) -> list[Switch]:
        """The same for getopt."""
        return [_switch(option) for option in self.options(linked=linked)]

    def _report(self, line: Any, call: Call) -> Report:
        words = [*self._canonical(line.options), "--", *line.operands]
        try:
            with self.make_context(call.name, words, obj=call) as context:
                given = call._replace(given=line.options)
                assert self.callback is not None
                report = context.invoke(self.callback, given, **context.params)
        except click.UsageError as error:
            return self._usage_error(error.format_message(), call)
        assert isinstance(report, Report)
        return report

    def _canonical(self, found: Sequence[Found]) -> Iterator[str]:
        """The options in the form that click takes without doubt: full names, arguments with `=` or apart."""
        names = {param.name: param.opts[-1] for param in self.params if isinstance(param, Option)}
        for key, value in found:
            name = names[key]
            if value is None:
                yield name
            elif name.startswith("--"):
                yield f"{name}={value}"
            else:
                yield from (name, value)

    def _answer(self, key: str, call: Call) -> Report:
        return Report((Text(_ANSWERS[key](self, call)),))

    def _usage_error(self, text: str, call: Call) -> Report:
        if not self.kmod_help:
            text += f"\nTry 'pymod {call.name} --help' for more information."
        return Report((Message(text, level=""),), status=1)

    def help_text(self, call: Call) -> str:
        """What --help prints."""
        if not self.kmod_help:
            return click.Context(self, info_name=f"pymod {call.name}").get_help() + "\n"
        own = [param for param in self.params if isinstance(param, Option) and param.own]
        more = "".join(f"\t{_names(param):<22}{param.help}\n" for param in own)
        return self.kmod_help.replace("{name}", call.name) + (
            f"pymod's own:\n{more}" if more and not call.linked else ""
        )


_ANSWERS: dict[str, Callable[[Tool, Call], str]] = {
    "help": lambda tool, call: tool.help_text(call),
    "version": lambda _tool, _call: KMOD_VERSION,
}
"""What an Answer says, by its name."""


def _flag(kind: type[Option], *names: str, **attributes: Any) -> Option:
    return kind(names, is_flag=True, expose_value=False, **attributes)


def _names(option: Option) -> str:
    """The names of an option as kmod's help shows them."""
    short = next((f"{name}, " for name in option.opts if not name.startswith("--")), "    ")
    return f"{short}{option.opts[-1]}" + (f"={option.metavar}" if option.metavar else "") + " "


def _switch(option: Option) -> Switch:
    takes = Takes.NOTHING if option.is_flag or option.count else Takes.REQUIRED
    longs = tuple(name[2:] for name in option.opts if name.startswith("--"))
    shorts = "".join(name[1] for name in option.opts if not name.startswith("--"))
    assert option.name is not None
    return Switch(option.name, shorts, longs, takes)


def _described(kmod_help: str) -> Iterator[tuple[str, str]]:
    """Each long option of a help text of kmod with its words."""
    for entry in re.split(r"\n(?=\t {0,4}-)", kmod_help)[1:]:
        lines = entry.strip().split("\n")
        head = re.match(r"(?:-., )?(--[\w-]+)(?:=\S+)? +(.*)", lines[0])
        if head:
            more = (line.strip() for line in lines[1:] if line.startswith("\t "))
            yield head[1], " ".join((head[2], *more))
