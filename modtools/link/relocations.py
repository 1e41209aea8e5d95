"""What a processor's kernel does with relocations, as a value: the types it knows, where their bits go, how it refuses.

The letters are those of the psABIs: S the value of the symbol, A the addend, P the place that is filled. A place is one
word of 1, 2, 4 or 8 bytes. Where it is data, the value fills all of it. Where it is an instruction, the value fills
a *field* of it, in pieces: ADRP of aarch64 has bits 12 and 13 of the value in bits 29 and 30 of the instruction, and
bits 14 to 32 in bits 5 to 23, so its field is `Field(4, ((12, 2, 29), (14, 19, 5)))`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modtools.formats.elf import ElfFile, Relocation, Section
from modtools.integers import MASK64
from modtools.light import NamedTuple
from modtools.linuxerrno import ENOEXEC

Order = Callable[[ElfFile, Section, list[Relocation]], list[Relocation]]
"""Takes a file, a section of it, and the relocations for that section; gives them as the kernel sorts them."""


Sized = Callable[[ElfFile, str], list[Section]]
"""Takes a file and the module's name; gives the section headers as the kernel changes them before it places sections.
Raises Refused."""


class Refused(Exception):
    """A module that the machine's own code in the kernel refuses. `lines` is what it logs, each without its newline."""

    def __init__(self, *lines: str, errno: int = ENOEXEC) -> None:
        super().__init__(*lines)
        self.lines, self.errno = lines, errno


class Field(NamedTuple):
    """Where a value goes: the bytes of the word, and the pieces (first bit of the value, bits, first bit of the word).

    No pieces stand for the whole word. `invert` is the bit of an instruction that says that the value is not negative
    (MOVZ of aarch64, as against MOVN, which wants the bits of a negative value inverted), or None.
    """

    size: int
    pieces: tuple[tuple[int, int, int], ...] = ()
    invert: int | None = None

    def insert(self, word: int, value: int) -> int:
        """Return the word with the value (64 bits) in it; the bits around it stay."""
        if not self.pieces:
            return value & (1 << 8 * self.size) - 1
        if self.invert is not None:
            negative = value >> 63
            word = word & ~(1 << self.invert) if negative else word | 1 << self.invert
            value ^= MASK64 if negative else 0
        for first, bits, at in self.pieces:
            mask = (1 << bits) - 1
            word = word & ~(mask << at) | (value >> first & mask) << at
        return word


NOTHING, BYTES_1, BYTES_2, BYTES_4, BYTES_8 = (Field(size) for size in (0, 1, 2, 4, 8))
"""Fields that are the whole word; NOTHING is that of a type that changes nothing."""


class Rule(NamedTuple):
    """One type of relocation: S + A, or with `relative` S + A - P, goes into a field.

    Of both, only the bits of `mask` count (ADRP of aarch64: pages). `fits` tells whether a value of 64 bits can be
    done; None where the kernel does not look. `far` is a jump or call that may go by way of a veneer instead.
    """

    name: str
    field: Field
    relative: bool = False
    fits: Callable[[int], bool] | None = None
    mask: int = MASK64
    far: bool = False


class Veneers(NamedTuple):
    """Pieces of code that a branch takes when its target is out of reach: the entries of a PLT.

    `sections` are those of the core part and of the init part that they stand in, `size` the bytes of one. `code`
    gives one, of its own address and the target.
    """

    sections: tuple[str, str]
    size: int
    code: Callable[[int, int], bytes]


class Relocations(NamedTuple):
    """What one machine's kernel knows and does.

    `unknown` is its line for a type not in `known`, with `{module}` and `{kind}`; `never` are types that it knows and
    refuses, with their line (`{place}`: the address, which the kernel hashes), or "" where it says nothing; `errno` is
    for both. `mask` are the bits of a type that count. `rel` and `rela` are the tables that it takes. `order` is how it
    sorts a table beforehand, to count the veneers: it goes through the table in that order.

    `rules` say how each known type is done. `occupied` are
    the lines for a place that is not empty (`{kind}`, `{place}`, `{value}`), where the kernel looks; `overflow` those
    for a value that does not fit (`{module}`, `{kind}`, `{value}`). `sized` makes room for what is done to sections.
    Without one of the sections `wanted`, the module is refused once all relocations are done, without a word.
    """

    known: frozenset[int]
    unknown: str
    errno: int = ENOEXEC
    never: Mapping[int, str] = {}
    rel: bool = False
    rela: bool = True
    mask: int = 0xFFFFFFFF
    order: Order | None = None
    rules: Mapping[int, Rule] = {}
    occupied: tuple[str, ...] = ()
    overflow: tuple[str, ...] = ()
    veneers: Veneers | None = None
    sized: Sized | None = None
    wanted: tuple[str, ...] = ()


def numbers(*spans: int | tuple[int, int]) -> frozenset[int]:
    """Return single numbers, and spans with both of their ends, as one set."""
    found: set[int] = set()
    for span in spans:
        found.update((span,) if isinstance(span, int) else range(span[0], span[1] + 1))
    return frozenset(found)


def signed(bits: int) -> Callable[[int], bool]:
    """Return whether sign extension of the low bits gives a value of 64 bits back."""
    half = 1 << bits - 1
    return lambda value: value < half or value >= (1 << 64) - half


def unsigned(bits: int) -> Callable[[int], bool]:
    """Return whether zero extension of the low bits gives a value of 64 bits back."""
    return lambda value: value < 1 << bits
