"""pymod as click has it: a Group with one command for each tool, which is imported when somebody asks for it.

It is for whoever knows click: `CliRunner().invoke(pymod, ["lsmod"])`, documentation, completion. At run time it reads,
checks and explains all but kmod's six tools (see `cli`).

Every command line is taken apart as getopt_long() does (`getopt`), which is what users of Linux's tools expect: click
gets the options under their full names, and the operands behind `--`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import click
from click.shell_completion import CompletionItem, ShellComplete

from modtools import __version__, options, render
from modtools.command import Call, Tool
from modtools.endings import guarded, tell
from modtools.getopt import REQUIRED_ARGUMENT, BadUsage, CommandLine, Found
from modtools.options import FILE, FOLDER, Operand, Option
from modtools.place import Place
from modtools.report import Report, Text
from modtools.tools import OPTIONS, TOOLS, load

_CURSOR: Final = "\0"
"""Stands for the word that is being completed: no word of a command line holds it."""
_HELP: Final = "help"
"""The word that explains the tool behind it."""
_TYPES: Final = {
    "": click.STRING,
    FILE: click.Path(exists=True, dir_okay=False),
    FOLDER: click.Path(exists=True, file_okay=False),
}


def run(words: Sequence[str]) -> int:
    """Run `pymod WORDS`. Returns the exit status; raises what the tool raises.

    Not by `pymod.main()`, which has its own ways with Ctrl-C and with a reader that has left.
    """
    try:
        with pymod.make_context("pymod", list(words)) as context:
            pymod.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return 0


class Misused(click.UsageError):
    """A command line that is wrong: one line on standard error and exit status 1, as with kmod."""

    exit_code = 1

    def show(self, file: Any = None) -> None:  # noqa: ARG002  # click's own goes to standard error, too
        """Print what is wrong to standard error."""
        tell((self.ctx and self.ctx.info_name) or "pymod", self.message)


class _MisusedAs2(Misused):
    """The same with exit status 2, for tools in which 1 is an answer."""

    exit_code = 2


_MISUSED: Final = {1: Misused, 2: _MisusedAs2}
"""What is raised for a wrong command line, by its exit status."""


class CommandContext(click.Context):
    """A command line that is read. `line` is None for one that is wrong already while it is being completed."""

    line: CommandLine | None = None

    @property
    def place(self) -> Place:
        """Where the machine is, by the options before the tool's name."""
        if isinstance(self.obj, Place):
            return self.obj
        given = self.parent.params if self.parent else {}
        return Place(given.get("state") or "", given.get("root") or "")

    @property
    def awaited(self) -> str:
        """The key of the option whose argument is being completed, or ""."""
        found = self.line.options if self.line else ()
        return next((key for key, value in found if value == _CURSOR), "")

    @property
    def operands(self) -> tuple[str, ...]:
        """The operands before the word that is being completed."""
        return tuple(word for word in self.line.operands if word != _CURSOR) if self.line else ()


class _Command(click.Command):
    """A command whose words getopt takes apart before click sees them."""

    context_class = CommandContext

    def read(self, words: Sequence[str]) -> CommandLine:
        """Take a command line apart. Raises BadUsage."""
        raise NotImplementedError

    def answer(self, ctx: click.Context, key: str) -> str:
        """Return what an option that ends the reading, such as --help, prints."""
        raise NotImplementedError

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words: by getopt, then by click. Raises Misused."""
        assert isinstance(ctx, CommandContext)
        try:
            ctx.line = self.read([*args, _CURSOR] if ctx.resilient_parsing else args)
            return super().parse_args(ctx, self.canonical(ctx, ctx.line))
        except BadUsage as error:
            if ctx.resilient_parsing:
                return super().parse_args(ctx, [])
            raise self.misused(ctx, str(error)) from error
        except click.UsageError as error:
            raise self.misused(ctx, error.format_message()) from error

    def misused(self, ctx: click.Context, text: str) -> Misused:
        """Return what is raised for a wrong command line."""
        return Misused(self.complaint(ctx, text), ctx)

    def canonical(self, _: CommandContext, line: CommandLine) -> list[str]:
        """Return the words in the form that click takes without doubt."""
        names = {str(param.name): param.opts[-1] for param in self.params}
        return [*_full(line.options, names), "--", *(word for word in line.operands if word != _CURSOR)]

    def complaint(self, ctx: click.Context, text: str) -> str:
        """Return what is said of a wrong command line."""
        return f"{text}\nTry '{ctx.command_path} --help' for more information."


class ToolCommand(_Command):
    """A tool as a command; `linked`: as the link knows it that stands in for kmod."""

    def __init__(self, name: str, tool: Tool, *, linked: bool = False) -> None:
        params: list[Option | Operand] = [*tool.options(linked=linked)]
        params += [param for param in tool.params if isinstance(param, Operand)]
        made = list(map(_param, params))
        super().__init__(name, params=made, help=tool.about, short_help=TOOLS.get(name), add_help_option=False)
        self.tool = tool
        self.linked = linked

    def read(self, words: Sequence[str]) -> CommandLine:
        return self.tool.read(words, linked=self.linked)

    def misused(self, ctx: click.Context, text: str) -> Misused:
        return _MISUSED[self.tool.misused](self.complaint(ctx, text), ctx)

    def answer(self, ctx: click.Context, key: str) -> str:
        if self.tool.kmod_help:
            return self.tool.answer(key, ctx.info_name or "", linked=self.linked)
        return self.get_help(ctx) + "\n"

    def complaint(self, ctx: click.Context, text: str) -> str:
        return text if self.tool.kmod_help else super().complaint(ctx, text)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text: kmod's for a tool of kmod."""
        if self.tool.kmod_help:
            return self.tool.help_text(ctx.info_name or "", linked=self.linked).rstrip("\n")
        return super().get_help(ctx)

    def invoke(self, ctx: click.Context) -> None:
        """Run the tool, and end with its exit status."""
        assert isinstance(ctx, CommandContext)
        name = ctx.info_name or ""
        call = Call(name, ctx.place, self.linked, ctx.line.options if ctx.line else ())

        def act(place: Place) -> int:
            return self.tool.act(ctx.params, call._replace(place=place))

        given = ctx.parent.params if ctx.parent else {}
        if kernels := given.get("kernel"):
            from modtools import trial

            state, failed = given.get("state") or "", self.tool.misused
            run = partial(trial.run, kernels, ctx.place, name, act, state=state, failed=failed)
            ctx.exit(guarded("pymod", run, failed))
        ctx.exit(guarded(name, lambda: act(ctx.place), self.tool.misused))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the names of the options that a word begins."""
        return _named_options(ctx, self.tool.options(linked=self.linked), self.tool.describe, incomplete)


class Pymod(_Command, click.Group):
    """The command pymod: a Group with one command for each tool."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of all tools."""
        return list(TOOLS)

    def get_command(self, _: click.Context, cmd_name: str) -> ToolCommand | None:
        """Import a tool; None if there is none of this name."""
        return ToolCommand(cmd_name, load(cmd_name)) if cmd_name in TOOLS else None

    def read(self, words: Sequence[str]) -> CommandLine:
        return options.read(words, OPTIONS, operands_end=True)

    def canonical(self, ctx: CommandContext, line: CommandLine) -> list[str]:
        """Return the words in click's form; `help TOOL` is `TOOL --help`, and `help` alone is `--help`."""
        if line.operands[:1] == (_HELP,) and not ctx.resilient_parsing:
            line = line._replace(operands=(*line.operands[1:2], "--help"))
            if line.operands == ("--help",):
                line = CommandLine((*line.options, Found("help")), ())
        return super().canonical(ctx, line)

    def answer(self, ctx: click.Context, key: str) -> str:
        return f"pymod {__version__}\n" if key == "version" else self.get_help(ctx) + "\n"

    def invoke(self, ctx: click.Context) -> Any:
        """Run the tool that is named; without one print the help, and end with status 1."""
        assert isinstance(ctx, CommandContext)
        if not (ctx.line and ctx.line.operands):
            _print(ctx, self.answer(ctx, "help"))
            ctx.exit(1)
        return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a tool by its name. Raises Misused with the name that may have been meant."""
        if args[0] not in TOOLS and not ctx.resilient_parsing:
            raise Misused(_unknown(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of tools, for which none of them is imported."""
        with formatter.section("Tools"):
            formatter.write_dl(list(TOOLS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer options or tools; after `help`, tools."""
        assert isinstance(ctx, CommandContext)
        if incomplete.startswith("-") or ctx.operands not in ((), (_HELP,)):
            return _named_options(ctx, OPTIONS, lambda option: option.help, incomplete) if not ctx.operands else []
        if ctx.line is None:
            return []
        return [CompletionItem(name, help=about) for name, about in TOOLS.items() if name.startswith(incomplete)]


def complete(command: click.Command, words: Sequence[str], place: Place | None = None) -> list[CompletionItem]:
    """Return what the last of some words can become; the first one is the command's name.

    `place` is where the machine is, unless the words say so. A `value` that begins with a colon is a directive to the
    shell: see `completion.candidates`.
    """
    first, *before, word = words
    shell = ShellComplete(command, {"obj": place}, first, "")
    found = shell.get_completions(before, word)
    if not (word.startswith("--") and "=" in word) or "--" in before:
        return found
    option = word.partition("=")[0]
    return [item if item.value.startswith(":") else _behind(option, item) for item in found]


def _behind(option: str, item: CompletionItem) -> CompletionItem:
    return CompletionItem(f"{option}={item.value}", item.type, item.help)


def _named_options(
    ctx: click.Context, known: Iterable[Option], describe: Callable[[Option], str], incomplete: str
) -> list[CompletionItem]:
    """Return all names of options that a word begins; `=` follows a long one that takes an argument."""
    assert isinstance(ctx, CommandContext)
    if ctx.line is None or not incomplete.startswith("-"):
        return []
    found = [(name, option) for option in known for name in option.opts if name.startswith(incomplete)]
    return [
        CompletionItem(
            name + "=" * (option.takes == REQUIRED_ARGUMENT and name.startswith("--")), help=describe(option)
        )
        for name, option in found
    ]


def _candidates(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what an operand, or the argument of an option, can be."""
    from modtools.completion.candidates import Query, candidates

    assert isinstance(ctx, CommandContext)
    if ctx.line is None:
        return []
    key = ctx.awaited or ("" if isinstance(param, click.Argument) else str(param.name))
    given = {key: value or "" for key, value in ctx.line.options if value != _CURSOR}
    query = Query(incomplete, ctx.operands, given, ctx.place)
    found = candidates(ctx.command.name or "", key, query)
    return [CompletionItem(each.word, each.kind, each.about or None) for each in found]


def _full(found: tuple[Found, ...], names: dict[str, str]) -> Iterator[str]:
    """Yield the options under their full names, arguments with `=` or apart."""
    for key, value in found:
        name = names[key]
        if value is None:
            yield name
        elif value == _CURSOR:
            continue
        elif name.startswith("--"):
            yield f"{name}={value}"
        else:
            yield from (name, value)


def _param(param: Option | Operand) -> click.Parameter:
    type_ = click.Choice(param.type) if isinstance(param.type, tuple) else _TYPES[param.type]
    attributes: dict[str, Any] = {"default": param.default} if param.default is not None else {}
    if isinstance(param, Operand):
        attributes |= {"nargs": -1 if param.many else 1, "required": param.required, "metavar": param.metavar or None}
        return click.Argument([param.key], type=type_, shell_complete=_candidates, **attributes)
    if param.ends:
        attributes |= {"is_eager": True, "callback": _answer}
    attributes |= {"help": param.help or None, "expose_value": param.exposed}
    if param.is_flag or param.counts:
        attributes |= {"is_flag": param.is_flag, "count": param.counts}
    else:
        attributes |= {"type": type_, "multiple": param.multiple, "metavar": param.metavar or None}
        attributes |= {"shell_complete": _candidates}
    return click.Option([param.key, *param.opts], **attributes)


def _answer(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print what --help or --version prints, and end."""
    if value and not ctx.resilient_parsing:
        assert isinstance(ctx.command, _Command)
        _print(ctx, ctx.command.answer(ctx, str(param.name)))
        ctx.exit()


def _print(ctx: click.Context, text: str) -> None:
    render.show(Report((Text(text),)), render.Style(ctx.info_name or ""))


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, TOOLS, n=1)
    meant = f"Did you mean {close[0]}?" if close else "'pymod --help' lists them all."
    return f"ERROR: there is no tool {name!r}. {meant}"


pymod: Final = Pymod(
    "pymod",
    params=list(map(_param, OPTIONS)),
    help="The Linux module tools without the kernel: they work on real module files, and on a virtual kernel.",
    epilog="`pymod help TOOL` explains a tool, as `pymod TOOL --help` does.",
    add_help_option=False,
    invoke_without_command=True,
    subcommand_metavar="TOOL [ARGUMENTS]...",
)
