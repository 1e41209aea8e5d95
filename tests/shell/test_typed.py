"""What learners type besides their own modules: each program tells of the machine, and none changes the host."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reference import RELEASE
from tests.shell.typed import typed
from tests.transcripts import HERE

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")

LESSONS = {
    "uname says what it is asked for, in the order of coreutils": (
        "uname; uname -r -s; uname -mrs; uname -sro; uname --kernel-release; uname -a | cut -d ' ' -f 1,3-5",
        f"Linux\nLinux {RELEASE}\nLinux {RELEASE} x86_64\nLinux {RELEASE} GNU/Linux\n{RELEASE}\n"
        f"Linux {RELEASE} #1 SMP\n",
    ),
    "programs are found by their full paths, too": (
        "for name in insmod rmmod lsmod modprobe depmod modinfo kmod uname dmesg; do "
        "path=$(PATH=/sbin:/bin:/usr/sbin:/usr/bin command -v $name || command -v $name); "
        "cmp -s $path $(command -v $name) && echo $name; done; "
        "$(PATH=/bin:/usr/bin command -v uname) -r",
        f"insmod\nrmmod\nlsmod\nmodprobe\ndepmod\nmodinfo\nkmod\nuname\ndmesg\n{RELEASE}\n",
    ),
    "nothing can be loaded into the host's kernel": (
        "sed -n 's/CapBnd:\t//p' /proc/self/status | python3 -c 'print(int(input(), 16) & 0x400430000)'",
        "0\n",
    ),
    "who writes to nobody ends as everywhere": (
        "cat /proc/kallsyms | head -n 1 | wc -l; exec 2>&1; sh -c 'yes; echo $? >&2' | :",
        "1\n141\n",
    ),
    "file systems are mounted as the machine has it": (
        "mount | grep ' /sys/kernel/debug ' | cut -d ' ' -f 3-5; sudo mount -t debugfs none /sys/kernel/debug; echo $?;"
        "umount /sys/kernel/debug; ls /sys/kernel/debug | wc -l; mount -t debugfs none /sys/kernel/debug; echo $?; "
        "mkdir here; mount -t tmpfs none here && umount here; mount | grep -c pymod-shell",
        "/sys/kernel/debug type debugfs\n32\n0\n0\n0\n",
    ),
    "switches are the machine's": (
        "cat /proc/sys/kernel/printk; sysctl kernel.printk; sudo sysctl -w kernel.printk=7; echo '6 5' > "
        "/proc/sys/kernel/printk; cat /proc/sys/kernel/printk; dmesg -n 3; dmesg -D; dmesg -E; sysctl -n kernel.printk",
        "4\t4\t1\t7\nkernel.printk = 4\t4\t1\t7\nkernel.printk = 7\n6\t5\t1\t7\n3\t5\t1\t7\n",
    ),
    "the log is the machine's": (
        "echo '<3>from a program' | sudo tee /dev/kmsg; dmesg -x | tail -n 1; journalctl -k | tail -n 1 | "
        "sed 's/.*: //'; dmesg --level=err -t; dmesg --facility=kern; sudo dmesg -C; dmesg; cat /dev/kmsg",
        "<3>from a program\nuser  :err   : [    0.000000] from a program\nfrom a program\nfrom a program\n",
    ),
    "root is who is in the shell": (
        "sudo id -u; sudo -u root A=b sh -c 'echo $A'; su -c 'id -u'; su - root -c 'echo $0' >/dev/null && "
        "sudo su -c 'echo su'",
        "0\nb\n0\nsu\n",
    ),
    "a tree is told of by its usual path": (
        "modprobe nothing 2>&1; ls -d /lib/modules/$(uname -r)/modules.order /etc/modules-load.d; pymod root",
        f"modprobe: FATAL: Module nothing not found in directory /lib/modules/{RELEASE}\n"
        f"/etc/modules-load.d\n/lib/modules/{RELEASE}/modules.order\n/\n",
    ),
    "nodes come and go by hand": (
        "insmod open_files.ko; sudo chmod 666 /dev/held0; stat -c %a /dev/held0; sudo mknod -m 622 /dev/mine c 246 0; "
        "head -c 3 /dev/mine; stat -c ' %a' /dev/mine; sudo rm /dev/held0 /dev/mine; ls /dev/held0 /dev/mine 2>&1; "
        "mknod here c 246 0; head -c 4 here; ln -s held9 /dev/link; readlink /dev/link; "
        "rm /sys/module/open_files/refcnt; "
        "chmod 600 /sys/module/open_files/refcnt; stat -c ' %a' /sys/module/open_files/refcnt",
        "666\n012 622\nls: cannot access '/dev/held0': No such file or directory\n"
        "ls: cannot access '/dev/mine': No such file or directory\n0123held9\n 600\n",
    ),
    "requests that Linux answers for files reach a driver, and flags of a synchronous file": (
        "insmod open_files.ko; export request; for request in 1 2 0x541B; do python3 -c 'import fcntl, os\n"
        'fcntl.ioctl(os.open("/dev/held0", os.O_RDWR | os.O_SYNC), int(os.environ["request"], 0), 0)\' 2>/dev/null; '
        "done; dmesg -t | grep -E '^(open .*:|ioctl)' | cut -d ' ' -f 1-6",
        "open 246:0 flags 04110002 mode 0x1f\nioctl type 0x0 nr 1 size\nopen 246:0 flags 04110002 mode 0x1f\n"
        "ioctl type 0x0 nr 2 size\nopen 246:0 flags 04110002 mode 0x1f\nioctl type 0x54 nr 27 size\n",
    ),
    "who sleeps lets the machine's time pass, whatever files of drivers are open": (
        "insmod signaller.ko; trap '' USR1; exec 3>/dev/signaller; echo $$ 10 later >&3; dmesg -t | tail -n 1; "
        "(sleep 0.3s >/dev/signaller; sleep 0 </dev/signaller; sleep) 2>/dev/null; dmesg -t | tail -n 1",
        "signaller: sh, itself 1\nsignaller: signal 10 sent: 0\n",
    ),
    "the host stays as it is": (
        "echo x > /sys/power/pm_async; echo h > /proc/sysrq-trigger; echo 1 > /proc/sys/vm/swappiness; "
        "ls /dev/mem /dev/fuse",
        "",
    ),
}


@pytest.mark.parametrize("lesson", LESSONS)
def test_it_is_typed_as_it_stands(lesson: str, tmp_path: Path) -> None:
    """And answers as on Linux."""
    script, told = LESSONS[lesson]
    done = typed(tmp_path, f"export LC_ALL=C; cp {HERE}/ko/open_files.ko {HERE}/ko/signaller.ko .\n{script}")
    assert done.stdout == told, done.stderr
