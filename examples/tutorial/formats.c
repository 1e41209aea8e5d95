// SPDX-License-Identifier: GPL-2.0-or-later
/* What printk makes of pointers, when it is told what they point to. */
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/netdev_features.h>
#include <linux/rtc.h>
#include <linux/slab.h>

static int __init formats_init(void)
{
	static const u8 mac[] = { 0x00, 0x16, 0x3e, 0x01, 0x02, 0x03 };
	static const u8 v4[] = { 192, 168, 0, 1 };
	static const struct rtc_time when = { .tm_year = 123, .tm_mon = 5, .tm_mday = 10, .tm_hour = 12, .tm_min = 30 };
	struct resource ports = { .start = 0x60, .end = 0x6f, .flags = IORESOURCE_IO };
	time64_t billion = 1000000000;
	gfp_t flags = GFP_KERNEL | __GFP_ZERO;
	unsigned long area = VM_READ | VM_WRITE | VM_MAYREAD;
	netdev_features_t features = NETIF_F_SG;
	unsigned long bits = 0x8f;
	struct page *page = alloc_page(GFP_KERNEL);

	pr_info("%ps %ps\n", formats_init, kfree);
	pr_info("%pM %pI4 %*phN\n", mac, v4, 4, v4);
	pr_info("%pR %*pbl\n", &ports, 8, &bits);
	pr_info("%ptR %ptRd %ptRt %ptRs %ptT\n", &when, &when, &when, &when, &billion);
	pr_info("%pGg, %pGv\n", &flags, &area);
	pr_info("%pNF %pks %pE\n", &features, "text", NULL);
	if (page) {
		pr_info("%pGp\n", &page->flags);
		__free_page(page);
	}
	pr_info("%pe %pOF %pd\n", ERR_PTR(-ENOMEM), NULL, NULL);
	return 0;
}

static void __exit formats_exit(void)
{
}

module_init(formats_init);
module_exit(formats_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("printk's words for pointers");
