"""pymod: the Linux module tools without the kernel.

As a library it is what `modtools.api` has, imported when it is asked for: `from modtools import check, make_kernel`.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from modtools.api import (
        Closure,
        Finding,
        FormatError,
        Kernel,
        Module,
        ModuleTree,
        PymodError,
        Row,
        Severity,
        TreeError,
        Verdict,
        check,
        make_kernel,
        open_tree,
        read_module,
    )

__version__ = "0.2.0"
__all__ = [
    "Closure",
    "Finding",
    "FormatError",
    "Kernel",
    "Module",
    "ModuleTree",
    "PymodError",
    "Row",
    "Severity",
    "TreeError",
    "Verdict",
    "check",
    "make_kernel",
    "open_tree",
    "read_module",
]


def __getattr__(name: str) -> Any:
    """Return what the library has by a name. Raises AttributeError."""
    if name not in __all__:
        raise AttributeError(f"module 'modtools' has no attribute {name!r}")
    import modtools.api  # every command would start later

    return getattr(modtools.api, name)
