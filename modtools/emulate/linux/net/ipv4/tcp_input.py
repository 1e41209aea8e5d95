"""net/ipv4/tcp_input.c: Waiting for the handlers of acknowledged data."""

from __future__ import annotations

from modtools.emulate.symbols.registry import function

function("void clean_acked_data_flush(void)")(lambda _guest: None)
