"""drivers/pwm/core.c: Pulses that a chip makes. The machine has none that does, and drivers' own are not known."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EINVAL, EPROBE_DEFER

_MOST = 1024
"""How many pulses can have numbers, MAX_PWMS."""


@function("struct pwm_device *pwm_request(int pwm, const char *label)")
def pwm_request(_guest: Guest, number: int, _label: int) -> int:
    """Return -EPROBE_DEFER, for the chip with this number may still come; -EINVAL for a number that none can have."""
    return -EPROBE_DEFER if 0 <= number < _MOST else -EINVAL


@function("void pwm_free(struct pwm_device *pwm)")
def pwm_free(_guest: Guest, _pwm: int) -> None:
    """Do nothing for NULL, and there is no other."""
