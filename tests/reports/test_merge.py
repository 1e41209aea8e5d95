"""Parts of a check as one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.reports import merge
from modtools.reports.document import Document
from modtools.reports.merge import MergeError, Part
from tests.properties import examples
from tests.reports.documents import (
    BLACKLISTED,
    DEBIAN_12,
    DEBIAN_13,
    DOCUMENT,
    HELLO,
    SYMVERS,
    UNDECIDED,
    WRONG_VERMAGIC,
    documents,
    of,
)


def merged(*parts: Document | Part, strict: bool = False) -> Document:
    """Documents as one, by the names a, b, c where they have none."""
    named = [part if isinstance(part, Part) else Part(name, part) for name, part in zip("abcd", parts, strict=False)]
    return merge.merged(named, strict=strict)


def test_parts_are_the_whole() -> None:
    """Kernels, results and messages of all parts, in their order; a message that several have, once."""
    message: Any = [{"level": "warning", "text": "x"}]
    first = of(HELLO, kernels=(DEBIAN_12,), messages=message)
    second = of(WRONG_VERMAGIC, UNDECIDED, kernels=(DEBIAN_13, SYMVERS, DEBIAN_12), messages=message)
    assert merged(first, second) == {
        "format": 1,
        "tool": "check",
        "exit_status": 1,
        "kernels": [DEBIAN_12, DEBIAN_13, SYMVERS],
        "modules": [HELLO, WRONG_VERMAGIC, UNDECIDED],
        "messages": message,
    }


@given(documents(), st.data())
@examples(25)
def test_any_division_gives_the_same(document: Document, data: st.DataObject) -> None:
    """However results are dealt to parts, together they are the results, with the exit status of the whole."""
    number = data.draw(st.integers(1, 3))
    hands: list[list[Any]] = [[] for _ in range(number)]
    for row in document["modules"]:
        hands[data.draw(st.integers(0, number - 1))].append(row)
    parts = [of(*hand, kernels=tuple(document["kernels"])) for hand in hands]
    for place, part in enumerate(parts, 1):
        part["shard"] = {"number": place, "of": number}
    whole = merged(*parts)
    assert sorted(whole["modules"], key=repr) == sorted(document["modules"], key=repr)
    assert whole["kernels"] == document["kernels"]
    assert whole["exit_status"] == of(*document["modules"])["exit_status"]
    assert "shard" not in whole


def test_the_exit_status_is_that_of_all() -> None:
    """1 as soon as one part refuses, and where parts were strict a warning is enough."""
    assert merged(of(HELLO), of(UNDECIDED))["exit_status"] == 3
    assert merged(of(UNDECIDED), of(WRONG_VERMAGIC))["exit_status"] == 1
    assert merged(of(HELLO), of(BLACKLISTED))["exit_status"] == 0
    assert merged(of(HELLO), of(BLACKLISTED), strict=True)["exit_status"] == 1
    assert merged(of(HELLO), of(BLACKLISTED, exit_status=1))["exit_status"] == 1


SAME = {**DEBIAN_12, "sources": {"symbols": "somebody else"}, "title": "the same"}


def test_a_kernel_can_be_told_by_others_in_each_part() -> None:
    """Who told the facts may differ, and how it is called."""
    assert merged(of(HELLO), of(kernels=(SAME,)))["kernels"] == [DEBIAN_12]  # type: ignore[arg-type]


def shard(number: int, whole: int, *rows: Any) -> Document:
    """A part that says which it is."""
    return of(*rows, shard={"number": number, "of": whole})


FAILED = of(exit_status=2, messages=[{"level": "error", "text": "no\x1b"}])


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], "there is nothing to merge"),
        ([of(HELLO), of(HELLO)], "build/hello.ko on debian-12 is in a and in b: give each part once"),
        ([of(HELLO), of(kernels=({**DEBIAN_12, "release": "6.1.0-57-amd64"},))], "a and in b: its release differs"),
        ([of(HELLO), of(kernels=({**DEBIAN_12, "unknown": ["keys"]},))], "a and in b: its unknown differs"),
        ([of(HELLO), FAILED], "b is of a check that ended with 2: no\\x1b: repeat it"),
        ([shard(1, 3, HELLO), shard(3, 3)], "of 3 parts these are missing: 2"),
        ([shard(1, 2), shard(1, 2)], "a and b are both part 1"),
        ([Part("a", shard(1, 2)), Part("a", shard(1, 2))], "a and a are both part 1"),
        ([shard(1, 2), shard(2, 3)], "not of one check: a is 1 of 2, b is 2 of 3"),
        ([shard(5, 2), shard(1, 2)], "a says that it is part 5 of 2"),
    ],
)  # fmt: skip
def test_what_is_not_one_check_is_refused(parts: list[Any], words: str) -> None:
    """The error names the files, and what is wrong with them."""
    with pytest.raises(MergeError) as caught:
        merged(*parts)
    assert words in str(caught.value)


def test_each_kernel_can_be_divided_by_itself() -> None:
    """Jobs for kernels and for parts of the modules: the parts of each kernel are counted for themselves."""
    others = [{**shard(number, 3), "kernels": [DEBIAN_13]} for number in (1, 2, 3)]
    whole = merged(shard(1, 1, HELLO), *others)  # type: ignore[arg-type]
    assert [kernel["name"] for kernel in whole["kernels"]] == ["debian-12", "debian-13"]
    with pytest.raises(MergeError, match="of 3 parts these are missing: 3"):
        merged(shard(1, 1, HELLO), *others[:2])  # type: ignore[arg-type]


def test_parts_with_numbers_may_come_in_any_order() -> None:
    """All are there, once each."""
    assert merged(shard(2, 2, HELLO), shard(1, 2, BLACKLISTED))["modules"] == [HELLO, BLACKLISTED]


def test_one_part_is_itself() -> None:
    """A document without others stays what it is."""
    assert merged(DOCUMENT) == DOCUMENT
