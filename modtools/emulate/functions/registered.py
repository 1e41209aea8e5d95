"""Registrations of modules that the kernel only keeps in a list here.

From Linux 6.1: the files named beside each. An entry is known by its address or its name; a name that is taken is
refused. What the kernel has of its own is not in these lists: a module brings what the kernel has not got.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view
from modtools.kernel.log import INFO, NOTICE
from modtools.linuxerrno import EBUSY, EEXIST, EINVAL, ENODEV, ENOENT

Handler = Callable[..., int]


def enter(kind: str, *, name_at: int = -1, inline: int = 0, taken: int = EEXIST) -> Handler:
    """Make a handler that registers an object by the text to which the pointer at `name_at` points, by the text there
    (`inline` bytes), or by its address. It returns 0, or `taken` as an error; it does not look at arguments behind the
    first.
    """

    def register(guest: Guest, address: int, *_others: int) -> int:
        key = _key(guest, address, name_at, inline)
        table = guest.table(f"registered {kind}")
        if key in table:
            return -taken
        table[key] = address
        return 0

    return register


def leave(kind: str, *, name_at: int = -1, inline: int = 0, absent: int = 0) -> Handler:
    """Make a handler that unregisters an object by the same key as `enter()`. It returns 0, or `absent` as an error."""

    def unregister(guest: Guest, address: int, *_others: int) -> int:
        found = guest.table(f"registered {kind}").pop(_key(guest, address, name_at, inline), None)
        return -absent if found is None else 0

    return unregister


def _key(guest: Guest, address: int, name_at: int, inline: int) -> int | str:
    if name_at < 0:
        return address
    return guest.text(address + name_at, inline) if inline else guest.text(guest.memory.u64(address + name_at))


# `fs/filesystems.c`
function("int register_filesystem(struct file_system_type *fs)")(enter("filesystems", name_at=0, taken=EBUSY))
function("int unregister_filesystem(struct file_system_type *fs)")(leave("filesystems", name_at=0, absent=EINVAL))
# `fs/nls/nls_base.c`
function("int __register_nls(struct nls_table *nls, struct module *owner)")(enter("nls", taken=EBUSY))
function("int unregister_nls(struct nls_table *nls)")(leave("nls", absent=EINVAL))
# `fs/exec.c`
function("void __register_binfmt(struct linux_binfmt *fmt, int insert)")(enter("binfmt"))
function("void unregister_binfmt(struct linux_binfmt *fmt)")(leave("binfmt"))
# `net/sched/sch_api.c`: struct Qdisc_ops has its id at 16
function("int register_qdisc(struct Qdisc_ops *qops)")(enter("qdisc", name_at=16, inline=16))
function("void unregister_qdisc(struct Qdisc_ops *qops)")(leave("qdisc", name_at=16, inline=16))
# `net/sched/cls_api.c`: struct tcf_proto_ops has its kind at 16
function("int register_tcf_proto_ops(struct tcf_proto_ops *ops)")(enter("tcf_proto", name_at=16, inline=16))
function("void unregister_tcf_proto_ops(struct tcf_proto_ops *ops)")(leave("tcf_proto", name_at=16, inline=16))
# `net/sched/ematch.c`
function("int tcf_em_register(struct tcf_ematch_ops *ops)")(enter("ematch"))
function("void tcf_em_unregister(struct tcf_ematch_ops *ops)")(leave("ematch", absent=ENOENT))
# `net/core/dev.c`
function("void dev_add_pack(struct packet_type *pt)")(enter("packet types"))
function("void dev_remove_pack(struct packet_type *pt)")(leave("packet types"))
# `net/core/gro.c`
function("void dev_add_offload(struct packet_offload *po)")(enter("packet offloads"))
function("void dev_remove_offload(struct packet_offload *po)")(leave("packet offloads"))
# `net/core/rtnetlink.c`
function("void rtnl_af_register(struct rtnl_af_ops *ops)")(enter("rtnl_af"))
function("void rtnl_af_unregister(struct rtnl_af_ops *ops)")(leave("rtnl_af"))
# `net/core/lwtunnel.c`: by number, and each module has one of its own
function("int lwtunnel_encap_add_ops(const struct lwtunnel_encap_ops *op, unsigned int num)")(enter("lwtunnel"))
function("int lwtunnel_encap_del_ops(const struct lwtunnel_encap_ops *op, unsigned int num)")(leave("lwtunnel"))
# `net/ethtool/common.c`
function("void ethtool_set_ethtool_phy_ops(const struct ethtool_phy_ops *ops)")(lambda _guest, _address: 0)
# `net/netfilter/nf_sockopt.c`
function("int nf_register_sockopt(struct nf_sockopt_ops *reg)")(enter("nf_sockopt", taken=EBUSY))
function("void nf_unregister_sockopt(struct nf_sockopt_ops *reg)")(leave("nf_sockopt"))
# `net/ipv4/af_inet.c`
function("void inet_register_protosw(struct inet_protosw *p)")(enter("inet protosw"))
function("void inet_unregister_protosw(struct inet_protosw *p)")(leave("inet protosw"))
# `net/ipv6/af_inet6.c`
function("int inet6_register_protosw(struct inet_protosw *p)")(enter("inet6 protosw"))
function("void inet6_unregister_protosw(struct inet_protosw *p)")(leave("inet6 protosw"))
# `arch/x86/hyperv/hv_init.c`
function("bool hv_is_hyperv_initialized(void)")(lambda _guest: 0)
# `net/core/sock_diag.c`
function("int sock_diag_register(const struct sock_diag_handler *hndl)")(enter("sock_diag", taken=EBUSY))
function("void sock_diag_unregister(const struct sock_diag_handler *hnld)")(leave("sock_diag"))
# `net/xfrm/xfrm_state.c`
function("int xfrm_register_km(struct xfrm_mgr *km)")(enter("xfrm managers"))
function("int xfrm_unregister_km(struct xfrm_mgr *km)")(leave("xfrm managers"))
function("int xfrm_register_type(const struct xfrm_type *type, unsigned short family)")(enter("xfrm types"))
function("void xfrm_unregister_type(const struct xfrm_type *type, unsigned short family)")(leave("xfrm types"))


def _protocol(family: str) -> tuple[Handler, Handler]:
    """Make the handlers that add and remove a protocol of a family, one for each number."""

    def add(guest: Guest, handler: int, number: int) -> int:
        table = guest.table(f"protocols {family}")
        if number in table or number in _INET_BUILT_IN[family]:
            return -1
        table[number] = handler
        return 0

    def remove(guest: Guest, handler: int, number: int) -> int:
        table = guest.table(f"protocols {family}")
        if table.get(number) != handler:
            return -1
        del table[number]
        return 0

    return add, remove


_INET_BUILT_IN = {"inet": (1, 2, 6, 17), "inet6": (0, 6, 17, 43, 44, 58, 59, 60)}
_INET_ADD, _INET_DEL = _protocol("inet")
_INET6_ADD, _INET6_DEL = _protocol("inet6")
# `net/ipv4/protocol.c`
function("int inet_add_protocol(const struct net_protocol *prot, unsigned char protocol)")(_INET_ADD)
function("int inet_del_protocol(const struct net_protocol *prot, unsigned char protocol)")(_INET_DEL)
# `net/ipv6/protocol.c`
function("int inet6_add_protocol(const struct inet6_protocol *prot, unsigned char protocol)")(_INET6_ADD)
function("int inet6_del_protocol(const struct inet6_protocol *prot, unsigned char protocol)")(_INET6_DEL)


@function("int register_key_type(struct key_type *ktype)")
def register_key_type(guest: Guest, address: int) -> int:
    """`security/keys/key.c`: Register a type of keys and log it; return 0, or -EEXIST for a name that is taken."""
    result = int(enter("key types", name_at=0)(guest, address))
    if not result:
        guest.printk(NOTICE, f"Key type {guest.text(guest.memory.u64(address))} registered")
    return result


@function("void unregister_key_type(struct key_type *ktype)")
def unregister_key_type(guest: Guest, address: int) -> None:
    """`security/keys/key.c`: Unregister a type of keys and log it."""
    name = guest.text(guest.memory.u64(address))
    guest.table("registered key types").pop(name, None)
    guest.printk(NOTICE, f"Key type {name} unregistered")


@function("int tcp_register_congestion_control(struct tcp_congestion_ops *ca)")
def tcp_register_congestion_control(guest: Guest, address: int) -> int:
    """`net/ipv4/tcp_cong.c`: Register a congestion control; return 0, or -EEXIST for one that is registered. One that
    lacks a required function stops the run.
    """
    from modtools.emulate.structs import view

    ops = view(guest, "tcp_congestion_ops", address)
    if not ops.ssthresh or not ops.undo_cwnd or not (ops.cong_avoid or ops.cong_control):
        raise Needs("the complaint about a congestion control that does not implement required ops")
    return int(enter("congestion controls")(guest, address))


@function("void tcp_unregister_congestion_control(struct tcp_congestion_ops *ca)")
def tcp_unregister_congestion_control(guest: Guest, address: int) -> None:
    """`net/ipv4/tcp_cong.c`: Unregister a congestion control."""
    leave("congestion controls")(guest, address)


@function("int tcf_register_action(struct tc_action_ops *act, struct pernet_operations *ops)")
def tcf_register_action(guest: Guest, action: int, operations: int) -> int:
    """`net/sched/act_api.c`: Register an action and its operations for network namespaces; return 0, or -EINVAL if it
    lacks a function.
    """
    from modtools.emulate.netdevices import register_pernet

    if not all(guest.memory.u64(action + at) for at in _action_functions()):
        return -EINVAL
    result = register_pernet(guest, operations)
    if result:
        return result
    return int(enter("actions")(guest, action))


@function("void tcf_idrinfo_destroy(const struct tc_action_ops *ops, struct tcf_idrinfo *idrinfo)")
def tcf_idrinfo_destroy(guest: Guest, _operations: int, address: int) -> None:
    """`net/sched/act_api.c`: Do nothing for a namespace without actions; one with actions, which only programs make,
    stops the run.
    """
    from modtools.emulate.functions.idr import entries
    from modtools.emulate.structs import view

    if entries(guest, view(guest, "tcf_idrinfo", address).action_idr.address()):
        raise Needs("tcf_idrinfo_destroy with actions")


def _action_functions() -> tuple[int, ...]:
    from modtools.emulate.structs import offset_of

    return offset_of("tc_action_ops", "act"), offset_of("tc_action_ops", "init")


@function("int tcf_unregister_action(struct tc_action_ops *act, struct pernet_operations *ops)")
def tcf_unregister_action(guest: Guest, action: int, operations: int) -> int:
    """`net/sched/act_api.c`: Unregister an action and its operations for network namespaces; return 0 or -ENOENT."""
    from modtools.emulate.netdevices import unregister_pernet

    if leave("actions", absent=ENOENT)(guest, action):
        return -ENOENT
    unregister_pernet(guest, operations)
    return 0


@function("int register_acpi_bus_type(struct acpi_bus_type *type)")
def register_acpi_bus_type(guest: Guest, address: int) -> int:
    """`drivers/acpi/glue.c`: Register a bus that has ACPI devices and log its name, which is at 16; return 0."""
    enter("ACPI buses")(guest, address)
    guest.printk(INFO, f"ACPI: bus type {guest.text(view(guest, 'acpi_bus_type', address).name)} registered")
    return 0


@function("int unregister_acpi_bus_type(struct acpi_bus_type *type)")
def unregister_acpi_bus_type(guest: Guest, address: int) -> int:
    """`drivers/acpi/glue.c`: Unregister a bus that has ACPI devices and log its name; return 0 or -ENODEV."""
    if leave("ACPI buses", absent=ENODEV)(guest, address):
        return -ENODEV
    guest.printk(INFO, f"ACPI: bus type {guest.text(view(guest, 'acpi_bus_type', address).name)} unregistered")
    return 0
