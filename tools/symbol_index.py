"""Write which file of modtools/emulate/linux provides each kernel symbol: `python -m tools.symbol_index`.

The result is `modtools/emulate/symbols/index.txt`, a line for each symbol in the order of names: the symbol, a blank,
the module below modtools.emulate.linux.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from modtools.emulate import linux
from modtools.emulate.symbols import registry


def modules() -> list[str]:
    """Return the names of all modules below modtools.emulate.linux, without that."""
    found = walk_packages(linux.__path__, linux.__name__ + ".")
    return sorted(each.name.removeprefix(linux.__name__ + ".") for each in found if not each.ispkg)


def provided(module: str) -> set[str]:
    """Return the symbols that the source of a module declares: those that are new once it alone is imported again."""
    source = Path(linux.__path__[0], *module.split(".")).with_suffix(".py").read_text("utf-8")
    before, registry.ENTRIES = registry.ENTRIES, {}
    try:
        exec(compile(source, module, "exec"), {"__name__": module})
        return set(registry.ENTRIES)
    finally:
        registry.ENTRIES = before


def text() -> str:
    """Return the whole index. Raises ValueError for a symbol that two files declare."""
    for module in modules():
        import_module(f"{linux.__name__}.{module}")
    found: dict[str, str] = {}
    for module in modules():
        for name in provided(module):
            if name in found:
                raise ValueError(f"{name} is declared in {found[name]} and in {module}")
            found[name] = module
    return "".join(f"{name} {module}\n" for name, module in sorted(found.items()))


if __name__ == "__main__":
    registry.INDEX.write_text(text(), "ascii")
