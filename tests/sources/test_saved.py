"""A kernel that was booted from files keeps all that these told, also under a name of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from modtools import profiles
from modtools.kernel.facts import FACTS
from modtools.profiles import archive
from tests.running import KO, Run, runner
from tests.sources.test_sources import NEXT, ours, tree_of

PROFILE = profiles.load()
MINE = "6.1.0-mine"
PEM = "certificates.pem"


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pymod in this process, with an empty folder for the user's data."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return runner(capfd)


def saved(
    folder: Path, name: str, left_out: tuple[str, ...] = (), others: Mapping[str, bytes] = MappingProxyType({})
) -> Path:
    """Save Debian 12's kernel as one of another release, without some of its files, and with others."""
    files = {file: PROFILE.files.read(file) or b"" for file in profiles.FILES if file not in left_out} | {**others}
    facts = json.loads(PROFILE.files.read("kernel.json") or b"")
    facts |= {"release": MINE, "vermagic": PROFILE.vermagic.replace(PROFILE.release, MINE), "title": "mine"}
    lacking = {"cmdline", *(fact for file in left_out for fact in profiles.FILES[file] if file not in others)}
    sources = {fact: "/boot/vmlinuz-mine" for fact in FACTS if fact not in lacking}
    facts |= {"unknown": ["cmdline"], "sources": sources}
    return profiles.save(name, archive.pack(facts, files), folder / "data/pymod/kernels")


def machine(pymod: Run) -> dict[str, Any]:
    """What status says of the machine."""
    found: dict[str, Any] = json.loads(pymod("status", "--json")[0])["machine"]
    return found


def test_code_runs_in_a_kernel_that_is_not_built_in(pymod: Run, tmp_path: Path) -> None:
    """With its structures and prototypes it meets its own kernel; without them none is run, and that is said."""
    pytest.importorskip("unicorn")
    saved(tmp_path, "whole")
    saved(tmp_path, "bare", ("structs.jsonl", "prototypes.bin"))
    for name, how in (("whole", "returned"), ("bare", "assumed")):
        assert pymod("boot", name)[2] == 0
        assert pymod("insmod", str(KO / "hello_export.ko"))[2] == 0
        (module,) = json.loads(pymod("lsmod", "--json")[0])["modules"]
        assert (module["init"], module["init_value"]) == (how, 0)
        assert ("Hello,world" in pymod("dmesg")[0]) == (how == "returned")
        assert machine(pymod)["code"]["run"] == (how == "returned")


def test_all_that_was_told_is_there_after_the_boot(pymod: Run, tmp_path: Path) -> None:
    """Symbols that are not exported, parameters of what is built in, keys; each fact with its source."""
    saved(tmp_path, "whole")
    assert pymod("boot", "whole")[2] == 0
    assert pymod("uname")[0] == f"{MINE}\n"
    assert len(pymod("cat", "/proc/kallsyms")[0].splitlines()) == len(PROFILE.kallsyms)
    assert pymod("cat", "/sys/module/printk/parameters/time")[0] == "Y\n"
    told = machine(pymod)
    assert told["unknown"] == ["cmdline"]
    assert told["facts"]["kallsyms"] == {"known": "wholly", "source": "/boot/vmlinuz-mine"}
    assert told["facts"]["cmdline"] == {"known": "not", "source": ""}
    assert list(told["facts"]) == list(FACTS)


@pytest.mark.debian
def test_without_its_keys_every_sound_signature_is_good(pymod: Run, tmp_path: Path, debian_tree: Path) -> None:
    """Keys that nobody told are not known; a kernel that is known to have none believes no signature."""
    module = str(next(debian_tree.rglob("crc-itu-t.ko*")))
    for name, keys, good in (("unknown", None, True), ("own", PROFILE.files.read(PEM), True), ("none", b"\n", False)):
        saved(tmp_path, name, (PEM,), {} if keys is None else {PEM: keys})
        pymod("boot", name)
        assert machine(pymod)["facts"]["keys"]["known"] == ("not" if keys is None else "wholly")
        assert pymod("insmod", module)[2] == 0
        assert ("module verification failed" in pymod("dmesg")[0]) == (not good)


def test_a_kernel_is_saved_under_a_name(pymod: Run, tmp_path: Path) -> None:
    """Booted by it, the machine is the same as before, with the same sources; the list shows what is known of it."""
    tree = str(tree_of(ours(), tmp_path / NEXT, NEXT))
    assert pymod("boot", "--save", "mine", tree)[2] == 0
    before, symbols = machine(pymod), pymod("symvers")[0]
    assert pymod("boot")[2] == 0
    assert pymod("boot", "mine")[2] == 0
    after = machine(pymod)
    assert before.pop("booted_from") == tree
    assert after.pop("booted_from") == "the saved kernel mine"
    assert (after, pymod("symvers")[0]) == (before, symbols)
    assert after["facts"]["symbols"] == {"known": "in part", "source": tree}
    row = next(row for row in json.loads(pymod("boot", "--list", "--json")[0])["kernels"] if row["saved"])
    assert (row["name"], row["alias"], row["release"], row["unknown"]) == ("mine", "mine", NEXT, after["unknown"])
    shown = next(line for line in pymod("boot", "--list")[0].splitlines() if line.startswith("mine "))
    assert shown.endswith("only release, processor, version magic")


def test_a_command_line_is_saved_with_a_built_in_kernel(pymod: Run) -> None:
    """A built-in kernel can be saved, too: it is recognised, and has what was told beside it."""
    assert pymod("boot", "--save", "quiet", "debian-12", "--cmdline", "quiet")[2] == 0
    before = machine(pymod)
    pymod("boot")
    assert pymod("boot", "quiet")[2] == 0
    after = machine(pymod)
    assert after.pop("booted_from").startswith("the saved kernel quiet")
    before.pop("booted_from")
    assert after == before
    assert pymod("cat", "/proc/cmdline")[0] == "quiet\n"


@pytest.mark.parametrize("words", [(), ("debian-13", "--cmdline", "quiet"), ("TREE",), ("LIST",)])
def test_the_machines_own_kernel_is_saved_without_a_word(pymod: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Nothing is booted, modules stay; booted by its name, the machine has the same kernel."""
    (tmp_path / "list").write_text(f"{2459533016:#x}\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n")
    files = {"TREE": str(tree_of(ours(), tmp_path / NEXT, NEXT)), "LIST": str(tmp_path / "list")}
    if words:
        assert pymod("boot", *(files.get(word, word) for word in words))[2] == 0
    pymod("write", "/proc/sys/kernel/tainted", "64")
    before, symbols = machine(pymod), pymod("symvers")[0]
    shown, _, status = pymod("boot", "--save", "mine")
    assert status == 0
    assert shown.startswith(f"Kernel:        {before['release']}")
    assert machine(pymod) == before
    assert pymod("boot", "mine")[2] == 0
    after = machine(pymod)
    assert "the saved kernel mine" in after.pop("booted_from")
    assert (before.pop("taint"), after.pop("taint")) == (64, 0)
    assert after.pop("log_lines") == 0
    del before["booted_from"], before["log_lines"]
    assert (after, pymod("symvers")[0]) == (before, symbols)


def test_a_name_that_is_taken_or_cannot_be_one_changes_nothing(pymod: Run, tmp_path: Path) -> None:
    """Neither the machine nor what was saved; --force replaces a saved kernel, and never a built-in one."""
    like = str(tree_of(ours(), tmp_path / NEXT, NEXT) / "hello_export.ko")
    assert pymod("boot", "--save", "mine", like)[2] == 0
    (file,) = (tmp_path / "data/pymod/kernels").iterdir()
    pymod("boot")
    before, kept = machine(pymod), file.read_bytes()
    for words, told in (
        (("mine", "--release", "9.9.9"), "'mine' is saved already"),
        (("a/b", like), "cannot name a kernel"),
        (("", like), "cannot name a kernel"),
        (("debian-12", like), "is a built-in kernel"),
        (("--force", "debian-13", like), None),
        (("mine",), "'mine' is saved already"),
        (("debian-12",), "is a built-in kernel"),
    ):
        _, errors, status = pymod("boot", "--save", *words) if told else pymod("boot", "--force", "--save", *words[1:])
        assert status == 1
        assert (told or "is a built-in kernel") in errors
        assert (machine(pymod), file.read_bytes(), len(list(file.parent.iterdir()))) == (before, kept, 1)
    assert pymod("boot", "--force", "--save", "mine", "--release", "9.9.9")[2] == 0
    assert file.read_bytes() != kept


def test_a_damaged_saved_kernel_is_named(pymod: Run, tmp_path: Path) -> None:
    """The list goes on without it; booting it is refused, and the machine stays."""
    file = saved(tmp_path, "mine")
    file.write_bytes(file.read_bytes()[:5000])
    output, errors, status = pymod("boot", "--list")
    assert status == 1
    assert str(file) in errors
    assert "debian-13" in output
    _, errors, status = pymod("boot", "mine")
    assert status == 1
    assert str(file) in errors


def test_removing_the_file_removes_the_kernel_and_no_machine(pymod: Run, tmp_path: Path) -> None:
    """A machine has its own copy of the kernel that it was booted from."""
    file = saved(tmp_path, "mine")
    pymod("boot", "mine")
    file.unlink()
    assert pymod("uname")[0] == f"{MINE}\n"
    assert pymod("insmod", str(KO / "hello_export.ko"))[2] == 0
    assert "there is neither a file mine nor a kernel of that name" in pymod("boot", "mine")[1]
