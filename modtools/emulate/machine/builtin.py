"""What the kernel has of its own, whatever machine it runs on, on buses and in lists that modules attach to.

Debian's kernels, as they are built. What is the machine's is in `modtools.profiles.hardware`: a driver that would be
given a device of it stops the run, because the device itself is not emulated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from modtools.emulate.objects import busfiles, drivers
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import layout, size_of, view
from modtools.light import NamedTuple
from modtools.names import Version, version_of

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SERIO_TAKEN = frozenset((6,))
"""Types of serio ports that have a driver: the keyboard's."""
BLOCK_MAJORS = {259: "blkext"}
"""Majors of block devices in /proc/devices after boot."""
MISC_HPET = 228
INTERRUPTS = range(16)
"""Interrupts that there are without a device that brings its own."""


class Taken(NamedTuple):
    """A handler that the kernel itself has added to an interrupt: its flags and its name.

    `vector` is the interrupt's, `came` how often it came during boot.
    """

    flags: int
    name: str
    vector: int
    came: int = 0


_INTERRUPTS = {  # without what request_irq() adds by itself
    0: Taken(0x15A00, "timer", 0x20),
    1: Taken(0x80, "i8042", 0x23, 9),
    4: Taken(0, "ttyS0", 0x25),
    8: Taken(0, "rtc0", 0x24, 1),
    9: Taken(0x80, "acpi", 0x21),
    12: Taken(0x80, "i8042", 0x22, 3),
}
"""Interrupts with a handler after boot."""

_CACHES = {
    "": """
        24 lsm_file_cache, 32 lsm_inode_cache, 48 shared_policy_node, 56 ftrace_event_field, 64 vmap_area,
        72 Acpi-Operand, 80 Acpi-State, 88 kernfs_iattrs_cache, 96 trace_event_file, 112 khugepaged_mm_slot,
        128 kernfs_node_cache, 184 ip6-frags, 192 skbuff_ext_cache, 200 ip4-frags, 216 file_lock_cache,
        256 maple_node, 272 numa_policy, 320 xfrm_dst_cache, 416 taskstats, 512 skbuff_fclone_cache, 576 kioctx,
        640 task_group, 768 xfrm_state, 968 request_queue, 1024 biovec-64, 1088 dmaengine-unmap-128,
        1232 perf_event, 1360 request_queue_srcu, 2048 biovec-128, 2112 dmaengine-unmap-256, 4096 biovec-max
    """,
    "A": """
        16 ep_head, 32 dnotify_struct, 40 pde_opener, 48 ip_fib_trie, 56 ip_fib_alias, 64 anon_vma_chain,
        72 nsproxy, 80 sigqueue, 120 seq_file, 128 pid, 136 pid_namespace, 152 vm_area_struct, 192 cred_jar,
        256 filp, 320 mnt_cache, 624 user_namespace, 704 files_cache, 1024 PING, 1152 signal_cache, 1216 PINGv6,
        1344 UDPv6, 4480 net_namespace
    """,
    "a": """
        104 buffer_head, 128 fscrypt_info, 256 dquot
    """,
}
"""Caches of objects that others are merged with, by the letters and the size that their folder in /sys/kernel/slab is
named after (`mm/slub.c: create_unique_id()`): sizes in bytes with the name of the first one. As Debian's 6.1 has them
after its boot.
"""
_CACHES_6_12 = {
    "": """
        24 fsnotify_mark_connector, 40 khugepaged_mm_slot, 48 Acpi-Namespace, 56 ftrace_event_field,
        64 dmaengine-unmap-2, 72 vmap_area, 80 Acpi-State, 88 lsm_inode_cache, 96 trace_event_file, 128 backing_aio,
        136 kernfs_node_cache, 152 fuse_request, 160 file_lease_cache, 184 ip6-frags, 192 file_lock_cache,
        200 ip4-frags, 256 maple_node, 320 xfrm_dst, 432 taskstats, 512 pool_workqueue, 576 kioctx, 640 task_group,
        832 xfrm_state, 968 request_queue, 1024 iommu_iova_magazine, 1088 dmaengine-unmap-128, 1312 perf_event,
        2048 biovec-128, 2112 dmaengine-unmap-256, 4096 biovec-max
    """,
    "A": """
        24 ep_head, 32 dnotify_struct, 40 vma_lock, 48 shared_policy_node, 56 ip_fib_alias, 64 anon_vma_chain,
        72 nsproxy, 80 sigqueue, 120 seq_file, 128 pid, 144 task_delay_info, 176 vm_area_struct, 192 cred,
        256 posix_timers_cache, 272 numa_policy, 384 mnt_cache, 616 user_namespace, 704 files_cache, 1024 PING,
        1152 signal_cache, 1216 PINGv6, 1344 UDPv6, 4736 net_namespace
    """,
    "a": """
        104 buffer_head, 120 fscrypt_inode_info, 256 dquot
    """,
}
"""The same of Debian's 6.12."""


def _caches(table: Mapping[str, str]) -> Mapping[tuple[str, int], str]:
    found = {}
    for letters, text in table.items():
        for entry in text.split(","):
            size, name = entry.split()
            found[letters, int(size)] = name
    return found


PROC = frozenset(
    "acpi buddyinfo bus cgroups cmdline consoles cpuinfo crypto devices diskstats dma driver dynamic_debug execdomains "
    "fb filesystems fs interrupts iomem ioports irq kallsyms kcore key-users keys kmsg kpagecgroup kpagecount "
    "kpageflags loadavg locks meminfo misc modules mounts mtrr net pagetypeinfo partitions pressure schedstat slabinfo "
    "softirqs stat swaps sys sysrq-trigger sysvipc timer_list tty uptime version vmallocinfo vmstat zoneinfo".split()
)
"""Entries of /proc after boot; `self` and `thread-self` are none, but names that the file system has of its own."""

_ALGORITHMS = (
    "aes aes-generic cbc(aes) cbc(aes-generic) cipher_null cipher_null-generic compress_null compress_null-generic "
    "deflate deflate-generic deflate-scomp dh dh-generic ecb(cipher_null) ecb-cipher_null lzo lzo-generic lzo-rle "
    "lzo-rle-generic lzo-rle-scomp lzo-scomp pkcs1pad(rsa,sha256) pkcs1pad(rsa-generic,sha256) rsa rsa-generic "
    "zlib-deflate zlib-deflate-scomp"
)
_HASHES = (
    "digest_null digest_null-generic hmac(sha1) hmac(sha1-generic) hmac(sha256) hmac(sha256-generic) md5 md5-generic "
    "sha1 sha1-generic sha224 sha224-generic sha256 sha256-generic"
)
ALGORITHMS: Mapping[str, Mapping[str, bool]] = {
    "6.1.0-56-amd64": dict.fromkeys(_ALGORITHMS.split(), False) | dict.fromkeys(_HASHES.split(), True)
}
"""By release: the algorithms of /proc/crypto after boot by name and driver's name, and whether each is a hash."""


class Builtin(NamedTuple):
    """What a kernel has registered when no module is loaded yet.

    `majors` are those of character devices with the names of their ranges, as /proc/devices has them, `misc` the minors
    of miscellaneous devices with their names, the newest last ("": a name that is not known), that of the HPET for
    machines that have one, `free_misc` those that are given out, in this order. `platform` names platform devices that
    stand for no hardware, `input_numbers` is how many numbers of input devices were given to such as are gone,
    `interrupts` are those with a handler of its own. `reserved` is how many bytes of memory the kernel has taken for
    itself. `caches` are the caches of objects that others are merged with, by letters and size. `proc` are the entries
    of /proc.
    """

    majors: Mapping[int, Sequence[str]]
    misc: Mapping[int, str]
    free_misc: range
    platform: frozenset[str]
    input_numbers: int = 0
    interrupts: Mapping[int, Taken] = _INTERRUPTS
    reserved: int = 62 << 20
    caches: Mapping[tuple[str, int], str] = MappingProxyType({})
    proc: frozenset[str] = PROC


_MAJORS: Mapping[int, Sequence[str]] = {
    1: ("mem",), 4: ("/dev/vc/0", "tty", "ttyS"), 5: ("/dev/tty", "/dev/console", "/dev/ptmx"), 7: ("vcs",),
    10: ("misc",), 13: ("input",), 29: ("fb",), 128: ("ptm",), 136: ("pts",), 153: ("spi",), 247: ("cxl",),
    248: ("bsg",), 249: ("ptp",), 250: ("pps",), 251: ("rtc",), 252: ("dax",), 253: ("tpm",), 254: ("gpiochip",),
}  # fmt: skip
_MISC = {
    127: "vga_arbiter", 183: "hw_random", 231: "snapshot", 126: "userfaultfd", MISC_HPET: "hpet", 1: "psaux",
    125: "cpu_dma_latency",
}  # fmt: skip
_MAJORS_6_12: Mapping[int, Sequence[str]] = {
    **{major: names for major, names in _MAJORS.items() if major < 240},
    246: ("bsg",), 247: ("ptp",), 248: ("pps",), 249: ("rtc",), 250: ("cxl",), 251: ("dma_heap",), 252: ("dax",),
    253: ("tpm",), 254: ("gpiochip",),
}  # fmt: skip
_MISC_6_12 = {
    256: "vga_arbiter", 183: "hw_random", 231: "snapshot", 257: "userfaultfd", 229: "fuse", MISC_HPET: "hpet",
    258: "udmabuf", 1: "psaux", 259: "cpu_dma_latency",
}  # fmt: skip
_BUILTIN: Mapping[Version, Builtin] = {
    (6, 1): Builtin(
        _MAJORS,
        _MISC,
        range(127, -1, -1),
        frozenset("serial8250 reg-dummy alarmtimer microcode".split()),
        input_numbers=1,
        caches=_caches(_CACHES),
    ),
    (6, 12): Builtin(
        _MAJORS_6_12,
        _MISC_6_12,
        range(256, 1 << 20),
        frozenset("serial8250 reg-dummy alarmtimer vga-framebuffer".split()),
        interrupts=_INTERRUPTS | {9: Taken(0x2080, "acpi", 0x21)},  # drivers/acpi/osl.c has it threaded
        reserved=19108 << 12,
        caches=_caches(_CACHES_6_12),
    ),
}
"""By the version of Linux; as seen in Debian's kernels after boot."""


def builtin(guest: Guest) -> Builtin:
    """Return what a kernel has: that of the newest one that was looked at and is not newer."""
    version = version_of(guest.profile.release)
    return _BUILTIN[max((known for known in _BUILTIN if known <= version), default=min(_BUILTIN))]


def fill_bus(guest: Guest, address: int, name: str, match: str = "") -> None:
    """Fill a `struct bus_type` that is built into the kernel, and enter it among the buses."""
    row = view(guest, "bus_type", address)
    row.name = guest.new_text(name.encode())
    if match:
        row.match = guest.address_of(match)
    busfiles.add_bus(guest, address, name.encode())


def register(guest: Guest, driver: int, bus: str, owner: int = 0, name: int = 0) -> int:
    """Register a driver of a built-in bus, with `name` if it has none yet; return 0 or an error."""
    row = view(guest, "device_driver", driver)
    row.bus = guest.address_of(bus)
    row.owner = owner or row.owner
    row.name = name or row.name
    return drivers.register(guest, driver)


def ids(guest: Guest, table: int, kind: str, field: str) -> Iterator[str]:
    """Yield the text in a field of each entry of a table, up to an empty one. `kind` is the structure of an entry."""
    offset, length, *_ = layout(guest, kind).fields[field]
    while table and (text := guest.text(table + offset, length)):
        yield text
        table += size_of(guest, kind)


def check_acpi(guest: Guest, table: int) -> None:
    """Stop the run for a table of `struct acpi_device_id` that names a device of the machine."""
    for text in ids(guest, table, "acpi_device_id", "id"):
        if text in guest.hardware.acpi:
            raise Needs(f"the ACPI device {text}")
