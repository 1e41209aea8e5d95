"""What the tests of closure, reasons and graphs share."""

from __future__ import annotations

import pytest

from tests.running import Run, runner


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)
