"""Kernel functions so small that they are given as machine code.

Each must stay within sixteen bytes, or within what is its own in the kernel. They do what those of the named file of
Linux 6.1 do for one processor that nothing interrupts. A lock that is held already is left to the function that spins.
"""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.names import NAMES, NUMBERS, RSP

_RETURN, _ZERO = "c3", "31c0c3"  # xor eax, eax; ret
_DISABLE, _ENABLE = "fa", "fb"  # cli; sti
_SAVE = "9c58"  # pushf; pop rax
_RESTORE = "569d"  # push rsi; popf
_WRITE_LOCK, _READ_LOCK, _SPIN_LOCK = "c607ff", "80470102", "c60701"  # mov byte [rdi], add byte [rdi+1], mov byte [rdi]
_UNLOCK, _READ_UNLOCK = "c60700", "806f0102"  # mov byte [rdi], sub byte [rdi+1]
_HELD, _WRITTEN = "833f00", "803f00"  # cmp dword [rdi], 0; cmp byte [rdi], 0
_COUNT, _UNCOUNT = "65ff0425{count}", "65ff0c25{count}"  # inc dword gs:[count], dec dword gs:[count]
_COPY = "4889f8 4889d1 f3a4 c3"  # mov rax, rdi; mov rcx, rdx; rep movsb; ret
_FILL = "4989f8 4088f0 4889d1 f3aa 4c89c0 c3"  # mov r8, rdi; mov al, sil; mov rcx, rdx; rep stosb; mov rax, r8; ret
_JUMPS = [f"{'41' * (number > 7)}ff{0xE0 | number & 7:02x}" for number in range(16)]
"""jmp *reg, by the number of the register."""
_COUNT_BITS = "31c0 4885ff 740b 488d57ff 4821d7 ffc0 ebf0 5a5f c3"
"""Clear the lowest set bit of RDI until there is none, and count in EAX, because the machine has no POPCNT. Callers
keep all registers but RAX."""
_CURRENT = "65488b0425{current}"  # mov rax, gs:[current]
_NEST, _UNNEST = "ff80{nesting}", "ff88{nesting}"  # inc dword [rax+nesting], dec dword [rax+nesting]


def _locks(kind: str, held: str, lock: str, unlock: str) -> dict[str, str]:
    """Return a kind of lock, plain and with interrupts disabled while it is held; whoever holds it is not preempted.
    One that is held goes on as the function that spins; with interrupts disabled that does not return.
    """
    over = f"75{len(lock + _RETURN) // 2:02x}"  # jne, over what takes the lock
    lock = _COUNT + held + over + lock + _RETURN + f"68{{{kind}}}" + _RETURN  # push, ret: a jump
    unlock += _UNCOUNT
    return {
        f"_raw_{kind}_lock": lock,
        f"_raw_{kind}_lock_irq": _DISABLE + lock,
        f"_raw_{kind}_lock_irqsave": _SAVE + _DISABLE + lock,
        f"_raw_{kind}_unlock": unlock + _RETURN,
        f"_raw_{kind}_unlock_irq": unlock + _ENABLE + _RETURN,
        f"_raw_{kind}_unlock_irqrestore": unlock + _RESTORE + _RETURN,
    }


_TEXTS = {
    # kernel/locking/spinlock.c
    **_locks("spin", _HELD, _SPIN_LOCK, _UNLOCK),
    **_locks("write", _HELD, _WRITE_LOCK, _UNLOCK),
    **_locks("read", _WRITTEN, _READ_LOCK, _READ_UNLOCK),
    # kernel/rcu/tree.c, kernel/sched/core.c
    "__rcu_read_lock": _CURRENT + _NEST + _RETURN,
    "__rcu_read_unlock": _CURRENT + _UNNEST + _RETURN,
    "__static_call_return0": _ZERO,
    **dict.fromkeys(("__SCT__might_resched", "__SCT__cond_resched"), _ZERO),
    **dict.fromkeys(("__SCT__preempt_schedule", "__SCT__preempt_schedule_notrace"), _RETURN),
    # arch/x86/lib/memcpy_64.S, memset_64.S, hweight.S
    **dict.fromkeys(("memcpy", "__memcpy"), _COPY),
    **dict.fromkeys(("memset", "__memset"), _FILL),
    "__sw_hweight32": "5752 89ff" + _COUNT_BITS,
    "__sw_hweight64": "5752" + _COUNT_BITS,
    # arch/x86/kernel/fpu/core.c, io_delay.c, paravirt.c, ftrace_64.S
    **dict.fromkeys(("kernel_fpu_begin_mask", "kernel_fpu_end", "native_io_delay", "__fentry__"), _RETURN),
    "native_irq_disable": _DISABLE + _RETURN,
    "native_irq_enable": _ENABLE + _RETURN,
    # arch/x86/lib/retpoline.S: jmp *reg; push, ret: a jump
    "__x86_return_thunk": "68{warn}" + _RETURN,
    **{
        f"__x86_indirect_thunk_{NAMES[place]}": code
        for place, code in zip(NUMBERS, _JUMPS, strict=True)
        if place != RSP
    },
}

CODE = {name: text.replace(" ", "") for name, text in _TEXTS.items()}
"""By the name of the function, as in `Abi`."""
