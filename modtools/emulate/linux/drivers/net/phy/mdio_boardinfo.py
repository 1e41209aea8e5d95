"""drivers/net/phy/mdio-boardinfo.c: Devices that a board has on its MDIO buses, as its code tells before these are
there.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, size_of, view


@function("int mdiobus_register_board_info(const struct mdio_board_info *info, unsigned int n)")
def mdiobus_register_board_info(guest: Guest, rows: int, count: int) -> int:
    """Note the devices of a board, in copies that stay; return 0."""
    size = size_of(guest, "mdio_board_info")
    for number in range(count):
        copy = guest.heap.kmalloc(size)
        guest.memory.write(copy, guest.memory.read(rows + size * number, size))
        guest.table("mdio boards").setdefault("rows", []).append(copy)
    return 0


@function("void mdiobus_setup_mdiodev_from_board_info(struct mii_bus *bus, void *cb)")
def mdiobus_setup_mdiodev_from_board_info(guest: Guest, bus: int, call: int) -> None:
    """Call a function for each device that a board has on a bus of this name."""
    name = guest.text(bus + offset_of(guest, "mii_bus", "id"))
    for row in list(guest.table("mdio boards").get("rows", ())):
        if guest.text(view(guest, "mdio_board_info", row).bus_id) == name:
            guest.call(call, bus, row)
