"""From a cause to a finding: both sides of what was compared, where it lies, and what to do.

A teller takes the case and a cause, and yields findings: one, or more where one defect shows in two ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from modtools import causes
from modtools.diagnose import fileevidence, symbolevidence
from modtools.diagnose.case import Case, Teller, plain
from modtools.diagnose.findings import Finding, Met
from modtools.diagnose.parameterevidence import parameter
from modtools.errors import Cause
from modtools.relations.holders import how_to_remove, removal


def tell(case: Case, met: Iterable[Met]) -> list[Finding]:
    """Return what is found for causes, each with the step in which it was met."""
    found: dict[object, Finding] = {}
    for each in met:
        for finding in _TELLERS.get(each.cause.kind, _plain)(case, each.cause):
            exporter = finding.evidence.get("exporter", len(found))
            found[exporter] = _with_another(found.get(exporter), finding._replace(step=each.step))
    return list(found.values())


def _with_another(before: Finding | None, finding: Finding) -> Finding:
    """Return a finding that is about another symbol of the same exporter, too, if there is one `before`."""
    if before is None:
        return finding
    symbols = before.evidence["symbols"]
    assert isinstance(symbols, list)
    exporter = before.message.partition(" exported by ")[2]
    message = f"{before.subject} and {len(symbols)} more are exported by {exporter}"
    return before._replace(message=message, evidence={**before.evidence, "symbols": [*symbols, finding.subject]})


def _plain(case: Case, cause: Cause) -> Iterator[Finding]:
    yield plain(case, cause)


def _taken(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield who has the name, and in which order to remove that with all that uses it."""
    kernel, finding = case.kernel, plain(case, cause)
    if cause.subject not in kernel.modules:
        yield finding
        return
    order = list(removal(kernel, cause.subject).order)
    yield finding._replace(
        help=how_to_remove(kernel, cause.subject),
        evidence={**finding.evidence, "removal": order if order[1:] else None},
    )


_TELLERS: Final[Mapping[causes.Kind, Teller]] = {
    causes.ELF_MACHINE: fileevidence.machine,
    causes.ELF_INVALID: fileevidence.invalid,
    causes.ELF_DAMAGED: fileevidence.invalid,
    causes.STRUCT_SIZE: fileevidence.struct_size,
    causes.SIGNATURE_BAD: fileevidence.signature,
    causes.SIGNATURE_ENFORCED: fileevidence.signature,
    causes.SIGNATURE_LOCKDOWN: fileevidence.signature,
    causes.VERMAGIC_MISMATCH: fileevidence.vermagic,
    causes.FORCE_NOT_ALLOWED: fileevidence.force,
    causes.CRC_MISMATCH: symbolevidence.crc,
    causes.CRC_MISSING: symbolevidence.crc_missing,
    causes.SYMBOL_UNKNOWN: symbolevidence.unknown,
    causes.SYMBOL_NOT_KNOWN: symbolevidence.unknown,
    causes.NAME_TAKEN: _taken,
    causes.SYMBOL_LICENSE: symbolevidence.license,
    causes.SYMBOL_NAMESPACE: symbolevidence.namespace,
    causes.SYMBOL_OF_MODULES: symbolevidence.namespace,
    causes.NAMESPACE_IMPORTED: symbolevidence.namespace,
    causes.RELOCATION_REFUSED: fileevidence.relocation,
    causes.PARAMETER_INVALID: parameter,
    causes.PARAMETER_TOO_LARGE: parameter,
    causes.PARAMETER_TOO_MANY: parameter,
}
