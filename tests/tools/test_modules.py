"""insmod, rmmod and dmesg on a virtual kernel, beyond what the recordings show."""

from __future__ import annotations

import gzip
import lzma
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import cli
from modtools.kernel.log import Record
from modtools.place import Place
from modtools.shared import loglines
from modtools.store import Store
from tests.properties import examples
from tests.reference import RELEASE
from tests.running import KO, Run, load, runner


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


@pytest.mark.parametrize("compress", [lzma.compress, gzip.compress])
def test_a_compressed_module_is_known_by_its_contents(
    pymod: Run, tmp_path: Path, compress: Callable[[bytes], bytes]
) -> None:
    """xz is unpacked whatever the file is called; this kmod is built without zlib."""
    path = tmp_path / "plain.ko"
    path.write_bytes(compress((KO / "hello_export.ko").read_bytes()))
    refused = f"insmod: ERROR: could not insert module {path}: Function not implemented\n"
    assert pymod("insmod", str(path)) == (("", "", 0) if compress is lzma.compress else ("", refused, 1))


@pytest.mark.parametrize(
    "ending",
    ["ko", "ko.xz"],
)
def test_force_ignores_vermagic_and_versions(pymod: Run, tmp_path: Path, ending: str) -> None:
    """For a plain file the kernel is told to; out of a compressed one libkmod cuts both, to the same effect."""
    path = tmp_path / f"strange.{ending}"
    data = (KO / "hello_export.ko").read_bytes().replace(b"SMP preempt", b"SMP strange")
    path.write_bytes(lzma.compress(data) if ending.endswith("xz") else data)
    refused = f"insmod: ERROR: could not insert module {path}: Invalid module format\n"
    assert pymod("insmod", str(path)) == ("", refused, 1)
    assert pymod("insmod", "-f", str(path)) == ("", "", 0)
    assert pymod("cat", "/sys/module/hello_export/taint") == ("FOE\n", "", 0)
    assert "module_layout: kernel tainted.\n" in pymod("dmesg")[0]


def test_values_with_blanks_are_quoted(pymod: Run) -> None:
    """As insmod of kmod 34 does, unless the value brings its own quotes."""
    load(pymod, "hello_export")
    words = (str(KO / "hello_use_export.ko"), "whom=two words", "howmany=0")
    assert pymod("insmod", *words) == ("", "", 0)
    assert pymod("cat", "/sys/module/hello_use_export/parameters/whom") == ("two words\n", "", 0)


def test_an_ordinary_user_may_look_and_not_touch(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYMOD_UID is the user that the virtual kernel sees."""
    load(pymod, "hello_export", "params_quiet")
    monkeypatch.setenv("PYMOD_UID", "1000")
    path = str(KO / "chain_c.ko")
    assert pymod("insmod", path)[1:] == (
        f"insmod: ERROR: could not insert module {path}: Operation not permitted\n",
        1,
    )
    assert pymod("rmmod", "hello_export")[1:] == (
        "rmmod: ERROR: could not remove 'hello_export': Operation not permitted\n"
        "rmmod: ERROR: could not remove module hello_export: Operation not permitted\n",
        1,
    )
    assert "hello_export           16384  0\n" in pymod("lsmod")[0]
    assert pymod("cat", "/proc/modules")[0].splitlines()[1] == "hello_export 16384 0 - Live 0x0000000000000000 (OE)"
    parameters = "/sys/module/params_quiet/parameters"
    assert pymod("cat", f"{parameters}/p_ro")[1:] == (f"cat: can't open '{parameters}/p_ro': Permission denied\n", 1)
    assert pymod("write", f"{parameters}/p_int", "1")[2] == 1
    assert pymod("dmesg") == ("", "dmesg: read kernel buffer failed: Operation not permitted\n", 1)
    assert pymod("dmesg", "-C") == ("", "dmesg: clear kernel buffer failed: Operation not permitted\n", 1)


def test_rmmod_goes_by_file_names_and_on_after_errors(
    pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is there stands for its name; a folder's path with a slash stops everything, as in kmod."""
    load(pymod, "hello_export", "chain_c", "dash-name")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dash-name.ko").touch()
    (tmp_path / "folder").mkdir()
    words = ("nosuch", "dash-name.ko", "hello-export.whatever", "folder/", "chain_c")
    assert pymod("rmmod", *words) == (
        "",
        "rmmod: ERROR: Module nosuch is not currently loaded\n"
        "rmmod: ERROR: could not use module folder/: No such file or directory\n",
        1,
    )
    assert pymod("lsmod")[0].splitlines()[1:] == ["chain_c                16384  0"]


def test_rmmod_knows_what_is_builtin(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By modules.builtin.bin of the machine's module tree, before anything else."""
    world = KO.parent / "world"
    monkeypatch.setenv("PYMOD_ROOT", str(world))
    builtin = Path((world / f"lib/modules/{RELEASE}/modules.builtin").read_text().split()[0]).stem.replace("-", "_")
    assert pymod("rmmod", builtin) == ("", f"rmmod: ERROR: Module {builtin} is builtin.\n", 1)


def test_static_nodes_come_in_kmods_three_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What kmod printed for two devices when depmod-devname was recorded; a bad line is told and passed over."""
    monkeypatch.setenv("PYMOD_ROOT", str(tmp_path))
    devname = tmp_path / f"lib/modules/{RELEASE}/modules.devname"
    answers = {
        "": "Module: devname_mod\n\tDevice node: /dev/oracle/dev\n\t\tType: character device\n"
        "\t\tMajor: 10\n\t\tMinor: 250\n",
        "--format=tmpfiles": "d /dev/oracle 0755 - - -\nc! /dev/oracle/dev 0600 - - - 10:250\n",
        "-fdevname": "devname_mod oracle/dev c10:250\n",
    }
    assert cli.main(["kmod", "static-nodes"]) == 0
    assert capfd.readouterr().err == f"Warning: {devname} not found - ignoring\n"
    devname.parent.mkdir(parents=True)
    devname.write_text("# nodes\ndevname_mod oracle/dev c10:250\nnonsense\n")
    for option, text in answers.items():
        assert cli.main(["kmod", "static-nodes", *option.split()]) == 1
        assert capfd.readouterr() == (text, "Error: invalid devname entry: nonsense\n")
    assert cli.main(["kmod", "static-nodes", "-fdevname", "-o", str(tmp_path / "deep/out")]) == 1
    assert (tmp_path / "deep/out").read_text() == answers["-fdevname"]


RECORDS = st.lists(
    st.builds(
        Record,
        level=st.integers(0, 7),
        time=st.integers(0, 10**11),
        text=st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20).map(
            lambda text: f"m{text}m"
        ),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.skipif(
    not shutil.which("dmesg") or b"util-linux" not in subprocess.run(["dmesg", "-V"], capture_output=True).stdout,
    reason="needs the dmesg of util-linux, which is the reference",
)
@examples(40)
@given(
    records=RECORDS,
    words=st.lists(st.sampled_from(["-t", "-x", "-k", "-u"]), max_size=2, unique=True),
    levels=st.lists(st.sampled_from(loglines.LEVELS), max_size=3).map(",".join),
)
def test_dmesg_shows_a_log_as_util_linux_does(
    pymod: Run, tmp_path: Path, records: list[Record], words: list[str], levels: str
) -> None:
    """The same log, read by both: prefixes, times, levels, words for facilities."""
    raw = tmp_path / "raw"
    stamps = (f"<{r.level}>[{r.time // 10**6:5}.{r.time % 10**6:06}] {r.text}\n" for r in records)
    raw.write_text("".join(stamps))
    # From a file, util-linux filters nothing when it is to print the raw log.
    words = [*words, "-l", levels] if levels else words or ["-r"]
    theirs = subprocess.run(["dmesg", "-F", str(raw), *words], capture_output=True, text=True, check=True).stdout
    store = Store(Place().state)
    kernel = store.default()
    kernel.log.records = records
    store.replace(kernel)
    assert pymod("dmesg", *words) == (theirs, "", 0)


def test_dmesg_clears_what_it_is_told_to(pymod: Run) -> None:
    """-C shows nothing, -c shows once; what comes later is shown again."""
    load(pymod, "hello_export")
    lines = pymod("dmesg", "-c")[0]
    assert lines.startswith("[    0.000000] hello_export: loading out-of-tree module taints kernel.\n")
    assert pymod("dmesg") == ("", "", 0)
    load(pymod, "prop_mod")
    assert "prop_mod: module license" in pymod("dmesg", "-t", "--level=warn")[0]
    assert pymod("dmesg", "--clear") == ("", "", 0)
    assert pymod("dmesg") == ("", "", 0)
    assert pymod("dmesg", "-l", "loud") == ("", "dmesg: unknown level 'loud'\n", 1)


def test_a_log_cannot_command_a_terminal(pymod: Run) -> None:
    """Control characters are written as \\xNN, unless that is not wanted."""
    store = Store(Place().state)
    kernel = store.default()
    kernel.printk(4, "a\x1b[2Jb\tc\nd")
    store.replace(kernel)
    assert pymod("dmesg", "-t")[0] == "a\\x1b[2Jb\tc\nd\n"
    assert pymod("dmesg", "-t", "--noescape")[0] == "a\x1b[2Jb\tc\nd\n"
