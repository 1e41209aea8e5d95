"""What `pymod diff` says, as text: the counts first, and of each list the first names, or with `whole` all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from modtools.reports.words import INDENT
from modtools.visible import printable

_SHOWN: Final = 5
"""Of how many changes of a kind the names are shown."""

_Row = Mapping[str, Any]

_EXPORTS: Final = {
    "added": "added",
    "gone": "gone",
    "relicensed": "for other licences",
    "moved": "in another namespace",
    "changed": "with another CRC",
}
_BY_MODULE: Final = {"added": "was exported", "gone": "is exported"}
_MODULES: Final = {
    "added": "added",
    "gone": "gone",
    "renamed": "renamed",
    "builtin": "built in now",
    "loadable": "not built in any more",
    "unlisted": "built in before, in no list now",
}


def text(made: Mapping[str, Any], *, whole: bool = False) -> str:
    """Return the whole text of a comparison."""
    return "".join(f"{printable(line)}\n" for line in _lines(made, whole))


def _lines(made: Mapping[str, Any], whole: bool) -> Iterator[str]:
    before, after = (f"{kernel['name']} ({kernel['release']})" for kernel in made["kernels"])
    yield f"From {before} to {after}"
    counts, unknown = made["exports"], made["unknown"]
    sizes = {side: "not all known" if counts[side] is None else counts[side] for side in ("before", "after", "same")}
    yield f"Exported symbols: {sizes['before']} before, {sizes['after']} after, {sizes['same']} in both"
    for change, words in _EXPORTS.items():
        rows = [row for row in made["export_changes"] if row["change"] == change]
        of = f" of {counts['compared']} that are known on both sides" if change == "changed" else ""
        yield from _listed(words + of, rows, unknown.get(change), _export, whole)
    yield from _trees(made, whole)
    yield from _given(made["modules"], whole)


def _listed(
    words: str, rows: Sequence[_Row], unknown: str | None, shown: Callable[[_Row], str], whole: bool
) -> Iterator[str]:
    """Yield a count with the first of what is counted, or all of it; or why it is not known."""
    if unknown is not None:
        yield f"{INDENT}{words}: not known, for {unknown}"
        return
    if whole:
        yield f"{INDENT}{words}: {len(rows)}"
        yield from (f"{INDENT}{INDENT}{shown(row)}" for row in rows)
        return
    names = [shown(row) for row in rows[:_SHOWN]] + ["…"] * (len(rows) > _SHOWN)
    yield f"{INDENT}{words}: {len(rows)}" + (f" ({', '.join(names)})" if names else "")


def _export(row: _Row) -> str:
    if row["change"] in ("added", "gone"):
        return str(row["name"]) + (f" ({_BY_MODULE[row['change']]} by {row['exporter']})" if row["exporter"] else "")
    return f"{row['name']}: {row['before'] or 'none'} -> {row['after'] or 'none'}"


def _trees(made: Mapping[str, Any], whole: bool) -> Iterator[str]:
    trees, unknown = made["trees"], made["unknown"]
    if trees is None:
        yield "Modules: not compared; --tree-a and --tree-b name the kernels' module trees"
        return
    yield f"Modules: {trees['before']} before, {trees['after']} after, {trees['same']} in both"
    for change, words in _MODULES.items():
        rows = [row for row in made["module_changes"] if row["change"] == change]
        yield from _listed(words, rows, unknown.get(f"tree_{change}"), _module, whole)
    for name, (words, shown) in _OF_MODULES.items():
        yield from _listed(words, made[f"{name}_changes"], unknown.get(f"tree_{name}"), shown, whole)


def _module(row: _Row) -> str:
    return f"{row['name']} -> {row['now']}, by {row['by']}" if row["change"] == "renamed" else str(row["name"])


def _alias(row: _Row) -> str:
    return f"{row['alias']} of {' '.join(row['modules'])}"


def _firmware(row: _Row) -> str:
    return f"{row['firmware']} of {' '.join(row['modules'])}"


def _parameter(row: _Row) -> str:
    return f"{row['module']}.{row['parameter']}"


_OF_MODULES: Final = {
    "aliases": ("aliases that nothing answers to any more", _alias),
    "firmware": ("firmware that nothing named before", _firmware),
    "parameters": ("parameters gone", _parameter),
}


def _given(rows: Sequence[_Row], whole: bool) -> Iterator[str]:
    if not rows:
        return
    broken = sum(row["breaks"] for row in rows)
    yield f"Given modules: {len(rows)}, of which {broken} {'breaks' if broken == 1 else 'break'}"
    for row in rows:
        before, after = row["before"]["verdict"], row["after"]["verdict"]
        error = f" ({row['after']['error']})" if row["after"]["error"] else ""
        yield f"{INDENT}{row['path']}: {'breaks, ' if row['breaks'] else ''}{before} -> {after}{error}"
        yield from _findings(row["by"], whole)


def _findings(found: Sequence[_Row], whole: bool) -> Iterator[str]:
    """Yield what breaks a module: of each rule the first finding with how many more there are, or all."""
    by_rule: dict[str, list[_Row]] = {}
    for finding in found:
        by_rule.setdefault(finding["rule"], []).append(finding)
    for rule, findings in by_rule.items():
        shown = findings if whole else findings[:1]
        more = f", and {len(findings) - 1} more" if len(findings) > len(shown) else ""
        yield from (f"{INDENT}{INDENT}{each['severity']}: {each['message']}{more} [{rule}]" for each in shown)
        yield from dict.fromkeys(f"{INDENT}{INDENT}{INDENT}{each['help']}" for each in shown)
