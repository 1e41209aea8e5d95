"""The kernel's features: steps of loading ask them, and a kernel with other ones does otherwise."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from modtools.errors import KernelError, Killed
from modtools.kernel import features
from modtools.kernel.changes import CHANGES, Change
from modtools.kernel.features import Features, features_of
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.link.layout import Layout, lay_out_in_two
from modtools.store import Store
from tests.parsed import facts
from tests.reference import CHECKOUT

KO = CHECKOUT / "tests/transcripts/ko"
THIS_MODULE = b".gnu.linkonce.this_module"


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    """The built-in kernel, whose modules' code is not run."""
    kernel = Store(tmp_path / "state.json").default()
    kernel.no_runner = "not here"
    return kernel


def changed(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    """Let all kernels have these features, and else those that they have."""

    def other(machine: str, release: str, vermagic: str) -> Features:
        return features_of(machine, release, vermagic)._replace(**values)

    monkeypatch.setattr(features, "features_of", other)


def log(kernel: Kernel) -> list[str]:
    """All messages, with their levels."""
    return list(raw_lines(kernel.log.readable()))


def asked(path: Path) -> set[str]:
    """What a file asks of features: all `….features.NAME` and `features.NAME`."""
    return {name for owner, name in facts(path).attributes if owner == "features"}


def test_every_feature_is_asked_for() -> None:
    """There is no feature that nothing depends on."""
    sources = set((CHECKOUT / "modtools").rglob("*.py")) - {CHECKOUT / "modtools/kernel/features.py"}
    everything = set().union(*map(asked, sources))
    assert {name for name in Features._fields if name not in everything} - {"rules"} == set()
    assert "rules" in asked(CHECKOUT / "modtools/shared/identity.py")


def test_no_step_compares_releases() -> None:
    """What a kernel does is asked of its features; its release is compared where they are made and nowhere else."""
    for path in (CHECKOUT / "modtools/kernel").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare):
                assert "release" not in ast.unparse(node), f"{path}:{node.lineno}"


def image(*replaced: tuple[bytes, bytes]) -> bytes:
    """A module's file with some of its bytes replaced by as many others."""
    data = (KO / "hello_export.ko").read_bytes()
    for old, new in replaced:
        assert data.count(old) == 1
        data = data.replace(old, new.ljust(len(old), old[-1:]))
    return data


def test_texts_of_the_log_are_features(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a line is, what is said of a file without struct module, and where an empty name is warned of."""
    changed(monkeypatch, no_struct_module="One must exist.", empty_name="lib/kobject.c:219")
    with pytest.raises(KernelError):
        insert(kernel, image((THIS_MODULE, b".gnu.linkonce.that_module")))
    assert log(kernel) == ["<4>hello_export: One must exist."]
    with pytest.raises(KernelError):
        insert(kernel, image((b"hello_export".ljust(56, b"\0"), bytes(56))))
    assert any(line.endswith("at lib/kobject.c:219") for line in log(kernel))
    changed(monkeypatch, line_max=3)
    kernel.printk(4, "longer")
    assert kernel.log.records[-1].text == "lon"


def test_struct_module_is_a_feature(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the name stands in it, which is told before the whole is looked at, and how long it must be."""
    here = features_of("x86_64", "6.1", "").name_offset
    changed(monkeypatch, name_offset=here + len("hello_"))
    insert(kernel, image())
    assert log(kernel)[0] == "<4>export: loading out-of-tree module taints kernel."
    del kernel.modules["hello_export"]
    changed(monkeypatch, memory_offset=1 << 20, die_prefix="Stumbled: ")
    with pytest.raises(Killed):
        insert(kernel, image())
    assert "<4>Stumbled: Oops: 0002 [#1] PREEMPT SMP NOPTI" in log(kernel)


def test_the_layout_is_a_feature(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that keeps fewer symbols has fewer of them, and the module is smaller or as large."""
    usual = insert(kernel, image())
    del kernel.modules[usual.name]

    def sparing(sections: Any, symbols: Any, arch: Any, kallsyms_all: bool) -> Layout:
        return lay_out_in_two(sections, symbols, arch, not kallsyms_all)

    changed(monkeypatch, lay_out=sparing)
    assert len(insert(kernel, image()).details.symbols) < len(usual.details.symbols)


def test_traceable_taints_and_relocations_are_features(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trace events are not made for a taint that bars them; relocations of which nothing is known are not checked."""
    changed(monkeypatch, traceable=frozenset(), relocations=None)
    insert(kernel, image((b".rodata.str1.1\0", b"_ftrace_events\0")))
    assert "<3>hello_export: module has bad taint, not creating trace events" in log(kernel)
    assert any("relocations: not applied and not checked: " in line for line in log(kernel))


@pytest.mark.parametrize(
    ("release", "rules"),
    [
        ("6.1.0-56-arm64", "Linux 6.1"),
        ("6.12.118+deb13-amd64", "Linux 6.12"),
        ("6.12", "Linux 6.12"),
        (
            "5.10.0-30-amd64",
            "Linux 6.1, with what is known to have changed since 5.10, whatever is different in 5.10.0-30-amd64",
        ),
        ("6.2.9", "Linux 6.1, whatever is different in 6.2.9"),
        ("mine", "Linux 6.12, with what is known to have changed until 7.2, whatever is different in mine"),
    ],
)
def test_a_kernel_is_judged_by_the_rules_that_there_are(release: str, rules: str) -> None:
    """Those of its own series, or of the newest known one that is not newer; that is said."""
    assert features_of("aarch64", release, "").judges(release) == rules


def test_changes_apply_from_their_version_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """And in an older series from the version on that is known to have it, too. That they are more than one is said."""
    change = Change((6, 5), 'abc "subject"', {"line_max": 7}, stable=(6, 4, 9))
    monkeypatch.setattr(features, "CHANGES", (change,))
    features_of.cache_clear()
    have = [features_of("x86_64", release, "").line_max == 7 for release in ("6.4", "6.4.8", "6.4.9-1", "6.5-rc1")]
    judges = features_of("x86_64", "6.6.1", "").judges("6.6.1")
    features_of.cache_clear()
    assert have == [False, False, True, True]
    assert judges == "Linux 6.1, with what is known to have changed until 6.5, whatever is different in 6.6.1"


def test_changes_are_in_order_and_say_what_they_are() -> None:
    """The table can be read as a history, and each row changes something."""
    assert [change.since for change in CHANGES] == sorted(change.since for change in CHANGES)
    assert all(change.what and change.fields for change in CHANGES)


def of_release(kernel: Kernel, release: str) -> Kernel:
    """The same kernel with the rules of another release."""
    kernel.identity = kernel.identity._replace(release=release)
    return kernel


def test_a_license_that_taints_is_told_twice_since_6_4(kernel: Kernel) -> None:
    """Once for what it says, and after the signature once more, while nothing proprietary was loaded before."""
    insert(of_release(kernel, "6.12.1"), (KO / "bad/no_license.ko").read_bytes())
    told = [line for line in log(kernel) if "license" in line]
    assert told[0] == "<4>hello_export: module license 'unspecified' taints kernel."
    assert told[1] == "<4>hello_export: module license taints kernel."
    del kernel.modules["hello_export"]
    insert(kernel, (KO / "bad/no_license.ko").read_bytes())
    assert [line for line in log(kernel) if "license" in line] == told


def test_a_name_that_is_taken_is_told_before_taints_since_6_4(kernel: Kernel) -> None:
    """Linux 6.1 taints for the license of a module that it then refuses for its name, 6.4 does not."""
    for release, tainted in (("6.12.1", 0), ("6.1.0", 1)):
        kernel.taint = 0
        insert(of_release(kernel, release), image())
        with pytest.raises(KernelError):
            insert(kernel, (KO / "bad/no_license.ko").read_bytes())
        assert kernel.taint & 1 == tainted
        del kernel.modules["hello_export"]


def test_struct_module_has_the_kernels_size_since_6_4(kernel: Kernel) -> None:
    """A file for another kernel is refused, where that size is known, and so is one without the section."""
    with pytest.raises(KernelError):
        insert(of_release(kernel, "6.12.118+deb13-amd64"), image())
    assert log(kernel)[-1] == (
        "<3>module hello_export: .gnu.linkonce.this_module section size must match the kernel's built struct module "
        "size at run time"
    )
    with pytest.raises(KernelError):
        insert(of_release(kernel, "6.12.116"), image((THIS_MODULE, b".gnu.linkonce.that_module")))
    assert log(kernel)[-1] == "<3>module hello_export: Only one .gnu.linkonce.this_module section must exist."
    with pytest.raises(KernelError):
        insert(of_release(kernel, "6.12.117"), image((THIS_MODULE, b".gnu.linkonce.that_module")))
    assert log(kernel)[-1] == "<3>module hello_export: Exactly one .gnu.linkonce.this_module section must exist."
