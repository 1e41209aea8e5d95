"""The tools that only pymod has: the machine's files and identity, symvers, links."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from itertools import groupby
from pathlib import Path

import pytest

from modtools.place import Place
from tests.reference import RELEASE, debian_tree, kernel_headers
from tests.running import KO, Run, load, runner


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


def test_cat_prints_what_can_be_read_and_complains_in_between(pymod: Run) -> None:
    """In the words of busybox, as the recordings have them."""
    load(pymod, "params_quiet")
    parameters = "/sys/module/params_quiet/parameters"
    assert pymod(
        "cat", f"{parameters}/p_int", f"{parameters}/p_wo", "/nosuch", "sys/module/../module", f"{parameters}/p_bool"
    ) == (
        "-1\nN\n",
        f"cat: can't open '{parameters}/p_wo': Permission denied\n"
        "cat: can't open '/nosuch': No such file or directory\n"
        "cat: read error: Is a directory\n",
        1,
    )


def test_the_rest_of_the_machine_is_its_root_folder(pymod: Run) -> None:
    """Files under the root are read as if it were `/`; nothing outside it is reached, and nothing in it is written."""
    root = Path(pymod("root")[0].rstrip("\n"))
    assert root == Place().root
    assert (root / f"lib/modules/{RELEASE}").is_dir()
    (root / "etc/motd").write_text("hello\n")
    (root / "etc/link").symlink_to("motd")
    (root / "etc/up").symlink_to("../../../../../../../../etc/motd")
    assert pymod("cat", "/etc/motd", "etc/link", "/etc/../../etc/motd", "/etc/up")[0] == "hello\n" * 4
    assert pymod("ls", "/")[0] == "etc\nlib\nproc\nsys\n"
    assert pymod("write", "/etc/motd", "x") == ("", "write: cannot open /etc/motd: Read-only file system\n", 1)
    assert pymod("ls", "-l", "/etc/link")[0].endswith(" /etc/link -> motd\n")


def test_ls_lists_as_the_recordings_do(pymod: Run) -> None:
    """Sorted names; -l with modes and sizes of sysfs; links with -l point, without they are followed."""
    load(pymod, "hello_export", "hello_use_export")
    holders = "/sys/module/hello_export/holders"
    assert pymod("ls", holders)[0] == "hello_use_export\n"
    assert pymod("ls", "-l", holders)[0] == (
        "total 0\nlrwxrwxrwx    1 root     root             0 Jan  1  1970 hello_use_export -> ../../hello_use_export\n"
    )
    assert "refcnt\n" in pymod("ls", f"{holders}/hello_use_export")[0]
    assert pymod("ls", "-d", holders)[0] == f"{holders}\n"
    assert (
        "\n-r--r--r--    1 root     root          4096 Jan  1  1970 coresize\n"
        in pymod("ls", "-l", "/sys/module/hello_export")[0]
    )
    assert pymod("ls", "-a", holders)[0] == ".\n..\nhello_use_export\n"
    notes = "/sys/module/hello_export/notes"
    assert (pymod("ls", notes)[0], pymod("ls", "-A", notes)[0]) == ("", ".note.Linux\n.note.gnu.build-id\n")


def test_ls_of_several_things_has_headings(pymod: Run) -> None:
    """Complaints first, then files, then each folder with its name over it, as busybox has it."""
    assert pymod("ls", "/sys/module/printk", "/proc/modules", "/sys/module/8250", "/nosuch") == (
        "/proc/modules\n\n/sys/module/8250:\nparameters\nuevent\n\n/sys/module/printk:\nparameters\nuevent\n",
        "ls: /nosuch: No such file or directory\n",
        1,
    )


def test_write_hands_over_a_value_or_standard_input(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value is written without a newline, standard input as it comes; what the kernel refuses changes nothing."""
    load(pymod, "params_quiet")
    parameter = "/sys/module/params_quiet/parameters/p_charp"
    for text, value, shown in (("", "word", "word\n"), ("line\n", None, "line\n\n"), ("", None, "line\n\n")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert pymod("write", parameter, *([] if value is None else [value])) == ("", "", 0)
        assert pymod("cat", parameter)[0] == shown
    number = "/sys/module/params_quiet/parameters/p_int"
    assert pymod("write", number, "many") == ("", f"write: cannot write to {number}: Invalid argument\n", 1)
    assert pymod("write", "/sys/module", "1") == ("", "write: cannot open /sys/module: Is a directory\n", 1)
    assert pymod("write", "/proc/modules", "1") == ("", "write: cannot open /proc/modules: Permission denied\n", 1)


def test_modules_disabled_ends_all_loading(pymod: Run) -> None:
    """Once written, the switch stays, and status tells it."""
    switch = "/proc/sys/kernel/modules_disabled"
    assert pymod("write", switch, "1") == ("", "", 0)
    assert pymod("write", switch, "0")[2] == 1
    assert pymod("insmod", str(KO / "chain_c.ko"))[1].endswith("chain_c.ko: Operation not permitted\n")
    assert "loading and unloading is disabled" in pymod("status")[0]


def test_status_tells_taint_and_assumptions_in_words(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person asks first: which kernel, what has become of it, where it is kept."""
    monkeypatch.setenv("PYMOD_RUN", "0")
    before = pymod("status")[0]
    assert "Taint:          0\n" in before
    assert "not created yet" in before
    load(pymod, "prop_mod")
    after = pymod("status")[0]
    assert "P: proprietary module was loaded" in after
    assumed = [row["name"] for row in json.loads(pymod("lsmod", "--json")[0])["modules"] if row["init"] == "assumed"]
    assert json.loads(pymod("status", "--json")[0])["machine"]["assumed"] == assumed
    assert ("prop_mod" in after) == bool(assumed)
    assert f"State:          {Place().state}\n" in after


@pytest.mark.skipif(not shutil.which("uname"), reason="needs uname, which is the reference")
@pytest.mark.parametrize("words", ["-a", "-s", "-r", "-v", "-m", "-o", "-rs", "-mvn", "--all", "--kernel-name"])
def test_uname_orders_its_words_as_coreutils_does(pymod: Run, words: str) -> None:
    """Whatever the order of the options; only the values are the virtual kernel's."""
    shown, _, status = pymod("uname", words)
    virtual = {letter: pymod("uname", f"-{letter}")[0].strip() for letter in "snrvmo"}
    real = {
        letter: subprocess.run(["uname", f"-{letter}"], capture_output=True, text=True).stdout.strip()
        for letter in virtual
    }
    theirs = subprocess.run(["uname", words], capture_output=True, text=True, check=True).stdout
    for letter in "vrnmos":
        theirs = theirs.replace(real[letter], f"<{letter}>", 1)
        shown = shown.replace(virtual[letter], f"<{letter}>", 1)
    assert (shown, status) == (theirs, 0)
    assert pymod("uname")[0] == f"{RELEASE}\n"


def test_boot_says_what_it_booted(pymod: Run) -> None:
    """A module to be like, a command line; everything loaded is gone, and the folders of the release are there."""
    load(pymod, "hello_export")
    shown, _, status = pymod("boot", "--release", "9.9.9-test", "--cmdline", "module_blacklist=chain_c")
    assert status == 0
    assert "9.9.9-test" in shown
    assert (Place().root / "lib/modules/9.9.9-test").is_dir()
    assert pymod("uname")[0] == "9.9.9-test\n"
    assert pymod("lsmod")[0] == "Module                  Size  Used by\n"
    assert pymod("insmod", str(KO / "chain_c.ko"))[2] == 1
    assert pymod("boot", "--like", "/nosuch")[2] == 1


def test_symvers_prints_kbuilds_lines(pymod: Run, examples: Path) -> None:
    """The line that kbuild wrote when it built the example, with this file's place in it, and one with a namespace."""
    module = examples / "hello_export.ko"
    expected = f"0xbfec5545\thello_export\t{examples / 'hello_export'}\tEXPORT_SYMBOL\t\n"
    assert pymod("symvers", os.path.relpath(module)) == (expected, "", 0)
    assert pymod("symvers", str(KO / "ns_export.ko"))[0].endswith("\tORACLE_NS\n")
    output, errors, status = pymod("symvers", str(KO / "bad/text.ko"), str(module), "/nosuch.ko")
    assert (output, status) == (expected, 1)
    assert errors.splitlines()[1] == "symvers: ERROR: /nosuch.ko: No such file or directory"


@pytest.mark.debian
@pytest.mark.headers
def test_symvers_equals_debians_module_symvers(pymod: Run) -> None:
    """For each module of Debian's kernel that exports anything, to the byte and in the order of the lines."""
    tree = debian_tree() / "lib/modules" / RELEASE / "kernel"
    lines = (kernel_headers() / "Module.symvers").read_text().splitlines(keepends=True)
    wanted = {module: "".join(group) for module, group in groupby(lines, lambda line: line.split("\t")[2])}
    del wanted["vmlinux"]
    some = sorted(wanted)[::3]
    output, errors, status = pymod("symvers", *(str(tree / f"{module}.ko") for module in some))
    assert (errors, status) == ("", 0)
    assert output == "".join(wanted[module] for module in some)
