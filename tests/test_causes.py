"""Causes are an enumeration: the kernel makes each of them, and each one is told."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from modtools import causes
from modtools.diagnose.remedies import REMEDIES
from modtools.errors import Cause, KernelError
from modtools.formats.elf import ElfFile
from modtools.kernel.identity import Identity
from modtools.kernel.module.elfcheck import check_file
from modtools.link.arch import arch_for_elf
from modtools.place import Place
from modtools.report import Hint
from modtools.shared.advice import Here, hints
from modtools.shared.kernel_calls import KernelCall
from modtools.store import Store
from modtools.tree.index import Tree
from tests.parsed import facts
from tests.reference import CHECKOUT
from tests.running import runner
from tests.samples import SAMPLES
from tests.test_house import SOURCES, relative

KINDS = {name: value for name, value in vars(causes).items() if name.isupper()}


def made(path: Path) -> list[str]:
    """The names of the causes that a file mentions as `causes.NAME`."""
    return [name for owner, name in facts(path).attributes if owner == "causes"]


def test_each_cause_has_a_value_of_its_own() -> None:
    """A name says one thing: no two causes share it, and each is lower case, as JSON shows it."""
    assert len(set(KINDS.values())) == len(KINDS)
    assert all(set(value) <= {*string.ascii_lowercase, "-"} for value in KINDS.values())


@pytest.fixture(scope="module")
def makers() -> dict[str, list[str]]:
    """The kernel's files that mention a cause, by its name."""
    files: dict[str, list[str]] = {}
    for path in SOURCES:
        if "modtools/kernel/" in path.as_posix():
            for name in made(path):
                files.setdefault(name, []).append(relative(path))
    return files


@pytest.mark.parametrize("name", KINDS)
def test_each_cause_is_made_somewhere(name: str, makers: dict[str, list[str]]) -> None:
    """Some file of the kernel makes it."""
    assert makers.get(name)


def test_each_cause_is_told_somewhere() -> None:
    """It is said of each cause what it means, and what helps, and of nothing else."""
    assert set(REMEDIES) == set(KINDS.values())
    assert all(each.what and (each.do or each.here) for each in REMEDIES.values())


def test_no_cause_is_made_of_a_text() -> None:
    """Whoever makes a cause takes it out of the enumeration."""
    for path in SOURCES:
        assert not [line for line, name in facts(path).literals if name == "Cause"], relative(path)


@pytest.mark.parametrize("kind", sorted(REMEDIES))
def test_each_hint_can_be_filled_in(kind: causes.Kind) -> None:
    """A hint names only what is known of a cause, and takes a path and names as they come, braces and all."""
    refused = KernelCall("insert", "x", "/a path/{x}.ko", 22, (Cause(kind, "{sub}ject", "de{}tail"),))
    found = list(hints(refused, Here(Tree("/nowhere"), Place())))
    assert [type(hint) for hint in found] == [Hint]
    fields = ("subject", "detail", "file", "other", "symbols", "path", "run", "name")
    assert all(f"{{{field}" not in found[0].text for field in fields)
    assert found[0].text.startswith("/a path/{x}.ko: ")
    assert "/a path/{x}.ko" not in found[0].text.replace("'/a path/{x}.ko'", "")[len("/a path/{x}.ko: ") :]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "s390x", "i686"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_module_of_another_machine_is_known_as_one(path: Path, machine: str) -> None:
    """Whatever its word size and byte order, the cause names its machine; only its own machine lets it pass."""
    kernel = Store(Path("/nonexistent/state.json")).boot(Identity("6.1", machine, "", "", ""))
    header = ElfFile.open(path.read_bytes()).header
    own = arch_for_elf(header.machine, header.bits, header.little)
    assert own
    if own.machine == machine:
        assert check_file(kernel, path.read_bytes())[0] == header
    else:
        with pytest.raises(KernelError) as refusal:
            check_file(kernel, path.read_bytes())
        (cause,) = refusal.value.causes
        assert (cause.kind, cause.subject) == (causes.ELF_MACHINE, own.machine)


def test_the_hint_for_another_machine_names_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """insmod says which machine a module is for, and how to start a kernel that takes it."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    path = str(next(sample for sample in SAMPLES if sample.stem == "riscv64-prel"))
    refused = f"insmod: ERROR: could not insert module {path}: Invalid module format\n"
    hint = f"{path}: the module is for another processor than the kernel: riscv64. Build it for the kernel's (ARCH=,"
    hint += f" CROSS_COMPILE=). `pymod boot --like {path}` starts one that it fits.\n"
    hint += "`pymod dmesg` shows what the kernel said, `pymod explain` what that means.\n"
    assert runner(capfd)("insmod", path) == ("", refused + hint, 1)


def test_the_document_on_json_has_each_cause() -> None:
    """docs/json.md lists the causes that there are, and no others."""
    table = (CHECKOUT / "docs/json.md").read_text("utf-8").split("| kind |")[1].split("\n\n")[0]
    listed = [word for row in table.splitlines()[2:] for word in re.findall("`([a-z-]+)`", row.split("|")[1])]
    assert sorted(listed) == sorted(KINDS.values())
