"""Kernels after 6.12: their code and per-cpu variables lie elsewhere, structures and functions have other names."""

from __future__ import annotations

import json
import stat
from typing import Any

import pytest

from modtools import profiles
from modtools.emulate.cpu.x86_64.branches import trampoline
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import core
from modtools.emulate.linux.fs import dcache as fs_dcache
from modtools.emulate.linux.kernel.static_call_inline import static_call_update
from modtools.emulate.memory import address_space
from modtools.emulate.objects import dcache, locks
from modtools.emulate.stops import Needs
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.percpu import STACK_CANARY
from modtools.emulate.symbols.structs import new, view
from modtools.profiles import Extent, exports
from modtools.profiles.exports import ExportedSymbol
from modtools.profiles.structures import Structures, UnknownLayout
from tests.emulated import boot_altered, boot_profile, code

HOME, OTHER = profiles.load("debian-12"), profiles.load("debian-13")
START, END = 0xFFFFFFFF83CC4000, 0xFFFFFFFF83CFA000
"""Of the per-cpu variables of Debian's 7.3.4+deb13-cloud-amd64."""
TEXT_END = 0xFFFFFFFF82200000
THUNK = 0xFFFFFFFF821671B0
"""Where that kernel's code ends, and where `__x86_return_thunk` is."""
GUARD = START + 0x18000


def moved(symbol: ExportedSymbol) -> ExportedSymbol:
    """A symbol of 6.12, where a kernel like 7.3 may have it."""
    if symbol.name == "__x86_return_thunk":
        return symbol._replace(address=THUNK)
    per_cpu = symbol.address is not None and symbol.address < END - START
    return symbol._replace(address=START + symbol.address) if per_cpu and symbol.address is not None else symbol


def later(**structures: list[Any] | None) -> Guest:
    """A kernel like 7.3, whose code can be run by what is known of 6.12; with other layouts, None for none."""
    rows = [json.loads(line) for line in (OTHER.files.read("structs.jsonl") or b"").decode().splitlines()]
    lines = [json.dumps([name, *(structures.get(name) or rest)]) for name, *rest in rows if structures.get(name, rest)]
    guard = next(iter(OTHER.exports))._replace(name="__ref_stack_chk_guard", address=GUARD)
    symbols = sorted((*map(moved, OTHER.exports), guard), key=lambda symbol: symbol.name)
    extent = Extent(address_space.TEXT, 0xFFFFFFFF84230000, TEXT_END, START, END)
    return boot_altered("debian-13", memory=extent, exports=exports.encode(symbols), structures="\n".join(lines) + "\n")


def read_per_cpu(guest: Guest, pointer: int) -> int:
    """What code reads at a per-cpu pointer: mov rax, gs:[pointer]; ret."""
    low = (pointer & 0xFFFFFFFF).to_bytes(4, "little").hex()
    return guest.call(code(guest, f"65488b0425{low}c3"))


@pytest.mark.parametrize("name", ["this_cpu_off", "__ref_stack_chk_guard"])
def test_per_cpu_variables_may_lie_among_other_data(name: str) -> None:
    """A relocation gets the address that the linker chose, and code finds the processor's copy by it."""
    guest = later()
    pointer = guest.address_of(name)
    symbol = guest.kernel.symbols.get(name)
    assert symbol is not None
    assert pointer == symbol.address
    assert START <= pointer < END
    told = {"this_cpu_off": guest.per_cpu.offset, "__ref_stack_chk_guard": STACK_CANARY}
    assert read_per_cpu(guest, pointer) == told[name]
    assert guest.per_cpu.pointer(guest.per_cpu.here(pointer)) == pointer


def test_per_cpu_variables_that_were_linked_to_zero() -> None:
    """As before 6.15: what is added is where the area lies, and the guard of the stacks is at a fixed place of it."""
    guest = boot_profile("debian-13")
    assert guest.per_cpu.offset == address_space.PER_CPU
    assert read_per_cpu(guest, guest.address_of("this_cpu_off")) == address_space.PER_CPU
    assert read_per_cpu(guest, 0x28) == STACK_CANARY


def test_code_of_the_kernel_ends_where_its_symbols_say() -> None:
    """movabs rax, THUNK; jmp rax: code behind what older kernels have is reached as well."""
    guest = later()
    place = guest.address_of("__x86_return_thunk")
    assert place == THUNK > address_space.TEXT_END
    guest.call(code(guest, f"48b8{place.to_bytes(8, 'little').hex()}ffe0"))


def test_a_variable_that_needs_one_which_cannot_be_made() -> None:
    """Both are named when they are used, and nothing oopses while a module is linked."""
    guest = later(net=None)
    for name in ("init_net", "net_namespace_list"):
        assert guest.addresses.slot_name(guest.address_of(name)) == name


def test_locks_whose_waiters_are_a_ring_without_a_head() -> None:
    """As in 7.3: a free one is all zeros."""
    guest = later(mutex=[24, {"owner": [0, 8, "s"], "first_waiter": [16, 8, "u"]}])
    place = guest.heap.kmalloc(64)
    guest.memory.write(place, b"\xff" * 64)
    locks.init_mutex(guest, place)
    assert guest.memory.read(place, 32) == bytes(24) + b"\xff" * 8


RENAMED = Structures(
    """["mempool", 8, {"min_nr": [4, 4, "s"]}]
["dentry", 8, {"d_shortname": [0, 8, ""]}]
["net", 8, {"x": [0, 8, "u"]}]
"""
)


def test_structures_and_fields_with_another_name() -> None:
    """They are found by the name that 6.12 has for them, but for `has`, which tells what this kernel calls them."""
    assert RENAMED.offset_of("mempool_s", "min_nr") == 4
    assert RENAMED.has("mempool_s")
    assert RENAMED.layout("dentry").fields["d_iname"] == [0, 8, ""]
    assert not RENAMED.has("dentry", "d_iname")
    for name, field in (("dentry", "d_sib"), ("net", "ns"), ("mempool_s", "lock"), ("qstr", "name")):
        with pytest.raises(UnknownLayout, match=f"struct {name}"):
            RENAMED.offset_of(name, field)


FLAGS = {"DCACHE_ENTRY_TYPE": 0x380000, "DCACHE_PERSISTENT": 1 << 27}
"""Members of an enum of 7.3, by their BTF."""


def test_flags_of_dentries_are_those_of_the_kernel() -> None:
    """Where they are an enum, its members count: a folder is number 2 of the types, wherever these stand."""
    known = OTHER.structures.constants
    guest = later(enum=[0, {**known, **FLAGS}])
    for where, shift in ((guest, 19), (boot_profile("debian-13"), 20)):
        dentry, inode = new(where, "dentry"), new(where, "inode")
        inode.i_mode, inode.i_op = stat.S_IFDIR, new(where, "inode_operations").address()
        view(where, "inode_operations", inode.i_op).lookup = 1
        dcache.instantiate(where, dentry.address(), inode.address())
        assert dentry.d_flags == 2 << shift


def test_flags_of_devices_are_a_bitmap() -> None:
    """Where they are no bits of their own, by the number that the kernel gives each."""
    size, fields = OTHER.structures.layout("device")
    fewer = {name: where for name, where in fields.items() if name != "of_node_reused"}
    numbers = {**OTHER.structures.constants, "DEV_FLAG_OF_NODE_REUSED": 7}
    guest = later(device=[size + 16, {**fewer, "flags": [size, 8, ""]}], enum=[0, numbers])
    mine, other = new(guest, "device"), new(guest, "device")
    other.of_node = 0x1234
    core.device_set_of_node_from_dev(guest, mine.address(), other.address())
    assert (mine.of_node, guest.memory.u64(mine.address("flags"))) == (0x1234, 1 << 7)


def test_a_persistent_dentry_stays_until_it_is_discardable() -> None:
    """It is found by lookups, and has a reference of its own."""
    guest = later(enum=[0, {**OTHER.structures.constants, **FLAGS}])
    dentry, inode = new(guest, "dentry"), new(guest, "inode")
    inode.i_mode, dentry.d_lockref.count = stat.S_IFREG, 1
    assert fs_dcache.d_make_persistent(guest, dentry.address(), inode.address()) == dentry.address()
    assert dcache.hashed(guest, dentry.address())
    assert (dentry.d_lockref.count, dentry.d_flags) == (2, 4 << 19 | 1 << 27)
    fs_dcache.d_make_discardable(guest, dentry.address())
    assert (dentry.d_lockref.count, dentry.d_flags) == (1, 4 << 19)


PROTOTYPES = (
    "int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct shrinker *shrinker)",
    "int __platform_driver_register(struct platform_driver *drv, struct module *owner, const char *mod_name)",
    "int __platform_register_drivers(struct platform_driver *const *drivers, unsigned int count, struct module *owner,"
    " const char *mod_name)",
    "void anon_transport_class_register(struct anon_transport_class *atc)",
    "void attribute_container_register(struct attribute_container *cont)",
    "int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data, device_iter_t fn)",
    "struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char *namefmt)",
    "int rtnl_af_register(struct rtnl_af_ops *ops)",
    "int smp_call_function_single(int cpu, smp_call_func_t func, void *info, bool wait)",
    "u32 crc32c(u32 crc, const void *p, size_t len)",
    "void mutex_init_generic(struct mutex *lock)",
    "void timer_init_key(struct timer_list *timer, void (*func)(struct timer_list *), unsigned int flags,"
    " const char *name, struct lock_class_key *key)",
)
"""As Debian's 7.3.4+deb13-amd64 declares them in its BTF, and 6.12 does not."""


@pytest.mark.parametrize("prototype", PROTOTYPES)
def test_prototypes_of_7_3_are_provided(prototype: str) -> None:
    """By a handler that takes as many parameters, each as wide."""
    name = prototype.partition("(")[0].split()[-1].lstrip("*")
    entry = registry.find_in(name, {name: prototype}, HOME.prototypes)
    assert isinstance(entry, registry.Function)
    assert len(entry.signature.parameters) == len(
        prototype.split("(", 1)[1].replace("(*func)(struct timer_list *)", "").split(",")
    )


def test_a_static_call_goes_where_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trampoline jumps to the new function: mov eax, 7; ret. For NULL it returns."""
    guest = boot_profile("debian-13")
    place, target, key = code(guest, "cc"), code(guest, "b807000000c3"), guest.heap.kmalloc(8)
    with pytest.raises(Needs, match="static call of the kernel's own"):
        static_call_update(guest, key, place, target)
    monkeypatch.setattr(guest, "module_at", lambda address: address == place or None)
    static_call_update(guest, key, place, target)
    assert (guest.call(place), guest.memory.u64(key)) == (7, target)
    static_call_update(guest, key, place, 0)
    guest.call(place)
    assert guest.memory.u64(key) == 0


def test_a_trampoline_is_a_jump_of_five_bytes() -> None:
    """Its distance counts from its end."""
    assert trampoline(0x1000, 0x1010).hex() == "e90b000000"
