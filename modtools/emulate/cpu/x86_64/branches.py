"""Instructions that the kernel changes: those of static keys and static calls.

From Linux 6.1 `arch/x86/kernel/jump_label.c: __jump_label_patch()`: a jump, or what does nothing, of two or five bytes,
whose length stays. `arch/x86/kernel/static_call.c: __static_call_transform()`: a trampoline, a jump or a return.
"""

from __future__ import annotations

from modtools.link.memory import Memory

_NOPS = {2: bytes.fromhex("6690"), 5: bytes.fromhex("0f1f440000")}
_JUMPS = {2: b"\xeb", 5: b"\xe9"}
_RETURN = bytes.fromhex("c3cccccccc")
_LONG_FORMS = (b"\xe9", b"\x0f")


def branch(memory: Memory, code: int, target: int, jump: bool) -> bytes:
    """Return the instruction that is to stand at an address instead of the one there: a jump to the target, or none."""
    size = 5 if memory.read(code, 1) in _LONG_FORMS else 2
    distance = target - code - size
    return _JUMPS[size] + distance.to_bytes(size - 1, "little", signed=True) if jump else _NOPS[size]


def trampoline(code: int, target: int) -> bytes:
    """Return what is to stand at the trampoline of a static call: a jump to the function, a return where that is 0."""
    return _JUMPS[5] + (target - code - 5).to_bytes(4, "little", signed=True) if target else _RETURN
