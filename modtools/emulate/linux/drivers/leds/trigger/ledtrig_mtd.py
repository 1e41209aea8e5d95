"""drivers/leds/trigger/ledtrig-mtd.c: Lighting an LED while flash memory is used."""

from __future__ import annotations

from modtools.emulate.symbols.registry import function

function("void ledtrig_mtd_activity(void)")(lambda _guest: None)  # no LED is there that could blink
