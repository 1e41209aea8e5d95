"""Drivers that Debian has beside its kernel do on the virtual kernel what they did on the real one.

`tests/data/dkms.jsonl` has a line for each module that tests/reference/dkms-modules builds, in the form that
`tools/recorder/inits.py` describes. Of an oops only its first words are kept.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.inits.replay import replay
from tests.reference import CHECKOUT, RELEASE, debian_tree, dkms_modules

pytest.importorskip("unicorn")

RECORDS: list[dict[str, Any]] = [
    json.loads(line) for line in (CHECKOUT / "tests/data/dkms.jsonl").read_text("utf-8").splitlines()
]
NEEDS = {"bbswitch": "the ACPI companion of a PCI device"}
"""Those whose init or exit is not run to its end, and what it needs. Every other one is as recorded."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder lib/modules/RELEASE with the kernel's own modules and the others."""
    (tmp_path / "updates").mkdir()
    (tmp_path / "kernel").symlink_to(debian_tree() / "lib/modules" / RELEASE / "kernel")
    (tmp_path / "updates/dkms").symlink_to(dkms_modules())
    return tmp_path


@pytest.mark.dkms
@pytest.mark.debian
@pytest.mark.parametrize("record", RECORDS, ids=lambda record: Path(record["target"]).stem)
def test_a_driver_does_as_on_the_real_kernel_or_says_what_it_needs(tree: Path, record: dict[str, Any]) -> None:
    """Its init runs to its end, is refused as there, or stops at a function that is named; its exit likewise."""
    verdict = replay(record, tree)
    assert verdict.differences == []
    assert verdict.needs == NEEDS.get(Path(record["target"]).stem, "")


@pytest.mark.dkms
def test_all_that_is_built_is_recorded() -> None:
    """But a driver that only tests the others of its package."""
    built = {path.stem for path in dkms_modules().glob("*.ko")}
    assert built - {"gost-test"} == {Path(record["target"]).stem for record in RECORDS}
