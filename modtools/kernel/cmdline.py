"""What the kernel command line rules about loading modules.

From Linux 6.1: `lib/cmdline.c: next_arg()`, `kernel/module/main.c: module_blacklist, modules_disabled`,
`kernel/module/signing.c: sig_enforce`, `security/lockdown/lockdown.c: lockdown_param()`.
"""

from __future__ import annotations

from functools import lru_cache

from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANKS = b" \t\n\v\f\r\xa0"
"""What stands between arguments: the blanks of `lib/ctype.c: isspace()`, which takes bytes as Latin-1."""
_EQUALS, _QUOTE = b'="'


class Policy(NamedTuple):
    """What the command line rules about loading: `blacklist` are names that are refused, `lockdown` is "", "integrity"
    or "confidentiality", with `no_modules` nothing is loaded or unloaded.
    """

    blacklist: tuple[str, ...] = ()
    sig_enforce: bool = False
    lockdown: str = ""
    no_modules: bool = False


class Argument(NamedTuple):
    """Where the parts of one argument lie in its text. `value` is None where there is no `=`; the argument ends at
    `end`, and the next one begins at `following`.
    """

    name: slice
    value: slice | None
    end: int
    following: int


def next_argument(text: bytes) -> Argument:
    """Return the parts of the first `name` or `name=value` of a text that starts with no blank (`next_arg()`).

    Quotes count where they open the whole word or the whole value; an open quote runs to the end.
    """
    quoted = inside = text[:1] == b'"'
    start = end = int(quoted)
    equals = 0
    while end < len(text) and (inside or text[end] not in BLANKS):
        if text[end] == _EQUALS and not equals and end > start:
            equals = end
        inside ^= text[end] == _QUOTE
        end += 1
    following = end + (end < len(text))
    following = len(text) - len(text[following:].lstrip(BLANKS))
    closing = end - 1 if end > start and text[end - 1] == _QUOTE else end
    if not equals:
        return Argument(slice(start, closing if quoted else end), None, end, following)
    opened = text[equals + 1 : equals + 2] == b'"'
    value = slice(equals + 1 + opened, closing if quoted or opened else end)
    return Argument(slice(start, equals), value, end, following)


def take_argument(text: bytes) -> tuple[str, str | None, bytes]:
    """Return the name of the first argument, its value or None, and what follows it."""
    name, value, _, following = next_argument(text)
    return _decoded(text[name]), None if value is None else _decoded(text[value]), text[following:]


def _decoded(part: bytes) -> str:
    return part.decode("utf-8", "surrogateescape")


def arguments(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the name and the value, or None, of each argument of a command line."""
    rest = text.encode("utf-8", "surrogateescape").lstrip(BLANKS)
    while rest:
        name, value, rest = take_argument(rest)
        yield name, value


@lru_cache(maxsize=8)
def policy(cmdline: str) -> Policy:
    """Return the rules that a command line sets; the last of several settings wins."""
    rules = Policy()
    for name, value in arguments(cmdline):
        match name.replace("-", "_"):
            case "module_blacklist":
                rules = rules._replace(blacklist=tuple((value or "").split(",")))
            case "module.sig_enforce" if _says_yes(value):
                rules = rules._replace(sig_enforce=True)
            case "nomodule":
                yes = _says_yes(value)
                rules = rules if yes is None else rules._replace(no_modules=yes)
            case "lockdown" if value in ("integrity", "confidentiality"):
                rules = rules._replace(lockdown=value)
    return rules


def _says_yes(value: str | None) -> bool | None:
    """Return what the value of a switch says; one that stands alone is a yes, None is neither."""
    from modtools.kernel.kstrtox import kstrtobool  # not at every start: few command lines have a switch

    return True if value is None else kstrtobool(value)
