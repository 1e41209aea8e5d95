"""Who exports a symbol, as the list of loaded modules remembers it, beside asking every module."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modtools.kernel.state import LoadedModule, Modules, ModuleState
from modtools.profiles.exports import ExportedSymbol

NAMES = st.sampled_from("abcd")


def module(name: str, exports: set[str]) -> LoadedModule:
    """A module that exports these symbols."""
    made = LoadedModule(name, ModuleState.LIVE, 0, 4096)
    made.exports = {symbol: ExportedSymbol(symbol, None, False, "", None) for symbol in exports}
    return made


@given(st.lists(st.tuples(st.booleans(), NAMES, st.sets(st.sampled_from("xyz")))), st.sampled_from("xyz"))
def test_exporters_are_remembered(events: list[tuple[bool, str, set[str]]], symbol: str) -> None:
    """After each module that comes, goes or takes the place of another, the oldest exporter is the first."""
    modules = Modules()
    for comes, name, exports in events:
        if comes:
            modules[name] = module(name, exports)
        elif name in modules:
            del modules[name]
        assert list(modules.exporters(symbol)) == [each for each in modules.values() if symbol in each.exports]
