"""What symbols are refused for: who exports them, their CRCs, licence and namespace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from modtools import causes
from modtools.diagnose.case import SHOWN, Case, error, offset, quoted, remedy
from modtools.diagnose.findings import Evidence, Finding
from modtools.diagnose.given import Candidate
from modtools.diagnose.remedies import EXPORTED
from modtools.errors import Cause
from modtools.kernel.module.resolve import find
from modtools.kernel.taint import Taint
from modtools.linuxerrno import INSMOD_WORDS, strerror


def crc(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield which symbols have other CRCs, all in one finding: they mostly have one reason."""
    name = cause.subject
    compared = _compared(case, (case.load and case.load.versions) or {})
    differ = [each for each in compared.values() if each["module"] != each["kernel"]]
    yield error(
        "symbol-version-mismatch",
        name,
        _crc_words(
            name, str(compared[name]["owner"]) if name in compared else "the kernel", len(differ), len(compared)
        ),
        remedy(case, cause)[1],
        symbol=name,
        compared=len(compared),
        differ=len(differ),
        differing=differ[:SHOWN],
        section="__versions",
    )


def _compared(case: Case, versions: Mapping[str, int]) -> dict[str, dict[str, Evidence]]:
    """Return symbol, both CRCs and owner of each symbol whose CRC is known on both sides."""
    rows: dict[str, dict[str, Evidence]] = {}
    for name, crc in versions.items():
        found = find(case.kernel, name)
        if found is not None and found[0].crc is not None:
            owner = found[1].name if found[1] else "vmlinux"
            rows[name] = {"symbol": name, "module": _hex(crc), "kernel": _hex(found[0].crc), "owner": owner}
    return rows


def _crc_words(name: str, owner: str, differ: int, compared: int) -> str:
    if name == "module_layout" and differ == 1:
        return f"of {compared} CRCs that of module_layout differs: `struct module` is another one in this configuration"
    if name == "module_layout":
        others = f"{differ - 1} of {compared - 1} others"
        return f"the CRCs of module_layout and {others} differ: it was built for another version or configuration"
    if differ == 1:
        return f"1 of {compared} CRCs differs: the prototype of {name} ({owner}), or a structure in it, has changed"
    return f"the CRCs of {name} ({owner}) and {differ - 1} of {compared - 1} others differ"


def _hex(crc: int | None) -> str | None:
    return None if crc is None else f"{crc:#010x}"


def crc_missing(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield the CRC that the kernel has, where the module has none."""
    found = find(case.kernel, cause.subject)
    yield error(
        "symbol-version-missing",
        cause.subject,
        *remedy(case, cause),
        kernel=_hex(found[0].crc if found else None),
        section="__versions",
    )


def unknown(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield who exports a symbol that is not found: a module that can be loaded first, or nobody."""
    name = cause.subject
    exporter = case.exporters.of(name, case.candidate)
    if exporter is not None and exporter.path != case.candidate.path:
        words = _exported(name, exporter, case.refused.get(exporter.name))
        yield error("symbol-not-loaded", name, *words, exporter=exporter.path, symbols=[name])
        return
    if cause.kind == causes.SYMBOL_NOT_KNOWN:
        yield error("symbol-not-known", name, *remedy(case, cause), told_by=case.kernel.identity.booted_from)
        return
    inside, near = case.namesakes.letter(name), case.namesakes.similar(name)
    yield error("symbol-unknown", name, *_unknown_words(case, cause, inside, near), in_kernel=inside, similar=near)


def _exported(name: str, exporter: Candidate, refused: int | None) -> tuple[str, str]:
    """Return in words who exports a symbol, and what to do; `refused`: the errno for which that is not loaded."""
    if refused:
        words = f"{name} is exported by {exporter.name}, which was refused ({strerror(refused, INSMOD_WORDS)})"
        return words, f"See what is found of {exporter.path}."
    told = Cause(causes.SYMBOL_UNKNOWN, name, exporter.name)
    return EXPORTED.message(told), EXPORTED.advice(told, exporter.path)


_NAME_IT: Final = " Name that module as well, or with --tree the module tree that has it."


def _unknown_words(case: Case, cause: Cause, inside: str | None, near: list[str]) -> tuple[str, str]:
    if inside is not None:
        return (
            f"the kernel has {cause.subject}, and does not export it",
            "Do without it, or export it (EXPORT_SYMBOL_GPL) in a kernel of your own.",
        )
    message, advice = remedy(case, cause)
    similar = f" (it has {', '.join(near)})" if near else ""
    return message + similar, advice + (" Name that module as well." if case.exporters.has_tree else _NAME_IT)


def license(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield that the licence bars the module: its own, or that of the module whose symbols it uses."""
    found = find(case.kernel, cause.subject)
    owner = found[1] if found else None
    license_ = case.load.parsed.info("license") if case.load and case.load.module else None
    if owner is not None and owner.taints >> Taint.PROPRIETARY_MODULE & 1 and not (found and found[0].gpl):
        yield error(
            "symbol-proprietary-owner",
            cause.subject,
            f"it uses GPL-only symbols, and {cause.subject} of the proprietary module {owner.name}",
            "Use only one of the two kinds.",
            owner=owner.name,
            license=license_,
        )
        return
    yield error(
        "symbol-gpl-only",
        cause.subject,
        f"{cause.subject} is only for modules under the GPL, and this one's licence is {quoted(license_)}",
        remedy(case, cause)[1],
        license=license_,
        owner=owner.name if owner else "vmlinux",
        section=".modinfo",
        offset=offset(case, f"license={license_}"),
    )


def namespace(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield which namespace it is, and which the module imports."""
    imported = list(case.load.parsed.namespaces) if case.load and case.load.module else []
    words = remedy(case, cause)
    yield error("symbol-namespace", cause.subject, *words, namespace=cause.detail, imported=imported)
