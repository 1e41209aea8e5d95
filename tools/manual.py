"""Write docs/man, a manual page for pymod and for each tool, from what --help says: `python -m tools.manual`.

The macros are those of groff_man(7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from modtools.clicked import pymod
from modtools.command import Tool
from modtools.getopt import NO_ARGUMENT
from modtools.options import Option
from modtools.tools import KMOD_TOOLS, OPTIONS, TOOLS, load
from tests.reference import CHECKOUT

FOLDER = CHECKOUT / "docs/man"

_ESCAPES = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}

_WHAT_PYMOD_IS = """
pymod is the Linux module tools without the kernel. insmod, rmmod, lsmod, modprobe, depmod and modinfo work on real
module files and real module trees, but the kernel that they talk to is a virtual one: a model of what Linux does when
it loads a module, kept in a file. It needs no rights, and works on modules of any architecture.

Until another kernel is booted (pymod boot), it is Debian's 6.1.0-56-amd64. A module's own code is run by an emulated
processor, where there is one.

Called by the name of a tool of kmod, which `pymod links` arranges, pymod is that tool: it answers in kmod's words, and
knows no other options. Links made with `pymod links --system` stand in for kmod: with neither PYMOD_STATE nor
PYMOD_ROOT set they work on the host's own /lib/modules.
"""

_ENVIRONMENT = (
    ("PYMOD_STATE", "The file that the virtual kernel is kept in. Default: state.json in ~/.local/state/pymod."),
    ("PYMOD_ROOT", "The folder that stands for the machine's /. Default: root in ~/.local/share/pymod."),
    ("PYMOD_RUN", "0: run neither the code of modules nor commands of modprobe.d; each is taken to succeed."),
    ("PYMOD_UID", "The number of the user that the virtual kernel sees. Default: 0, root."),
    ("PYMOD_HINTS", "0: give no hints on standard error beside errors."),
    ("PYMOD_DEBUG", "If set, an internal error shows its traceback."),
    ("MODPROBE_OPTIONS", "Options that modprobe reads before those of its command line."),
)

_KILLED = "A command that the virtual kernel kills, because a module's code oopsed, ends by SIGKILL or SIGSEGV."
_STATUS = f"0 if all went well, 1 if anything did not or the command line is wrong. {_KILLED}"
_ANSWER = (
    f"That which the description names; 2 if the command line is wrong, or no answer can be found or written. {_KILLED}"
)
_STRICT = f"With --strict 3 where code was not run. {_KILLED}"


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    return {"pymod.1": _main_page(), **{f"pymod-{name}.1": _page(name) for name in TOOLS}}


def write() -> None:
    """Write the pages, and remove those of tools that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        Path(FOLDER, name).write_text(text, "utf-8")


def _main_page() -> str:
    tools = [(f"pymod-{name}(1)", summary) for name, summary in TOOLS.items()]
    sections = (
        ("NAME", r"pymod \- the Linux module tools without the kernel"),
        ("SYNOPSIS", _synopsis("pymod", "[--state=FILE] [--root=DIR] [--kernel=KERNEL] TOOL [ARGUMENTS]")),
        ("DESCRIPTION", _prose(_WHAT_PYMOD_IS)),
        ("TOOLS", _list(tools)),
        ("OPTIONS", _list((_heading("", option), option.help) for option in OPTIONS)),
        ("EXIT STATUS", _prose(_STATUS)),
        ("ENVIRONMENT", _list(_ENVIRONMENT)),
        ("SEE ALSO", _references([*(f"pymod-{name}(1)" for name in TOOLS), "kmod(8)"])),
    )
    return _whole("pymod", sections)


def _page(name: str) -> str:
    tool = load(name)
    summary = TOOLS[name].rstrip(".")
    kmods = name in KMOD_TOOLS
    sections = (
        ("NAME", rf"{_roff(f'pymod-{name}')} \- {_roff(summary[0].lower() + summary[1:])}"),
        ("SYNOPSIS", "\n.br\n".join(_synopsis(f"pymod {name}", words) for words in _usage(name, tool))),
        ("DESCRIPTION", _prose(_description(name, tool))),
        (
            "OPTIONS",
            _list((_heading(tool.kmod_help, option), _meaning(tool, option)) for option in tool.options(linked=False)),
        ),
        ("EXIT STATUS", _prose(_status(name, tool) if kmods else _STATUS if tool.misused == 1 else _ANSWER)),
        ("SEE ALSO", _references(["pymod(1)", *([f"{name}(8)"] if kmods else [])])),
    )
    return _whole(f"pymod-{name}", sections)


def _status(name: str, tool: Tool) -> str:
    runs = any("--strict" in option.opts for option in tool.options(linked=False))
    return f"That of kmod's {name}: 0 if all went well, else 1." + f" {_STRICT}" * runs


def _description(name: str, tool: Tool) -> str:
    """What the tool says about itself, and what kmod's help says between its lists."""
    between = re.findall(r"^(?!Usage:|.*:$)\w.*", tool.kmod_help, re.MULTILINE)
    link = [f"Called by a link named {name}, without pymod before it, it is kmod's {name}."] if tool.kmod_help else []
    return "\n\n".join((tool.about, *between, *link)).replace("{name}", name)


def _usage(name: str, tool: Tool) -> list[str]:
    """What may follow the tool's name, a line for each form of it."""
    if tool.kmod_help:
        return re.findall(r"^\t\{name\} (.*)$", tool.kmod_help, re.MULTILINE)
    context = click.Context(pymod)
    command = pymod.get_command(context, name)
    return [" ".join(command.collect_usage_pieces(context))] if command else []


def _heading(kmod_help: str, option: Option) -> str:
    """All names of an option, the short one first, and the name of its argument."""
    value = "" if option.takes == NO_ARGUMENT else _argument(kmod_help, option)
    long = any(name.startswith("--") for name in option.opts)
    names = ", ".join(sorted(option.opts, key=lambda name: name.startswith("--")))
    return names + (("=" if long else " ") + value if value else "")


def _argument(kmod_help: str, option: Option) -> str:
    """The name of an option's argument: its own, kmod's, or that of its type."""
    kmods = (re.search(rf"{re.escape(name)}=<?([\w-]+)", kmod_help) for name in option.opts)
    return option.metavar or next((found[1] for found in kmods if found), str(option.type or "text").upper())


def _meaning(tool: Tool, option: Option) -> str:
    text = tool.describe(option)
    text = text[:1].upper() + text[1:] + "." * (not text.endswith("."))
    return f"{text} kmod does not have this option." if option.own and tool.kmod_help else text


def _whole(name: str, sections: tuple[tuple[str, str], ...]) -> str:
    title = f'.\\" Written by `make docs`.\n.TH {_roff(name.upper())} 1 "" pymod "pymod manual"\n.nh\n.ad l\n'
    return title + "".join(f".SH {heading}\n{text}\n" for heading, text in sections if text)


def _synopsis(command: str, words: str) -> str:
    return rf"\fB{_roff(command)}\fR {_roff(words)}"


def _prose(text: str) -> str:
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    return "\n.PP\n".join(_roff(paragraph) for paragraph in paragraphs)


def _list(entries: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f".TP\n\\fB{_roff(term)}\\fR\n{_roff(text)}" for term, text in entries)


def _references(pages_: list[str]) -> str:
    return ",\n".join(
        re.sub(r"(.*)(\(\d\))", lambda page: rf"\fB{_roff(page[1])}\fR{page[2]}", page) for page in pages_
    )


def _roff(text: str) -> str:
    """Text as it stands, whatever roff would make of its characters; a line of it begins with no control character."""
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    write()
