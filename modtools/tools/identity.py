"""The virtual kernel's identity as `boot` and `status` show it: what is known of it, what is not, what follows."""

from __future__ import annotations

from collections.abc import Iterator

from modtools import emulate
from modtools.kernel.facts import FACTS
from modtools.kernel.state import Kernel
from modtools.report import Field, Value


def fields(kernel: Kernel) -> Iterator[Field]:
    """Yield the fields that `boot` and `status` show of a kernel."""
    identity, features = kernel.identity, kernel.identity.features
    yield Field("release", "Kernel", identity.release, f"{identity.release} for {identity.machine}")
    yield Field("machine", "Processor", identity.machine)
    yield Field("version", "Version", identity.version)
    yield Field("booted_from", "Booted from", identity.booted_from)
    yield Field("unknown", "Not known", identity.unknown, _words(identity.unknown))
    yield Field("judged_by", "Judged by", features.rules, f"the rules of {features.judges(identity.release)}")
    why_not = emulate.why_not(kernel)
    code: dict[str, Value] = {"run": not why_not, "why_not": why_not}
    yield Field("code", "Modules' code", code, f"not run: {why_not}" if why_not else "is run")
    yield Field("vermagic", "Version magic", identity.vermagic)
    yield Field("cmdline", "Command line", identity.cmdline)


def _words(unknown: tuple[str, ...]) -> str:
    return ", ".join(FACTS.get(fact, fact) for fact in unknown) or "nothing"
