"""Modules that are damaged on purpose get the real kernel's answer."""

from __future__ import annotations

from itertools import groupby

import pytest

from tests.defects.replay import Case, cases, damaged, kind, replay
from tests.inits.replay import Verdict
from tests.reference import RELEASE, debian_tree

pytest.importorskip("unicorn")

OF_A_KIND = 2
_OOPS = "the kernel oopsed by what it happened to find beyond the module, or in its temporary copy"
LEFT_OUT = {
    "0074": _OOPS,
    "0117": _OOPS,
    "0668": _OOPS,
    "1026": _OOPS,
    "1101": _OOPS,
    "0370": "the module's own code needs sock_create_kern",
    "1281": "the module's own code needs vc_cons",
    "1423": "the module's own code needs alg_test",
    "1575": "the module's own code needs the algorithm crc64-rocksoft",
}
"""Cases that do not come out as recorded, and why."""


def _sample() -> list[Case]:
    """Of each kind the cases that need the fewest other modules."""
    known = [case for case in cases() if case["target"][:4] not in LEFT_OUT]
    ordered = sorted(known, key=lambda case: (kind(case), len(case["steps"]), case["target"]))
    return [case for _, group in groupby(ordered, kind) for case in list(group)[:OF_A_KIND]]


@pytest.mark.debian
@pytest.mark.parametrize("case", _sample(), ids=lambda case: case["target"])
def test_a_damaged_module_gets_the_real_kernels_answer(case: Case) -> None:
    """errno, every line of the log that is said each time, size and taint are those of the recording."""
    assert replay(case, debian_tree() / "lib/modules" / RELEASE) == Verdict(case["target"])


@pytest.mark.debian
def test_the_damage_is_in_the_file() -> None:
    """What is inserted differs from Debian's module in the recorded bytes, and else in nothing but its length."""
    tree = debian_tree() / "lib/modules" / RELEASE
    for case in _sample():
        for step in case["steps"]:
            whole, image = (tree / step["path"]).read_bytes(), damaged(step, tree)
            changed = {offset + at for offset, content in step.get("patch", ()) for at in range(len(content) // 2)}
            assert all(at in changed for at, (one, other) in enumerate(zip(whole, image, strict=False)) if one != other)
            assert "patch" in step or image == whole


def test_the_sample_has_every_kind() -> None:
    """Whatever was done to a module is in the sample, and no case is in it by its name."""
    assert {kind(case) for case in _sample()} == {kind(case) for case in cases()}
    assert {case["target"][:4] for case in cases()} >= LEFT_OUT.keys()
