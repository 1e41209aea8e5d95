"""Places of the kernel where a module puts a function or a table of its own, and small facts that modules ask for.

From Linux 6.1: the files named beside each. What a module has put there would be used on behalf of programs, of which
there are none.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.functions.registered import enter, leave
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import size_of
from modtools.linuxerrno import EBUSY, EINVAL, ENOENT


def _put(place: str) -> Callable[[Guest, int], None]:
    """Return a handler that keeps the one address of a place."""

    def put(guest: Guest, address: int) -> None:
        guest.table("hooks")[place] = address

    return put


def _clear(place: str) -> Callable[[Guest, int], None]:
    """Return a handler that forgets the address of a place."""

    def clear(guest: Guest, _address: int) -> None:
        guest.table("hooks").pop(place, None)

    return clear


# `net/socket.c`
function("void brioctl_set(void *hook)")(_put("brioctl"))
function("void vlan_ioctl_set(void *hook)")(_put("vlan_ioctl"))
# `fs/nfs_common/nfs_ssc.c`
function("void nfs_ssc_register(const struct nfs_ssc_client_ops *ops)")(_put("nfs_ssc"))
function("void nfs_ssc_unregister(const struct nfs_ssc_client_ops *ops)")(_clear("nfs_ssc"))
function("void nfs42_ssc_register(const struct nfs4_ssc_client_ops *ops)")(_put("nfs42_ssc"))
function("void nfs42_ssc_unregister(const struct nfs4_ssc_client_ops *ops)")(_clear("nfs42_ssc"))
# `net/core/sock_diag.c`
function("void sock_diag_register_inet_compat(const struct sock_diag_inet_compat *ptr)")(_put("inet_rcv_compat"))
function("void sock_diag_unregister_inet_compat(const struct sock_diag_inet_compat *ptr)")(_clear("inet_rcv_compat"))
# `net/ipv4/tcp_ulp.c`
function("int tcp_register_ulp(struct tcp_ulp_ops *ulp)")(enter("tcp_ulp"))
function("void tcp_unregister_ulp(struct tcp_ulp_ops *ulp)")(leave("tcp_ulp"))
# `net/ipv4/tcp_input.c`
function("void clean_acked_data_flush(void)")(lambda _guest: None)
# `mm/zpool.c`
function("void zpool_register_driver(struct zpool_driver *driver)")(enter("zpool"))
function("int zpool_unregister_driver(struct zpool_driver *driver)")(leave("zpool"))
# `net/ipv4/nexthop.c`: there is no next hop to be told of
function("int register_nexthop_notifier(struct net *net, struct notifier_block *nb, struct netlink_ext_ack *extack)")(
    lambda guest, _net, block, _extack: enter("nexthop notifiers")(guest, block)
)
function("int unregister_nexthop_notifier(struct net *net, struct notifier_block *nb)")(
    lambda guest, _net, block: leave("nexthop notifiers", absent=ENOENT)(guest, block)
)
# `net/dcb/dcbevent.c`
function("int register_dcbevent_notifier(struct notifier_block *nb)")(enter("dcb events"))
function("int unregister_dcbevent_notifier(struct notifier_block *nb)")(leave("dcb events", absent=ENOENT))
# `security/keys/key.c`
function("void key_revoke(struct key *key)")(lambda _guest, _key: None)
# `drivers/cpufreq/cpufreq.c`: struct cpufreq_governor begins with its name
function("int cpufreq_register_governor(struct cpufreq_governor *governor)")(enter("governors", taken=EBUSY))
function("void cpufreq_unregister_governor(struct cpufreq_governor *governor)")(leave("governors"))
# `drivers/devfreq/devfreq.c`: no device has a frequency
function("int devfreq_add_governor(struct devfreq_governor *governor)")(enter("devfreq governors", taken=EINVAL))
function("int devfreq_remove_governor(struct devfreq_governor *governor)")(leave("devfreq governors", absent=EINVAL))
# `net/ipv4/xfrm4_protocol.c`; those of IPv6 are in `net/ipv6/xfrm6_protocol.c`
_LEAVE4, _LEAVE6 = leave("xfrm4", absent=ENOENT), leave("xfrm6", absent=ENOENT)
function("int xfrm4_protocol_register(struct xfrm4_protocol *handler, unsigned char protocol)")(enter("xfrm4"))
function("int xfrm4_protocol_deregister(struct xfrm4_protocol *handler, unsigned char protocol)")(_LEAVE4)
# `net/ipv6/xfrm6_protocol.c`
function("int xfrm6_protocol_register(struct xfrm6_protocol *handler, unsigned char protocol)")(enter("xfrm6"))
function("int xfrm6_protocol_deregister(struct xfrm6_protocol *handler, unsigned char protocol)")(_LEAVE6)


@variable("iptun_encaps", 64)
def iptun_encaps(_guest: Guest, _address: int) -> None:
    """`net/ipv4/ip_tunnel_core.c`: Hold NULL for each way of tunnelling in IPv4."""


@variable("ip6tun_encaps", 64)
def ip6tun_encaps(_guest: Guest, _address: int) -> None:
    """`net/ipv4/ip_tunnel_core.c`: Hold NULL for each way of tunnelling in IPv6."""


@variable("sysctl_fb_tunnels_only_for_init_net", 4)
@variable("sysctl_devconf_inherit_init_net", 4)
def fallback_tunnels(_guest: Guest, _address: int) -> None:
    """`net/core/sysctl_net_core.c`: Hold 0, which these sysctls are at boot."""


@variable("nf_ct_zone_dflt", 4)
def nf_ct_zone_dflt(guest: Guest, address: int) -> None:
    """`net/netfilter/core.c`: Hold the default zone: number 0, both directions."""
    guest.memory.put(address + 3, 3, 1)


@variable("br_fdb_test_addr_hook", 8)
def br_fdb_test_addr_hook(_guest: Guest, _address: int) -> None:
    """`net/core/dev.c`: Hold NULL, until the bridge sets it."""


@variable("fg_console", 4)
def fg_console(_guest: Guest, _address: int) -> None:
    """`drivers/tty/vt/vt.c`: Hold 0, the first console."""


@variable("rtc_lock", 4)
def rtc_lock(_guest: Guest, _address: int) -> None:
    """`arch/x86/kernel/rtc.c`: Hold a spin lock that is free."""


@variable("reset_devices", 4)
def reset_devices(_guest: Guest, _address: int) -> None:
    """`init/main.c`: Hold 0; the command line's `reset_devices` is not modelled."""


@variable("sys_tz", 8)
def sys_tz(_guest: Guest, _address: int) -> None:
    """`kernel/time/time.c`: Hold zeros: nobody has called settimeofday()."""


@variable("pci_pci_problems", 4)
def pci_pci_problems(guest: Guest, address: int) -> None:
    """`drivers/pci/pci.c`: Hold 4 if the host bridge is Intel's 82441, as quirk_natoma() sets it, else 0."""
    natoma = any((there.vendor, there.device) == (0x8086, 0x1237) for there in guest.machine.pci)
    guest.memory.put(address, 4 if natoma else 0, 4)


@function("void mmu_notifier_synchronize(void)")
def mmu_notifier_synchronize(_guest: Guest) -> None:
    """`mm/mmu_notifier.c`: Return at once: nobody reads the notifiers."""


@function("void dmaengine_get(void)", "void dmaengine_put(void)")
def dmaengine_get(_guest: Guest) -> None:
    """`drivers/dma/dmaengine.c`: Do nothing, also for dmaengine_put(): the machine has no DMA channel whose
    clients would be counted.
    """


@function("void net_ns_barrier(void)")
def net_ns_barrier(_guest: Guest) -> None:
    """`net/core/net_namespace.c`: Return at once: no network namespace is being removed."""


@function("bool acpi_osi_is_win8(void)")
def acpi_osi_is_win8(_guest: Guest) -> bool:
    """`drivers/acpi/osi.c`: Return false: the ACPI tables of QEMU do not ask for Windows 8."""
    return False


@function("bool acpi_quirk_skip_acpi_ac_and_battery(void)")
def acpi_quirk_skip_acpi_ac_and_battery(_guest: Guest) -> bool:
    """`drivers/acpi/x86/utils.c`: Return false: the machine is none of the tablets concerned."""
    return False


@function("int fb_get_options(const char *name, char **option)")
def fb_get_options(guest: Guest, _name: int, result: int) -> int:
    """`drivers/video/fbdev/core/fb_cmdline.c`: Write NULL and return 0; `video=` on the command line stops the run."""
    if "video=" in guest.kernel.identity.cmdline:
        raise Needs("video= on the command line")
    if result:
        guest.memory.put(result, 0, 8)
    return 0


@function("const char *cpufreq_get_current_driver(void)")
def cpufreq_get_current_driver(_guest: Guest) -> int:
    """`drivers/cpufreq/cpufreq.c`: Return NULL: there is no cpufreq driver."""
    return 0


@function("bool efivar_supports_writes(void)", "bool efivar_is_available(void)")
def efivar_supports_writes(_guest: Guest) -> bool:
    """`drivers/firmware/efi/vars.c`: Return false, also for efivar_is_available(): the
    machine was started by a BIOS.
    """
    return False


@function("int zlib_inflate_workspacesize(void)")
def zlib_inflate_workspacesize(_guest: Guest) -> int:
    """`lib/zlib_inflate/inflate.c`: Return the size of `struct inflate_workspace`: the state and a window of 32 KiB."""
    return size_of("inflate_workspace")


@function("bool dev_valid_name(const char *name)")
def dev_valid_name(guest: Guest, text: int) -> bool:
    """`net/core/dev.c`: Return whether a text can name a network device: up to fifteen bytes,
    no slash, colon or blank.
    """
    name = guest.memory.text(text, 16)
    return 0 < len(name) < 16 and name not in (b".", b"..") and not any(c in b"/: \t\n\v\f\r\xa0" for c in name)
