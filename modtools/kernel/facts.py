"""What may be unknown of a kernel, because what it was booted from does not tell: the names in the state, and in words.

A symbol that is not in a list that may lack some is not known; it is not absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SYMBOLS: Final = "symbols"
"""Whether the list of symbols is all that the kernel exports."""
KEYS: Final = "keys"

FACTS: Mapping[str, str] = {
    "release": "its release",
    "machine": "which processor it is for",
    SYMBOLS: "whether it exports more than these symbols",
    "crcs": "the CRCs of some of them",
    "gpl": "which of them are GPL-only",
    "namespaces": "their namespaces",
    "options": "its build options",
    "builtin": "what is built in",
    KEYS: "which keys it trusts",
    "version": "more of /proc/version",
    "cmdline": "its command line",
    "vermagic": "its version magic",
    "addresses": "the addresses of some symbols",
    "kallsyms": "its symbols that are not exported",
    "structures": "the layouts of its structures",
    "prototypes": "the prototypes of its functions",
}

SINCE_SAVED: Final = ("vermagic", "addresses", "kallsyms", "structures", "prototypes")
"""Facts that are noted since kernels booted from files are kept as profiles: older states do not speak of them."""

NOUNS: Mapping[str, str] = {
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
"""The same facts as things that a source tells, in the order in which they are listed."""
