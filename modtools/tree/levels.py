"""How much a Note matters: the priorities of syslog(3) that depmod uses. kmod ends after a FATAL one."""

from __future__ import annotations

from typing import Final

FATAL: Final = 2
ERROR: Final = 3
WARNING: Final = 4
INFO: Final = 6
