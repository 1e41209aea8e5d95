"""What values of parameters are refused for: their type, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from modtools import causes
from modtools.diagnose.case import Case, error, quoted
from modtools.diagnose.findings import Evidence, Finding
from modtools.errors import Cause
from modtools.kernel.modules import Parameter
from modtools.kernel.params.types import CHARP_MAX, element_type


def parameter(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield the value that is refused, with what the parameter takes."""
    declared = [] if case.load is None else case.load.loaded.details.parameters
    wanted = cause.subject.replace("-", "_")
    known = next((each for each in declared if each.name.replace("-", "_") == wanted), None)
    takes = "a value of its own kind" if known is None else _takes(known)
    message, evidence = _WORDS.get(cause.kind, _invalid)(cause, known)
    yield error(
        "parameter-invalid",
        cause.subject,
        message,
        f"It takes {takes}.",
        value=cause.detail,
        type=known.type if known else "",
        takes=takes,
        **evidence,
    )


Told = tuple[str, dict[str, Evidence]]
"""A message, and further evidence."""


def _invalid(cause: Cause, _: Parameter | None) -> Told:
    return f"the parameter {cause.subject} does not accept {quoted(cause.detail)}", {}


def _too_large(cause: Cause, _: Parameter | None) -> Told:
    length = len(cause.detail.encode("utf-8", "surrogateescape"))
    return f"the value of the parameter {cause.subject} is too long: it has {length} bytes", {"length": length}


def _too_many(cause: Cause, known: Parameter | None) -> Told:
    number, most = cause.detail.count(",") + 1, known.maximum if known else None
    return f"the parameter {cause.subject} takes {most} values, and is given {number}", {"given": number, "most": most}


_WORDS: Final[Mapping[causes.Kind, Callable[[Cause, Parameter | None], Told]]] = {
    causes.PARAMETER_TOO_LARGE: _too_large,
    causes.PARAMETER_TOO_MANY: _too_many,
}


def _takes(known: Parameter) -> str:
    """Return what a parameter takes, in words."""
    if known.type == "string":
        return f"a text of at most {known.maximum - 1} bytes"
    takes = _FORMS.get(element_type(known), "a value of its own kind")
    return f"{takes} (as many as {known.maximum}, with commas between)" if known.type.startswith("array") else takes


_WHOLE: Final = "whole number, decimal, 0x hexadecimal or 0 octal, from {} to {}"
_FORMS: Final[Mapping[str, str]] = {
    "bool": "nothing, y, Y, 1, on, or n, N, 0, off",
    "invbool": "nothing, y, Y, 1, on, or n, N, 0, off",
    "bool_enable_only": "nothing, y, Y, 1 or on; n, N, 0 or off only while it is off",
    "bint": "y, Y, 1, on, or n, N, 0, off",
    "charp": f"a text of at most {CHARP_MAX} bytes",
    "byte": f"a {_WHOLE.format(0, 255)}",
    "short": f"a {_WHOLE.format(-32768, 32767)}",
    "ushort": f"a {_WHOLE.format(0, 65535)}",
    "int": f"a {_WHOLE.format(-2147483648, 2147483647)}",
    "uint": f"a {_WHOLE.format(0, 4294967295)}",
    "hexint": f"a {_WHOLE.format(0, 4294967295)}",
    "long": "a whole number as large as a register",
    "ulong": "a whole number as large as a register, not negative",
    "ullong": "a whole number of 64 bits, not negative",
}
