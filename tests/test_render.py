"""One Report, three readings: text, JSON and a terminal's."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from modtools import render
from modtools.linuxerrno import INSMOD_WORDS as WORDS
from modtools.linuxerrno import strerror
from modtools.plan import REASONS, Action
from modtools.render import Style
from modtools.report import Column, Field, Fields, Hint, Message, Report, Table, Text, Value
from tests.reference import CHECKOUT

ROWS: tuple[Mapping[str, Value], ...] = (
    {"name": "a", "size": 4096, "used_by": ["b", "c"], "_arrow": " -> x"},
    {"name": "b", "size": 8, "used_by": [], "_arrow": ""},
)
TABLE = Table("modules", ROWS, "{name:<3}{size:>5}{used_by}{_arrow}", "N   SIZE", (Column("Name", "[b]{name}"),))
REPORT = Report(
    (
        Message("first"),
        TABLE,
        Text(b"\xff\n"),
        Message("can't", level=""),
        Hint("try"),
        Message("x", "INFO", "libkmod"),
    ),
    status=1,
)


def test_text_is_the_template_filled_in(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A list reads as a blank and its members, or as nothing; bytes pass as they are; messages go to standard error."""
    assert render.show(REPORT, Style("tool")) == 1
    output, errors = capfdbinary.readouterr()
    assert output == b"N   SIZE\na   4096 b,c -> x\nb      8\n\xff\n"
    assert errors == b"tool: ERROR: first\ntool: can't\nlibkmod: INFO: x\n"


def test_json_has_the_same_values(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The walk keeps rows, messages and text, and leaves out what only the text needs."""
    assert render.show(REPORT, Style("tool", as_json=True)) == 1
    output, errors = capfdbinary.readouterr()
    assert json.loads(output) == {
        "format": render.JSON_FORMAT,
        "tool": "tool",
        "exit_status": 1,
        "modules": [
            {"name": "a", "size": 4096, "used_by": ["b", "c"]},
            {"name": "b", "size": 8, "used_by": []},
        ],
        "text": "\udcff\n",
        "messages": [
            {"level": "error", "text": "first"},
            {"level": "", "text": "can't"},
            {"level": "info", "text": "x"},
        ],
    }
    assert errors.count(b"\n") == 3


def test_tables_of_one_name_are_one_array_in_json() -> None:
    """`ls` of two folders gives one list of entries."""
    document = json.loads(render.as_json(Report((TABLE, TABLE)), "ls"))
    assert [row["name"] for row in document["modules"]] == ["a", "b", "a", "b"]


def test_facts_are_words_for_a_reader_and_values_in_json() -> None:
    """Further lines of a fact stand under its first one."""
    facts = Fields("machine", (Field("taint", "Taint", 3, "3\nP: proprietary"), Field("log", "Log lines", 0)))
    assert render.as_text(facts, "status") == "Taint:     3\n           P: proprietary\nLog lines: 0\n"
    assert json.loads(render.as_json(Report((facts,)), "status"))["machine"] == {"taint": 3, "log": 0}


def test_the_document_describes_every_field(examples: Path) -> None:
    """docs/json.md names each field that each listing command writes."""
    document = (CHECKOUT / "docs/json.md").read_text("utf-8")
    module = str(examples / "hello_export.ko")
    subprocess.run([sys.executable, "-m", "modtools", "insmod", module], check=True, cwd=CHECKOUT)
    for words in (["lsmod"], ["dmesg"], ["ls", "/sys"], ["symvers", module], ["status"], ["mount"], ["boot"]):
        command = [sys.executable, "-m", "modtools", *words, "--json"]
        answer = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=CHECKOUT).stdout)
        assert answer["format"] == render.JSON_FORMAT
        for name, value in answer.items():
            assert f"`{name}`" in document or f"## {name} " in document
            rows = value if isinstance(value, list) else [value]
            assert all(f"`{key}`" in document for row in rows if isinstance(row, dict) for key in row), (words, name)
            assert rows or name == "messages", (words, name)


def named(field: str) -> set[str]:
    """The values that docs/json.md names where it first tells of a field."""
    (told, *_) = re.findall(rf"^\| .*`{field}`(.*) \|$", (CHECKOUT / "docs/json.md").read_text("utf-8"), re.MULTILINE)
    return set(re.findall(r"`([a-z]+)`", told)) - {"of", "source", "words", "text"}


def test_the_document_names_the_levels() -> None:
    """Those of messages that any tool writes, in lower case."""
    sources = [
        *(CHECKOUT / "modtools/tools").glob("*.py"),
        CHECKOUT / "modtools/report.py",
        CHECKOUT / "modtools/notes.py",
    ]
    spoken = {word for path in sources for word in re.findall(r'"([A-Z]+)"', path.read_text("utf-8"))}
    assert named("level") == {
        word.lower() for word in spoken & {"FATAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"}
    }


def test_the_document_names_the_actions_and_their_reasons() -> None:
    """Those of modprobe's steps."""
    assert named("action") == {word for name, word in vars(Action).items() if name.isupper()}
    assert named("why") == REASONS.keys()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the words are those of glibc")
def test_errno_words_are_glibcs() -> None:
    """Every number from 0 to 4095 has glibc's words."""
    assert [strerror(number) for number in range(1, 4096)] == [os.strerror(number) for number in range(1, 4096)]
    assert strerror(errno.ENOENT, WORDS) == "Unknown symbol in module"
    assert strerror(errno.EIO, WORDS) == "Input/output error"


Terminal = Callable[..., tuple[str, int]]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Run a command with a terminal for its output, and give what it showed without colours."""
    pty = pytest.importorskip("pty")

    def run(*words: str, name: str = "pymod", environment: Sequence[tuple[str, str]] = ()) -> tuple[str, int]:
        link = tmp_path / name
        link.write_text(f"#!{sys.executable}\nimport sys; from modtools.cli import main; sys.exit(main())\n")
        link.chmod(0o755)
        main, other = pty.openpty()
        variables = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TERM": "xterm", "COLUMNS": "120", **dict(environment)}
        process = subprocess.Popen([str(link), *words], stdout=other, stderr=other, env=variables)
        os.close(other)
        shown = b""
        while True:
            try:
                part = os.read(main, 4096)
            except OSError:  # how Linux says that the other side is closed
                break
            if not part:
                break
            shown += part
        os.close(main)
        return re.sub(r"\x1b\[[\d;]*m", "", shown.decode().replace("\r\n", "\n")), process.wait()

    return run


def test_on_a_terminal_lsmod_says_more_after_the_same_columns(terminal: Terminal, examples: Path) -> None:
    """State, taint and who holds a module, in words."""
    for name in ("hello_export", "hello_use_export"):
        assert terminal("insmod", str(examples / f"{name}.ko")) == ("", 0)
    heading, *lines = terminal("lsmod")[0].splitlines()
    assert heading.split() == ["Module", "Size", "Used", "by", "State", "Taint", "Held"]
    cells = [re.split(r"  +", line.strip()) for line in lines]
    assert cells == [
        ["hello_use_export", "16384", "0", "live", "out-of-tree, unsigned", "by nobody"],
        ["hello_export", "16384", "1 hello_use_export", "live", "out-of-tree, unsigned", "by 1 module"],
    ]


_ALL = " State Taint Held"
WIDTHS = {40: "", 49: "", 60: " State", 80: " State Taint", 85: " State Taint", 86: _ALL, 120: _ALL}
"""Of terminals, with what lsmod tells there beside kmod's own columns."""


def test_lsmod_shows_the_columns_that_fit(terminal: Terminal, examples: Path) -> None:
    """On a terminal of any width no name is folded and no line is longer, as long as kmod's own columns fit."""
    for name in ("hello_export", "hello_use_export"):
        terminal("insmod", str(examples / f"{name}.ko"))
    for width, more in WIDTHS.items():
        heading, *lines = terminal("lsmod", environment=[("COLUMNS", str(width))])[0].splitlines()
        assert heading.split() == f"Module Size Used by{more}".split()
        rows = [line.split()[:3] for line in lines]
        assert rows == [["hello_use_export", "16384", "0"], ["hello_export", "16384", "1"]]
        assert all(len(line.rstrip()) <= max(width, 48) for line in (heading, *lines))


def test_on_a_terminal_a_link_is_plain(terminal: Terminal, examples: Path) -> None:
    """A link that stands in for kmod prints kmod's text wherever it goes."""
    terminal("insmod", str(examples / "hello_export.ko"))
    shown, _ = terminal(name="lsmod")
    assert shown == "Module                  Size  Used by\nhello_export           16384  0\n"


def _piped(*words: str) -> str:
    """What pymod complains about into a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "modtools", *words], capture_output=True, text=True, cwd=CHECKOUT
    ).stderr


def test_insmod_knows_what_would_fit(
    terminal: Terminal, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the error comes the boot that this module wants, into a pipe, too, and not from a link or unwanted."""
    monkeypatch.setenv("PYMOD_HINTS", "1")
    data = (examples / "hello_export.ko").read_bytes()
    other = tmp_path / "other.ko"
    other.write_bytes(data.replace(b"SMP preempt", b"SMP strange"))
    refused = f"insmod: ERROR: could not insert module {other}: Invalid module format\n"
    vermagic = "6.1.0-56-amd64 SMP {} mod_unload modversions "
    hint = f"{other}: the module was built for another kernel: its vermagic is '{vermagic.format('strange')}', and the"
    hint += f" kernel's '{vermagic.format('preempt')}'. Build it against this kernel's own headers and configuration."
    hint += f" `pymod boot --like {other}` starts one that it fits.\n"
    hint += "`pymod dmesg` shows what the kernel said, `pymod explain` what that means.\n"
    assert terminal("insmod", str(other)) == (refused + hint, 1)
    assert terminal(str(other), name="insmod") == (refused, 1)
    assert _piped("insmod", str(other)) == refused + hint
    monkeypatch.setenv("PYMOD_HINTS", "0")
    assert _piped("insmod", str(other)) == refused
    assert terminal("boot", "--like", str(other))[1] == 0
    assert terminal("insmod", str(other)) == ("", 0)


@pytest.mark.parametrize(
    ("reader", "wanted", "shown"),
    [
        (Style("tool"), "", True),
        (Style("tool"), "1", True),
        (Style("tool"), "0", False),
        (Style("tool", quiet=True), "1", False),
        (Style("tool", linked=True), "1", False),
        (Style("tool", as_json=True), "1", True),
    ],
)
def test_who_reads_hints(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reader: Style, wanted: str, shown: bool
) -> None:
    """Everybody, also beside JSON, but who said -q or PYMOD_HINTS=0, and nobody where a link stands in for kmod."""
    monkeypatch.setenv("PYMOD_HINTS", wanted)
    render.show(Report((Hint("try"),)), reader)
    assert capfd.readouterr().err == "try\n" * shown
