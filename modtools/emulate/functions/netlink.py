"""Sockets of netlink, users, and other single registrations.

From Linux 6.1: `net/netlink/af_netlink.c`, `kernel/user_namespace.c`, `net/ipv4/inet_fragment.c`,
`arch/x86/xen/enlighten.c`, `arch/x86/kernel/cpu/hypervisor.c`.
"""

from __future__ import annotations

from modtools.emulate import listhead
from modtools.emulate.functions.slab import create as create_cache
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import new, view


@function(
    "struct sock *__netlink_kernel_create(struct net *net, int unit, struct module *module,"
    " struct netlink_kernel_cfg *cfg)"
)
def netlink_kernel_create(guest: Guest, net: int, unit: int, _module: int, _configuration: int) -> int:
    """`net/netlink/af_netlink.c`: Return a kernel's socket for a netlink number; 0 if the number is taken. Messages
    are not modelled.
    """
    table = guest.table("netlink")
    if unit in table:
        return 0
    sock = new(guest, "sock")
    table[unit] = sock.address()
    guest.memory.put(sock.address("__sk_common") + _net_offset(), net, 8)
    return sock.address()


def _net_offset() -> int:
    from modtools.emulate.structs import offset_of

    return offset_of("sock_common", "skc_net")


@function("void netlink_kernel_release(struct sock *sk)")
def netlink_kernel_release(guest: Guest, sock: int) -> None:
    """`net/netlink/af_netlink.c`: Free a kernel's netlink socket, and its number."""
    table = guest.table("netlink")
    for unit in [unit for unit, address in table.items() if address == sock]:
        del table[unit]
    if sock:
        guest.heap.free(sock)


@function(
    "kuid_t make_kuid(struct user_namespace *ns, uid_t uid)", "kgid_t make_kgid(struct user_namespace *ns, gid_t gid)"
)
def make_kuid(_guest: Guest, _namespace: int, number: int) -> int:
    """`kernel/user_namespace.c`: Return the number itself: there is only the first user namespace, which maps ids to
    themselves.
    """
    return number


@function("int inet_frags_init(struct inet_frags *f)")
def inet_frags_init(guest: Guest, address: int) -> int:
    """`net/ipv4/inet_fragment.c`: Initialise a kind of fragment queues, with a cache for them; return 0."""
    frags = view(guest, "inet_frags", address)
    name = frags.frags_cache_name
    frags.frags_cachep = create_cache(guest, name, frags.qsize, 8, 0)
    guest.memory.put(frags.address("refcnt"), 1, 4)
    completion = frags.completion
    completion.done = 0
    listhead.init(guest, completion.wait.task_list.address())
    return 0


@function("void inet_frags_fini(struct inet_frags *f)")
def inet_frags_fini(guest: Guest, address: int) -> None:
    """`net/ipv4/inet_fragment.c`: Free the cache of a kind of fragment queues."""
    frags = view(guest, "inet_frags", address)
    guest.heap.free(frags.frags_cachep)
    frags.frags_cachep = 0


@function("int fqdir_init(struct fqdir **fqdirp, struct inet_frags *f, struct net *net)")
def fqdir_init(guest: Guest, result: int, frags: int, net: int) -> int:
    """`net/ipv4/inet_fragment.c`: Allocate a namespace's directory of fragment queues; return 0. The hash table, which
    starts empty, is left out.
    """
    fqdir = new(guest, "fqdir")
    fqdir.f, fqdir.net = frags, net
    at = view(guest, "inet_frags", frags).address("refcnt")
    guest.memory.put(at, guest.memory.u32(at) + 1, 4)
    guest.memory.put(result, fqdir.address(), 8)
    return 0


@function("void fqdir_exit(struct fqdir *fqdir)")
def fqdir_exit(guest: Guest, address: int) -> None:
    """`net/ipv4/inet_fragment.c`: Free a namespace's directory of fragment queues."""
    frags = view(guest, "fqdir", address).f
    at = view(guest, "inet_frags", frags).address("refcnt")
    guest.memory.put(at, guest.memory.u32(at) - 1, 4)
    guest.heap.free(address)


@variable("xen_domain_type", 4)
def xen_domain_type(_guest: Guest, _address: int) -> None:
    """`arch/x86/xen/enlighten.c`: Leave it 0: not under Xen."""


@variable("x86_hyper_type", 4)
def x86_hyper_type(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/cpu/hypervisor.c`: Store the machine's hypervisor. QEMU without KVM is none that Linux knows."""
    guest.memory.put(address, guest.machine.hypervisor, 4)


@variable("fips_enabled", 4)
def fips_enabled(_guest: Guest, _address: int) -> None:
    """`crypto/fips.c`: Leave it 0: the kernel is not in FIPS mode."""


@function("int crypto_register_notifier(struct notifier_block *nb)")
def crypto_register_notifier(guest: Guest, block: int) -> int:
    """`crypto/algapi.c`: Note a notifier; return 0. It is never called, because nobody asks for
    algorithms through it.
    """
    guest.table("crypto_notifiers")[block] = 1
    return 0


@function("int crypto_unregister_notifier(struct notifier_block *nb)")
def crypto_unregister_notifier(guest: Guest, block: int) -> int:
    """`crypto/algapi.c`: Forget a notifier; return 0, or -ENOENT for one that is not registered."""
    return 0 if guest.table("crypto_notifiers").pop(block, None) else -2


@function("int xfrm_input_register_afinfo(const struct xfrm_input_afinfo *afinfo)")
def xfrm_input_register_afinfo(guest: Guest, address: int) -> int:
    """`net/xfrm/xfrm_input.c`: Note the operations of an address family; return 0. Registering the same ones twice
    stops the run.
    """
    table = guest.table("xfrm_input")
    if address in table:
        raise Needs("xfrm_input_register_afinfo twice")
    table[address] = 1
    return 0


@function("int xfrm_input_unregister_afinfo(const struct xfrm_input_afinfo *afinfo)")
def xfrm_input_unregister_afinfo(guest: Guest, address: int) -> int:
    """`net/xfrm/xfrm_input.c`: Forget the operations of an address family; return 0."""
    guest.table("xfrm_input").pop(address, None)
    return 0


def _connection(guest: Guest, address: int) -> tuple[int, int]:
    """The two numbers of a `struct cb_id`."""
    row = view(guest, "cb_id", address)
    return row.idx, row.val


@function("int cn_add_callback(const struct cb_id *id, const char *name, void *callback)")
def cn_add_callback(guest: Guest, identity: int, _name: int, callback: int) -> int:
    """`drivers/connector/connector.c`: Note the callback of an id, which is two numbers; return 0, or -EINVAL for an
    id that is taken.
    """
    key = _connection(guest, identity)
    table = guest.table("connector")
    if key in table:
        return -22
    table[key] = callback
    return 0


@function("void cn_del_callback(const struct cb_id *id)")
def cn_del_callback(guest: Guest, identity: int) -> None:
    """`drivers/connector/connector.c`: Forget the callback of an id."""
    guest.table("connector").pop(_connection(guest, identity), None)


@variable("udp_tunnel_nic_ops", 8)
def udp_tunnel_nic_ops(_guest: Guest, _address: int) -> None:
    """`net/ipv4/udp_tunnel_stub.c`: Leave it NULL, until the module udp_tunnel sets it."""


@variable("phys_base", 8)
def phys_base(_guest: Guest, _address: int) -> None:
    """`arch/x86/kernel/head_64.S`: Leave it 0: the kernel lies where it was linked to."""


@variable("panic_notifier_list", 16)
def panic_notifier_list(_guest: Guest, _address: int) -> None:
    """`kernel/panic.c`: Leave the atomic notifier chain empty, as modules see it."""


@function("int register_btf_kfunc_id_set(enum bpf_prog_type prog_type, const struct btf_kfunc_id_set *kset)")
def register_btf_kfunc_id_set(_guest: Guest, _kind: int, _set: int) -> int:
    """`kernel/bpf/btf.c`: Return 0: the module's functions are allowed for BPF programs, which nobody loads."""
    return 0
