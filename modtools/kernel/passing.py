"""Loaded modules as values that JSON can have, to be passed from one process to another: everything but their files."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import Any

from modtools.kernel.modules import Details, InitRecord, LoadedModule, ModuleState, Parameter
from modtools.link.areas import Area, Kind
from modtools.profiles.exports import ExportedSymbol

_FETCHED = ("exports_source", "details_source", "details_file", "_details", "_exports")
"""Where a module has its bulky parts from."""
_PLAIN = [field.name for field in fields(LoadedModule) if field.name not in _FETCHED]
_PARAMETER = [field.name for field in fields(Parameter)]


def to_plain(module: LoadedModule) -> dict[str, Any]:
    """Return all that is known of a module."""
    details = module.details
    return {name: getattr(module, name) for name in _PLAIN} | {
        "exports": list(module.exports.values()),
        "details": [details.sections, details.symbols, details.notes],
        "btf": details.btf,
        "parameters": [[getattr(parameter, name) for name in _PARAMETER] for parameter in details.parameters],
    }


def from_plain(row: dict[str, Any]) -> LoadedModule:
    """Return the module of which this is known."""
    module = LoadedModule(**{name: row[name] for name in _PLAIN})
    module.state, module.init = ModuleState(row["state"]), InitRecord(*row["init"])
    module.areas = tuple(Area(Kind(kind), base, size) for kind, base, size in row["areas"])
    module.exports = {symbol[0]: ExportedSymbol(*symbol) for symbol in row["exports"]}
    sections, symbols, notes = ([tuple(each) for each in rows] for rows in row["details"])
    parameters = [Parameter(*parameter) for parameter in row["parameters"]]
    module.details = Details(sections, partial(list, symbols), notes, parameters, partial(str, row["btf"]))
    return module
