"""Command lines, read side by side by glibc's own getopt_long() and by pymod."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import tempfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.getopt import (
    NO_ARGUMENT,
    OPTIONAL_ARGUMENT,
    REQUIRED_ARGUMENT,
    BadUsage,
    CommandLine,
    Found,
    Switch,
    scan,
)

glibc = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.libc_ver()[0] != "glibc",
    reason="needs glibc, whose getopt_long() is the reference",
)

PROGRAM = "prog"


class _LongOption(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("has_arg", ctypes.c_int),
        ("flag", ctypes.POINTER(ctypes.c_int)),
        ("val", ctypes.c_int),
    )


def _glibc_tables(switches: Sequence[Switch], operands_end: bool) -> tuple[bytes, ctypes.Array[_LongOption]]:
    """The switches as getopt_long() wants them. `val` is 1000 plus a switch's place, also for a short letter's twin."""
    short = "+" if operands_end else ""
    rows: list[_LongOption] = []
    for place, switch in enumerate(switches):
        short += "".join(letter + ":" * switch.takes for letter in switch.shorts)
        rows += [_LongOption(name.encode(), switch.takes, None, 1000 + place) for name in switch.longs]
    table = (_LongOption * (len(rows) + 1))(*rows)
    return short.encode(), table


def glibc_scan(words: Sequence[str], switches: Sequence[Switch], operands_end: bool = False) -> CommandLine | str:
    """What glibc makes of the words, or what it prints when it refuses them."""
    libc = ctypes.CDLL(None)
    optind, optarg = ctypes.c_int.in_dll(libc, "optind"), ctypes.c_char_p.in_dll(libc, "optarg")
    optind.value = 0  # makes glibc start anew
    arguments = [PROGRAM.encode(), *map(os.fsencode, words)]
    argv = (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None)
    short, table = _glibc_tables(switches, operands_end)
    letters = {letter: switch.key for switch in switches for letter in switch.shorts}
    found: list[Found] = []
    while (code := libc.getopt_long(len(arguments), argv, short, table, None)) != -1:
        if code == ord("?"):
            # Once more with its words caught: catching them every time would make the test slow.
            return _glibc_complaint(libc, words, switches, operands_end)
        key = switches[code - 1000].key if code >= 1000 else letters[chr(code)]
        found.append(Found(key, None if optarg.value is None else os.fsdecode(optarg.value)))
    rest = [word for word in argv[optind.value :] if word is not None]
    return CommandLine(tuple(found), tuple(map(os.fsdecode, rest)))


def _glibc_complaint(libc: ctypes.CDLL, words: Sequence[str], switches: Sequence[Switch], operands_end: bool) -> str:
    optind = ctypes.c_int.in_dll(libc, "optind")
    opterr = ctypes.c_int.in_dll(libc, "opterr")
    optind.value, opterr.value = 0, 1
    arguments = [PROGRAM.encode(), *map(os.fsencode, words)]
    argv = (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None)
    short, table = _glibc_tables(switches, operands_end)
    saved = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            while libc.getopt_long(len(arguments), argv, short, table, None) not in (-1, ord("?")):
                pass
        finally:
            os.dup2(saved, 2)
            os.close(saved)
            opterr.value = 0
        caught.seek(0)
        return os.fsdecode(caught.read())


@pytest.fixture(autouse=True, scope="module")
def _quiet_glibc() -> None:
    if sys.platform.startswith("linux"):
        ctypes.c_int.in_dll(ctypes.CDLL(None), "opterr").value = 0


def ours(words: Sequence[str], switches: Sequence[Switch], operands_end: bool = False) -> CommandLine | str:
    """What pymod makes of the words, in the same form."""
    try:
        return scan(words, switches, operands_end=operands_end)
    except BadUsage as error:
        return f"{PROGRAM}: {error}\n"


_ROW = st.tuples(
    st.text("abcdvV0", max_size=2),
    st.lists(st.text("abv-", min_size=1, max_size=5), max_size=3),
    st.sampled_from([NO_ARGUMENT, REQUIRED_ARGUMENT, OPTIONAL_ARGUMENT]),
)


def _without_twins(rows: list[tuple[str, list[str], int]]) -> list[Switch]:
    """Each letter and each name at its first switch only: what getopt makes of twins is nobody's concern."""
    seen: set[str] = set()
    switches = []
    for place, (letters, names, takes) in enumerate(rows):
        shorts = [letter for letter in dict.fromkeys(letters) if letter not in seen]
        longs = [name for name in dict.fromkeys(names) if f"--{name}" not in seen]
        seen.update(shorts, (f"--{name}" for name in longs))
        switches.append(Switch(f"option{place}", "".join(shorts), tuple(longs), takes))
    return switches


_SWITCHES = st.lists(_ROW, max_size=5).map(_without_twins)


_WORDS = st.lists(
    st.one_of(
        st.text("-abcvV0=x", max_size=7),
        st.text("abv-=", max_size=6).map(lambda text: "--" + text),
        st.text("abcdvVz0é", min_size=1, max_size=4).map(lambda text: "-" + text),
        st.sampled_from(["--", "-", "", "file", "-\udcff", "--\udcc3"]),
    ),
    max_size=7,
)


@glibc
@given(_SWITCHES, _WORDS, st.booleans())
def test_every_command_line_is_read_as_glibc_reads_it(
    switches: list[Switch], words: list[str], operands_end: bool
) -> None:
    """Options, their arguments, the order of operands and the text of an error are glibc's."""
    assert ours(words, switches, operands_end) == glibc_scan(words, switches, operands_end)


MODPROBE = (
    Switch("all", "a", ("all",)),
    Switch("remove_holders", "", ("remove-dependencies", "remove-holders")),
    Switch("wait", "w", ("wait",), REQUIRED_ARGUMENT),
    Switch("showconfig", "c", ("showconfig", "show-config")),
    Switch("show_exports", "", ("show-exports",)),
    Switch("dry_run", "n", ("dry-run", "show")),
    Switch("verbose", "v", ("verbose",)),
    Switch("version", "V", ("version",)),
)


@glibc
@pytest.mark.parametrize(
    "words",
    [
        ["--ver"],
        ["--ver=3"],
        ["--remove"],
        ["--sho"],
        ["--showc"],
        ["--show-", "x"],
        ["--all=yes"],
        ["--wait"],
        ["-w"],
        ["-nvw10", "m", "-a", "--", "-v"],
        ["--="],
        ["-"],
        ["-a-"],
    ],
)
def test_kmods_own_options_are_read_as_glibc_reads_them(words: list[str]) -> None:
    """Cut long options, several names of one option, and clusters, with options as modprobe has them."""
    assert ours(words, MODPROBE) == glibc_scan(words, MODPROBE)


@glibc
@given(_SWITCHES, _WORDS)
def test_posixly_correct_ends_options_at_the_first_operand(switches: list[Switch], words: list[str]) -> None:
    """The environment variable of glibc counts here too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSIXLY_CORRECT", "1")
        assert ours(words, switches) == glibc_scan(words, switches)


def test_nothing_after_an_answer_is_looked_at() -> None:
    """`-h` ends the reading, so that a mistake after it goes unnoticed, and one before it does not."""
    switches = [Switch("help", "h", ("help",))]
    assert scan(["-h", "-z"], switches, stop=lambda found: found.key == "help").stopped
    with pytest.raises(BadUsage, match="invalid option -- 'z'"):
        scan(["-zh"], switches, stop=lambda found: found.key == "help")
