"""A kernel with thousands of modules, to see what grows with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from modtools.kernel.modules import Details, LoadedModule, ModuleState
from modtools.link.areas import Area, Kind
from modtools.store import Store

MANY = 4000
"""How many: nearly as many as Debian's kernel has."""


def crowd(state: Path) -> None:
    """Load 4000 modules: as many symbols, sections and users as real ones have, and no file behind them."""
    names = [f"module_{number:04}" for number in range(MANY)]
    with Store(state).transaction() as kernel:
        for number, name in enumerate(names):
            base = 0xFFFFFFFFC0300000 + number * 0x10000
            users, uses = names[number + 1 : number + 2], names[max(number - 1, 0) : number]
            module = LoadedModule(
                name,
                ModuleState.LIVE,
                (Area(Kind.CORE, base, 16384), Area(Kind.INIT)),
                refcount=len(users),
                users=users,
                uses=uses,
            )
            module.details = Details(
                sections=[(f".section.{at}", base + 64 * at) for at in range(20)],
                symbols_source=partial(list, [(base + 16 * at, "t", f"{name}_symbol_{at}") for at in range(50)]),
            )
            kernel.modules[name] = module
