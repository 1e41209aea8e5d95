"""The section .modinfo: what MODULE_LICENSE(), MODULE_PARM_DESC() and the like leave in a module.

Source: include/linux/moduleparam.h (__MODULE_INFO). Layout: `key=value` strings, each ended by a zero byte, with any
number of zero bytes for alignment between and before them:

    license=GPL\\0depends=\\0\\0\\0name=hello_export\\0
"""

from __future__ import annotations


def fields(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return the pairs of key and value in their order; a string without "=" is a key with an empty value.

    Bytes that are not UTF-8 become lone surrogates, which write back to the same bytes ("surrogateescape").
    """
    text = str(data, "utf-8", "surrogateescape")
    return tuple(_pair(entry) for entry in text.split("\0") if entry)


def _pair(entry: str) -> tuple[str, str]:
    key, _, value = entry.partition("=")
    return key, value
