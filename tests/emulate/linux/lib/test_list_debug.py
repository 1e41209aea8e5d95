"""Tests of modtools/emulate/linux/lib/list_debug.py."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from modtools.emulate.cpu.oops import CUT_HERE
from modtools.emulate.linux.lib import list_debug
from modtools.emulate.stops import Died, Needs
from modtools.kernel.module.load import insert
from tests.emulated import boot_profile, log
from tests.reference import debian13_tree, debian_tree
from tests.running import KO
from tools import btf

pytest.importorskip("unicorn")

ADD = (
    "list_add corruption. prev is NULL.",
    "list_add corruption. next is NULL.",
    "list_add corruption. next->prev should be prev ({prev}), but was {other}. (next={next}).",
    "list_add corruption. prev->next should be next ({next}), but was {other}. (prev={prev}).",
    "list_add double add: new={new}, prev={prev}, next={next}.",
)
DELETE = (
    "list_del corruption, {new}->next is NULL",
    "list_del corruption, {new}->prev is NULL",
    "list_del corruption, {new}->next is LIST_POISON1 (dead000000000100)",
    "list_del corruption, {new}->prev is LIST_POISON2 (dead000000000122)",
    "list_del corruption. prev->next should be {new}, but was {other}. (prev={prev})",
    "list_del corruption. next->prev should be {new}, but was {other}. (next={next})",
)
"""What the kernel says of each damage, in the order in which it looks for them."""
LINES = {
    "debian-12": ((23, 25, 27, 30, 33), (49, 51, 53, 56, 59, 62)),
    "debian-13": ((25, 27, 29, 32, 35), (52, 54, 56, 59, 62, 65)),
}
"""Where in `lib/list_debug.c` each of them is found; `test_the_lines_are_those_of_the_image` compares."""
CALLS = {
    "debian-12": (list_debug.list_add_valid, list_debug.list_del_entry_valid),
    "debian-13": (list_debug.list_add_valid_or_report, list_debug.list_del_entry_valid_or_report),
}
POISON1, POISON2 = 0xDEAD000000000100, 0xDEAD000000000122
both = pytest.mark.parametrize("profile", LINES)


class List:
    """An entry `new` between `prev` and `next`, and an `other` one, in the memory of a module."""

    def __init__(self, profile: str) -> None:
        self.guest = boot_profile(profile)
        folder = KO if profile == "debian-12" else KO.parent / profile / "ko"
        insert(self.guest.kernel, (folder / "params_all.ko").read_bytes(), path="params_all.ko")
        (module,) = self.guest.kernel.modules.values()
        data = next(address for name, address in module.details.sections if name == ".data")
        self.places = {name: data + 16 * at for at, name in enumerate(("prev", "new", "next", "other"))}
        self.add, self.delete = CALLS[profile]
        self.guest.frame = [0] * 18

    def __getitem__(self, name: str) -> int:
        return self.places.get(name, 0)

    def put(self, place: str, following: int, prev: int) -> None:
        """Fill an entry."""
        self.guest.memory.put(self[place], following, 8)
        self.guest.memory.put(self[place] + 8, prev, 8)

    def filled(self, text: str) -> str:
        """A message about the entries."""
        return text.format(**{name: f"{place:016x}" for name, place in self.places.items()})

    def dies(self, call: Callable[..., bool], line: int, text: str, *arguments: int) -> None:
        """Have a call say this, and BUG() in this line."""
        before = len(log(self.guest))
        with pytest.raises(Died):
            call(self.guest, *arguments)
        said = [f"<3>{self.filled(text)}", f"<4>{CUT_HERE}", f"<2>kernel BUG at lib/list_debug.c:{line}!"]
        assert log(self.guest)[before : before + 3] == said


@both
@pytest.mark.parametrize("damage", range(len(ADD)))
def test_what_is_added_comes_between_neighbours(profile: str, damage: int) -> None:
    """Both are there and point to each other, and neither is the new one; the kernel says what is wrong, and stops."""
    row = List(profile)
    row.put("prev", row["next"], row["other"])
    row.put("next", row["other"], row["prev"])
    new, prev, following = row["new"], row["prev"], row["next"]
    assert row.add(row.guest, new, prev, following) is True
    line = LINES[profile][0][damage]
    if damage == 0:
        row.dies(row.add, line, ADD[damage], new, 0, following)
    elif damage == 1:
        row.dies(row.add, line, ADD[damage], new, prev, 0)
    elif damage == 2:
        row.put("next", 0, row["other"])
        row.put("prev", 0, 0)  # which is not seen any more
        row.dies(row.add, line, ADD[damage], new, prev, following)
    elif damage == 3:
        row.put("prev", row["other"], 0)
        row.dies(row.add, line, ADD[damage], prev, prev, following)
    else:
        for place in ("prev", "next"):
            row.places["new"] = row[place]
            row.dies(row.add, line, ADD[damage], row[place], prev, following)


@both
@pytest.mark.parametrize("damage", range(len(DELETE)))
def test_what_is_deleted_lies_between_neighbours(profile: str, damage: int) -> None:
    """An entry that was never in a list, was taken out once, or whose neighbours point elsewhere."""
    row = List(profile)
    row.put("prev", row["new"], row["other"])
    row.put("new", row["next"], row["prev"])
    row.put("next", row["other"], row["new"])
    assert row.delete(row.guest, row["new"]) is True
    held = [(0, POISON2), (POISON1, 0), (POISON1, POISON2), (row["next"], POISON2)]
    if damage < len(held):
        row.put("new", *held[damage])
    elif damage == len(held):
        row.put("prev", row["other"], 0)
        row.put("next", 0, row["other"])
    else:
        row.put("next", 0, row["other"])
    row.dies(row.delete, LINES[profile][1][damage], DELETE[damage], row["new"])


@both
def test_a_list_that_is_not_the_module_s_may_be_a_gap(profile: str) -> None:
    """What the kernel itself would have initialised is nobody's fault: the run stops and names what it needs."""
    row = List(profile)
    ours = row.guest.heap.kmalloc(16)
    row.guest.memory.write(ours, bytes(16))
    with pytest.raises(Needs):
        row.delete(row.guest, ours)
    row.guest.memory.put(ours, ours, 8)
    with pytest.raises(Needs):
        row.delete(row.guest, ours)
    for neighbours in ((0, 0), (ours, 0), (0, ours)):
        with pytest.raises(Needs):
            row.add(row.guest, row["new"], *neighbours)
    assert not any("corruption" in line for line in log(row.guest))


@pytest.mark.parametrize(
    ("profile", "tree"),
    [
        pytest.param("debian-12", debian_tree, marks=pytest.mark.debian),
        pytest.param("debian-13", debian13_tree, marks=pytest.mark.debian13),
    ],
)
def test_the_lines_are_those_of_the_image(profile: str, tree: Callable[[], Path]) -> None:
    """Each BUG() has a row in the image: where it is, the file and the line, as distances and numbers."""
    image = btf.image(tree())
    start, table = image.table("__bug_table")
    found = {
        line
        for number, (_, file, line, _) in enumerate(struct.iter_unpack("<iiHH", table))
        if image.string(start + 12 * number + 4 + file).endswith("lib/list_debug.c")
    }
    assert found == {line for lines in LINES[profile] for line in lines}
