"""The state of the virtual kernel as JSON, field by field as docs/state.md has it.

Addresses and masks are text ("0xffffffffc0201000"), because jq and JavaScript cut numbers above 2**53. What only some
commands need is imported where it is used, so that `pymod lsmod` starts sooner.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from modtools.causes import Kind
from modtools.errors import Cause, StateError
from modtools.formats.xzkernel import FILTERS
from modtools.jsonfields import ODD, hexadecimal, integer, loads, natural, one_of, texts, typed
from modtools.kernel.facts import FACTS, SINCE_SAVED, SYMBOLS
from modtools.kernel.files.mounts import MOUNTS
from modtools.kernel.files.switches import KPTR_RESTRICT
from modtools.kernel.identity import BuildOptions, Identity
from modtools.kernel.log import Log, Record
from modtools.kernel.modules import Details, InitRecord, LoadedModule, Modules, ModuleState, Parameter
from modtools.kernel.state import REFUSED_AT, Changed, DeviceNode, FileLoad, Kernel, Refusal, Sources
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.link.arch import arch_of
from modtools.link.areas import SEVEN, TWO, Area
from modtools.statefile import SCHEMA, Listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from modtools.profiles.exports import ExportedSymbol

Json = dict[str, Any]


class Later(NamedTuple):
    """What reads what is not read at once: `details` reads the part of that name, `exports` the field `exports`."""

    details: Callable[[str], Details]
    exports: Callable[[Json], dict[str, ExportedSymbol]]


_IDENTITY = ("release", "machine", "vermagic", "version", "cmdline", "profile", "symbols", "booted_from")
_MODULE: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "signed": (bool,),
    "has_init": (bool,),
    "has_exit": (bool,),
    "args": (str,),
    "path": (str,),
    "sha256": (str,),
    "version": (str, type(None)),
    "srcversion": (str, type(None)),
}
"""Fields of a module that stand in the file as they are, and their types."""
_USE = ("refcount", "users", "uses", "taints")
HOW = ("none", "assumed", "returned", "needs", "killed", "stuck", "failed")
"""How an init may have gone. The last five are those of `kernel.runner.End`, which is a lot to import."""
_PARAMETER = ("name", "type", "mode", "value", "maximum", "counted", "unsafe")
_CONFIG = BuildOptions._fields


def is_state(text: bytes) -> bool:
    """Return whether this is a state of this schema or of an older one, even if a field of it is damaged."""
    try:
        state = loads(text)
        return typed(state["schema"], int) in range(1, SCHEMA + 1) and {"kernel", "modules", "log"} <= {*state}
    except ODD:
        return False


def kernel_to_json(kernel: Kernel) -> Json:
    """Return the whole state; each module must have its `details_file`."""
    identity: Json = {key: getattr(kernel.identity, key) for key in _IDENTITY}
    identity["unknown"] = list(kernel.identity.unknown)
    identity["config"] = {key: getattr(kernel.identity.config, key) for key in _CONFIG}
    return {
        "schema": SCHEMA,
        "kernel": identity,
        "taint": kernel.taint,
        "modules_disabled": kernel.modules_disabled,
        "switches": dict(sorted(kernel.switches.items())),
        "nodes": {name: list(node) for name, node in sorted(kernel.nodes.items())},
        "changed": {path: list(change) for path, change in sorted(kernel.changed.items())},
        "unmounted": sorted(kernel.unmounted),
        "lock_debugging": kernel.lock_debugging,
        "time": kernel.time,
        "once": sorted(kernel.once),
        "memory": kernel.memory_file,
        "file_loads": {file: list(load) for file, load in kernel.file_loads.items()},
        "refusal": None if kernel.refusal is None else _refusal_to_json(kernel.refusal),
        "modules": [_module_to_json(module) for module in kernel.modules.values()],
        "log": {
            "first": kernel.log.first,
            "open": kernel.log.open,
            "records": [[r.level, r.time, r.text, r.facility] for r in kernel.log.records],
        },
    }


def _refusal_to_json(refusal: Refusal) -> Json:
    return refusal._asdict() | {"causes": [list(cause) for cause in refusal.causes]}


def _refusal(entry: Json | None) -> Refusal | None:
    """Return the last refusal; states of older versions have none."""
    if entry is None:
        return None
    found = (Cause(Kind(kind), subject, detail) for kind, subject, detail in map(texts, typed(entry["causes"], list)))
    return Refusal(
        typed(entry["command"], str),
        one_of(entry["step"], REFUSED_AT),
        typed(entry["module"], str),
        typed(entry["path"], str),
        natural(entry["errno"], 12),
        tuple(texts(entry["said"])),
        tuple(texts(entry["log"])),
        tuple(found),
    )


def listing(kernel: Kernel) -> Listing:
    """Return what lsmod asks for, as the state has it."""
    return Listing([_listed_to_json(module) for module in kernel.modules.values()], sorted(kernel.unmounted))


def _listed_to_json(module: LoadedModule) -> Json:
    """Return what the state says of a module itself, without its exports."""
    return {key: getattr(module, key) for key in (*_MODULE, "import_ns", *_USE)} | {
        "state": module.state.value,
        **{area.kind.value: [hex(area.base), area.size] for area in module.areas},
        "init_result": [module.init.how, module.init.value, module.init.detail],
    }


def _module_to_json(module: LoadedModule) -> Json:
    return (
        _listed_to_json(module)
        | {
            "exports": {
                e.name: [_hex(e.crc, "#010x"), e.gpl, e.namespace, _hex(e.address, "#x")]
                for e in module.exports.values()
            },
            "details": module.details_file,
        }
        | ({"until": module.until} if module.until else {})
    )


def _hex(value: int | None, form: str) -> str | None:
    return None if value is None else f"{value:{form}}"


def kernel_from_json(state: Json, later: Later, sources: Sources) -> Kernel:
    """Return the kernel of a state. Raises one of ODD for a missing or odd field, StateError for another schema."""
    schema = state["schema"]
    if schema != SCHEMA:
        raise StateError(f"its schema is {schema!r}, this pymod reads {SCHEMA}: use the pymod that wrote it")
    identity = Identity(
        **{key: typed(state["kernel"][key], str) for key in _IDENTITY},
        config=BuildOptions(**{key: _option(key, value) for key, value in state["kernel"]["config"].items()}),
        unknown=_unknown(state["kernel"]),
    )
    arch_of(identity.machine)
    modules = Modules(_module(entry, later) for entry in typed(state["modules"], list))
    _check_use(modules)
    return Kernel(
        identity,
        sources,
        modules=modules,
        log=_log(state["log"]),
        taint=natural(state["taint"]),
        once=set(texts(state["once"])),
        modules_disabled=typed(state["modules_disabled"], bool),
        switches=_switches(state.get("switches", {})),
        nodes={name: _node(row) for name, row in typed(state.get("nodes", {}), dict).items()},
        changed={path: _changed(row) for path, row in typed(state.get("changed", {}), dict).items()},
        unmounted={one_of(path, MOUNTS) for path in typed(state["unmounted"], list)},
        lock_debugging=typed(state["lock_debugging"], bool),
        time=natural(state["time"], 63),
        memory_file=typed(state["memory"], str),
        file_loads={
            file: FileLoad(_until(until), natural(errno, 12))
            for file, (until, errno) in typed(state.get("file_loads", {}), dict).items()
        },
        refusal=_refusal(state.get("refusal")),
    )


def _option(key: str, value: Any) -> Any:
    """Return a build option: one of the known words, or whether it is set. Raises one of ODD."""
    words = {"compression": ("", "gzip", "xz", "zstd")}
    if key == "preemption":
        return typed(value, str)
    if key == "xz_filters":
        return " ".join(one_of(name, FILTERS) for name in typed(value, str).split())
    return one_of(value, words[key]) if key in words else typed(value, bool)


def _node(row: Any) -> DeviceNode:
    major, minor, mode, *target = typed(row, list)
    return DeviceNode(natural(major, 12), natural(minor, 20), natural(mode, 12), *texts(target[:1]))


def _changed(row: Any) -> Changed:
    mode, user, group, gone = typed(row, list)
    known = zip((mode, user, group), (12, 32, 32), strict=True)
    mode, user, group = (None if value is None else natural(value, bits) for value, bits in known)
    return Changed(mode, user, group, typed(gone, bool))


def _switches(entry: Json) -> dict[str, str]:
    """Return what was written to files of the kernel; states of older versions have none."""
    switches = {path: typed(text, str) for path, text in typed(entry, dict).items()}
    if switches.get(KPTR_RESTRICT, "0") not in ("0", "1", "2"):
        raise ValueError(f"odd {KPTR_RESTRICT}: {switches[KPTR_RESTRICT]!r}")
    return switches


def _unknown(kernel: Json) -> tuple[str, ...]:
    """Return what is unknown of the kernel. In older states, which do not tell, only a profile's symbols are all."""
    later = () if kernel["profile"] else SINCE_SAVED
    if "unknown" not in kernel:
        return (SYMBOLS, *later) if kernel["symbols"] and not kernel["profile"] else ()
    return tuple(dict.fromkeys((*(one_of(fact, FACTS) for fact in typed(kernel["unknown"], list)), *later)))


def _check_use(modules: Modules) -> None:
    """Raise ValueError unless both sides of each use of a module by another one agree."""
    uses = sorted((name, used) for name, module in modules.items() for used in module.uses)
    users = sorted((user, name) for name, module in modules.items() for user in module.users)
    if uses != users or len(uses) != len(set(uses)) or not modules.keys() >= {used for _, used in uses}:
        raise ValueError("the modules do not agree on who uses whom")


def _log(entry: Json) -> Log:
    records = [
        Record(natural(level, 3), natural(time, 63), typed(text, str), natural(facility, 8))
        for level, time, text, facility in typed(entry["records"], list)
    ]
    return Log(records, typed(entry["open"], bool), natural(entry["first"]))


def to_text(state: Json) -> str:
    """Return JSON with a line for each module and each log record, so that people and line tools can read it."""
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


def _module(entry: Json, later: Later) -> tuple[str, LoadedModule]:
    file = typed(entry["details"], str)
    how, value, detail = entry["init_result"]
    module = LoadedModule(
        state=ModuleState(entry["state"]),
        areas=_areas(entry),
        refcount=integer(entry["refcount"], -1 << 31, (1 << 31) - 1),
        taints=natural(entry["taints"]),
        users=texts(entry["users"]),
        uses=texts(entry["uses"]),
        init=InitRecord(one_of(how, HOW), integer(value, -1 << 63, (1 << 64) - 1), typed(detail, str)),
        exports_source=partial(later.exports, entry["exports"]),
        details_source=partial(later.details, file),
        details_file=file,
        until=_until(entry.get("until", 0.0)),
        **{key: typed(entry[key], *types) for key, types in _MODULE.items()},
        import_ns=typed(entry.get("import_ns"), str, type(None)),
    )
    return module.name, module


def _areas(entry: Json) -> tuple[Area, ...]:
    kinds = SEVEN if SEVEN[0] in entry else TWO
    return tuple(Area(kind, hexadecimal(base), natural(size, 32)) for kind in kinds for base, size in [entry[kind]])


def _until(value: Any) -> float:
    return float(natural(value) if isinstance(value, int) else typed(value, float))


def exports_from_json(entry: Json) -> dict[str, ExportedSymbol]:
    """Return the symbols that a module exports. Raises one of ODD where something is missing or odd."""
    from modtools.profiles.exports import ExportedSymbol

    return {
        name: ExportedSymbol(
            name,
            None if crc is None else hexadecimal(crc, 32),
            typed(gpl, bool),
            typed(namespace, str),
            None if address is None else hexadecimal(address),
        )
        for name, (crc, gpl, namespace, address) in entry.items()
    }


def details_to_json(details: Details) -> Json:
    """Return a module's bulky part, for a file of its own."""
    return {
        "schema": SCHEMA,
        "sections": [[name, hex(address)] for name, address in details.sections],
        "symbols": [[hex(address), letter, name] for address, letter, name in details.symbols],
        "notes": [list(note) for note in details.notes],
        "parameters": [{key: getattr(p, key) for key in _PARAMETER} for p in details.parameters],
        "btf": details.btf,
    }


def details_from_json(data: Json) -> Details:
    """Return a module's bulky part from its file. Raises one of ODD where something is missing or odd."""
    symbols = [
        (hexadecimal(address), typed(letter, str), typed(name, str)) for address, letter, name in data["symbols"]
    ]
    return Details(
        sections=[(typed(name, str), hexadecimal(address)) for name, address in data["sections"]],
        symbols_source=partial(list, symbols),
        notes=[(typed(name, str), bytes.fromhex(content).hex()) for name, content in data["notes"]],
        parameters=[_parameter(entry) for entry in data["parameters"]],
        btf_source=partial(str, bytes.fromhex(data.get("btf", "")).hex()),
    )


def _parameter(entry: Json) -> Parameter:
    from modtools.kernel.params.types import OWN, TYPES

    kind, value, maximum = typed(entry["type"], str), entry["value"], natural(entry["maximum"], 32)
    name, array, element = kind.rpartition("array of ")
    if kind == "string":
        typed(value, str)
    elif kind == OWN:
        typed(value, type(None))
    else:
        one_of(element, () if name else TYPES)
        for one in typed(value, list) if array else [value]:
            typed(one, str, type(None)) if element == "charp" else integer(one, -1 << 63, (1 << 64) - 1)
    return Parameter(
        typed(entry["name"], str),
        kind,
        natural(entry["mode"], 16),
        value,
        maximum,
        typed(entry["counted"], bool),
        typed(entry["unsafe"], bool),
    )
