"""Modules on kernels: a row for each, with the verdict that insmod would bring and all that is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from modtools import causes
from modtools.config import Config
from modtools.diagnose.collect import Collected, collect
from modtools.diagnose.evidence import Case, error, tell
from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Finding, Met, Row, Severity, Verdict
from modtools.diagnose.given import Candidate
from modtools.diagnose.insertion import Tried, load
from modtools.diagnose.notes import notes
from modtools.diagnose.scratch import Scratch
from modtools.diagnose.together import Member, Together
from modtools.errors import FormatError, KernelError
from modtools.kernel.facts import FACTS
from modtools.kernel.module.load_info import Load
from modtools.kernel.state import Kernel
from modtools.linuxerrno import INSMOD_WORDS, strerror
from modtools.module import Module


class Against(NamedTuple):
    """A kernel to check modules on, by the word that named it, with who exports what beside it.

    `args` are parameters by module, `config` is modprobe's configuration, None where there is none. `together` has many
    modules at once; None to try each alone.
    """

    word: str
    scratch: Scratch
    exporters: Exporters
    args: Mapping[str, str]
    config: Config | None = None
    together: Together | None = None


def check(against: Against, candidate: Candidate) -> Row:
    """Return what a kernel makes of a module, loaded after all that it needs."""
    member = None if against.together is None else against.together.member(candidate)
    return _alone(against, candidate) if member is None else _loaded(against, candidate, member)


def _loaded(against: Against, candidate: Candidate, member: Member) -> Row:
    """Return the row of a module that loads."""
    exporters, kernel = against.exporters, against.scratch.kernel
    loaded = member.tried.loaded
    assert loaded is not None
    image = _image(candidate) or b""
    case = Case(
        kernel,
        candidate,
        image,
        Load(kernel, b"", 0, loaded, module=Module.from_bytes(image)),
        exporters,
        against.scratch.namesakes,
        {},
    )
    found = list(notes(case, against.args.get(candidate.name, ""), loaded, against.config))
    names = tuple(each.name for each in member.needed)
    return _row(against.word, case, member.tried, (), found, (*names, candidate.name), sorted(loaded.uses))


def _alone(against: Against, candidate: Candidate) -> Row:
    """Return the row of a module that is loaded into a kernel with nothing but what it needs."""
    exporters, args = against.exporters, against.args
    kernel = against.scratch.copied()
    needed = exporters.needed(kernel, candidate)
    before = {each.name: load(kernel, each, args.get(each.name, "")) for each in needed}
    refused = {name: tried.errno for name, tried in before.items() if tried.loaded is None}
    mine = args.get(candidate.name, "")
    tried = load(kernel, candidate, mine)
    image = _image(candidate)
    if tried.loaded is not None and tried.loaded.name in kernel.modules:
        del kernel.modules[tried.loaded.name]
    collected = None if image is None else collect(kernel, image, mine)
    case = Case(
        kernel,
        candidate,
        image or b"",
        collected.load if collected else None,
        exporters,
        against.scratch.namesakes,
        refused,
    )
    met = _met(tried, collected)
    found = tell(case, met)
    found += [] if met or tried.loaded else [_unreadable(tried)]
    found += notes(case, mine, tried.loaded, against.config)
    uses = sorted(each.name for each in exporters.direct(against.scratch.kernel, candidate))
    return _row(against.word, case, tried, met, found, (*before, candidate.name), uses)


def _image(candidate: Candidate) -> bytes | None:
    try:
        return bytes(candidate.image())
    except (OSError, FormatError, ValueError):
        return None


def _met(tried: Tried, collected: Collected | None) -> Sequence[Met]:
    """Return for what the module is refused, the deciding causes first: those that it was really refused for."""
    decisive = () if tried.ended is None else tried.ended.causes
    met = () if collected is None else collected.met
    steps = {each.cause: each.step for each in met}
    first = [Met(steps.get(cause, _STEPS.get(cause.kind, "")), cause) for cause in decisive]
    if tried.loaded is not None or any(each.step == "run_init" for each in first):
        return first  # only of what does not come as far as its init there may be more
    more = [each for each in met if each.cause not in decisive]
    return list(_each_once([*first, *more]))


def _each_once(met: Iterable[Met]) -> Iterator[Met]:
    """Yield all but the later ones of a kind of which one says all."""
    seen = set()
    for each in met:
        if each.cause.kind not in seen or each.cause.kind not in _ONLY_ONCE:
            seen.add(each.cause.kind)
            yield each


_STEPS: Mapping[causes.Kind, str] = {
    **dict.fromkeys(
        (causes.CODE_REFUSED, causes.CODE_OOPSED, causes.CODE_STUCK, causes.CODE_INTERRUPTED, causes.CODE_STOPPED),
        "run_init",
    ),
    causes.COMPRESSION_REFUSED: "decompress",
}
_ONLY_ONCE = frozenset((causes.ELF_DAMAGED, causes.CRC_MISMATCH))
"""Causes of which the first finding tells of all."""


def _unreadable(tried: Tried) -> Finding:
    text = strerror(tried.errno) if tried.errno else "it is no module"
    return error("file-unreadable", "", f"the file cannot be read: {text}", "Copy it again.", errno=tried.errno)


def _row(
    word: str,
    case: Case,
    tried: Tried,
    met: Sequence[Met],
    found: Sequence[Finding],
    order: tuple[str, ...],
    uses: Sequence[str],
) -> Row:
    unknown = list(map(_unknown, _not_known(case.kernel, tried, met)))
    needs = tuple(each.message for each in (*unknown, *found) if each.rule in ("kernel-not-known", "init-unknown"))
    verdict = Verdict.UNKNOWN if needs else Verdict.LOADS if tried.loaded else Verdict.REFUSED
    module = None if case.load is None else case.load.module
    name = (module.name if module else "") or case.candidate.name
    words = strerror(tried.errno, INSMOD_WORDS) if tried.errno else "Killed" if tried.ended else ""
    return Row(
        word, name, case.file, verdict, tried.errno, words, tried.log, order, tuple(uses), needs, (*found, *unknown)
    )


def _unknown(fact: str) -> Finding:
    """Return the finding that a fact which decides is not known of the kernel."""
    message = f"the kernel's {FACTS[fact]} {'are' if FACTS[fact].endswith('s') else 'is'} not known"
    advice = f"Name {_TOLD_BY.get(fact, _IMAGE)} beside what the kernel is named by."
    return Finding("kernel-not-known", Severity.WARNING, "", fact, message, advice, {"fact": fact})


_IMAGE = "the kernel's image or the headers that modules are built against"
_TOLD_BY: Mapping[str, str] = dict.fromkeys(("symbols", "crcs", "gpl"), "the kernel's image or its Module.symvers")
"""The files that tell of a fact."""
_RESTS_ON: Mapping[causes.Kind, str] = {
    causes.SYMBOL_NOT_KNOWN: "symbols",
    causes.VERMAGIC_MISMATCH: "vermagic",
    causes.ELF_MACHINE: "machine",
    causes.SYMBOL_LICENSE: "gpl",
    causes.FORCE_NOT_ALLOWED: "options",
    causes.LIVEPATCH_DISABLED: "options",
    causes.STRUCT_SIZE: "release",
}
"""The fact of the kernel that a cause rests on."""
_DECIDE = ("release", "machine", "vermagic", "crcs", "gpl")
"""Facts that let a module load while they are not known, and might not."""


def _not_known(kernel: Kernel, tried: Tried, met: Sequence[Met]) -> Iterator[str]:
    """Yield the facts that would decide and are not known, nothing where the verdict is certain."""
    unknown = kernel.identity.unknown
    if tried.loaded is not None:
        yield from (fact for fact in _DECIDE if fact in unknown)
    elif isinstance(tried.ended, KernelError):
        facts = {_RESTS_ON.get(each.cause.kind, "") for each in met if each.cause in tried.ended.causes}
        if facts <= set(unknown):
            yield from (fact for fact in FACTS if fact in facts)
