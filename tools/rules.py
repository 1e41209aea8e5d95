"""Write docs/rules, a page for each rule of `pymod check`, with what it answers to a case: `python -m tools.rules`."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from modtools import cli
from modtools.diagnose.rules import RULES
from modtools.diagnose.ruletexts import TEXTS
from tests.reference import CHECKOUT
from tools.rule_examples import EXAMPLES, Example

FOLDER = CHECKOUT / "docs/rules"

_OPENING = """\
# Rules

What [`pymod check`](../commands.md#pymod-check) finds, each with its cause, an example, what to do, and the functions
of Linux that decide. The examples are what `pymod check` answers (`make docs` asks it again).

| rule | |
|---|---|
"""


def pages() -> dict[str, str]:
    """Return every page by the name of its file."""
    rows = "".join(f"| [{name}]({name}.md) | {rule.summary} |\n" for name, rule in RULES.items())
    return {"README.md": _OPENING + rows, **{f"{name}.md": _page(name) for name in RULES}}


def write() -> None:
    """Write the pages, and remove those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        Path(FOLDER, name).write_text(text, "utf-8")


def _page(name: str) -> str:
    rule, text = RULES[name], TEXTS[name]
    parts = (
        f"# {name}",
        rule.summary,
        f"## Cause\n\n{_wrapped(text.cause)}",
        f"## Example\n\n{_wrapped(text.example)}\n\n```console\n{shown(EXAMPLES[name])}```",
        f"## What to do\n\n{_wrapped(text.fix)}",
        f"## Source\n\n{_wrapped(_sources(rule.source))}",
    )
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 119, break_long_words=False, break_on_hyphens=False)


def _sources(text: str) -> str:
    """Return the sources with files and functions as code, each file with its functions."""
    return re.sub(r"[\w/*.-]+/[\w.*/-]+\.(?:c|h|rst)|\w+\(\)", lambda found: f"`{found[0]}`", text) + "."


def shown(example: Example) -> str:
    """Return the commands of an example, as they are typed, and what they answer; those before it answer nothing."""
    lines = []
    with _folder(example):
        for words in example.before:
            _answer(*words)
            lines.append(f"$ pymod {_typed(words)}\n")
        lines.append(f"$ pymod check {_typed(example.words)}\n")
        return "".join(lines) + _answer("check", *example.words)


def _typed(words: tuple[str, ...]) -> str:
    return " ".join(f"'{word}'" if " " in word or word.count("=") > 1 else word for word in words)


def _answer(*words: str) -> str:
    """Run a command of pymod, and return what it prints and what it complains about, together."""
    bytes_ = io.BytesIO()
    stream = io.TextIOWrapper(bytes_, "utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        cli.main(["pymod", *words])
    return bytes_.getvalue().decode()


@contextmanager
def _folder(example: Example) -> Iterator[None]:
    """Be in a folder with the files of an example, with a machine of its own."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as machine:
        for file, make in example.files.items():
            Path(name, file).write_bytes(make())
        values = {"PYMOD_STATE": f"{machine}/state", "PYMOD_ROOT": f"{machine}/root", "XDG_CACHE_HOME": machine}
        os.chdir(name)
        try:
            with patch.dict(os.environ, values | {"PYMOD_HINTS": "0", "COLUMNS": "80"}):
                yield
        finally:
            os.chdir(before)


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{len(RULES)} rules are described in {FOLDER}\n")
