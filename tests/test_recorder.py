"""The recorder: what it makes of a guest and of what that says, and a real kernel recorded again where QEMU is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from modtools.module import read_module
from tests.reference import CHECKOUT, debian_tree
from tests.transcripts.format import GAP
from tools.recorder import damage, inits, kernels, modules, needs, sessions
from tools.recorder.__main__ import main
from tools.recorder.archive import Archive
from tools.recorder.order import Tree


def test_an_archive_is_unpacked_by_cpio(tmp_path: Path) -> None:
    """Files, folders above them, links and modes come out as they were put in."""
    if not shutil.which("cpio"):
        pytest.skip("needs cpio")
    archive = Archive()
    archive.file("bin/tool", b"#!/bin/sh\n", 0o755)
    archive.link("sbin/other", "/bin/tool")
    archive.folder("t", CHECKOUT / "examples")
    words = ["cpio", "--extract", "--quiet", "--no-absolute-filenames", "--no-preserve-owner"]
    subprocess.run(words, input=archive.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "bin/tool").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "sbin/other").readlink() == Path("/bin/tool")
    name = "hello_export.ko"
    assert (tmp_path / "t" / name).read_bytes() == (CHECKOUT / "examples" / name).read_bytes()


def test_registers_and_noise_are_not_in_a_recording() -> None:
    """Lines of registers that follow each other become one gap; those about the host's load go."""
    log = [
        "<1>BUG: bad",
        "<4>RIP: 0010:x",
        "<6>clocksource: skewed",
        "<4>RSP: 1",
        "<6>note: end",
        "<4>CPU: 0",
    ]
    assert list(sessions.folded(log)) == ["<1>BUG: bad", GAP, "<6>note: end", GAP]


LINES = """\
@try kernel/a.ko
@errno 0
@log 6,1,2,-;a: said
@log 4,1,2,-;a: \\xc3\\xa4\\x0amore
@log 4,9,9,-;hrtimer: interrupt took 12345 ns
@module a 16384 2 - Live 0x0 (OE)
@late 6,1,2,-;a: later
@try -a
@killed 9
@log 1,1,2,-;BUG
""".splitlines()


def test_what_the_guest_says_becomes_events() -> None:
    """Each step has its errno, its lines with their escapes undone, and what /proc/modules had."""
    assert list(inits.events(LINES)) == [
        {
            "op": "insert",
            "module": "kernel/a.ko",
            "errno": 0,
            "log": ["<6>a: said", "<4>a: ä\nmore"],
            "size": 16384,
            "taint": "OE",
            "refs": 2,
            "late": ["<6>a: later"],
        },
        {"op": "remove", "module": "a", "errno": None, "killed": 9, "log": ["<1>BUG"]},
    ]


def test_what_another_pass_has_otherwise_is_marked() -> None:
    """A differing line is marked by its number, a differing fact as the event's; equal events are not."""
    row = {"events": [{"errno": 0, "log": ["same", "took 1 ms"]}, {"errno": 0, "log": []}, {"errno": 0, "log": []}]}
    other = {"events": [{"errno": 0, "log": ["same", "took 2 ms"]}, {"errno": 5, "log": []}, {"errno": 0, "log": []}]}
    marked = inits.compared(row, [other])
    assert [event.get("unstable", False) for event in marked["events"]] == [True, True, False]
    assert marked["events"][0]["unstable_lines"] == [1]
    assert (marked["passes"], marked["unstable"]) == (2, True)


def test_needs_and_soft_dependencies_are_loaded_first(tmp_path: Path) -> None:
    """The deepest need comes first; a soft dependency on an alias means the generic module, on a built-in nothing."""
    (tmp_path / "modules.dep").write_text(
        "k/a.ko: k/b.ko k/c.ko\nk/b.ko: k/c.ko\nk/c.ko:\nk/x-generic.ko:\nk/x-fast.ko:\n"
    )
    (tmp_path / "modules.alias").write_text("alias x x_fast\nalias x x_generic\nalias pci:v1 d* a\n")
    (tmp_path / "modules.softdep").write_text("# header\nsoftdep b pre: x core post: a\n")
    (tmp_path / "modules.builtin.modinfo").write_bytes(b"core.license=GPL\0")
    tree = Tree(tmp_path, tmp_path)
    assert tree.steps("k/a.ko") == ["k/c.ko", "k/x-generic.ko", "k/b.ko", "k/a.ko"]
    assert tree.steps("k/x-fast.ko") == ["k/x-fast.ko"]


def test_missing_programs_are_named_with_their_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where QEMU is not installed, the command says what to install, and records nothing."""
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(needs, "busybox", lambda: None)
    monkeypatch.setattr("sys.argv", ["tools.recorder", "sessions"])
    assert main() == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("missing packages: apt install qemu-system-x86 dash gcc")
    assert lines[-1] == "no BusyBox: apt install busybox-static"


@pytest.mark.slow
@pytest.mark.debian
@pytest.mark.kmod
@pytest.mark.qemu
def test_a_session_that_is_recorded_again_is_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A real kernel in QEMU does what the recording says, to the line, also after its outputs were taken out of it."""
    scenario = CHECKOUT / "tests/transcripts/scenarios/corrupt-bad-reloc-sym.t"
    asked = "".join(line for line in scenario.read_text("utf-8").splitlines(True) if line[:4] in ("# he", "  $ "))
    (tmp_path / scenario.name).write_text(asked, "utf-8")
    shutil.copy(scenario, tmp_path / "again.t")
    assert sessions.record_all(sorted(tmp_path.glob("*.t")), kernels.DEBIAN_12, 1) == 0
    assert "same again" in capsys.readouterr().out.splitlines()
    assert (tmp_path / scenario.name).read_text("utf-8").count("\n") == scenario.read_text("utf-8").count("\n")


@pytest.mark.slow
@pytest.mark.debian
@pytest.mark.kmod
@pytest.mark.qemu
def test_an_init_is_recorded_with_what_it_needs(tmp_path: Path) -> None:
    """usbcore's init says on a real kernel what it said when it was recorded first, and is replayed as equal."""
    from tests.emulate.test_inits import RECORDS
    from tests.inits.__main__ import read
    from tests.inits.replay import replay

    target = "kernel/drivers/usb/core/usbcore.ko"
    out = tmp_path / "inits.jsonl.xz"
    inits.record_all(re.compile(target), out, 1, kernels.DEBIAN_12)
    (row,) = read(out)
    assert row["events"] == RECORDS["usbcore"]
    tree = debian_tree() / "lib/modules"
    assert replay(row, next(tree.iterdir())).word == "equal"


MADE_ELSEWHERE = {"bad/bzip2.ko.bz2", "bad/plain_object.ko", "bad/strip_all.ko", "bad/strip_unneeded.ko"}
"""By bzip2, a compiler, strip."""


def test_damaged_modules_are_what_their_tables_make() -> None:
    """Making them again gives every damaged file of the recordings, byte for byte."""
    made = damage.damaged()
    assert [name for name, data in made.items() if (damage.GOOD / name).read_bytes() != data] == []
    kept = {f"bad/{path.name}" for path in (damage.GOOD / "bad").iterdir()}
    assert kept - made.keys() == MADE_ELSEWHERE


@pytest.mark.headers
def test_a_module_is_built_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its source below modules/ becomes a file below ko/, stripped; nothing is left beside the source."""
    source = tmp_path / "modules/more/tiny.c"
    source.parent.mkdir(parents=True)
    (tmp_path / "ko").mkdir()
    source.write_text('#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
    (source.parent / "Makefile").write_text("obj-m := tiny.o\nall:\n\t$(MAKE) -C $(KDIR) M=$(CURDIR) modules\n")
    monkeypatch.setattr(modules, "ROOTS", (tmp_path / "modules",))
    assert modules.build_all([source], kernels.DEBIAN_12._replace(folder=tmp_path)) == 0
    module = read_module(tmp_path / "ko/more/tiny.ko")
    assert module.name == "tiny"
    assert not [section.name for section in module.elf.sections if section.name.startswith(".debug")]
    assert sorted(path.name for path in source.parent.iterdir()) == ["Makefile", "tiny.c"]
