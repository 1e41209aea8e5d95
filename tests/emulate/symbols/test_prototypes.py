"""Only what was written for a function's prototype does it, and only with the kernel's own structures."""

from __future__ import annotations

import pytest

from modtools import profiles
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.signature import same_shape
from modtools.profiles.structures import UnknownLayout

HOME, OTHER = profiles.load("debian-12"), profiles.load("debian-13")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("int f(struct a *x, int n)", "int f(const struct a *, int)", True),
        ("void f(unsigned long n)", "void f(long unsigned int)", True),
        ("void f(int n)", "void f(unsigned int n)", False),
        ("void f(int n)", "int f(int n)", False),
        ("void f(struct a x)", "void f(struct a y)", True),
        ("void f(struct a x)", "void f(struct b x)", False),
        ("int f(int a, ...)", "int f(int a)", False),
        ("int f(void)", "int f(void *p)", False),
    ],
)
def test_shapes_of_prototypes(one: str, other: str, same: bool) -> None:
    """What counts is how many parameters there are, how wide, with which sign, and what is returned."""
    assert same_shape(one, other) is same


def test_a_function_of_another_prototype_is_not_provided() -> None:
    """string_get_size() returns nothing in 6.1 and an int in 6.12, and nobody knows one that returns a long."""
    find, name = registry.find_in, "string_get_size"
    assert find(name, HOME.prototypes, HOME.prototypes) is registry.find(name)
    assert find(name, OTHER.prototypes, HOME.prototypes) in registry.VARIANTS[name][1:]
    assert find(name, {name: OTHER.prototypes[name].replace("int ", "long ", 1)}, HOME.prototypes) is None


def test_a_declaration_can_be_for_another_prototype(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that the kernel has is chosen, whichever comes first."""
    monkeypatch.setattr(registry, "ENTRIES", {})
    monkeypatch.setattr(registry, "VARIANTS", {})
    old, new = "int f(void *owner, const char *name)", "int f(const char *name)"
    registry.function(old)(int)
    registry.function(new)(int)
    chosen = [registry.find_in("f", {"f": own}, {"f": old}) for own in (old, new)]
    assert [entry and isinstance(entry, registry.Function) and entry.declaration for entry in chosen] == [old, new]
    assert registry.find_in("f", {"f": "void f(int n)"}, {"f": old}) is None


@pytest.mark.parametrize(("name", "field"), [("bus_type", "p"), ("no_such_structure", "x")])
def test_what_a_kernel_does_not_have_is_named(name: str, field: str) -> None:
    """A structure without a known layout, or without a field, is named as C calls it."""
    with pytest.raises(UnknownLayout, match=f"struct {name}"):
        OTHER.structures.offset_of(name, field)
