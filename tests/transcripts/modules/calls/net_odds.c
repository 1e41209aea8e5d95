#include "calls.h"
#include <linux/bitmap.h>
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <linux/siphash.h>

static const struct net_device_ops ops;
static void setup(struct net_device *dev) { ether_setup(dev); dev->netdev_ops = &ops; }

static void carriers(void)
{
	struct net_device *dev = alloc_netdev(0, "calls%d", NET_NAME_ENUM, setup);

	INT(netif_carrier_ok(dev));
	netif_carrier_off(dev);
	netif_carrier_off(dev);
	INT(netif_carrier_ok(dev));
	INT(atomic_read(&dev->carrier_down_count));
	netif_carrier_on(dev);
	INT(netif_carrier_ok(dev));
	INT(atomic_read(&dev->carrier_up_count));
	INT(register_netdev(dev));
	netif_carrier_off(dev);
	INT(atomic_read(&dev->carrier_down_count));
	netif_carrier_on(dev);
	INT(atomic_read(&dev->carrier_up_count));
	rtnl_lock();
	INT(__dev_get_by_index(&init_net, dev->ifindex) == dev);
	NIL(__dev_get_by_index(&init_net, 999));
	rtnl_unlock();
	INT(dev_get_by_index(&init_net, dev->ifindex) == dev);
	dev_put(dev);
	rcu_read_lock();
	STR(dev_get_by_index_rcu(&init_net, 1)->name);
	rcu_read_unlock();
	dev_kfree_skb_any(alloc_skb(64, GFP_KERNEL));
	dev_kfree_skb_irq(alloc_skb(64, GFP_KERNEL));
	unregister_netdev(dev);
	free_netdev(dev);
}

static void hashes(void)
{
	static const siphash_aligned_key_t key = { { 0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL } };
	static const hsiphash_key_t shorter = { { 0x03020100U, 0x07060504U } };
	static const char text[] = "abcdefghijklmnopqrst";

	HEX(__siphash_unaligned(text, 20, &key));
	HEX(__siphash_unaligned(text + 1, 8, &key));
	HEX(__siphash_unaligned(text, 0, &key));
	HEX(siphash_1u64(1, &key));
	HEX(siphash_2u64(1, 2, &key));
	HEX(siphash_3u64(1, 2, 3, &key));
	HEX(siphash_4u64(1, 2, 3, 4, &key));
	HEX(siphash_1u32(0xffffffff, &key));
	HEX(siphash_3u32(1, 2, 3, &key));
	HEX(__hsiphash_unaligned(text, 20, &shorter));
	HEX(__hsiphash_unaligned(text, 3, &shorter));
	HEX(hsiphash_1u32(1, &shorter));
	HEX(hsiphash_2u32(1, 2, &shorter));
	HEX(hsiphash_3u32(1, 2, 3, &shorter));
	HEX(hsiphash_4u32(1, 2, 3, 4, &shorter));
}

static DECLARE_BITMAP(from, 150);
static DECLARE_BITMAP(to, 150);
#define CUT(first, cut, bits) do { bitmap_zero(to, 150); bitmap_cut(to, from, first, cut, bits); pr_info("bitmap_cut(%d, %d, %d): %*pbl\n", first, cut, bits, 150, to); } while (0)

static void odds(void)
{
	u32 ceil = 7, most = 0;
	int i, a = -1, b = -1;

	bitmap_parselist("0,3-7,64,70-99:3/10,149", from, 150);
	CUT(4, 2, 150);
	CUT(0, 1, 150);
	CUT(64, 64, 150);
	CUT(149, 1, 150);
	CUT(3, 100, 150);
	CUT(5, 0, 64);
	for (i = 0; i < 200; i++)
		most = max(most, get_random_u32_below(ceil));
	INT(most);
	INT(sscanf("0x67", "%2i%i", &a, &b)); INT(a); INT(b);
	INT(sscanf("0x67", "%1i%i", &a, &b)); INT(a);
	INT(sscanf("0xA7", "%2x%x", &a, &b)); INT(a); INT(b);
	INT(sscanf("-0x67", "%3i%i", &a, &b)); INT(a); INT(b);
}

extern bool no_hash_pointers;

static void finds(void)
{
	bitmap_parselist("0,3-7,64,70-99:3/10,149", from, 150);
	bitmap_parselist("5-66,149", to, 150);
	ULONG(_find_first_and_bit(from, to, 150));
	ULONG(_find_first_and_bit(from, to, 4));
	ULONG(__find_nth_bit(from, 150, 0));
	ULONG(__find_nth_bit(from, 150, 6));
	ULONG(__find_nth_bit(from, 150, 99));
	ULONG(__find_nth_and_bit(from, to, 150, 3));
	ULONG(__find_nth_and_bit(from, to, 150, 5));
	ULONG(__find_nth_andnot_bit(from, to, 150, 2));
	ULONG(__find_nth_andnot_bit(from, to, 150, 40));
}

static void texts(void)
{
	char b[80];

	INT(snprintf(b, 80, "%.s|%-3.s|%5.s|%.d|%4.x|%.0s", "ab", "a", "b", 0, 7, "gone"));
	STR(b);
	INT(no_hash_pointers);
	bitmap_parselist("0,3-7,64", from, 150);
	INT(bitmap_print_list_to_buf(b, from, 150, 0, 80));
	STR(b);
	INT(bitmap_print_list_to_buf(b, from, 150, 4, 80));
	STR(b);
	INT(bitmap_print_list_to_buf(b, from, 150, 99, 80));
	INT(bitmap_print_list_to_buf(b, from, 150, -1, 80));
	INT(bitmap_print_bitmask_to_buf(b, from, 70, 0, 80));
	STR(b);
}

static int __init calls_init(void)
{
	carriers();
	hashes();
	odds();
	finds();
	texts();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
