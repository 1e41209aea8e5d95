"""Code is run only if it was built for the kernel that the emulator has, and finds that kernel's variables."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from modtools import profiles
from modtools.boot import Source, boot
from modtools.emulate import KERNEL
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.addresses import Addresses
from modtools.errors import KernelError, Killed
from modtools.formats.symvers import GPL, PLAIN
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.link.relocations import signed
from modtools.store import Store
from tests.reference import CHECKOUT

pytest.importorskip("unicorn")

KO = CHECKOUT / "tests/transcripts/ko"
HELLO = KO / "hello_export.ko"
OURS = profiles.load(KERNEL)
LAYOUT = next(symbol.crc for symbol in OURS.exports if symbol.name == "module_layout") or 0


def symvers(folder: Path, layout: int = LAYOUT) -> str:
    """The Module.symvers of the emulator's kernel, or of one with another module_layout: CRCs and no addresses."""
    path = folder / "Module.symvers"
    crcs = {symbol.name: symbol.crc or 0 for symbol in OURS.exports} | {"module_layout": layout}
    kinds = {symbol.name: GPL if symbol.gpl else PLAIN for symbol in OURS.exports}
    spaces = {symbol.name: symbol.namespace for symbol in OURS.exports}
    path.write_text("".join(f"{crcs[n]:#010x}\t{n}\tvmlinux\t{kinds[n]}\t{spaces[n]}\n" for n in crcs))
    return str(path)


def patched(folder: Path, old: bytes, new: bytes) -> Path:
    """hello_export.ko with some bytes replaced by as many others."""
    data = HELLO.read_bytes()
    assert old in data
    path = folder / HELLO.name
    path.write_bytes(data.replace(old, new.ljust(len(old), b"\0")))
    return path


def init(kernel: Kernel, path: Path, flags: int = 0) -> tuple[object, list[str]]:
    """How loading a module went, and the log."""
    end: object
    try:
        end = insert(kernel, path.read_bytes(), flags=flags, path=str(path)).init
    except (KernelError, Killed) as error:
        end = type(error), error.causes
    return end, list(raw_lines(kernel.log.readable()))


def rebooted(store: Store, **source: Any) -> Kernel:
    """The kernel as the next command finds it after `pymod boot`."""
    boot(store, Source(**source))
    return store.read()


def test_variables_are_where_the_kernel_has_them(tmp_path: Path) -> None:
    """Each variable that is provided has one address, whether the list of symbols tells it or not."""
    store = Store(tmp_path / "state.json")
    guests = [EmulatedRunner(kernel).guest for kernel in (store.default(), rebooted(store, symvers=symvers(tmp_path)))]
    names = [name for name in registry.index() if isinstance(registry.find(name), registry.Variable)]
    told, untold = ({name: guest.addresses.resolve(name) for name in names} for guest in guests)
    assert told == untold
    # Code has 32 bits for an address: the kernel's own, or an offset in a processor's area.
    assert not [name for name, address in untold.items() if not signed(32)(address)]


def test_variables_do_not_overlap(tmp_path: Path) -> None:
    """Those that the kernel has no address for lie one after another, and hold what they are filled with."""
    guest = EmulatedRunner(Store(tmp_path / "state.json").default()).guest
    names = [name for name in registry.index() if OURS.exports.get(name) is None]
    variables = [(name, entry) for name in names if isinstance(entry := registry.find(name), registry.Variable)]
    sizes = {name: entry.size for name, entry in variables if isinstance(entry.size, int)}
    assert len(sizes) > 1
    places = sorted((guest.addresses.resolve(name), size) for name, size in sizes.items())
    assert all(start + size <= after for (start, size), (after, _) in pairwise(places))
    assert Addresses(guest).resolve("jiffies") == guest.addresses.resolve("jiffies")


@pytest.fixture(scope="module")
def by_symvers(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The emulator's kernel, booted by its Module.symvers."""
    folder = tmp_path_factory.mktemp("symvers")
    store = Store(folder / "state.json")
    rebooted(store, symvers=symvers(folder))
    return store


@pytest.mark.parametrize("path", sorted(KO.glob("*.ko")), ids=lambda path: path.stem)
def test_a_module_meets_the_same_kernel_by_its_symvers(tmp_path: Path, path: Path, by_symvers: Store) -> None:
    """What a module's init does does not depend on whether symbols came with addresses."""
    told, untold = by_symvers.read(), Store(tmp_path / "state.json").read()
    for kernel in (told, untold):
        assert isinstance(kernel.runner, EmulatedRunner)
        kernel.runner.isolated = False  # a process of its own takes ten times as long, and shows nothing more here
    assert init(told, path) == init(untold, path)


def test_another_kernel_runs_no_code(tmp_path: Path) -> None:
    """By its release, or by the CRC of module_layout where the release is the same; log and state say why."""
    store = Store(tmp_path / "state.json")
    for kernel, module, why in (
        (rebooted(Store(tmp_path / "other.json"), release="6.12.1-amd64"), HELLO, "this kernel is 6.12.1-amd64"),
        (
            rebooted(store, release=OURS.release, symvers=symvers(tmp_path, 0x12345678)),
            patched(tmp_path, LAYOUT.to_bytes(8, "little"), 0x12345678.to_bytes(8, "little")),
            "this kernel has other structures (module_layout has the CRC 0x12345678, not 0x9060323f)",
        ),
    ):
        record, log = init(kernel, module)
        text = f"code can be run for Linux {OURS.release}, and {why}"
        assert record == ("assumed", 0, text)
        assert log[-1] == f"<4>hello_export: init: not run, assumed to return 0: {text}"
        assert kernel.runner is None


def test_a_module_for_another_kernel_is_not_run(tmp_path: Path) -> None:
    """Forced in, it is linked and listed, its init is assumed, and neither its exit nor its functions are run later."""
    store = Store(tmp_path / "state.json")
    foreign = patched(tmp_path, LAYOUT.to_bytes(8, "little"), 0x12345678.to_bytes(8, "little"))
    with store.transaction() as kernel:
        record, log = init(kernel, foreign, flags=3)
        assert record == ("assumed", 0, log[-1].partition("return 0: ")[2])
        assert "the module has other structures (module_layout has the CRC 0x12345678" in log[-1]
    with store.transaction() as kernel:
        user, log = init(kernel, KO / "hello_use_export.ko")
        assert user == (End.NEEDS, 0, "the code of hello_export")
        delete(kernel, "hello_use_export")
        delete(kernel, "hello_export")
        assert kernel.log.records[-1].text == "hello_export: exit: not run, as init was not"


@pytest.mark.parametrize("what", ["no_versions", "vermagic_old", "vermagic_garbage", "no_modinfo", "no_vermagic"])
def test_a_module_of_this_kernel_runs_whatever_else_is_wrong(tmp_path: Path, what: str) -> None:
    """The CRC of module_layout tells whose it is, and the release where a module has no CRCs."""
    end, log = init(rebooted(Store(tmp_path / "state.json")), KO / f"bad/{what}.ko", flags=2)
    assert end == (End.RETURNED, 0, "")
    assert log[-1] == "<6>Hello,world"


@pytest.mark.parametrize("release", [b"6.1.0-99-amd64", b"foo", b""])
def test_a_module_without_crcs_is_judged_by_its_release(tmp_path: Path, release: bytes) -> None:
    """Without __versions only the release of its vermagic tells for which kernel it was built."""
    data = (KO / "bad/vermagic_release_no_versions.ko").read_bytes()
    path = tmp_path / "m.ko"
    path.write_bytes(data.replace(b"vermagic=6.1.0-99-amd64", b"vermagic=" + release.ljust(14)))
    record, _ = init(rebooted(Store(tmp_path / "state.json")), path, flags=3)
    name = release.decode()
    what = f"the module is for {name}" if name else "the module does not tell which one it is for"
    assert record == ("assumed", 0, f"code can be run for Linux {OURS.release}, and {what}")
