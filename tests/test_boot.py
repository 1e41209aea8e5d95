"""A kernel is what its sources tell of it: what they do not tell is not known, and is said to be so."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from modtools import causes, profiles
from modtools.boot import Source, boot
from modtools.errors import KernelError, Killed
from modtools.formats import compression
from modtools.formats.symvers import GPL, PLAIN
from modtools.kernel.facts import FACTS
from modtools.kernel.load import insert
from modtools.kernel.log import raw_lines
from modtools.kernel.state import Kernel
from modtools.module import read_module
from modtools.sources import Sketch, merge, of_profile
from modtools.sources.modules import from_tree
from modtools.store import Store
from tests.reference import RELEASE, module_trees
from tests.running import KO, Run, runner

PROFILE = profiles.load()
NEXT = "6.1.0-57-amd64"
"""A release of as many letters, for a kernel of which nothing else is known."""


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


def tree_of(paths: Iterable[Path], folder: Path, release: str = RELEASE) -> Path:
    """A tree of these modules, built for a kernel of this release."""
    folder.mkdir(parents=True)
    for path in paths:
        (folder / path.name).write_bytes(path.read_bytes().replace(RELEASE.encode(), release.encode()))
    return folder


def ours() -> list[Path]:
    """The modules of the recordings that fit together."""
    return sorted(path for path in KO.glob("*.ko") if path.stem not in ("unknown_syms", "dup_export"))


def from_paths(paths: Iterable[Path], folder: Path, release: str = NEXT) -> Sketch:
    """What a tree of these modules tells."""
    return from_tree(tree_of(paths, folder, release))


def assert_the_kernels(sketch: Sketch) -> None:
    """All its symbols are exported by the kernel itself, with the same CRCs."""
    found = sketch.symbols or {}
    truth = {symbol.name: symbol for symbol in PROFILE.exports}
    assert found
    assert {name: symbol.crc for name, symbol in found.items()} == {name: truth[name].crc for name in found}


@pytest.mark.parametrize("seed", range(8))
def test_a_tree_is_never_wrong_about_its_kernel(tmp_path: Path, seed: int) -> None:
    """Whichever modules are missing from a tree, no symbol of another module is taken for the kernel's."""
    some = random.Random(seed).sample(ours(), 30)
    assert_the_kernels(from_paths(some, tmp_path / NEXT))


@pytest.mark.debian
@pytest.mark.parametrize("seed", range(3))
def test_debians_tree_is_never_wrong_about_its_kernel(tmp_path: Path, debian_tree: Path, seed: int) -> None:
    """The same for a hundred of Debian's modules, most of whose exporters are missing."""
    modules = sorted((debian_tree / "lib/modules" / RELEASE / "kernel").rglob("*.ko"))
    assert_the_kernels(from_paths(random.Random(seed).sample(modules, 100), tmp_path / NEXT))


def test_what_a_missing_module_may_export_is_said(tmp_path: Path) -> None:
    """Its users' symbols are the kernel's only if another module, whose exporters are all there, needs them."""
    sketch = from_paths([KO / "hello_use_export.ko"], tmp_path / NEXT)
    assert not sketch.symbols
    assert "may be exported by modules that are not in" in sketch.notes[0]
    assert "(hello_export): they are not taken for the kernel's" in sketch.notes[0]
    whole = from_paths([KO / "hello_use_export.ko", KO / "hello_export.ko"], tmp_path / "whole" / NEXT)
    assert whole.notes == ()
    assert "hello_export" not in (whole.symbols or {})
    assert "_printk" in (whole.symbols or {})


def test_a_whole_list_rules(tmp_path: Path) -> None:
    """A source that knows all symbols says of all others that the kernel does not export them."""
    inferred = from_paths(ours(), tmp_path / NEXT)
    whole = of_profile(PROFILE)
    for both in (merge(inferred, whole), merge(whole, inferred)):
        assert (both.symbols or {}).keys() == (whole.symbols or {}).keys()
        assert both.symbols == whole.symbols


def test_a_damaged_file_is_named_and_passed_over(pymod: Run, tmp_path: Path) -> None:
    """No module, a module that is cut, one for a machine that nobody knows: the rest tells of the kernel."""
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    (tree / "cut.ko").write_bytes((tree / "hello_export.ko").read_bytes()[:2000])
    (tree / "text.ko.xz").write_text("no module")
    data = bytearray((tree / "hello_export.ko").read_bytes())
    data[18:20] = b"\x34\x12"
    (tree / "strange.ko").write_bytes(data)
    output, errors, status = pymod("boot", "--tree", str(tree))
    assert status == 0
    assert f"{NEXT} for x86_64" in output
    named = [line for line in errors.splitlines() if line.endswith("; it is passed over")]
    assert [line.split()[2].rstrip(":") for line in named] == [str(tree / name) for name in _DAMAGED]
    messages = json.loads(pymod("boot", "--tree", str(tree), "--json")[0])["messages"]
    assert [message["text"].split()[0].rstrip(":") for message in messages] == [str(tree / name) for name in _DAMAGED]


_DAMAGED = ("cut.ko", "strange.ko", "text.ko.xz")


def test_a_tree_of_damaged_files_is_refused(pymod: Run, tmp_path: Path) -> None:
    """Where nothing can be read, there is no kernel to be booted, and one of the files is named."""
    (tmp_path / "a.ko").write_text("no module")
    output, errors, status = pymod("boot", "--tree", str(tmp_path))
    assert (output, status) == ("", 1)
    assert str(tmp_path / "a.ko") in errors


def test_the_release_is_that_of_the_modules(pymod: Run, tmp_path: Path) -> None:
    """The folder's name counts for nothing where vermagic says another, and this is said."""
    tree = tree_of(ours(), tmp_path / "kernel", NEXT)
    _, errors, status = pymod("boot", "--tree", str(tree))
    assert status == 0
    assert f"{tree} has modules for {NEXT}: that is the release, not its name" in errors
    assert pymod("uname")[0] == f"{NEXT}\n"


def test_modules_of_another_kernel_do_not_count(tmp_path: Path) -> None:
    """Most of a tree decide which kernel it is for; what the others need is not taken for this kernel's."""
    tree = tree_of(ours()[:20], tmp_path / NEXT, NEXT)
    data = (KO / "unknown_syms.ko").read_bytes()
    (tree / "old.ko").write_bytes(data.replace(RELEASE.encode(), b"5.9.0-99-amd64"))
    sketch = from_tree(tree)
    assert sketch.release == NEXT
    assert any("1 of the modules" in note and "are for another kernel" in note for note in sketch.notes)
    assert not {name for name in sketch.symbols or {} if PROFILE.exports.get(name) is None}


def symvers(folder: Path, names: Iterable[str]) -> str:
    """A Module.symvers of some of the profile's symbols."""
    path = folder / "Module.symvers"
    symbols = [symbol for name in names if (symbol := PROFILE.exports.get(name))]
    path.write_text(
        "".join(f"{s.crc or 0:#010x}\t{s.name}\tvmlinux\t{GPL if s.gpl else PLAIN}\t{s.namespace}\n" for s in symbols)
    )
    return str(path)


def refusal(kernel: Kernel) -> tuple[list[str], list[str]]:
    """The causes, and the log, of a module that needs what nobody exports."""
    path = KO / "unknown_syms.ko"
    with pytest.raises(KernelError) as caught:
        insert(kernel, path.read_bytes(), path=str(path))
    assert caught.value.errno == 2
    return [cause.kind for cause in caught.value.causes], list(raw_lines(kernel.log.readable()))


def test_a_symbol_that_is_not_in_an_inferred_list_is_not_known(tmp_path: Path) -> None:
    """The errno is Linux's and its lines are there; cause and log say that the symbol may be there all the same."""
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    like = str(tree / "hello_export.ko")
    names = [symbol.name for symbol in PROFILE.exports]
    for source, known in (
        (Source(), True),
        (Source(tree=str(tree)), False),
        (Source(like=like), False),
        (Source(release="9.9.9"), False),
        (Source(release="9.9.9", symvers=symvers(tmp_path, names)), True),
        (Source(like=like, symvers=symvers(tmp_path, names)), True),
    ):
        kernel = boot(Store(tmp_path / "state.json"), source).kernel
        found, log = refusal(kernel)
        assert set(found) == {causes.SYMBOL_UNKNOWN if known else causes.SYMBOL_NOT_KNOWN}, source
        told = [line for line in log if "not known whether this kernel exports" in line]
        assert len(told) == (not known)
        assert sum("Unknown symbol" in line for line in log) == len(found)
        assert kernel.identity.symbols_complete == known


def test_the_hint_says_what_would_tell(pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """insmod's error stands as it is; beside it comes that the symbol is not known, and which source would know."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    _, errors, _ = pymod("boot", "--tree", str(tree))
    _, errors, status = pymod("insmod", str(KO / "unknown_syms.ko"))
    assert status == 1
    assert errors.splitlines()[0].endswith("Unknown symbol in module")
    assert "whether the kernel exports it is not known: `pymod boot --symvers`" in errors


@pytest.mark.parametrize("what", ["tree", "like", "release", "symvers", "map"])
def test_nothing_of_the_built_in_kernel_is_told_of_another(pymod: Run, tmp_path: Path, what: str) -> None:
    """/proc/version and /proc/cmdline have only what is known; status names what is not, and whose rules judge."""
    tree = tree_of(ours(), tmp_path / NEXT, NEXT)
    (tmp_path / f"System.map-{NEXT}").write_text("ffffffff82000000 r __ksymtab__printk\nffffffff81000000 T _printk\n")
    options = {
        "tree": ("--tree", str(tree)),
        "like": ("--like", str(tree / "hello_export.ko")),
        "release": ("--release", NEXT),
        "symvers": ("--release", NEXT, "--symvers", symvers(tmp_path, ["_printk"])),
        "map": ("--system-map", str(tmp_path / f"System.map-{NEXT}")),
    }[what]
    assert pymod("boot", *options)[2] == 0
    assert pymod("cat", "/proc/version", "/proc/cmdline")[0] == f"Linux version {NEXT}\n\n"
    machine = json.loads(pymod("status", "--json")[0])["machine"]
    assert {"version", "cmdline", "keys", "builtin", "options"} <= set(machine["unknown"]) <= FACTS.keys()
    assert "release" not in machine["unknown"]
    assert machine["judged_by"] == "Linux 6.1"
    assert machine["code"] == {
        "run": False,
        "why_not": f"code can be run for Linux {RELEASE}, and this kernel is {NEXT}",
    }
    assert pymod("boot", *options, "--cmdline", "quiet")[2] == 0
    assert pymod("cat", "/proc/cmdline")[0] == "quiet\n"
    assert "cmdline" not in json.loads(pymod("status", "--json")[0])["machine"]["unknown"]


def test_the_same_kernel_is_known_by_heart(tmp_path: Path) -> None:
    """Sources that tell of the built-in kernel add nothing and lose nothing."""
    store = Store(tmp_path / "state.json")
    default = store.default()
    tree = tree_of(ours(), tmp_path / RELEASE)
    names = [symbol.name for symbol in PROFILE.exports]
    for source in (
        Source(tree=str(tree)),
        Source(like=str(tree / "hello_export.ko")),
        Source(symvers=symvers(tmp_path, names)),
        Source(tree=str(tree), symvers=symvers(tmp_path, names)),
    ):
        kernel = boot(store, source).kernel
        assert kernel.identity.unknown == ()
        assert list(store.read().symbols) == list(default.symbols)
        assert kernel.identity._replace(booted_from="", symbols="") == default.identity._replace(booted_from="")


def test_a_release_that_nobody_tells_is_not_known(pymod: Run, tmp_path: Path) -> None:
    """A bare list of a few symbols may be any kernel's: a release is taken, which is said, and no code runs."""
    _, errors, status = pymod("boot", "--symvers", symvers(tmp_path, ["_printk", "__fentry__", "__x86_return_thunk"]))
    assert status == 0
    assert f"nothing tells its release: {RELEASE} is taken" in errors
    assert pymod("insmod", str(KO / "hello_export.ko"))[2] == 0
    assert "it is not known which one this kernel is" in pymod("dmesg")[0]


def test_a_state_of_an_older_pymod_is_read(tmp_path: Path) -> None:
    """Without the field nothing is unknown, but for the symbols of a kernel that is no profile's."""
    store = Store(tmp_path / "state.json")
    for source, unknown in ((Source(), ()), (Source(release="9.9.9"), ("symbols",))):
        boot(store, source)
        state = json.loads(store.path.read_text())
        del state["kernel"]["unknown"]
        store.path.write_text(json.dumps(state))
        assert store.read().identity.unknown == unknown


@pytest.mark.trees
def test_modules_of_debian_13_are_judged_as_far_as_they_can_be(tmp_path: Path) -> None:
    """In a kernel like its 6.12, with all that they need, none is refused, none oopses, and no code is run."""
    if not (module_trees() / "trixie-amd64").is_dir():
        pytest.skip("no tree trixie-amd64")
    folder = next((module_trees() / "trixie-amd64/lib/modules").iterdir())
    paths = {path.name.partition(".")[0].replace("-", "_"): path for path in sorted(folder.rglob("*.ko.xz"))}
    wanted = random.Random(612).sample(sorted(paths), 60)

    def needs(name: str) -> list[str]:
        depends = [word.replace("-", "_") for word in (read_module(paths[name]).info("depends") or "").split(",")]
        return [*(other for word in depends if word for other in needs(word)), name]

    order = dict.fromkeys(other for name in wanted for other in needs(name))
    tree = tmp_path / folder.name
    tree.mkdir()
    for name in order:
        shutil.copy(paths[name], tree)
    kernel = boot(Store(tmp_path / "state.json"), Source(tree=str(tree))).kernel
    kernel = Store(tmp_path / "state.json").read()
    for name in order:
        try:
            image = bytes(compression.decompress(paths[name].read_bytes()))
            assert insert(kernel, image, path=str(paths[name])).init.how in ("assumed", "none")
        except (KernelError, Killed) as error:
            pytest.fail(f"{name}: {error!r}: {list(raw_lines(kernel.log.readable()))[-2:]}")
