"""The command pymod as a whole: which tool is meant, what goes wrong, what a process imports."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs
import pytest

from modtools import cli, command
from modtools.errors import PymodError
from modtools.options import Option
from modtools.place import Place, uid
from modtools.tools import TOOLS, load
from tests.reference import CHECKOUT

PYMOD = [sys.executable, "-m", "modtools"]


def run(*words: str, under: Sequence[str] = (), **options: object) -> subprocess.CompletedProcess[str]:
    """Run pymod as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.run([*under, *PYMOD, *words], capture_output=True, text=True, env=environment, **options)  # type: ignore[call-overload,no-any-return]


def test_help_lists_every_tool_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`pymod --help` names each tool of the table and says what it is for."""
    assert cli.main(["pymod", "--help"]) == 0
    listing = capsys.readouterr().out
    for name, summary in TOOLS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", listing, re.MULTILINE)


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`pymod TOOL --help` works and names every option of the tool by one of its names."""
    assert cli.main(["pymod", name, "--help"]) == 0
    text = capsys.readouterr().out
    for param in load(name).params:
        assert not isinstance(param, Option) or any(name in text for name in param.opts)


@pytest.mark.parametrize("tool", [[], *([name] for name in TOOLS)], ids=lambda words: " ".join(words) or "pymod")
def test_help_is_a_word_too(tool: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """`pymod help TOOL` prints what `pymod TOOL --help` does, and `pymod help` what `pymod --help` does."""
    assert cli.main(["pymod", *tool, "--help"]) == 0
    explained = capsys.readouterr()
    assert cli.main(["pymod", "help", *tool]) == 0
    assert capsys.readouterr() == explained
    assert explained.err == ""


@pytest.mark.parametrize("name", TOOLS)
def test_every_option_is_described(name: str) -> None:
    """Each option says what it is for, in kmod's words if it is kmod's: completion and manual pages need it."""
    tool = load(name)
    for param in tool.params:
        assert not isinstance(param, Option) or tool.describe(param), param.opts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("insmod", "DANGEROUS: forces a module load, may cause data corruption and crash your machine"),
        ("modprobe", "Force module insertion or removal. implies --force-modversions and --force-vermagic"),
    ],
)
def test_a_description_is_kmods_own(name: str, words: str) -> None:
    """Words that go over several lines of the help are one text, even where a line begins with an option."""
    tool = load(name)
    force = next(param for param in tool.params if isinstance(param, Option) and param.key == "force")
    assert tool.describe(force) == words


@pytest.mark.parametrize("words", [["lsmid"], ["--nonsense"], ["--state"], ["--help=1"], []], ids=" ".join)
def test_a_wrong_call_is_told_in_a_line_with_status_1(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """No such tool, no such option, an argument missing or too many: status 1, no traceback."""
    assert cli.main(["pymod", *words]) == 1
    output, errors = capsys.readouterr()
    assert errors if words else output
    assert "Traceback" not in errors
    assert words != ["lsmid"] or errors == "pymod: ERROR: there is no tool 'lsmid'. Did you mean lsmod?\n"


@pytest.mark.parametrize("name", ["lsmod", "/usr/sbin/lsmod", "C:\\bin\\lsmod.exe"])
def test_a_link_is_the_tool(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Called by the name of a tool of kmod, with any folder before it, pymod is that tool."""
    assert cli.main([name]) == 0
    assert capsys.readouterr().out == "Module                  Size  Used by\n"


def test_a_link_knows_only_kmods_options(capsys: pytest.CaptureFixture[str]) -> None:
    """What pymod adds to a tool of kmod is unknown to a link, and missing in its help."""
    assert cli.main(["lsmod", "--json"]) == 1
    assert capsys.readouterr().err == "lsmod: unrecognized option '--json'\n"
    assert cli.main(["lsmod", "--help"]) == 0
    assert "json" not in capsys.readouterr().out
    assert cli.main(["pymod", "lsmod", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["modules"] == []


def test_options_before_the_tool_name_the_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--state and --root count before the tool, with = or without, and more than the environment."""
    state, root = tmp_path / "other.json", tmp_path / "other"
    assert cli.main(["pymod", "--state", str(state), f"--root={root}", "status", "--json"]) == 0
    machine = json.loads(capsys.readouterr().out)["machine"]
    assert (machine["state"], machine["root"]) == (str(state), str(root))


def test_a_link_with_nothing_named_stands_in_for_kmod(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The root is then `/` and the release the host's; with a state or a root named, they are the machine's."""
    assert not Place(linked=True).standalone
    monkeypatch.delenv("PYMOD_STATE")
    monkeypatch.delenv("PYMOD_ROOT")
    linked = Place(linked=True)
    assert (linked.standalone, linked.root, linked.release("6.1")) == (True, Path("/"), os.uname().release)
    named = Place(root=str(tmp_path), linked=True)
    assert (named.standalone, named.root, named.release("6.1")) == (False, tmp_path, "6.1")
    monkeypatch.setenv("PYMOD_STATE", "here.json")
    assert (Place(linked=True).standalone, Place().state) == (False, Path.cwd() / "here.json")


@pytest.mark.parametrize("given", [None, "", "/home/me/x", "/home/me/y "])
def test_without_names_the_machine_is_in_the_users_folders(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """State and root lie where platformdirs says that the system keeps a user's state and data."""
    for variable in ("PYMOD_STATE", "PYMOD_ROOT", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    if given is not None:
        monkeypatch.setenv("XDG_STATE_HOME", given)
        monkeypatch.setenv("XDG_DATA_HOME", given)
    assert Place().state == Path(platformdirs.user_state_dir("pymod", appauthor=False)) / "state.json"
    assert Place().root == Path(platformdirs.user_data_dir("pymod", appauthor=False)) / "root"


def test_a_new_tree_has_what_kbuild_installs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the tree that `pymod root` makes depmod misses nothing; a tree that is there already is left as it is."""
    assert cli.main(["pymod", "root"]) == cli.main(["pymod", "depmod"]) == 0
    assert capsys.readouterr().err == ""
    tree = tmp_path / "other/lib/modules/6.1.0-56-amd64"
    tree.mkdir(parents=True)
    assert cli.main(["pymod", "--root", str(tmp_path / "other"), "root"]) == 0
    assert not list(tree.iterdir())


def test_the_user_must_be_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """PYMOD_UID is a number, root's if it is unset or empty."""
    for text, number in (("", 0), ("1000", 1000)):
        monkeypatch.setenv("PYMOD_UID", text)
        assert uid() == number
    monkeypatch.setenv("PYMOD_UID", "-1")
    with pytest.raises(PymodError, match="'-1'"):
        uid()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (KeyboardInterrupt(), 130, ""),
        (PymodError("told"), 1, "ERROR: told"),
        (MemoryError(), 1, "ERROR: out of memory"),
        (OSError(28, "No space left on device", "/x"), 1, "ERROR: /x: No space left on device"),
        (KeyError("x\ny"), 1, "ERROR: internal error (KeyError: "),
        (RecursionError("deep"), 1, "ERROR: internal error (RecursionError: deep in "),
    ],
)
def test_whatever_is_raised_becomes_one_line(
    error: BaseException,
    status: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An internal error names the place and how to report it; nothing shows a traceback."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(command.Tool, "run", fail)
    assert cli.main(["pymod", "lsmod"]) == status
    told = capsys.readouterr().err
    assert told.startswith(f"lsmod: {words}" if words else "")
    assert told.count("\n") == bool(words)
    assert ("report this line" in told) == ("internal" in words)


def test_a_reader_that_leaves_is_no_error(tmp_path: Path, examples: Path) -> None:
    """`pymod cat FILE | head -1` ends quietly, however much is left to write."""
    assert run("insmod", str(examples / "hello_export.ko")).returncode == 0
    pipe = f"{sys.executable} -m modtools cat /proc/kallsyms /proc/kallsyms | head -1"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(["sh", "-c", pipe], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


VERDICTS = {
    "check": ("check", "--kernel", "debian-12", str(CHECKOUT / "examples/hello_export.ko")),
    "check of a kernel before the name": ("--kernel", "debian-12", "check", str(CHECKOUT / "examples/hello_export.ko")),
    "diff": ("diff", "debian-12", "debian-12"),
    "explain": ("explain", "Invalid module format"),
}
"""Commands whose status 1 is an answer, and which would end with 0 here."""


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("words", "status"), [(("lsmod",), 1), *((words, 2) for words in VERDICTS.values())], ids=["lsmod", *VERDICTS]
)
def test_a_full_disk_is_told(tmp_path: Path, unbuffered: str, words: Sequence[str], status: int) -> None:
    """Output that cannot be written is an error, whether or not Python keeps it back: 1, but 2 where 1 is an answer."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full:
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(
            [*PYMOD, *words], stdout=full, stderr=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
        )
    assert done.returncode == status
    assert done.stderr.endswith(": ERROR: standard output: No space left on device\n")


@pytest.mark.parametrize("words", [("lsmod", "--nosuch"), *VERDICTS.values()], ids=["lsmod", *VERDICTS])
def test_complaints_that_nobody_takes_change_nothing(tmp_path: Path, words: Sequence[str]) -> None:
    """The exit status is the same where standard error is on a full disk."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full:
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        done = subprocess.run([*PYMOD, *words], stdout=subprocess.DEVNULL, stderr=full, env=environment, cwd=tmp_path)
    assert done.returncode == ("--nosuch" in words)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "/nosuch.ko"),
        ("--kernel", "nosuch", "check", "x"),
        ("check", "--nosuch"),
        ("diff", "debian-12", "nosuch"),
        ("explain", "--kernel", "nosuch", "--module", "x"),
        ("closure",),
        ("closure", "--alias-file", "/nosuch"),
        ("closure", "-S", "nosuch", "x"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_no_answer(words: Sequence[str]) -> None:
    """Commands of which 1 is an answer end with 2 where they could not find one."""
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_output_may_be_closed() -> None:
    """`pymod lsmod >&-` and `2>&-` do their work and say nothing."""
    for closed in ("lsmod >&-", "lsmod 2>&-", "lsmod <&-", "--help >&-"):
        done = run(under=["sh", "-c", f'"$@" {closed}', "sh"])
        assert (done.returncode, done.stderr) == (0, ""), closed


def test_lsmod_imports_little(examples: Path) -> None:
    """Listing what is loaded needs neither the drawing nor the ELF code, no lock and no other tool."""
    assert run("insmod", str(examples / "hello_export.ko")).returncode == 0
    script = "import sys; from modtools import cli; cli.main(['pymod', 'lsmod']); print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    imported = set(done.stderr.split())
    assert "hello_export" in done.stdout
    heavy = {
        "click",
        "rich",
        "elftools",
        "unicorn",
        "filelock",
        "platformdirs",
        "backports",
        "difflib",
        "modtools.kernel.module.load",
        "modtools.statelock",
    }
    assert not heavy & imported
    assert {name for name in imported if name.startswith("modtools.tools.")} <= {
        "modtools.tools.lsmod",
        "modtools.shared.libkmod",
    }
