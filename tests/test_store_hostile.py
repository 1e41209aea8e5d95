"""A state that somebody else has written: one line of text from every tool, no mistake, no endless reading."""

from __future__ import annotations

import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from modtools.emulate import isolation
from modtools.errors import FormatError, StateError
from modtools.profiles import exports
from modtools.store import Store
from tests import properties
from tests.properties import some
from tests.running import KO, Run, load, runner

LOOKING: tuple[tuple[str, ...], ...] = (
    *(("lsmod",), ("lsmod", "--json"), ("status",), ("dmesg",), ("cat", "/proc/modules"), ("cat", "/proc/kallsyms")),
    *(("ls", "/sys/module/params_all/parameters"), ("cat", "/sys/module/params_all/parameters/p_int")),
    *(("cat", "/sys/module/params_all/sections/.text"), ("ls", "/sys/module/params_all/notes"), ("uname", "-a")),
    *(("modprobe", "-n", "-v", "params_all"), ("modinfo", "params_all")),
)
CHANGING: tuple[tuple[str, ...], ...] = (
    *(("write", "/sys/module/params_all/parameters/p_int", "3"), ("insmod", str(KO / "hello_use_export.ko"))),
    *(("rmmod", "params_all"), ("umount", "/proc"), ("dmesg", "-C")),
)
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        -1,
        1 << 70,
        10**4000,
        0.5,
        float("nan"),
        "",
        "odd",
        "\ud800",
        "../../x",
        "a\0b",
        [],
        [[]],
        {},
        {"a": 1},
    ),
)


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pymod; what the kernel kills ends with a status and not with the test."""
    monkeypatch.setattr("modtools.endings._die", lambda _killed: 137)
    return runner(capfd)


@pytest.fixture
def machine(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state of a machine with some modules, whose code is not run."""
    monkeypatch.setenv("PYMOD_RUN", "0")
    load(pymod, "params_all", "hello_export")
    return Path(os.environ["PYMOD_STATE"])


def _places(node: Any) -> Iterator[tuple[Any, ...]]:
    """The ways to the fields of a document; of what lies in a list, to the first of each length."""
    items: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, dict) else ()
    if isinstance(node, list):
        lengths = [len(entry) if isinstance(entry, list) else 0 for entry in node]
        alike = all(isinstance(entry, (list, dict)) for entry in node)
        items = [(i, entry) for i, entry in enumerate(node) if not alike or lengths.index(lengths[i]) == i]
    for key, value in items:
        yield (key,)
        yield from ((key, *way) for way in _places(value))


def _changed(node: Any, way: tuple[Any, ...], value: Any, *, gone: bool = False) -> Any:
    """A copy with another value at the end of a way, or without that field."""
    copy = dict(node) if isinstance(node, dict) else list(node)
    if len(way) > 1:
        copy[way[0]] = _changed(node[way[0]], way[1:], value, gone=gone)
    elif gone:
        del copy[way[0]]
    else:
        copy[way[0]] = value
    return copy


def _variants(document: Any) -> Iterator[tuple[str, Any]]:
    """Each field with everything that is odd, and gone: 17 cases, so that some() takes others of the next field."""
    for way in _places(document):
        for value in ODD:
            yield f"{way} = {value!r:.40}", _changed(document, way, value)
        yield f"{way} gone", _changed(document, way, None, gone=True)


def _check(pymod: Run, words: tuple[str, ...], what: str) -> None:
    output, errors, status = pymod(*words)
    assert "mistake" not in errors, (what, words, errors)
    assert "Traceback" not in output + errors, (what, words)
    assert status in (0, 1, -9, 137), (what, words, status)
    assert all(len(line) < 2000 for line in errors.splitlines()), (what, words)


def _go_through(pymod: Run, path: Path, file: Path, variants: Iterator[tuple[str, bytes]]) -> None:
    """Put each variant into the place of a file, and let every tool read what is readable of it."""
    saved = path.with_name("saved")
    shutil.copytree(path.parent, saved, ignore=shutil.ignore_patterns("saved", "root"))
    for what, content in variants:
        file.write_bytes(content)
        looking, changing = LOOKING, CHANGING
        try:
            for module in Store(path).read().modules.values():
                module.details, module.exports  # noqa: B018, both are read now
        except StateError:
            looking, changing = (("lsmod",), ("cat", "/proc/kallsyms")), (("rmmod", "params_all"),)
        for words in looking:
            _check(pymod, words, what)
        assert file.read_bytes() == content
        for words in changing:
            _check(pymod, words, what)
        shutil.copytree(saved, path.parent, dirs_exist_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "first", ["schema taint time once modules_disabled unmounted lock_debugging memory", "kernel", "modules", "log"]
)
def test_every_field_of_the_state(pymod: Run, machine: Path, first: str) -> None:
    """Each field of state.json, odd in every way or gone: each tool answers, or says what is wrong in one line."""
    state = json.loads(machine.read_text())
    variants = (
        (what, json.dumps(state | changed).encode())
        for what, changed in some(_variants({key: state[key] for key in first.split()}))
    )
    _go_through(pymod, machine, machine, variants)


@pytest.mark.slow
def test_every_field_of_the_details(pymod: Run, machine: Path) -> None:
    """The same for the file of a module's details."""
    state = json.loads(machine.read_text())
    file = Store(machine).parts.folder / state["modules"][0]["details"]
    details = json.loads(file.read_text())
    variants = ((what, json.dumps(changed).encode()) for what, changed in some(_variants(details)))
    _go_through(pymod, machine, file, variants)


ELSEWHERE = ("../secret.json", "/dev/zero", "12.json", "13.json", "14.json", "15.json", "", "pymod", "lock", "x\0y")


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize("field", ["details", "symbols", "memory"])
def test_no_part_is_read_from_elsewhere(pymod: Run, machine: Path, field: str, name: str) -> None:
    """Names that lead out of the folder, links, FIFOs, devices and folders in it: one error, at once."""
    if not name and field != "details":
        pytest.skip("there is no such part then")
    folder = Store(machine).parts.folder
    state = json.loads(machine.read_text())
    details = folder / state["modules"][0]["details"]
    shutil.copy(details, machine.parent / "secret.json")
    (folder / "12.json").symlink_to("../secret.json")
    (folder / "13.json").symlink_to("/dev/zero")
    os.mkfifo(folder / "14.json")
    (folder / "15.json").mkdir()
    {"details": state["modules"][0], "symbols": state["kernel"], "memory": state}[field][field] = name
    machine.write_text(json.dumps(state))
    os.environ["PYMOD_RUN"] = "1"
    words = {"memory": ("tick", "1"), "symbols": ("insmod", str(KO / "chain_c.ko"))}.get(
        field, ("cat", "/proc/kallsyms")
    )
    _, errors, status = pymod(*words)
    assert (status, "refers to " in errors) == (1, True), errors
    assert json.loads(machine.read_text()) == state


@pytest.mark.parametrize("path", ["/dev/zero", "fifo", "", "a\0b", "."])
def test_no_modules_file_is_read_without_end(
    tmp_path: Path, pymod: Run, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module's `path` that is a device, a FIFO or nothing: the log says that its code cannot run, and why."""
    pytest.importorskip("unicorn")
    os.mkfifo(tmp_path / "fifo")
    monkeypatch.chdir(tmp_path)
    load(pymod, "hello_export")
    machine = Path(os.environ["PYMOD_STATE"])
    state = json.loads(machine.read_text())
    state["modules"][0]["path"] = path
    machine.write_text(json.dumps(state))
    assert "mistake" not in pymod("rmmod", "hello_export")[1]
    assert "cannot be read any more" in pymod("dmesg")[0]


def test_a_module_that_oopsed_is_found_again(pymod: Run) -> None:
    """It stays with the path of its file, so that what comes after links it again and does not complain."""
    pytest.importorskip("unicorn")
    pymod("insmod", str(KO / "oopser.ko"))
    state = json.loads(Path(os.environ["PYMOD_STATE"]).read_text())
    if not state["modules"]:
        pytest.skip("its init does not oops")
    assert state["modules"][0]["path"] == str(KO / "oopser.ko")
    assert pymod("tick", "1")[1] == ""
    assert "cannot be read" not in pymod("dmesg")[0]


def test_a_table_that_unpacks_to_too_much_is_refused() -> None:
    """What a table of symbols says about its size is bounded before anything is unpacked."""
    with pytest.raises(FormatError, match="would unpack to"):
        exports.decode(struct.pack("<8s3I", exports.MAGIC, 1 << 30, 1 << 31, 1) + zlib.compress(bytes(1 << 20)))


@pytest.mark.parametrize("address", ["ffffffff8200000280", "-1", "0x", "f" * 5000, "g", "１" * 30])
def test_an_address_of_a_system_map_has_64_bits(tmp_path: Path, pymod: Run, address: str) -> None:
    """Another one is an error with file and line."""
    path = tmp_path / "System.map"
    path.write_text(f"ffffffff81000000 T a\n{address} T b\nffffffff82000000 r __ksymtab_a\n")
    _, errors, status = pymod("boot", "--system-map", str(path))
    assert (status, f"{path}: line 2: " in errors, "mistake" in errors) == (1, True, False)


@pytest.mark.slow
def test_every_field_of_the_memory(pymod: Run, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header of modules' memory, odd in every way: code is not run with it, or fails, and one line says so."""
    pytest.importorskip("unicorn")
    monkeypatch.setenv("PYMOD_RUN", "1")
    load(pymod, "param_cb", "proc_hold")
    state = json.loads(machine.read_text())
    file = Store(machine).parts.folder / state["memory"]
    _, size, rest = struct.unpack_from("<8sII", file.read_bytes())
    stream = zlib.decompress(file.read_bytes()[16:])
    saved = machine.with_name("saved")
    shutil.copytree(machine.parent, saved, ignore=shutil.ignore_patterns("saved", "root"))
    variants = list(_variants(json.loads(stream[:size])))[::7]  # each field with two or three of what is odd
    for number, (what, header) in enumerate(properties.some(variants)):
        text = json.dumps(header).encode()
        packed = struct.pack("<8sII", b"pymodmem", len(text), rest) + zlib.compress(text + stream[size:])
        file.write_bytes(packed)
        # Seldom in a process of its own, which takes three times as long, and all of them where all is tried.
        monkeypatch.setattr(isolation, "POSSIBLE", properties.ALL or not number % 5)
        for words in (("ls", "/proc"), ("tick", "1"), ("rmmod", "proc_hold")):
            _check(pymod, words, what)
        shutil.copytree(saved, machine.parent, dirs_exist_ok=True)
