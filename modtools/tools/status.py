"""status: which kernel runs, what has become of it, and where the machine lives."""

from __future__ import annotations

from collections.abc import Iterator

import click

from modtools.command import Call, Tool
from modtools.kernel.state import Kernel
from modtools.kernel.taint import in_words
from modtools.place import Place
from modtools.report import Field, Fields, Report
from modtools.store import Store


@click.command(cls=Tool, lists=True)
def tool(call: Call) -> Report:
    """Show which kernel runs, its taint, what is loaded, and where the machine lives."""
    store = Store(call.place.state)
    kernel = store.read()
    return Report((Fields("machine", (*_kernel(kernel), *_modules(kernel), *_place(call.place, store.exists()))),))


def _kernel(kernel: Kernel) -> Iterator[Field]:
    identity, policy = kernel.identity, kernel.policy
    yield Field("release", "Kernel", identity.release, f"{identity.release} for {identity.machine}")
    yield Field("machine", "Processor", identity.machine)
    yield Field("version", "Version", identity.version)
    yield Field("booted_from", "Booted from", identity.booted_from)
    yield Field("vermagic", "Version magic", identity.vermagic)
    yield Field("cmdline", "Command line", identity.cmdline)
    yield Field("taint", "Taint", kernel.taint, "\n".join((str(kernel.taint), *in_words(kernel.taint))))
    rules = {
        "loading and unloading is disabled": kernel.modules_disabled,
        "only signed modules are let in": policy.sig_enforce,
        f"lockdown: {policy.lockdown}": bool(policy.lockdown),
        f"refused: {', '.join(policy.blacklist)}": bool(policy.blacklist),
    }
    holding = [text for text, holds in rules.items() if holds]
    yield Field("rules", "Rules", holding, "\n".join(holding) or "none: all modules may be loaded")


def _modules(kernel: Kernel) -> Iterator[Field]:
    modules = kernel.modules.values()
    assumed = [module.name for module in modules if module.init.how == "assumed"]
    names = ", ".join(assumed[:10]) + (", ..." if len(assumed) > 10 else "")
    words = f"{len(assumed)} of them: {names}" if assumed else "none"
    yield Field("modules", "Modules loaded", len(modules))
    yield Field("assumed", "Init assumed", assumed, f"{words} (code not run, taken to return 0)" if assumed else words)
    yield Field("log_lines", "Log messages", len(kernel.log.readable()))


def _place(place: Place, stored: bool) -> Iterator[Field]:
    fresh = "" if stored else " (not there yet: nothing has happened)"
    yield Field("state", "State", str(place.state), f"{place.state}{fresh}")
    yield Field("root", "Root", str(place.root))
