"""why: who brings a module in, or what keeps it out; and who holds a loaded one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modtools.command import Call, command, operand, option
from modtools.errors import PymodError
from modtools.kernel.state import Kernel
from modtools.names import module_name
from modtools.notes import WARNING, Note
from modtools.relations import holders, reasons
from modtools.relations.bringers import Bringers
from modtools.relations.closure import Place
from modtools.relations.commands import Commands
from modtools.relations.obstacles import WITHOUT, Obstacles, obstacles, verdict
from modtools.relations.outline import Line, drawn
from modtools.relations.reasons import Explained
from modtools.report import Message, Part, Report, Table, Text, Value
from modtools.shared.context import Context, index_faults, tool_messages
from modtools.shared.modaliases import modaliases
from modtools.shared.steps import named, steps


@command(lists=True)
@option("-n", "--not", "keeps_out", is_flag=True, help="Tell what keeps it out instead, and who loads it all the same.")
@option("-a", "--all", "whole", is_flag=True, help="Show all aliases, not one of each kind.")
@option("--depth", metavar="N", help="Show only what is N steps away (1: who needs it itself).")
@option("--alias-file", metavar="FILE", multiple=True, help="Show the devices whose modaliases are in FILE (-: stdin).")
@option("-C", "--config", metavar="FILE", multiple=True, help="Use FILE instead of the default search paths.")
@option("-d", "--dirname", metavar="DIR", help="Use DIR as root for /lib/modules.")
@option("-S", "--set-version", metavar="VERSION", help="Use VERSION instead of `uname -r`.")
@operand("name", metavar="NAME")
def tool(call: Call, *, name: str, keeps_out: bool, whole: bool, depth: str | None, **given: Any) -> Report:
    """Tell who brings a module in, or with --not what keeps it out.

    NAME is a module or an alias. What brings it in is a tree: modules that need it, soft and weak dependencies, aliases
    by which devices and programs ask for it, modules-load.d, install commands; and what brings these in. Of a loaded
    module it is told, too, who holds it and in which order to remove that.
    """
    named((name,))
    limit, context, notes = steps(depth), Context(call), list[Note]()
    own = given["dirname"] is None and given["set_version"] is None
    kernel = context.kernel if own else None
    try:
        bringers, commands, messages = _bringers(context, given, notes)
        modules = list(dict.fromkeys(module.name for module in bringers.find(name)))
        if not modules and not keeps_out:
            what = f"Module {name} not found in directory {bringers.place.tree.folder}"
            raise PymodError(f"{what}; {commands.ask('why', '--not', name)} tells more")
    except PymodError as error:
        if kernel is None or module_name(name) not in kernel.modules or keeps_out:
            raise
        return Report((*_held(call, kernel, module_name(name)), Message(str(error), "WARNING")))
    if keeps_out:
        answers = obstacles(bringers, name, kernel, commands)
        answers = [_judged(call, each, given["config"]) for each in answers] if own else answers
        return Report((*_kept_out(call, answers), *messages))
    devices = _devices(bringers, given["alias_file"])
    parts: list[Part] = []
    for module in modules:
        found = reasons.explain(bringers, module, limit)
        if call.as_json:
            parts.append(_table(module, found, devices))
        else:
            parts.append(Text(drawn(reasons.outline(found, module, devices, whole=whole))))
        if kernel is not None and module in kernel.modules:
            parts += _held(call, kernel, module)
    messages += [Message(text, "WARNING") for text in bringers.unread()]
    return Report((*parts, *messages))


def _bringers(
    context: Context, given: Mapping[str, Any], notes: list[Note]
) -> tuple[Bringers, Commands, list[Message]]:
    """Return what is known about the tree that the options name, how to ask about it, and what it lacks.

    Raises PymodError for one without an index.
    """
    tree = context.indexed_tree(given["dirname"], given["set_version"])
    commands = context.commands(tree, given["dirname"], given["set_version"], given["config"])
    config = context.given_config(tree.folder, given["config"], notes)
    messages = [*tool_messages(notes, WARNING), *index_faults(tree, commands)]
    return Bringers(Place(tree, context.root_of(given["dirname"]), config), context.cmdline), commands, messages


def _judged(call: Call, answer: Obstacles, configs: Sequence[str]) -> Obstacles:
    """Return the same with what the machine's kernel says, where nothing before it keeps the module out."""
    if answer.path is None or any(each.kind not in WITHOUT for each in answer.found):
        return answer
    from modtools.boot import Folders  # only where it comes to that
    from modtools.diagnose.request import Machine, Request
    from modtools.diagnose.request import answer as checked
    from modtools.store import Store

    place = call.place
    machine = Machine(
        Store(place.state), Folders(place.image_cache, place.saved_kernels), str(place.root).rstrip("/"), place.disk
    )
    (row,) = checked(Request((answer.path,), configs=configs, jobs=1), machine)["modules"]
    told = verdict(row["verdict"], row["error"], [each["message"] for each in row["findings"]], row["needs"])
    return answer if told is None else answer._replace(found=(told,))


def _held(call: Call, kernel: Kernel, name: str) -> Iterator[Part]:
    """Yield who holds a loaded module, and how to remove it."""
    if call.as_json:
        yield Table("removal", [{"name": name, **holders.removal(kernel, name)._asdict()}], "")
    else:
        yield Text(drawn(holders.outline(kernel, name, Commands(("pymod", *call.place.options)))))


def _devices(bringers: Bringers, files: Sequence[str]) -> dict[str, list[str]]:
    """Return for each module the modaliases that mean it."""
    found: dict[str, list[str]] = {}
    for alias in dict.fromkeys(alias for path in files for alias in modaliases(path)):
        for module in bringers.find(alias):
            found.setdefault(module.name, []).append(alias)
    return found


def _kept_out(call: Call, answers: Sequence[Obstacles]) -> Iterator[Part]:
    if call.as_json:
        rows = [{**answer._asdict(), "found": [each._asdict() for each in answer.found]} for answer in answers]
        yield Table("obstacles", rows, "")
        return
    for answer in answers:
        yield Text(drawn(Line(answer.name + (f" ({answer.path})" if answer.path else ""), tuple(_lines(answer)))))


def _lines(answer: Obstacles) -> Iterator[Line]:
    for each in answer.found:
        still = (Line(f"loaded all the same by: {', '.join(each.still)}"),) if each.still else ()
        source = "" if not each.source or each.source in each.words else f": {each.source}"
        yield Line(f"{each.words}{source}", still)


def _table(name: str, found: Mapping[str, Explained], devices: Mapping[str, Sequence[str]]) -> Part:
    """Return the modules as rows, that which is asked about first."""
    rows: list[dict[str, Value]] = []
    for module in found.values():
        line = module.blacklisted
        brought: list[Value] = [by._asdict() for by in module.bringers]
        row: dict[str, Value] = {**module._asdict(), "bringers": brought, "devices": list(devices.get(module.name, ()))}
        rows.append({**row, "asked": module.name == name, "blacklisted": None if line is None else line._asdict()})
    return Table("modules", rows, "")
