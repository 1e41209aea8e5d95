"""What the kernel command line rules about loading modules.

From Linux 6.1: `lib/cmdline.c: next_arg()`, `kernel/module/main.c: module_blacklist`, `kernel/module/signing.c:
sig_enforce`, `security/lockdown/lockdown.c: lockdown_param()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_SPACE = " \t\n\v\f\r"


class Policy(NamedTuple):
    """`blacklist` are names that are refused, `lockdown` is "", "integrity" or "confidentiality"."""

    blacklist: tuple[str, ...] = ()
    sig_enforce: bool = False
    lockdown: str = ""


def next_argument(text: str) -> tuple[str, str | None, str]:
    """The first `name` or `name=value` of a text that starts with no blank: (name, value or None, what follows).

    Quotes count where they open the whole word or the whole value; an open quote runs to the end.
    """
    quoted = in_quote = text.startswith('"')
    if quoted:
        text = text[1:]
    equals, end = 0, len(text)
    for at, char in enumerate(text):
        if char in _SPACE and not in_quote:
            end = at
            break
        if char == "=" and not equals:
            equals = at
        if char == '"':
            in_quote = not in_quote
    word, rest = text[:end], text[end + 1 :].lstrip(_SPACE)
    closes = quoted and word.endswith('"')
    if not equals:
        return (word[:-1] if closes else word), None, rest
    name, value = word[:equals], word[equals + 1 :]
    if value.startswith('"'):
        value = value[1:]
        closes = word.endswith('"')
    return name, (value[:-1] if closes and value.endswith('"') else value), rest


def arguments(text: str) -> Iterator[tuple[str, str | None]]:
    """All `name` and `name=value` of a command line."""
    text = text.lstrip(_SPACE)
    while text:
        name, value, text = next_argument(text)
        yield name, value


def policy(cmdline: str) -> Policy:
    """Read the rules out of a command line; the last of several settings wins."""
    blacklist: tuple[str, ...] = ()
    enforce, lockdown = False, ""
    for name, value in arguments(cmdline):
        match name.replace("-", "_"):
            case "module_blacklist":
                blacklist = tuple((value or "").split(","))
            case "module.sig_enforce":
                enforce = (
                    enforce or value is None or value[:1] in ("y", "Y", "t", "T", "1") or value[:2].lower() == "on"
                )
            case "lockdown" if value in ("integrity", "confidentiality"):
                lockdown = value
    return Policy(blacklist, enforce, lockdown)
