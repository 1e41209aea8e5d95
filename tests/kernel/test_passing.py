"""Modules as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import fields

from modtools.kernel.modules import Details, InitRecord, LoadedModule, ModuleState, Parameter
from modtools.kernel.passing import from_plain, to_plain
from modtools.link.areas import Area, Kind
from modtools.profiles.exports import ExportedSymbol


def test_a_module_comes_back_whole() -> None:
    """Every field has another value than a new module has, and is the same when it comes back."""
    parameter = Parameter("p", "array of int", 0o644, [1, 2], 3, True, True, True)
    symbols = [(0x1000, "t", "f")]
    details = Details([(".text", 0x1000)], lambda: symbols, [(".note", "00ff")], [parameter], lambda: "abcd")
    area = Area(Kind.TEXT, 0x1000, 0x2000)
    module = LoadedModule(
        "m", ModuleState.GOING, (area,), 3, 4, ["a"], ["b"], dict, True, True, "x=1", "/m.ko",
        "ff" * 32, "1.0", "AB", "NS", InitRecord("returned", 2, "odd"), True, 7.5,
    )  # fmt: skip
    module.exports = {"e": ExportedSymbol("e", 5, True, "N", 0x1010)}
    module.details = details
    again = from_plain(json.loads(json.dumps(to_plain(module))))
    kept = [field.name for field in fields(LoadedModule) if "source" not in field.name and field.name[0] != "_"]
    assert {name: getattr(again, name) for name in kept} == {name: getattr(module, name) for name in kept}
    assert (again.exports, again.details) == (module.exports, module.details)
    assert (again.details.symbols, again.details.btf) == (symbols, "abcd")
    assert isinstance(again.init, InitRecord)
    assert isinstance(again.areas[0], Area)
    assert isinstance(again.exports["e"], ExportedSymbol)
    new = LoadedModule("", ModuleState.LIVE)
    unset = {"details_file"}
    assert not [name for name in kept if getattr(module, name) == getattr(new, name) and name not in unset]
