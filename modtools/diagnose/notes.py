"""What is to be said of a module beside what refuses it: taints, odd names, parameters that do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from modtools.config import Config
from modtools.diagnose.case import SHOWN, Case
from modtools.diagnose.findings import Evidence, Finding, Severity
from modtools.diagnose.signers import signer
from modtools.kernel.cmdline import BLANKS, take_argument
from modtools.kernel.module.relocation import applies
from modtools.kernel.modules import LoadedModule
from modtools.kernel.runner import End
from modtools.kernel.taint import Taint, module_letters

_TAINTS: Final[Mapping[Taint, tuple[str, str]]] = {
    Taint.PROPRIETARY_MODULE: (
        "its licence is not compatible with the GPL",
        "Only MODULE_LICENSE() of a compatible licence changes that.",
    ),
    Taint.FORCED_MODULE: ("it is forced in without CRCs or vermagic", "Build it against this kernel's own headers."),
    Taint.CRAP: ("it is a staging driver", "It is in the kernel's staging directory: its quality is not known."),
    Taint.OOT_MODULE: ("it was built outside of the kernel's tree", "All modules of others do; it harms nothing."),
    Taint.UNSIGNED_MODULE: ("no key that the kernel trusts has signed it", "Sign it (scripts/sign-file)."),
    Taint.LIVEPATCH: ("it is a live patch", "All live patches do."),
    Taint.TEST: ("it is a test", "All tests do."),
}


def notes(case: Case, args: str, loaded: LoadedModule | None, config: Config | None) -> Iterator[Finding]:
    """Yield what is found of a module; `loaded` is what became of it, None where it was refused."""
    module = None if case.load is None else case.load.module
    if module is None:
        return
    name = module.name
    yield from _names(case, name)
    yield from _namesakes(case)
    yield from _parameters(case, args)
    yield from _blacklisted(name, config)
    yield from _not_applied(case)
    if loaded is not None:
        yield from _tainted(case, loaded)
        yield from _stopped(loaded)
    yield from _retpoline(case, module.info("retpoline"))


def _names(case: Case, name: str) -> Iterator[Finding]:
    if name and name.replace("-", "_") != case.candidate.name:
        yield Finding(
            "name-mismatch",
            Severity.WARNING,
            "",
            name,
            f"the module's own name is {name}, and its file's {case.candidate.name}",
            "Give the file the module's name: depmod and modprobe go by the file's, rmmod and lsmod by the module's.",
            {"module": name, "file": case.candidate.name, "section": ".gnu.linkonce.this_module"},
        )


def _namesakes(case: Case) -> Iterator[Finding]:
    """Yield that a kernel would not take several of the modules that were given: each is judged for itself."""
    others = [each.path for each in case.exporters.namesakes(case.candidate)]
    if others:
        more = f" and {len(others) - 1} more have" if others[1:] else " has"
        yield Finding(
            "name-loaded",
            Severity.NOTE,
            "",
            case.candidate.name,
            f"{others[0]}{more} the same name: only one of them can be loaded, and each is checked for itself",
            "Load one of them, or give them different names.",
            {"others": others[:SHOWN]},
        )


def _parameters(case: Case, args: str) -> Iterator[Finding]:
    known = {each.name.replace("-", "_") for each in case.load.loaded.details.parameters} if case.load else set()
    rest = args.encode("utf-8", "surrogateescape").lstrip(BLANKS)
    while rest:
        name, value, rest = take_argument(rest)
        if value is None and name == "--":
            return
        if name.replace("-", "_") in known or name == "async_probe" or name.rpartition(".")[2] == "dyndbg":
            continue
        from difflib import get_close_matches  # only for whom there is something to find

        near = get_close_matches(name, known, 3)
        similar = f"; it has {', '.join(near)}" if near else ""
        yield Finding(
            "parameter-unknown",
            Severity.WARNING,
            "set_parameters",
            name,
            f"the module has no parameter {name}, and the kernel passes over it{similar}",
            "`modinfo -p` lists a module's parameters.",
            {"value": value, "similar": near, "known": sorted(known)[:50]},
        )


def _blacklisted(name: str, config: Config | None) -> Iterator[Finding]:
    line = None if config is None else config.blacklisted(name)
    if line is not None:
        yield Finding(
            "blacklisted",
            Severity.NOTE,
            "",
            name,
            f"modprobe does not load {name} by its aliases: it is on the blacklist",
            "By its own name it is loaded all the same; take the line out to have its devices load it.",
            {"file": line.file, "line": line.line},
        )


def _not_applied(case: Case) -> Iterator[Finding]:
    if not applies(case.kernel):
        machine = case.kernel.identity.machine
        yield Finding(
            "relocation-unsupported",
            Severity.NOTE,
            "relocate",
            "",
            f"its relocations for {machine} are not applied: whether their values fit is not known",
            "Load it on a real machine to know.",
            {"machine": machine},
        )


def _tainted(case: Case, loaded: LoadedModule) -> Iterator[Finding]:
    for taint, (why, advice) in _TAINTS.items():
        if loaded.taints >> taint & 1:
            letter = module_letters(1 << taint)
            evidence: dict[str, Evidence] = {"letter": letter, "bit": int(taint)}
            if taint is Taint.UNSIGNED_MODULE:
                evidence |= signer(case.kernel, case.image)
            text = f"it taints the kernel ({letter}): {why}"
            yield Finding("taint", Severity.NOTE, "", loaded.name, text, advice, evidence)


def _stopped(loaded: LoadedModule) -> Iterator[Finding]:
    init = loaded.init
    if init.how in (End.NEEDS, End.FAILED):
        yield Finding(
            "init-unknown",
            Severity.WARNING,
            "run_init",
            loaded.name,
            f"its init was not run to its end: {'it needs ' * (init.how == End.NEEDS)}{init.detail}",
            "Load it on a real machine to know how its init ends.",
            {"detail": init.detail},
        )


def _retpoline(case: Case, retpoline: str | None) -> Iterator[Finding]:
    if case.kernel.identity.config.retpoline and retpoline is None:
        yield Finding(
            "retpoline",
            Severity.NOTE,
            "warn_retpoline",
            "",
            "it was built without retpolines, and the kernel with them",
            "Build it with the compiler and configuration of this kernel.",
            {"section": ".modinfo"},
        )
