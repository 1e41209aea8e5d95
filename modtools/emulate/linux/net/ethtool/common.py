"""net/ethtool/common.c: Operations of ethtool for PHYs."""

from __future__ import annotations

from modtools.emulate.symbols.registry import function

function("void ethtool_set_ethtool_phy_ops(const struct ethtool_phy_ops *ops)")(lambda _guest, _address: 0)
