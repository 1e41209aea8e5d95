"""The lines of the log around an oops and a warning, as each kernel words them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modtools import causes
from modtools.errors import Cause, Killed
from modtools.kernel.files.paths import lookup
from modtools.kernel.identity import build_options
from modtools.kernel.log import raw_lines
from modtools.kernel.oops import build, die, page_fault, process, warn
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint, spelled_out
from modtools.store import Store


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """The built-in kernel, tainted by a module from elsewhere and without a signature."""
    kernel = Store(tmp_path / "state.json").default()
    kernel.add_taint(Taint.OOT_MODULE)
    kernel.add_taint(Taint.UNSIGNED_MODULE)
    return kernel


def of(kernel: Kernel, release: str, vermagic: str = "") -> Kernel:
    """The same kernel, of another release and with another vermagic."""
    kernel.identity = kernel.identity._replace(release=release, vermagic=vermagic)
    return kernel


LETTERS = "Comm: insmod Tainted: G OE"
NAMES = "Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE"


@pytest.mark.parametrize(
    ("release", "user", "names"),
    [("6.1.5", "", []), ("6.10.9", "", []), ("6.11", "UID: 0 ", [NAMES]), ("7.2", "UID: 0 ", [NAMES])],
)
def test_who_it_was(kernel: Kernel, release: str, user: str, names: list[str]) -> None:
    """Since 6.11 the user is told, and the taints by their names; no names without a taint."""
    head, *rest = process(of(kernel, release))
    assert re.sub(" +", " ", head).startswith(f"CPU: 0 {user}PID: 88 {LETTERS} {release} #1")
    assert rest == names
    kernel.taint = 0
    assert process(kernel)[0].startswith(f"CPU: 0 {user}PID: 88 Comm: insmod Not tainted {release} #1")
    assert len(process(kernel)) == 1


def test_many_taints_are_cut_where_the_buffer_ends(kernel: Kernel) -> None:
    """All taints of 6.12 together are longer than the table of them, which is how large its buffer is."""
    kernel.taint = (1 << len(Taint)) - 1
    whole = spelled_out(kernel.taint)
    assert process(of(kernel, "6.12.118"))[1] == whole[:303]
    assert process(of(kernel, "7.1"))[1] == whole
    assert len(whole) > 303


@pytest.mark.parametrize(
    ("release", "vermagic", "line"),
    [
        ("6.1.5", "6.1.5 SMP preempt mod_unload ", "Oops: 0002 [#3] PREEMPT SMP NOPTI"),
        ("6.1.5", "6.1.5 mod_unload ", "Oops: 0002 [#3] NOPTI"),
        ("6.10.1", "6.10.1 SMP preempt ", "Oops: Oops: 0002 [#3] PREEMPT SMP NOPTI"),
        ("6.15", "6.15 SMP preempt ", "Oops: Oops: 0002 [#3] SMP NOPTI"),
    ],
)
def test_the_first_line_of_an_oops(kernel: Kernel, release: str, vermagic: str, line: str) -> None:
    """It depends on what the kernel was built with, and by which version."""
    assert die(of(kernel, release, vermagic), "Oops", 2, 3) == line


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("Linux version 6.1 (x) (gcc) #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-21)", "#1  Debian 6.1.192-2"),
        ("Linux version 7.2.1 (x@y) (gcc) #2-x SMP Mon Nov  2 10:00:00 UTC 2026", "#2-x"),
        ("", ""),
    ],
)
def test_which_build_it_was(kernel: Kernel, version: str, told: str) -> None:
    """The number of the build, and with Debian's the version of the package."""
    kernel.identity = kernel.identity._replace(version=version)
    assert build(kernel) == told


@pytest.mark.parametrize(
    ("options", "cmdline", "told"),
    [
        ("PREEMPT_BUILD PREEMPT_VOLUNTARY PREEMPT_DYNAMIC", "quiet", "PREEMPT(voluntary)"),
        ("PREEMPT_BUILD PREEMPT_LAZY PREEMPT_DYNAMIC", "", "PREEMPT(lazy)"),
        ("PREEMPT_BUILD PREEMPT_LAZY PREEMPT_DYNAMIC", "preempt=full quiet preempt=odd", "PREEMPT(full)"),
        ("PREEMPT_BUILD PREEMPT_NONE PREEMPT_DYNAMIC", "", "PREEMPT(none)"),
        ("PREEMPT_BUILD PREEMPT", "preempt=none", "PREEMPT"),
        ("PREEMPT_BUILD PREEMPT_LAZY", "", "PREEMPTLAZY"),
        ("PREEMPT_BUILD PREEMPT PREEMPT_DYNAMIC PREEMPT_RT", "", "PREEMPT_{RT,(full)}"),
        ("PREEMPT_BUILD PREEMPT_LAZY PREEMPT_RT", "", "PREEMPT_{RT,LAZY}"),
        ("PREEMPT_BUILD PREEMPT PREEMPT_RT", "", "PREEMPT_RT"),
        ("PREEMPT_VOLUNTARY_BUILD PREEMPT_VOLUNTARY", "", "VOLUNTARY"),
        ("PREEMPT_NONE_BUILD PREEMPT_NONE", "preempt=full", "NONE"),
        ("SMP", "preempt=full", ""),
    ],
)
def test_how_it_can_be_preempted_is_told_since_6_15(kernel: Kernel, options: str, cmdline: str, told: str) -> None:
    """By the build options, and where these let it, by the command line; before, and where they are not known, not."""
    config = build_options(dict.fromkeys(options.split(), "y"))
    kernel.identity = kernel.identity._replace(config=config, cmdline=cmdline)
    before, after = process(of(kernel, "6.14"))[0], process(of(kernel, "6.15"))[0]
    assert before.endswith("6.14 #1  Debian 6.1.192-2")
    assert after.endswith(f"6.15 #1 {told}  Debian 6.1.192-2" if told else "6.15 #1  Debian 6.1.192-2")


@pytest.mark.parametrize(("release", "bits"), [("5.10.1", 18), ("6.1.5", 19), ("6.14", 19), ("6.15", 20)])
def test_how_many_taints_there_are(kernel: Kernel, release: str, bits: int) -> None:
    """An oops has a letter or a blank for each, and no other bit is set, whoever writes it (`proc-switches.t`)."""
    (head, *_) = process(of(kernel, release))
    assert head.partition("Tainted: ")[2].partition(release)[0] == "G           OE".ljust(bits) + " "
    tainted = lookup(kernel, "/proc/sys/kernel/tainted")
    tainted.write(str(1 << bits | 1 << bits - 1).encode())
    assert kernel.taint == 1 << bits - 1 | 1 << Taint.OOT_MODULE | 1 << Taint.UNSIGNED_MODULE


@pytest.mark.parametrize(
    ("address", "write", "first", "access", "code"),
    [
        (0, False, "kernel NULL pointer dereference, address", "read", 0),
        (4095, True, "kernel NULL pointer dereference, address", "write", 2),
        (4096, False, "unable to handle page fault for address", "read", 0),
        (0xFFFFFFFFC0201000, True, "unable to handle page fault for address", "write", 2),
    ],
)
def test_a_page_fault_of_x86_64(kernel: Kernel, address: int, write: bool, first: str, access: str, code: int) -> None:
    """As the recorded defects have it, registers and trace left out: in the first page a pointer was NULL."""
    before = len(kernel.log.records)
    killed = page_fault(kernel, address, write=write, program="modprobe")
    assert (type(killed), killed.args) == (Killed, (Cause(causes.PAGE_FAULT, hex(address)),))
    lines = list(raw_lines(kernel.log.records[before:]))
    assert [re.sub(" +", " ", line) for line in lines] == [
        f"<1>BUG: {first}: {address:016x}",
        f"<1>#PF: supervisor {access} access in kernel mode",
        f"<1>#PF: error_code(0x{code:04x}) - not-present page",
        f"<4>Oops: {code:04x} [#1] PREEMPT SMP NOPTI",
        f"<4>CPU: 0 PID: 88 Comm: insmod Tainted: G OE {kernel.identity.release} #1 Debian 6.1.192-2",
        "<4>---[ end trace 0000000000000000 ]---",
        "<6>note: modprobe[88] exited with irqs disabled",
    ]
    assert kernel.tainted(Taint.DIE)


def test_a_warning(kernel: Kernel) -> None:
    """Where it comes from, what it says, and who ran into it; the kernel is tainted from then on, and not before."""
    before = len(kernel.log.records)
    warn(kernel, "sysfs: cannot do that", "fs/sysfs/dir.c:31 sysfs_warn_dup+0x56/0x80")
    assert [re.sub(" +", " ", line) for line in raw_lines(kernel.log.records[before:])] == [
        "<4>------------[ cut here ]------------",
        "<4>sysfs: cannot do that",
        "<4>WARNING: CPU: 0 PID: 88 at fs/sysfs/dir.c:31 sysfs_warn_dup+0x56/0x80",
        f"<4>CPU: 0 PID: 88 Comm: insmod Tainted: G OE {kernel.identity.release} #1 Debian 6.1.192-2",
        "<4>---[ end trace 0000000000000000 ]---",
    ]
    assert kernel.tainted(Taint.WARN)


@pytest.fixture
def arm64(tmp_path: Path) -> Kernel:
    """Debian 13's kernel for arm64."""
    return Store(tmp_path / "arm64.json").of_profile("debian-13-arm64")


KERNEL_END = 0xFFFF800082510000


@pytest.mark.parametrize(
    ("address", "write", "what", "syndrome", "level"),
    [
        (0, True, "NULL pointer dereference", 0x44, 0),
        (0xFFFF80007A552978, False, "paging request", 7, 3),
        (KERNEL_END + (1 << 29), False, "paging request", 6, 2),
        (KERNEL_END + (1 << 38), True, "paging request", 0x45, 1),
        (0xFFFF000000000000, False, "paging request", 4, 0),
    ],
)
def test_a_page_fault_of_arm64(arm64: Kernel, address: int, write: bool, what: str, syndrome: int, level: int) -> None:
    """As it was recorded, registers and trace left out; the level is that of the first table without an entry."""
    killed = page_fault(arm64, address, write=write)
    assert killed.signal == "SIGSEGV"
    lines = list(raw_lines(arm64.log.readable()))
    assert lines[:12] == [
        f"<1>Unable to handle kernel {what} at virtual address {address:016x}",
        "<1>Mem abort info:",
        f"<1>  ESR = 0x00000000960000{syndrome:02x}",
        "<1>  EC = 0x25: DABT (current EL), IL = 32 bits",
        "<1>  SET = 0, FnV = 0",
        "<1>  EA = 0, S1PTW = 0",
        f"<1>  FSC = 0x{syndrome & 0x3F:02x}: level {level} translation fault",
        "<1>Data abort info:",
        f"<1>  ISV = 0, ISS = 0x000000{syndrome:02x}, ISS2 = 0x00000000",
        f"<1>  CM = 0, WnR = {write:d}, TnD = 0, TagAccess = 0",
        "<1>  GCS = 0, Overlay = 0, DirtyBit = 0, Xs = 0",
        f"<0>Internal error: Oops: 00000000960000{syndrome:02x} [#1] SMP",
    ]
    assert "<4>---[ end trace 0000000000000000 ]---" in lines
    assert not [line for line in lines if "irqs disabled" in line or "BUG" in line]
    assert arm64.tainted(Taint.DIE)
