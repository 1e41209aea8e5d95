"""The kernel command line as modprobe reads it: `module.parameter` and `module.parameter=value`.

Source: kmod 34's `libkmod/libkmod-config.c: kmod_config_parse_kcmdline()`. (The kernel has rules of its own.)

    quiet hello.whom="two words" "hello.whom=two words" hello.flag a.b.c=1

gives three times the module hello, with `whom="two words"` twice: a quote before the module's name is moved to the
value. What has a dot in the parameter, a `=` before the dot or a quote anywhere else is not for modules.
"""

from __future__ import annotations

from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

_BLANKS: Final = " \n\t\v\f\r\0"


class BootParameter(NamedTuple):
    """`text` is `parameter` or `parameter=value`; `value` what follows the first `=`, "" without one."""

    module: str
    text: str
    value: str


def parameters(cmdline: str) -> Iterator[BootParameter]:
    """Yield what a command line says to modules, in its order."""
    for word, closed in _words(cmdline):
        parameter = _parameter(word)
        # A quote that is never closed takes what follows with it; kmod stops there.
        if parameter is not None and closed:
            yield parameter


def _words(cmdline: str) -> Iterator[tuple[str, bool]]:
    """Yield the words between blanks outside of quotes, and whether the last quote in them is closed."""
    start, quoted = 0, False
    for at, char in enumerate(cmdline + "\0"):
        if char == '"':
            quoted = not quoted
        elif char in _BLANKS and (char == "\0" or not quoted):
            yield cmdline[start:at], not quoted
            start = at + 1


def _parameter(word: str) -> BootParameter | None:
    """One word taken apart, or None if it is not for a module."""
    whole = word.startswith('"')
    name, equals, value = word[whole:].partition("=")
    module, dot, parameter = name.partition(".")
    if not dot or "." in parameter or any(char in _BLANKS or char == '"' for char in name):
        return None
    if whole:
        value = '"' + value
    return BootParameter(module, parameter + equals + value, value)
