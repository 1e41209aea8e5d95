"""What recording needs on this machine: Debian's packages, and the project's references."""

from __future__ import annotations

from tests import reference
from tests.transcripts.toolbox import busybox


def lacking() -> list[str]:
    """What is missing here to record, a line for each, with what to do."""
    lines = [missing for name in ("qemu", "debian", "kmod") if (missing := reference.missing(name))]
    return lines if busybox() else [*lines, "no BusyBox: apt install busybox-static"]


def lacking_for_modules() -> list[str]:
    """What is missing here to build modules for Debian's kernel."""
    missing = reference.missing("headers")
    return [f"{missing}: apt install linux-headers-{reference.RELEASE} gcc-12 make"] if missing else []
