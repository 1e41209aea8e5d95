"""The plan as a value: what will be done, in which order, and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from modtools import config
from modtools.config import Config, ConfigFile
from modtools.formats.index_write import encode
from modtools.plan import Action, Complaint, Plan, Rules, Step, Walk, allow_chains, foreseen, insertion, removal
from modtools.tree.index import ALIAS, BUILTIN, DEP, Tree
from modtools.tree.lookup import KnownModule, Lookup

DEPENDENCIES = {"top": ["left", "right", "base"], "left": ["base"], "right": ["base"], "base": [], "soft": ["base"]}
"""As in modules.dep: what is needed, in the reverse of the order of loading."""


class Inside:
    """A kernel with some modules in it, and how often each is used."""

    def __init__(self, **counts: int) -> None:
        self.counts = counts

    def initstate(self, name: str) -> str:
        return "live" if name in self.counts else ""

    def refcnt(self, name: str) -> int:
        return self.counts.get(name, -2)

    def holders(self, name: str) -> list[str]:
        return [user for user, needed in DEPENDENCIES.items() if name in needed and user in self.counts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A module tree with a diamond of dependencies, one module compiled in, and one alias."""
    for name in DEPENDENCIES:
        (tmp_path / f"{name}.ko").touch()
    lines = {name: f"{name}.ko:" + "".join(f" {other}.ko" for other in needed) for name, needed in DEPENDENCIES.items()}
    tables = {DEP: lines, BUILTIN: {"inside": ""}, ALIAS: {"usb:*": "top"}}
    for index, table in tables.items():
        entries = {key: [(0, value)] for key, value in table.items()}
        (tmp_path / f"{index}.bin").write_bytes(encode(entries))
    return tmp_path


def lookup(folder: Path, text: str = "") -> Lookup:
    """A lookup in the tree, with a file of modprobe.d."""
    (folder / "c.conf").write_text(text)
    found = config.read([ConfigFile("c.conf", str(folder / "c.conf"))], "", []) if text else Config()
    return Lookup(Tree(str(folder)), found)


def module(lookup: Lookup, name: str) -> KnownModule:
    """The only module of a name."""
    (found,) = lookup.find(name)
    return found


def told(plan: Plan) -> list[tuple[str, str]]:
    """Each step with its reason."""
    return [(f"{step.action} {step.name}", str(step.reason)) for step in plan.steps]


def results(walk: Walk, answers: Sequence[int]) -> tuple[list[str], int]:
    """Walk a plan with these errnos as results: the steps, or complaints, and how it ends."""
    item = next(walk)
    seen, end = results_after(walk, answers)
    return [_told(item), *seen], end


def results_after(walk: Walk, answers: Sequence[int]) -> tuple[list[str], int]:
    """The same for the rest of a plan whose first step, or the last that it gave, is under way."""
    seen: list[str] = []
    try:
        for answer in answers:
            seen.append(_told(walk.send(answer)))
    except StopIteration as end:
        return seen, int(end.value)
    raise AssertionError(f"goes on with {seen[-1]}")


def _told(item: Step | Complaint) -> str:
    return item.text if isinstance(item, Complaint) else f"{item.action} {item.name}"


def test_every_step_says_why(folder: Path) -> None:
    """The module that is asked for by an alias, its hard dependencies, and soft ones with file and line."""
    found = lookup(folder, "# soft\nsoftdep right pre: soft\noptions base x=1\n")
    plan = foreseen(insertion(found, module(found, "usb:1234"), Inside(), Rules(), "y=2"))
    softdep = f"soft dependency of right, before it, from {folder}/c.conf line 2"
    assert told(plan) == [
        ("insmod base", "hard dependency of top"),
        ("insmod base", "hard dependency of soft"),
        ("insmod soft", softdep),
        ("insmod right", "hard dependency of top"),
        ("insmod left", "hard dependency of top"),
        ("insmod top", "alias usb:1234 from modules.alias"),
    ]
    assert [step.options for step in plan.steps if step.name in ("base", "top")] == ["x=1 ", "x=1 ", "y=2"]
    assert [step.name for step in plan.steps if not step.required] == ["soft"]
    assert plan.steps[0].path == f"{folder}/base.ko"
    assert plan.error == 0


def test_what_is_loaded_is_left_out(folder: Path) -> None:
    """Only what is missing is loaded; with everything loaded there is nothing to do, or --first-time complains."""
    found = lookup(folder)
    top = module(found, "top")
    assert told(foreseen(insertion(found, top, Inside(base=1, left=0), Rules()))) == [
        ("insmod right", "hard dependency of top"),
        ("insmod top", "asked for"),
    ]
    assert foreseen(insertion(found, top, Inside(top=0), Rules())) == Plan(())
    assert foreseen(insertion(found, top, Inside(top=0), Rules(first_time=True))) == Plan((), error=17)


def test_a_failing_step_ends_the_plan_unless_it_is_soft(folder: Path) -> None:
    """A hard dependency that fails stops the rest; a soft one does not; a module that has just come is no failure."""
    found = lookup(folder, "softdep top pre: soft\n")
    walk = insertion(found, module(found, "top"), Inside(base=1), Rules())
    assert results(walk, [0, 8]) == (["insmod right", "insmod left"], 8)
    walk = insertion(found, module(found, "top"), Inside(base=1), Rules())
    assert results(walk, [0, 17, 5, 2]) == (["insmod right", "insmod left", "insmod soft", "insmod top"], 2)


def test_a_soft_dependency_that_fails_last_is_no_failure(folder: Path) -> None:
    """Neither is one behind the module, nor one that somebody else has loaded meanwhile."""
    found = lookup(folder, "softdep base post: soft\n")
    for error in (0, 5, 17):
        walk = insertion(found, module(found, "base"), Inside(), Rules(first_time=True))
        assert results(walk, [0, 0, error]) == (["insmod base", "insmod base", "insmod soft"], 0)


def test_a_module_that_came_meanwhile_was_not_loaded_for_the_first_time(folder: Path) -> None:
    """Whether it is seen before its own step, or the kernel says so, --first-time fails; without it, all is well."""
    found = lookup(folder, "softdep top post: soft\n")
    for first_time, end in ((True, 17), (False, 0)):
        inside = Inside(base=1, left=0)
        walk = insertion(found, module(found, "top"), inside, Rules(first_time=first_time))
        assert isinstance(step := next(walk), Step)
        assert step.name == "right"
        inside.counts["top"] = 0
        assert results_after(walk, [0] if first_time else [0, 0]) == (["insmod soft"] * (not first_time), end)
        walk = insertion(found, module(found, "top"), Inside(base=1, left=0, right=0), Rules(first_time=first_time))
        assert results(walk, [17] if first_time else [17, 0])[1] == end


def test_what_has_no_file_is_compiled_in_or_unknown(folder: Path) -> None:
    """With --ignore-loaded a module that is compiled in is told as such; of another one only the name is known."""
    found = lookup(folder)
    steps = [
        step
        for name in ("inside", "nosuch", "base")
        for step in foreseen(insertion(found, found.known(name), Inside(), Rules(ignore_loaded=True))).steps
    ]
    assert [(step.action, step.path) for step in steps] == [
        (Action.BUILTIN, None),
        (Action.INSERT, None),
        (Action.INSERT, f"{folder}/base.ko"),
    ]


def test_the_blacklist_counts_for_aliases(folder: Path) -> None:
    """An alias does not lead to a blacklisted module; its name does, unless --use-blacklist forbids it."""
    found = lookup(folder, "blacklist top\n")
    by_alias, by_name = module(found, "usb:1"), module(found, "top")
    assert foreseen(insertion(found, by_alias, Inside(), Rules())) == Plan(())
    assert foreseen(insertion(found, by_name, Inside(), Rules(use_blacklist=True))) == Plan(())
    assert len(foreseen(insertion(found, by_name, Inside(), Rules())).steps) == 4


def test_an_install_command_stands_in_for_its_module(folder: Path) -> None:
    """The command is a step of its own; --ignore-install loads the module that was asked for, and no other."""
    found = lookup(folder, "install top echo top\ninstall base echo base\n")
    top = module(found, "top")
    commands = [step for step in foreseen(insertion(found, top, Inside(), Rules())).steps if step.command]
    assert [(step.action, step.command) for step in commands] == [
        (Action.INSTALL_COMMAND, "echo base"),
        (Action.INSTALL_COMMAND, "echo top"),
    ]
    plan = foreseen(insertion(found, top, Inside(), Rules(ignore_commands=True)))
    assert [step.name for step in plan.steps if step.command] == ["base"]


def test_removal_takes_what_is_unused_then(folder: Path) -> None:
    """The dependencies are gone through once; those that nobody uses go, too, and the plan says since when."""
    found = lookup(folder)
    inside = Inside(top=0, left=0, right=0, base=2)
    assert told(foreseen(removal(found, module(found, "top"), inside, Rules()))) == [
        ("rmmod top", "asked for"),
        ("rmmod right", "no longer used by top"),
        ("rmmod left", "no longer used by top"),
    ]


def test_what_is_unused_then_need_not_go(folder: Path) -> None:
    """The errors of removing what nobody uses any more do not count; those of what was asked for do."""
    found = lookup(folder)
    inside = Inside(top=0, left=0, right=0, base=0)
    plan = foreseen(removal(found, module(found, "top"), inside, Rules()))
    assert {step.name: step.required for step in plan.steps} == {
        "top": True,
        "left": False,
        "right": False,
        "base": False,
    }


def test_what_cannot_be_removed_is_complained_about(folder: Path) -> None:
    """In use, compiled in, not there: in kmod's words, and with an errno."""
    found = lookup(folder)
    plans = [
        foreseen(removal(found, module(found, "base"), Inside(base=2), Rules())),
        foreseen(removal(found, module(found, "inside"), Inside(), Rules())),
        foreseen(removal(found, module(found, "top"), Inside(), Rules(first_time=True))),
        foreseen(removal(found, module(found, "top"), Inside(), Rules())),
    ]
    assert plans == [
        Plan((), ("Module base is in use.",), 16),
        Plan((), ("Module inside is builtin.",), 2),
        Plan((), ("Module top is not in kernel.",), 2),
        Plan(()),
    ]


def test_holders_go_first_when_asked(folder: Path) -> None:
    """--remove-holders takes the users of a module before it, as long as they can go themselves."""
    found = lookup(folder)
    base = module(found, "base")
    plan = foreseen(removal(found, base, Inside(base=0, soft=0), Rules(remove_holders=True)))
    assert told(plan) == [
        ("rmmod soft", "uses base"),
        ("rmmod base", "no longer used by soft"),
        ("rmmod base", "asked for"),
    ]
    plan = foreseen(removal(found, base, Inside(base=1, soft=1), Rules(remove_holders=True)))
    assert (plan.complaints, plan.error) == (("Module soft is in use.",), 16)


def test_soft_dependencies_go_around_a_removed_module(folder: Path) -> None:
    """What was loaded after the module goes before it, and the other way round; errors there do not count."""
    found = lookup(folder, "softdep top pre: soft post: right\n")
    inside = Inside(top=0, soft=0, right=0)
    assert [step.name for step in foreseen(removal(found, module(found, "top"), inside, Rules())).steps] == [
        "right",
        "top",
        "right",
        "soft",
    ]


@pytest.mark.parametrize("error", [0, 7])
def test_a_remove_command_stands_in_for_its_module(folder: Path, error: int) -> None:
    """The command is a step of its own, whose error ends the plan; what the module used is left alone."""
    found = lookup(folder, "remove top echo gone\nsoftdep top pre: soft\n")
    plan = foreseen(removal(found, module(found, "top"), Inside(top=0, soft=0, left=0), Rules()))
    shown = [(step.action, step.name, step.command) for step in plan.steps]
    assert shown == [(Action.REMOVE_COMMAND, "top", "echo gone"), (Action.REMOVE, "soft", "")]
    walk = removal(found, module(found, "top"), Inside(top=0, soft=0, left=0), Rules())
    assert results(walk, [error, 0]) == (["remove top", *["rmmod soft"] * (not error)], error)


def test_a_step_is_a_value(folder: Path) -> None:
    """Two walks of the same situation are equal."""
    first, second = (
        foreseen(insertion(found, module(found, "left"), Inside(), Rules()))
        for found in (lookup(folder), lookup(folder))
    )
    assert first == second
    assert isinstance(first.steps[0], Step)


@pytest.mark.parametrize("kind", ["pre", "post"])
def test_a_circle_of_soft_dependencies_ends(kind: str, folder: Path) -> None:
    """Each module in it is removed once for the sake of the one that was asked for."""
    found = lookup(folder, f"softdep soft {kind}: base\nsoftdep base {kind}: soft\n")
    plan = foreseen(removal(found, module(found, "soft"), Inside(), Rules(ignore_loaded=True)))
    order = ["soft", "base"] if kind == "pre" else ["base", "soft"]
    assert [step.name for step in plan.steps] == order


def test_a_chain_of_soft_dependencies_may_be_long(tmp_path: Path) -> None:
    """Each leads to the next in a call of its own, as in kmod, and so many calls are allowed."""
    names = [f"m{number}" for number in range(1500)]
    tables = {DEP: {name: f"{name}.ko:" for name in names}, BUILTIN: {}, ALIAS: {}}
    for index, table in tables.items():
        (tmp_path / f"{index}.bin").write_bytes(encode({key: [(0, value)] for key, value in table.items()}))
    found = lookup(tmp_path, "".join(f"softdep {one} pre: {other}\n" for one, other in pairwise(names)))
    limit = sys.getrecursionlimit()
    try:
        allow_chains(found.config)
        plan = foreseen(insertion(found, module(found, "m0"), Inside(), Rules()))
    finally:
        sys.setrecursionlimit(limit)
    assert [step.name for step in plan.steps] == names[::-1]
