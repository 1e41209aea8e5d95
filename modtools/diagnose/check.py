"""Modules on kernels: a row for each, with the verdict that insmod would bring and all that is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Self

from modtools import causes
from modtools.config import Config
from modtools.diagnose.case import Case, error
from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Finding, Met, Row, Severity, Verdict
from modtools.diagnose.given import Candidate
from modtools.diagnose.insertion import Tried, load
from modtools.diagnose.notes import notes
from modtools.diagnose.scratch import Scratch
from modtools.diagnose.together import Together
from modtools.errors import FormatError, KernelError
from modtools.kernel.facts import FACTS
from modtools.kernel.module.load_info import Load
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.linuxerrno import EACCES, ENOENT, EPERM, INSMOD_WORDS, strerror
from modtools.module import Module
from modtools.tree.lookup import Lookup

if TYPE_CHECKING:
    from modtools.diagnose.collect import Collected


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

    @classmethod
    def of(
        cls, word: str, scratch: Scratch, given: Sequence[Candidate], lookup: Lookup | None, args: Mapping[str, str]
    ) -> Self:
        """Return what checks some modules on a kernel: many at once, unless their code is run."""
        exporters = Exporters(given, lookup)
        together = None if scratch.run or len(given) == 1 else Together(scratch, exporters, args)
        return cls(word, scratch, exporters, args, None if lookup is None else lookup.config, together)


def check(against: Against, candidate: Candidate) -> Row:
    """Return what a kernel makes of a module, loaded after all that it needs."""
    member = None if against.together is None else against.together.member(candidate)
    if member is None:
        return _alone(against, candidate)
    return _loaded(against, candidate, member.tried, [each.name for each in member.needed])


def _loaded(against: Against, candidate: Candidate, tried: Tried, needed: Iterable[str]) -> Row:
    """Return the row of a module that loads, after others that it needs."""
    kernel, loaded = against.scratch.kernel, tried.loaded
    assert loaded is not None
    image, module = tried.file or _read(kernel, candidate)
    load_ = Load(kernel, b"", 0, loaded, module=module)
    case = Case(kernel, candidate, image, load_, against.exporters, against.scratch.namesakes, {})
    found = list(notes(case, against.args.get(candidate.name, ""), loaded, against.config))
    return _row(against.word, case, tried, (), found, (*needed, candidate.name), sorted(loaded.uses))


def _read(kernel: Kernel, candidate: Candidate) -> tuple[bytes, Module]:
    """Return a file and the module in it, as the kernel reads it."""
    image = _image(candidate) or b""
    return image, Module.from_bytes(image, kernel.arch.bits, kernel.arch.little)


def _alone(against: Against, candidate: Candidate) -> Row:
    """Return the row of a module that is loaded into a kernel with nothing but what it needs."""
    exporters, args = against.exporters, against.args
    kernel = against.scratch.copied()
    before = {each.name: load(kernel, each, args.get(each.name, "")) for each in exporters.needed(kernel, candidate)}
    mine = args.get(candidate.name, "")
    uses = sorted(each.name for each in exporters.direct(against.scratch.kernel, candidate))
    tried = load(kernel, candidate, mine)
    if tried.loaded is not None:
        return _loaded(against, candidate, tried, before)
    from modtools.diagnose.collect import collect  # most modules load, and need none of this
    from modtools.diagnose.evidence import tell

    image = _image(candidate)
    collected = None if image is None else collect(kernel, image, mine)
    refused = {name: each.errno for name, each in before.items() if each.loaded is None}
    done = collected.load if collected else None
    case = Case(kernel, candidate, image or b"", done, exporters, against.scratch.namesakes, refused)
    met = _met(tried, collected)
    found = tell(case, met) or [_unreadable(tried)]
    found += notes(case, mine, None, against.config)
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
    if any(each.step == "run_init" for each in first):
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
    """Return that a file cannot be read. By whom it may be read, does not tell what is in it."""
    text = strerror(tried.errno) if tried.errno else "it is no module"
    if tried.errno in (EACCES, EPERM):
        message = f"the file cannot be read: {text}"
        advice = "Check it as a user who may read it."
        return Finding(_UNREADABLE, Severity.WARNING, "", "", message, advice, {"errno": tried.errno})
    return error(_UNREADABLE, "", f"the file cannot be read: {text}", "Copy it again.", errno=tried.errno)


_UNREADABLE = "file-unreadable"
_LEAVE_OPEN = ("kernel-not-known", "init-unknown", _UNREADABLE)
"""Rules whose findings, unless they are errors, say what would tell more."""


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
    told = (*unknown, *found)
    needs = tuple(each.message for each in told if each.rule in _LEAVE_OPEN and each.severity is not Severity.ERROR)
    verdict = Verdict.UNKNOWN if needs else Verdict.LOADS if tried.loaded else Verdict.REFUSED
    module = None if case.load is None else case.load.module
    name = (module.name if module else "") or case.candidate.name
    gone = tried.errno == ENOENT and any(each.rule == _UNREADABLE for each in found)
    words = strerror(tried.errno, {} if gone else INSMOD_WORDS) if tried.errno else "Killed" if tried.ended else ""
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
