"""The state of the virtual kernel as JSON, field by field as docs/state.md has it.

Addresses and masks are text ("0xffffffffc0201000"), because jq and JavaScript cut numbers above 2**53.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from modtools.errors import StateError
from modtools.kernel.facts import SYMBOLS
from modtools.kernel.identity import Config, Identity
from modtools.kernel.log import Log, Record
from modtools.kernel.modules import Modules
from modtools.kernel.state import (
    Details,
    InitRecord,
    Kernel,
    LoadedModule,
    ModuleState,
    Parameter,
    Sources,
)
from modtools.kernel.switches import KPTR_RESTRICT
from modtools.link.arch import arch_of

if TYPE_CHECKING:
    from modtools.profiles.exports import ExportedSymbol

SCHEMA = 1
"""Number of the format; a change that an older pymod would misread raises it."""

Json = dict[str, Any]
DetailsReader = Callable[[str], Details]

_IDENTITY = ("release", "machine", "vermagic", "version", "cmdline", "profile", "symbols", "booted_from")
_MODULE: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "refcount": (int,),
    "users": (list,),
    "uses": (list,),
    "taints": (int,),
    "signed": (bool,),
    "has_init": (bool,),
    "has_exit": (bool,),
    "args": (str,),
    "path": (str,),
    "sha256": (str,),
    "version": (str, type(None)),
    "srcversion": (str, type(None)),
}
"""The fields of a module that stand in the file as they are, and their types."""
_PARAMETER = ("name", "type", "mode", "value", "maximum", "counted", "unsafe")
_CONFIG = Config._fields


ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
"""What is raised for a field that is missing or odd."""


def is_state(text: bytes) -> bool:
    """Whether this is a state of this schema or of an older one, be it damaged in a field."""
    try:
        state = json.loads(text)
        return typed(state["schema"], int) in range(1, SCHEMA + 1) and {"kernel", "modules", "log"} <= {*state}
    except ODD:
        return False


def kernel_to_json(kernel: Kernel) -> Json:
    """The whole state; each module has its `details_file`."""
    identity: Json = {key: getattr(kernel.identity, key) for key in _IDENTITY}
    identity["unknown"] = list(kernel.identity.unknown)
    identity["config"] = {key: getattr(kernel.identity.config, key) for key in _CONFIG}
    return {
        "schema": SCHEMA,
        "kernel": identity,
        "taint": kernel.taint,
        "modules_disabled": kernel.modules_disabled,
        "switches": dict(sorted(kernel.switches.items())),
        "unmounted": sorted(kernel.unmounted),
        "lock_debugging": kernel.lock_debugging,
        "time": kernel.time,
        "once": sorted(kernel.once),
        "memory": kernel.memory_file,
        "modules": [_module_to_json(module) for module in kernel.modules.values()],
        "log": {
            "first": kernel.log.first,
            "open": kernel.log.open,
            "records": [[r.level, r.time, r.text, r.facility] for r in kernel.log.records],
        },
    }


def _module_to_json(module: LoadedModule) -> Json:
    return (
        {key: getattr(module, key) for key in _MODULE}
        | {
            "state": module.state.value,
            "core": [hex(module.core_base), module.core_size],
            "init": [hex(module.init_base), module.init_size],
            "init_result": [module.init.how, module.init.value, module.init.detail],
            "exports": {
                e.name: [e.crc and f"{e.crc:#010x}", e.gpl, e.namespace, e.address and hex(e.address)]
                for e in module.exports.values()
            },
            "details": module.details_file,
        }
        | ({"until": module.until} if module.until else {})
    )


def kernel_from_json(state: Json, read_details: DetailsReader, sources: Sources) -> Kernel:
    """The kernel again. KeyError, TypeError, ValueError or AttributeError where a field is missing or odd."""
    schema = state["schema"]
    if schema != SCHEMA:
        raise StateError(f"its schema is {schema!r}, this pymod reads {SCHEMA}: use the pymod that wrote it")
    identity = Identity(
        **{key: typed(state["kernel"][key], str) for key in _IDENTITY},
        config=Config(**{key: typed(value, bool) for key, value in state["kernel"]["config"].items()}),
        unknown=_unknown(state["kernel"]),
    )
    arch_of(identity.machine)
    modules = Modules(_module(entry, read_details) for entry in state["modules"])
    for module in modules.values():
        if not modules.keys() >= {*module.uses, *module.users}:
            raise ValueError(f"{module.name} uses, or is used by, a module that is not there")
    return Kernel(
        identity,
        sources,
        modules=modules,
        log=_log(state["log"]),
        taint=typed(state["taint"], int),
        once={typed(key, str) for key in state["once"]},
        modules_disabled=typed(state["modules_disabled"], bool),
        switches=_switches(state.get("switches", {})),
        unmounted={typed(path, str) for path in typed(state["unmounted"], list)},
        lock_debugging=typed(state["lock_debugging"], bool),
        time=typed(state["time"], int),
        memory_file=typed(state["memory"], str),
    )


def _switches(entry: Json) -> dict[str, str]:
    """What was written to files of the kernel; states of older versions have none."""
    switches = {path: typed(text, str) for path, text in typed(entry, dict).items()}
    if switches.get(KPTR_RESTRICT, "0") not in ("0", "1", "2"):
        raise ValueError(f"odd {KPTR_RESTRICT}: {switches[KPTR_RESTRICT]!r}")
    return switches


def _unknown(kernel: Json) -> tuple[str, ...]:
    """What is unknown of the kernel. Older states do not tell, so that symbols of their own may not be all."""
    if "unknown" not in kernel:
        return (SYMBOLS,) if kernel["symbols"] and not kernel["profile"] else ()
    return tuple(typed(fact, str) for fact in typed(kernel["unknown"], list))


def _log(entry: Json) -> Log:
    records = [Record(*record) for record in entry["records"]]
    for record in records:
        typed(record.text, str)
        if not 0 <= typed(record.level, int) < 8 or typed(record.time, int) < 0 or typed(record.facility, int) < 0:
            raise ValueError(f"odd record in the log: {record}")
    return Log(records, typed(entry["open"], bool), typed(entry["first"], int))


def to_text(state: Json) -> str:
    """JSON with a line for each module and each log record, so that people and line tools can read it."""
    lines = []
    for key, value in state.items():
        if key == "modules":
            text = "[" + ",".join("\n  " + json.dumps(entry) for entry in value) + "]"
        elif key == "log":
            records = "[" + ",".join("\n  " + json.dumps(entry) for entry in value["records"]) + "]"
            text = f'{{"first": {value["first"]}, "open": {json.dumps(value["open"])}, "records": {records}}}'
        else:
            text = json.dumps(value)
        lines.append(f" {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def typed(value: Any, *types: type) -> Any:
    """The value, if it is of one of these types; TypeError otherwise. A bool is no int here."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise TypeError(f"{' or '.join(kind.__name__ for kind in types)} expected, not {value!r}")
    return value


def _module(entry: Json, read_details: DetailsReader) -> tuple[str, LoadedModule]:
    file = typed(entry["details"], str)
    core_base, core_size = entry["core"]
    init_base, init_size = entry["init"]
    how, value, detail = entry["init_result"]
    module = LoadedModule(
        state=ModuleState(entry["state"]),
        core_base=int(core_base, 16),
        core_size=typed(core_size, int),
        init_base=int(init_base, 16),
        init_size=typed(init_size, int),
        init=InitRecord(typed(how, str), typed(value, int), typed(detail, str)),
        exports_source=partial(_exports, entry["exports"]),
        details_source=lambda: read_details(file),
        details_file=file,
        until=float(typed(entry.get("until", 0.0), float, int)),
        **{key: typed(entry[key], *types) for key, types in _MODULE.items()},
    )
    for name in (*module.users, *module.uses):
        typed(name, str)
    return module.name, module


def _exports(entry: Json) -> dict[str, ExportedSymbol]:
    from modtools.profiles.exports import ExportedSymbol

    return {
        name: ExportedSymbol(
            name, crc and int(crc, 16), typed(gpl, bool), typed(namespace, str), address and int(address, 16)
        )
        for name, (crc, gpl, namespace, address) in entry.items()
    }


def details_to_json(details: Details) -> Json:
    """A module's bulky part, for a file of its own."""
    return {
        "schema": SCHEMA,
        "sections": [[name, hex(address)] for name, address in details.sections],
        "symbols": [[hex(address), letter, name] for address, letter, name in details.symbols],
        "notes": [list(note) for note in details.notes],
        "parameters": [{key: getattr(p, key) for key in _PARAMETER} for p in details.parameters],
    }


def details_from_json(data: Json) -> Details:
    """The bulky part again."""
    return Details(
        sections=[(name, int(address, 16)) for name, address in data["sections"]],
        symbols=[(int(address, 16), letter, name) for address, letter, name in data["symbols"]],
        notes=[(name, content) for name, content in data["notes"]],
        parameters=[Parameter(**{key: entry[key] for key in _PARAMETER}) for entry in data["parameters"]],
    )
