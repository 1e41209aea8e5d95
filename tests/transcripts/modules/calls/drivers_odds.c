#include "calls.h"
#include <linux/connector.h>
#include <linux/fb.h>
#include <linux/gpio/consumer.h>
#include <linux/hyperv.h>
#include <linux/kd.h>
#include <linux/mc146818rtc.h>
#include <linux/nodemask.h>
#include <linux/pci.h>
#include <linux/phy.h>
#include <linux/platform_device.h>
#include <linux/trace.h>
#include <linux/trace_events.h>
#include <linux/tty.h>
#include <linux/tty_port.h>
#include <linux/console_struct.h>
#include <linux/console.h>
#include <linux/selection.h>
#include <linux/tty_driver.h>
#include <linux/umh.h>
#include <linux/vt_kern.h>
#include <asm/mshyperv.h>
#include <crypto/hash.h>
#include <net/ipv6.h>

static void speeds(void)
{
	static const unsigned rates[] = { 0, 50, 134, 9600, 9700, 9800, 31250, 115200, 4000000 };
	struct ktermios t = tty_std_termios;
	int i;
	INT(tty_termios_baud_rate(&t));
	for (i = 0; i < ARRAY_SIZE(rates); i++) {
		t = tty_std_termios;
		pr_info("%u\n", rates[i]);
		DO(tty_termios_encode_baud_rate(&t, rates[i], rates[i]));
		pr_info("%#x %u %u: %u\n", t.c_cflag, t.c_ispeed, t.c_ospeed, tty_termios_baud_rate(&t));
		DO(tty_termios_encode_baud_rate(&t, rates[i], 19200));
		pr_info("%#x %u %u: %u\n", t.c_cflag, t.c_ispeed, t.c_ospeed, tty_termios_baud_rate(&t));
		DO(tty_termios_encode_baud_rate(&t, 300, rates[i]));
		pr_info("%#x %u %u: %u\n", t.c_cflag, t.c_ispeed, t.c_ospeed, tty_termios_baud_rate(&t));
	}
}

static void terminals(void)
{
	static const char * const names[] = { "ttyS0", "ttyS31", "ttyS32", "tty1", "ttyS", "ttyS1x", "tty99999999999", "none0", "ptm5" };
	dev_t number;
	int i;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		number = 0;
		pr_info("%s: %d", names[i], tty_dev_name_to_number(names[i], &number));
		pr_cont(" %#x\n", number);
	}
	LONG(PTR_ERR(tty_kopen_exclusive(MKDEV(4, 64))));
	LONG(PTR_ERR(tty_kopen_exclusive(MKDEV(77, 0))));
	NIL(vc_cons[0].d);
	NIL(vc_cons[1].d);
	INT(vc_cons[0].d->vc_num);
	INT(vc_cons[0].d->vc_cols);
	INT(vc_cons[0].d->vc_rows);
	AT(vc_cons[0].d->vc_origin, screen_pos(vc_cons[0].d, 81, true));
}

static void pci(void)
{
	struct pci_dev *d = pci_get_device(PCI_VENDOR_ID_INTEL, 0x1237, NULL);
	u8 byte = 0; u16 word = 0; u32 dword = 0;
	NIL(d);
	STR(pci_name(d));
	INT(pci_read_config_byte(d, 0x5d, &byte));
	HEX(byte);
	INT(pci_read_config_word(d, PCI_DEVICE_ID, &word));
	HEX(word);
	INT(pci_read_config_word(d, 1, &word));
	INT(pci_read_config_dword(d, PCI_CLASS_REVISION, &dword));
	HEX(dword);
	NIL(pci_get_device(PCI_VENDOR_ID_INTEL, 0x1237, d));
	d = pci_get_subsys(PCI_ANY_ID, PCI_ANY_ID, 0x1af4, 0x1100, NULL);
	NIL(d);
	NIL(pci_get_subsys(PCI_ANY_ID, PCI_ANY_ID, 0x1af4, 1, NULL));
}

static int probe(struct pci_dev *d, const struct pci_device_id *id)
{
	pr_info("probe %s %lu %u\n", pci_name(d), id->driver_data, d->multifunction);
	return id->driver_data ? -ENODEV : 0;
}
static void removed(struct pci_dev *d) { pr_info("remove %s\n", pci_name(d)); }
static const struct pci_device_id ids[] = { { PCI_DEVICE(0x8086, 0x1237) }, { PCI_DEVICE(0x8086, 0x7000), .driver_data = 1 }, { } };
static struct pci_driver driver = { .name = "calls-odds", .id_table = ids, .probe = probe, .remove = removed };

static void callback(struct cn_msg *m, struct netlink_skb_parms *p) { }

static void messages(void)
{
	struct cn_msg m = { .id = { 90, 1 } };
	INT(cn_netlink_send(&m, 0, 0, GFP_KERNEL));
	INT(cn_netlink_send(&m, 0, 90, GFP_KERNEL));
	INT(cn_netlink_send_mult(&m, 0, 0, 0, GFP_KERNEL));
	INT(cn_add_callback(&m.id, "calls", callback));
	INT(cn_netlink_send(&m, 0, 0, GFP_KERNEL));
	DO(cn_del_callback(&m.id));
}

static void programs(void)
{
	static char *words[] = { "/absent/program", "word", NULL }, *place[] = { "HOME=/", NULL };
	INT(call_usermodehelper(words[0], words, place, UMH_WAIT_PROC));
	INT(call_usermodehelper(words[0], words, place, UMH_WAIT_EXEC));
	INT(call_usermodehelper(words[0], words, place, UMH_NO_WAIT));
	INT(call_usermodehelper("", words, place, UMH_WAIT_PROC));
}

static void traces(void)
{
	struct trace_array *t = trace_array_get_by_name("calls");
	NIL(t);
	INT(trace_array_get_by_name("calls") == t);
	INT(trace_array_set_clr_event(NULL, "calls", NULL, true));
	INT(trace_array_destroy(t));
	DO(trace_array_put(t));
	DO(trace_array_put(t));
	INT(trace_array_destroy(t));
	INT(trace_array_destroy(NULL));
}

static void hashes(void)
{
	INT(crypto_has_ahash("sha1", 0, CRYPTO_ALG_ASYNC));
	INT(crypto_has_ahash("sha256-generic", 0, 0));
	INT(crypto_has_ahash("aes", 0, 0));
	INT(crypto_has_ahash("sha3-256", 0, 0));
}

void mdiobus_setup_mdiodev_from_board_info(struct mii_bus *, void *);
static int met(struct mii_bus *bus, struct mdio_board_info *info) { pr_info("%s %s\n", bus->id, info->modalias); return 0; }

static void boards(void)
{
	static struct mdio_board_info info = { .bus_id = "calls-bus", .modalias = "calls-device", .mdio_addr = 3 };
	struct mii_bus *bus = kzalloc(sizeof(*bus), GFP_KERNEL);
	strcpy(bus->id, "calls-bus");
	DO(mdiobus_setup_mdiodev_from_board_info(bus, (void *)met));
	INT(mdiobus_register_board_info(&info, 1));
	DO(mdiobus_setup_mdiodev_from_board_info(bus, (void *)met));
	kfree(bus);
}

static int __init drivers_odds_init(void)
{
	struct platform_device *p = platform_device_register_simple("calls-odds", -1, NULL, 0);
	struct fb_info *fb;
	speeds();
	terminals();
	pci();
	INT(pci_register_driver(&driver));
	DO(pci_unregister_driver(&driver));
	messages();
	programs();
	traces();
	hashes();
	boards();
	NIL(devm_gpiod_get_optional(&p->dev, "reset", GPIOD_OUT_LOW));
	LONG(PTR_ERR(devm_gpiod_get(&p->dev, "reset", GPIOD_OUT_LOW)));
	DO(platform_device_unregister(p));
	fb = framebuffer_alloc(100, NULL);
	LONG((char *)fb->par - (char *)fb - sizeof(*fb));
	INT(fb->fbcon_rotate_hint);
	DO(framebuffer_release(fb));
	fb = framebuffer_alloc(0, NULL);
	NIL(fb->par);
	DO(framebuffer_release(fb));
	DO(framebuffer_release(NULL));
	HEX(rtc_cmos_read(0x7c));
	HEX(ms_hyperv.features);
	pr_info("nodes %*pbl %*pbl\n", nodemask_pr_args(&node_states[N_ONLINE]), nodemask_pr_args(&node_states[N_MEMORY]));
	pr_info("%pI6c %pI6c %pI6c %pI6c %pI6c %pI6c %pI6c\n", &in6addr_any, &in6addr_loopback, &in6addr_linklocal_allnodes, &in6addr_linklocal_allrouters,
		&in6addr_interfacelocal_allnodes, &in6addr_interfacelocal_allrouters, &in6addr_sitelocal_allrouters);
	return 0;
}
static void __exit drivers_odds_exit(void) { }
module_init(drivers_odds_init);
module_exit(drivers_odds_exit);
