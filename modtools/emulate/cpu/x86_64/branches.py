"""The instruction of a static key: a jump, or one that does nothing.

From Linux 6.1 `arch/x86/kernel/jump_label.c: __jump_label_patch()`. It has two or five bytes, and keeps its length.
"""

from __future__ import annotations

from modtools.link.memory import Memory

_NOPS = {2: bytes.fromhex("6690"), 5: bytes.fromhex("0f1f440000")}
_JUMPS = {2: b"\xeb", 5: b"\xe9"}
_LONG_FORMS = (b"\xe9", b"\x0f")


def branch(memory: Memory, code: int, target: int, jump: bool) -> bytes:
    """Return the instruction that is to stand at an address instead of the one there: a jump to the target, or none."""
    size = 5 if memory.read(code, 1) in _LONG_FORMS else 2
    distance = target - code - size
    return _JUMPS[size] + distance.to_bytes(size - 1, "little", signed=True) if jump else _NOPS[size]
