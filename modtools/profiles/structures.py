"""The layouts of a kernel's structures, as its profile has them in `structs.jsonl`, which `python -m tools.btf` makes.

A line is one structure, `["NAME", SIZE, {"FIELD": [OFFSET, SIZE, KIND], ...}]`, in bytes; the kinds and what a bit
field adds are told in `tools/btf.py`. A run wants few structures, so each is decoded when it is asked for. The line
`["enum", 0, {"NAME": VALUE, ...}]` has members of enums.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from modtools.light import NamedTuple

_CONSTANTS = "enum"
RENAMED = {
    "mempool_s": "mempool",
    "dentry.d_iname": "d_shortname",
    "hrtimer.state": "is_queued",
    "ns_common.count": "__ns_ref",
    "super_block.s_count": "s_passive",
    "super_block.s_d_op": "__s_d_op",
}
"""Names of structures and of fields in 6.12, and those that they have in 7.3; what they mean is the same."""

LATER = frozenset(("DCACHE_ENTRY_TYPE", "DCACHE_PERSISTENT", "DEV_FLAG_OF_NODE_REUSED"))
"""Members of enums that no built-in kernel has, for what are macros there, or nothing."""


class UnknownLayout(KeyError):
    """Raised for a structure, or a field of one, whose layout in this kernel is not known."""

    def __str__(self) -> str:
        """Return which one it is, as C calls it."""
        return f"struct {self.args[0]}"


class Fields(dict[str, list[Any]]):
    """The fields of one structure by name."""

    def __init__(self, structure: str, fields: dict[str, list[Any]]) -> None:
        super().__init__(fields)
        self.structure = structure

    def __missing__(self, field: str) -> list[Any]:
        """Return the field that has another name in this kernel. Raises UnknownLayout where there is none."""
        later = RENAMED.get(f"{self.structure}.{field}", "")
        if later not in self:
            raise UnknownLayout(f"{self.structure}.{field}")
        return self[later]


class Layout(NamedTuple):
    """The size of a structure in bytes, and of each field its offset, size and kind; of a bit field also its first bit
    and its width."""

    size: int
    fields: dict[str, list[Any]]


class Structures:
    """The structures of one kernel, by name."""

    def __init__(self, text: str) -> None:
        self._lines = {line[2 : line.index('"', 2)]: line for line in text.splitlines()}
        self._known: dict[str, Layout] = {}

    @property
    def names(self) -> list[str]:
        """Return the structures whose layout is known, in the order of the alphabet."""
        return [name for name in self._lines if name != _CONSTANTS]

    @cached_property
    def constants(self) -> dict[str, int]:
        """Return the values of members of enums, those that the emulator uses."""
        found: dict[str, int] = json.loads(self._lines[_CONSTANTS])[2] if _CONSTANTS in self._lines else {}
        return found

    def layout(self, name: str) -> Layout:
        """Return the layout of a structure. Raises UnknownLayout for one that is not known."""
        if name not in self._known:
            line = self._lines.get(name) or self._lines.get(RENAMED.get(name, ""))
            if line is None:
                raise UnknownLayout(name)
            _, size, fields = json.loads(line)
            self._known[name] = Layout(size, Fields(name, fields))
        return self._known[name]

    def has(self, name: str, field: str = "") -> bool:
        """Return whether the layout of a structure is known, and has a field."""
        return (name in self._lines or RENAMED.get(name) in self._lines) and (
            not field or field in self.layout(name).fields
        )

    def size_of(self, name: str) -> int:
        """Return the size of a structure in bytes."""
        return self.layout(name).size

    def offset_of(self, name: str, field: str) -> int:
        """Return where a field begins, in bytes; `a.b` is a field of a structure inside."""
        at = 0
        for part in field.split("."):
            offset, _, name, *_ = self.layout(name).fields[part]
            at += offset
        return at
