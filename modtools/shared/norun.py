"""--no-run: load or remove modules without running their code, as PYMOD_RUN=0 does."""

from __future__ import annotations

import os

from modtools.command import Call, option
from modtools.light import TYPE_CHECKING
from modtools.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE = "PYMOD_RUN"
STRICT = "Exit with status 3 if code was not run to its end."
"""What --strict of the same tools is for."""


def with_no_run(tool: Callable[..., Report]) -> Callable[..., Report]:
    """Add --no-run to a tool. Commands that the tool starts get it by the environment."""

    def either(call: Call, *, no_run: bool, **options: object) -> Report:
        if not no_run:
            return tool(call, **options)
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = "0"
        try:
            return tool(call, **options)
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before

    either.__doc__ = tool.__doc__
    vars(either).update(vars(tool))
    what = "Run neither code of modules nor commands of modprobe.d."
    return option("--no-run", is_flag=True, own=True, help=what)(either)
