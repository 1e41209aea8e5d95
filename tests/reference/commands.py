"""Write docs/commands.md from what each command says to --help: `python -m tests.reference.commands`."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from modtools.cli import TOOLS
from tests.reference import CHECKOUT

DOCUMENT = CHECKOUT / "docs/commands.md"

_OPENING = """\
# The commands

What each command answers to `--help`. The tools that kmod has too speak kmod's words; their manual pages hold here too.
"""


def document() -> str:
    """The whole document: pymod itself, then every tool that there is."""
    tools = [name for name, entry in TOOLS.items() if importlib.util.find_spec(entry.module)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return _OPENING + "".join(pool.map(_section, ([], *([name] for name in tools))))


def _section(command: list[str]) -> str:
    words = ["pymod", *command, "--help"]
    answer = subprocess.run(
        [sys.executable, "-m", "modtools", *words[1:]],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env={**os.environ, "COLUMNS": "100"},
    )
    return f"\n## {' '.join(words[:-1])}\n\n```console\n$ {' '.join(words)}\n{answer.stdout}```\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
