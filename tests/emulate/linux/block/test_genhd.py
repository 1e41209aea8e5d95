"""Disks that modules make are read and written by their own functions, as recorded on Debian's kernel."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.block import bio, blk_mq
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import new
from modtools.errors import KernelError
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ENOENT, ENOSPC
from modtools.store import Store
from tests.emulated import noting
from tests.reference import CHECKOUT

pytest.importorskip("unicorn")

DISKS = CHECKOUT / "tests/transcripts/ko/blk_mod.ko"
LINE = b"." * 63 + b"\n"


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """A kernel just booted, whose modules run in this process."""
    fresh = Store(tmp_path / "state.json").default()
    fresh.runner = EmulatedRunner(fresh, isolated=False)
    return fresh


def load(kernel: Kernel, words: str = "") -> None:
    """Insert the module with two disks."""
    insert(kernel, DISKS.read_bytes(), words, path=str(DISKS))
    told(kernel)


def told(kernel: Kernel) -> list[str]:
    """What the module has logged since the last time."""
    lines = [str(record.text).rstrip() for record in kernel.log.records]
    kernel.log.records.clear()
    return [line.removeprefix("blk_mod: ") for line in lines if line.startswith("blk_mod: ")]


def test_a_disk_with_a_queue_of_requests(kernel: Kernel) -> None:
    """A part of a page is read before it is written; what was written is there."""
    load(kernel)
    assert lookup(kernel, "/dev/mqdisk").mode == stat.S_IFBLK | 0o600
    lookup(kernel, "/dev/mqdisk").write(b"hello disk\n")
    before = ["open mqdisk 2", "read of 4096 bytes at sector 0", "more: 0", "write of 4096 bytes at sector 0"]
    assert told(kernel) == [*before, "release mqdisk"]
    assert lookup(kernel, "/dev/mqdisk").read() == b"hello disk\n" + LINE[11:] + 63 * LINE
    assert told(kernel) == ["open mqdisk 1", "read of 4096 bytes at sector 0", "more: 0", "release mqdisk"]
    with pytest.raises(KernelError) as caught:
        lookup(kernel, "/dev/mqdisk").write(bytes(4097))
    assert caught.value.errno == ENOSPC


def test_a_disk_with_bios(kernel: Kernel) -> None:
    """A driver that takes bios gets the same pieces."""
    load(kernel)
    lookup(kernel, "/dev/biodisk").write(b"hello bio\n")
    assert told(kernel) == ["bio read of 4096 bytes at sector 0", "bio write of 4096 bytes at sector 0"]
    assert lookup(kernel, "/dev/biodisk").read().startswith(b"hello bio\n...")


def test_requests_that_the_driver_completes(kernel: Kernel) -> None:
    """What is done is told by the driver's complete(); the disk goes with the module."""
    load(kernel, "sectors=16 loud=2")
    assert len(lookup(kernel, "/dev/mqdisk").read()) == 16 * 512
    assert told(kernel) == ["open mqdisk 1", "read of 8192 bytes at sector 0", "complete", "release mqdisk"]
    delete(kernel, "blk_mod")
    with pytest.raises(KernelError) as caught:
        lookup(kernel, "/dev/mqdisk")
    assert caught.value.errno == ENOENT


def test_what_is_done_has_a_status(guest: Guest) -> None:
    """Requests and bios end with what their driver says of them; complete() is the driver's own."""
    request, done = new(guest, "request"), new(guest, "bio")
    tags, queue, operations = new(guest, "blk_mq_tag_set"), new(guest, "request_queue"), new(guest, "blk_mq_ops")
    request.q, queue.tag_set, tags.ops = queue.address(), tags.address(), operations.address()
    blk_mq.blk_mq_start_request(guest, request.address())
    assert request.state == 1
    assert not blk_mq.blk_update_request(guest, request.address(), 0, 4096)
    blk_mq.blk_mq_end_request(guest, request.address(), 3)
    operations.complete, calls = noting(guest)
    blk_mq.blk_mq_complete_request(guest, request.address())
    assert calls()[0][0] == request.address()
    done.bi_status = 10
    bio.bio_endio(guest, done.address())
    assert guest.table("ended") == {request.address(): 3, done.address(): 10}
    assert find("__blk_mq_end_request") is not None
