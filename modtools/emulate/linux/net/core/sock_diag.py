"""net/core/sock_diag.c: Registering handlers that tell of sockets."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY

function("void sock_diag_register_inet_compat(const struct sock_diag_inet_compat *ptr)")(
    registrations.setting("inet_rcv_compat")
)
function("void sock_diag_unregister_inet_compat(const struct sock_diag_inet_compat *ptr)")(
    registrations.clearing("inet_rcv_compat")
)
function("int sock_diag_register(const struct sock_diag_handler *hndl)")(
    registrations.registering("sock_diag", taken=EBUSY)
)
function("void sock_diag_unregister(const struct sock_diag_handler *hnld)")(registrations.unregistering("sock_diag"))
