"""What the kernel shows of itself, to whom, and the switches that change it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.reference import debian_tree
from tests.running import Run, load, runner
from tools import btf

RESTRICT = "/proc/sys/kernel/kptr_restrict"
ENFORCE = "/sys/module/module/parameters/sig_enforce"
SECTION = "/sys/module/hello_export/sections/.init.text"
ADDRESS = re.compile(r"\b(?:0x)?([0-9a-f]{16})\b")


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


def _all_zero(text: str) -> bool:
    addresses = ADDRESS.findall(text)
    assert addresses
    return not any(int(address, 16) for address in addresses)


@pytest.mark.parametrize(("restrict", "root_sees"), [("0", True), ("1", True), ("2", False)])
@pytest.mark.parametrize("uid", ["0", "1000"])
def test_kptr_restrict_hides_addresses(
    pymod: Run, monkeypatch: pytest.MonkeyPatch, restrict: str, root_sees: bool, uid: str
) -> None:
    """Users never see addresses, root does unless the switch is 2; it is the same rule for every file."""
    load(pymod, "kallsyms_mod")
    assert pymod("write", RESTRICT, restrict) == ("", "", 0)
    sections = "/sys/module/kallsyms_mod/sections"
    monkeypatch.setenv("PYMOD_UID", uid)
    seen = [_all_zero(pymod("cat", path)[0]) for path in ("/proc/modules", "/proc/kallsyms")]
    assert seen == [not (root_sees and uid == "0")] * 2
    text, error, _ = pymod("cat", f"{sections}/.text")
    if uid == "0":
        assert _all_zero(text) is not root_sees
    else:
        assert error.endswith("Permission denied\n")
    assert pymod("cat", RESTRICT)[0] == f"{restrict}\n"


@pytest.mark.parametrize("path", [RESTRICT, "/proc/sys/kernel/modprobe", ENFORCE])
def test_only_root_writes_switches(pymod: Run, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """A user reads them and is refused, and nothing changes."""
    before = pymod("cat", path)
    monkeypatch.setenv("PYMOD_UID", "1000")
    assert pymod("write", path, "1")[1].endswith("Permission denied\n")
    assert pymod("cat", path) == before


@pytest.mark.parametrize(
    ("text", "held"), [("0x1\n", "1"), (" 02 ", "2"), ("1 9", "1"), ("\n", ""), ("3", ""), ("-1", "")]
)
def test_a_number_is_read_as_the_kernel_reads_it(pymod: Run, text: str, held: str) -> None:
    """C's bases, blanks around, the first of several; anything else is EINVAL and changes nothing."""
    status = pymod("write", RESTRICT, text)[2]
    assert (status, pymod("cat", RESTRICT)[0]) == (int(not held), f"{held or 0}\n")


def test_the_path_of_modprobe_can_be_changed(pymod: Run) -> None:
    """It is the kernel's own at first; one line of what is written stays, cut at 255 bytes."""
    path = "/proc/sys/kernel/modprobe"
    assert pymod("cat", path)[0] == "/sbin/modprobe\n"
    pymod("write", path, "/bin/true\nrest")
    assert pymod("cat", path)[0] == "/bin/true\n"
    pymod("write", path, "x" * 300)
    assert pymod("cat", path)[0] == "x" * 255 + "\n"


@pytest.mark.parametrize(
    ("words", "disabled"), [("nomodule", 1), ("nomodule=y", 1), ("nomodule nomodule=0", 0), ("", 0)]
)
def test_the_word_nomodule_ends_all_loading(pymod: Run, words: str, disabled: int) -> None:
    """The switch shows it, and neither insmod nor rmmod do anything."""
    pymod("boot", "--cmdline", words)
    assert pymod("cat", "/proc/sys/kernel/modules_disabled")[0] == f"{disabled}\n"
    assert pymod("insmod", "tests/transcripts/ko/hello_export.ko")[1].endswith(
        "Operation not permitted\n" if disabled else ""
    )


def test_sig_enforce_can_be_set_and_not_be_unset(pymod: Run) -> None:
    """By the command line or by a write; from then on modules without a signature are refused."""
    assert pymod("cat", ENFORCE)[0] == "N\n"
    load(pymod, "hello_export")
    assert pymod("write", ENFORCE, "1") == ("", "", 0)
    assert pymod("cat", ENFORCE)[0] == "Y\n"
    assert pymod("write", ENFORCE, "0")[1].endswith("Read-only file system\n")
    refused = (
        "insmod: ERROR: could not insert module tests/transcripts/ko/ns_export.ko: Key was rejected by service\n",
        1,
    )
    assert pymod("insmod", "tests/transcripts/ko/ns_export.ko")[1:] == refused
    pymod("boot", "--cmdline", "module.sig_enforce")
    assert pymod("cat", ENFORCE)[0] == "Y\n"
    assert pymod("insmod", "tests/transcripts/ko/ns_export.ko")[1:] == refused


def test_parameters_of_what_is_compiled_in_follow_the_command_line(pymod: Run) -> None:
    """A word `MODULE.PARAMETER=value` is what the file says, with - for _ as well; one that does not fit is none."""
    pymod("boot", "--cmdline", "printk.time=0 rcupdate.rcu-cpu-stall-suppress=0x1 printk.console_suspend=what")
    parameters = (
        "printk/parameters/time",
        "rcupdate/parameters/rcu_cpu_stall_suppress",
        "printk/parameters/console_suspend",
    )
    assert pymod("cat", *(f"/sys/module/{path}" for path in parameters))[0] == "N\n1\nY\n"


def test_kallsyms_of_another_kernel_has_only_what_is_known(pymod: Run, tmp_path: Path) -> None:
    """A kernel of a System.map has its symbols, not those of the built-in kernel."""
    path = tmp_path / "System.map-9.9"
    path.write_text("ffffffff81000000 T _text\nffffffff81000010 T __ksymtab_mine\nffffffff81000020 T mine\n")
    pymod("boot", "--system-map", str(path))
    assert "schedule" not in pymod("cat", "/proc/kallsyms")[0]


@pytest.mark.debian
def test_kallsyms_is_the_table_of_the_boot_image(pymod: Run) -> None:
    """Every symbol of the image with its letter, in the image's order; those of modules come after them."""
    load(pymod, "kallsyms_mod")
    lines = pymod("cat", "/proc/kallsyms")[0].splitlines()
    table = btf.image(debian_tree()).kallsyms
    assert len(table) == 94266
    assert lines[: len(table)] == [f"{address:016x} {letter} {name}" for address, letter, name in table]
    assert all(line.endswith("\t[kallsyms_mod]") for line in lines[len(table) :])
    assert len(lines) > len(table)


@pytest.mark.debian
def test_the_version_is_what_the_image_makes_of_its_banner(pymod: Run) -> None:
    """The format for /proc/version in the image, filled with what uname says, is the file's text."""
    found = re.search(rb"%s version %s [ -~]+%s(?=\n)", btf.image(debian_tree()).data)
    assert found
    banner = found[0].decode("ascii")
    assert pymod("cat", "/proc/version")[0] == banner % tuple(pymod("uname", "-srv")[0].rstrip().split(" ", 2)) + "\n"
