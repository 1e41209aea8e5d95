"""Every cause for which the virtual kernel refuses, by the name that JSON shows: an enumeration.

A cause is made where the kernel refuses (`errors.Cause`) and told in `diagnose/remedies.py`: a test holds that each is.
Constants, and no Enum, because making that class takes a millisecond.
"""

from __future__ import annotations

from typing import Final, NewType

Kind = NewType("Kind", str)

# Whoever asks
NOT_ROOT: Final = Kind("not-root")
MODULES_DISABLED: Final = Kind("modules-disabled")

# The file
SIGNATURE_BAD: Final = Kind("signature-bad")
SIGNATURE_ENFORCED: Final = Kind("signature-enforced")
SIGNATURE_LOCKDOWN: Final = Kind("signature-lockdown")
COMPRESSION_REFUSED: Final = Kind("compression-refused")
ELF_TOO_SHORT: Final = Kind("elf-too-short")
ELF_INVALID: Final = Kind("elf-invalid")
ELF_MACHINE: Final = Kind("elf-machine")
ELF_DAMAGED: Final = Kind("elf-damaged")
PARTS_MISSING: Final = Kind("parts-missing")
STRUCT_SIZE: Final = Kind("struct-module-size")

# What the module says of itself
BLACKLISTED: Final = Kind("blacklisted")
VERMAGIC_MISMATCH: Final = Kind("vermagic-mismatch")
FORCE_NOT_ALLOWED: Final = Kind("force-not-allowed")
LIVEPATCH_DISABLED: Final = Kind("livepatch-disabled")
NAME_TAKEN: Final = Kind("name-taken")
NAME_EMPTY: Final = Kind("name-empty")
NAME_BUILT_IN: Final = Kind("name-built-in")

# Symbols
CRC_MISMATCH: Final = Kind("crc-mismatch")
CRC_MISSING: Final = Kind("crc-missing")
SYMBOL_UNKNOWN: Final = Kind("symbol-unknown")
SYMBOL_NOT_KNOWN: Final = Kind("symbol-not-known")
SYMBOL_LICENSE: Final = Kind("symbol-license")
SYMBOL_NAMESPACE: Final = Kind("symbol-namespace")
SYMBOL_OF_MODULES: Final = Kind("symbol-of-modules")
NAMESPACE_IMPORTED: Final = Kind("namespace-imported")
SYMBOL_COMMON: Final = Kind("symbol-common")
SYMBOL_SECTION: Final = Kind("symbol-section")
EXPORTER_LOADING: Final = Kind("exporter-loading")
EXPORTER_UNLOADING: Final = Kind("exporter-unloading")
BTF_MISMATCH: Final = Kind("btf-mismatch")
EXPORT_FLAGS: Final = Kind("export-flags")
EXPORT_DUPLICATE: Final = Kind("export-duplicate")

# Memory and linking
TOO_LARGE: Final = Kind("too-large")
RELOCATION_REFUSED: Final = Kind("relocation-refused")
PAGE_FAULT: Final = Kind("page-fault")

# Parameters
PARAMETER_INVALID: Final = Kind("parameter-invalid")
PARAMETER_TOO_MANY: Final = Kind("parameter-too-many")
PARAMETER_TOO_LARGE: Final = Kind("parameter-too-large")

# A module's own code: the subject is `NAME: init`, `NAME: exit`, `NAME: parameter X`, or a file's path
CODE_REFUSED: Final = Kind("code-refused")
CODE_OOPSED: Final = Kind("code-oopsed")
CODE_STUCK: Final = Kind("code-stuck")
CODE_INTERRUPTED: Final = Kind("code-interrupted")
CODE_STOPPED: Final = Kind("code-stopped")

# Removing
NOT_LOADED: Final = Kind("not-loaded")
USED_BY_MODULES: Final = Kind("used-by-modules")
REFERENCES_HELD: Final = Kind("references-held")
NOT_LIVE: Final = Kind("not-live")
NO_EXIT: Final = Kind("no-exit")
