"""POSIX extended regular expressions as glibc's regcomp(3) takes them with REG_EXTENDED in the C locale.

Sources: POSIX.1-2017, chapter 9.4, and for what it leaves undefined glibc 2.41 (`posix/regcomp.c`), by trying it out.
An example of each:

    6\\.1.*amd64     characters, any character          a|b  (ab)       alternatives, groups
    a*  a+  a?       repetitions, also several: a**     a{2}  a{1,3}    and {2,} {,3}
    [a-c_]  [^0-9]   one character of these, of others  [[:digit:]]     also [[.-.]] and [[=a=]]
    ^  $             the beginning, the end             (a)\\1           what a group matched, once more
    []a]  [a-]       ] comes first, - first or last     [\\d]            a backslash or a d
    \\w \\W \\s \\S      characters of words, blanks        \\< \\> \\b \\B \\` \\'  GNU's places

An expression is searched for, not matched from the beginning. A search counts its steps, so that it has an end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from modtools.errors import FormatError
from modtools.light import NamedTuple

_LONGEST_NAME: Final = 31
"""Characters of a name in [: :]."""
_PRINTED: Final = frozenset(range(0x20, 0x7F))
_DIGITS: Final = frozenset(b"0123456789")
_LOWER: Final = frozenset(range(ord("a"), ord("z") + 1))
_UPPER: Final = frozenset(range(ord("A"), ord("Z") + 1))
_ALNUM: Final = _DIGITS | _LOWER | _UPPER

_ALL: Final = frozenset(range(1, 256))
"""All that a character can be."""
_CLASSES: Final = {
    b"alnum": _ALNUM,
    b"alpha": _LOWER | _UPPER,
    b"blank": frozenset(b" \t"),
    b"cntrl": frozenset((*range(1, 0x20), 0x7F)),
    b"digit": _DIGITS,
    b"graph": _PRINTED - {0x20},
    b"lower": _LOWER,
    b"print": _PRINTED,
    b"punct": _PRINTED - _ALNUM - {0x20},
    b"space": frozenset(b" \t\n\v\f\r"),
    b"upper": _UPPER,
    b"xdigit": _DIGITS | frozenset(b"abcdefABCDEF"),
}
MOST_STEPS: Final = 50_000
"""Steps of a search; an expression that somebody means takes some hundreds."""
_MOST: Final = 0x7FFF
"""RE_DUP_MAX: repetitions that an expression may ask for."""
_WORD: Final = _CLASSES[b"alnum"] | {ord("_")}


class TooLong(FormatError):
    """An expression that takes too long to match."""


def search(expression: str, text: str) -> bool:
    """Return whether an expression matches anywhere in a text. Raises FormatError, and TooLong if it takes too long."""
    try:
        parser = _Parser(_encoded(expression))
        node = parser.parse()
        run = _Run(_encoded(text), frozenset(parser.used))
        return any(run.ends(node, _State(start)) for start in range(len(run.text) + 1))
    except RecursionError:
        raise TooLong("the expression has too many groups within each other") from None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


class _State(NamedTuple):
    """How far a match is, and what the groups that are referred to have matched."""

    at: int
    groups: frozenset[tuple[int, bytes]] = frozenset()


_States: TypeAlias = frozenset[_State]


class _Run:
    """A search in a text. `used` are the groups that are referred to."""

    def __init__(self, text: bytes, used: frozenset[int]) -> None:
        self.text = text
        self.used = used
        self._known: dict[tuple[_Node, _State], _States] = {}
        self._steps = 0

    def ends(self, node: _Node, state: _State) -> _States:
        """Return the states in which a match of a node that begins in this state can end."""
        key = (node, state)
        if key not in self._known:
            self._known[key] = frozenset(node(self, state))
        self._steps += 1 + len(self._known[key])
        if self._steps > MOST_STEPS:
            raise TooLong("matching the expression takes too long")
        return self._known[key]

    def after(self, node: _Node, states: Iterable[_State]) -> _States:
        """Return where matches of a node that begin in any of these states can end."""
        return frozenset().union(*(self.ends(node, state) for state in states))

    def is_word(self, at: int) -> bool:
        """Return whether the character at a place is a letter, a digit or an underscore."""
        return 0 <= at < len(self.text) and self.text[at] in _WORD


_Node: TypeAlias = Callable[[_Run, _State], Iterable[_State]]
"""A part of an expression: where a match of it that begins at a state can end."""


def _one_of(members: frozenset[int]) -> _Node:
    def node(run: _Run, state: _State) -> Iterable[_State]:
        at = state.at
        return [state._replace(at=at + 1)] if at < len(run.text) and run.text[at] in members else []

    return node


def _place(holds: Callable[[_Run, int], bool]) -> _Node:
    return lambda run, state: [state] if holds(run, state.at) else []


def _sequence(nodes: list[_Node]) -> _Node:
    def node(run: _Run, state: _State) -> Iterable[_State]:
        states = frozenset([state])
        for part in nodes:
            states = run.after(part, states)
        return states

    return nodes[0] if len(nodes) == 1 else node


def _choice(nodes: list[_Node]) -> _Node:
    def node(run: _Run, state: _State) -> Iterable[_State]:
        return frozenset().union(*(run.ends(part, state) for part in nodes))

    return nodes[0] if len(nodes) == 1 else node


def _group(number: int, inner: _Node) -> _Node:
    def node(run: _Run, state: _State) -> Iterable[_State]:
        ends = run.ends(inner, state)
        if number not in run.used:
            return ends
        return [_State(end.at, _with(end.groups, number, run.text[state.at : end.at])) for end in ends]

    return node


def _with(groups: frozenset[tuple[int, bytes]], number: int, text: bytes) -> frozenset[tuple[int, bytes]]:
    return frozenset({*((other, old) for other, old in groups if other != number), (number, text)})


def _reference(number: int) -> _Node:
    def node(run: _Run, state: _State) -> Iterable[_State]:
        texts = (text for other, text in state.groups if other == number)
        return [state._replace(at=state.at + len(text)) for text in texts if run.text.startswith(text, state.at)]

    return node


def _repeat(inner: _Node, least: int, most: int | None) -> _Node:
    def node(run: _Run, state: _State) -> Iterable[_State]:
        states = frozenset([state])
        for _ in range(least):
            before, states = states, run.after(inner, states)
            if states == before:
                break
        reached = states
        for _ in range(most - least if most is not None else len(run.text) + 1):
            states = run.after(inner, states) - reached
            if not states:
                break
            reached |= states
        return reached

    return node


_PLACES: Final[dict[int, Callable[[_Run, int], bool]]] = {
    ord("<"): lambda run, at: run.is_word(at) and not run.is_word(at - 1),
    ord(">"): lambda run, at: run.is_word(at - 1) and not run.is_word(at),
    ord("b"): lambda run, at: run.is_word(at - 1) != run.is_word(at),
    ord("B"): lambda run, at: run.is_word(at - 1) == run.is_word(at),
    ord("`"): lambda _run, at: at == 0,
    ord("'"): lambda run, at: at == len(run.text),
}
"""What stands behind a backslash for a place."""
_KINDS: Final = {
    ord("w"): _WORD,
    ord("W"): _ALL - _WORD,
    ord("s"): _CLASSES[b"space"],
    ord("S"): _ALL - _CLASSES[b"space"],
}
"""What stands behind a backslash for one of several characters."""


def _bracket(source: bytes, at: int) -> tuple[frozenset[int], int]:
    """Return the characters that the bracket before `at` matches, and where it ends. Raises FormatError."""
    reader = _Bracket(source, at)
    members = reader.members()
    return members, reader.at


class _Scanner:
    """Goes through an expression; `at` is how far it is."""

    def __init__(self, source: bytes, at: int = 0) -> None:
        self.source = source
        self.at = at

    def takes(self, text: bytes) -> bool:
        """Go past a text, if it is here."""
        found = self.source.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def error(self, what: str) -> FormatError:
        """Return the error for what is wrong at this place of the expression."""
        return FormatError(what, self.at)


class _Bracket(_Scanner):
    """Reads what stands in brackets, after the first one."""

    def members(self) -> frozenset[int]:
        """Return the characters that the bracket matches. Raises FormatError."""
        negated = self.takes(b"^")
        members: set[int] = set()
        first = True
        while first or not self.takes(b"]"):
            members |= self._part(first)
            first = False
        return _ALL - members if negated else frozenset(members)

    def _has_range(self) -> bool:
        """Return whether a hyphen is here that stands for a range, and not for itself."""
        return self.source.startswith(b"-", self.at) and not self.source.startswith(b"-]", self.at)

    def _part(self, first: bool) -> frozenset[int]:
        """Return the characters of the next part of the bracket: a character, a class, or a range."""
        if not first and self._has_range():
            raise self.error("misplaced hyphen")
        start = self._element()
        if isinstance(start, frozenset):
            return start
        if not self._has_range():
            return frozenset([start])
        self.at += 1
        end = self._element()
        if isinstance(end, frozenset) or start > end:
            raise self.error("a range whose end is before its start")
        return frozenset(range(start, end + 1))

    def _element(self) -> int | frozenset[int]:
        """Return the next character of the bracket, or the characters of a class."""
        for kind in (b".", b"=", b":"):
            if self.takes(b"[" + kind):
                return self._named(kind)
        if self.at >= len(self.source):
            raise self.error("unterminated bracket")
        self.at += 1
        return self.source[self.at - 1]

    def _named(self, kind: bytes) -> int | frozenset[int]:
        end = self.source.find(kind + b"]", self.at)
        name = self.source[self.at : end]
        if end < 0 or len(name) > _LONGEST_NAME:
            raise self.error("unterminated class")
        self.at = end + 2
        if kind == b":":
            if name not in _CLASSES:
                raise self.error("unknown character class")
            return _CLASSES[name]
        if len(name) != 1:
            raise self.error("expected a single character")
        return name[0] if kind == b"." else frozenset(name)


class _Parser(_Scanner):
    """Takes an expression apart. `used` are the groups that are referred to."""

    def __init__(self, source: bytes) -> None:
        super().__init__(source)
        self.used: set[int] = set()
        self._groups = 0
        self._complete: set[int] = set()

    def parse(self) -> _Node:
        """Return the node of the whole expression. Raises FormatError."""
        return self._alternatives(0)

    def _next(self) -> int:
        """Return the next character of the expression without going past it, 0 at the end."""
        return self.source[self.at] if self.at < len(self.source) else 0

    def _alternatives(self, depth: int) -> _Node:
        before, complete = set(self._complete), set()
        branches = [self._branch(depth)]
        while self.takes(b"|"):
            # A branch knows no groups of another one.
            complete |= self._complete
            self._complete = set(before)
            branches.append(self._branch(depth))
        self._complete |= complete
        return _choice(branches)

    def _branch(self, depth: int) -> _Node:
        nodes = []
        while self._next() and self._next() != ord("|") and not (depth and self._next() == ord(")")):
            node = self._place()
            nodes.append(node or self._repeated(self._atom(depth)))
        return _sequence(nodes)

    def _place(self) -> _Node | None:
        """Return the node of a place such as ^ or \\<. It cannot be repeated."""
        holds = {ord("^"): _PLACES[ord("`")], ord("$"): _PLACES[ord("'")]}.get(self._next())
        if holds:
            self.at += 1
        elif self._next() == ord("\\") and (holds := _PLACES.get(self._second())):
            self.at += 2
        return _place(holds) if holds else None

    def _second(self) -> int:
        return self.source[self.at + 1] if self.at + 1 < len(self.source) else 0

    def _atom(self, depth: int) -> _Node:
        char = self._next()
        if char in b"*+?{":
            raise self.error("nothing to repeat")
        self.at += 1
        if char == ord("("):
            return self._group(depth)
        if char == ord("["):
            members, self.at = _bracket(self.source, self.at)
            return _one_of(members)
        if char == ord("."):
            return _one_of(_ALL)
        return self._escaped() if char == ord("\\") else _one_of(frozenset([char]))

    def _group(self, depth: int) -> _Node:
        self._groups += 1
        number = self._groups
        node = self._alternatives(depth + 1)
        if not self.takes(b")"):
            raise self.error("a group without its end")
        self._complete.add(number)
        return _group(number, node)

    def _escaped(self) -> _Node:
        char = self._next()
        if not char:
            raise self.error("a backslash at the end")
        self.at += 1
        if char not in b"123456789":
            return _one_of(_KINDS.get(char, frozenset([char])))
        number = char - ord("0")
        if number not in self._complete:
            raise self.error(f"there is no group {number} before")
        self.used.add(number)
        return _reference(number)

    def _repeated(self, node: _Node) -> _Node:
        while True:
            if self.takes(b"*"):
                node = _repeat(node, 0, None)
            elif self.takes(b"+"):
                node = _repeat(node, 1, None)
            elif self.takes(b"?"):
                node = _repeat(node, 0, 1)
            elif self.takes(b"{"):
                node = _repeat(node, *self._interval())
            else:
                return node

    def _interval(self) -> tuple[int, int | None]:
        """Read an interval: {2}, {2,}, {,3} or {2,3}. Returns the least and the most repetitions."""
        end = self.source.find(b"}", self.at)
        if end < 0:
            raise self.error("a brace without its end")
        words = self.source[self.at : end].replace(b"\\,", b",").replace(b"\\0", b"0").split(b",")
        if len(words) > 2 or words == [b""] or any(word and not word.isdigit() for word in words):
            raise self.error("no number of repetitions")
        self.at = end + 1
        least = int(words[0] or b"0")
        most = int(words[-1]) if words[-1] else None
        if max(least, most or 0) > _MOST or (most is not None and most < least):
            raise self.error("a number of repetitions that cannot be")
        return least, most
