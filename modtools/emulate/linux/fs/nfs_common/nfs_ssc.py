"""fs/nfs_common/nfs_ssc.c: Operations that NFS's client and server give each other.

They would be used on behalf of programs, of which there are none.
"""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("void nfs_ssc_register(const struct nfs_ssc_client_ops *ops)")(registrations.setting("nfs_ssc"))
function("void nfs_ssc_unregister(const struct nfs_ssc_client_ops *ops)")(registrations.clearing("nfs_ssc"))
function("void nfs42_ssc_register(const struct nfs4_ssc_client_ops *ops)")(registrations.setting("nfs42_ssc"))
function("void nfs42_ssc_unregister(const struct nfs4_ssc_client_ops *ops)")(registrations.clearing("nfs42_ssc"))
