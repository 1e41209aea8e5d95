"""States as former versions of pymod wrote them."""

from __future__ import annotations

import json
from typing import Any

from modtools.profiles.exports import encode
from modtools.store import Store

SYMBOLS = "1.symbols"


def with_symbols_only(store: Store) -> dict[str, Any]:
    """Rewrite the state of a kernel that was booted from files: it had no profile of its own, but a list of symbols.

    Returns the state as it is written.
    """
    symbols = encode(store.read().symbols)
    state: dict[str, Any] = json.loads(store.path.read_text())
    (store.parts.folder / SYMBOLS).write_bytes(symbols)
    (store.parts.folder / state["kernel"]["profile"]).unlink()
    state["kernel"] |= {"profile": "", "symbols": SYMBOLS}
    store.path.write_text(json.dumps(state))
    return state
