"""Rules of a schema: what is wrong by each keyword, beside another implementation, and how it is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from modtools.reports.reading import DocumentError, document, faults

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, 1.0, 1.5, -2.0]),
    st.sampled_from(["", "a", "b"]),
)
values = st.recursive(scalars, lambda part: st.lists(part, max_size=2) | st.dictionaries(st.sampled_from("ab"), part))
simple = st.one_of(
    st.sampled_from(["object", "array", "string", "integer"]).map(lambda name: {"type": name}),
    st.sampled_from([1, "a", 2]).map(lambda value: {"const": value}),
    st.lists(st.sampled_from([1, "a", "b", 2]), min_size=1).map(lambda some: {"enum": some}),
    st.tuples(st.integers(-2, 2), st.integers(-2, 2)).map(lambda pair: {"minimum": pair[0], "maximum": pair[1]}),
    st.lists(st.sampled_from("ab"), unique=True).map(lambda names: {"required": names, "title": "a note"}),
)
rules = st.recursive(
    simple,
    lambda rule: st.one_of(
        st.dictionaries(st.sampled_from("ab"), rule, min_size=1).map(lambda some: {"properties": some}),
        rule.map(lambda one: {"additionalProperties": one}),
        rule.map(lambda one: {"type": "array", "items": one}),
    ),
    max_leaves=3,
)


@given(values, rules)
def test_a_value_is_right_where_another_implementation_says_so(value: Any, rule: dict[str, Any]) -> None:
    """As much of JSON Schema as is read: one has faults exactly where the other has."""
    assert list(faults(value, rule)) is not Draft202012Validator(rule).is_valid(value)


@pytest.mark.parametrize(
    ("value", "rule", "place", "told"),
    [
        (1, {"type": "string"}, "", ["it is 1, not a string"]),
        ("x", {"type": "array"}, "a.b", ['a.b is "x", not an array']),
        ([], {"type": "object"}, "", ["it is [], not an object"]),
        (True, {"type": "integer"}, "n", ["n is true, not an integer"]),
        (1.5, {"type": "integer"}, "n", ["n is 1.5, not an integer"]),
        (1.0, {"type": "integer"}, "n", []),
        (True, {"const": 1}, "n", ["n is true, not 1"]),
        ("c", {"enum": ["a", "b"]}, "n", ['n is "c", not "a" or "b"']),
        (1, {"minimum": 2, "maximum": 0}, "n", ["n is 1, not at least 2", "n is 1, not at most 0"]),
        (2, {"minimum": 2, "maximum": 2}, "n", []),
        (True, {"minimum": 2}, "n", []),
        ("a", {"minimum": 2, "maximum": 0}, "n", []),
        (False, {"maximum": -1}, "n", []),
        ({}, {"required": ["a", "b"]}, "", ['it has no "a"', 'it has no "b"']),
        ({"a": 1}, {"required": ["a", "b"]}, "x", ['x has no "b"']),
        ([], {"required": ["a"]}, "x", []),
        ({"a": {"b": 1}}, {"properties": {"a": {"properties": {"b": {"const": 2}}}}}, "", ["a.b is 1, not 2"]),
        ({"a": 1}, {"properties": {"a": {"type": "string"}}}, "x", ["x.a is 1, not a string"]),
        ({"\x1b": 1}, {"additionalProperties": {"type": "string"}}, "x", ["x.\\x1b is 1, not a string"]),
        ([1, "a", 2], {"items": {"type": "string"}}, "x", ["x[0] is 1, not a string", "x[2] is 2, not a string"]),
        ("y" * 78, {"type": "array"}, "", [f'it is "{"y" * 78}", not an array']),
        ("y" * 79, {"type": "array"}, "", [f'it is "{"y" * 79}…, not an array']),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(value: Any, rule: dict[str, Any], place: str, told: list[str]) -> None:
    """The path to it, the value, of which eighty letters are shown, and what was wanted."""
    assert list(faults(value, rule, place)) == told


@pytest.mark.parametrize(
    ("text", "fault"),
    [("{}", "it has no "), ("[", "not JSON: "), ("[" * 100000, "not JSON: "), ("1", "it is 1, not an object")],
)
def test_a_file_that_is_no_document(text: str, fault: str) -> None:
    """Its source is named, and the first fault."""
    with pytest.raises(DocumentError) as error:
        document(text, "x.json")
    assert str(error.value).startswith(f"x.json is no document of `pymod check --format json`: {fault}")
