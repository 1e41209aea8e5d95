"""status: show which kernel runs, its taint and modules, and where its files are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modtools.command import Call, command
from modtools.kernel.module.relocation import unlinked
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.kernel.taint import in_words
from modtools.place import Place
from modtools.report import Field, Fields, Report
from modtools.shared import identity
from modtools.store import Store


@command(lists=True)
def tool(call: Call) -> Report:
    """Show which kernel runs, its taint, what is loaded, and where the machine lives."""
    store = Store(call.place.state)
    kernel = store.read()
    return Report((Fields("machine", (*_kernel(kernel), *_modules(kernel), *_place(call.place, store.exists()))),))


def _kernel(kernel: Kernel) -> Iterator[Field]:
    policy = kernel.policy
    yield from identity.fields(kernel, whole=True)
    yield Field("taint", "Taint", kernel.taint, "\n".join((str(kernel.taint), *in_words(kernel.taint))))
    rules = {
        "loading and unloading is disabled": kernel.modules_disabled,
        "only signed modules may be loaded": policy.sig_enforce,
        f"lockdown: {policy.lockdown}": bool(policy.lockdown),
        f"refused: {', '.join(policy.blacklist)}": bool(policy.blacklist),
    }
    holding = [text for text, holds in rules.items() if holds]
    yield Field("rules", "Rules", holding, "\n".join(holding) or "none: all modules may be loaded")


def _modules(kernel: Kernel) -> Iterator[Field]:
    modules = kernel.modules.values()
    yield Field("modules", "Modules loaded", len(modules))
    assumed = [module.name for module in modules if module.init.how == "assumed"]
    yield Field("assumed", "Init assumed", assumed, _count(assumed, " (code not run, taken to return 0)"))
    stopped = {module.name: module.init.detail for module in modules if module.init.how in (End.NEEDS, End.FAILED)}
    reasons = [
        f"{name}: {'needs ' * (kernel.modules[name].init.how == End.NEEDS)}{why}" for name, why in stopped.items()
    ]
    yield Field("stopped", "Init stopped", stopped, _count(reasons, " (taken to return 0)"))
    names = unlinked(kernel)
    yield Field("relocations_not_checked", "Not checked", names, _count(names, " (relocations are not applied)"))
    yield Field("log_lines", "Log messages", len(kernel.log.readable()))


def _count(names: Sequence[str], note: str) -> str:
    """Return how many there are, the first of them by name, and a note that concerns them."""
    listed = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    return f"{len(names)}: {listed}{note}" if names else "none"


def _place(place: Place, stored: bool) -> Iterator[Field]:
    fresh = "" if stored else " (not created yet: nothing has been changed)"
    yield Field("state", "State", str(place.state), f"{place.state}{fresh}")
    yield Field("root", "Root", str(place.root))
