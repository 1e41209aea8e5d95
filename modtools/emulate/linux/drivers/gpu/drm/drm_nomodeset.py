"""drivers/gpu/drm/drm_nomodeset.c: Whether graphics drivers may use the hardware.

Later kernels have it under another name, for all of video.
"""

from __future__ import annotations

from modtools.emulate.linux.drivers.video.nomodeset import video_firmware_drivers_only
from modtools.emulate.symbols.registry import function

function("bool drm_firmware_drivers_only(void)")(video_firmware_drivers_only)
