"""A wording of a message, such as `{module}: Unknown symbol {symbol} (err {number=-2})`: what finds it in a line."""

from __future__ import annotations

import re
from functools import cache

from modtools.light import NamedTuple

_PART = re.compile(r"(\{\{|\}\}|\{\w+(?:=[^}]*)?\})")
_QUOTE = "['`\"\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]"
_LETTERS = re.compile(r"[A-Za-z]")

_KINDS = {"number": r"-?(?:0x)?[0-9a-fA-F]+"}
"""What stands for a field in the middle of a wording, if not anything."""

_LAST = {
    **dict.fromkeys(("what", "value"), ".*"),
    **dict.fromkeys(("error", "path", "directory", "holders", "command"), r".*\S"),
    "number": _KINDS["number"],
}
"""What stands for a field that ends a wording, if not a word."""

_FIRST = "[^\\s'`\"]*?"
_BEGIN = "(?<![^\\s'`\"])"
"""What stands for a field that begins a wording, and what is not before it: the word may be quoted."""

_FIELD = "\0"
"""A mark for a field where words are looked for."""

WEAK = 14
"""A wording with fewer letters of its own says little: it must be the whole line."""

ALONE = "{line="
"""How a wording begins that must be the whole line however much it says."""


class Wording(NamedTuple):
    """One way in which a message is said: `text` with its fields, and `place`, who says so."""

    text: str
    place: str = ""

    @property
    def letters(self) -> int:
        """How many letters are its own: the more, the surer it is meant."""
        return len(_LETTERS.findall("".join(own_parts(self.text))))

    def find(self, line: str) -> re.Match[str] | None:
        """Look for it in a line without marks of a log; a weak wording must be all of the line."""
        expression = pattern(self.text)
        whole = self.letters < WEAK or self.text.startswith(ALONE)
        return expression.fullmatch(line.strip()) if whole else expression.search(line)


def own_parts(text: str) -> list[str]:
    """Return the words of a wording itself, and those that a field must have."""
    own = []
    for part in _PART.split(text):
        if not _is_field(part):
            own.append(part[0] if part in ("{{", "}}") else part)
        elif "=" in part and "|" not in part:
            own.append(part[1:-1].partition("=")[2])
    return own


@cache
def keyword(text: str, *, exactly: bool = True) -> str:
    """Return the longest word of a wording, in small letters, which a line with that wording has as a word, too.

    "" if there is none: a word beside a field may be a part of a longer one in the line.
    """
    fields = _PART.sub(lambda part: _marked(part[0], exactly), text)
    words = re.findall(rf"(?<![\w{_FIELD}])\w+(?![\w{_FIELD}])", fields)
    return max(words, key=len, default="").lower()


def words_of(line: str) -> set[str]:
    """Return the words of a line in small letters, as keyword() has them."""
    return set(re.findall(r"\w+", line.lower()))


def _marked(part: str, exactly: bool) -> str:
    """Return a mark for a field, or the only words that it may have."""
    constant = part[1:-1].partition("=")[2] if exactly and "|" not in part else ""
    return f"{_FIELD}{constant}{_FIELD}" if _is_field(part) else part[0]


def fits(text: str, line: str) -> bool:
    """Return whether a line is all of a wording, with anything for its fields."""
    if keyword(text, exactly=False) not in line.lower():
        return False
    return pattern(text, exactly=False).fullmatch(line) is not None


@cache
def pattern(text: str, *, exactly: bool = True) -> re.Pattern[str]:
    """Return the expression for a wording; without `exactly`, `{number=-2}` is any number."""
    parts = [part for part in _PART.split(text) if part]
    named: set[str] = set()
    made = []
    for index, part in enumerate(parts):
        if not _is_field(part):
            words = _literal(part[0] if part in ("{{", "}}") else part)
            made.append(re.sub(r"\\s\+$", r"\\s*", words) if index == len(parts) - 2 else words)
            continue
        name, _, constant = part[1:-1].partition("=")
        inner = _value(name, first=index == 0, last=index == len(parts) - 1)
        if constant and exactly:
            inner = "|".join(map(_literal, constant.split("|")))
        made.append(f"({inner})" if name in named else f"(?P<{name}>{inner})")
        named.add(name)
    begin = _BEGIN if _is_field(parts[0]) else r"(?<!\w)"
    return re.compile(begin + "".join(made), re.IGNORECASE)


def _is_field(part: str) -> bool:
    return len(part) > 2 and part[0] == "{"  # `{{` is a brace of the text


def _value(name: str, *, first: bool, last: bool) -> str:
    """Return what may stand for a field."""
    if first:
        return _FIRST
    if last:
        return _LAST.get(name, r"\S+")
    return _KINDS.get(name, ".*?")


def _literal(text: str) -> str:
    """Return the expression for words of a wording: any white space for a blank, any quote for a quote."""
    words = (re.sub("['`\"]", lambda _: _QUOTE, re.escape(word)) for word in re.split(r"\s+", text))
    return r"\s+".join(words)
