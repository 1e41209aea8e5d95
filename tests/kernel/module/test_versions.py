"""What loading does otherwise from one version of Linux to the next: each rule before and since its change.

The modules are made here, so that no file of another kernel is needed; each kernel exports what its test says.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pytest

from modtools import causes
from modtools.errors import KernelError
from modtools.finit import IGNORE_MODVERSIONS
from modtools.kernel.files.paths import lookup
from modtools.kernel.identity import BuildOptions, Identity
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.module.place_module import lay_out
from modtools.kernel.module.resolve import is_for_module
from modtools.kernel.state import Kernel, Sources
from modtools.kernel.taint import Taint
from modtools.link.areas import Kind
from modtools.linuxerrno import EINVAL, EKEYREJECTED, ENOEXEC, ENOKEY, EPERM
from modtools.module import Module
from modtools.profiles.exports import ExportedSymbol, decode, encode
from tests.small_modules import loadable

LONG = "a_symbol_whose_name_is_longer_than_the_fifty_five_bytes_that_versions_have"
OPTIONS = BuildOptions(module_sig=False, retpoline=False)


def kernel(release: str, *symbols: ExportedSymbol) -> Kernel:
    """A kernel of a release that exports these symbols, and whose modules' code is not run."""
    vermagic = f"{release} SMP preempt mod_unload modversions "
    identity = Identity(release, "x86_64", vermagic, f"Linux version {release}", "", config=OPTIONS)
    return Kernel(identity, Sources(lambda: decode(encode(symbols))))


def symbol(name: str, crc: int | None = None, namespace: str = "") -> ExportedSymbol:
    """An exported symbol at an address of no importance."""
    return ExportedSymbol(name, crc, False, namespace, 0xFFFFFFFF81000000)


def log(kernel: Kernel) -> list[str]:
    """The messages that a reader sees, but for those on taints."""
    return [line for line in raw_lines(kernel.log.readable()) if "taint" not in line and "not run" not in line]


def refused(kernel: Kernel, image: bytes, flags: int = 0) -> int:
    """The errno that a module is refused with."""
    with pytest.raises(KernelError) as refusal:
        insert(kernel, image, flags=flags)
    assert not kernel.modules
    return refusal.value.errno


def takes(kernel: Kernel, image: bytes, flags: int = 0) -> bool:
    """Whether a kernel loads a module."""
    return insert(kernel, image, flags=flags) in kernel.modules.values()


def made(release: str, *info: str, wants: Sequence[str] = (), sections: Mapping[str, bytes] | None = None) -> bytes:
    """A module `mine_own` for a kernel, with more of .modinfo."""
    texts = (f"vermagic={release} SMP preempt mod_unload modversions ", *info)
    return loadable("mine_own", texts, wants, sections)


def versions(**crcs: int) -> dict[str, bytes]:
    """The section with the CRCs of symbols."""
    return {"__versions": b"".join(struct.pack("<Q56s", crc, name.encode()) for name, crc in crcs.items())}


def extended(**crcs: int) -> dict[str, bytes]:
    """The sections with the CRCs of symbols whose names may be long."""
    names = b"".join(name.encode() + b"\0" for name in crcs)
    return {"__version_ext_crcs": struct.pack(f"<{len(crcs)}I", *crcs.values()), "__version_ext_names": names}


@pytest.mark.parametrize(
    ("namespace", "module", "is_for"),
    [
        ("module:kvm", "kvm", True),
        ("module:kvm", "kvm_intel", False),
        ("module:kvm,kvm-intel", "kvm_intel", True),
        ("module:kvm_intel", "kvm-intel", True),
        ("module:kvm*", "kvm_amd", True),
        ("module:kvm-*", "kvm", False),
        ("module:a,*", "anything", True),
        ("module:kv", "kvm", False),
        ("module:kvm_intel", "kvm", False),
        ("module:", "kvm", False),
        ("module:k*m", "kvm", False),
        ("MODULE:kvm", "kvm", False),
        ("a module:kvm", "kvm", False),
        ("", "kvm", False),
    ],
)
def test_a_namespace_names_modules(namespace: str, module: str, is_for: bool) -> None:
    """Names between commas, of which a `*` at the end stands for anything, and dashes are underscores."""
    assert is_for_module(namespace, module) is is_for


@pytest.mark.parametrize(("release", "opens"), [("6.14.1", False), ("6.16", True), ("7.2.6", True)])
def test_a_namespace_for_modules_needs_no_import(release: str, opens: bool) -> None:
    """Since 6.16 the modules that it names use it; before, it is one as any other."""
    image = made(release, wants=["shared"])
    ours, others = symbol("shared", namespace="module:mine-own,other"), symbol("shared", namespace="module:other")
    if opens:
        assert takes(kernel(release, ours), image)
    else:
        assert refused(kernel(release, ours), image) == EINVAL
    strange = kernel(release, others)
    with pytest.raises(KernelError) as refusal:
        insert(strange, image)
    assert refusal.value.errno == EINVAL
    assert refusal.value.causes[0].kind == (causes.SYMBOL_OF_MODULES if opens else causes.SYMBOL_NAMESPACE)
    assert log(strange)[0] == (
        "<3>mine_own: module uses symbol (shared) from namespace module:other, but does not import it."
    )


def test_a_namespace_for_modules_must_not_be_imported_since_6_16() -> None:
    """Whoever names it is refused, though nothing of it is used; before, that was how one got at it."""
    info = "import_ns=module:mine_own"
    newer = kernel("6.16")
    assert refused(newer, made("6.16", info)) == EPERM
    assert log(newer) == ["<3>mine_own: module tries to import module namespace: module:mine_own"]
    older = kernel("6.12.118", symbol("shared", namespace="module:mine_own"))
    assert takes(older, made("6.12.118", info, wants=["shared"]))


@pytest.mark.parametrize("release", ["6.14", "7.2"])
def test_extended_versions_count_since_6_14(release: str) -> None:
    """They are looked at, and the others not; a symbol that they lack is let go with a message."""
    exported = symbol(LONG, 5)
    right = extended(**{LONG: 5, "module_layout": 1}) | versions(module_layout=9)
    assert takes(kernel(release, exported), made(release, wants=[LONG], sections=right))
    wrong = kernel(release, exported)
    assert refused(wrong, made(release, wants=[LONG], sections=extended(**{LONG: 6}))) == EINVAL
    assert log(wrong)[0] == f"<4>mine_own: disagrees about version of symbol {LONG}"
    lacking = kernel(release, exported)
    assert takes(lacking, made(release, wants=[LONG], sections=extended(other=5)))
    assert log(lacking) == [f"<4>mine_own: no extended symbol version for {LONG}"]


def test_extended_versions_do_not_count_before() -> None:
    """6.13 sees `__versions` alone, and a module with none is forced in."""
    exported = symbol("shared", 5)
    sections = extended(shared=6) | versions(shared=5)
    assert takes(kernel("6.13.2", exported), made("6.13.2", wants=["shared"], sections=sections))
    forced = kernel("6.13.2", exported)
    assert takes(forced, made("6.13.2", wants=["shared"], sections=extended(shared=6)))
    assert forced.taint & 2


def test_vermagic_is_compared_whole_without_the_older_versions() -> None:
    """A module that has extended versions alone must be of this very release."""
    for sections, ok in ((versions(a=1), True), (extended(a=1), False), (versions(a=1) | extended(a=1), True)):
        image = made("6.14.9", sections=sections)
        if ok:
            assert takes(kernel("6.14"), image)
        else:
            assert refused(kernel("6.14"), image) == ENOEXEC


@pytest.mark.parametrize(
    ("sections", "text"),
    [
        ({"__version_ext_crcs": bytes(4)}, "extended version crc+name presence does not match"),
        ({"__version_ext_names": b"a\0"}, "extended version crc+name presence does not match"),
        ({"__version_ext_crcs": bytes(8), "__version_ext_names": b"a\0b"}, "more extended version crcs than names"),
    ],
)
def test_damaged_extended_versions(sections: dict[str, bytes], text: str) -> None:
    """Refused since 6.14 unless versions are ignored, with a message that is read with the next one."""
    newer = kernel("6.14")
    assert refused(newer, made("6.14", sections=sections)) == ENOEXEC
    assert log(newer) == []
    newer.printk(6, "next")
    assert log(newer) == [f"<3>{text}", "<6>next"]
    assert takes(kernel("6.14"), made("6.14", sections=sections), flags=IGNORE_MODVERSIONS)
    assert takes(kernel("6.13"), made("6.13", sections=sections))


@pytest.mark.parametrize(
    ("release", "refuses"),
    [
        ("6.12.117+deb13-amd64", True),
        ("6.1.0-56-cloud-amd64", True),
        ("5.10.0-0.deb10.16-arm64", True),
        ("6.9.7-amd64", True),
        ("6.8.0-40-generic", False),
        ("6.12.9", False),
        ("6.17.1-300.fc43.x86_64", False),
        ("7.1.5-arch1-2", False),
    ],
)
def test_a_symbol_without_a_crc_is_refused_by_debians_kernels(release: str, refuses: bool) -> None:
    """Linux itself lets it go and says so once in a boot."""
    exporting = kernel(release, symbol("first", 5), symbol("second", 5))
    image = made(release, wants=["first", "second"], sections=versions(other=1))
    told = [f"<4>mine_own: no symbol version for {name}" for name in ("first", "second")]
    if refuses:
        assert refused(exporting, image) == EINVAL
        assert [line for line in log(exporting) if "no symbol version" in line] == told
    else:
        assert takes(exporting, image)
        assert log(exporting) == told[:1]


@pytest.mark.parametrize(("release", "shown"), [("7.0.9", False), ("7.1", True)])
def test_imported_namespaces_are_shown_since_7_1(release: str, shown: bool) -> None:
    """In /sys/module/NAME/import_ns, one a line, where there are any; also after the state was stored."""
    ours = kernel(release)
    assert takes(ours, made(release, "import_ns=FIRST", "import_ns=SECOND"))
    module = lookup(ours, "/sys/module/mine_own")
    assert ("import_ns" in module.names()) is shown
    if shown:
        assert module.child("import_ns").read() == b"FIRST\nSECOND\n"
    del ours.modules["mine_own"]
    assert takes(ours, made(release))
    assert "import_ns" not in lookup(ours, "/sys/module/mine_own").names()


@pytest.mark.parametrize("release", ["4.19", "6.1.5", "6.12.1", "7.1"])
@pytest.mark.parametrize(("name", "own"), [("ndiswrapper", False), ("driverloader", True), ("lve", True)])
def test_some_modules_are_proprietary_by_their_names(release: str, name: str, own: bool) -> None:
    """Whatever their license says; ndiswrapper taints the kernel, and may itself use what is for the GPL."""
    ours = kernel(release)
    image = loadable(name, (f"vermagic={release} SMP preempt mod_unload modversions ", "license=GPL", "intree=Y"))
    loaded = insert(ours, image)
    assert (ours.tainted(Taint.PROPRIETARY_MODULE), loaded.taints & 1) == (True, int(own))
    said = list(raw_lines(ours.log.readable()))
    assert f"<4>{name}: module license taints kernel." in said
    assert "<4>Disabling lock debugging due to kernel taint" in said
    del ours.modules[name]
    ours.log.records.clear()
    insert(ours, image)
    assert not any("taints" in line for line in raw_lines(ours.log.readable()))


@pytest.mark.parametrize(
    ("release", "told"),
    [
        ("4.19", "Module is not signed with expected PKCS#7 message"),
        ("6.1.5", "module: not signed with expected PKCS#7 message"),
    ],
)
def test_a_signature_of_another_kind(release: str, told: str) -> None:
    """The message names what is signed since 5.4."""
    ours = kernel(release)
    ours.identity = ours.identity._replace(config=OPTIONS._replace(module_sig=True))
    with suppress(KernelError):
        insert(ours, made(release) + bytes(12) + b"~Module signature appended~\n")
    assert log(ours)[0] == f"<3>{told}"


def test_exports_have_flags_since_7_1() -> None:
    """A module without them is refused, and a table of GPL-only symbols is not looked at."""
    bare, flagged = {"__ksymtab": bytes(12)}, {"__ksymtab": bytes(12), "__kflagstab": b"\1"}
    old = {"__ksymtab_gpl": bytes(12), "__kcrctab_gpl": bytes(4)}
    assert takes(kernel("7.0"), made("7.0", sections=bare | {"__kcrctab": bytes(4)}))
    newer = kernel("7.1")
    assert refused(newer, made("7.1", sections=bare)) == ENOEXEC
    assert log(newer) == ["<3>mine_own: no flags for exported symbols"]
    warned = kernel("7.1")
    assert takes(warned, made("7.1", sections=flagged | old | {"__kcrctab": bytes(4)}))
    assert log(warned) == [f"<4>mine_own: ignoring obsolete section {name}" for name in old]


def test_tables_of_names_are_looked_at_as_the_version_does() -> None:
    """6.13 looks into the table of symbols' names, 6.12.117 at its type, newer ones at both, and older ones at neither.

    The fourth section is that table; its headers lie at the end of the file.
    """
    leading, kind = "symbol string table missing leading NUL", "Invalid ELF symbol string table type: 1"
    for release, begun, typed in (
        ("6.4.3", "", ""),
        ("6.12.116", "", ""),
        ("6.12.117", "", kind),
        ("6.13", leading, ""),
        ("7.2", leading, kind),
    ):
        image = bytearray(made(release))
        header = int.from_bytes(image[40:48], "little") + 64 * 4
        place = int.from_bytes(image[header + 24 :][:8], "little")
        image[place] = 1
        assert about_strings(release, image) == ([f"<3>{begun}"] if begun else [])
        image[place] = 0
        image[header + 4] = 1
        assert about_strings(release, image) == ([f"<3>{typed}"] if typed else [])


def about_strings(release: str, image: bytearray) -> list[str]:
    """What a kernel says of string tables when it loads a module."""
    running = kernel(release)
    with suppress(KernelError):
        insert(running, bytes(image))
    return [line for line in log(running) if "string table" in line]


@pytest.mark.parametrize(("release", "parts"), [("6.14", 1), ("6.15", 2)])
def test_static_calls_are_read_only_after_init_since_6_15(release: str, parts: int) -> None:
    """Their places lie in the memory of what is read-only then, and before with the data."""
    loaded = insert(kernel(release), made(release, sections={".static_call_sites": bytes(8), "__jump_table": b""}))
    sizes = {area.kind: area.size for area in loaded.areas}
    assert bool(sizes[Kind.RO_AFTER_INIT]) is (parts == 2)


@pytest.mark.parametrize(
    ("release", "told"),
    [
        ("4.19.48", []),
        ("5.10.25", []),
        ("5.10.26", ["<3>Module has invalid ELF structures"]),
        ("5.10.0-30-amd64", ["<3>Module has invalid ELF structures"]),
        ("5.15.1", ["<3>Module has invalid ELF structures"]),
        ("5.15.135", ["<3>Invalid ELF header type: 7 != 1"]),
        ("5.16", ["<3>Invalid ELF header type: 7 != 1"]),
    ],
)
def test_faults_of_elf_files_have_names_since_5_16(release: str, told: list[str]) -> None:
    """Before, it is said that there is one, and before 5.12 nothing. Debian's 5.10.0 is a later one."""
    image = bytearray(made(release))
    image[16] = 7
    running = kernel(release)
    assert refused(running, bytes(image)) == ENOEXEC
    assert log(running) == told


@pytest.mark.parametrize(
    ("release", "told"),
    [
        ("4.19.48", "<3>Module len {size} truncated"),
        ("5.10.89", "<3>Invalid ELF section in module (section 2 type 1)|<3>Module has invalid ELF structures"),
        ("6.1.5", "<3>Invalid ELF section in module (section 2 type 1)"),
    ],
)
def test_a_file_that_ends_before_its_sections(release: str, told: str) -> None:
    """The second section is said to be longer than the file."""
    image = bytearray(made(release))
    at = int.from_bytes(image[40:48], "little") + 64 * 2 + 32
    image[at : at + 8] = (1 << 20).to_bytes(8, "little")
    running = kernel(release)
    assert refused(running, bytes(image)) == ENOEXEC
    assert log(running) == told.format(size=len(image)).split("|")


def test_there_are_no_namespaces_before_5_4() -> None:
    """Whoever wants a symbol of one gets it."""
    exported = symbol("shared", namespace="OTHER")
    assert takes(kernel("5.3.9", exported), made("5.3.9", wants=["shared"]))
    assert refused(kernel("5.4", exported), made("5.4", wants=["shared"])) == EINVAL


def test_a_test_taints_since_6_0() -> None:
    """A module that says that it is one; older kernels do not know the word."""
    for release, taints in (("5.19", False), ("6.0", True)):
        running = kernel(release)
        insert(running, made(release, "test=Y"))
        assert running.tainted(Taint.TEST) is taints


@pytest.mark.parametrize(
    ("release", "errno", "told"),
    [
        ("4.19.48", ENOKEY, []),
        ("5.4", EKEYREJECTED, ["<5>Loading of unsigned module is rejected"]),
    ],
)
def test_an_unsigned_module_where_signatures_are_enforced(release: str, errno: int, told: list[str]) -> None:
    """Since 5.4 it is told why it is refused; before, its key is missing."""
    running = kernel(release)
    config = running.identity.config._replace(module_sig=True)
    running.identity = running.identity._replace(cmdline="module.sig_enforce", config=config)
    assert refused(running, made(release)) == errno
    assert log(running) == told


def test_symbols_have_types_of_their_own_since_5_2() -> None:
    """A byte for each, so that five thousand take a page more while init runs."""
    module = Module.from_bytes(made("5.2", wants=[f"symbol_{number:04}" for number in range(5000)]))
    sizes = [lay_out(kernel(release), module).init_size for release in ("5.1", "5.2")]
    assert sizes[1] - sizes[0] in (4096, 8192)


def test_jumps_are_read_only_after_init_since_4_20() -> None:
    """Their places have pages of their own then, and lie among the data before."""
    sections = {"__jump_table": bytes(8)}
    sizes = [insert(kernel(release), made(release, sections=sections)).core_size for release in ("4.19", "4.20")]
    assert sizes[1] - sizes[0] == 4096
