"""The result of a comparison in words: what is most wanted, what differs, and the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.inits.replay import Difference, Verdict


def report(verdicts: list[Verdict], rows: int, *, verbose: bool = False) -> str:
    """Two tables and the line with the figures."""
    return "\n".join([*_wanted(verdicts, rows), *_differences(verdicts, rows, verbose), figures(verdicts)])


def figures(verdicts: list[Verdict]) -> str:
    """How many went how."""
    count = Counter(verdict.word for verdict in verdicts)
    return f"equal {count['equal']}, needs {count['needs']}, different {count['different']} of {len(verdicts)}"


def _wanted(verdicts: list[Verdict], rows: int) -> Iterator[str]:
    count = Counter(verdict.needs for verdict in verdicts if verdict.needs)
    example = {verdict.needs: verdict.target for verdict in verdicts}
    if count:
        yield f"most wanted, of {len(count)} (targets that stop there first, symbol, an example)"
    for name, number in count.most_common(rows):
        yield f"{number:5}  {name:<40} {example[name]}"


def _differences(verdicts: list[Verdict], rows: int, verbose: bool) -> Iterator[str]:
    different = [verdict for verdict in verdicts if verdict.word == "different"]
    kinds = Counter(verdict.differences[0].kind for verdict in different)
    if different:
        yield "differences: " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
    for verdict in different if verbose else different[:rows]:
        for difference in verdict.differences:
            yield from _one(verdict.target, difference, verbose)


def _one(target: str, difference: Difference, verbose: bool) -> Iterator[str]:
    yield f"{difference.kind:>6}  {target}: {difference.event}"
    for sign, text in (("-", difference.expected), ("+", difference.actual)):
        lines = text.split("\n") if text else []
        yield from (f"        {sign} {line}" for line in (lines if verbose else lines[:6]))
