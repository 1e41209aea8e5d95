// Two network devices of which each receives what the other one sends: one by netif_rx(), the other one by polling.
#include <linux/etherdevice.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

MODULE_LICENSE("GPL");

#define KIND 0x88b5

struct pair {
	struct net_device *other;
	struct napi_struct napi;
	struct sk_buff_head waiting;
};

static struct net_device *one, *two;

static bool polls(struct net_device *dev)
{
	return dev == two;
}

static int pair_open(struct net_device *dev)
{
	struct pair *own = netdev_priv(dev);

	pr_info("%s: open\n", dev->name);
	if (polls(dev))
		napi_enable(&own->napi);
	netif_start_queue(dev);
	return 0;
}

static int pair_stop(struct net_device *dev)
{
	struct pair *own = netdev_priv(dev);

	netif_stop_queue(dev);
	if (polls(dev))
		napi_disable(&own->napi);
	pr_info("%s: stop, queue stopped %d\n", dev->name, netif_queue_stopped(dev));
	return 0;
}

static netdev_tx_t pair_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct net_device *other = ((struct pair *)netdev_priv(dev))->other;
	struct pair *theirs = netdev_priv(other);
	unsigned int length = skb->len;

	pr_info("%s: sends %u bytes, in softirq %d\n", dev->name, length, !!in_serving_softirq());
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += length;
	skb->protocol = eth_type_trans(skb, other);
	if (polls(other)) {
		skb_queue_tail(&theirs->waiting, skb);
		napi_schedule(&theirs->napi);
		return NETDEV_TX_OK;
	}
	other->stats.rx_packets++;
	other->stats.rx_bytes += length;
	pr_info("netif_rx() = %d\n", netif_rx(skb));
	return NETDEV_TX_OK;
}

static int pair_poll(struct napi_struct *napi, int budget)
{
	struct pair *own = container_of(napi, struct pair, napi);
	struct net_device *dev = napi->dev;
	struct sk_buff *skb;
	int done = 0;

	while (done < budget && (skb = skb_dequeue(&own->waiting))) {
		dev->stats.rx_packets++;
		dev->stats.rx_bytes += skb->len + ETH_HLEN;
		netif_receive_skb(skb);
		done++;
	}
	pr_info("%s: polled %d of %d, in softirq %d\n", dev->name, done, budget, !!in_serving_softirq());
	if (done < budget)
		pr_info("napi_complete_done() = %d\n", napi_complete_done(napi, done));
	return done;
}

static int pair_change_mtu(struct net_device *dev, int mtu)
{
	pr_info("%s: mtu %d\n", dev->name, mtu);
	dev->mtu = mtu;
	return 0;
}

static const struct net_device_ops pair_ops = {
	.ndo_open = pair_open,
	.ndo_stop = pair_stop,
	.ndo_start_xmit = pair_xmit,
	.ndo_change_mtu = pair_change_mtu,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
};

static void pair_setup(struct net_device *dev)
{
	static u8 number;
	u8 address[ETH_ALEN] = { 2, 0, 0, 0, 0, ++number };
	struct pair *own = netdev_priv(dev);

	ether_setup(dev);
	dev->netdev_ops = &pair_ops;
	dev->flags |= IFF_NOARP;
	eth_hw_addr_set(dev, address);
	skb_queue_head_init(&own->waiting);
	netif_napi_add(dev, &own->napi, pair_poll);
}

static int receive(struct sk_buff *skb, struct net_device *dev, struct packet_type *kind, struct net_device *orig)
{
	pr_info("%s: receives %u bytes \"%.*s\" from %pM, type %u, protocol %x\n", dev->name, skb->len, (int)skb->len, skb->data,
		eth_hdr(skb)->h_source, skb->pkt_type, ntohs(skb->protocol));
	kfree_skb(skb);
	return NET_RX_SUCCESS;
}

static struct packet_type kind = { .type = htons(KIND), .func = receive };

static void send(struct net_device *from, struct net_device *to, const char *text)
{
	struct sk_buff *skb = alloc_skb(LL_RESERVED_SPACE(from) + 64, GFP_KERNEL);

	skb_reserve(skb, LL_RESERVED_SPACE(from));
	skb_put_data(skb, text, strlen(text));
	skb->dev = from;
	skb->protocol = htons(KIND);
	pr_info("dev_hard_header() = %d\n", dev_hard_header(skb, from, KIND, to->dev_addr, from->dev_addr, skb->len));
	pr_info("dev_queue_xmit() = %d\n", dev_queue_xmit(skb));
}

static int event(struct notifier_block *block, unsigned long what, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (!strncmp(dev->name, "pair", 4))
		pr_info("%s: event %lu, flags %x\n", dev->name, what, dev->flags);
	return NOTIFY_DONE;
}

static struct notifier_block block = { .notifier_call = event };

static void wake(struct timer_list *timer)
{
	pr_info("wake\n");
	netif_wake_queue(one);
}

static DEFINE_TIMER(timer, wake);

static int __init pair_init(void)
{
	one = alloc_netdev(sizeof(struct pair), "pair%d", NET_NAME_ENUM, pair_setup);
	two = alloc_netdev(sizeof(struct pair), "pair%d", NET_NAME_ENUM, pair_setup);
	((struct pair *)netdev_priv(one))->other = two;
	((struct pair *)netdev_priv(two))->other = one;
	register_netdevice_notifier(&block);
	pr_info("register_netdev() = %d\n", register_netdev(one));
	pr_info("register_netdev() = %d\n", register_netdev(two));
	dev_add_pack(&kind);
	rtnl_lock();
	pr_info("dev_open() = %d\n", dev_open(one, NULL));
	pr_info("dev_open() = %d\n", dev_open(two, NULL));
	pr_info("dev_open() again = %d\n", dev_open(one, NULL));
	pr_info("flags %x %x, carrier %d, running %d\n", one->flags, dev_get_flags(one), netif_carrier_ok(one), netif_running(one));
	rtnl_unlock();
	send(one, two, "to the other");
	send(two, one, "and back");
	send(one, one, "not yours");
	rtnl_lock();
	pr_info("dev_set_mtu() = %d\n", dev_set_mtu(one, 1400));
	pr_info("dev_set_mtu() = %d\n", dev_set_mtu(one, 10));
	pr_info("mtu %u\n", one->mtu);
	pr_info("dev_change_flags() = %d\n", dev_change_flags(two, two->flags & ~IFF_UP, NULL));
	pr_info("dev_change_flags() = %d\n", dev_change_flags(two, (two->flags | IFF_UP) & ~IFF_NOARP, NULL));
	pr_info("dev_change_flags() = %d\n", dev_change_flags(two, two->flags | IFF_NOARP, NULL));
	dev_close(one);
	rtnl_unlock();
	send(one, two, "while down");
	rtnl_lock();
	pr_info("dev_open() = %d\n", dev_open(one, NULL));
	rtnl_unlock();
	local_bh_disable();
	send(one, two, "later");
	pr_info("softirqs are enabled\n");
	local_bh_enable();
	netif_stop_queue(one);
	send(one, two, "while stopped");
	send(one, two, "and again");
	mod_timer(&timer, jiffies + 1);
	msleep(50);
	dev_remove_pack(&kind);
	send(one, two, "for nobody");
	dev_add_pack(&kind);
	return 0;
}

static void __exit pair_exit(void)
{
	dev_remove_pack(&kind);
	unregister_netdev(one);
	unregister_netdev(two);
	unregister_netdevice_notifier(&block);
	free_netdev(one);
	free_netdev(two);
}

module_init(pair_init);
module_exit(pair_exit);
