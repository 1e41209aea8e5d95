"""Write docs/commands.md from what each command says to --help: `python -m tools.commands`."""

from __future__ import annotations

import click

from modtools.clicked import pymod
from modtools.tools import TOOLS
from tests.reference import CHECKOUT

DOCUMENT = CHECKOUT / "docs/commands.md"

WIDTH = 78
"""What click leaves of a terminal of 80 columns."""

_OPENING = """\
# The commands

What each command answers to `--help`. The tools that kmod has too speak kmod's words; their manual pages hold here too.
"""


def document() -> str:
    """The whole document: pymod itself, then every tool that there is."""
    return _OPENING + "".join(map(_section, ("pymod", *(f"pymod {name}" for name in TOOLS))))


def _section(words: str) -> str:
    context = click.Context(pymod, info_name="pymod", terminal_width=WIDTH)
    name = words.removeprefix("pymod").strip()
    if command := pymod.get_command(context, name):
        context = click.Context(command, info_name=name, parent=context)
    return f"\n## {words}\n\n```console\n$ {words} --help\n{context.get_help()}\n```\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
