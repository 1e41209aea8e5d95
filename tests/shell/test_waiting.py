"""Programs that wait in a driver, for each other, for time and for signals, and signals of a driver, as on Linux."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.shell.typed import typed
from tests.transcripts import HERE
from tests.transcripts.format import load
from tests.transcripts.toolbox import busybox

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")

RECORDED = sorted(Path(__file__).with_name("sessions").glob("*.t"))
PROGRAMS = Path(__file__).with_name("programs")
STEP = """
dmesg --clear; sh {number}.sh >{number}.out 2>/dev/null; echo $? >{number}.status
for i in 1 2 3 4 5 6 7 8 9; do
    dmesg --raw >{number}.log; [ $(wc -l <{number}.log) -ge {lines} ] && break; sleep 0.1
done
"""

NOT_TYPED = re.compile(r"insmod .*|.*\bsu user\b.*|lsmod")


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


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_programs_wait_as_they_did_on_linux(tmp_path: Path, recorded: Path) -> None:
    """Output, status and log are the recorded ones, whichever of two programs that run at once comes first."""
    box = busybox()
    assert box is not None
    session = load(recorded)
    module = HERE / "ko" / session.steps[0].command.removeprefix("insmod ")
    steps = [step for step in session.steps if not NOT_TYPED.fullmatch(step.command)]
    for name in {*re.findall(r"\./(\w+)", "\n".join(step.command for step in steps))}:
        (tmp_path / name).write_bytes(program(name))
        (tmp_path / name).chmod(0o755)
    for number, step in enumerate(steps):
        (tmp_path / f"{number}.sh").write_text(step.command.replace("busybox", str(box)))
    typed_steps = (STEP.format(number=number, lines=len(step.log)) for number, step in enumerate(steps))
    options = ("--realtime",) if recorded.stem == "signals" else ()  # a program sleeps while a timer runs
    done = typed(tmp_path, "".join([f"insmod {module}", *typed_steps]), *options)
    assert (done.stderr, done.returncode) == ("", 0)
    for number, step in enumerate(steps):
        log = re.sub(r"(?m)^(<\d>)\[ *\d+\.\d+\] ", r"\1", (tmp_path / f"{number}.log").read_text()).splitlines()
        out, status = (tmp_path / f"{number}.out").read_text(), int((tmp_path / f"{number}.status").read_text())
        assert (step.command, out, status, sorted(log)) == (step.command, step.stdout, step.status, sorted(step.log))
