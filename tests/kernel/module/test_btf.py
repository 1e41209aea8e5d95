"""BTF of modules: which is shown, and what is said of one that does not fit."""

from __future__ import annotations

import json
import pickle
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from modtools import profiles
from modtools.errors import FormatError, KernelError
from modtools.finit import IGNORE_MODVERSIONS
from modtools.formats import btf
from modtools.kernel.files.paths import lookup
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.modules import LoadedModule
from modtools.kernel.passing import from_plain, to_plain
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL, EIO
from modtools.module import Module
from modtools.profiles import archive
from modtools.profiles import types as btf_file
from modtools.statejson import details_from_json, details_to_json
from modtools.store import Store
from tests.transcripts import HERE

HELLO = (HERE / "debian-13/ko/hello_export.ko").read_bytes()
MISMATCH = "<4>Kernel module BTF mismatch detected, BTF debug info may be unavailable for some modules"


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """Debian 13's kernel, whose modules' code is not run."""
    kernel = Store(tmp_path / "state.json").of_profile("debian-13")
    kernel.no_runner = "not here"
    return kernel


def shown(kernel: Kernel) -> list[str]:
    """What /sys/kernel/btf lists."""
    return lookup(kernel, "/sys/kernel/btf").names()


def said(kernel: Kernel) -> list[str]:
    """What the kernel logged on BTF."""
    return [line for line in raw_lines(kernel.log.readable()) if "BTF" in line or "BPF" in line]


def types() -> bytes:
    """The BTF in the module's file."""
    elf = Module.from_bytes(HELLO).elf
    return bytes(elf.read(".BTF"))


def changed(change: Callable[[bytearray], None], section: str = ".BTF") -> bytes:
    """The module with a section changed."""
    elf = Module.from_bytes(HELLO).elf
    found = elf.section(section)
    assert found is not None
    content = bytearray(elf.contents(found))
    change(content)
    return HELLO[: found.offset] + content + HELLO[found.offset + found.size :]


def test_a_modules_btf_is_shown_as_long_as_it_is_there(kernel: Kernel) -> None:
    """With its size and its bytes, also after the state was kept; pymod does not bring that of the kernel itself."""
    assert shown(kernel) == ["vmlinux"]
    loaded = insert(kernel, HELLO)
    assert sorted(shown(kernel)) == ["hello_export", "vmlinux"]
    node = lookup(kernel, "/sys/kernel/btf/hello_export")
    assert (node.read(), node.size) == (types(), 167)
    assert details_from_json(details_to_json(loaded.details)).btf == loaded.details.btf
    with pytest.raises(KernelError) as refusal:
        lookup(kernel, "/sys/kernel/btf/vmlinux").read()
    assert refusal.value.errno == EIO
    del kernel.modules["hello_export"]
    assert shown(kernel) == ["vmlinux"]
    assert said(kernel) == []


def test_a_kernels_own_btf_is_shown_where_it_is_kept(kernel: Kernel) -> None:
    """As of one that was booted from its image: byte for byte, and whatever its build options are known to be."""
    profile = kernel.sources.profile()
    assert profile is not None
    facts = json.loads(profile.files.read("kernel.json") or b"") | {"config": {}}
    kept = profiles.of_archive("mine", archive.pack(facts, {"types.btf": btf_file.encode(types())}))
    kernel.sources = kernel.sources._replace(profile=lambda: kept)
    node = lookup(kernel, "/sys/kernel/btf/vmlinux")
    assert (node.read(), node.size, node.mode & 0o777) == (types(), 167, 0o444)
    assert shown(kernel) == ["vmlinux"]


@pytest.mark.parametrize("damage", [b"", b"pymodbtf", b"other" * 9, b"pymodbtf" + bytes(9)])
def test_damaged_btf_of_a_kernel_is_named(damage: bytes) -> None:
    """What is no such file, or unpacks to another size."""
    with pytest.raises(FormatError):
        btf_file.decode(damage)
    with pytest.raises(FormatError):
        btf_file.decode(btf_file.encode(types())[:-3])


def test_what_passes_from_one_process_to_another_keeps_the_btf(kernel: Kernel) -> None:
    """A module that running code has loaded, or whose parameters it has set, has all that it had before."""
    loaded = insert(kernel, HELLO)
    again = from_plain(json.loads(json.dumps(to_plain(loaded))))
    assert again.details == loaded.details
    assert len(again.details.btf) > 100
    assert len(again.details.symbols) > 5


def test_a_loaded_module_does_not_keep_its_file(kernel: Kernel) -> None:
    """Its symbols and its BTF are made when somebody asks, of a few bytes that it keeps for that."""
    loaded = insert(kernel, HELLO)
    kept = pickle.loads(pickle.dumps(loaded))
    found = Module.from_bytes(HELLO).elf.read(".modinfo")
    assert len(found) > 100
    assert found not in pickle.dumps(loaded)
    assert kept.details == insert_again(kernel, loaded).details


def insert_again(kernel: Kernel, loaded: LoadedModule) -> LoadedModule:
    """The same module, loaded once more at the same place, whose symbols are asked for at once."""
    del kernel.modules[loaded.name]
    again = insert(kernel, HELLO)
    assert again.details.symbols
    assert again.details.btf
    return again


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: struct.pack_into("<H", data, 0, 0x5858), "Invalid magic"),
        (lambda data: struct.pack_into("<B", data, 2, 2), "Unsupported version"),
        (lambda data: struct.pack_into("<B", data, 3, 1), "Unsupported flags"),
        (lambda data: struct.pack_into("<I", data, 4, 1 << 20), "btf_header not found"),
        (lambda data: struct.pack_into("<I", data, 4, 36), "Unsupported btf_header"),
    ],
)
@pytest.mark.parametrize("section", [".BTF", ".BTF.base"])
def test_damaged_btf_is_told_and_the_module_loads(
    kernel: Kernel, section: str, change: Callable[[bytearray], None], fault: str
) -> None:
    """What is wrong with the header is told each time, that something does not fit once in a boot."""
    for _ in range(2):
        insert(kernel, changed(change, section))
        assert shown(kernel) == ["vmlinux"]
        del kernel.modules["hello_export"]
    assert said(kernel) == [f"<3>BPF: {fault}", MISMATCH, f"<3>BPF: {fault}"]


def test_btf_without_a_base_must_be_made_for_a_kernel(kernel: Kernel) -> None:
    """Names that come after few others are those of a module with a base of its own, which is missing."""
    insert(kernel, HELLO.replace(b"\0.BTF.base\0", b"\0.BTF.best\0"))
    assert shown(kernel) == ["vmlinux"]
    assert said(kernel) == [MISMATCH]


def test_a_kernel_may_refuse_btf_that_does_not_fit(kernel: Kernel) -> None:
    """One without MODULE_ALLOW_BTF_MISMATCH does, and one without BTF of modules looks at none."""
    damaged = changed(lambda data: struct.pack_into("<H", data, 0, 1))
    configure(kernel, DEBUG_INFO_BTF_MODULES="y")
    with pytest.raises(KernelError) as refusal:
        insert(kernel, damaged)
    assert refusal.value.errno == EINVAL
    assert said(kernel) == ["<3>BPF: Invalid magic", "<4>failed to validate module [hello_export] BTF: -22"]
    configure(kernel)
    insert(kernel, damaged, flags=IGNORE_MODVERSIONS)
    assert len(said(kernel)) == 2
    with pytest.raises(KernelError):
        shown(kernel)


def configure(kernel: Kernel, **options: str) -> None:
    """Give a kernel these options that its profile tells, and no others."""
    profile = kernel.sources.profile()
    assert profile is not None
    other = replace(profile, config=options)
    kernel.sources = kernel.sources._replace(profile=lambda: other)


def test_types_without_a_name_fit_any_kernel(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of a module that has nothing but tables of numbers: nothing tells whose names theirs would follow."""
    monkeypatch.setattr(btf, "furthest", lambda _, **__: (0, 0))
    insert(kernel, HELLO.replace(b"\0.BTF.base\0", b"\0.BTF.best\0"))
    assert said(kernel) == []
    assert len(shown(kernel)) == 2


@pytest.mark.parametrize("little", [True, False])
def test_names_that_a_kernel_has_already_are_not_repeated(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch, little: bool
) -> None:
    """As in cast_common of 7.2 for s390x: its names are all the kernel's, and it stands on the kernel's types."""
    order, const, func = "<>"[not little], 10 << 24, 12 << 24
    rows = struct.pack(f"{order}6I", 0, const, 93855, 96144, func, 94001)
    header = struct.pack(f"{order}HBBI4I", btf.MAGIC, btf.VERSION, 0, btf.HEADER_SIZE, 0, len(rows), len(rows), 0)
    assert btf.furthest(header + rows, little=little) == (96144, 94001)
    for found, told in (((96144, 94001), []), ((96144, 200), [MISMATCH])):
        monkeypatch.setattr(btf, "furthest", lambda _, found=found, **__: found)
        insert(kernel, HELLO.replace(b"\0.BTF.base\0", b"\0.BTF.best\0"))
        assert said(kernel) == told
        del kernel.modules["hello_export"]
