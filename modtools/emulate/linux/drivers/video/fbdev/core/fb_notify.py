"""drivers/video/fbdev/core/fb_notify.c: Notifiers of frame buffers."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int fb_register_client(struct notifier_block *nb)")(notifier.registering("fb"))
function("int fb_unregister_client(struct notifier_block *nb)")(notifier.unregistering("fb"))
