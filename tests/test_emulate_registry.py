"""The table of kernel functions is sound."""

from __future__ import annotations

from importlib import import_module

from modtools.emulate import registry
from modtools.emulate.registry import Function


def test_the_index_read_from_the_sources_is_what_importing_gives() -> None:
    """No declaration is hidden from the index, and the index promises nothing that is not there."""
    for stem in sorted(set(registry.index().values())):
        import_module(f"modtools.emulate.functions.{stem}")
    assert registry.index().keys() == registry.ENTRIES.keys()


def test_all_declarations_can_be_read() -> None:
    """Every C declaration has only types that are known, and names the function that it is registered as."""
    for name in registry.index():
        entry = registry.find(name)
        if isinstance(entry, Function):
            assert entry.signature.name == name
