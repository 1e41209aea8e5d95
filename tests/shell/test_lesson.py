"""What the documents show of the shell is what happens in it, to the byte."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference import CHECKOUT
from tests.shell.typed import typed
from tests.test_readme import README

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")
cast = pytest.importorskip("tools.cast", exc_type=ImportError)

PROMPT = re.compile(r"^\[6\.1\.0-56-amd64\] ~/pymod # (.*)\n((?:(?!\[).*\n)*)", re.MULTILINE)
END = "--- typed ---"


def test_the_readme_shows_what_is_typed(tmp_path: Path) -> None:
    """Its first session, in a checkout."""
    (block,) = re.findall(r"^```shell-session\n\$ pymod shell\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    steps = PROMPT.findall(block)
    (tmp_path / "examples").symlink_to(CHECKOUT / "examples")
    done = typed(tmp_path, "exec 2>&1\n" + "".join(f"{command}\necho '{END}'\n" for command, _ in steps))
    assert done.stdout.split(f"{END}\n")[:-1] == [told for _, told in steps]


def test_the_lesson_was_recorded() -> None:
    """The page has the text of the recording, whose times grow."""
    pieces = cast.load()
    assert cast.shown() == cast.text(pieces)
    assert [when for when, _ in pieces] == sorted(when for when, _ in pieces)


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
def test_the_lesson_is_played_as_it_was_recorded(tmp_path: Path) -> None:
    """By the script that `make demo-shell` runs, which leaves nothing behind."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "LC_ALL": "C", "TMPDIR": str(tmp_path)}
    done = subprocess.run(cast.LESSON, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.lstrip("\n") == cast.shown()
    assert not list(tmp_path.iterdir())
