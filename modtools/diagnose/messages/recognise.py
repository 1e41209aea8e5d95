"""Find the messages in a text, and put first what decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from modtools.diagnose.messages.lines import Line, lines
from modtools.diagnose.messages.table import RANKS, Cause, Message, causes, messages
from modtools.diagnose.messages.wording import Wording, keyword, words_of
from modtools.light import NamedTuple

_SURE = 24
"""A wording of kmod's with fewer letters might be any program's: kmod must be named in the line."""

WORDS = {
    "module": "the module",
    "path": "FILE.ko",
    "symbol": "the symbol",
    "owner": "another module",
    "namespace": "NAMESPACE",
    "holders": "(see lsmod)",
    "parameter": "the parameter",
    "value": "the value",
    "directory": "/lib/modules/RELEASE",
    "release": "RELEASE",
    "reason": "something",
    "license": "another licence",
}
"""What to say for a field that a message does not have."""

PLACEHOLDERS = {"module": "NAME", "owner": "OTHER", "symbol": "SYMBOL", "parameter": "PARAMETER", "path": "FILE.ko"}
"""What to write for it in a command."""


class Found(NamedTuple):
    """A message in a line: its fields, its wording, and the line."""

    message: Message
    wording: Wording
    fields: Mapping[str, str]
    line: Line


class Explained(NamedTuple):
    """What a message means: `means` in words, its causes with the most likely first, and the lines that say it.

    Where the module was checked, `found` has what was found for a cause, by its name, and `missed` has the names of
    causes that would have been found, and were not.
    """

    message: Message
    means: str
    place: str
    fields: Mapping[str, str]
    causes: tuple[Cause, ...]
    lines: tuple[str, ...]
    found: Mapping[str, Sequence[str]] = {}
    missed: frozenset[str] = frozenset()


def explain(text: str) -> tuple[Explained, ...]:
    """Return what is known of the lines of a text; the message that decides comes first."""
    found = find(text)
    seen = " ".join(dict.fromkeys(word for one in found for word in _seen(one)))
    grouped: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        grouped.setdefault((one.message.name, one.fields.get("module", "")), []).append(one)
    explained = [_explained(group, seen) for group in grouped.values()]
    return tuple(sorted(explained, key=lambda one: RANKS.index(one.message.rank)))


def find(text: str) -> list[Found]:
    """Return the messages in a text, in its order."""
    all_lines = list(lines(text))
    found = (_find(line, alone=len(all_lines) == 1) for line in all_lines)
    return [one for one in found if one is not None]


def _find(line: Line, *, alone: bool) -> Found | None:
    """Return the message that a line is, by the wording with the most letters of its own."""
    for message, wording in _candidates(line.text):
        match = wording.find(line.text)
        if match and (alone or _trusted(wording, line)):
            fields = {name: value.strip() for name, value in match.groupdict().items()}
            return Found(message, wording, _completed(fields, line), line)
    return None


def _candidates(text: str) -> Iterator[tuple[Message, Wording]]:
    """Yield the wordings whose keyword a line has, those with the most letters first."""
    surest, places = _index()
    numbers = (number for word in ("", *words_of(text)) for number in places.get(word, ()))
    for number in sorted(numbers):
        yield surest[number]


@cache
def _index() -> tuple[list[tuple[Message, Wording]], dict[str, list[int]]]:
    """Return all wordings, those with the most letters first, and at which places there are those of a keyword."""
    surest = [(message, said) for message in messages() for said in message.wordings]
    surest.sort(key=lambda row: -row[1].letters)
    places: dict[str, list[int]] = {}
    for number, (_, said) in enumerate(surest):
        places.setdefault(keyword(said.text), []).append(number)
    return surest, places


def _trusted(wording: Wording, line: Line) -> bool:
    return bool(line.tool) or wording.letters >= _SURE or not wording.place.startswith("kmod ")


def _completed(fields: dict[str, str], line: Line) -> dict[str, str]:
    """Add what follows from the fields: the line itself, the program, and a module's name from its file's."""
    fields["line"] = line.raw
    fields["tool"] = fields.get("tool") or line.tool or "the tool"
    if "module" not in fields and ".ko" in fields.get("path", ""):
        fields["module"] = fields["path"].rsplit("/", 1)[-1].split(".ko")[0].replace("-", "_")
    return fields


def _seen(one: Found) -> Iterable[str]:
    yield one.message.name
    if one.line.tool:
        yield f"tool:{one.line.tool}"
    elif "modprobe" in one.wording.place:
        yield "tool:modprobe"


def _explained(group: list[Found], seen: str) -> Explained:
    """Tell what several lines of one kind about one module mean; the first one's fields speak for all."""
    first = group[0]
    words = _Fields({**WORDS, **first.fields, "seen": seen})
    names = list(first.message.causes)
    for condition in reversed(first.message.when):
        if re.search(condition.like, condition.of.format_map(words), re.IGNORECASE):
            names = [condition.cause, *(name for name in names if name != condition.cause)]
    orders = _Fields({**words, **PLACEHOLDERS, **first.fields})
    told = tuple(_told(causes()[name], words, orders) for name in names)
    said = tuple(dict.fromkeys(one.line.raw for one in group))
    return Explained(
        first.message, _sentence(first.message.means, words), first.wording.place, first.fields, told, said
    )


def _told(cause: Cause, words: _Fields, orders: _Fields) -> Cause:
    return cause._replace(what=_sentence(cause.what, words), do=cause.do.format_map(orders))


def _sentence(text: str, words: _Fields) -> str:
    filled = text.format_map(words)
    return filled[:1].upper() + filled[1:] if text.startswith("{") and words.general(text) else filled


class _Fields(dict[str, str]):
    """The fields of a message; one that it does not have stands for itself, in capitals."""

    def __missing__(self, key: str) -> str:
        return key.upper()

    def general(self, text: str) -> bool:
        """Return whether a text begins with a field that has no value of its own."""
        name = text[1 : text.index("}")]
        return self[name] == WORDS.get(name)
