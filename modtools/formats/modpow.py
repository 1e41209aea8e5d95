"""Powers modulo a number, which is what a signature by RSA is checked with.

Python takes 0.6 ms for one with 4096 bits, OpenSSL a tenth of that. Nearly every Python has OpenSSL's libcrypto loaded
for its hashes (`_hashlib`), and its functions can be called then: BN_mod_exp(3). To be able to takes as long as some
powers, so that the first ones are Python's own; and so are all where the library, or one of its functions, cannot be
had, and where it does not give what Python gives.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

_FIRST: Final = 16
"""Powers that Python works out itself."""
_done = 0


def power(base: int, exponent: int, modulus: int) -> int:
    """Return a power modulo an odd number greater than 1. None of the numbers may be negative."""
    global _done
    _done += 1
    library = _library() if _done > _FIRST else None
    found = None if library is None else library.power(base, exponent, modulus)
    return pow(base, exponent, modulus) if found is None else found


@cache
def _library() -> Library | None:
    """Return libcrypto, if there is one that can be called and reckons as Python does."""
    try:
        made = Library()
    except (ImportError, OSError, AttributeError, TypeError):
        return None
    return made if made.power(3, 65537, _PROBE) == pow(3, 65537, _PROBE) else None


_PROBE: Final = (1 << 521) - 1
_NUMBERS: Final = 4
"""The result, the base, the exponent and the modulus."""


class Library:
    """libcrypto by way of the module that has it loaded. Raises one of many errors where it cannot be had."""

    def __init__(self) -> None:
        import _hashlib
        import ctypes

        crypto = ctypes.CDLL(_hashlib.__file__)
        pointer, number = ctypes.c_void_p, ctypes.c_int
        self._read = _function(crypto.BN_bin2bn, pointer, ctypes.c_char_p, number, pointer)
        self._write = _function(crypto.BN_bn2binpad, number, pointer, ctypes.c_char_p, number)
        self._power = _function(crypto.BN_mod_exp, number, *[pointer] * 5)
        self._buffer = ctypes.create_string_buffer
        new = _function(crypto.BN_new, pointer)
        self._context = _function(crypto.BN_CTX_new, pointer)()
        self._numbers = [new() for _ in range(_NUMBERS)]

    def power(self, base: int, exponent: int, modulus: int) -> int | None:
        """Return a power modulo an odd number; None where the library fails, as for want of memory."""
        result, *given = self._numbers
        if not (self._context and result):
            return None
        for number, value in zip(given, (base, exponent, modulus), strict=True):
            data = value.to_bytes((value.bit_length() + 7) // 8, "big")
            if not (number and self._read(data, len(data), number)):
                return None
        size = (modulus.bit_length() + 7) // 8
        buffer = self._buffer(size)
        if self._power(result, *given, self._context) != 1 or self._write(result, buffer, size) != size:
            return None
        return int.from_bytes(buffer.raw, "big")


def _function(function: Any, answer: Any, *takes: Any) -> Any:
    """Return a function of a library, told what it takes and answers."""
    function.restype, function.argtypes = answer, takes
    return function
