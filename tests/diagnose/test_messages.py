"""The table of messages against the sources that print them, the recordings of real kernels, and people's reports."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from modtools.diagnose.messages.lines import bare
from modtools.diagnose.messages.recognise import PLACEHOLDERS, WORDS, explain, find
from modtools.diagnose.messages.table import RANKS, causes, messages, wordings
from modtools.diagnose.messages.tell import tell
from modtools.diagnose.messages.wording import fits
from modtools.diagnose.rules import RULES
from tests.reference import CHECKOUT
from tests.transcripts.module_output import is_kernels_own
from tools import messages as sources

DATA = CHECKOUT / "tests/data/messages"
RECORDINGS = CHECKOUT / "tests/transcripts"

FIELD = re.compile(r"(?<!\{)\{(\w+)")
ALWAYS = {"line", "seen", "tool"}
"""Fields that every message has."""

RIGHT = 0.9
"""How many of the reported causes must come first."""


@cache
def reports() -> list[dict[str, Any]]:
    """What people reported, with the cause that was found."""
    document = tomllib.loads((DATA / "reports.toml").read_text("utf-8"))
    rows: list[dict[str, Any]] = document["report"]
    return rows


def first_cause(text: str) -> str:
    """The cause that comes first for a text, "" if nothing is known of it."""
    explained = explain(text)
    return explained[0].causes[0].name if explained else ""


# The sources


def test_every_message_of_the_sources_is_known() -> None:
    """What Linux (loading, live patches, lockdown, modpost) and kmod print is recognised, in all versions read."""
    printed = {sources.instance(one.format.text) for one in sources.read()}
    assert len(printed) > 550
    assert [text for text in sorted(printed) if not find(text)] == []


def test_places_are_those_of_the_sources() -> None:
    """places.tsv is what tools.messages makes of the formats: no file, function or version is written by hand."""
    assert sources.PLACES.read_text("utf-8") == sources.places(sources.read())


def test_versions_are_those_that_have_the_message() -> None:
    """The first and last version of a place really have a format that the wording fits."""
    lines: dict[tuple[str, str], list[str]] = {}
    for one in sources.read():
        for version in one.lines:
            lines.setdefault((one.format.project, version), []).append(bare(sources.instance(one.format.text)))
    for row in sources.PLACES.read_text("utf-8").splitlines():
        text, project, _file, _function, *versions = row.split("\t")
        for version in versions:
            assert any(fits(text, line) for line in lines[project, version]), row


def test_every_wording_has_a_place() -> None:
    """It is known of each wording who says it, but for the words of an errno alone."""
    unknown = [
        (message.name, wording.text)
        for message in messages()
        for wording in message.wordings
        if not wording.place and not message.name.startswith("errno-")
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("format_", "printed"),
    [
        ("%s: disagrees about version of symbol %s", "x: disagrees about version of symbol x"),
        ("value %016llx out of range, %#lx, %*phN", "value 1 out of range, 1, 1"),
        ("%pS", "f+0x1/0x2"),
    ],
)
def test_instance(format_: str, printed: str) -> None:
    """A format is printed with something for each conversion, also the kernel's own."""
    assert sources.instance(format_) == printed


def test_formats_of_a_file(tmp_path: Path) -> None:
    """Adjacent texts are one format, a prefix of the file comes first, lines are apart, debugging is left out."""
    folder = tmp_path / "kernel"
    folder.mkdir()
    (folder / "kmod.c").write_text(
        '#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt\n'
        "static int f(int a)\n{\n"
        '\tpr_err("one %s "\n\t       "two\\nthree words\\n", x);\n'
        '\tpr_debug("not this\\n");\n'
        '\tprintk(KERN_ERR "four %d\\n", g("five"));\n}\n',
        "utf-8",
    )
    found = [(one.function, one.text, line) for one, line in sources.formats("linux", tmp_path)]
    assert found == [("f", "kmod: one %s two", 4), ("f", "kmod: three words", 4), ("f", "four %d", 7)]


# The tables


def test_causes_are_all_used_and_known() -> None:
    """Each cause is named by a message, and each that is named is there."""
    named = {name for message in messages() for name in (*message.causes, *(when.cause for when in message.when))}
    assert named == causes().keys()


def test_causes_name_rules_of_check() -> None:
    """What a cause says that a check finds, there is a rule for."""
    assert {rule for cause in causes().values() for rule in cause.rules} <= RULES.keys()


def test_messages_have_names_and_ranks() -> None:
    """A name is used once; a rank is one of those that there are."""
    names = [message.name for message in messages()]
    assert sorted(set(names)) == sorted(names)
    assert {message.rank for message in messages()} <= set(RANKS)


def test_sentences_name_only_fields_that_the_message_has() -> None:
    """No sentence has a field for which nothing stands in the wording, nor a general word."""
    wrong = [
        (message.name, wording.text, name)
        for message in messages()
        for wording in message.wordings
        for name in _used(message.means, message.causes) - _given(wording.text)
    ]
    assert wrong == []


def _used(means: str, names: tuple[str, ...]) -> set[str]:
    told = (FIELD.findall(causes()[name].what) for name in names)
    ordered = (set(FIELD.findall(causes()[name].do)) - PLACEHOLDERS.keys() for name in names)
    return set(FIELD.findall(means)).union(*told).union(*ordered) - WORDS.keys()


def _given(text: str) -> set[str]:
    fields = set(FIELD.findall(text)) | ALWAYS
    return fields | {"module"} if "path" in fields else fields


def test_conditions_name_causes_and_compile() -> None:
    """What `when` says can be looked for."""
    for message in messages():
        for when in message.when:
            re.compile(when.like)
            assert set(FIELD.findall(when.of)) <= ALWAYS.union(*(_given(said.text) for said in message.wordings))


def test_no_wording_stands_twice() -> None:
    """A wording means one thing."""
    spelt = [said.text for message in messages() for said in message.wordings]
    assert len(set(spelt)) == len(spelt)
    assert set(wordings()) >= {text for text in spelt if "{error}" in text}


# Reports and recordings


@pytest.mark.parametrize("held", [False, True], ids=["tuned", "held"])
def test_reported_causes_come_first(held: bool) -> None:
    """For nine of ten real reports the cause that was found is the first one; so for those kept aside."""
    chosen = [row for row in reports() if row.get("held", False) == held]
    wrong = [
        (row["from"], row["cause"], first_cause(row["text"]))
        for row in chosen
        if first_cause(row["text"]) != row["cause"]
    ]
    assert len(chosen) >= 30
    assert 1 - len(wrong) / len(chosen) >= RIGHT, wrong


def test_reports_name_causes_that_there_are() -> None:
    """A cause in the reports is one of the table's, and each report says where it is from."""
    assert {row["cause"] for row in reports()} <= causes().keys()
    assert {row["found"] for row in reports()} == {"cured", "told"}
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+#\d+", row["from"]) for row in reports())


ABOUT_MODULES = re.compile(
    r"\b(?:module|symbol|taint\w*|parameter|ELF|signature|relocation|blacklisted|livepatch|BTF|licen[cs]e|decompress\w*)\b",
    re.I,
)
KMOD_SAYS = re.compile(r"(?:insmod|modprobe|rmmod|depmod|modinfo|lsmod|libkmod): \S")
PART = "p_long=5  ' invalid for parameter `p_int'"
"""The second line of a message whose value has a newline; nothing says that it belongs to a message."""


def recorded(mark: str) -> Iterator[str]:
    """The lines of the recordings that begin with a mark, without it."""
    for path in sorted(RECORDINGS.rglob("*.t")):
        for line in path.read_text("utf-8", "surrogateescape").splitlines():
            if line.startswith(f"  {mark}"):
                yield line.removeprefix(f"  {mark}").removesuffix(" (esc)")


def test_what_real_kernels_logged_about_modules_is_known() -> None:
    """Each line about a module that a recorded kernel logged by itself is recognised."""
    kernels = is_kernels_own(sorted(RECORDINGS.rglob("*.ko")))
    lines = {line for line in recorded("k|") if kernels(line) and ABOUT_MODULES.search(line)}
    unknown = [
        line for line in sorted(lines) if not find(f"{line}\nanother line") and "invalid for parameter" not in line
    ]
    assert len(lines) > 200
    assert unknown == []


def test_what_kmod_said_in_recordings_is_known() -> None:
    """Each line that kmod 34 wrote to standard error is recognised."""
    lines = {line for line in recorded("2|") if KMOD_SAYS.match(line.strip())}
    assert len(lines) > 200
    assert [line for line in sorted(lines) if not find(f"{line}\nanother line")] == []


# How a text is read

MARKED = (
    "{}",
    "[  290.382246] {}",
    "[Tue Sep  5 10:53:29 2023] {}",
    "[  +0.000035] {}",
    "<4>{}",
    "<4>[  290.382246] {}",
    "kern  :warn  : [  +0.000002] {}",
    "Aug 04 19:34:09 host kernel: {}",
    "2024-09-05T10:53:29.123456+02:00 host kernel: [  290.382246] {}",
    "kernel: {}",
    "    {}   ",
    'time="2017-11-02T10:08:25Z" level=warning msg="{}"',
)
"""How a line of the kernel's log may be shown."""


@pytest.mark.parametrize("mark", MARKED)
def test_marks_of_logs_are_not_read(mark: str) -> None:
    """A line of the log is the same line however it is shown."""
    found = find(mark.format("it87: disagrees about version of symbol module_layout"))
    assert [(one.message.name, one.fields["module"]) for one in found] == [("symbol-version-disagrees", "it87")]


@pytest.mark.parametrize(
    "line",
    [
        "modprobe: ERROR: could not insert 'it87': Exec format error",
        "/sbin/modprobe: ERROR: could not insert 'it87': Exec format error",
        "modprobe: ERROR: ../libkmod/libkmod-module.c:979 f() could not insert 'it87': Exec format error",
        "systemd-modules-load[311]: Failed to insert module 'it87': Exec format error",
        "insmod: ERROR: could not insert module /tmp/it87.ko.xz: Invalid module format",
        "insmod: can't insert 'it87.ko': invalid module format",
        "insmod: error inserting 'it87.ko': -1 Invalid module format",
        "FATAL: Error inserting it87 (/lib/modules/2.6.38/it87.ko): Exec format error",
    ],
)
def test_who_says_an_errno_does_not_matter(line: str) -> None:
    """The words for an errno mean the same in each program's sentence."""
    found = find(line)
    assert [(one.message.name, one.fields["module"]) for one in found] == [("errno-ENOEXEC", "it87")]


def test_what_decides_comes_first() -> None:
    """The kernel's reason comes before what a tool made of it, and that before what is by the way."""
    explained = explain(
        "x: loading out-of-tree module taints kernel.\n"
        "insmod: ERROR: could not insert module x.ko: Invalid parameters\n"
        "x: Unknown symbol f (err -22)\n"
        "x: no symbol version for f\n"
    )
    assert [one.message.rank for one in explained] == ["decides", "follows", "tool", "notes"]


def test_lines_of_one_kind_are_told_once() -> None:
    """Many symbols that are unknown to one module are one message with many lines; those of another module are not."""
    text = "".join(f"{module}: Unknown symbol f{number} (err -2)\n" for module in "ab" for number in range(5))
    explained = explain(text)
    assert [len(one.lines) for one in explained] == [5, 5]
    assert "... and 2 more lines of this kind" in "\n".join(tell(explained))


@pytest.mark.parametrize("text", ["", "\n\n", "hello", "usb 1-2: new high-speed USB device number 11 using xhci_hcd"])
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    """A line of something else is not explained."""
    assert explain(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "nginx: could not open /var/log/x: Permission denied",
        "failed to start: timeout",
        "gcc: out of memory",
        "the file is not prefixed",
        "tar: failed x: y",
    ],
)
def test_words_of_other_programs_are_not_taken_for_kmods(text: str) -> None:
    """What any program might say counts only where kmod is named, or where it is all that was asked."""
    assert find(f"{text}\nanother line") == []


def test_a_long_log_is_read_in_a_moment() -> None:
    """Lines that are not about modules cost next to nothing: 5000 of them are read within what a test may take."""
    text = "usb 1-2: new high-speed USB device number 11 using xhci_hcd\n" * 5000
    assert find(text) == []
