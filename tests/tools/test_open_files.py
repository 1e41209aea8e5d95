"""Files that one command opens and others use: open, cat -n, write, ioctl, close; and nodes made by hand."""

from __future__ import annotations

import os

import pytest

from tests.running import Run, load, runner

pytest.importorskip("unicorn")


MODES = {
    "622": "crw--w--w-",
    "u=rw,go=": "crw-------",
    "a+x,o-rw": "crwxrwx--x",
    "=rw": "crw-r--r--",
    "u-w+x": "cr-xrw-rw-",
}
"""What coreutils 9.1 makes of a mode with a umask of 022."""


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pymod in this process, with the module in the kernel and its code run."""
    run = runner(capfd)
    monkeypatch.setenv("PYMOD_RUN", "1")
    load(run, "open_files")
    return run


def test_each_read_goes_on_where_the_last_one_ended(pymod: Run) -> None:
    """The driver is told of one open file, whose module cannot be removed."""
    assert pymod("open", "/dev/held0") == ("/dev/fd/3\n", "", 0)
    assert pymod("open", "-r", "-w", "/dev/held0") == ("/dev/fd/4\n", "", 0)
    assert pymod("cat", "-n", "5", "/dev/fd/3") == ("01234", "", 0)
    assert pymod("cat", "-n", "3", "/dev/fd/3", "/dev/fd/4") == ("567012", "", 0)
    assert pymod("cat", "-n", "3", "/dev/held0") == ("012", "", 0)
    assert pymod("rmmod", "open_files")[2] == 1
    assert pymod("write", "/dev/fd/3", "x")[1:] == ("write: cannot write to /dev/fd/3: Bad file descriptor\n", 1)
    assert pymod("write", "/dev/fd/4", "a long text") == ("", "", 0)
    assert pymod("ls", "/dev/fd") == ("3\n4\n", "", 0)
    assert pymod("close", "/dev/fd/3", "/dev/fd/4") == ("", "", 0)
    assert pymod("close", "/dev/fd/3")[1:] == ("close: cannot close /dev/fd/3: No such file or directory\n", 1)
    assert pymod("rmmod", "open_files") == ("", "", 0)


def test_a_request_gets_a_number_a_text_or_room(pymod: Run) -> None:
    """As the number of the request says, and what stands behind it."""
    path = pymod("open", "/dev/held0")[0].strip()
    assert pymod("ioctl", path, "0x6801", "41") == ("42\n", "", 0)
    assert pymod("ioctl", path, "0x80086802")[0].endswith("gE#\x01")
    assert pymod("ioctl", path, "0x40086803", "a text of more than eight") == ("", "", 0)
    assert pymod("ioctl", path, "0x80086804")[0] == "a text of more than eight"
    assert pymod("ioctl", path, "0x6805", "0")[1:] == (f"ioctl: {path}: Inappropriate ioctl for device\n", 1)
    assert pymod("ioctl", path, "0x80086802", "16")[1:] == (f"ioctl: {path}: Bad address\n", 1)
    assert pymod("ioctl", "/proc/modules", "1")[1:] == ("ioctl: /proc/modules: Inappropriate ioctl for device\n", 1)
    assert pymod("ioctl", path, "what")[1:] == ("ioctl: invalid number: 'what'\n", 1)


def test_a_file_of_sysfs_keeps_what_it_said_until_it_is_read_from_its_beginning(pymod: Run) -> None:
    """seq_file makes the text once."""
    path = pymod("open", "/sys/class/held/held0/dev")[0].strip()
    assert [pymod("cat", "-n", "2", path)[0] for _ in range(4)] == ["24", "6:", "0\n", ""]
    assert pymod("close", path) == ("", "", 0)


def test_a_node_made_by_hand_leads_to_the_driver(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number; one whose number nobody answers for cannot be opened."""
    monkeypatch.setattr(os, "umask", lambda _mask: 0o022)
    assert pymod("mknod", "mine", "c", "246", "0") == ("", "", 0)
    assert pymod("mknod", "-m", "600", "/dev/nobody", "c", "240", "1") == ("", "", 0)
    assert pymod("cat", "-n", "4", "/dev/mine") == ("0123", "", 0)
    assert pymod("cat", "/dev/nobody")[1:] == ("cat: can't open '/dev/nobody': No such device or address\n", 1)
    assert pymod("mknod", "mine", "c", "1", "1")[1:] == ("mknod: mine: File exists\n", 1)
    assert pymod("mknod", "/tmp/mine", "c", "1", "1")[1:] == ("mknod: /tmp/mine: Operation not permitted\n", 1)
    for number, (mode, shown) in enumerate(MODES.items()):
        assert pymod("mknod", f"--mode={mode}", f"n{number}", "c", "240", "1") == ("", "", 0)
        assert pymod("ls", "-l", f"/dev/n{number}")[0].split()[0] == shown
    assert pymod("mknod", "-m", "u+q", "other", "c", "1", "1")[1:] == ("mknod: invalid mode\n", 1)
    told = "mknod: mode must specify only file permission bits\n"
    assert pymod("mknod", "-m", "4666", "other", "c", "1", "1")[1:] == (told, 1)
    assert pymod("mknod", "other", "c", "1", "x")[1:] == ("mknod: invalid minor device number 'x'\n", 1)


def test_what_no_module_has_made_is_not_held_open(pymod: Run) -> None:
    """It is said so, as is what is not there."""
    assert pymod("open", "/proc/modules")[1:] == ("open: cannot open /proc/modules: Operation not supported\n", 1)
    assert pymod("open", "/dev/nothing")[1:] == ("open: cannot open /dev/nothing: No such file or directory\n", 1)
    assert pymod("open", "/dev/held9")[1:] == ("open: cannot open /dev/held9: Device or resource busy\n", 1)
