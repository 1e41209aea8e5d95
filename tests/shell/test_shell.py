"""A shell in which the virtual machine is the machine: host programs meet what Linux's drivers would have been told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.reference import RELEASE
from tests.shell.typed import typed
from tests.transcripts import HERE
from tests.transcripts.format import load
from tests.transcripts.toolbox import busybox

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")

RECORDED = HERE / "scenarios/open-files.t"
KO = HERE / "ko/open_files.ko"
LEFT_OUT = re.compile(r"  2\|.*")


LESSON = f"""
uname -r
sudo insmod hello_export.ko
grep -c ' T hello_export' /proc/kallsyms
sudo insmod hello_use_export.ko
dmesg | tail -n 1 | cut -d ' ' -f 6-
lsmod
sudo rmmod hello_export
cat /sys/module/hello_export/refcnt
sudo rmmod hello_use_export hello_export
mkdir -p /lib/modules/{RELEASE}
cp *.ko /lib/modules/$(uname -r)/ && sudo depmod 2>/dev/null; sort /lib/modules/$(uname -r)/modules.dep
sudo modprobe hello_use_export && cut -d ' ' -f 1 /proc/modules
echo hi | sudo tee /dev/not-there
ls -d /proc/self /dev/null /sys/module/hello_export
touch mine
"""
PRINTED = [
    RELEASE,
    "1",
    "Hello from another module",
    "Module                  Size  Used by",
    "hello_use_export       16384  0",
    "hello_export           16384  1 hello_use_export",
    "1",
    "hello_export.ko:",
    "hello_use_export.ko: hello_export.ko",
    "hello_use_export",
    "hello_export",
    "hi",
    "/dev/null",
    "/proc/self",
    "/sys/module/hello_export",
]


def test_the_lesson_as_a_learner_types_it(tmp_path: Path, examples: Path) -> None:
    """Every word is one of the host's programs, or stands in for one; nothing is left on the host."""
    for name in ("hello_export", "hello_use_export"):
        shutil.copy(examples / f"{name}.ko", tmp_path)
    done = typed(tmp_path, LESSON)
    assert done.stdout.splitlines() == PRINTED
    assert done.stderr.splitlines() == [
        "rmmod: ERROR: Module hello_export is in use by: hello_use_export",
        "tee: /dev/not-there: Permission denied",
    ]
    assert (tmp_path / "mine").exists()
    assert not Path("/dev/not-there").exists()
    assert "pymod-shell" not in Path("/proc/mounts").read_text()


def test_drivers_are_told_what_linux_told_them(tmp_path: Path) -> None:
    """The recorded commands, typed: each file is opened, read, written and closed as it was on the real kernel."""
    steps = load(RECORDED).steps[:-2]
    lines = [f"cp {KO} .", "insmod open_files.ko"]
    for number, step in enumerate(steps):
        (tmp_path / f"{number}.sh").write_text(step.command)
        closed = sum("release" in line for line in step.log)
        lines += [
            f"dmesg --clear; PATH={tmp_path}/bin:$PATH sh {number}.sh >{number}.out 2>/dev/null",
            # FUSE tells of the last close(2) a moment after it.
            "for i in 1 2 3 4 5 6 7 8 9; do",
            f"dmesg --raw >{number}.log; [ $(grep -c release {number}.log) = {closed} ] && break; sleep 0.1",
            "done",
        ]
    box = busybox()
    assert box is not None
    (tmp_path / "bin").mkdir()
    for name in "cat cut dd head printf wc".split():
        (tmp_path / "bin" / name).symlink_to(box)
    done = typed(tmp_path, "\n".join(lines))
    assert (done.stderr, done.returncode) == ("", 0)
    for number, step in enumerate(steps[1:], 1):
        text = (tmp_path / f"{number}.log").read_text()
        log = re.sub(r"(?m)^(<\d>)\[ *\d+\.\d+\] ", r"\1", text).splitlines()
        assert [line for line in log if not LEFT_OUT.fullmatch(line)] == [
            line for line in step.log if not LEFT_OUT.fullmatch(line)
        ]
        assert (tmp_path / f"{number}.out").read_text() == step.stdout


C_PROGRAM = r"""
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
    char text[64] = "kept by the driver", back[64] = "";
    unsigned long long number = 0;
    int file = open("/dev/held0", O_RDWR);
    printf("%d\n", ioctl(file, 0x6801, 41));
    printf("%d ", ioctl(file, _IOR('h', 2, unsigned long long), &number));
    printf("%llx\n", number);
    printf("%d ", ioctl(file, _IOW('h', 3, char *), text));
    printf("%d ", ioctl(file, _IOR('h', 4, char *), back));
    printf("%s\n", back);
    printf("%d\n", ioctl(file, _IO('h', 5)));
    printf("%zd ", read(file, back, 5));
    printf("%zd\n", read(file, back + 5, 3));
    printf("%.8s %ld\n", back, (long)lseek(file, 0, SEEK_CUR));
    printf("%d\n", mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0) == MAP_FAILED);
    return 0;
}
"""


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
def test_a_c_program_talks_to_the_driver(tmp_path: Path) -> None:
    """Requests reach the program's own memory; reads go on where the last one ended; mmap is refused."""
    (tmp_path / "test.c").write_text(C_PROGRAM)
    done = typed(tmp_path, f"cp {KO} . && gcc -o test test.c && insmod open_files.ko && ./test")
    told = ["42", "0 123456789abcdef", "0 0 kept by the driver", "-1", "5 3", "01234567 8", "1"]
    assert (done.stdout.splitlines(), done.stderr) == (told, "")


def test_the_shell_ends_as_its_command_does(tmp_path: Path) -> None:
    """With its status; the machine stays."""
    assert typed(tmp_path, "exit 7").returncode == 7
    assert typed(tmp_path, "kill -9 $$").returncode == 137


def test_what_is_still_open_at_the_end_is_closed(tmp_path: Path) -> None:
    """By a program that goes on in the background, and where the server was killed: the module can be removed."""
    hold = f"""
        insmod {KO}
        (exec 3</dev/held0; echo >opened; exec sleep 30 >/dev/null 2>&1) &
        until rm opened; do :; done 2>/dev/null
    """
    assert typed(tmp_path, f"{hold}lsmod").stdout.splitlines()[1:] == ["open_files             16384  2"]
    assert typed(tmp_path, "rmmod open_files").returncode == 0
    typed(tmp_path, f"{hold}kill -9 $(pgrep -P $PPID | head -n 1); cat /proc/modules")
    assert typed(tmp_path, "rmmod open_files").returncode == 0


def test_rights_are_the_kernels(tmp_path: Path) -> None:
    """Root may not write what nobody may, nor read what can only be written."""
    ko = HERE / "ko/params_quiet.ko"
    script = f"""
        insmod {ko}
        cd /sys/module/params_quiet/parameters
        cat p_wo; echo 7 > p_int; cat p_int; echo 1 > /sys/module/params_quiet/refcnt; echo x > /proc/modules
    """
    done = typed(tmp_path, script)
    assert (done.stdout, done.stderr.count("ermission denied")) == ("7\n", 3)
