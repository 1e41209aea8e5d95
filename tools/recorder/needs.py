"""What recording needs on this machine: Debian's packages, and the project's references."""

from __future__ import annotations

from tests import reference
from tests.transcripts.toolbox import busybox
from tools.recorder.kernels import Recorded


def lacking(kernel: Recorded) -> list[str]:
    """What is missing here to record a kernel, a line for each, with what to do."""
    lines = [missing for name in ("qemu", kernel.marker, "kmod") if (missing := reference.missing(name))]
    return lines if busybox() else [*lines, "no BusyBox: apt install busybox-static"]


def lacking_for_modules(kernel: Recorded) -> list[str]:
    """What is missing here to build modules for a kernel."""
    missing = reference.missing(kernel.headers_marker)
    return [missing] if missing else []
