"""drivers/base/regmap/regmap.c: Maps of devices' registers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("struct regmap *dev_get_regmap(struct device *dev, const char *name)")
def dev_get_regmap(_guest: Guest, _device: int, _name: int) -> int:
    """Return NULL: no device has a register map."""
    return 0
