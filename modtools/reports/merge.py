"""Several documents of `pymod check` as one: the parts of a check that was divided among machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from modtools.errors import PymodError
from modtools.light import NamedTuple
from modtools.reports.document import (
    ALL_LOAD,
    REFUSED,
    SOME_REFUSED,
    SOME_UNKNOWN,
    Document,
    Identity,
    Kernel,
    Message,
    Module,
    Shard,
    called,
    exit_status,
    identity,
)
from modtools.visible import printable

_CHECKED: Final = (ALL_LOAD, SOME_REFUSED, SOME_UNKNOWN)


class MergeError(PymodError):
    """Documents that are not the parts of one check."""


class Part(NamedTuple):
    """A document, and where it was read from."""

    source: str
    document: Document


def merged(parts: Sequence[Part], *, strict: bool = False) -> Document:
    """Return what one check of all the modules for all the kernels would have said, results in the order of the parts.

    With `strict`, or if a part was checked so, a warning counts as a refusal. Raises MergeError for no parts, for one
    that could not be checked, for a part that is missing or given twice, for a result that two parts have, and for
    kernels of one name that differ.
    """
    if not parts:
        raise MergeError("there is nothing to merge: give the JSON of each part")
    for part in parts:
        _assert_checked(part)
    _assert_complete(parts)
    modules = _modules(parts)
    strict = strict or any(_was_strict(part.document) for part in parts)
    first = parts[0].document
    return {
        "format": first["format"],
        "tool": first["tool"],
        "exit_status": exit_status(modules, strict=strict),
        "kernels": _kernels(parts),
        "modules": modules,
        "messages": _messages(parts),
    }


def _assert_checked(part: Part) -> None:
    status = part.document["exit_status"]
    if status not in _CHECKED:
        said = "; ".join(printable(message["text"]) for message in part.document["messages"])
        raise MergeError(f"{part.source} is of a check that ended with {status}{': ' if said else ''}{said}: repeat it")


def _assert_complete(parts: Sequence[Part]) -> None:
    """Raise MergeError if parts say which of how many they are, and are not all of them, once each.

    Those for the same kernels belong together: a check can be divided by kernels, and each of these by modules.
    """
    checks: dict[frozenset[str], list[tuple[str, Shard]]] = {}
    for source, document in parts:
        if "shard" in document:
            kernels = frozenset(kernel["name"] for kernel in document["kernels"])
            checks.setdefault(kernels, []).append((source, document["shard"]))
    for shards in checks.values():
        _assert_all(shards)


def _assert_all(shards: Sequence[tuple[str, Shard]]) -> None:
    """Raise MergeError if these are not the parts of one division, once each."""
    if len({shard["of"] for _, shard in shards}) > 1:
        told = ", ".join(f"{source} is {shard['number']} of {shard['of']}" for source, shard in shards)
        raise MergeError(f"the parts are not of one check: {told}")
    whole = shards[0][1]["of"]
    numbers: dict[int, str] = {}
    for source, shard in shards:
        number = shard["number"]
        if number > whole:
            raise MergeError(f"{source} says that it is part {number} of {whole}")
        if number in numbers:
            raise MergeError(f"{numbers[number]} and {source} are both part {number}: give each part once")
        numbers[number] = source
    absent = [str(number) for number in range(1, whole + 1) if number not in numbers]
    if absent:
        raise MergeError(f"of {whole} parts these are missing: {', '.join(absent)}")


def _was_strict(document: Document) -> bool:
    refused = any(module["verdict"] == REFUSED for module in document["modules"])
    return document["exit_status"] == SOME_REFUSED and not refused


def _modules(parts: Iterable[Part]) -> list[Module]:
    """Return all results. Raises MergeError for one that is there twice."""
    sources: dict[tuple[Identity, str], str] = {}
    modules: list[Module] = []
    for part in parts:
        for module in part.document["modules"]:
            key = identity(module), module["kernel"]
            if key in sources:
                raise MergeError(
                    f"{called(module)} on {printable(module['kernel'])} is in {sources[key]} and in {part.source}: "
                    "give each part once, and check each module in one of them"
                )
            sources[key] = part.source
            modules.append(module)
    return modules


def _kernels(parts: Iterable[Part]) -> list[Kernel]:
    """Return each kernel once. Raises MergeError where two of one name are not the same."""
    kernels: dict[str, Kernel] = {}
    sources: dict[str, str] = {}
    for part in parts:
        for kernel in part.document["kernels"]:
            name = kernel["name"]
            if name in kernels and (other := _difference(kernels[name], kernel)):
                both = f"{sources[name]} and in {part.source}"
                raise MergeError(f"{printable(name)} is not the same kernel in {both}: its {other} differs")
            kernels.setdefault(name, kernel)
            sources.setdefault(name, part.source)
    return [*kernels.values()]


def _difference(one: Kernel, other: Kernel) -> str:
    """Return the name of what is different between two kernels, "" if nothing is; who told it may differ."""
    first: Mapping[str, object] = {**one, "unknown": sorted(one["unknown"])}
    second: Mapping[str, object] = {**other, "unknown": sorted(other["unknown"])}
    return next((name for name in ("release", "machine", "vermagic", "unknown") if first[name] != second[name]), "")


def _messages(parts: Iterable[Part]) -> list[Message]:
    """Return all messages, those that several parts have once."""
    messages: list[Message] = []
    for part in parts:
        messages += (message for message in part.document["messages"] if message not in messages)
    return messages
