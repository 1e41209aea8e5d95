"""A check as workflow commands of GitHub Actions, read as its runner reads them."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from modtools.reports import github
from tests.reports.documents import (
    DEBIAN_12,
    DOCUMENT,
    HELLO,
    ODD,
    RULES,
    SYMVERS,
    UNDECIDED,
    finding,
    module,
    of,
)


class Read(NamedTuple):
    """What the runner understands of a line."""

    command: str
    properties: dict[str, str]
    message: str


def runner(line: str) -> Read:
    """Read a line as actions/runner does: `ActionCommand.TryParseV2()`, and what it un-escapes, in its order."""
    assert line.startswith("::")
    end = line.index("::", 2)
    command, _, told = line[2:end].partition(" ")
    pairs = [pair.split("=", 1) for pair in told.strip().split(",") if pair]
    properties = {pair[0]: unescaped(pair[1], "\r\n:,%") for pair in pairs if len(pair) == 2 and all(pair)}
    return Read(command, properties, unescaped(line[end + 2 :], "\r\n%"))


def unescaped(text: str, characters: str) -> str:
    """Replace the escapes of these characters one kind after the other."""
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_a_finding_is_an_annotation() -> None:
    """Its severity is the command, its rule the title, its module the file."""
    lines = github.report(DOCUMENT, RULES).splitlines()
    assert [runner(line) for line in lines[1:3]] == [
        Read(
            "warning",
            {"file": "build/hello_export.ko", "title": "blacklisted"},
            "hello_export on debian-12: its aliases do not load it, as /etc/modprobe.d/lab.conf says.\n"
            "Remove the line `blacklist hello_export`.",
        ),
        Read(
            "error",
            {"file": "build/hello.ko", "title": "vermagic-mismatch"},
            "hello on debian-13: the module was built for 6.1.0-56-amd64, the kernel is 6.12.118+deb13-amd64.\n"
            "Build the module against the headers of 6.12.118+deb13-amd64.",
        ),
    ]
    assert [runner(line).command for line in lines] == ["notice", "warning", "error", "error", "notice", "warning"]


def test_what_a_rule_finds_often_is_one_annotation() -> None:
    """GitHub shows ten annotations of a step: 50 unknown symbols are one, a line each."""
    found = [finding("symbol-unknown", "error", f"nobody exports x{number}", help="Load it.") for number in range(50)]
    (line,) = github.report(of({**HELLO, "findings": found}), RULES).splitlines()
    read = runner(line).message.splitlines()
    assert read[0] == "hello on debian-12: nobody exports x0."
    assert read[49:] == ["nobody exports x49.", "Load it."]


def test_no_verdict_is_lost() -> None:
    """What is refused without a finding, or not known without one, has an annotation too, and else has not."""
    refused = module(DEBIAN_12, "a.ko", "refused", errno=22, error="Invalid argument")
    assert github.report(of(refused), RULES) == (
        "::error file=a.ko,title=refused::a on debian-12 is refused: Invalid argument (errno 22).\n"
    )
    assert github.report(of(UNDECIDED, kernels=(SYMVERS,)), RULES) == (
        "::warning file=build/hello.ko,title=unknown::hello on build/Module.symvers: It is not known whether it loads. "
        "The kernel's vermagic decides: name its image or its headers as well.\n"
    )
    told = {**UNDECIDED, "findings": [finding("kernel-not-known", "warning", UNDECIDED["needs"][0])]}
    assert github.report(of(told, kernels=(SYMVERS,)), RULES).count("\n") == 1  # type: ignore[arg-type]
    assert github.report(of({**HELLO, "findings": []}), RULES) == ""


@given(st.text("%:,\r\n;]=\t a25AD0"), st.text("%:,\r\n;]=\t a25AD0"))
def test_the_runner_reads_what_was_meant(path: str, message: str) -> None:
    """File and message are read back to the letter, whatever separators and escapes are in them."""
    row = module(DEBIAN_12, "a.ko", findings=[finding("symbol-unknown", "error", message + "x.")])
    row["path"] = f"{path}x"
    (line,) = github.report(of(row), RULES).split("\n")[:-1]
    assert runner(line) == Read(
        "error", {"file": f"{path}x", "title": "symbol-unknown"}, f"a on debian-12: {(message + 'x.').strip()}"
    )


@given(ODD, ODD)
def test_nothing_of_a_module_is_a_command_of_its_own(path: str, message: str) -> None:
    """A finding is one line, so that no text can end it and give the runner orders."""
    row = module(DEBIAN_12, path, findings=[finding(message, "error", message, help=path)])
    written = github.report(of(row), RULES)
    assert written.count("\n") == 1
    assert "\r" not in written
    assert runner(written[:-1]).command == "error"
