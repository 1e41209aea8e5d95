"""A shell needs no rights: a user without any has the same one, with programs that signals and filters reach."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference import unprivileged
from tests.shell.test_sessions import program
from tests.shell.typed import SECONDS
from tests.transcripts import HERE
from tests.transcripts.format import load

pytestmark = [pytest.mark.fuse, pytest.mark.unprivileged]
pytest.importorskip("unicorn")

ASKED = load(Path(__file__).with_name("sessions") / "asked.t")
SCRIPT = """
insmod lookout.ko
{parts}
id -u; touch mine; rmmod lookout; lsmod | wc -l; echo x >/dev/nothing
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that belongs to that user; pytest's own belong to who runs the tests alone."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(HERE / "ko/lookout.ko", name)
        (Path(name) / "asked").write_bytes(program("asked"))
        (Path(name) / "asked").chmod(0o755)
        for path in (Path(name), *Path(name).iterdir()):
            os.chown(path, unprivileged.USER, unprivileged.USER)
        yield Path(name)


def test_a_user_without_rights_has_a_shell(folder: Path) -> None:
    """In which programs are told what was recorded on Linux; what they write belongs to that user."""
    steps = [step for step in ASKED.steps if step.command.startswith("./asked")]
    script = SCRIPT.format(parts="\n".join(step.command for step in steps))
    own = {"HOME": str(folder), "PYMOD_STATE": f"{folder}/st/state.json", "PYMOD_ROOT": f"{folder}/root"}
    done = subprocess.run(
        [*unprivileged.python(), "-P", "-m", "modtools", "shell", "--realtime", "--", "sh", "-c", script],
        cwd=folder,
        env=os.environ | unprivileged.environment() | own,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.stdout == "".join(step.stdout for step in steps) + "0\n1\n"
    assert "cannot create /dev/nothing" in done.stderr
    assert (folder / "mine").stat().st_uid == unprivileged.USER
