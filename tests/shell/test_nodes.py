"""Devices look like devices, whatever they are opened by."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from modtools.shell import fuse
from modtools.shell.fuse import Attributes
from modtools.shell.nodes import Nodes
from tests.shell.typed import typed
from tests.transcripts import HERE

pytest.importorskip("unicorn")


@pytest.mark.fuse
def test_a_device_looks_like_one(tmp_path: Path) -> None:
    """By its type and numbers, before, while and after it is open; who copies it copies the node, which is refused."""
    script = f"""
        export LC_ALL=C
        insmod {HERE}/ko/open_files.ko
        stat -c '%F %t %T %a' /dev/held0
        ls -l /dev/held9 | awk '{{ print $1, $5, $6 }}'
        find /dev -name 'held*' -type c | sort | wc -l
        exec 3</dev/held0; test -c /dev/held0 && head -c 3 <&3; test -c /dev/held0 && head -c 3 <&3; echo
        if command -v fuser >/dev/null; then fuser /dev/held0 2>/dev/null | grep -cw $$; else echo 1; fi
        test -f /dev/held0 || test -b /dev/held0 || echo neither; stat -c '%F %t %T' /dev/kmsg
        tar cf - -C /dev held0 | tar tvf - | cut -d ' ' -f 1; cp -a /dev/held0 copy; ls copy
        truncate -s 5 /dev/held0
    """
    done = typed(tmp_path, script)
    assert done.stdout == (
        "character special file f6 0 600\ncrw------- 246, 9\n4\n"
        "012345\n1\nneither\ncharacter special file 1 b\ncrw-------\n"
    )
    assert done.stderr.splitlines() == [
        "cp: cannot create special file 'copy': Operation not permitted",
        "ls: cannot access 'copy': No such file or directory",
        "truncate: failed to truncate '/dev/held0' at 5 bytes: Invalid argument",
    ]


WRITERS = """
import os, sys, threading, time
first, second = (os.open("/dev/waiting", os.O_RDWR) for _ in range(2))
os.write(first, b"12345678")
blocked = threading.Thread(target=os.write, args=(first, b"9"))
blocked.start()
time.sleep(0.5)
os.set_blocking(second, False)
try:
    os.write(second, b"x")
except BlockingIOError:
    print("not blocked")
print(os.read(second, 8))
blocked.join(5)
print(os.read(second, 8))
"""


@pytest.mark.fuse
def test_writers_of_one_device_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """While one is blocked in the driver, another one is answered by it."""
    (tmp_path / "writers.py").write_text(WRITERS)
    done = typed(tmp_path, f"insmod {HERE}/ko/waiting.ko; timeout 20 python3 writers.py")
    assert (done.stdout, done.stderr) == ("not blocked\nb'12345678'\nb'9'\n", "")


def test_nodes_are_forgotten() -> None:
    """Each one after as many answers as there were; who opens a device has a node alone, those who look share one."""
    nodes, device = Nodes(), Attributes(stat.S_IFCHR | 0o600)
    looked = [nodes.answer("/dev/x", device, opened=False) for _ in range(3)]
    opened = [nodes.answer("/dev/x", device._replace(mode=stat.S_IFREG), opened=True) for _ in range(2)]
    assert len({*looked}) == 1
    assert len({*looked, *opened}) == 3
    nodes.forget(looked[0], 2)
    assert nodes[looked[0]].path == "/dev/x"
    nodes.forget(looked[0], 1)
    with pytest.raises(KeyError):
        nodes[looked[0]]
    assert nodes.answer("/dev/x", device, opened=False) not in looked
    nodes.forget(fuse.ROOT, 100)
    assert nodes[fuse.ROOT].path == "/"
