"""Who holds a loaded module, and in which order what holds it has to be removed.

Source: Linux's `kernel/module/main.c: delete_module(2)`: what it refuses for (`kernel.module.unload`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.relations.commands import Commands
from modtools.relations.outline import Line

_ANYWHERE: Final = Commands()


class Removal(NamedTuple):
    """The modules to remove, the last one being that which is asked about, and what none of that helps against."""

    order: tuple[str, ...]
    refused: tuple[str, ...]


def removal(kernel: Kernel, name: str) -> Removal:
    """Return how a loaded module can be removed."""
    order: dict[str, None] = {}
    _visit(kernel, name, order, set())
    refused = ["modules can neither be loaded nor removed (kernel.modules_disabled)"] if kernel.modules_disabled else []
    return Removal(tuple(order), (*refused, *(text for each in order for text in _refusals(kernel.modules[each]))))


def how_to_remove(kernel: Kernel, name: str, commands: Commands = _ANYWHERE) -> str:
    """Return in a sentence what removes a loaded module, or what none of that helps against."""
    answer = removal(kernel, name)
    if answer.refused:
        return f"It cannot be removed: {'; '.join(answer.refused)}."
    return f"Remove it first: {commands.run('rmmod', *answer.order)}."


def _visit(kernel: Kernel, name: str, order: dict[str, None], seen: set[str]) -> None:
    """Add a module after all those that use it."""
    seen.add(name)
    for user in kernel.modules[name].users:
        if user not in seen:
            _visit(kernel, user, order, seen)
    order[name] = None


def _refusals(module: LoadedModule) -> Iterator[str]:
    if module.state is not ModuleState.LIVE:
        yield f"{module.name} is {module.state}"
    if module.permanent:
        yield f"{module.name} has an init and no exit function: it stays until the next boot"
    if (others := module.refcount - len(module.users)) > 0:
        yield f"{module.name} has {others} other user{'s' * (others > 1)} than modules: open files, devices in use"


def outline(kernel: Kernel, name: str, commands: Commands = _ANYWHERE) -> Line:
    """Return the tree of what holds a loaded module, and what to do to remove it."""
    answer = removal(kernel, name)
    shown: set[str] = set()
    lines = [_holder(kernel, user, shown) for user in kernel.modules[name].users]
    lines += [Line(f"it cannot be removed: {text}") for text in answer.refused]
    if not answer.refused:
        lines.append(Line(f"to remove it: {commands.run('rmmod', *answer.order)}"))
    return Line(f"{name} is loaded", tuple(lines))


def _holder(kernel: Kernel, name: str, shown: set[str]) -> Line:
    if name in shown:
        return Line(f"{name} uses it, see above")
    shown.add(name)
    return Line(f"{name} uses it", tuple(_holder(kernel, user, shown) for user in kernel.modules[name].users))
