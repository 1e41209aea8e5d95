"""The letters of taints, as `Documentation/admin-guide/tainted-kernels.rst` lists them."""

from __future__ import annotations

import pytest

from modtools.kernel.taint import Taint, in_words, module_letters, oops_letters, spelled_out

LETTERS = "PFSRMBUDAWCIOELKXTNJ"
OF_MODULES = "PFCOEKXTNJ"


@pytest.mark.parametrize("bit", range(len(LETTERS)))
def test_each_bit_has_a_letter(bit: int) -> None:
    """An oops has it at its place, /proc/modules if a module can carry it, and each list has one entry."""
    letter = LETTERS[bit]
    assert oops_letters(1 << bit, 20) == ("P" if bit == 0 else "G").ljust(bit) + (letter if bit else "") + " " * (
        19 - bit
    )
    assert module_letters(1 << bit) == (letter if letter in OF_MODULES else "")
    assert spelled_out(1 << bit) == f"Tainted: [{letter}]={Taint(bit).name}"
    (words,) = in_words(1 << bit)
    assert words.startswith(f"{letter}: ")


def test_several_bits() -> None:
    """In the order of their numbers; a kernel that has fewer shows no place for the others."""
    taints = 1 << Taint.OOT_MODULE | 1 << Taint.UNSIGNED_MODULE | 1 << Taint.WARN
    assert module_letters(taints) == "OE"
    assert oops_letters(taints, 18) == "G        W  OE    "
    assert oops_letters(taints, 13) == "G        W  O"
    assert oops_letters(taints | 1, 14) == "P        W  OE"
    assert spelled_out(taints) == "Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE"
    assert in_words(0) == ()
    assert len(in_words(taints)) == 3
