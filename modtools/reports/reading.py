"""Documents of `pymod check` that a person gives: whether they are what `schema.json` promises.

As much of JSON Schema 2020-12 as that file uses; tests hold it against another implementation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from modtools import jsonfields
from modtools.errors import PymodError
from modtools.reports.document import Document
from modtools.visible import printable

SCHEMA: Final = Path(__file__).with_name("schema.json")

_LONGEST: Final = 80
"""Characters of a wrong value that are shown."""


class DocumentError(PymodError):
    """A file that is no document of `pymod check`."""


@cache
def schema() -> Mapping[str, Any]:
    """Return the document's JSON Schema."""
    value: Mapping[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return value


def document(text: str | bytes, source: str) -> Document:
    """Return a document from its JSON. Raises DocumentError, which names the `source` and the first wrong field."""
    try:
        value = jsonfields.loads(text)
        fault = next(faults(value, schema()), "")
    except (ValueError, RecursionError) as error:
        fault = f"not JSON: {error}"
    if fault:
        raise DocumentError(f"{source} is no document of `pymod check --format json`: {fault}")
    checked: Document = value
    return checked


def faults(value: Any, rule: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Yield what about a value is not as a rule of the schema has it."""
    for keyword, content in rule.items():
        if keyword not in _ANNOTATIONS:
            yield from _KEYWORDS[keyword](value, content, place)


_ANNOTATIONS: Final = {"$schema", "$defs", "title", "description"}


def _reference(value: Any, name: str, place: str) -> Iterator[str]:
    yield from faults(value, schema()["$defs"][name.removeprefix("#/$defs/")], place)


def _type(value: Any, name: str, place: str) -> Iterator[str]:
    if not _is(value, name):
        yield _wrong(value, place, f"{'an' if name[0] in 'aeio' else 'a'} {name}")


def _is(value: Any, name: str) -> bool:
    if name == "integer":
        # As JSON Schema has it, 1.0 is one.
        return not isinstance(value, bool) and (
            isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        )
    return isinstance(value, _TYPES[name])


_TYPES: Final[Mapping[str, type]] = {"object": dict, "array": list, "string": str}


def _constant(value: Any, content: Any, place: str) -> Iterator[str]:
    yield from _one_of(value, [content], place)


def _one_of(value: Any, contents: list[Any], place: str) -> Iterator[str]:
    if isinstance(value, bool) or value not in contents:
        yield _wrong(value, place, " or ".join(map(json.dumps, contents)))


def _at_least(value: Any, least: int, place: str) -> Iterator[str]:
    if _is_number(value) and not value >= least:
        yield _wrong(value, place, f"at least {least}")


def _at_most(value: Any, most: int, place: str) -> Iterator[str]:
    if _is_number(value) and not value <= most:
        yield _wrong(value, place, f"at most {most}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _required(value: Any, names: list[str], place: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{place or 'it'} has no {json.dumps(name)}" for name in names if name not in value)


def _properties(value: Any, rules: Mapping[str, Any], place: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, rule in rules.items():
            if name in value:
                yield from faults(value[name], rule, f"{place}.{name}" if place else name)


def _other_properties(value: Any, rule: Mapping[str, Any], place: str) -> Iterator[str]:
    """Only for a rule without `properties`: all are others."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from faults(part, rule, f"{place}.{printable(name)}")


def _items(value: Any, rule: Mapping[str, Any], place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from faults(part, rule, f"{place}[{number}]")


def _wrong(value: Any, place: str, wanted: str) -> str:
    shown = printable(json.dumps(value))
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
    return f"{place or 'it'} is {shown}, not {wanted}"


_KEYWORDS: Final[Mapping[str, Callable[[Any, Any, str], Iterator[str]]]] = {
    "$ref": _reference,
    "type": _type,
    "const": _constant,
    "enum": _one_of,
    "minimum": _at_least,
    "maximum": _at_most,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _other_properties,
    "items": _items,
}
