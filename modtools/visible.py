"""Text that modules, logs and file names bring along, made fit to be shown: nothing in it acts on who reads it."""

from __future__ import annotations


def printable(text: str, keep: str = "") -> str:
    r"""Return a text in which each character can be seen, or is a blank: `\x1b` for what is not, as Python writes it.

    `keep` are characters that stay all the same. A byte that is not UTF-8 (PEP 383) is written `\xff` too.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in keep else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    if code < 0x100:
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
