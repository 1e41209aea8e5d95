"""crypto/asymmetric_keys/asymmetric_type.c: Parsers of asymmetric keys."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import ERR, NOTICE
from modtools.linuxerrno import EEXIST


@function("int register_asymmetric_key_parser(struct asymmetric_key_parser *parser)")
def register_asymmetric_key_parser(guest: Guest, address: int) -> int:
    """Note a parser of keys and log its name; return 0, or -EEXIST for a name that is taken."""
    name = guest.text(view(guest, "asymmetric_key_parser", address).name)
    if name in guest.table("key_parsers"):
        guest.printk(ERR, f"Asymmetric key parser '{name}' already registered")
        return -EEXIST
    guest.table("key_parsers")[name] = address
    guest.printk(NOTICE, f"Asymmetric key parser '{name}' registered")
    return 0


@function("void unregister_asymmetric_key_parser(struct asymmetric_key_parser *parser)")
def unregister_asymmetric_key_parser(guest: Guest, address: int) -> None:
    """Forget a parser of keys and log its name."""
    name = guest.text(view(guest, "asymmetric_key_parser", address).name)
    guest.table("key_parsers").pop(name, None)
    guest.printk(NOTICE, f"Asymmetric key parser '{name}' unregistered")
