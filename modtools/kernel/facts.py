"""What is known of a kernel, or is not, because what it was booted from does not tell: the facts, by their names.

A symbol that is not in a list that may lack some is not known; it is not absent.
"""

from __future__ import annotations

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

SYMBOLS: Final = "symbols"
"""Whether the list of symbols is all that the kernel exports."""
KEYS: Final = "keys"

FACTS: Mapping[str, str] = {
    "release": "release",
    "machine": "processor",
    "vermagic": "version magic",
    "version": "/proc/version",
    "options": "build options",
    SYMBOLS: "exported symbols",
    "crcs": "CRCs",
    "gpl": "licence classes",
    "namespaces": "namespaces",
    "addresses": "addresses",
    "kallsyms": "other symbols",
    "builtin": "built-in parameters",
    KEYS: "trusted keys",
    "structures": "structures",
    "prototypes": "prototypes",
    "cmdline": "command line",
}
"""The facts by the names that the state has for them, in words, in the order in which they are listed."""

SINCE_SAVED: Final = ("vermagic", "addresses", "kallsyms", "structures", "prototypes")
"""Facts that are noted since kernels booted from files are kept as profiles: older states do not speak of them."""
