"""From a cause to a finding: both sides of what was compared, where it lies, and what to do.

A teller takes the case and a cause, and yields findings: one, or more where one defect shows in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from modtools import causes
from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Evidence, Finding, Met, Severity
from modtools.diagnose.given import Candidate
from modtools.diagnose.namesakes import Namesakes
from modtools.diagnose.rules import OF_CAUSE
from modtools.diagnose.signers import signer
from modtools.errors import Cause
from modtools.kernel.module.load_info import Load
from modtools.kernel.module.resolve import find
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.linuxerrno import strerror

SHOWN: Final = 10
"""Names that evidence lists of many."""


class Case(NamedTuple):
    """A module on a kernel: its file, the loading as far as it went, and who exports what.

    `refused` are the names of the modules that it needs and that were refused, with their errno; `image` is what the
    kernel was given, b"" where nothing was.
    """

    kernel: Kernel
    candidate: Candidate
    image: bytes
    load: Load | None
    exporters: Exporters
    namesakes: Namesakes
    refused: Mapping[str, int]

    @property
    def file(self) -> str:
        """The module's file, as it is shown."""
        return self.candidate.path


Teller = Callable[[Case, Cause], Iterator[Finding]]


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


def error(rule: str, subject: str, message: str, advice: str, **evidence: Evidence) -> Finding:
    """Return a finding for which the module does not load. Evidence that says nothing is left out."""
    told = {name: value for name, value in evidence.items() if value not in (None, "", [])}
    return Finding(rule, Severity.ERROR, "", subject, message, advice, told)


def _plain(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield what needs no evidence but the kernel's own words."""
    message, advice = _PLAIN.get(cause.kind, ("the kernel refuses the module", "See the kernel's log."))
    words = {"subject": cause.subject, "detail": cause.detail, "file": case.file}
    evidence = {"detail": cause.detail} if cause.detail else {}
    yield error(OF_CAUSE[cause.kind], cause.subject, message.format(**words), advice.format(**words), **evidence)


_PLAIN: Final[Mapping[causes.Kind, tuple[str, str]]] = {
    causes.MODULES_DISABLED: (
        "loading modules is disabled until the next boot (kernel.modules_disabled)",
        "Boot the machine again: `pymod boot`.",
    ),
    causes.COMPRESSION_REFUSED: (
        "the kernel cannot unpack the file: {detail}",
        "Compress it as this kernel wants it (`xz --check=crc32 --lzma2=dict=1MiB`), or not at all.",
    ),
    causes.ELF_TOO_SHORT: ("the file is shorter than an ELF header", "Build or copy it again."),
    causes.ELF_INVALID: ("the file is no ELF file that the kernel takes: {detail}", "Build or copy it again."),
    causes.ELF_DAMAGED: ("the file is damaged: {detail}", "Build or copy it again."),
    causes.PARTS_MISSING: (
        "the file lacks what each module has: {detail}",
        "Do not strip it of more than debugging information (`strip --strip-debug`).",
    ),
    causes.BLACKLISTED: (
        "module_blacklist= on the kernel's command line names {subject}",
        "Boot without module_blacklist={subject}.",
    ),
    causes.LIVEPATCH_DISABLED: (
        "{subject} is a live patch, and the kernel was built without CONFIG_LIVEPATCH",
        "Use a kernel with CONFIG_LIVEPATCH.",
    ),
    causes.NAME_TAKEN: ("a module {subject} is there already ({detail})", "Remove it first: `rmmod {subject}`."),
    causes.NAME_EMPTY: ("the module has no name", "Build it with kbuild, which sets KBUILD_MODNAME."),
    causes.NAME_BUILT_IN: (
        "{subject} is built into this kernel",
        "It need not be loaded; to replace it, build a kernel with it as a module.",
    ),
    causes.SYMBOL_COMMON: ("{subject} is a common symbol", "Compile the module with -fno-common."),
    causes.SYMBOL_SECTION: (
        "symbol {subject} is in section {detail}, which the file does not have",
        "Build or copy it again.",
    ),
    causes.EXPORTER_LOADING: ("{subject} exports what it needs, and is still loading", "Try again later."),
    causes.EXPORTER_UNLOADING: ("{subject} exports what it needs, and is being removed", "Load it again first."),
    causes.BTF_MISMATCH: (
        "the module's BTF was made against another kernel",
        "Build it against this kernel's own vmlinux.",
    ),
    causes.EXPORT_FLAGS: (
        "the module exports symbols, and has no section __kflagstab",
        "Build it against this kernel's own headers.",
    ),
    causes.EXPORT_DUPLICATE: (
        "it exports {subject}, which {detail} exports already",
        "Rename one of the two, or load only one of the modules.",
    ),
    causes.TOO_LARGE: ("it asks for {detail}, more than the kernel has for modules", "Make it smaller."),
    causes.PAGE_FAULT: (
        "the kernel itself oopses on this file, at {subject}",
        "Do not load it: build or copy it again.",
    ),
    causes.CODE_REFUSED: (
        "{subject} returned {detail}",
        "A driver whose device is not there returns -19 (ENODEV): see the kernel's log.",
    ),
    causes.CODE_OOPSED: ("{subject} oopsed", "See the kernel's log for the place in its code."),
    causes.CODE_STUCK: ("{subject} does not end", "See the kernel's log for where it goes round."),
    causes.CODE_INTERRUPTED: ("{subject} waits for what never comes", "See the kernel's log."),
    causes.CODE_STOPPED: ("{subject} was not run to its end: {detail}", "Try it on a real machine."),
}


def _machine(case: Case, cause: Cause) -> Iterator[Finding]:
    kernel = case.kernel.identity.machine
    yield error(
        "elf-machine",
        cause.subject,
        f"the module is for {cause.subject or 'another processor'}, the kernel for {kernel}",
        f"Build it for {kernel} (ARCH=, CROSS_COMPILE=).",
        module=cause.subject,
        kernel=kernel,
    )


def _invalid(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield that the file ends too soon where its sections say so, else what the kernel says of it."""
    for finding in _plain(case, cause):
        cut = _cut(case.image)
        yield (
            finding
            if cut is None
            else error(
                "elf-truncated",
                "",
                f"the file has {len(case.image)} bytes, and its contents need {cut}",
                "Copy it again: it was cut off.",
                size=len(case.image),
                needed=cut,
                detail=cause.detail,
            )
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


def _struct_size(case: Case, cause: Cause) -> Iterator[Finding]:
    section = case.load and case.load.elf and case.load.elf.section(".gnu.linkonce.this_module")
    size = case.kernel.identity.features.module_size
    yield error(
        "struct-module-size",
        cause.subject,
        f"the module's struct module has {section.size if section else 'another number of'} bytes, the kernel's {size}",
        "Build it against this kernel's own headers and configuration.",
        module=section.size if section else None,
        kernel=size,
        section=".gnu.linkonce.this_module",
    )


def _signature(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield why a signature is not accepted: there is none, its key is not trusted, or it is damaged."""
    told = signer(case.kernel, case.image)
    rule, message = (
        ("signature-bad", "the module is not what was signed, or its signature is damaged")
        if cause.kind == causes.SIGNATURE_BAD
        else ("signature-unknown-key", f"the module is signed by {told['signer']}, whose key the kernel does not trust")
        if told.get("signer")
        else ("signature-missing", "the module is not signed")
    )
    who = {causes.SIGNATURE_LOCKDOWN: f" (lockdown={cause.detail})"}.get(cause.kind, "")
    enforced = cause.kind != causes.SIGNATURE_BAD
    yield error(
        rule,
        "",
        message + (f", and the kernel loads only signed ones{who}" if enforced else ""),
        "Sign it with a key that the kernel trusts (scripts/sign-file), or enrol its key (mokutil)."
        if enforced
        else "Sign it again after the last change (stripping changes it, too), or copy it again.",
        **told,
    )


def _vermagic(case: Case, cause: Cause) -> Iterator[Finding]:
    versioned = bool(case.load and case.load.versioned)
    rows = list(_words(cause.subject, cause.detail, versioned))
    decisive = [row for row in rows if row["counts"]]
    differ = "; ".join(f"{_quoted(row['module'])} instead of {_quoted(row['kernel'])}" for row in decisive)
    yield error(
        "vermagic-mismatch",
        "",
        f"the module was built for a kernel of another {'configuration' if versioned else 'version'}: {differ}",
        "Build it against this kernel's own headers and configuration.",
        module=cause.subject,
        kernel=cause.detail,
        words=rows,
        section=".modinfo",
        offset=_offset(case, f"vermagic={cause.subject}"),
    )


def _quoted(text: Evidence) -> str:
    return f"'{text}'" if text else "nothing"


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


def _offset(case: Case, entry: str) -> int | None:
    """Return where in the file an entry of .modinfo lies, in bytes."""
    elf = case.load and case.load.elf
    section = elf.section(".modinfo") if elf else None
    if not elf or not section:
        return None
    at = b"\0" + bytes(elf.contents(section))
    found = at.find(b"\0" + entry.encode("utf-8", "surrogateescape") + b"\0")
    return None if found < 0 else section.offset + found


def _force(case: Case, cause: Cause) -> Iterator[Finding]:
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
        f"only force would load it ({cause.detail}), and the kernel was built without CONFIG_MODULE_FORCE_LOAD",
        "Build it for this kernel; force is for kernels that allow it.",
        reason=cause.detail,
    )


def _crc(case: Case, cause: Cause) -> Iterator[Finding]:
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
        "Build it against this kernel's own headers, configuration and Module.symvers.",
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


def _crc_missing(case: Case, cause: Cause) -> Iterator[Finding]:
    found = find(case.kernel, cause.subject)
    yield error(
        "symbol-version-missing",
        cause.subject,
        f"the module has no CRC for {cause.subject}",
        "Build it with the Module.symvers of the module that exports it (KBUILD_EXTRA_SYMBOLS).",
        kernel=_hex(found[0].crc if found else None),
        section="__versions",
    )


def _unknown(case: Case, cause: Cause) -> Iterator[Finding]:
    """Yield who exports a symbol that is not found: a module that can be loaded first, or nobody."""
    name = cause.subject
    exporter = case.exporters.of(name, case.candidate)
    if exporter is not None and exporter.path != case.candidate.path:
        number = case.refused.get(exporter.name)
        state = f"which was refused ({strerror(number)})" if number else "which is not loaded"
        yield error(
            "symbol-not-loaded",
            name,
            f"{name} is exported by {exporter.name}, {state}",
            f"See what is found of {exporter.path}." if number else f"Load {exporter.path} first, or use modprobe.",
            exporter=exporter.path,
            symbols=[name],
        )
        return
    if cause.kind == causes.SYMBOL_NOT_KNOWN:
        yield error(
            "symbol-not-known",
            name,
            f"it is not known whether this kernel exports {name}",
            "Name the kernel's image or its Module.symvers as well.",
            told_by=case.kernel.identity.booted_from,
        )
        return
    inside, near = case.namesakes.letter(name), case.namesakes.similar(name)
    words = _unknown_words(name, inside, near, tree=case.exporters.has_tree)
    yield error("symbol-unknown", name, *words, in_kernel=inside, similar=near)


def _unknown_words(name: str, inside: str | None, near: list[str], *, tree: bool) -> tuple[str, str]:
    if inside is not None:
        return (
            f"the kernel has {name}, and does not export it",
            "Do without it, or export it (EXPORT_SYMBOL_GPL) in a kernel of your own.",
        )
    similar = f" (it has {', '.join(near)})" if near else ""
    return (
        f"neither the kernel nor a module that is at hand exports {name}{similar}",
        "Name the module that exports it as well"
        + ("" if tree else ", or with --tree the module tree that has it")
        + "; if none does, it is gone from this kernel or renamed: build against one that has it.",
    )


def _license(case: Case, cause: Cause) -> Iterator[Finding]:
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
        f"{cause.subject} is only for modules under the GPL, and this one's licence is {_quoted(license_)}",
        "Put MODULE_LICENSE() under a licence that is compatible, if it is yours to do so; else do without the symbol.",
        license=license_,
        owner=owner.name if owner else "vmlinux",
        section=".modinfo",
        offset=_offset(case, f"license={license_}"),
    )


def _namespace(case: Case, cause: Cause) -> Iterator[Finding]:
    imported = list(case.load.parsed.namespaces) if case.load and case.load.module else []
    message, advice = _NAMESPACES[cause.kind]
    words = {"subject": cause.subject, "detail": cause.detail}
    yield error(
        "symbol-namespace",
        cause.subject,
        message.format(**words),
        advice.format(**words),
        namespace=cause.detail,
        imported=imported,
    )


_NAMESPACES: Final = {
    causes.SYMBOL_NAMESPACE: (
        "{subject} is in the namespace {detail}, which the module does not import",
        'Add MODULE_IMPORT_NS({detail}) to the module (with quotes since Linux 6.13: "{detail}").',
    ),
    causes.SYMBOL_OF_MODULES: (
        "{subject} is only for the modules that its namespace names ({detail})",
        "Do without it: a namespace for modules cannot be imported.",
    ),
    causes.NAMESPACE_IMPORTED: (
        "it imports {detail}, a namespace that names its modules itself",
        "Take MODULE_IMPORT_NS() of it out.",
    ),
}


def _relocation(_: Case, cause: Cause) -> Iterator[Finding]:
    rule, message, advice = next(
        (row for pattern, *row in _RELOCATIONS if re.search(pattern, cause.detail)), _RELOCATIONS[-1][1:]
    )
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
    (
        "",
        "relocation-unsupported",
        "the module has a relocation that the kernel refuses",
        "Build it as modules of this kernel are: by kbuild, and not with -fPIC.",
    ),
)


def _parameter(case: Case, cause: Cause) -> Iterator[Finding]:
    found = [] if case.load is None else case.load.loaded.details.parameters
    kind = next((each.type for each in found if each.name.replace("-", "_") == cause.subject.replace("-", "_")), "")
    takes = _FORMS.get(kind.removeprefix("array of "), "a value of its own kind")
    yield error(
        "parameter-invalid",
        cause.subject,
        f"the parameter {cause.subject} does not accept {_quoted(cause.detail)}",
        f"It takes {takes}{' (several, with commas between)' if kind.startswith('array') else ''}.",
        value=cause.detail,
        type=kind,
        takes=takes,
    )


_WHOLE: Final = "whole number, decimal, 0x hexadecimal or 0 octal, from {} to {}"
_FORMS: Final[Mapping[str, str]] = {
    "bool": "nothing, y, Y, 1, on, or n, N, 0, off",
    "invbool": "nothing, y, Y, 1, on, or n, N, 0, off",
    "bint": "y, Y, 1, on, or n, N, 0, off",
    "charp": "a text of at most 1023 characters",
    "byte": f"a {_WHOLE.format(0, 255)}",
    "short": f"a {_WHOLE.format(-32768, 32767)}",
    "ushort": f"a {_WHOLE.format(0, 65535)}",
    "int": f"a {_WHOLE.format(-2147483648, 2147483647)}",
    "uint": f"a {_WHOLE.format(0, 4294967295)}",
    "hexint": f"a {_WHOLE.format(0, 4294967295)}",
    "long": "a whole number as large as a register",
    "ulong": "a whole number as large as a register, not negative",
    "ullong": "a whole number of 64 bits, not negative",
}

_TELLERS: Final[Mapping[causes.Kind, Teller]] = {
    causes.ELF_MACHINE: _machine,
    causes.ELF_INVALID: _invalid,
    causes.ELF_DAMAGED: _invalid,
    causes.STRUCT_SIZE: _struct_size,
    causes.SIGNATURE_BAD: _signature,
    causes.SIGNATURE_ENFORCED: _signature,
    causes.SIGNATURE_LOCKDOWN: _signature,
    causes.VERMAGIC_MISMATCH: _vermagic,
    causes.FORCE_NOT_ALLOWED: _force,
    causes.CRC_MISMATCH: _crc,
    causes.CRC_MISSING: _crc_missing,
    causes.SYMBOL_UNKNOWN: _unknown,
    causes.SYMBOL_NOT_KNOWN: _unknown,
    causes.SYMBOL_LICENSE: _license,
    causes.SYMBOL_NAMESPACE: _namespace,
    causes.SYMBOL_OF_MODULES: _namespace,
    causes.NAMESPACE_IMPORTED: _namespace,
    causes.RELOCATION_REFUSED: _relocation,
    causes.PARAMETER_INVALID: _parameter,
    causes.PARAMETER_TOO_LARGE: _parameter,
}
