"""Who exports a symbol, and whether a module may use it: each rule by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from modtools import causes
from modtools.errors import KernelError
from modtools.kernel.identity import BuildOptions, Identity
from modtools.kernel.log import raw_lines
from modtools.kernel.module.resolve import (
    Requester,
    check_exports,
    drop_references,
    find,
    force_load,
    plain,
    resolve,
    take_reference,
    version_fits,
)
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel, Sources
from modtools.kernel.taint import Taint
from modtools.linuxerrno import EBUSY, EINVAL, ENOENT, ENOEXEC
from modtools.profiles.exports import ExportedSymbol, decode, encode

PROPRIETARY = 1 << Taint.PROPRIETARY_MODULE
FORCED = 1 << Taint.FORCED_MODULE


def symbol(name: str, crc: int | None = None, *, gpl: bool = False, namespace: str = "") -> ExportedSymbol:
    """An exported symbol at an address of no importance."""
    return ExportedSymbol(name, crc, gpl, namespace, 0xFFFFFFFF81000000)


def kernel(*symbols: ExportedSymbol, release: str = "6.1", **options: Any) -> Kernel:
    """A kernel that exports these symbols; `options` are those of its build."""
    config = BuildOptions(module_sig=False, retpoline=False)._replace(**options)
    identity = Identity(release, "x86_64", f"{release} SMP ", f"Linux version {release}", "", config=config)
    return Kernel(identity, Sources(lambda: decode(encode(symbols))))


def loaded(into: Kernel, name: str, *symbols: ExportedSymbol, taints: int = 0, state: str = "live") -> LoadedModule:
    """A module that exports symbols, in a kernel."""
    module = LoadedModule(name, ModuleState(state), taints=taints)
    module.exports = {each.name: each for each in symbols}
    into.modules[name] = module
    return module


def asks(taints: int = 0, versions: dict[str, int] | None = None, namespaces: Sequence[str] = ()) -> Requester:
    """A module that is being loaded."""
    return Requester(LoadedModule("mine", ModuleState.COMING, taints=taints), "mine", versions, namespaces)


def log(kernel: Kernel) -> list[str]:
    """The messages."""
    return list(raw_lines(kernel.log.readable()))


def test_who_exports_a_symbol() -> None:
    """The kernel first, then the newest module; what is for the GPL only is passed over by others."""
    into = kernel(symbol("a"), symbol("g", gpl=True))
    old = loaded(into, "old", symbol("a"), symbol("b"), symbol("g"), symbol("h", gpl=True))
    new = loaded(into, "new", symbol("b", gpl=True))
    found = {name: find(into, name) for name in "abghx"}
    assert {name: row and row[1] for name, row in found.items()} == {
        "a": None,
        "b": new,
        "g": None,
        "h": old,
        "x": None,
    }
    assert [row is not None for row in found.values()] == [True, True, True, True, False]
    others = {name: find(into, name, gpl_ok=False) for name in "abghx"}
    assert [row and row[1] for row in others.values()] == [None, old, old, None, None]
    assert [row is not None for row in others.values()] == [True, True, True, False, False]


def test_a_symbol_of_a_module_is_referred_to() -> None:
    """Its module is held, once; one that is nobody's, or the kernel's, holds nothing."""
    into, asker = kernel(symbol("a")), asks()
    owner = loaded(into, "owner", symbol("b"), symbol("c", gpl=True))
    for name in ("a", "x", "b", "b"):
        found = resolve(into, asker, name)
        assert (found and found.name) == (None if name == "x" else name)
    assert not asker.uses_gpl_only
    assert (owner.refcount, owner.users, asker.module.uses) == (1, ["mine"], ["owner"])
    assert resolve(into, asker, "c")
    assert asker.uses_gpl_only
    assert resolve(into, asker, "a")
    assert asker.uses_gpl_only


def test_references_come_and_go() -> None:
    """The newest comes first; each is given back."""
    into, user = kernel(), LoadedModule("user", ModuleState.COMING)
    one, two = (loaded(into, name) for name in ("one", "two"))
    one.users, one.refcount = ["other"], 1
    for owner in (one, two, one):
        take_reference(user, owner)
    assert (user.uses, one.users, two.users) == (["two", "one"], ["user", "other"], ["user"])
    assert (one.refcount, two.refcount) == (2, 1)
    drop_references(into, user)
    assert (user.uses, one.users, two.users, one.refcount, two.refcount) == ([], ["other"], [], 1, 0)


@pytest.mark.parametrize(
    ("state", "errno", "kind"),
    [("coming", EBUSY, causes.EXPORTER_LOADING), ("going", ENOENT, causes.EXPORTER_UNLOADING)],
)
def test_a_module_that_is_not_live_gives_nothing(state: str, errno: int, kind: causes.Kind) -> None:
    """While it comes one can wait for it, while it goes not."""
    owner, user = loaded(kernel(), "owner", state=state), LoadedModule("user", ModuleState.COMING)
    with pytest.raises(KernelError) as refused:
        take_reference(user, owner)
    assert (refused.value.errno, refused.value.causes[0].kind) == (errno, kind)
    assert (owner.refcount, user.uses) == (0, [])


def test_symbols_of_proprietary_modules() -> None:
    """Whoever uses one becomes proprietary, and is told once; whoever uses GPL-only symbols, too, does not get it."""
    into, asker = kernel(symbol("g", gpl=True)), asks()
    loaded(into, "owner", symbol("a"), symbol("b"), taints=PROPRIETARY)
    assert resolve(into, asker, "a")
    assert resolve(into, asker, "b")
    assert asker.module.taints == PROPRIETARY
    told = "<4>mine: module uses symbols a from proprietary module owner, inheriting taint."
    assert log(into) == [told]
    assert resolve(into, asker, "g") is None
    other = asks()
    assert resolve(into, other, "g")
    assert resolve(into, other, "a") is None
    said = "<3>mine: module using GPL-only symbols uses symbols a from proprietary module owner."
    assert log(into) == [told, said]
    assert other.module.taints == 0


def test_before_5_9_nothing_was_inherited() -> None:
    """Linux commit 262e6ae7081d "modules: inherit TAINT_PROPRIETARY_MODULE" (v5.9)."""
    into, asker = kernel(symbol("g", gpl=True), release="5.8"), asks()
    loaded(into, "owner", symbol("a"), taints=PROPRIETARY)
    assert resolve(into, asker, "g")
    assert resolve(into, asker, "a")
    assert (asker.module.taints, log(into)) == (0, [])


@pytest.mark.parametrize(
    ("versions", "extended", "fits", "lines"),
    [
        ({"a": 5}, False, True, []),
        ({"a": 6}, False, False, ["<4>mine: disagrees about version of symbol a"]),
        ({}, False, True, ["<4>mine: no symbol version for a"]),
        ({}, True, True, ["<4>mine: no extended symbol version for a"]),
        (None, False, False, []),
    ],
)
def test_versions(versions: dict[str, int] | None, extended: bool, fits: bool, lines: list[str]) -> None:
    """CRCs have to be equal where both sides have one; that a module has none is said the first time."""
    into, asker = kernel(force_load=False), asks(versions=versions)
    asker.extended = extended
    assert version_fits(into, asker, symbol("a", 5)) is fits
    assert version_fits(into, asker, symbol("a", 5)) is fits
    assert log(into) == (lines * 2 if "disagrees" in "".join(lines) else lines)
    assert version_fits(into, asker, symbol("a"))
    without = kernel(modversions=False)
    assert version_fits(without, asker, symbol("a", 5))
    assert log(without) == []


def test_a_module_is_forced_in() -> None:
    """Where the kernel was built so: it is tainted, as the module is, and says so the first time."""
    into, module = kernel(force_load=True), LoadedModule("mine", ModuleState.COMING)
    assert force_load(into, module, "mine", "bad vermagic")
    assert (into.taint & FORCED, module.taints) == (FORCED, FORCED)
    assert force_load(into, module, "mine", "bad vermagic")
    assert log(into)[0] == "<4>mine: bad vermagic: kernel tainted."
    assert sum("bad vermagic" in line for line in log(into)) == 1
    strict, other = kernel(force_load=False), LoadedModule("mine", ModuleState.COMING)
    assert not force_load(strict, other, "mine", "bad vermagic")
    assert (strict.taint, other.taints, log(strict)) == (0, 0, [])


@pytest.mark.parametrize(
    ("wanted", "asker", "found"),
    [
        (symbol("a"), asks(), True),
        (symbol("a", gpl=True), asks(), True),
        (symbol("a", gpl=True), asks(PROPRIETARY), False),
        (symbol("a"), asks(PROPRIETARY), True),
        (symbol("a", namespace="N"), asks(namespaces=["N"]), False),
        (symbol("a", 5), asks(versions={"a": 5}), True),
        (symbol("a", 5), asks(versions={"a": 6}), False),
        (symbol("a", 5), asks(versions={}), False),
        (symbol("a", 5), asks(), False),
    ],
)
def test_most_symbols_are_found_quickly(wanted: ExportedSymbol, asker: Requester, found: bool) -> None:
    """Those of which all fits, with the same answer as by the long way; of the others this one says nothing."""
    into = kernel(wanted)
    asker.uses_gpl_only = False
    quick = plain(into, asker)
    assert (quick("a") is not None) is found
    assert asker.uses_gpl_only is (found and wanted.gpl)
    assert quick("x") is None
    if found:
        assert resolve(into, asker, "a") == quick("a")
    if wanted.crc:
        assert plain(kernel(wanted, modversions=False), asker)("a")


def test_a_symbol_is_exported_once() -> None:
    """By the kernel or by one module."""
    into = kernel(symbol("a"))
    loaded(into, "owner", symbol("b"))
    mine = LoadedModule("mine", ModuleState.COMING)
    for name, owner in (("a", "kernel"), ("b", "owner")):
        mine.exports = {"own": symbol("own"), name: symbol(name)}
        with pytest.raises(KernelError) as refused:
            check_exports(into, mine)
        assert refused.value.errno == ENOEXEC
        assert refused.value.causes[0].subject == name
        assert log(into)[-1] == f"<3>mine: exports duplicate symbol {name} (owned by {owner})"
    mine.exports = {"own": symbol("own")}
    check_exports(into, mine)


def test_what_does_not_fit_is_refused_with_its_reason() -> None:
    """A CRC that differs, none at all, a namespace that is not imported; and nothing is held."""
    into = kernel(symbol("b", 5), force_load=False)
    owner = loaded(into, "owner", symbol("a", namespace="N"), symbol("c", 7))
    for name, asker, kind in (
        ("a", asks(versions={}), causes.SYMBOL_NAMESPACE),
        ("b", asks(versions={"b": 4}), causes.CRC_MISMATCH),
        ("c", asks(), causes.CRC_MISSING),
    ):
        with pytest.raises(KernelError) as refused:
            resolve(into, asker, name)
        assert (refused.value.errno, refused.value.causes[0].kind) == (EINVAL, kind)
        assert (owner.refcount, asker.module.uses) == (0, [])
    assert resolve(into, asks(namespaces=["N"]), "a")
    assert owner.refcount == 1
