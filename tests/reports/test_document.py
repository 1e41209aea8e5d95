"""The document of a check: its schema, and the reader that holds documents of others against it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any, NotRequired, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from modtools.reports import document as values
from modtools.reports import reading
from tests.reports.documents import BLACKLISTED, DOCUMENT, HELLO, UNDECIDED, WRONG_VERMAGIC, documents

SCHEMA = json.loads(reading.SCHEMA.read_text("utf-8"))
REFERENCE = Draft202012Validator(SCHEMA)


def strict(rule: Any) -> Any:
    """A schema that allows no field but those it names, where it names any."""
    if isinstance(rule, list):
        return [strict(part) for part in rule]
    if not isinstance(rule, dict):
        return rule
    closed = {"additionalProperties": False} if "properties" in rule and "type" in rule else {}
    return {name: strict(part) for name, part in rule.items()} | closed


def test_the_schema_is_one() -> None:
    """It keeps to JSON Schema 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_has_every_field() -> None:
    """A document has no field that the schema does not name."""
    assert not [*Draft202012Validator(strict(SCHEMA)).iter_errors(DOCUMENT)]
    with_shard = {**DOCUMENT, "shard": {"number": 1, "of": 2}}
    assert not [*Draft202012Validator(strict(SCHEMA)).iter_errors(with_shard)]
    assert [*Draft202012Validator(strict(SCHEMA)).iter_errors({**DOCUMENT, "more": 1})]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (values.Document, SCHEMA),
        (values.Shard, SCHEMA["properties"]["shard"]),
        (values.Kernel, SCHEMA["$defs"]["kernel"]),
        (values.Module, SCHEMA["$defs"]["module"]),
        (values.Finding, SCHEMA["$defs"]["finding"]),
        (values.Message, SCHEMA["$defs"]["message"]),
    ],
)
def test_types_and_schema_have_the_same_fields(kind: Any, rule: Mapping[str, Any]) -> None:
    """What Python calls a field, and whether it must be there, is what the schema says."""
    fields = get_type_hints(kind, include_extras=True)
    assert fields.keys() == rule["properties"].keys()
    assert {name for name, type_ in fields.items() if get_origin(type_) is not NotRequired} == set(rule["required"])


@given(documents())
def test_odd_texts_keep_to_the_schema(document: values.Document) -> None:
    """The documents that forms are tried with are documents, by the reader too, through JSON."""
    assert REFERENCE.is_valid(document)
    assert not [*reading.faults(document, SCHEMA)]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each part of a value: what holds it, and its key there."""
    if isinstance(value, dict | list):
        for key in [*value] if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 300) | st.floats() | st.sampled_from(["", "check", "loads", "error"]),
    lambda part: st.lists(part, max_size=2) | st.dictionaries(st.sampled_from(["name", "of"]), part, max_size=2),
    max_leaves=3,
)


@given(st.data())
def test_the_reader_agrees_with_another_validator(data: st.DataObject) -> None:
    """With any part of a document replaced or gone, pymod's own validator says what jsonschema says."""
    damaged = {**copy.deepcopy(DOCUMENT), "shard": {"number": 1, "of": 2}}
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from([*places(damaged)]))
        if key in holder if isinstance(holder, dict) else key < len(holder):
            if data.draw(st.booleans()):
                del holder[key]
            else:
                holder[key] = data.draw(_ANYTHING)
    assert (not [*reading.faults(damaged, SCHEMA)]) == REFERENCE.is_valid(damaged)


@pytest.mark.parametrize("whole", [None, 1, 1.0, "text", [], {}, True])
def test_anything_is_compared(whole: object) -> None:
    """What is no object at all is no document, for both."""
    assert [*reading.faults(whole, SCHEMA)]
    assert not REFERENCE.is_valid(whole)


def test_a_document_is_read() -> None:
    """Its JSON is read as what was written."""
    assert reading.document(json.dumps(DOCUMENT), "a.json") == DOCUMENT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"format": 1, "text": "\\ud800"}', "not JSON"),
        ("{}", 'it has no "format"'),
        (json.dumps({**DOCUMENT, "tool": "lsmod"}), 'tool is "lsmod", not "check"'),
        (json.dumps({**DOCUMENT, "format": 2}), "format is 2, not 1"),
        (json.dumps({**DOCUMENT, "exit_status": -1}), "exit_status is -1, not at least 0"),
        (
            json.dumps({**DOCUMENT, "modules": [{**HELLO, "verdict": "\x1b"}]}),
            'modules[0].verdict is "\\u001b", not "loads"',
        ),
        (json.dumps({**DOCUMENT, "modules": [{**HELLO, "log": "x" * 500}]}), "xxx…, not an array"),
    ],
)
def test_what_is_no_document_is_named(text: str, words: str) -> None:
    """The error names the file, the first field that is wrong, its value and what it should be, in one short line."""
    with pytest.raises(reading.DocumentError) as caught:
        reading.document(text, "a.json")
    said = str(caught.value)
    assert said.startswith("a.json is no document of `pymod check --format json`: ")
    assert words in said
    assert said.isprintable()
    assert len(said) < 400


def test_exit_status() -> None:
    """1 for what is refused, with strict for a warning too; else 3 for what is not known; else 0."""
    assert values.exit_status([]) == values.exit_status([HELLO, BLACKLISTED]) == 0
    assert values.exit_status([HELLO], strict=True) == 0
    assert values.exit_status([BLACKLISTED, UNDECIDED], strict=True) == 1
    assert values.exit_status([HELLO, UNDECIDED]) == 3
    assert values.exit_status([UNDECIDED, WRONG_VERMAGIC]) == 1


@pytest.mark.parametrize(
    ("path", "name", "words"),
    [
        ("build/snd-pcm.ko", "snd_pcm", "build/snd-pcm.ko"),
        ("snd_pcm.ko.xz", "snd_pcm", "snd_pcm.ko.xz"),
        ("snd-pcm", "snd_pcm", "snd-pcm"),
        ("other.ko", "snd_pcm", "other.ko (snd_pcm)"),
        ("a.deb", "snd_pcm", "a.deb (snd_pcm)"),
        ("", "snd_pcm", "snd_pcm"),
        ("a\x1b.ko", "a\x1b", "a\\x1b.ko"),
    ],
)
def test_a_module_is_called_by_its_path(path: str, name: str, words: str) -> None:
    """With its name where that is not the file's."""
    assert values.called({**HELLO, "path": path, "name": name}) == words
