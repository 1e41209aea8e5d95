"""A case for each rule of `pymod check`, made of the modules in tests/ and damage that is done to them here.

docs/rules shows what is answered to them (`python -m tools.rules`), and the tests hold that each finds what it is for.
"""

from __future__ import annotations

import lzma
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from modtools import profiles
from modtools.formats.elf import Section
from modtools.module import Module
from tests.reference import CHECKOUT

_TESTS: Final = CHECKOUT / "tests"
_KO: Final = _TESTS / "transcripts/ko"
_OF_NOBODY: Final = _KO / "bad/crc_module_layout.ko"
_LATER: Final = _TESTS / "data/modules-6.12/amd64"


class Example(NamedTuple):
    """Files in a folder, commands of pymod that come before, and what stands behind `pymod check` then."""

    files: Mapping[str, Callable[[], bytes]]
    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


def _file(path: Path) -> Callable[[], bytes]:
    return path.read_bytes


def _ours(*names: str) -> dict[str, Callable[[], bytes]]:
    """Return modules of the recordings, by the names of their files."""
    return {Path(name).name: _file(_KO / name) for name in names}


def _damaged(name: str) -> dict[str, Callable[[], bytes]]:
    """Return a damaged hello_export.ko."""
    return {"hello_export.ko": _file(_KO / "bad" / name)}


def _on(kernel: str, files: Mapping[str, Callable[[], bytes]], *options: str) -> Example:
    """Return the check of all these files, the last one first, on a kernel."""
    return Example(files, ("--kernel", kernel, *options, *reversed(list(files))))


def _section(image: bytes, name: str) -> Section:
    found = Module.from_bytes(image).elf.section(name)
    assert found is not None
    return found


def _changed(path: Path, section: str, at: int, data: bytes) -> Callable[[], bytes]:
    """Return a module with other bytes at an offset in a section."""

    def make() -> bytes:
        image = path.read_bytes()
        start = _section(image, section).offset + at
        return image[:start] + data + image[start + len(data) :]

    return make


def _sized(path: Path, section: str, size: int) -> Callable[[], bytes]:
    """Return a module of which a section that has no contents in the file asks for so many bytes."""

    def make() -> bytes:
        image = bytearray(path.read_bytes())
        start = int.from_bytes(image[40:48], "little") + 64 * _section(bytes(image), section).index
        struct.pack_into("<Q", image, start + 32, size)
        return bytes(image)

    return make


def _signed() -> bytes:
    """Return a module with a signature of another file, by a key that no kernel has."""
    message = (_TESTS / "data/signatures/sha256.p7s").read_bytes()
    trailer = struct.pack(">BBBBB3xI", 0, 0, 2, 0, 0, len(message))
    return (_KO / "hello_export.ko").read_bytes() + message + trailer + b"~Module signature appended~\n"


def _symvers() -> bytes:
    """Return the lines of the Module.symvers of a kernel that nobody knows, for what a module uses of it."""
    versions = Module.from_bytes(_OF_NOBODY.read_bytes()).versions
    return "".join(f"{crc:#010x}\t{name}\tvmlinux\tEXPORT_SYMBOL\t\n" for name, crc in versions).encode()


def _config(release: str, *lines: str) -> Callable[[], bytes]:
    """Return the configuration of a kernel for x86-64."""
    text = f"# Linux/x86 {release} Kernel Configuration", "CONFIG_X86_64=y", "CONFIG_MODULES=y", *lines
    return "".join(f"{line}\n" for line in text).encode


_HELLO: Final = _KO / "hello_export.ko"
_OPTIONS: Final = (
    "CONFIG_SMP=y",
    "CONFIG_PREEMPT_BUILD=y",
    "CONFIG_PREEMPT_DYNAMIC=y",
    "CONFIG_PREEMPTION=y",
    "CONFIG_MODULE_UNLOAD=y",
    "CONFIG_MODVERSIONS=y",
)
_DEBIAN: Final = "debian-12"


def _unforced(made: Callable[[], bytes]) -> Example:
    """Return the check of a module on a kernel that does not load by force."""
    config = _config("6.1.0", *_OPTIONS, "# CONFIG_MODULE_FORCE_LOAD is not set")
    return Example({"hello_export.ko": made, "config-6.1.0": config}, ("--kernel", "./config-6.1.0", "hello_export.ko"))


def _calling(name: bytes) -> Callable[[], bytes]:
    """Return hello_export.ko with a function of Debian's kernel, whose name is as long, in place of _printk()."""

    def make() -> bytes:
        image, exports = _HELLO.read_bytes(), profiles.load(profiles.DEFAULT).exports
        ours, wanted = (exports.get(each) for each in ("_printk", name.decode()))
        assert ours is not None
        assert wanted is not None
        old, new = (struct.pack("<Q", export.crc) for export in (ours, wanted))
        return image.replace(old + b"_printk\0", new + name + b"\0").replace(b"_printk\0", name + b"\0")

    return make


EXAMPLES: Final[Mapping[str, Example]] = {
    "elf-invalid": _on(_DEBIAN, _damaged("bad_shstrndx.ko")),
    "elf-machine": _on(_DEBIAN, _damaged("bad_machine.ko")),
    "elf-stripped": _on(_DEBIAN, _damaged("no_symtab.ko")),
    "elf-truncated": _on(_DEBIAN, {"hello_export.ko": lambda: _HELLO.read_bytes()[:4000]}),
    "compression-unsupported": _on(
        "debian-13", {"hello_export.ko.xz": lambda: lzma.compress((_LATER / "hello_export.ko").read_bytes())}
    ),
    "signature-bad": _on(_DEBIAN, _damaged("sig_fake.ko")),
    "signature-missing": Example(
        _ours("hello_export.ko"), ("hello_export.ko",), (("boot", "--cmdline", "module.sig_enforce=1"),)
    ),
    "signature-unknown-key": Example(
        {"hello_export.ko": _signed}, ("hello_export.ko",), (("boot", "--cmdline", "module.sig_enforce=1"),)
    ),
    "vermagic-mismatch": _on(
        _DEBIAN,
        {"hello_export.ko": lambda: _HELLO.read_bytes().replace(b"SMP preempt mod_unload", b"SMP PREEMPT mod_unload")},
    ),
    "struct-module-size": _on("debian-13", _ours("hello_export.ko")),
    "symbol-version-mismatch": _on(_DEBIAN, _damaged("crc_printk.ko")),
    "symbol-version-missing": _on(_DEBIAN, _damaged("crc_missing_printk.ko")),
    "symbol-unknown": _on(_DEBIAN, _ours("unknown_syms.ko")),
    "symbol-not-loaded": _on(_DEBIAN, _damaged("crc_printk.ko") | _ours("hello_use_export.ko")),
    "symbol-not-known": Example(
        _ours("hello_export.ko") | {"config-6.1.0": _config("6.1.0", *_OPTIONS)},
        ("--kernel", "./config-6.1.0", "hello_export.ko"),
    ),
    "symbol-gpl-only": _on(_DEBIAN, _ours("gpl_export.ko", "prop_gpl_user.ko")),
    "symbol-namespace": _on(_DEBIAN, _ours("ns_export.ko", "ns_user_noimport.ko")),
    "symbol-proprietary-owner": _on(_DEBIAN, _ours("gpl_export.ko", "prop_mod.ko", "prop_and_gpl.ko")),
    "symbol-duplicate": Example(
        _ours("hello_export.ko", "dup_export.ko"), ("dup_export.ko",), (("insmod", "hello_export.ko"),)
    ),
    "symbol-common": _on(_DEBIAN, _ours("common_mod.ko")),
    "export-flags": Example(
        _ours("hello_export.ko") | {"config-7.1.3": _config("7.1.3", *_OPTIONS)},
        ("--kernel", "./config-7.1.3", "hello_export.ko"),
    ),
    "export-versions": _unforced(lambda: _HELLO.read_bytes().replace(b"__kcrctab\0", b"__kcrctub\0")),
    "relocation-unsupported": _on(_DEBIAN, _damaged("bad_reloc_type.ko")),
    "relocation-overflow": _on(
        _DEBIAN, {"hello_export.ko": _changed(_HELLO, ".rela.init.text", 40, struct.pack("<q", 1 << 40))}
    ),
    "relocation-nonzero-target": _on(
        _DEBIAN, {"hello_export.ko": _changed(_HELLO, ".exit.text", 1, b"\1\2\3\4\5\6\7")}
    ),
    "btf-mismatch": Example(
        {
            "hello_export.ko": _changed(_LATER / "hello_export.ko", ".BTF", 0, b"XX"),
            "config-6.12.118": _config("6.12.118", *_OPTIONS, "CONFIG_DEBUG_INFO_BTF_MODULES=y"),
        },
        ("--kernel", "./config-6.12.118", "hello_export.ko"),
    ),
    "name-loaded": Example(_ours("hello_export.ko"), ("hello_export.ko",), (("insmod", "hello_export.ko"),)),
    "name-builtin": _on(_DEBIAN, {"printk.ko": _file(_KO / "bad/name_builtin.ko")}),
    "name-empty": _on(_DEBIAN, _damaged("empty_name.ko")),
    "name-mismatch": _on(_DEBIAN, {"renamed.ko": _file(_HELLO)}),
    "blacklisted": Example(
        _ours("hello_export.ko"), ("hello_export.ko",), (("boot", "--cmdline", "module_blacklist=hello_export"),)
    ),
    "parameter-unknown": _on(_DEBIAN, _ours("params_all.ko"), "--args", "params_all=p_integer=3"),
    "parameter-invalid": _on(_DEBIAN, _ours("params_all.ko"), "--args", "params_all=p_int=many"),
    "livepatch-unsupported": Example(
        _ours("livepatch_mod.ko") | {"config-6.1.0": _config("6.1.0", *_OPTIONS, "# CONFIG_LIVEPATCH is not set")},
        ("--kernel", "./config-6.1.0", "livepatch_mod.ko"),
    ),
    "force-needed": _unforced(_file(_KO / "bad/no_vermagic.ko")),
    "loading-disabled": Example(
        _ours("hello_export.ko"), ("hello_export.ko",), (("write", "/proc/sys/kernel/modules_disabled", "1"),)
    ),
    "too-large": _on(_DEBIAN, {"hello_export.ko": _sized(_HELLO, ".bss", 3 << 30)}),
    "loader-oops": _on(_DEBIAN, _damaged("bad_reloc_sym.ko")),
    "file-unreadable": _on(_DEBIAN, {"hello_export.ko.gz": lambda: (_KO / "hello_export.ko.gz").read_bytes()[:1000]}),
    "init-refused": _on(_DEBIAN, _ours("fail_enodev.ko"), "--run"),
    "init-oops": _on(_DEBIAN, _ours("oopser.ko"), "--run"),
    "init-unknown": _on(_DEBIAN, {"hello_export.ko": _calling(b"mce_log")}, "--run"),
    "kernel-not-known": Example(
        _damaged("crc_module_layout.ko") | {"Module.symvers": _symvers},
        ("--kernel", "./Module.symvers", "hello_export.ko"),
    ),
    "taint": _on(_DEBIAN, _ours("hello_export.ko")),
    "retpoline": _on(_DEBIAN, _damaged("no_retpoline.ko")),
}
"""The cases, by the rules that they are for."""
