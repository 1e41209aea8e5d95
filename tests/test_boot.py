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
from modtools.kernel.facts import FACTS, SINCE_SAVED
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.module import read_module
from modtools.store import Store
from tests import older
from tests.reference import RELEASE, module_trees
from tests.running import KO, Run, runner
from tests.sources.test_sources import NEXT, ours, tree_of

PROFILE = profiles.load()


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


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


@pytest.mark.parametrize("option", ["--symvers", "--system-map", "--like", "--tree"])
def test_a_source_without_an_end_is_refused(pymod: Run, tmp_path: Path, option: str) -> None:
    """A device is not read, wherever a link leads to it; in a tree it is one file that is passed over."""
    (tmp_path / "endless.ko").symlink_to("/dev/zero")
    output, errors, status = pymod("boot", option, str(tmp_path if option == "--tree" else tmp_path / "endless.ko"))
    assert (output, status) == ("", 1)
    assert str(tmp_path / "endless.ko") in errors


def test_an_address_has_64_bits(pymod: Run, tmp_path: Path) -> None:
    """A System.map with a longer one, or a negative one, is refused with the number of its line."""
    path = tmp_path / "System.map"
    for address in ("1" + "0" * 16, "-1", "f" * 5000):
        path.write_text(f"ffffffff82000000 r __ksymtab_a\n{address} T a\n")
        output, errors, status = pymod("boot", "--system-map", str(path))
        assert (output, status) == ("", 1)
        assert f"{path}: line 2: " in errors


def test_the_release_is_that_of_the_modules(pymod: Run, tmp_path: Path) -> None:
    """The folder's name counts for nothing where vermagic says another, and this is said."""
    tree = tree_of(ours(), tmp_path / "kernel", NEXT)
    _, errors, status = pymod("boot", "--tree", str(tree))
    assert status == 0
    assert f"{tree} has modules for {NEXT}: that is the release, not its name" in errors
    assert pymod("uname")[0] == f"{NEXT}\n"


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
    assert "it is not known whether this kernel exports " in errors
    assert "Name the kernel's image or its Module.symvers as well. `pymod boot --symvers` does so." in errors


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
    """Without the field nothing is unknown, but for the symbols of a kernel that is no profile's, and what such a
    state has no place for.
    """
    store = Store(tmp_path / "state.json")
    for source, unknown in ((Source(), ()), (Source(release="9.9.9"), ("symbols", *SINCE_SAVED))):
        boot(store, source)
        state = older.with_symbols_only(store) if unknown else json.loads(store.path.read_text())
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
