"""Signatures by elliptic curves as modules have them: FIPS 186-5, ECDSA, with the curves of NIST that Linux knows.

Sources: SEC 1 (keys and signatures), SEC 2 (curves). A key is a point of its curve, y*y = x*x*x - 3*x + b modulo p: a
byte 04, then x and y in big endian order. A signature is a SEQUENCE of two INTEGERs, r and s.

Points are added in Jacobian coordinates, where (x, y, z) stands for (x / z**2, y / z**3), and z is 0 at infinity, so
that nothing has to be divided on the way.
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError
from modtools.formats.der import INTEGER, SEQUENCE, encoded_oid, expect, parts, read
from modtools.light import NamedTuple

Point = tuple[int, int, int]
_INFINITY: Final = (1, 1, 0)


class Curve(NamedTuple):
    """A curve: its prime, its b, the point of that all others are multiples, and how many there are."""

    p: int
    b: int
    x: int
    y: int
    n: int


def _number(digits: str) -> int:
    return int(digits, 16)


P192: Final = Curve(
    p=2**192 - 2**64 - 1,
    b=0x64210519E59C80E70FA7E9AB72243049FEB8DEECC146B9B1,
    x=0x188DA80EB03090F67CBF20EB43A18800F4FF0AFD82FF1012,
    y=0x07192B95FFC8DA78631011ED6B24CDD573F977A11E794811,
    n=0xFFFFFFFFFFFFFFFFFFFFFFFF99DEF836146BC9B1B4D22831,
)
P256: Final = Curve(
    p=2**256 - 2**224 + 2**192 + 2**96 - 1,
    b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    x=0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    y=0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    n=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)
P384: Final = Curve(
    p=2**384 - 2**128 - 2**96 + 2**32 - 1,
    b=0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    x=0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
    y=0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
    n=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
)
P521: Final = Curve(
    p=2**521 - 1,
    b=_number(
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109"
        "E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00"
    ),
    x=_number(
        "00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3D"
        "BAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66"
    ),
    y=_number(
        "011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E66"
        "2C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650"
    ),
    n=_number(
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
        "FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"
    ),
)

CURVES: Final = {
    encoded_oid("1.2.840.10045.3.1.1"): P192,
    encoded_oid("1.2.840.10045.3.1.7"): P256,
    encoded_oid("1.3.132.0.34"): P384,
    encoded_oid("1.3.132.0.35"): P521,
}
"""The curves by their OIDs."""


class EcdsaKey(NamedTuple):
    """A key of ECDSA: a point of a curve."""

    curve: Curve
    x: int
    y: int

    @property
    def algorithm(self) -> str:
        """The name that signatures have for its kind."""
        return "ecdsa"

    def verifies(self, _name: str, digest: bytes, signature: bytes) -> bool:
        """Return whether this is the key's signature of a digest. Raises FormatError if it can be nobody's."""
        curve = self.curve
        r, s, *_ = (part.number for part in parts(expect(read(signature), SEQUENCE), INTEGER, INTEGER))
        if not (0 < r < curve.n and 0 < s < curve.n):
            raise FormatError("a signature with numbers that its curve does not have")
        inverse = pow(s, -1, curve.n)
        number = int.from_bytes(digest[: (curve.n.bit_length() + 7) // 8], "big")
        x, _, z = self._sum(number * inverse % curve.n, r * inverse % curve.n)
        return z != 0 and x * pow(z, -2, curve.p) % curve.p % curve.n == r

    def _sum(self, many: int, own: int) -> Point:
        """Return `many` times the curve's point and `own` times the key's, added up."""
        curve = self.curve
        base, key = (curve.x, curve.y, 1), (self.x, self.y, 1)
        terms = (_INFINITY, base, key, _add(curve.p, base, key))
        total: Point = _INFINITY
        for bit in reversed(range(curve.n.bit_length())):
            total = _double(curve.p, total)
            total = _add(curve.p, total, terms[(many >> bit & 1) + 2 * (own >> bit & 1)])
        return total


def key(curve: bytes, bits: bytes) -> EcdsaKey:
    """Return the key in a certificate's bits, of the curve with this OID. Raises FormatError for an impossible one."""
    known = CURVES.get(curve)
    if known is None:
        raise FormatError("a key of an unknown curve")
    size = (known.p.bit_length() + 7) // 8
    x, y = (int.from_bytes(bits[1 + start :][:size], "big") for start in (0, size))
    if len(bits) != 1 + 2 * size or bits[0] != 4 or not _is_on(known, x, y):
        raise FormatError("a key that is no point of its curve")
    return EcdsaKey(known, x, y)


def _is_on(curve: Curve, x: int, y: int) -> bool:
    return x < curve.p and y < curve.p and (x * x * x - 3 * x + curve.b - y * y) % curve.p == 0


def _double(p: int, point: Point) -> Point:
    x, y, z = point
    zz, yy = z * z % p, y * y % p
    slope = 3 * (x - zz) * (x + zz) % p
    shift = 4 * x * yy % p
    doubled = (slope * slope - 2 * shift) % p
    return doubled, (slope * (shift - doubled) - 8 * yy * yy) % p, 2 * y * z % p


def _add(p: int, one: Point, other: Point) -> Point:
    if not one[2] or not other[2]:
        return one if one[2] else other
    (x, y, z), (u, v, w) = one, other
    zz, ww = z * z % p, w * w % p
    across, aside = (u * zz - x * ww) % p, (v * zz * z - y * ww * w) % p
    if not across:
        return _INFINITY if aside else _double(p, one)
    square = across * across % p
    cube, start = square * across % p, x * ww * square % p
    added = (aside * aside - cube - 2 * start) % p
    return added, (aside * (start - added) - y * ww * w * cube) % p, z * w * across % p
