"""What files are refused for: their form, signature, vermagic and relocations, with both sides of what was compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from modtools import causes
from modtools.diagnose.case import Case, error, offset, plain, quoted, remedy
from modtools.diagnose.findings import Evidence, Finding
from modtools.diagnose.signers import signer
from modtools.errors import Cause


def machine(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield for which processor the module is, and for which the kernel."""
    kernel = case.kernel.identity.machine
    yield error(
        "elf-machine",
        cause.subject,
        f"the module is for {cause.subject or 'another processor'}, the kernel for {kernel}",
        remedy(case, cause)[1],
        module=cause.subject,
        kernel=kernel,
    )


def invalid(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield that the file ends too soon where its sections say so, else what the kernel says of it."""
    cut = _cut(case.image)
    if cut is None:
        yield plain(case, cause)
        return
    message = f"the file has {len(case.image)} bytes, and its contents need {cut}"
    size = len(case.image)
    yield error(
        "elf-truncated", "", message, "Copy it again: it was cut off.", size=size, needed=cut, detail=cause.detail
    )


def _cut(image: bytes) -> int | None:
    """Return how many bytes an ELF file of 64 or 32 bits would have by its header, if that is more than there are."""
    if len(image) < 64 or image[:4] != b"\x7fELF":
        return None
    order = "little" if image[5] == 1 else "big"
    at, width, sizes = (40, 8, 58) if image[4] == 2 else (32, 4, 46)
    start = int.from_bytes(image[at : at + width], order)  # type: ignore[arg-type]
    size, count = (int.from_bytes(image[place : place + 2], order) for place in (sizes, sizes + 2))  # type: ignore[arg-type]
    end = start + size * count
    usual = size == (64 if image[4] == 2 else 40)
    return end if usual and len(image) < end < len(image) << 10 else None


def struct_size(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield how large `struct module` is in the module, and in the kernel."""
    section = case.load and case.load.elf and case.load.elf.section(".gnu.linkonce.this_module")
    size = case.kernel.identity.features.module_size
    yield error(
        "struct-module-size",
        cause.subject,
        f"the module's struct module has {section.size if section else 'another number of'} bytes, the kernel's {size}",
        remedy(case, cause)[1],
        module=section.size if section else None,
        kernel=size,
        section=".gnu.linkonce.this_module",
    )


def signature(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield why a signature is not accepted: there is none, its key is not trusted, or it is damaged."""
    told = signer(case.kernel, case.image)
    message, advice = remedy(case, cause)
    if cause.kind == causes.SIGNATURE_BAD:
        yield error("signature-bad", "", message, advice, **told)
        return
    who = told.get("signer")
    rule = "signature-unknown-key" if who else "signature-missing"
    state = f"signed by {who}, whose key the kernel does not trust" if who else "not signed"
    lockdown = f" (lockdown={cause.detail})" if cause.detail else ""
    yield error(rule, "", f"the module is {state}, and the kernel loads only signed ones{lockdown}", advice, **told)


def vermagic(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield the words in which the two vermagics differ."""
    versioned = bool(case.load and case.load.versioned)
    rows = list(_words(cause.subject, cause.detail, versioned))
    decisive = [row for row in rows if row["counts"]]
    differ = "; ".join(f"{quoted(row['module'])} instead of {quoted(row['kernel'])}" for row in decisive)
    yield error(
        "vermagic-mismatch",
        "",
        f"the module was built for a kernel of another {'configuration' if versioned else 'version'}: {differ}",
        remedy(case, cause)[1],
        module=cause.subject,
        kernel=cause.detail,
        words=rows,
        section=".modinfo",
        offset=offset(case, f"vermagic={cause.subject}"),
    )


def _words(module: str, kernel: str, versioned: bool) -> Iterator[dict[str, Evidence]]:
    """Yield the words in which two vermagics differ, and whether each counts: a release does not where CRCs do."""
    (release, _, ours), (wanted, _, theirs) = module.partition(" "), kernel.partition(" ")
    if release != wanted:
        yield {"module": release, "kernel": wanted, "counts": not versioned}
    mine, its = ours.split(), theirs.split()
    for word in mine:
        if word not in its:
            yield {"module": word, "kernel": "", "counts": True}
    for word in its:
        if word not in mine:
            yield {"module": "", "kernel": word, "counts": True}
    if ours != theirs and set(mine) == set(its):
        yield {"module": ours, "kernel": theirs, "counts": True}


def force(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield what is missing, and that only force would load the module."""
    if cause.detail == "bad vermagic":
        yield error(
            "vermagic-mismatch",
            "",
            "the module says of no kernel that it was built for it: .modinfo has no vermagic",
            "Build it with kbuild, and do not use modprobe --force-vermagic.",
            module=None,
            kernel=case.kernel.identity.vermagic,
            section=".modinfo",
        )
    elif cause.detail == "no versions for exported symbols":
        yield error(
            "export-versions",
            "",
            "the module exports symbols without CRCs",
            "Build it with CONFIG_MODVERSIONS, as the kernel was.",
            section="__kcrctab",
        )
    else:
        yield error(
            "symbol-version-missing",
            cause.detail,
            "the module has no CRCs at all: it was built without CONFIG_MODVERSIONS",
            "Build it against this kernel's own headers and configuration.",
            section="__versions",
        )
    yield error(
        "force-needed",
        cause.subject,
        *remedy(case, cause),
        reason=cause.detail,
    )


def relocation(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield what is wrong with a relocation, by the words of the kernel."""
    known = (row for pattern, *row in _RELOCATIONS if re.search(pattern, cause.detail))
    rule, message, advice = next(known, ("relocation-unsupported", *remedy(case, cause)))
    yield error(rule, cause.subject, message, advice, detail=cause.detail)


_RELOCATIONS: Final = (
    (
        "overflow|out of range|does not fit|not in range|out-of-range",
        "relocation-overflow",
        "a relocation's value does not fit into its field",
        "Build it as modules of this kernel are: by kbuild, with its flags for code and memory model.",
    ),
    (
        "existing value is nonzero",
        "relocation-nonzero-target",
        "the place of a relocation holds something already",
        "The file is damaged, or was relocated before: build or copy it again.",
    ),
)
