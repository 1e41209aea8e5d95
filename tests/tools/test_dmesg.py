"""dmesg writes the log as util-linux 2.38 did on Debian's kernel, and says which messages the console prints."""

from __future__ import annotations

import re

import pytest

from modtools.place import Place
from modtools.store import Store
from tests.running import Run, runner

E = "\x1b["
SHOWN = {
    "": (
        "[    0.000000] one\n               two\n               \n               three\t\\x1b\\\n"
        "[    1.500000] hello: last\n\n[   70.250000] from a program\n"
    ),
    "-p": "[    0.000000] one\n[    0.000000] two\n[    0.000000] three\t\\x1b\\\n[    1.500000] hello: last\n"
    "[   70.250000] from a program\n",
    "-t -l err,crit": "hello: last\n\n",
    "-x -f user": "user  :notice: [   70.250000] from a program\n",
    "-x -t -k -l err": "kern  :err   : hello: last\n\n",
    "-r -u": "<13>[   70.250000] from a program\n",
    "-d -l err,notice": "[    1.500000 <    0.000000>] hello: last\n\n[   70.250000 <   68.750000>] from a program\n",
    "-d -t -u": "[<    0.000000>] from a program\n",
    "-e -d -u": "[<    0.000000>] from a program\n",
    "--time-format delta -u": "[<    0.000000>] from a program\n",
    "-T -e -t -u": "from a program\n",
    "--noescape -t -l info": f"one\ntwo\n\nthree\t{E[0]}\\\n",
    "--color always -l err,info": f"{E}32m[    0.000000] {E}0mone\n{' ' * 15}two\n"
    f"{' ' * 15}\n{' ' * 15}three\t\\x1b\\\n"
    f"{E}32m[    1.500000] {E}0m{E}33mhello: {E}0m{E}31mlast\n{E}0m\n",
    "--color=never -t -u": "from a program\n",
    "-J -u": '{\n   "dmesg": [\n      {\n         "pri": 5,\n         "time":    70.250000,\n'
    '         "msg": "from a program"\n      }\n   ]\n}\n',
    "-J -x -l err": '{\n   "dmesg": [\n      {\n         "fac": "kern",\n         "pri": "err",\n'
    '         "time":     1.500000,\n         "msg": "hello: last\\n"\n      }\n   ]\n}\n',
}
FAILED = {
    "-l foo": "unknown level 'foo'",
    "-f foo,kern": "unknown facility 'foo,kern'",
    "-n 9": "unknown level '9'",
    "-n 0": "unknown level '0'",
    "--time-format x": "unknown time format: x",
    "--color x": "unsupported color mode: 'x'",
    "-T -r": "mutually exclusive arguments: --ctime --raw",
    "-x -r": "mutually exclusive arguments: --raw --decode",
    "-C -c": "mutually exclusive arguments: --clear --console-off --console-on --read-clear --console-level --raw",
}
MINUTE = r"\[[A-Z][a-z]{2}[ 0-3]\d \d\d:\d\d\]"
DAY = r"[A-Z][a-z]{2} [ 0-3]\d \d\d:\d\d:\d\d \d{4}"
TIMES = {
    "-T -u": rf"\[[A-Z][a-z]{{2}} {DAY}\] from a program\n",
    "-T -d -u": rf"\[[A-Z][a-z]{{2}} {DAY} <    0\.000000>\] from a program\n",
    "-H -l err,notice": rf"{MINUTE} hello: last\n\n{MINUTE} from a program\n",
    "--time-format iso -u": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[-+]\d\d:\d\d from a program\n",
}


LEVELS = (("-n 8", 8), ("-D", 1), ("-D", 1), ("-E", 8), ("-E", 8), ("-n err", 4), ("-D", 1), ("-n 2", 2))


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod, on a machine that has logged three messages."""
    with Store(Place().state).transaction() as kernel:
        kernel.printk(6, "one\ntwo\n\nthree\t\x1b\\")
        kernel.time = 1_500_000
        kernel.printk(3, "hello: last\n")
        kernel.time = 70_250_000
        kernel.log.printk(5, "from a program\n", kernel.time, 1000, facility=1)
    return runner(capfd)


@pytest.mark.parametrize("options", SHOWN)
def test_lines_are_shown_as_util_linux_shows_them(options: str, pymod: Run) -> None:
    """Lines of a message below its first, what is chosen, and how."""
    assert pymod("dmesg", *options.split()) == (SHOWN[options], "", 0)


@pytest.mark.parametrize("options", TIMES)
def test_times_of_day(options: str, pymod: Run) -> None:
    """The machine's clock says now what the host's does."""
    assert re.fullmatch(TIMES[options], pymod("dmesg", *options.split())[0])


@pytest.mark.parametrize("options", FAILED)
def test_what_cannot_be_asked_for(options: str, pymod: Run) -> None:
    """Is refused in the words of util-linux."""
    assert pymod("dmesg", *options.split()) == ("", f"dmesg: {FAILED[options]}\n", 1)


def test_the_level_of_the_console(pymod: Run) -> None:
    """Is written, turned down and brought back, as Linux does it."""
    level = "/proc/sys/kernel/printk"
    assert pymod("cat", level)[0] == "4\t4\t1\t7\n"
    for options, told in (
        ("-n 8", 8),
        ("-D", 1),
        ("-D", 1),
        ("-E", 8),
        ("-E", 8),
        ("-n err", 4),
        ("-D", 1),
        ("-n 2", 2),
    ):
        assert pymod("dmesg", *options.split()) == ("", "", 0)
        assert pymod("cat", level)[0] == f"{told}\t4\t1\t7\n"
    assert pymod("dmesg", "-E")[2] == 0
    assert pymod("cat", level)[0] == "2\t4\t1\t7\n"
    assert pymod("write", level, "x")[2] == 1
    assert pymod("write", level, "7 0x10")[2] == 0
    assert pymod("cat", level)[0] == "7\t16\t1\t7\n"
