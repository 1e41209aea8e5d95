"""Sessions of learners and of programs that wait, recorded on Linux and typed in the shell: all is as it was there."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.shell.typed import typed
from tests.transcripts import HERE
from tests.transcripts.compare import difference, load_wildcards
from tests.transcripts.format import Scenario, Step, load
from tests.transcripts.toolbox import busybox

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")

RECORDED = sorted(Path(__file__).with_name("sessions").glob("*.t"))
PROGRAMS = Path(__file__).with_name("programs")
STEP = """
dmesg --clear; sh {number}.sh >{number}.out 2>{number}.err; echo $? >{number}.status
for i in 1 2 3 4 5 6 7 8 9; do
    dmesg --raw >{number}.log; [ $(wc -l <{number}.log) -ge {lines} ] && break; sleep 0.1
done
"""
NOT_TYPED = re.compile(r".*\bsu user\b.*")
"""Root is the only user of a shell."""
OF_THE_SHELL = {"dmesg", "mount", "umount", "su", "uname", "mknod", "sh", "ash", "modinfo", "depmod", "modprobe"}
"""What is not BusyBox's in a session, where all else is."""
OF_THE_SHELL |= {"insmod", "rmmod", "lsmod", "start-stop-daemon"}


JOBS = re.compile(r"(?m)^(Terminated|Killed)\n")
"""What the shell says of its jobs, which depends on when it looks."""


@cache
def program(name: str) -> bytes:
    """A program in C that a session runs."""
    if not shutil.which("gcc"):
        pytest.skip("needs gcc")
    with TemporaryDirectory() as folder:
        options = "-O2", "-Wno-unused-result", "-pthread", "-o"
        made = Path(folder, name)
        subprocess.run(["gcc", *options, made, PROGRAMS / f"{name}.c"], check=True)
        return made.read_bytes()


def prepare(folder: Path, steps: tuple[Step, ...]) -> None:
    """Put into a folder what the guest of a recording has: BusyBox, modules, programs; and the commands."""
    box = busybox()
    assert box is not None
    names = subprocess.run([box, "--list"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    (folder / "bin").mkdir()
    for name in {*names, "busybox"} - OF_THE_SHELL:
        (folder / "bin" / name).symlink_to(box)
    for module in (HERE / "ko").glob("*.ko"):
        (folder / module.name).symlink_to(module)
    for name in {*re.findall(r"\./(\w+)", "\n".join(step.command for step in steps))} - {""}:
        if (PROGRAMS / f"{name}.c").exists():
            (folder / name).write_bytes(program(name))
            (folder / name).chmod(0o755)
    for number, step in enumerate(steps):
        (folder / f"{number}.sh").write_text(step.command)


def printed(folder: Path, session: Scenario) -> Iterator[Step]:
    """What came of each command; of lines of the log that programs cause at the same time, either may be the first."""
    for number, step in enumerate(session.steps):
        out, error, status, log = (
            (folder / f"{number}.{kind}").read_text() for kind in ("out", "err", "status", "log")
        )
        log = re.sub(r"(?m)^(<\d+>)(.*)\n +(?=\S)", r"\1\2\n\1", log)  # more lines of a message
        lines = re.sub(r"(?m)^(<\d+>)\[ *\d+\.\d+\] ", r"\1", log).splitlines()
        error = re.sub(rf"(?m)^{number}\.sh: (line )?(\d+)", r"sh: \2", error)
        error = JOBS.sub("", error)
        yield Step(step.command, out, error, tuple(sorted(lines)), int(status))


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_a_session_is_as_it_was_on_linux(tmp_path: Path, recorded: Path) -> None:
    """Output, complaints, status and log."""
    session = load(recorded)
    steps = (replace(step, log=tuple(sorted(step.log)), stderr=JOBS.sub("", step.stderr)) for step in session.steps)
    session = replace(session, steps=tuple(step for step in steps if not NOT_TYPED.fullmatch(step.command)))
    prepare(tmp_path, session.steps)
    script = "".join(STEP.format(number=number, lines=len(step.log)) for number, step in enumerate(session.steps))
    done = typed(tmp_path, f"PATH=${{PATH%%:*}}:$PWD/bin:${{PATH#*:}} TERM=linux\n{script}", "--realtime")
    assert (done.stderr, done.returncode) == ("", 0)
    played = replace(session, steps=tuple(printed(tmp_path, session)))
    found = difference(session, played, load_wildcards(HERE / "WILDCARDS"), lambda _: True)
    assert not found, found
