"""What the list of loaded modules remembers, beside asking every module."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from modtools.kernel.modules import LoadedModule, Modules, ModuleState
from modtools.link.areas import Area, Kind
from modtools.profiles.exports import ExportedSymbol

PAGE = 4096
EVENTS = st.lists(
    st.tuples(st.booleans(), st.sampled_from("abcdef"), st.sets(st.sampled_from("xyz")), st.integers(0, 3)), max_size=20
)


def module(name: str, exports: set[str], pages: int, modules: Modules) -> LoadedModule:
    """A module that exports these symbols, with so many pages at one of the few places that are free."""
    places = [place for place in range(0, 100 * PAGE, PAGE) if _free(place, pages, modules)]
    made = LoadedModule(name, ModuleState.LIVE, (Area(Kind.CORE, places[ord(name) % 2], pages * PAGE),))
    made.exports = {symbol: ExportedSymbol(symbol, None, False, "", None) for symbol in exports}
    return made


def _free(place: int, pages: int, modules: Modules) -> bool:
    wanted = {*range(place, place + (pages + 1) * PAGE, PAGE)}
    return not wanted & _pages(modules)


def _pages(modules: Modules) -> set[int]:
    """The pages that modules take, each with one after it."""
    return {
        page
        for each in modules.values()
        for area in each.areas
        if area.size
        for page in range(area.base, area.base + area.size + PAGE, PAGE)
    }


@given(EVENTS, st.sampled_from("xyz"))
def test_what_is_remembered(events: list[tuple[bool, str, set[str], int]], symbol: str) -> None:
    """Exporters and places are those of the modules that are there, whoever came, went or took another's place."""
    modules = Modules()
    for comes, name, exports, pages in events:
        if comes:
            modules[name] = module(name, exports, pages, modules)
        elif name in modules:
            del modules[name]
        assert list(modules.exporters(symbol)) == [each for each in modules.values() if symbol in each.exports]
        taken = modules.taken(PAGE)
        assert [page for start, end in taken for page in range(start, end, PAGE)] == sorted(_pages(modules))
        assert all(before[1] < after[0] for before, after in pairwise(taken))
        assert sum(end - start for start, end in modules.taken(0)) == sum(each.core_size for each in modules.values())
