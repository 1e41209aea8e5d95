"""net/ipv4/tcp_input.c: Data that TCP has had acknowledged."""

from __future__ import annotations

from modtools.emulate.symbols.registry import function

function("void clean_acked_data_flush(void)")(lambda _guest: None)
