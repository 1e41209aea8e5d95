"""A check says what insmod would, and all reasons at once."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import hostfile
from modtools.diagnose.check import Against, check
from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Row, Severity, Verdict
from modtools.diagnose.given import Candidate, candidates
from modtools.diagnose.rules import OF_CAUSE, RULES
from modtools.diagnose.scratch import Scratch
from modtools.diagnose.together import Together
from modtools.linuxerrno import EINVAL
from modtools.store import Store
from tests.properties import examples
from tests.reference import CHECKOUT, RELEASE, debian_tree
from tests.relations import SmallTree
from tests.running import Run, runner

KO = CHECKOUT / "tests/transcripts/ko"
FILES = sorted(path for path in KO.rglob("*") if path.is_file() and ".ko" in path.name)


Check = Callable[..., dict[str, Any]]
"""Takes words for `pymod check --format json` and the exit status that is expected; gives the document."""


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


@pytest.fixture
def checked(pymod: Run) -> Check:
    """Runs a check."""

    def run(*words: str, status: int | None = None) -> dict[str, Any]:
        output, errors, got = pymod("check", "--format", "json", *words)
        assert status in (None, got), errors
        document: dict[str, Any] = json.loads(output)
        assert document["exit_status"] == got
        return document

    return run


def rules(module: dict[str, Any], severity: str = "error") -> list[str]:
    """The rules of a module's findings of a severity."""
    return [found["rule"] for found in module["findings"] if found["severity"] == severity]


def ko(*names: str) -> list[str]:
    """The paths of modules of our own."""
    return [str(KO / f"{name}.ko") for name in names]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_errno_and_log_are_insmods(pymod: Run, checked: Check, file: Path) -> None:
    """A module alone, sound or damaged: errno, words and log lines are those of insmod on the same kernel."""
    (module,) = checked("--kernel", "debian-12", str(file))["modules"]
    words = ("insmod", "--json", "--no-run", str(file))
    if module["error"] == "Killed":  # as this process would be
        done = subprocess.run([sys.executable, "-m", "modtools", *words], capture_output=True, text=True, check=False)
        output, errors, status = done.stdout, done.stderr, done.returncode
        assert status == -signal.SIGKILL
    else:
        output, errors, status = pymod(*words)
    call = (json.loads(output)["calls"] or [{"errno": EINVAL, "log": []}])[0]  # libkmod does not take every file
    assert module["errno"] == call["errno"]
    assert [line for line in call["log"] if "init: not run" not in line] == module["log"]
    assert module["error"] == (
        errors.splitlines()[-1].rpartition(": ")[2] if call["errno"] else "Killed" if status < 0 else ""
    )
    assert module["verdict"] == ("refused" if call["errno"] or status else "loads")


def test_what_it_needs_is_looked_for_beside_it(checked: Check) -> None:
    """Modules that are given are loaded in an order in which they can be, whatever order they are given in."""
    document = checked("--kernel", "debian-12", *ko("hello_use_export", "hello_export"), status=0)
    user, exporter = document["modules"]
    assert (user["order"], user["uses"]) == (["hello_export", "hello_use_export"], ["hello_export"])
    assert exporter["order"] == ["hello_export"]
    assert [module["path"] for module in document["modules"]] == ko("hello_use_export", "hello_export")


def test_all_reasons_at_once(checked: Check) -> None:
    """A module of another kernel is refused for its first fault, and all others are found, too."""
    (module,) = checked("--kernel", "debian-13", *ko("hello_use_export"), status=1)["modules"]
    assert module["error"] == "Invalid module format"
    assert module["findings"][0]["rule"] == "struct-module-size"
    assert {"struct-module-size", "symbol-version-mismatch", "symbol-unknown"} == set(rules(module))


def test_a_dependency_that_is_refused_is_the_reason(checked: Check) -> None:
    """Where a module that is needed does not load, that is said of its symbols."""
    document = checked("--kernel", "debian-12", *ko("ns_user_noimport", "ns_export"), status=1)
    assert rules(document["modules"][0]) == ["symbol-namespace"]
    needed = ko("dia_top", "dia_left", "dia_right", "dia_base")
    module = checked("--kernel", "debian-12", "--args", "dia_base=nosuch=1", *needed, status=0)["modules"][3]
    assert rules(module, "warning") == ["parameter-unknown"]


def test_parameters(checked: Check) -> None:
    """Each bad value is found, with the parameter's type and what it takes; an unknown name is a warning."""
    words = ("--kernel", "debian-12", "--args", "params_all=p_int=x p_bool=maybe p_inr=1", *ko("params_all"))
    (module,) = checked(*words, status=1)["modules"]
    found = {each["subject"]: each for each in module["findings"]}
    assert found["p_int"]["evidence"] == {
        "value": "x",
        "type": "int",
        "takes": "a whole number, decimal, 0x hexadecimal or 0 octal, from -2147483648 to 2147483647",
    }
    assert found["p_bool"]["rule"] == "parameter-invalid"
    assert found["p_inr"]["evidence"]["similar"][0] == "p_int"


def test_values_of_arrays(checked: Check) -> None:
    """Of an array the element that is bad is named, and too many are told as that; a text that is too long, too."""
    words = {"p_arr=1,x,3": "does not accept 'x'", "p_arr=1,2,3,4,5,6": "takes 4 values, and is given 6"}
    words |= {"p_string=" + 40 * "a": "is too long: it has 40 bytes"}
    for given_, message in words.items():
        (module,) = checked("--kernel", "debian-12", "--args", f"params_all={given_}", *ko("params_all"), status=1)[
            "modules"
        ]
        (found,) = (each for each in module["findings"] if each["severity"] == "error")
        assert found["rule"] == "parameter-invalid"
        assert found["message"].endswith(message)
        assert found["evidence"]["takes"]


def test_a_module_and_a_kernel_count_once(pymod: Run, checked: Check, tmp_path: Path) -> None:
    """What is named twice, by whatever path or name, has one row; two files of one name have two, and it is said."""
    (path,) = ko("hello_export")
    link, copy = tmp_path / "hello_export.ko", tmp_path / "other/hello_export.ko"
    link.symlink_to(path)
    copy.parent.mkdir()
    shutil.copy(path, copy)
    words = (path, path, str(link), f"{KO}/../ko/hello_export.ko")
    kernels = ("--kernel", "debian-12", "--kernel", f"debian-{RELEASE}", "--kernel", "debian-12")
    assert [row["path"] for row in checked(*kernels, *words, status=0)["modules"]] == [path]
    document = checked("--kernel", "debian-12", path, str(copy), status=0)
    assert [row["path"] for row in document["modules"]] == [path, str(copy)]
    assert [rules(row, "note").count("name-loaded") for row in document["modules"]] == [1, 1]
    saved = tmp_path / "check.json"
    assert pymod("check", *kernels, "--format", "json", "-o", str(saved), *words, str(copy))[2] == 0
    assert pymod("check", "--merge", str(saved))[2] == 0


def test_what_lies_in_a_folder_is_not_passed_over(checked: Check, pymod: Run, tmp_path: Path) -> None:
    """A link that leads nowhere and a FIFO are refused as insmod would, with its words."""
    shutil.copy(ko("hello_export")[0], tmp_path)
    (tmp_path / "gone.ko").symlink_to("nowhere.ko")
    os.mkfifo(tmp_path / "pipe.ko")
    gone, sound, pipe = checked("--kernel", "debian-12", str(tmp_path), status=1)["modules"]
    assert sound["verdict"] == "loads"
    for row in (gone, pipe):
        assert (row["verdict"], rules(row)) == ("refused", ["file-unreadable"])
    assert pymod("insmod", str(tmp_path / "gone.ko"))[1].splitlines()[0].endswith(gone["error"])


def test_a_file_that_may_not_be_read_is_not_known(
    checked: Check, pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may not read a file does not know what a kernel says of it; of a folder nothing can be told."""
    for name in ("hello_export", "cow"):
        shutil.copy(ko("hello_export")[0], tmp_path / f"{name}.ko")
    read = hostfile.read

    def refused(path: str, limit: int) -> bytes:
        if path.endswith("cow.ko"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return read(path, limit)

    monkeypatch.setattr(hostfile, "read", refused)
    hidden, sound = checked("--kernel", "debian-12", str(tmp_path), status=3)["modules"]
    assert (hidden["verdict"], sound["verdict"]) == ("unknown", "loads")
    assert hidden["needs"] == ["the file cannot be read: Permission denied"]
    scandir = os.scandir

    def forbidden(path: str) -> Any:
        if str(path) == str(tmp_path):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    output, errors, status = pymod("check", "--kernel", "debian-12", str(tmp_path))
    assert (output, status) == ("", 2)
    assert errors == f"check: ERROR: {tmp_path} cannot be read: Permission denied\n"


def test_a_name_that_is_taken_says_how_to_free_it(pymod: Run, checked: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others use the module that is there, they are removed first; what is there for good is said to be."""
    for name in ("hello_export", "hello_use_export", "permanent"):
        assert pymod("insmod", *ko(name))[2] == 0
    used, stays = checked(*ko("hello_export", "permanent"), status=1)["modules"]
    assert used["findings"][0]["help"] == "Remove it first: `pymod rmmod hello_use_export hello_export`."
    assert used["findings"][0]["evidence"]["removal"] == ["hello_use_export", "hello_export"]
    assert stays["findings"][0]["help"].startswith("It cannot be removed: permanent has an init and no exit function")
    monkeypatch.setenv("PYMOD_HINTS", "1")
    assert "Remove it first: `pymod rmmod hello_use_export hello_export`." in pymod("insmod", *ko("hello_export"))[1]
    assert pymod("rmmod", "hello_use_export", "hello_export")[2] == 0


def test_words_for_a_refusal_are_insmods_everywhere(checked: Check) -> None:
    """A module that needs one that is refused has the same words for that as the row of that one has."""
    user, exporter = checked("--kernel", "debian-13", *ko("hello_use_export", "hello_export"), status=1)["modules"]
    (found,) = (each for each in user["findings"] if each["rule"] == "symbol-not-loaded")
    assert f"({exporter['error']})" in found["message"]
    assert exporter["error"] == "Invalid module format"


def test_exit_statuses(pymod: Run, checked: Check, tmp_path: Path) -> None:
    """0: all load; 1: one does not, or with --strict is warned of; 2: usage; 3: not known."""
    symbols = ("_text", "_printk", "module_layout", "__fentry__", "__x86_return_thunk")
    names = [*symbols, *(f"__ksymtab_{name}" for name in symbols[1:])]
    system_map = tmp_path / "System.map-6.1.0"
    system_map.write_text("".join(f"ffffffff8100000{at} T {name}\n" for at, name in enumerate(names)))
    other = str(tmp_path / "other_name.ko")
    shutil.copy(ko("hello_export")[0], other)
    checked("--kernel", "debian-12", *ko("hello_export"), status=0)
    checked("--kernel", "debian-12", other, status=0)
    checked("--kernel", "debian-12", "--strict", other, status=1)
    checked("--kernel", "debian-12", "--strict", "--ignore", "name-mismatch", other, status=0)
    assert checked("--kernel", str(system_map), *ko("hello_export"), status=3)["modules"][0]["needs"]
    for words in (("--nosuch",), (), ("/nonexistent.ko",), ("--ignore", "nosuch", *ko("hello_export")), ("nosuch",)):
        assert pymod("check", *words)[2] == 2


def test_what_names_nothing_is_no_kernel_and_no_module(pymod: Run) -> None:
    """An empty word, as of a variable that is not set, is refused, and so are parameters of no module."""
    for words in (
        ("--kernel", ""),
        ("--kernel", "debian-12,"),
        ("--args", "nosuch=a=1"),
        ("",),
        ("-o", ""),
        ("--config", "/nosuch"),
    ):
        output, errors, status = pymod("check", *words, *ko("hello_export"))
        assert (output, status, errors.count("\n")) == ("", 2, 1), words


def test_names_that_mean_no_file_say_why(pymod: Run, tmp_path: Path) -> None:
    """A tree without an index or with a damaged one, a builtin module, a name that the tree does not have."""
    tree = SmallTree(tmp_path / "root", {"there": {}}, ["inside"])
    index = tree.folder / "modules.dep.bin"

    def said(name: str) -> str:
        output, errors, status = pymod("check", "--kernel", "debian-12", "--tree", str(tree.folder), name)
        assert (output, status) == ("", 2)
        return errors

    assert said("nosuch").endswith(f"no module of {tree.folder}\n")
    assert "built into the kernel" in said("inside")
    index.write_bytes(b"no index")
    assert f"{index} cannot tell: it is damaged" in said("there")
    index.unlink()
    assert "has no index to look for it" in said("there")


def test_parameters_may_be_given_in_parts(checked: Check) -> None:
    """Several --args of one module are one line, the later ones behind."""
    words = ("--args", "params-all=p_int=1", "--args", "params_all=p_int=x p_bool=maybe")
    (module,) = checked("--kernel", "debian-12", *words, *ko("params_all"), status=1)["modules"]
    assert {each["subject"] for each in module["findings"] if each["severity"] == "error"} == {"p_int", "p_bool"}
    assert "`x' invalid for parameter `p_int'" in "".join(module["log"])


def test_what_is_read_is_not_written_over(pymod: Run, tmp_path: Path) -> None:
    """A report does not take the place of a module or of a part that is merged."""
    file = tmp_path / "hello_export.ko"
    shutil.copy(ko("hello_export")[0], file)
    before = file.read_bytes()
    assert pymod("check", "-o", str(file), str(file))[2] == 2
    assert file.read_bytes() == before


def test_a_module_tree_as_the_kernel_is_looked_in(pymod: Run, checked: Check, tmp_path: Path) -> None:
    """What a module needs is found in the tree that the kernel is named by."""
    folder = tmp_path / "lib/modules/6.1.0-56-amd64"
    folder.mkdir(parents=True)
    shutil.copy(ko("hello_export")[0], folder)
    assert pymod("depmod", "-b", str(tmp_path), "6.1.0-56-amd64")[2] == 0
    (module,) = checked("--kernel", f"debian-12,{folder}", *ko("hello_use_export"))["modules"]
    assert (module["verdict"], module["order"]) == ("loads", ["hello_export", "hello_use_export"])


def test_the_machine_is_not_changed(pymod: Run, checked: Check) -> None:
    """Without a kernel it is the machine's that is asked, with what is loaded there; nothing of it changes."""
    pymod("insmod", *ko("hello_export"))
    before = pymod("cat", "/proc/modules")[0] + pymod("dmesg")[0]
    document = checked(*ko("hello_use_export", "hello_export"), status=1)
    assert [module["verdict"] for module in document["modules"]] == ["loads", "refused"]
    assert rules(document["modules"][1]) == ["name-loaded"]
    assert pymod("cat", "/proc/modules")[0] + pymod("dmesg")[0] == before


def test_the_machines_kernel_has_a_name(checked: Check, pymod: Run) -> None:
    """By which it stands beside others."""
    assert pymod("insmod", *ko("hello_export"))[2] == 0
    document = checked("--kernel", "machine", "--kernel", "debian-12", *ko("hello_export"), status=1)
    assert [(row["kernel"], row["verdict"]) for row in document["modules"]] == [
        ("machine", "refused"),
        ("debian-12", "loads"),
    ]
    assert pymod("diff", "debian-12", "machine", *ko("hello_export"))[2] == 1


def test_code_is_run_and_judged(checked: Check) -> None:
    """With --run an init's own answer counts: returned, refused, oopsed."""
    pytest.importorskip("unicorn")
    words = ("--kernel", "debian-12", "--run")
    modules = checked(*words, *ko("hello_export", "fail_enodev", "oopser"))["modules"]
    assert [module["errno"] for module in modules] == [0, 19, 0]
    assert [rules(module) for module in modules] == [[], ["init-refused"], ["init-oops"]]
    assert modules[0]["log"][-1] == "Hello,world"


def test_shards_are_the_whole(checked: Check) -> None:
    """The parts of a check have each module once, in the same order."""
    whole = checked("--kernel", "debian-12", str(KO / "calls"))["modules"]
    parts = [
        checked("--kernel", "debian-12", "--shard", f"{part}/3", str(KO / "calls"))["modules"] for part in (1, 2, 3)
    ]
    assert [module for part in parts for module in part] == whole


def rows(given_: Sequence[Candidate], *, together: bool) -> list[Row]:
    """The rows of modules on Debian 12's kernel, in one kernel or each alone."""
    scratch, exporters = Scratch(Store(Path("/nonexistent/state.json")).default()), Exporters(given_, None)
    against = Against("debian-12", scratch, exporters, {}, None, Together(scratch, exporters, {}) if together else None)
    return [check(against, candidate) for candidate in given_]


def test_together_is_as_alone() -> None:
    """Modules that are loaded into one kernel get the rows that each gets alone, but for the order of what it needs."""
    given_ = list(candidates(map(str, FILES), None))
    random.Random(3).shuffle(given_)
    for one, other in zip(rows(given_, together=True), rows(given_, together=False), strict=True):
        assert one._replace(order=tuple(sorted(one.order))) == other._replace(order=tuple(sorted(other.order)))


@pytest.mark.debian
def test_debians_modules_load_on_their_kernel() -> None:
    """No error is found of modules that the real kernel loads, together or alone."""
    tree = debian_tree() / "lib/modules" / RELEASE / "kernel"
    files = sorted(map(str, tree.rglob("*.ko")))
    scratch = Scratch(Store(Path("/nonexistent/state.json")).default())
    exporters = Exporters(list(candidates(files, None)), None)
    alone = Against("debian-12", scratch, exporters, {})
    many = alone._replace(together=Together(scratch, exporters, {}))
    for candidate in candidates(random.Random(5).sample(files, 40), None):
        one, other = check(many, candidate), check(alone, candidate)
        assert (one.verdict, [each for each in one.findings if each.severity is Severity.ERROR]) == (Verdict.LOADS, [])
        assert one._replace(order=tuple(sorted(one.order))) == other._replace(order=tuple(sorted(other.order)))


def test_each_cause_has_a_rule() -> None:
    """What a kernel refuses for is found by a rule that there is."""
    assert set(OF_CAUSE.values()) <= set(RULES)


@examples(60)
@given(st.data())
def test_damage_is_found_and_never_a_crash(data: st.DataObject) -> None:
    """Whatever bytes a module has, a row comes out, and one that is refused has a finding that says so."""
    image = bytearray(data.draw(st.sampled_from([file for file in FILES if len(file.name) < 20])).read_bytes())
    for _ in range(data.draw(st.integers(0, 8))):
        image[data.draw(st.integers(0, len(image) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(image[: data.draw(st.integers(0, len(image)))]) if data.draw(st.booleans()) else bytes(image)
    (row,) = rows([Candidate("/x/damaged.ko", lambda: cut, None)], together=False)
    errors = [each for each in row.findings if each.severity is Severity.ERROR]
    assert (row.verdict is Verdict.REFUSED) == bool(errors)
