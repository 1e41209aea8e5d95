"""Take a command line apart as getopt_long() does.

From glibc: `posix/getopt.c` of 2.41 and getopt_long(3). Operands may stand between options (unless POSIXLY_CORRECT is
set or the caller wants them to end the options); short options cluster; a long one may be cut short as long as it stays
unambiguous; `--` ends the options. The texts of the errors are glibc's.

glibc reads bytes, not characters: an option that is no ASCII letter is reported by its first byte.
"""

from __future__ import annotations

import os

from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NO_ARGUMENT, REQUIRED_ARGUMENT, OPTIONAL_ARGUMENT = 0, 1, 2
"""Whether an option has an argument, as `getopt.h` numbers it."""


class Switch(NamedTuple):
    """One option under all its names: `shorts` without `-`, `longs` without `--`.

    All names of a switch mean the same, so that a cut long name which fits several of them is not ambiguous.
    """

    key: str
    shorts: str = ""
    longs: tuple[str, ...] = ()
    takes: int = NO_ARGUMENT


class Found(NamedTuple):
    """An option on the command line, and its argument."""

    key: str
    value: str | None = None


class BadUsage(Exception):
    """A command line that getopt refuses, in glibc's words without the program's name."""


class CommandLine(NamedTuple):
    """A command line taken apart. `stopped`: the last option found ended the reading; nobody looked at the rest."""

    options: tuple[Found, ...]
    operands: tuple[str, ...]
    stopped: bool = False


def scan(
    words: Sequence[str],
    switches: Sequence[Switch],
    *,
    operands_end: bool = False,
    stop: Callable[[Found], bool] = lambda _: False,
) -> CommandLine:
    """Read the words that follow a program's name.

    `operands_end` is the "+" of an option string; an option that `stop` agrees to ends the reading at once. Raises
    BadUsage at the first wrong option.
    """
    return _Scanner(words, switches, operands_end or "POSIXLY_CORRECT" in os.environ, stop).run()


class _Scanner:
    def __init__(
        self, words: Sequence[str], switches: Sequence[Switch], in_order: bool, stop: Callable[[Found], bool]
    ) -> None:
        self.rest = list(reversed(words))
        self.shorts = {letter: switch for switch in switches for letter in switch.shorts}
        self.longs = [(name, switch) for switch in switches for name in switch.longs]
        self.in_order = in_order
        self.stop = stop
        self.options: list[Found] = []
        self.operands: list[str] = []

    def run(self) -> CommandLine:
        while self.rest:
            word = self.rest.pop()
            if word == "--":
                break
            if word.startswith("--"):
                stopped = self._long(word[2:])
            elif word.startswith("-") and word != "-":
                stopped = self._cluster(os.fsencode(word)[1:])
            else:
                self.operands.append(word)
                if self.in_order:
                    break
                continue
            if stopped:
                return CommandLine(tuple(self.options), (), stopped=True)
        return CommandLine(tuple(self.options), (*self.operands, *reversed(self.rest)))

    def _add(self, found: Found) -> bool:
        self.options.append(found)
        return self.stop(found)

    def _cluster(self, letters: bytes) -> bool:
        for place in range(len(letters)):
            letter = os.fsdecode(letters[place : place + 1])
            switch = self.shorts.get(letter)
            if switch is None:
                raise BadUsage(f"invalid option -- '{letter}'")
            if switch.takes != NO_ARGUMENT:
                return self._add(Found(switch.key, self._argument(switch, letter, os.fsdecode(letters[place + 1 :]))))
            if self._add(Found(switch.key)):
                return True
        return False

    def _argument(self, switch: Switch, letter: str, attached: str) -> str | None:
        """Return the argument of a short option: the rest of its word, else the next word."""
        if attached:
            return attached
        if switch.takes == OPTIONAL_ARGUMENT:
            return None
        if not self.rest:
            raise BadUsage(f"option requires an argument -- '{letter}'")
        return self.rest.pop()

    def _long(self, text: str) -> bool:
        given, equals, value = text.partition("=")
        name, switch = self._match(given, text)
        if equals and switch.takes == NO_ARGUMENT:
            raise BadUsage(f"option '--{name}' doesn't allow an argument")
        if equals:
            return self._add(Found(switch.key, value))
        if switch.takes != REQUIRED_ARGUMENT:
            return self._add(Found(switch.key))
        if not self.rest:
            raise BadUsage(f"option '--{name}' requires an argument")
        return self._add(Found(switch.key, self.rest.pop()))

    def _match(self, given: str, text: str) -> tuple[str, Switch]:
        """Return the long option that is meant: of this name, or the only one that begins so."""
        for name, switch in self.longs:
            if name == given:
                return name, switch
        fitting = [(name, switch) for name, switch in self.longs if name.startswith(given)]
        if not fitting:
            raise BadUsage(f"unrecognized option '--{text}'")
        first = fitting[0]
        # Further names of the first one's switch are no rivals, and are not listed.
        rivals = [name for name, switch in fitting[1:] if switch is not first[1]]
        if rivals:
            listed = "".join(f" '--{name}'" for name in (first[0], *rivals))
            raise BadUsage(f"option '--{text}' is ambiguous; possibilities:{listed}")
        return first
