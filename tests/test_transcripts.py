"""Real kmod on a real Linux is the reference: its recorded sessions are replayed against pymod and compared.

All scenarios are replayed, those of Debian 13's Linux 6.12 in this process alone, and for arm64 without modules' code.
Those named in a folder's not-yet.txt must fail, so that the list cannot go stale.
"""

from __future__ import annotations

import subprocess
import sys
from binascii import crc32
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from modtools.emulate import isolation
from tests import properties, reference
from tests.transcripts import HERE, script
from tests.transcripts.compare import LogFilter, difference, load_wildcards
from tests.transcripts.format import GAP, Scenario, Step, SyntaxProblem, load, parse, render
from tests.transcripts.inprocess import InProcessPlayer, lacks
from tests.transcripts.machine import MachinePlayer
from tests.transcripts.module_output import is_kernels_own
from tests.transcripts.play import Player
from tests.transcripts.world import World

FILES = sorted((HERE / "scenarios").glob("*.t"))
MODULE_OUTPUT = True
"""Whether the lines that modules' own code prints are compared."""


def not_yet(place: Path) -> dict[str, str]:
    """The scenarios that do not pass yet, with their reasons."""
    lines = (place / "not-yet.txt").read_text().splitlines()
    return {name: reason.strip() for line in lines if line[:1] != "#" for name, _, reason in [line.partition(":")]}


NOT_YET = not_yet(HERE)
WORLD = World.of(HERE / "scenarios")
LACKS = {file: lacks(load(file), WORLD) for file in FILES}
"""What each recording needs that there is not inside a process."""
IN_PROCESS = [file for file in FILES if not LACKS[file]]
NEWER = HERE / "debian-13"
NEWER_WORLD = World.of(NEWER / "scenarios")
NEWER_FILES = sorted((NEWER / "scenarios").glob("*.t"))
NEWER_NOT_YET = not_yet(NEWER)
ARM64 = HERE / "debian-13-arm64"
ARM64_WORLD = World.of(ARM64 / "scenarios")
ARM64_FILES = sorted((ARM64 / "scenarios").glob("*.t"))
ARM64_NOT_YET = not_yet(ARM64)
names = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture(scope="session")
def machines() -> Iterator[MachinePlayer]:
    """What all scenarios are played on."""
    with MachinePlayer.prepared(WORLD, module_output=MODULE_OUTPUT) as made:
        yield made


@pytest.fixture(scope="session")
def in_process(tmp_path_factory: pytest.TempPathFactory) -> InProcessPlayer:
    """What those are played on that need neither programs nor rights."""
    pytest.importorskip("unicorn")
    return InProcessPlayer(tmp_path_factory.mktemp("transcripts"), WORLD)


@pytest.fixture(scope="session")
def newer_in_process(tmp_path_factory: pytest.TempPathFactory) -> InProcessPlayer:
    """The same for what was recorded on Linux 6.12."""
    pytest.importorskip("unicorn")
    return InProcessPlayer(tmp_path_factory.mktemp("transcripts"), NEWER_WORLD)


@pytest.fixture(scope="session")
def arm64_in_process(tmp_path_factory: pytest.TempPathFactory) -> InProcessPlayer:
    """The same for what was recorded on arm64, where what modules' code does is not seen."""
    return InProcessPlayer(tmp_path_factory.mktemp("transcripts"), ARM64_WORLD, module_output=False)


@pytest.fixture(scope="session")
def without_run(tmp_path_factory: pytest.TempPathFactory) -> NoRunPlayer:
    """What those are played on that run no code of modules."""
    return NoRunPlayer(tmp_path_factory.mktemp("transcripts"), WORLD)


APART = 5
"""One session in so many has modules' code run in processes of its own, as commands do it, all if all is tried; the
others in this one, where that takes half the time, and so have those of more commands than `SHORT`."""
SHORT = 16


@pytest.fixture(autouse=True)
def _seldom_apart(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the calls of most sessions not isolated."""
    file = getattr(request.node, "callspec", None) and request.node.callspec.params.get("file")
    if file and not properties.ALL and (crc32(file.stem.encode()) % APART or len(load(file).steps) > SHORT):
        monkeypatch.setattr(isolation, "POSSIBLE", False)


def check(player: Player, file: Path, listed: Mapping[str, str] = NOT_YET) -> None:
    """Fail with the difference, unless the recording is listed as one that does not pass."""
    problem = player.play(file).problem
    if file.stem in listed:
        assert problem, f"{file.stem} passes now: take it off not-yet.txt"
    elif problem:
        pytest.fail(problem, pytrace=False)


@pytest.mark.parametrize("file", IN_PROCESS, ids=lambda file: file.stem)
def test_pymod_does_what_linux_did_in_this_process(file: Path, in_process: InProcessPlayer) -> None:
    """Output, errors, exit status and kernel log of the commands that are pymod's own equal the recording."""
    check(in_process, file)


@pytest.mark.parametrize("file", NEWER_FILES, ids=lambda file: file.stem)
def test_pymod_does_what_linux_6_12_did(file: Path, newer_in_process: InProcessPlayer) -> None:
    """The same on the kernel of Debian 13, whose recordings here need nothing but pymod's own tools."""
    assert lacks(load(file), NEWER_WORLD) == ""
    check(newer_in_process, file, NEWER_NOT_YET)


@pytest.mark.parametrize("file", ARM64_FILES, ids=lambda file: file.stem)
def test_pymod_does_what_linux_on_arm64_did(file: Path, arm64_in_process: InProcessPlayer) -> None:
    """Where what modules' code does is not seen, the same on arm64, whose code is not run."""
    check(arm64_in_process, file, ARM64_NOT_YET)


class NoRunPlayer(InProcessPlayer):
    """Compares what the kernel itself logs, but that code was not run."""

    def log_filter(self) -> LogFilter:
        return is_kernels_own(self.world.ko.rglob("*.ko"))


@pytest.mark.parametrize(
    "file",
    [file for file in IN_PROCESS if "insmod params_quiet.ko" in file.read_text()],
    ids=lambda file: file.stem,
)
def test_parameters_are_the_same_if_no_code_is_run(
    file: Path, without_run: NoRunPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set and read is what Linux set and read, also if only the module's file tells of its parameters."""
    monkeypatch.setenv("PYMOD_RUN", "0")
    check(without_run, file)


def test_most_recordings_are_played_in_this_process() -> None:
    """Without Debian's modules, too, more than 220 of them need no more than pymod."""
    bare = replace(WORLD, debian=HERE / "nowhere")
    assert sum(not lacks(load(file), bare) for file in FILES) > 220


@pytest.mark.parametrize(
    ("command", "needs"),
    [
        ("lsmod | wc -l", "a shell, for |"),
        ("lsmod; cp a.ko b.ko", "cp"),
        ("insmod *.ko", "a shell, for *"),
        ("insmod a.ko p=$x", "a shell, for $"),
        ("lsmod > /tmp/x", "a shell, for lsmod > /tmp/x"),
        ("printf %s x", "printf's conversions"),
        (
            "echo 'install a echo b > /tmp/b' > /etc/modprobe.d/a.conf",
            "a shell below the machine's root, for a command of modprobe.d",
        ),
        ("echo 'install a /sbin/modprobe b > /dev/null' > /etc/modprobe.d/a.conf", ""),
        ("su user -c 'depmod'", "a disk that refuses a user"),
        ("modprobe dummy", "Debian's dummy"),
        ("su user -c 'insmod a.ko' && echo 'a | b' > /dev/kmsg; cd /tmp", ""),
    ],
)
def test_what_a_recording_needs_is_told_by_its_commands(command: str, needs: str) -> None:
    """Without a shell, programs and Debian's modules, what asks for one of them is not tried."""
    bare = replace(WORLD, debian=HERE / "nowhere")
    assert lacks(Scenario("x", steps=(Step(command),)), bare) == needs


@names
@pytest.mark.machine
@pytest.mark.debian
@pytest.mark.slow
def test_pymod_does_what_linux_did(file: Path, machines: MachinePlayer) -> None:
    """Output, errors, exit status and kernel log of every command equal the recording, unless that is listed."""
    check(machines, file)


def test_what_does_not_pass_yet_is_there_and_has_a_reason() -> None:
    """Each name on the list is that of a scenario, and says why."""
    for files, listed in ((FILES, NOT_YET), (NEWER_FILES, NEWER_NOT_YET)):
        assert set(listed) <= {file.stem for file in files}
        assert all(listed.values())


@pytest.mark.parametrize("file", [*FILES, *NEWER_FILES], ids=lambda file: file.stem)
def test_a_recording_is_read_without_loss(file: Path) -> None:
    """Written out again, a scenario is the same file, byte for byte."""
    assert render(load(file)).encode("utf-8", "surrogateescape") == file.read_bytes()


@pytest.mark.parametrize("line", ["text", " $ one blank", "  text before a command"])
def test_what_is_no_recording_is_refused(line: str) -> None:
    """A line that the format does not know is named with its number."""
    with pytest.raises(SyntaxProblem, match=r"x\.t:2"):
        parse("x", f"# purpose\n{line}\n")


RECORDED = Step("cmd", "out 1\nout 2\n", "err\n", ("<4>one", "<6>two"), 3)


@pytest.mark.parametrize(
    "other",
    [
        replace(RECORDED, stdout="out 1\nout 2"),
        replace(RECORDED, stdout="out 1\n"),
        replace(RECORDED, stderr=""),
        replace(RECORDED, stderr="ERR\n"),
        replace(RECORDED, log=("<4>one",)),
        replace(RECORDED, log=("<6>two", "<4>one")),
        replace(RECORDED, status=0),
    ],
)
def test_any_difference_is_seen(other: Step) -> None:
    """Each of the four things that are compared fails a scenario on its own."""
    assert compared([RECORDED], [RECORDED]) == ""
    assert compared([RECORDED], [other]) != ""


def compared(one: list[Step], two: list[Step]) -> str:
    """The difference of two scenarios with the recordings' wildcards."""
    first, second = (Scenario("x", steps=tuple(steps)) for steps in (one, two))
    return difference(first, second, load_wildcards(HERE / "WILDCARDS"), lambda _: True)


@pytest.mark.parametrize(
    ("one", "two", "equal"),
    [
        ("f 0xffffffffc0201000", "f 0xffffffffc0305000", True),
        ("f 0000000000000000", "f ffffffffc0305000", False),
        ("f 0000000000000000", "f 0000000000000000", True),
        ("PID: 88 at", "PID: 5 at", True),
        ("size 4096", "size 8192", False),
    ],
)
def test_only_what_varies_from_boot_to_boot_is_alike(one: str, two: str, equal: bool) -> None:
    """Addresses and process ids may differ, zeros and sizes may not."""
    assert (compared([Step("c", one)], [Step("c", two)]) == "") is equal
    assert (compared([Step("c", log=(one,))], [Step("c", log=(two,))]) == "") is equal


@pytest.mark.parametrize(
    ("log", "equal"),
    [
        (["a", "b"], True),
        (["a", "x", "y", "b"], True),
        (["a", "x"], False),
        (["b"], False),
        ([], False),
    ],
)
def test_a_gap_in_the_log_is_any_number_of_lines(log: list[str], equal: bool) -> None:
    """The lines around `<...>` must be there, in order."""
    assert (compared([Step("c", log=("a", GAP, "b"))], [Step("c", log=tuple(log))]) == "") is equal


def test_module_output_is_known_by_the_modules_formats() -> None:
    """Over all recordings no line that names taint, symbols, parameters or versions is taken for a module's own."""
    own = is_kernels_own((HERE / "ko").rglob("*.ko"))
    lines = {line for file in FILES for step in load(file).steps for line in step.log}
    words = (
        "taint",
        "Unknown symbol",
        "version of symbol",
        "parameter '",
        "version magic",
        "Invalid ELF",
        "blacklisted",
        "BUG:",
        "WARNING:",
    )
    assert all(own(line) for line in lines if any(word in line for word in words))
    assert not own("<6>Hello,world")
    assert not own("<6>hello planet 2")
    assert own("<4>Hello,world")


def test_a_folder_may_bring_its_own_world(tmp_path: Path) -> None:
    """`ko/` beside a folder of scenarios is taken, and for what is not there the recordings' own."""
    (tmp_path / "ko").mkdir()
    (tmp_path / "scenarios").mkdir()
    world = World.of(tmp_path / "scenarios")
    assert (world.ko, world.wildcards) == (tmp_path / "ko", HERE / "WILDCARDS")
    assert world.tree.is_relative_to(HERE)


def test_a_folder_may_be_of_another_kernel(tmp_path: Path) -> None:
    """`KERNEL` beside it names that, its release is that of the tree, and `uname -r` says it."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "world/lib/modules/6.12.9").mkdir(parents=True)
    (tmp_path / "KERNEL").write_text("other\n")
    assert WORLD.kernel == ""
    world = World.of(tmp_path / "scenarios")
    assert (world.kernel, world.release) == ("other", "6.12.9")
    assert script.parse("depmod $(uname -r)", world.release)[0].words == ["depmod", "6.12.9"]


@pytest.mark.debian
def test_the_recordings_world_is_complete() -> None:
    """Every module that the tree names is found: ours beside the scenarios, the others in Debian's package."""
    world = World.of(HERE / "scenarios")
    assert world.missing == []
    assert len(world.modules) == len((world.tree / "modules.order").read_text().split())


@pytest.mark.machine
def test_the_command_counts_and_shows_what_differs(tmp_path: Path) -> None:
    """Any folder can be replayed; the last line counts, a diff shows each failure, and what cannot run has failed."""
    (tmp_path / "good.t").write_text("# passes\n  $ echo $(uname -r)\n  6.1.0-56-amd64\n")
    (tmp_path / "bad.t").write_text("# fails\n  $ echo told\n  expected\n")
    (tmp_path / "broken.t").write_text("no transcript\n")
    command = [sys.executable, "-m", "tests.transcripts", str(tmp_path)]
    done = subprocess.run(command, cwd=reference.CHECKOUT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[-1] == "1 passed, 2 failed"
    assert {"ok good", "-  expected", "+  told", "broken.t cannot be run:"} <= set(lines)
