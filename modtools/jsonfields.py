"""Fields of a JSON document that anybody can have written: of the right type, within bounds, and printable."""

from __future__ import annotations

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
"""What is raised for a field that is missing or odd."""
_LONGEST = 300
"""Characters of an error that are shown."""


class _Plain:
    """What Python's scanner is told that `json` has unless somebody asks for more."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_int, parse_float, parse_constant = int, float, float


try:
    from _json import make_scanner

    _scanner: Callable[[str, int], tuple[Any, int]] | None = make_scanner(_Plain())  # type: ignore[arg-type]
except ImportError:  # another Python than CPython
    _scanner = None


def loads(text: str | bytes) -> Any:
    """Return the values of a document. Raises ValueError for a text with a surrogate that stands for no byte.

    Python writes a byte that is no UTF-8 as U+DC80 to U+DCFF (PEP 383).
    """
    if isinstance(text, bytes):
        return _thorough(text)
    bare = text.strip(" \t\n\r")
    if _scanner is None or "\\u" in bare:
        return _thorough(text)
    try:
        value, end = _scanner(bare, 0)
    except (StopIteration, ValueError):
        return _thorough(text)
    return value if end == len(bare) else _thorough(text)


def _thorough(text: str | bytes) -> Any:
    """Do it by `json`, which says what is wrong, and is a lot to import."""
    import json

    value = json.loads(text)
    if ("\\ud" if isinstance(text, str) else b"\\ud") in text.lower():  # type: ignore[operator]  # both are of one type
        json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogateescape")
    return value


def typed(value: Any, *types: type) -> Any:
    """Return the value if it is of one of these types. Raises TypeError otherwise. A bool is no int here."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise TypeError(f"{' or '.join(kind.__name__ for kind in types)} expected, not {_shown(value)}")
    return value


def all_typed(values: list[Any], kind: type) -> list[Any]:
    """Return values that are of one type, as `typed` has it: for thousands at once. Raises TypeError."""
    if not {*map(type, values)} <= {kind}:
        raise TypeError(f"{kind.__name__} expected")
    return values


def all_within(numbers: list[Any], low: int, high: int) -> list[int]:
    """Return ints within bounds, both included. Raises TypeError, ValueError."""
    if all_typed(numbers, int) and not low <= min(numbers) <= max(numbers) <= high:
        raise ValueError(f"a number is not between {low} and {high}")
    return numbers


def integer(value: Any, low: int, high: int) -> int:
    """Return an int within bounds, both included. Raises TypeError, ValueError."""
    if not low <= typed(value, int) <= high:
        raise ValueError(f"{_shown(value)} is not between {low} and {high}")
    return int(value)


def natural(value: Any, bits: int = 64) -> int:
    """Return an int of so many bits that is not negative. Raises TypeError, ValueError."""
    return integer(value, 0, (1 << bits) - 1)


def hexadecimal(value: Any, bits: int = 64) -> int:
    """Return a number that is hexadecimal text, such as an address. Raises TypeError, ValueError."""
    return natural(int(typed(value, str), 16), bits)


def texts(values: Any) -> list[str]:
    """Return a list of texts. Raises TypeError."""
    return [typed(value, str) for value in typed(values, list)]


def one_of(value: Any, known: Iterable[str]) -> str:
    """Return a value that is one of the known words. Raises ValueError."""
    if value not in (words := list(known)):
        raise ValueError(f"{_shown(value)} is none of {', '.join(words)}")
    return str(value)


def brief(error: object) -> str:
    """Return an error in one line, whatever it quotes."""
    text = " ".join(str(error).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, int) or abs(value) < 1 << 256 else "a huge number"
    return text if len(text) < 80 else text[:80] + "..."
