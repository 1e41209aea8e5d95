"""What the kernel command line rules about loading modules.

From Linux 6.1: `lib/cmdline.c: next_arg()`, `kernel/module/main.c: module_blacklist, modules_disabled`,
`kernel/module/signing.c: sig_enforce`, `security/lockdown/lockdown.c: lockdown_param()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_SPACE = " \t\n\v\f\r"


class Policy(NamedTuple):
    """`blacklist` are names that are refused, `lockdown` is "", "integrity" or "confidentiality".

    `no_modules`: nothing is loaded or unloaded, from the start.
    """

    blacklist: tuple[str, ...] = ()
    sig_enforce: bool = False
    lockdown: str = ""
    no_modules: bool = False


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
    rules = Policy()
    for name, value in arguments(cmdline):
        match name.replace("-", "_"):
            case "module_blacklist":
                rules = rules._replace(blacklist=tuple((value or "").split(",")))
            case "module.sig_enforce" if says_yes(value):
                rules = rules._replace(sig_enforce=True)
            case "nomodule":
                yes = says_yes(value)
                rules = rules if yes is None else rules._replace(no_modules=yes)
            case "lockdown" if value in ("integrity", "confidentiality"):
                rules = rules._replace(lockdown=value)
    return rules


def says_yes(text: str | None) -> bool | None:
    """`kstrtobool()`: one letter decides, two after an "o"; a word that stands alone is a yes. None: neither."""
    if text is None or text[:1] in ("y", "Y", "t", "T", "1") or text[:2] in ("on", "On", "oN", "ON"):
        return True
    if text[:1] in ("n", "N", "f", "F", "0") or text[:2] in ("of", "Of", "oF", "OF"):
        return False
    return None
