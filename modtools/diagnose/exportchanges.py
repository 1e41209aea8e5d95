"""What became of the symbols that a kernel exports, in another kernel.

Where a list of symbols is incomplete, what it lacks may be exported all the same, and what is in it may be assumed from
another kernel (`sources.assumed`): then nothing is told to be added or gone, nor how many there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from modtools.kernel.facts import SYMBOLS
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.profiles.exports import ExportedSymbol


class Change(NamedTuple):
    """One symbol and what became different: `change` is added, gone, relicensed, moved or changed.

    `before` and `after` are what was compared, as a Module.symvers has it: the kind of export, the namespace, the CRC;
    None on the side that does not export it.
    """

    name: str
    change: str
    before: str | None
    after: str | None


class ExportChanges(NamedTuple):
    """How many symbols there are on each side, how many of them on both, and all changes; None where not all are known.

    `compared` are those whose CRCs are known on both sides. `unknown` are the kinds of change that cannot be told, each
    with the reason.
    """

    before: int | None
    after: int | None
    same: int | None
    compared: int
    changes: tuple[Change, ...]
    unknown: dict[str, str]

    def number(self, change: str) -> int | None:
        """Return how many changes of a kind there are, None if that cannot be told."""
        return None if change in self.unknown else sum(each.change == change for each in self.changes)


KINDS: Final = ("added", "gone", "relicensed", "moved", "changed")
"""The kinds of changes, in the order in which they are told."""


def compare(before: Kernel, after: Kernel, names: tuple[str, str]) -> ExportChanges:
    """Compare what two kernels export; `names` are what they are called where something of them is not known."""
    old, new = ({symbol.name: symbol for symbol in kernel.symbols} for kernel in (before, after))
    both = [name for name in old if name in new]
    changes = [Change(name, "added", None, _kind(new[name])) for name in new if name not in old]
    changes += [Change(name, "gone", _kind(old[name]), None) for name in old if name not in new]
    for change, told in _COMPARED.items():
        pairs = ((name, told(old[name]), told(new[name])) for name in both)
        changes += [Change(name, change, a, b) for name, a, b in pairs if a != b and None not in (a, b)]
    compared = sum(old[name].crc is not None and new[name].crc is not None for name in both)
    unknown = _unknown(before, after, names)
    kept = tuple(change for change in changes if change.change not in unknown)
    lengths = [None if SYMBOLS in kernel.identity.unknown else len(kernel.symbols) for kernel in (before, after)]
    same = None if "gone" in unknown else len(both)
    return ExportChanges(lengths[0], lengths[1], same, compared, kept, unknown)


def _kind(symbol: ExportedSymbol) -> str:
    return "EXPORT_SYMBOL_GPL" if symbol.gpl else "EXPORT_SYMBOL"


def _namespace(symbol: ExportedSymbol) -> str:
    return symbol.namespace


def _crc(symbol: ExportedSymbol) -> str | None:
    return None if symbol.crc is None else f"{symbol.crc:#010x}"


_COMPARED: Final[dict[str, Callable[[ExportedSymbol], str | None]]] = {
    "relicensed": _kind,
    "moved": _namespace,
    "changed": _crc,
}
_RESTS_ON: Final = {
    "added": ((0, SYMBOLS), (1, SYMBOLS)),
    "gone": ((0, SYMBOLS), (1, SYMBOLS)),
    "relicensed": ((0, "gpl"), (1, "gpl")),
    "moved": ((0, "namespaces"), (1, "namespaces")),
}
"""For each kind of change, of which kernel which fact has to be known."""
_LACKING: Final = {
    SYMBOLS: "not all symbols that {} exports are known",
    "gpl": "the licence classes of {} are not known",
    "namespaces": "the namespaces of {} are not known",
}


def _unknown(before: Kernel, after: Kernel, names: tuple[str, str]) -> dict[str, str]:
    kernels = before, after
    return {
        change: _LACKING[fact].format(names[side])
        for change, facts in reversed(_RESTS_ON.items())
        for side, fact in reversed(facts)
        if fact in kernels[side].identity.unknown
    }
