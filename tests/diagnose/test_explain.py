"""`pymod explain`: lines, modules, rules, and what the machine refused last."""

from __future__ import annotations

import io
import json
import os
import shlex
from pathlib import Path
from typing import Any

import pytest

from modtools.diagnose.rules import RULES
from modtools.diagnose.stories import last_refusal
from tests.reference import CHECKOUT
from tests.relations import SmallTree
from tests.running import KO, Run, runner

EXAMPLES = CHECKOUT / "examples"
BAD = KO / "bad"


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


def explained(pymod: Run, *words: str, status: int = 0) -> list[dict[str, Any]]:
    """The messages that a text is explained by."""
    output, errors, got = pymod("explain", "--json", *words)
    assert got == status, errors
    rows: list[dict[str, Any]] = json.loads(output).get("explained", [])
    return rows


def test_a_line_is_explained(pymod: Run) -> None:
    """The line, who says it, what it means, its causes with what to do."""
    output, errors, status = pymod("explain", "it87: disagrees about version of symbol module_layout")
    assert (errors, status) == ("", 0)
    lines = output.splitlines()
    assert lines[0] == "it87: disagrees about version of symbol module_layout"
    assert lines[1] == "  (Linux 2.6.24 to 6.12, kernel/module/version.c: check_version())"
    assert lines[4].startswith("  1. ")
    assert any(line.startswith("     -> ") for line in lines)
    assert max(map(len, lines)) <= 96


def test_words_need_no_quotes(pymod: Run) -> None:
    """Several words are one line; several quoted lines are several."""
    assert explained(pymod, *"Required key not available".split())[0]["message"] == "errno-ENOKEY"
    two = explained(pymod, "a: Unknown symbol f (err -2)", "b: Unknown symbol g (err -2)")
    assert [row["fields"]["module"] for row in two] == ["a", "b"]


def test_lines_come_from_standard_input(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`dmesg | pymod explain -`, also with bytes that are no text."""
    log = b"usb 1-2: new device\n\xff\xfe\n[ 1.0] x: module has no symbols (stripped?)\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(log)))
    assert [row["message"] for row in explained(pymod, "-")] == ["no-symtab"]


def test_what_is_not_known_is_said_to_be(pymod: Run) -> None:
    """Exit status 1, and one line on standard error."""
    assert pymod("explain", "the quick brown fox") == ("", "explain: ERROR: nothing is known of this line\n", 1)


def test_rules_are_explained(pymod: Run) -> None:
    """A rule of check, by its name: summary, cause, what to do, source; each of them."""
    for name, rule in RULES.items():
        output, errors, status = pymod("explain", name)
        assert (errors, status) == ("", 0)
        assert output.startswith(f"{name}\n")
        assert " ".join(rule.summary.split()) in " ".join(output.split())


def test_a_module_file_is_checked_and_explained(pymod: Run) -> None:
    """The line that the kernel would log comes first, and the cause that the check found, with what it found."""
    path = str(BAD / "vermagic_garbage.ko")
    output, errors, status = pymod("explain", "--kernel", "debian-12", path)
    assert (errors, status) == ("", 0)
    assert output.startswith(f"{path} on debian-12: refused (Invalid module format).\n")
    (first, *_) = explained(pymod, "--kernel", "debian-12", path)
    assert first["message"] == "vermagic"
    assert first["causes"][0]["found"][0].endswith("[vermagic-mismatch]")


@pytest.mark.parametrize(
    ("file", "text", "cause"),
    [
        ("bad/crc_module_layout.ko", "Invalid module format", "other-configuration"),
        ("bad/bad_machine.ko", "Invalid module format", "not-for-this-machine"),
        ("bad/dup_kernel.ko", "Invalid module format", "built-in-already"),
        ("bad/no_symtab.ko", "Invalid module format", "file-stripped"),
        ("bad/crc_missing_printk.ko", "Invalid parameters", "built-without-symvers"),
        ("unknown_syms.ko", "Unknown symbol in module", "exporter-not-loaded"),
    ],
)
def test_which_of_the_causes_it_is(pymod: Run, file: str, text: str, cause: str) -> None:
    """With --module, errno's words alone are enough: the cause that the check finds comes first."""
    first = explained(pymod, "--kernel", "debian-12", "--module", str(KO / file), text)[0]["causes"][0]
    assert (first["name"], bool(first["found"]), first["missed"]) == (cause, True, False)


def test_a_module_that_loads_is_said_to(pymod: Run) -> None:
    """What a check would have found and did not is not claimed of it."""
    output, errors, status = pymod(
        "explain", "--kernel", "debian-12", "--module", str(EXAMPLES / "hello_export.ko"), "Invalid module format"
    )
    assert (errors, status) == ("", 0)
    assert "hello_export.ko on debian-12: it loads, nothing refuses it.\n" in output
    assert "Not found by the check: The module was built for another release" in " ".join(output.split())


def test_what_is_named_wrongly_is_told(pymod: Run, tmp_path: Path) -> None:
    """A module or a kernel that is not there: what is wrong, and exit status 2."""
    _, errors, status = pymod("explain", "--module", str(tmp_path / "nosuch.ko"), "Invalid module format")
    assert (errors, status) == (f"explain: ERROR: {tmp_path}/nosuch.ko: no such file\n", 2)
    _, errors, status = pymod("explain", "--kernel", "nosuch", "--module", str(EXAMPLES / "hello_export.ko"), "x y")
    assert status == 2
    assert "nosuch" in errors


def test_a_word_that_means_nothing_says_so(pymod: Run) -> None:
    """It is neither a line nor a module; and --kernel without a module is refused rather than passed over."""
    _, errors, status = pymod("explain", "nosuch")
    assert status == 1
    assert "nothing is known of this line, and nosuch is no file, and " in errors
    for words in ((), ("Invalid module format",), ("-",)):
        _, errors, status = pymod("explain", "--kernel", "debian-12", *words)
        assert (status, "--kernel is for a module" in errors) == (2, True)
    assert pymod("explain", "--kernel", "debian-12", "nosuch")[2] == 2


def test_the_last_refusal_of_the_machine_is_told(pymod: Run) -> None:
    """Without words: what the machine's kernel refused last, not what it refused before."""
    nothing = "explain: ERROR: this machine has refused nothing since it was booted\n"
    assert pymod("explain") == ("", nothing, 1)
    pymod("insmod", str(BAD / "vermagic_garbage.ko"))
    pymod("insmod", str(EXAMPLES / "hello_use_export.ko"))
    rows = explained(pymod)
    assert rows[0]["message"] == "symbol-unknown"
    assert "vermagic" not in [row["message"] for row in rows]
    pymod("insmod", str(BAD / "vermagic_garbage.ko"))
    assert explained(pymod)[0]["message"] == "vermagic"


REFUSALS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "no file": (("insmod", "/nosuch.ko"), "file", "No such file or directory"),
    "no module": (("insmod", "NOTHING"), "file", "Invalid argument"),
    "loaded": (("insmod", "LOADED"), "kernel", "a module hello_export is there already (live)"),
    "no name": (("modprobe", "nosuch"), "find", "means no module"),
    "alias on the blacklist": (("modprobe", "an-alias"), "blacklist", "The alias means shunned"),
    "builtin": (("modprobe", "inside"), "builtin", "inside is part of the kernel"),
    "command": (("modprobe", "barred"), "command", "A command of modprobe.d failed"),
    "not loaded": (("rmmod", "nosuch"), "remove", "It was not removed"),
    "builtin, to be removed": (("modprobe", "-r", "inside"), "remove", "It was not removed"),
}
"""What is typed, the step at which it ends, and what is told of it."""


@pytest.mark.parametrize(("typed", "step", "told"), REFUSALS.values(), ids=REFUSALS)
def test_what_logs_nothing_is_the_last_refusal_too(
    pymod: Run, tmp_path: Path, typed: tuple[str, ...], step: str, told: str
) -> None:
    """Refusals before the kernel is asked, and those that it does not log: the step, and what to do, or who said it."""
    tree = SmallTree(tmp_path / "root", {"shunned": {}, "barred": {}}, ["inside"])
    tree.config("alias an-alias shunned\nblacklist shunned\ninstall barred /bin/false\n")
    nothing = tmp_path / "nothing.ko"
    nothing.write_bytes(b"")
    paths = {"NOTHING": str(nothing), "LOADED": str(EXAMPLES / "hello_export.ko")}
    machine = ("--root", str(tree.root))
    assert pymod("insmod", paths["LOADED"])[2] == 0
    pymod("insmod", str(BAD / "vermagic_garbage.ko"))
    words = [paths.get(word, word) for word in typed]
    pymod(*machine, *words)
    document = json.loads(pymod(*machine, "explain", "--json")[0])
    (refusal,) = document["refusal"]
    assert (refusal["command"], refusal["step"]) == (shlex.join(words), step)
    assert refusal["said"] or step in ("blacklist", "builtin")
    output, errors, status = pymod(*machine, "explain")
    assert (errors, status) == ("", 0)
    assert told in " ".join(output.split())
    assert "vermagic" not in output
    assert "-> " in output


def test_the_step_that_failed_is_told(pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a soft dependency before it that the kernel refused, whose error does not count."""
    tree = SmallTree(tmp_path / "root", {"user": {}})
    tree.path("fail_enodev").write_bytes((KO / "fail_enodev.ko").read_bytes())
    tree.index()
    tree.config("softdep user pre: fail_enodev\n")
    tree.path("user").unlink()
    machine = ("--root", str(tree.root))
    assert pymod(*machine, "modprobe", "user")[2] == 1
    (refusal,) = json.loads(pymod(*machine, "explain", "--json")[0])["refusal"]
    assert (refusal["step"], refusal["path"]) == ("file", str(tree.path("user")))
    assert "The kernel answered" not in pymod(*machine, "explain")[0]
    with monkeypatch.context() as reader:
        reader.setenv("PYMOD_HINTS", "1")
        assert "returned -19" not in pymod(*machine, "modprobe", "user")[1]
    assert pymod(*machine, "modprobe", "fail_enodev")[2] == 1
    (refusal,) = json.loads(pymod(*machine, "explain", "--json")[0])["refusal"]
    assert (refusal["step"], refusal["causes"][0]["kind"]) == ("kernel", "code-refused")


def test_who_is_not_root_is_refused(pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cause that is known comes alone, without all that the same errno may mean elsewhere."""
    with monkeypatch.context() as user:
        user.setenv("PYMOD_UID", "1000")
        assert pymod("insmod", str(EXAMPLES / "hello_export.ko"))[2] == 1
    output = pymod("explain")[0]
    assert "only root may do this" in output
    assert "EPERM" not in output


def test_refusals_that_are_not_kept(pymod: Run) -> None:
    """Of quiet commands and dry runs, and what a boot makes an end of."""
    for words in (("modprobe", "-q", "nosuch"), ("modprobe", "-D", "nosuch"), ("modprobe", "-n", "nosuch")):
        pymod(*words)
        assert pymod("explain")[2] == 1
    pymod("modprobe", "nosuch")
    assert pymod("explain")[2] == 0
    assert pymod("boot")[2] == 0
    assert pymod("explain")[2] == 1


def test_states_of_older_versions_tell_by_their_log(pymod: Run) -> None:
    """Where nothing is kept, the log is looked through."""
    pymod("insmod", str(BAD / "vermagic_garbage.ko"))
    path = Path(os.environ["PYMOD_STATE"])
    state = json.loads(path.read_text("utf-8"))
    assert state.pop("refusal")["step"] == "kernel"
    path.write_text(json.dumps(state), "utf-8")
    assert explained(pymod)[0]["message"] == "vermagic"


def test_last_refusal_ends_where_another_module_begins() -> None:
    """Lines of a module before are left out, those that name none and stand between belong to it."""
    log = ["a: Unknown symbol f (err -2)", "decompression failed with status 6", "b: no symbol version for g", "b: up"]
    assert last_refusal(log) == "decompression failed with status 6\nb: no symbol version for g"
    assert last_refusal(["b: up"]) == ""


def test_the_documents_example_is_what_is_printed(pymod: Run) -> None:
    """docs/messages.md shows the first lines of a real answer."""
    block = (CHECKOUT / "docs/messages.md").read_text("utf-8").split("```console\n")[1].split("...\n")[0]
    command, _, shown = block.partition("\n")
    assert command == '$ pymod explain "it87: disagrees about version of symbol module_layout"'
    assert pymod("explain", "it87: disagrees about version of symbol module_layout")[0].startswith(shown)
