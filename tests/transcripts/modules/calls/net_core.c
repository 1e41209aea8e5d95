#include "calls.h"
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/skbuff.h>
#include <net/gro_cells.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include <net/rtnetlink.h>
#include <net/dst_cache.h>
#include <linux/netfilter.h>
#include <net/genetlink.h>
#include <net/netlink.h>
#include <net/sock.h>
#include <net/protocol.h>
#include <net/ipv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static netdev_tx_t transmit(struct sk_buff *skb, struct net_device *dev) { dev_kfree_skb(skb); return NETDEV_TX_OK; }
static int poll(struct napi_struct *n, int budget) { return 0; }
static int dev_open_(struct net_device *dev) { pr_info("open\n"); return 0; }
static const struct net_device_ops ops = { .ndo_start_xmit = transmit, .ndo_open = dev_open_, .ndo_set_mac_address = eth_mac_addr, .ndo_validate_addr = eth_validate_addr };
static void setup(struct net_device *dev) { ether_setup(dev); dev->netdev_ops = &ops; eth_hw_addr_set(dev, "\2\0\0\0\0\1"); dev->needs_free_netdev = false; }
static int event(struct notifier_block *nb, unsigned long what, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (!strncmp(dev->name, "calls", 5))
		pr_info("event %lu of %s\n", what, dev->name);
	return NOTIFY_OK;
}
static struct notifier_block nb = { .notifier_call = event };
static int receive(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt, struct net_device *orig) { kfree_skb(skb); return 0; }
static struct packet_type packet = { .type = htons(0x88b5), .func = receive };
static struct packet_offload offload = { .type = htons(0x88b5), .priority = 5 };
static int net_init_(struct net *net) { pr_info("namespace begins, first %d\n", net == &init_net); return 0; }
static void net_exit_(struct net *net) { pr_info("namespace ends\n"); }
static unsigned int id;
static struct pernet_operations subsys = { .init = net_init_, .exit = net_exit_, .id = &id, .size = 16 }, device = { .init = net_init_, .exit = net_exit_ };
static struct rtnl_link_ops link = { .kind = "calls", .setup = setup, .priv_size = 8 }, link2 = { .kind = "calls2", .setup = setup }, same = { .kind = "calls", .setup = setup };
static int doit(struct sk_buff *skb, struct nlmsghdr *nlh, struct netlink_ext_ack *ack) { return -EOPNOTSUPP; }
static unsigned int hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state) { return NF_ACCEPT; }
static const struct nf_hook_ops hooks[] = { { .hook = hook, .pf = NFPROTO_IPV4, .hooknum = NF_INET_LOCAL_IN }, { .hook = hook, .pf = NFPROTO_IPV4, .hooknum = NF_INET_LOCAL_OUT, .priority = 5 } };
static struct genl_family family = { .name = "calls", .version = 1, .module = THIS_MODULE }, twin = { .name = "calls", .version = 1, .module = THIS_MODULE };
static int create(struct net *net, struct socket *sock, int protocol, int kern) { return -EPROTONOSUPPORT; }
static const struct net_proto_family af = { .family = 43, .create = create, .owner = THIS_MODULE };
static struct proto proto = { .name = "CALLS", .owner = THIS_MODULE, .obj_size = sizeof(struct sock) };
static int handler(struct sk_buff *skb) { kfree_skb(skb); return 0; }
static const struct net_protocol ip4 = { .handler = handler }, ip4b = { .handler = handler };
static const struct inet6_protocol ip6 = { .handler = handler };
static int show(struct seq_file *m, void *v) { seq_puts(m, "net\n"); return 0; }

static void devices(void)
{
	struct net_device *dev, *other;
	struct napi_struct napi;
	struct gro_cells cells;
	struct dst_cache cache;
	LIST_HEAD(list);

	INT(dev_valid_name("eth0"));
	INT(dev_valid_name(""));
	INT(dev_valid_name("a/b"));
	INT(dev_valid_name("a:b"));
	INT(dev_valid_name("."));
	INT(dev_valid_name(".."));
	INT(dev_valid_name("123456789012345"));
	INT(dev_valid_name("1234567890123456"));
	INT(dev_valid_name("with space"));
	INT(register_netdevice_notifier(&nb));
	dev = alloc_netdev(8, "calls%d", NET_NAME_ENUM, setup);
	STR(dev->name);
	netdev_info(dev, "not registered\n");
	INT(register_netdev(dev));
	STR(dev->name);
	other = alloc_etherdev(4);
	STR(other->name);
	other->netdev_ops = &ops;
	eth_hw_addr_random(other);
	strcpy(other->name, "calls%d");
	rtnl_lock();
	INT(dev_alloc_name(other, "calls%d"));
	STR(other->name);
	INT(register_netdevice(other));
	STR(other->name);
	NIL(__dev_get_by_name(&init_net, "calls0"));
	NIL(__dev_get_by_name(&init_net, "calls7"));
	rtnl_unlock();
	rcu_read_lock();
	NIL(dev_get_by_name_rcu(&init_net, "calls1"));
	NIL(dev_get_by_name_rcu(&init_net, "none"));
	rcu_read_unlock();
	netdev_emerg(dev, "emerg %d\n", 1);
	netdev_alert(dev, "alert %d\n", 2);
	netdev_crit(dev, "crit %d\n", 3);
	netdev_err(dev, "err %d\n", 4);
	netdev_warn(dev, "warn %d\n", 5);
	netdev_notice(dev, "notice %d\n", 6);
	netdev_info(dev, "info %d\n", 7);
	netdev_info(NULL, "nobody\n");
	INT(dev->mtu);
	INT(dev->addr_len);
	INT(dev->type);
	INT(dev->tx_queue_len);
	INT(dev->ifindex > 0);
	INT(dev->flags);
	{
		static struct sockaddr a = { .sa_family = 1 }, bad = { .sa_family = 1 };

		memcpy(a.sa_data, "\2\0\0\0\0\2", 6);
		memcpy(bad.sa_data, "\1\0\0\0\0\2", 6);

		INT(eth_prepare_mac_addr_change(dev, &a));
		INT(eth_prepare_mac_addr_change(dev, &bad));
		eth_commit_mac_addr_change(dev, &a);
		pr_info("%pM\n", dev->dev_addr);
		INT(eth_mac_addr(dev, &bad));
		INT(eth_validate_addr(dev));
		dev_addr_mod(dev, 5, "\7", 1);
		pr_info("%pM\n", dev->dev_addr);
	}
	netif_napi_add(dev, &napi, poll);
	INT(napi.weight);
	napi_enable(&napi);
	napi_disable(&napi);
	netif_napi_del(&napi);
	INT(gro_cells_init(&cells, dev));
	gro_cells_destroy(&cells);
	INT(dst_cache_init(&cache, GFP_KERNEL));
	dst_cache_destroy(&cache);
	unregister_netdev(dev);
	INT(dev->reg_state);
	free_netdev(dev);
	rtnl_lock();
	unregister_netdevice_queue(other, &list);
	unregister_netdevice_many(&list);
	rtnl_unlock();
	free_netdev(other);
	dev = alloc_netdev(0, "callsx", NET_NAME_USER, setup);
	INT(register_netdev(dev));
	other = alloc_netdev(0, "callsx", NET_NAME_USER, setup);
	INT(register_netdev(other));
	free_netdev(other);
	rtnl_lock();
	unregister_netdevice(dev);
	rtnl_unlock();
	free_netdev(dev);
	INT(unregister_netdevice_notifier(&nb));
}

static void packets(void)
{
	struct sk_buff_head queue;
	struct sk_buff *a = alloc_skb(100, GFP_KERNEL), *c = netdev_alloc_skb(NULL, 64);

	INT(skb_tailroom(a) >= 100);
	INT(skb_headroom(c) >= NET_SKB_PAD);
	strcpy(skb_put(a, 6), "hello");
	INT(a->len);
	STR(skb_pull(a, 2));
	skb_trim(a, 2);
	INT(a->len);
	INT(skb_push(a, 1) != NULL);
	skb_queue_head_init(&queue);
	skb_queue_tail(&queue, a);
	skb_queue_head(&queue, c);
	INT(skb_queue_len(&queue));
	skb_unlink(a, &queue);
	INT(skb_queue_len(&queue));
	INT(skb_dequeue(&queue) == c);
	NIL(skb_dequeue_tail(&queue));
	kfree_skb(a);
	consume_skb(c);
}

static void registered(void)
{
	struct sock *sk;
	struct netlink_kernel_cfg cfg = { };

	dev_add_pack(&packet);
	dev_remove_pack(&packet);
	dev_add_offload(&offload);
	dev_remove_offload(&offload);
	INT(register_pernet_subsys(&subsys));
	INT(id > 0);
	NIL(net_generic(&init_net, id));
	unregister_pernet_subsys(&subsys);
	INT(register_pernet_device(&device));
	unregister_pernet_device(&device);
	INT(rtnl_link_register(&link));
	INT(rtnl_link_register(&same));
	rtnl_lock();
	INT(__rtnl_link_register(&link2));
	__rtnl_link_unregister(&link2);
	rtnl_unlock();
	rtnl_link_unregister(&link);
	INT(rtnl_register_module(THIS_MODULE, PF_UNSPEC, RTM_BASE + 100, doit, NULL, 0));
	INT(rtnl_unregister(PF_UNSPEC, RTM_BASE + 100));
	INT(rtnl_unregister(PF_UNSPEC, RTM_BASE + 100));
	INT(nf_register_net_hook(&init_net, &hooks[0]));
	nf_unregister_net_hook(&init_net, &hooks[0]);
	INT(nf_register_net_hooks(&init_net, hooks, 2));
	nf_unregister_net_hooks(&init_net, hooks, 2);
	INT(genl_register_family(&family));
	INT(genl_register_family(&twin));
	INT(genl_unregister_family(&family));
	INT(sock_register(&af));
	INT(sock_register(&af));
	sock_unregister(43);
	INT(proto_register(&proto, 1));
	proto_unregister(&proto);
	INT(inet_add_protocol(&ip4, 200));
	INT(inet_add_protocol(&ip4b, 200));
	INT(inet_del_protocol(&ip4b, 200));
	INT(inet_del_protocol(&ip4, 200));
	INT(inet6_add_protocol(&ip6, 200));
	INT(inet6_del_protocol(&ip6, 200));
	sk = netlink_kernel_create(&init_net, 30, &cfg);
	NIL(sk);
	netlink_kernel_release(sk);
	NIL(proc_create_net_single("calls_net", 0444, init_net.proc_net, show, NULL));
	remove_proc_entry("calls_net", init_net.proc_net);
	INT(__ipv6_addr_type(&(struct in6_addr) IN6ADDR_LOOPBACK_INIT) & 0xffff);
	INT(__ipv6_addr_type(&(struct in6_addr) IN6ADDR_ANY_INIT) & 0xffff);
	INT(__ipv6_addr_type(&(struct in6_addr) { .s6_addr = { 0xfe, 0x80, [15] = 1 } }) & 0xffff);
	INT(__ipv6_addr_type(&(struct in6_addr) { .s6_addr = { 0xff, 0x02, [15] = 1 } }) & 0xffff);
	INT(__ipv6_addr_type(&(struct in6_addr) { .s6_addr = { 0x20, 0x01, [15] = 1 } }) & 0xffff);
	INT(__ipv6_addr_type(&(struct in6_addr) { .s6_addr = { [10] = 0xff, 0xff, 1, 2, 3, 4 } }) & 0xffff);
	net_ns_barrier();
	down_read(&net_rwsem);
	INT(list_empty(&net_namespace_list));
	up_read(&net_rwsem);
	down_read(&pernet_ops_rwsem);
	up_read(&pernet_ops_rwsem);
}

static int __init calls_init(void)
{
	packets();
	devices();
	registered();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
