"""Tests of modtools/kernel/cmdline.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.kernel.cmdline import Policy, arguments, policy, take_argument

names = st.text("ab._-", min_size=1, max_size=4)
values = st.text("ab= ,\t", max_size=5)
blanks = st.text(" \t\n\xa0", min_size=1, max_size=2)


@given(st.lists(st.tuples(names, st.none() | values, st.sampled_from(["plain", "value", "whole"]), blanks), max_size=5))
def test_arguments_come_back(wanted: list[tuple[str, str | None, str, str]]) -> None:
    """However they are quoted, as far as blanks let them be not: names, values or None, whatever stands between."""
    written, expected = "", []
    for name, value, quotes, between in wanted:
        bare = value if quotes != "plain" or value is None else value.replace(" ", "").replace("\t", "")
        expected.append((name, bare))
        word = name if bare is None else f'{name}="{bare}"' if quotes == "value" else f"{name}={bare}"
        written += (f'"{word}"' if quotes == "whole" else word) + between
    text = written.encode("latin-1").decode("utf-8", "surrogateescape")
    assert list(arguments(text)) == expected
    assert list(arguments(" \t" + text)) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"a", ("a", None, b"")),
        (b"a  b", ("a", None, b"b")),
        (b"a=", ("a", "", b"")),
        (b"=b", ("=b", None, b"")),
        (b"a=b=c", ("a", "b=c", b"")),
        (b'a="b c" d', ("a", "b c", b"d")),
        (b'a="b c', ("a", "b c", b"")),
        (b'a=b"c d"e f', ("a", 'b"c d"e', b"f")),
        (b'"a b=c d" e', ("a b", "c d", b"e")),
        (b'"a b" c', ("a b", None, b"c")),
        (b'"a', ("a", None, b"")),
        (b'"a"b c', ('a"b', None, b"c")),
        (b'a=""', ("a", "", b"")),
        (b'a="', ("a", "", b"")),
        (b'"a="b c', ("a", "b", b"c")),
    ],
)
def test_quotes(text: bytes, found: tuple[str, str | None, bytes]) -> None:
    """They count around a value and around the whole; an open one runs to the end."""
    assert take_argument(text) == found


@pytest.mark.parametrize(
    ("cmdline", "rules"),
    [
        ("", Policy()),
        ("module_blacklist=a,b", Policy(blacklist=("a", "b"))),
        ("module-blacklist=a module_blacklist=c", Policy(blacklist=("c",))),
        ("module_blacklist", Policy(blacklist=("",))),
        ("module.sig_enforce", Policy(sig_enforce=True)),
        ("module.sig_enforce=1", Policy(sig_enforce=True)),
        ("module.sig_enforce=0", Policy()),
        ("module.sig_enforce=what", Policy()),
        ("module.sig_enforce module.sig_enforce=0", Policy(sig_enforce=True)),
        ("nomodule", Policy(no_modules=True)),
        ("nomodule=0", Policy()),
        ("nomodule nomodule=n", Policy()),
        ("nomodule nomodule=what", Policy(no_modules=True)),
        ("lockdown=integrity", Policy(lockdown="integrity")),
        ("lockdown=integrity lockdown=confidentiality", Policy(lockdown="confidentiality")),
        ("lockdown=other lockdown", Policy()),
    ],
)
def test_rules_of_a_command_line(cmdline: str, rules: Policy) -> None:
    """The last of several words counts; enforcing cannot be taken back; what is no value changes nothing."""
    assert policy(cmdline) == rules
