"""The picture of which modules use which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.reports import graph
from tests.properties import examples

NAMES = st.sampled_from([f"module_{number}" for number in range(12)])
EDGES = st.lists(st.tuples(NAMES, NAMES), max_size=25)


class Box(NamedTuple):
    """Where a module is drawn."""

    left: float
    top: float
    width: float
    height: float


def drawn(edges: Sequence[graph.Edge], names: Sequence[str] = ()) -> ElementTree.Element:
    """The picture of some edges, read as XML."""
    nodes = dict.fromkeys((*names, *(name for edge in edges for name in edge)), graph.Node("loads"))
    return ElementTree.fromstring(graph.svg(nodes, edges, "a picture"))


def boxes(picture: ElementTree.Element) -> dict[str, Box]:
    """The modules that are drawn, and where in the whole picture."""
    found = {}
    for part in picture.findall("g"):
        down = float(str(part.get("transform")).split()[1].rstrip(")"))
        for box in part.iter("g"):
            if (rect := box.find("rect")) is not None:
                left, top, *size = (float(str(rect.get(name))) for name in ("x", "y", "width", "height"))
                found[str(box.findtext("title"))] = Box(left, top + down, *size)
    return found


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


@given(EDGES)
@examples(60)
def test_every_module_has_a_place_of_its_own(edges: list[graph.Edge]) -> None:
    """Each module is drawn once, inside the picture, and no box lies over another; each edge has an arrow."""
    picture = drawn(edges)
    found = boxes(picture)
    assert found.keys() == {name for edge in edges for name in edge}
    width, height = (float(str(picture.get(name))) for name in ("width", "height"))
    places = [*found.values()]
    for number, one in enumerate(places):
        assert not any(overlap(one, other) for other in places[:number])
        assert one.left >= 0 <= one.top
        assert one.left + one.width <= width
        assert one.top + one.height <= height
    arrows = [path for path in picture.iter("path") if path.get("class") == "arrow"]
    assert len(arrows) == len({edge for edge in edges if edge[0] != edge[1]})


def reachable(edges: Sequence[graph.Edge], start: str) -> set[str]:
    """All that a module uses, and what that uses."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        new = {used for user, used in edges if user == node} - found
        found |= new
        waiting += new
    return found


@given(EDGES)
@examples(60)
def test_arrows_lead_to_the_right(edges: list[graph.Edge]) -> None:
    """Unless modules use each other in a circle, a module stands to the left of all that it uses."""
    edges = [edge for edge in edges if edge[0] not in reachable(edges, edge[1]) and edge[0] != edge[1]]
    found = boxes(drawn(edges))
    for user, used in edges:
        assert found[user].left + found[user].width < found[used].left


def test_columns() -> None:
    """A module has the column after the last of its users; a circle begins with the first by name."""
    edges = [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "x")]
    assert graph.columns_of("abcxy", edges) == {"a": 0, "b": 1, "c": 2, "x": 0, "y": 1}


def test_a_long_chain_is_drawn() -> None:
    """Depth is no matter of recursion."""
    assert len(boxes(drawn([(f"m{number}", f"m{number + 1}") for number in range(1500)]))) == 1501


def crossings(picture: ElementTree.Element, edges: Sequence[graph.Edge], columns: Mapping[str, int]) -> int:
    """How many arrows between the first two columns cross."""
    middles = {name: box.top for name, box in boxes(picture).items()}
    straight = [edge for edge in edges if columns[edge[0]] == 0 and columns[edge[1]] == 1]
    return sum(
        (middles[a] - middles[c]) * (middles[b] - middles[d]) < 0
        for a, b in straight
        for c, d in straight
        if (a, b) < (c, d)
    )


def test_columns_are_ordered_so_that_arrows_need_not_cross() -> None:
    """Where an order without crossings exists for pairs, it is found."""
    edges = [(f"a{number}", f"b{9 - number}") for number in range(10)]
    edges += [("a0", "b8"), *((f"b{number}", "c") for number in range(10))]
    columns = graph.columns_of({name for edge in edges for name in edge}, edges)
    assert crossings(drawn(edges), edges, columns) == 0


def test_columns_are_ordered_from_both_sides() -> None:
    """Here it does not do to order each column by those on its right alone."""
    edges = [("a0", "b0"), ("a0", "b2"), ("a1", "b0"), ("a1", "b1")]
    assert crossings(drawn(edges), edges, graph.columns_of({name for edge in edges for name in edge}, edges)) == 0


def test_parts_that_do_not_touch_are_drawn_below_each_other() -> None:
    """The largest is the first."""
    found = boxes(drawn([("x", "y"), ("a", "b"), ("b", "c")], ["alone"]))
    assert found["a"].top < found["x"].top < found["alone"].top


def test_a_box_leads_to_its_result() -> None:
    """A module is a link where there is something to tell of it; text is escaped, long names are cut and told whole."""
    nodes = {"<b>": graph.Node("refused", "result-1", "refused"), "n" * 100: graph.Node("loads")}
    text = graph.svg(nodes, [("<b>", "n" * 100)], "'\"<>")
    picture = ElementTree.fromstring(text)
    (link,) = picture.iter("a")
    assert link.get("href") == "#result-1"
    assert link.findtext(".//title") == "<b>: refused"
    assert "n" * 40 + "…</text>" in text
    assert f"<title>{'n' * 100}</title>" in text
    assert picture.get("aria-label") == "'\"<>"


def test_an_arrow_goes_round_what_lies_between() -> None:
    """An arrow over a column passes between its boxes."""
    edges = [("a", "b"), ("b", "c"), ("a", "c"), ("a", "b2"), ("b2", "c")]
    picture = drawn(edges)
    found = boxes(picture)
    way = next(path for path in picture.iter("path") if str(path.get("d")).count("C") == 2)
    heights = {float(number) for number in re.findall(r"C\S+ \S+ \S+ \S+ \S+ ([\d.]+)", str(way.get("d")))}
    down = min(box.top for box in found.values())
    middle = next(iter(heights))
    assert all(
        not box.top - down < middle < box.top - down + box.height for name, box in found.items() if name[0] == "b"
    )


def arrows(picture: ElementTree.Element) -> list[list[tuple[str, list[float]]]]:
    """The steps of each arrow: the letter of SVG and its numbers."""
    paths = [str(path.get("d")) for path in picture.iter("path") if path.get("class") == "arrow"]
    return [
        [
            (letter, [float(number) for number in numbers.split()])
            for letter, numbers in re.findall("([MHC])([^MHC]*)", way)
        ]
        for way in paths
    ]


def test_an_arrow_is_straight_in_columns_and_a_curve_between_them() -> None:
    """From the right of a box to the right of the widest one in its column, a curve to the next column, and so on, to
    the left of the box that is used; it leaves and arrives level.
    """
    edges = [("a", "used"), ("a_long_name_in_the_column", "used"), ("used", "last"), ("a", "last")]
    picture = drawn(edges)
    found, ways = boxes(picture), arrows(picture)
    columns = [["a", "a_long_name_in_the_column"], ["used"], ["last"]]
    rights = [max(found[name].left + found[name].width for name in names) for names in columns]
    down = min(box.top for box in found.values())
    for (user, used), way in zip(sorted(edges), ways, strict=True):
        y = found[user].top - down + found[user].height / 2
        first = next(number for number, names in enumerate(columns) if user in names)
        assert way[0][0] == "M"
        assert way[0][1] == pytest.approx([found[user].left + found[user].width, y], abs=0.1)
        assert [letter for letter, _ in way[1:]] == ["H", "C"] * ((len(way) - 1) // 2)
        for number, (level, curve) in enumerate(zip(way[1::2], way[2::2], strict=True), first):
            left = found[columns[number + 1][0]].left
            assert level[1] == pytest.approx([rights[number]], abs=0.1)
            middle, before, other, after, x, end = curve[1]
            assert (middle, other) == pytest.approx(((rights[number] + left) / 2,) * 2, abs=0.1)
            assert (before, after, x) == pytest.approx((y, end, left), abs=0.1)
            y = end
        assert y == pytest.approx(found[used].top - down + found[used].height / 2, abs=0.1)


def test_an_arrow_back_is_a_curve() -> None:
    """In a circle one leads to the left, from the right of the one box to the left of the other."""
    picture = drawn([("x", "y"), ("y", "x")])
    found = boxes(picture)
    back = arrows(picture)[1]
    assert [letter for letter, _ in back] == ["M", "C"]
    assert back[0][1][0] == pytest.approx(found["y"].left + found["y"].width, abs=0.1)
    assert back[1][1][4] == pytest.approx(found["x"].left, abs=0.1)
