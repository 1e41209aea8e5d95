"""What may be unknown of a kernel, because what it was booted from does not tell: the names in the state, and in words.

A symbol that is not in a list that may lack some is not known; it is not absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SYMBOLS: Final = "symbols"
"""Whether the list of symbols is all that the kernel exports."""

FACTS: Mapping[str, str] = {
    "release": "its release",
    "machine": "which processor it is for",
    SYMBOLS: "whether it exports more than these symbols",
    "crcs": "the CRCs of some of them",
    "gpl": "which of them are GPL-only",
    "namespaces": "their namespaces",
    "options": "its build options",
    "builtin": "what is built in",
    "keys": "which keys it trusts",
    "version": "more of /proc/version",
    "cmdline": "its command line",
}
