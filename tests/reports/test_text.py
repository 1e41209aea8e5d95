"""A check as plain text, and as a matrix."""

from __future__ import annotations

import re

from modtools.reports import text
from modtools.reports.document import Kernel
from modtools.reports.text import Look
from tests.reports.documents import (
    DEBIAN_12,
    DEBIAN_13,
    DOCUMENT,
    HELLO,
    RULES,
    SYMVERS,
    TAINT,
    UNDECIDED,
    WRONG_VERMAGIC,
    finding,
    module,
    of,
)

REPORT = """\
debian-12 (6.1.0-56-amd64, x86_64)
build/hello.ko: loads
    note taint-out-of-tree: it taints the kernel as built out of tree
build/hello_export.ko: loads
    warning blacklisted: its aliases do not load it, as /etc/modprobe.d/lab.conf says
        file: /etc/modprobe.d/lab.conf:3
        help: Remove the line `blacklist hello_export`.
build/plain.ko: loads

debian-13 (6.12.118+deb13-amd64, x86_64)
build/hello.ko: refused: Invalid module format (errno 8)
    error vermagic-mismatch: the module was built for 6.1.0-56-amd64, the kernel is 6.12.118+deb13-amd64
        section: .modinfo+0x40
        words: module 6.1.0-56-amd64, kernel 6.12.118+deb13-amd64, counts no
        words: module (none), kernel preempt_rt, counts yes
        help: Build the module against the headers of 6.12.118+deb13-amd64.
    error symbol-version-mismatch: module_layout and 3 of 4 symbols have another CRC
        module: 0x8a3c9a5d
        kernel: 0x1e2d3c4b
        others: _printk, kfree
        help: Build the module for this kernel's configuration.
    note taint-out-of-tree: it taints the kernel as built out of tree
    kernel log:
        hello: version magic '6.1.0-56-amd64 SMP preempt mod_unload modversions ' should be '\
6.12.118+deb13-amd64 SMP preempt mod_unload modversions '
build/hello_export.ko: loads
build/plain.ko: loads

build/Module.symvers
    not known: release, vermagic, keys, parameters
build/hello.ko: unknown
    needs: The kernel's vermagic decides: name its image or its headers as well.
    kernel log:
        hello: loading out-of-tree module taints kernel.

3 modules on 3 kernels: 5 load, 1 is refused, 1 is not known.
"""

_SGR = re.compile(r"\x1b\[[\d;]*m")


def test_a_module_is_a_line_with_its_reasons_below() -> None:
    """The verdict stands at the module's path; findings, evidence, help, needs and log are indented."""
    assert text.report(DOCUMENT, RULES) == REPORT


def test_colours_are_all_that_a_terminal_gets_more() -> None:
    """Without the escape sequences it is the same text; without being asked for, there are none."""
    coloured = text.report(DOCUMENT, RULES, Look(colour=True))
    assert _SGR.sub("", coloured) == text.report(DOCUMENT, RULES)
    assert "build/hello.ko: \x1b[1;31mrefused\x1b[0m: Invalid" in coloured
    assert "    \x1b[33mwarning\x1b[0m blacklisted: its" in coloured
    matrix = text.matrix(DOCUMENT, RULES, Look(colour=True))
    assert _SGR.sub("", matrix) == text.matrix(DOCUMENT, RULES)
    assert "\x1b[32mloads\x1b[0m      \x1b[1;31mrefused\x1b[0m    \x1b[33munknown\x1b[0m\n" in matrix


def test_lines_fit_a_terminal() -> None:
    """With a width, words go on in a new line that is indented, coloured or not; but a log is to the letter."""
    narrow = text.report(of(WRONG_VERMAGIC, kernels=(DEBIAN_13,)), RULES, Look(width=60))
    told, log = narrow.split("    kernel log:\n")
    assert max(map(len, told.splitlines())) <= 60
    assert "\n    error vermagic-mismatch: the module was built for\n        6.1.0-56-amd64, the kernel is 6.12" in told
    assert WRONG_VERMAGIC["log"][0] in log
    coloured = text.report(of(WRONG_VERMAGIC, kernels=(DEBIAN_13,)), RULES, Look(colour=True, width=60))
    assert _SGR.sub("", coloured) == narrow


def test_what_a_finding_says_is_not_said_again() -> None:
    """A need that is the message of a finding stands there only."""
    need = UNDECIDED["needs"][0]
    row = {**UNDECIDED, "findings": [finding("kernel-not-known", "warning", need)]}
    assert text.report(of(row, kernels=(SYMVERS,)), RULES).count(need) == 1  # type: ignore[arg-type]


def test_help_is_told_once_for_what_a_rule_finds() -> None:
    """Findings of one rule stand together, each with its evidence, and what to do comes last."""
    found = [
        finding("symbol-unknown", "error", "nobody exports a", help="Load it.", evidence={"crc": "0x1", "in": None}),
        TAINT,
        finding("symbol-unknown", "error", "nobody exports b", help="Load it."),
    ]
    row = module(DEBIAN_12, "a.ko", findings=found)
    assert [*text.reasons(row)][:4] == [
        "    error symbol-unknown: nobody exports a",
        "        crc: 0x1",
        "    error symbol-unknown: nobody exports b",
        "        help: Load it.",
    ]


def test_no_module_at_all() -> None:
    """An empty folder is told."""
    assert text.report(of(), RULES) == "debian-12 (6.1.0-56-amd64, x86_64)\n\nNo module was checked.\n"
    assert text.matrix(of(), RULES) == "module  debian-12\n\nNo module was checked.\n"


def test_the_matrix() -> None:
    """Modules down, kernels across, a dash where one was not checked."""
    assert text.matrix(DOCUMENT, RULES) == (
        """\
module                 debian-12  debian-13  build/Module.symvers
build/hello.ko         loads      refused    unknown
build/hello_export.ko  loads      loads      -
build/plain.ko         loads      loads      -

3 modules on 3 kernels: 5 load, 1 is refused, 1 is not known.
"""
    )


def test_the_verdicts_of_a_matrix_are_painted_and_no_names() -> None:
    """Not even where a module or a kernel is called like a verdict."""
    kernel: Kernel = {**DEBIAN_12, "name": "loads"}
    told = text.matrix(of(module(kernel, "refused", "unknown"), kernels=(kernel,)), RULES, Look(colour=True))
    assert told.splitlines()[:2] == ["module   loads", "refused  \x1b[33munknown\x1b[0m"]


def test_a_matrix_that_is_too_wide_has_numbers() -> None:
    """Below a terminal's width the kernels' names stand below."""
    assert text.matrix(DOCUMENT, RULES, Look(width=65)) == text.matrix(DOCUMENT, RULES)
    narrow = text.matrix(DOCUMENT, RULES, Look(width=60))
    assert "module                 1      2        3\nbuild/hello.ko         loads  refused  unknown\n" in narrow
    assert "\n\n1  debian-12\n2  debian-13\n3  build/Module.symvers\n\n3 modules" in narrow


def test_nothing_of_a_module_reaches_the_terminal_but_its_letters() -> None:
    """An escape sequence in a name, a log or a message is shown, not obeyed."""
    evil = "x\x1b]0;title\x07\r\n"
    row = module(DEBIAN_12, f"{evil}.ko", "refused", log=[evil], needs=[evil], error=evil, errno=8)
    row["findings"] = [{**TAINT, "message": evil, "help": evil, "rule": evil, "evidence": {evil: evil}}]
    kernel = {**DEBIAN_12, "unknown": [evil], "release": evil}
    for written in (text.report, text.matrix):
        row["findings"].append(finding(evil, "error", evil, help=evil, evidence={evil: evil}))
        shown = written(of(row, HELLO, kernels=(kernel,)), RULES)  # type: ignore[arg-type]
        assert shown.replace("\n", "").isprintable()
        assert "\\x1b]0;title\\x07\\r\\n" in shown
