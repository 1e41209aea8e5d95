#include "calls.h"
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/skbuff.h>
#include <net/genetlink.h>
#include <net/netlink.h>
#include <net/sock.h>

static const struct genl_multicast_group groups[] = { { .name = "calls" } };
static struct genl_family family = { .name = "calls", .version = 3, .maxattr = 4, .module = THIS_MODULE, .mcgrps = groups, .n_mcgrps = 1, .hdrsize = 2 };

static void show(const char *what, struct sk_buff *m)
{
	pr_info("%s: %u bytes, %*ph\n", what, m->len, (int)min(m->len, 64U), m->data);
}

static void attributes(void)
{
	struct sk_buff *m = nlmsg_new(200, GFP_KERNEL);
	struct nlmsghdr *h = __nlmsg_put(m, 7, 5, RTM_NEWLINK, 5, NLM_F_MULTI);
	struct nlattr *a;
	AT(m->data, h);
	show("header", m);
	INT(nla_put(m, 1, 3, "abc"));
	INT(nla_put(m, 2, 0, NULL));
	DO(__nla_put(m, 3, 1, "d"));
	INT(nla_put_64bit(m, 4, 8, "12345678", 9));
	a = nla_reserve(m, 5, 2);
	memcpy(nla_data(a), "ef", 2);
	a = __nla_reserve(m, 6, 1);
	memcpy(nla_data(a), "g", 1);
	a = nla_reserve_64bit(m, 7, 8, 9);
	memcpy(nla_data(a), "87654321", 8);
	memcpy(nla_reserve_nohdr(m, 3), "hij", 3);
	INT(nla_put_nohdr(m, 1, "k"));
	INT(nla_append(m, 2, "lm"));
	pr_info("%u bytes, %*phN\n", m->len, 64, m->data + 16);
	pr_info("%*phN\n", m->len - 80, m->data + 80);
	a = (void *)(m->data + 24);
	AT(a, nla_find(a, m->len - 24, 1));
	AT(a, nla_find(a, m->len - 24, 4));
	AT(a, nla_find(a, m->len - 24, 77));
	INT(nla_put(m, 1, 4000, m->data));
	NIL(nla_reserve(m, 1, 4000));
	NIL(nla_reserve_nohdr(m, 4000));
	INT(nla_append(m, 4000, m->data));
	INT(nla_put_nohdr(m, 4000, m->data));
	DO(rtnl_notify(m, &init_net, 0, RTNLGRP_LINK, NULL, GFP_KERNEL));
	DO(rtnl_set_sk_err(&init_net, RTNLGRP_LINK, -ENOBUFS));
}

static int __init net_messages_init(void)
{
	struct sk_buff *m = genlmsg_new(64, GFP_KERNEL);
	attributes();
	INT(genl_register_family(&family));
	AT(m->data, genlmsg_put(m, 9, 4, &family, NLM_F_ACK, 6));
	memset(m->data + 4, 0, 2);
	show("generic", m);
	INT(genlmsg_multicast(&family, m, 0, 0, GFP_KERNEL));
	m = genlmsg_new(64, GFP_KERNEL);
	INT(genlmsg_multicast_allns(&family, m, 0, 0));
	m = nlmsg_new(64, GFP_KERNEL);
	INT(netlink_broadcast(init_net.genl_sock, m, 0, family.mcgrp_offset, GFP_KERNEL));
	m = nlmsg_new(64, GFP_KERNEL);
	INT(netlink_unicast(init_net.genl_sock, m, 4711, MSG_DONTWAIT));
	INT(netlink_has_listeners(init_net.genl_sock, family.mcgrp_offset));
	INT(netlink_set_err(init_net.genl_sock, 0, family.mcgrp_offset, -ENOBUFS));
	m = alloc_skb(0, GFP_KERNEL);
	skb_put(m, skb_tailroom(m));
	NIL(genlmsg_put(m, 9, 4, &family, 0, 6));
	kfree_skb(m);
	INT(genl_unregister_family(&family));
	m = alloc_skb(100, GFP_KERNEL);
	m->dev = init_net.loopback_dev;
	INT(m->dev->flags & IFF_UP);
	INT(dev_queue_xmit(m));
	return 0;
}
static void __exit net_messages_exit(void) { }
module_init(net_messages_init);
module_exit(net_messages_exit);
