"""C declarations, as far as calling needs them: how wide each parameter is, and whether it has a sign.

From the System V psABI for AMD64: six integer arguments in registers, the others on the stack; the high bits of a
narrow argument are garbage, so that each is cut to its width.
"""

from __future__ import annotations

import re

from modtools.light import NamedTuple

_INTEGERS: dict[str, tuple[int, bool]] = {
    "void": (0, False),
    "bool": (1, False),
    "char": (1, True),
    "signed char": (1, True),
    "unsigned char": (1, False),
    "short": (2, True),
    "unsigned short": (2, False),
    "int": (4, True),
    "unsigned": (4, False),
    "unsigned int": (4, False),
    "long": (8, True),
    "unsigned long": (8, False),
    "long long": (8, True),
    "unsigned long long": (8, False),
} | {
    name: (size, signed)
    for names, size, signed in (
        ("u8 __u8 uint8_t blk_status_t", 1, False),
        ("s8 __s8 int8_t", 1, True),
        ("u16 __u16 uint16_t __be16 __le16 umode_t sa_family_t __sum16", 2, False),
        ("s16 __s16 int16_t", 2, True),
        ("u32 __u32 uint32_t __be32 __le32 gfp_t dev_t fmode_t uint uid_t gid_t kuid_t kgid_t __wsum", 4, False),
        (
            "slab_flags_t xa_mark_t blk_opf_t acpi_status acpi_object_type netdev_features32 __poll_t poll_t speed_t",
            4,
            False,
        ),
        ("s32 __s32 int32_t pid_t key_t clockid_t", 4, True),
        ("u64 __u64 uint64_t __be64 __le64 size_t sector_t dma_addr_t phys_addr_t resource_size_t uintptr_t", 8, False),
        ("ulong cycles_t pgprot_t pgoff_t netdev_features_t acpi_size acpi_handle ino_t blkcnt_t", 8, False),
        ("s64 __s64 int64_t ssize_t loff_t ktime_t time64_t ptrdiff_t off_t intptr_t", 8, True),
        ("async_cookie_t kernel_ulong_t", 8, False),
        ("va_list initcall_t work_func_t irq_handler_t ctl_table_header_t notifier_fn_t rcu_callback_t", 8, False),
        (
            "acpi_string acpi_walk_callback dr_match_t dr_release_t cmp_func_t swap_func_t smp_call_func_t filldir_t",
            8,
            False,
        ),
        ("kthread_work_func_t device_match_t device_iter_t lookup_by_table_id_t", 8, False),
    )
    for name in names.split()
}
_INTEGERS |= {
    name: _INTEGERS[plain]
    for name, plain in (
        ("short int", "short"),
        ("short unsigned int", "unsigned short"),
        ("long int", "long"),
        ("long unsigned int", "unsigned long"),
        ("long long int", "long long"),
        ("long long unsigned int", "unsigned long long"),
        ("_Bool", "bool"),
        ("__kernel_size_t", "size_t"),
        ("u_int8_t", "u8"),
    )
}
"""Types by their size in bytes and whether they have a sign; the last ones as compilers write them into BTF."""
_NOISE = re.compile(r"\b(const|volatile|restrict|__user|__iomem|__percpu|__rcu|__init|__must_check|register|static)\b")


_PAIRS = ("struct timespec64", "struct fd")


class CType(NamedTuple):
    """An integer or a pointer of so many bytes; void is 0 bytes."""

    size: int
    signed: bool

    def read(self, raw: int) -> int:
        """Return the value in the low bits of a register."""
        if self.size == 1 and not self.signed:
            return raw & 0xFF
        value = raw & (1 << 8 * self.size) - 1
        return value - (1 << 8 * self.size) if self.signed and value >> 8 * self.size - 1 else value


class Signature(NamedTuple):
    """What a C function takes and returns."""

    name: str
    result: CType
    parameters: tuple[CType, ...]
    variadic: bool


def ctype(text: str) -> CType:
    """Return the type of a parameter or result, with or without the parameter's name. Raises KeyError for an unknown
    one.
    """
    if "*" in text or "(" in text or "[" in text:
        return CType(8, False)
    words = _NOISE.sub(" ", text).split()
    if words and words[0] == "enum":
        return CType(4, False)
    if words[0] == "struct" or words[0] == "union":
        raise KeyError(f"{text!r}: a structure by value")
    for end in (len(words), len(words) - 1):
        found = _INTEGERS.get(" ".join(words[:end]))
        if found is not None:
            return CType(*found)
    raise KeyError(f"unknown C type {text!r}")


def parse(declaration: str) -> Signature:
    """Return the signature of a declaration like `int f(void *p, size_t n, ...)`. Raises ValueError, and KeyError for
    an unknown type.
    """
    head, _, rest = declaration.partition("(")
    match = re.search(r"(\w+)\s*$", head)
    if match is None:
        raise ValueError(f"no function is declared by {declaration!r}")
    parameters = _split(rest.rstrip().rstrip(";").removesuffix(")"))
    variadic = bool(parameters) and parameters[-1] == "..."
    if variadic:
        parameters.pop()
    if parameters == ["void"]:
        parameters = []
    return Signature(match[1], _result(head[: match.start()]), tuple(ctype(p) for p in parameters), variadic)


def _result(text: str) -> CType:
    """Return the type of a result; of a structure of two words the first: `Guest.pair()` puts the other beside it."""
    return CType(8, False) if text.strip() in _PAIRS else ctype(text)


def same_shape(one: str, other: str) -> bool:
    """Return whether two declarations are called alike: as many parameters, each as wide and with the same sign, and
    the same kind of result. A type that is not known here is only the same as one of the same name.
    """
    return one == other or _shape(one) == _shape(other)


def takes_nothing(declaration: str) -> bool:
    """Return whether a declaration has no parameters: so BTF has every function in assembly, whatever it takes."""
    return declaration.endswith("(void)")


def _shape(declaration: str) -> tuple[CType | str, ...]:
    head, _, rest = declaration.partition("(")
    parts = _split(rest.rstrip().rstrip(";").removesuffix(")"))
    return (_kind(re.sub(r"\w+\s*$", "", head)), *(_kind(part) for part in parts if part != "void"))


def _kind(text: str) -> CType | str:
    """Return a type, or the words that name one which is not known; the parameter's own name is none of them."""
    try:
        return ctype(text)
    except (KeyError, IndexError):
        words = _NOISE.sub(" ", text).split()
        return " ".join(words[: 2 if words[:1] in (["struct"], ["union"]) else 1])


def _split(text: str) -> list[str]:
    """Return the parts between commas that are in no parentheses."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts
