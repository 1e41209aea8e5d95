"""lib/crypto/aes.c: AES of a block. (FIPS 197)"""

from __future__ import annotations

from collections.abc import Iterator

BLOCK = 16
KEY_SIZES = (16, 24, 32)


def _times(a: int, b: int) -> int:
    """Return the product of two bytes in AES's field."""
    product = 0
    while b:
        product ^= a * (b & 1)
        a, b = a << 1 ^ (0x11B if a & 0x80 else 0), b >> 1
    return product


def _substitutes() -> Iterator[int]:
    """Yield the S-box: the inverse in the field, then a sum of its rotations and a constant."""
    for byte in range(256):
        inverse = next((other for other in range(256) if _times(byte, other) == 1), 0)
        turned = inverse
        for count in range(1, 5):
            turned ^= (inverse << count | inverse >> 8 - count) & 0xFF
        yield turned ^ 0x63


_tables: dict[str, bytes] = {}


def _table(name: str) -> bytes:
    """Return a table of bytes, made at first use: `box`, `inverse`, or the products by a number."""
    if not _tables:
        box = _tables["box"] = bytes(_substitutes())
        _tables["inverse"] = bytes(box.index(byte) for byte in range(256))
        for factor in (2, 3, 9, 11, 13, 14):
            _tables[f"{factor}"] = bytes(_times(byte, factor) for byte in range(256))
    return _tables[name]


def expand(key: bytes) -> list[bytes]:
    """Return the keys of all rounds."""
    box, size, constant = _table("box"), len(key) // 4, 1
    words = [key[at : at + 4] for at in range(0, len(key), 4)]
    while len(words) < 4 * (size + 7):
        last = words[-1]
        if len(words) % size == 0:
            last = (last[1:] + last[:1]).translate(box)
            last = bytes((last[0] ^ constant, *last[1:]))
            constant = _times(constant, 2)
        elif size > 6 and len(words) % size == 4:
            last = last.translate(box)
        words.append(bytes(a ^ b for a, b in zip(last, words[-size], strict=True)))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


_ROWS = bytes((5 * at) % 16 for at in range(16))
_ROWS_BACK = bytes((13 * at) % 16 for at in range(16))


def _added(state: bytes, key: bytes) -> bytes:
    return (int.from_bytes(state, "big") ^ int.from_bytes(key, "big")).to_bytes(BLOCK, "big")


def _mixed(state: bytes, factors: tuple[str, ...]) -> bytes:
    """Multiply each column by four factors, "" for 1, of which each row begins with another one."""
    products = [state.translate(_table(factor)) if factor else state for factor in factors]
    return bytes(
        products[0][4 * column + row]
        ^ products[1][4 * column + (row + 1) % 4]
        ^ products[2][4 * column + (row + 2) % 4]
        ^ products[3][4 * column + (row + 3) % 4]
        for column in range(4)
        for row in range(4)
    )


def encrypt(keys: list[bytes], block: bytes) -> bytes:
    """Return a block encrypted with the keys of the rounds."""
    box, state = _table("box"), _added(block, keys[0])
    for number, key in enumerate(keys[1:], 1):
        state = bytes(box[state[at]] for at in _ROWS)
        if number < len(keys) - 1:
            state = _mixed(state, ("2", "3", "", ""))
        state = _added(state, key)
    return state


def decrypt(keys: list[bytes], block: bytes) -> bytes:
    """Return a block decrypted with the keys of the rounds."""
    inverse, state = _table("inverse"), _added(block, keys[-1])
    for number, key in reversed(list(enumerate(keys[:-1]))):
        state = bytes(inverse[state[at]] for at in _ROWS_BACK)
        state = _added(state, key)
        if number:
            state = _mixed(state, ("14", "11", "13", "9"))
    return state
