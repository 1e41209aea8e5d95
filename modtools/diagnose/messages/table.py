"""The tables of messages and causes, as values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from modtools.diagnose.messages.wording import ALONE, Wording
from modtools.light import NamedTuple

RANKS = ("decides", "follows", "tool", "wraps", "warns", "notes")
"""How much a message says about why something failed: it is the reason; it follows from a line before it; a program
passes on what the kernel answered; a build or installation stopped because of it; it is a warning; it is by the way."""

_TABLES = ("kernel", "kmod", "build")


class Cause(NamedTuple):
    """What a message may come from, what to do, and the rules of `pymod check` whose findings say that it is this."""

    name: str
    what: str
    do: str
    rules: tuple[str, ...] = ()


class When(NamedTuple):
    """Where the format `of` gives a text in which `like` is found, `cause` is the first one."""

    of: str
    like: str
    cause: str


class Message(NamedTuple):
    """One thing that is said, in all its wordings."""

    name: str
    rank: str
    means: str
    causes: tuple[str, ...]
    wordings: tuple[Wording, ...]
    when: tuple[When, ...] = ()


class Place(NamedTuple):
    """Who says a wording: a function in a file of a project, in versions from `first` to `last`."""

    project: str
    file: str
    function: str
    first: str
    last: str

    def __str__(self) -> str:
        versions = self.first if self.first == self.last else f"{self.first} to {self.last}"
        project = {"linux": "Linux"}.get(self.project, self.project)
        return f"{project} {versions}, {self.file}: {self.function}()"


@cache
def causes() -> Mapping[str, Cause]:
    """Return all causes by name."""
    return {
        name: Cause(name, row["what"], row["do"], tuple(row.get("rules", ()))) for name, row in _toml("causes").items()
    }


@cache
def messages() -> tuple[Message, ...]:
    """Return all messages of all tables, in their order."""
    places = {text: str(place) for text, place in read_places()}
    return (*_spelt(places), *_errnos(places))


def wordings() -> list[str]:
    """Return the text of each wording that a place may be known of, once."""
    spelt = (text for table in _TABLES for row in _toml(table)["message"] for text in row["says"])
    return list(dict.fromkeys((*spelt, *(row["says"] for row in _toml("errno")["carrier"]))))


def read_places() -> Iterator[tuple[str, Place]]:
    """Yield each wording of places.tsv with its place."""
    text = files(__package__).joinpath("places.tsv").read_text("utf-8")
    for line in text.splitlines():
        wording, *place = line.split("\t")
        yield wording, Place(*place)


def _spelt(places: Mapping[str, str]) -> Iterator[Message]:
    for table in _TABLES:
        for row in _toml(table)["message"]:
            yield _message(row, row["name"], [(text, places.get(text, row.get("from", ""))) for text in row["says"]])


def _errnos(places: Mapping[str, str]) -> Iterator[Message]:
    """Yield the messages about an errno: each of its words in each program's sentence, and alone."""
    document = _toml("errno")
    carriers = [(row["says"], places.get(row["says"], row["from"])) for row in document["carrier"]]
    for row in document["errno"]:
        said = [(says.replace("{error}", words), place) for says, place in carriers for words in row["words"]]
        distinct = row.get("distinct", ())
        alone = [(words if words in distinct else f"{ALONE}{words}}}", "") for words in row["words"]]
        yield _message({"rank": "tool", **row}, f"errno-{row['name']}", said + alone)


def _message(row: Mapping[str, Any], name: str, said: list[tuple[str, str]]) -> Message:
    when = tuple(When(*condition) for condition in row.get("when", ()))
    wordings = tuple(Wording(*pair) for pair in said)
    return Message(name, row.get("rank", RANKS[0]), row["means"], tuple(row["causes"]), wordings, when)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
