"""Modules with one defect each: what is found is what the real kernel refused them for."""

from __future__ import annotations

import pytest

pytest.importorskip("unicorn")

from tests.defects.replay import Case, kind
from tests.diagnose.damaged import RULES, checked
from tests.kernel.module.test_defects import _sample as sample
from tests.reference import RELEASE, debian_tree

CASES = [case for case in sample() if kind(case) != "twice"]


@pytest.mark.debian
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["target"])
def test_a_defect_is_found_by_its_rule(case: Case) -> None:
    """errno and first line of the log are the real kernel's, and the rule is one of the defect's kind."""
    assert checked(case, debian_tree() / "lib/modules" / RELEASE).differences == ()


def test_rules_are_those_of_recorded_kinds() -> None:
    """Each kind that the rules are told for was recorded."""
    assert RULES.keys() <= {kind(case) for case in CASES}
