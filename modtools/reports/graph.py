"""A picture of which modules use which, as SVG drawn here: in columns, arrows lead from left to right.

The way of Sugiyama, Tagawa and Toda (1981): each module has the column after the last of those that use it; an arrow
over several columns bends in each; then columns are ordered, again and again, by the middle of their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from modtools.light import NamedTuple
from modtools.visible import printable

Edge = tuple[str, str]
"""A module, and one that it uses."""


class Node(NamedTuple):
    """How a module is drawn: with the class `kind`, as a link to `target` if there is one, with `words` about it."""

    kind: str
    target: str = ""
    words: str = ""


class _Bend(NamedTuple):
    """Where an arrow passes through a column."""

    edge: Edge
    column: int


if TYPE_CHECKING:
    _Item = str | _Bend
    _Columns = list[list[_Item]]
    _Near = Mapping[_Item, list[_Item]]


class _Layout(NamedTuple):
    """Where everything is: columns of modules, left end and width of each column, height of middles, whole width."""

    column: Mapping[str, int]
    lefts: Sequence[float]
    widths: Sequence[float]
    heights: Mapping[_Item, float]
    width: float


CHARACTER, HEIGHT, PADDING = 7.3, 24, 10
"""Size of a character and of a box, in pixels. Text is 12 pixels high in a font of even width."""
GAP, PASSAGE, BETWEEN = 10, 10, 56
"""Pixels between boxes, the height that a bent arrow takes, and pixels between columns."""
_SWEEPS = 8
_LONGEST = 40
"""Characters of a name that are shown."""


def svg(nodes: Mapping[str, Node], edges: Iterable[Edge], label: str) -> str:
    """Return a picture of modules and of which uses which. `label` is what it shows, for those who do not see it."""
    kept = sorted({edge for edge in edges if edge[0] != edge[1] and edge[0] in nodes and edge[1] in nodes})
    drawings, top, width = [], 1.0, 0.0
    for part in _components(nodes, kept):
        inside = [(user, used) for user, used in kept if user in part]
        layout = _placed(part, inside)
        drawings.append(f'<g transform="translate(1 {top:g})">{_drawn(layout, inside, nodes)}</g>')
        top += max(y + _height(item) / 2 for item, y in layout.heights.items()) + GAP * 2
        width = max(width, layout.width)
    height = max(top - GAP * 2, 0) + 1
    box = f'width="{width + 2:g}" height="{height:g}" viewBox="0 0 {width + 2:g} {height:g}"'
    return f'<svg class="graph" role="img" aria-label="{escape(label)}" {box}>{"".join(drawings)}</svg>'


def _components(nodes: Iterable[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Return the sets of modules that hang together, the largest first."""
    neighbours: dict[str, list[str]] = {node: [] for node in nodes}
    for user, used in edges:
        neighbours[user].append(used)
        neighbours[used].append(user)
    parts: list[list[str]] = []
    seen: set[str] = set()
    for start in neighbours:
        if start not in seen:
            part, waiting = [], [start]
            seen.add(start)
            while waiting:
                part.append(node := waiting.pop())
                new = [other for other in neighbours[node] if other not in seen]
                seen.update(new)
                waiting += new
            parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def columns_of(nodes: Iterable[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the column of each module: one after the last of those that use it, 0 where nobody does.

    Modules that use each other in a circle cannot all be so; the first of them by name is taken first.
    """
    users: dict[str, set[str]] = {node: set() for node in nodes}
    for user, used in edges:
        users[used].add(user)
    columns: dict[str, int] = {}
    waiting = sorted(users)
    while waiting:
        ready = [node for node in waiting if users[node] <= columns.keys()] or waiting[:1]
        for node in ready:
            columns[node] = max((columns[user] + 1 for user in users[node] if user in columns), default=0)
        waiting = [node for node in waiting if node not in columns]
    return columns


def _placed(nodes: Sequence[str], edges: Sequence[Edge]) -> _Layout:
    """Return where the modules of a component are drawn, its upper left corner at 0, 0."""
    column = columns_of(nodes, edges)
    columns: _Columns = [[] for _ in range(max(column.values()) + 1)]
    for node in nodes:
        columns[column[node]].append(node)
    links = _links(edges, column)
    for item in {item for link in links for item in link if isinstance(item, _Bend)}:
        columns[item.column].append(item)
    for items in columns:
        items.sort(key=lambda item: (isinstance(item, _Bend), item))
    heights = _ordered(columns, *_neighbours(links))
    widths = [max(map(_width, items)) for items in columns]
    lefts = [sum(widths[:place]) + BETWEEN * place for place in range(len(widths))]
    return _Layout(column, lefts, widths, heights, lefts[-1] + widths[-1])


def _links(edges: Iterable[Edge], column: Mapping[str, int]) -> list[tuple[_Item, _Item]]:
    """Return the pieces of all arrows, each from one column to the next, but not of those to the left, in circles."""
    links: list[tuple[_Item, _Item]] = []
    for edge in edges:
        if column[edge[0]] < column[edge[1]]:
            way = route(edge, column)
            links += pairwise(way)
    return links


def route(edge: Edge, column: Mapping[str, int]) -> list[_Item]:
    """Return what an arrow passes: the module, a bend in each column between, the module that is used."""
    user, used = edge
    return [user, *(_Bend(edge, place) for place in range(column[user] + 1, column[used])), used]


def _neighbours(links: Iterable[tuple[_Item, _Item]]) -> tuple[_Near, _Near]:
    before: dict[_Item, list[_Item]] = {}
    after: dict[_Item, list[_Item]] = {}
    for left, right in links:
        after.setdefault(left, []).append(right)
        before.setdefault(right, []).append(left)
    return before, after


def _ordered(columns: _Columns, before: _Near, after: _Near) -> dict[_Item, float]:
    """Order each column in place, by the middle of neighbours, and return the height of everything."""
    heights: dict[_Item, float] = {}
    for items in columns:
        heights |= _stacked(items, {})
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        near = before if forward else after
        for items in columns if forward else reversed(columns):
            wanted = {
                item: sum(heights[other] for other in near[item]) / len(near[item]) for item in items if item in near
            }
            middles = {item: wanted.get(item, heights[item]) for item in items}
            items.sort(key=middles.__getitem__)
            heights |= _stacked(items, middles)
    top = min(height - _height(item) / 2 for item, height in heights.items())
    return {item: height - top for item, height in heights.items()}


def _stacked(items: Sequence[_Item], wanted: Mapping[_Item, float]) -> dict[_Item, float]:
    """Return the heights of a column's items, in their order, as near to those wanted as they find room."""
    heights: dict[_Item, float] = {}
    end = float("-inf")
    for item in items:
        room = _height(item) / 2
        heights[item] = max(wanted.get(item, 0.0), end + room)
        end = heights[item] + room + GAP
    # All are pushed down by those above them: half of it is given back.
    excess = sum(heights[item] - wanted.get(item, 0.0) for item in items) / len(items) if wanted else 0.0
    return {item: height - excess for item, height in heights.items()}


def _height(item: _Item) -> float:
    return HEIGHT if isinstance(item, str) else PASSAGE


def _width(item: _Item) -> float:
    return len(_shown(item)) * CHARACTER + PADDING * 2 if isinstance(item, str) else 0.0


def _shown(name: str) -> str:
    words = printable(name)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _drawn(layout: _Layout, edges: Iterable[Edge], nodes: Mapping[str, Node]) -> str:
    boxes = (
        _box(name, layout.lefts[place], layout.heights[name], nodes[name]) for name, place in layout.column.items()
    )
    return "".join([*(_arrow(edge, layout) for edge in edges), *boxes])


def _arrow(edge: Edge, layout: _Layout) -> str:
    """Return an arrow: straight through columns, a curve between them; to the left only where there is a circle."""
    start, end = (layout.column[name] for name in edge)
    way = route(edge, layout.column)
    x, y = layout.lefts[start] + _width(edge[0]), layout.heights[edge[0]]
    steps = [f"M{x:.1f} {y:.1f}"]
    for place, item in enumerate(way[1:], start + 1):
        column = place if item != edge[1] else end
        right, there = layout.lefts[column - 1] + layout.widths[column - 1], layout.lefts[column]
        height = layout.heights[item]
        steps.append(f"H{right:.1f}" if start < end else "")
        x = right if start < end else x
        middle = (x + there) / 2
        steps.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {height:.1f} {there:.1f} {height:.1f}")
        x, y = there, height
    return f'<path class="arrow" d="{"".join(steps)}"/><path class="tip" d="M{x:.1f} {y:.1f}l-7 -3.5v7z"/>'


def _box(name: str, left: float, y: float, node: Node) -> str:
    shown, whole = escape(_shown(name)), escape(": ".join(filter(None, (printable(name), node.words))))
    box = (
        f'<g class="box {node.kind}"><title>{whole}</title>'
        f'<rect x="{left:.1f}" y="{y - HEIGHT / 2:.1f}" width="{_width(name):.1f}" height="{HEIGHT}" rx="5"/>'
        f'<text x="{left + PADDING:.1f}" y="{y + 4:.1f}">{shown}</text></g>'
    )
    return f'<a href="#{node.target}">{box}</a>' if node.target else box
