"""Declarations and layouts are those of the real kernel, as its own type information has them."""

from __future__ import annotations

import pytest

from modtools.emulate import registry, structs
from modtools.emulate.registry import Function
from tests.reference import btf


@pytest.fixture(scope="module")
def types() -> btf.Types:
    """The type information of Debian's kernel."""
    return btf.Types(btf.image())


@pytest.mark.debian
def test_declarations_have_the_parameters_of_the_kernel(types: btf.Types) -> None:
    """Each function takes as many parameters as the kernel's, each as wide and with the same sign."""
    wrong = []
    for name in registry.index():
        entry = registry.find(name)
        known = types.prototypes.get(name)
        if isinstance(entry, Function) and known:
            ours = [(kind.size, kind.signed) for kind in entry.signature.parameters]
            ours += [(0, False)] * entry.signature.variadic
            if ours != known:
                wrong.append(f"{name}: {ours} for {known}")
    assert wrong == []


@pytest.mark.debian
def test_layouts_are_those_of_the_kernel(types: btf.Types) -> None:
    """structs.json.gz is what its generator makes now, for the structures that the sources name."""
    assert structs.layouts().keys() >= btf.used(types)
    assert all(size == types.structures[name].size for name, (size, _) in structs.layouts().items())
