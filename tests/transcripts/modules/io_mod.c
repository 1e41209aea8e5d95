/* I/O ports and memory where there is no device, and who has reserved them. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/ioport.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
MODULE_LICENSE("GPL");
static char *what = "";
static unsigned long long at;
module_param(what, charp, 0444);
module_param(at, ullong, 0444);

#define NIL(call) pr_info("%s is %s\n", #call, (call) ? "there" : "NULL")
#define HEX(call) pr_info("%s = %#llx\n", #call, (unsigned long long)(call))
static struct resource *mine, *inner, *hpet;
static void show(const char *name, struct resource *r) { r ? pr_info("%s: %pR %s in %s, flags %lx\n", name, r, r->name, r->parent ? r->parent->name : "nothing", r->flags) : pr_info("%s: NULL\n", name); }
#define REGION(call) ({ struct resource *r_ = (call); show(#call, r_); r_; })

static void memory(resource_size_t place)
{
	void __iomem *p = ioremap(place, 8192);
	u8 bytes[4] = { 1, 2, 3, 4 };

	pr_info("%pa is %s, aligned %d\n", &place, p ? "there" : "NULL", !((long)p & 4095));
	if (!p)
		return;
	pr_info("%x %x %x %llx\n", readb(p), readw(p + 4), readl(p + 4096), readq(p + 8));
	writel(0x12345678, p + 16);
	writeb(1, p);
	pr_info("%x %x\n", readl(p + 16), readb(p));
	memcpy_fromio(bytes, p + 32, 4);
	memcpy_toio(p + 32, bytes, 4);
	memset_io(p + 64, 5, 4);
	pr_info("%*ph, %x %x\n", 4, bytes, ioread32(p + 64), ioread16be(p + 64));
	iowrite32(7, p + 64), iowrite16be(7, p), iowrite32be(7, p);
	pr_info("%x\n", ioread32be(p));
	iounmap(p);
}
static void ports(void)
{
	void __iomem *p = ioport_map(0x300, 8);

	NIL(p);
	pr_info("%x %x %x\n", inb(0x300), inw(0x300), inl(0x300));
	outb(1, 0x300), outw(1, 0x300), outl(1, 0x300);
	pr_info("%x %x %x, is port %d\n", ioread8(p), ioread16(p), ioread32(p), (long)p < 0x40000);
	iowrite8(1, p), iowrite16(1, p), iowrite32(1, p);
	ioport_unmap(p);
	NIL(ioport_map(0x1fff0, 8));
}
static void regions(void)
{
	mine = REGION(request_region(0x300, 16, "io_mod"));
	REGION(request_region(0x300, 16, "again"));
	REGION(request_region(0x30f, 4, "overlap"));
	REGION(request_region(0x2fe, 4, "overlap"));
	REGION(request_region(0x310, 4, "behind"));
	release_region(0x310, 4);
	REGION(request_region(0x60, 1, "keyboard"));
	REGION(request_region(0x20, 1, "pic"));
	REGION(request_region(0xfffe, 4, "beyond"));
	REGION(request_region(0x320, 0, "empty"));
	release_region(0x300, 8);
	release_region(0x500, 8);
}
static void memories(void)
{
	mine = REGION(request_mem_region(0xd0000000, 0x1000, "io_mod"));
	REGION(request_mem_region(0xd0000000, 0x1000, "again"));
	REGION(request_mem_region(0xcffff000, 0x2000, "overlap"));
	inner = REGION(__request_mem_region(0xd0001000, 0x1000, "exclusive", IORESOURCE_EXCLUSIVE));
	release_mem_region(0xd0001000, 0x1000);
	REGION(request_mem_region(0x2000000, 0x1000, "ram"));
	REGION(request_mem_region(0x1000000, 0x1000, "kernel"));
	REGION(request_mem_region(0xfee00000, 0x1000, "apic"));
	REGION(request_mem_region(0xfec00000, 0x400, "ioapic"));
	hpet = REGION(request_mem_region(0xfed00000, 0x400, "hpet"));
	inner = REGION(request_mem_region(0x4000000000ULL, 0x1000, "high"));
	if (inner)
		release_mem_region(0x4000000000ULL, 0x1000);
	REGION(request_mem_region(0x10000000000ULL, 0x1000, "beyond"));
	if (hpet)
		release_mem_region(0xfed00000, 0x400);
	release_mem_region(0xd0000000, 0x800);
}
static int __init io_mod_init(void)
{
	void *p;

	if (!strcmp(what, "memory")) {
		memory(at);
		return 0;
	}
	ports();
	regions();
	memories();
	memory(0xd0000000);
	memory(0xe0000000);
	memory(0x4000000000ULL);
	NIL(ioremap(0xd0000000, 0));
	NIL(ioremap(0x10000000000ULL, 4096));
	NIL(ioremap(0xfffffffffffff000ULL, 8192));
	p = ioremap_wc(0xd0000123, 16);
	pr_info("offset %lx\n", (long)p & 4095);
	iounmap(p);
	iounmap(ioremap_uc(0xd0000000, 16));
	iounmap(ioremap_wt(0xd0000000, 16));
	p = ioremap_cache(0xd0000000, 16);
	NIL(p);
	iounmap(p);
	p = (void *)__get_free_page(GFP_KERNEL);
	NIL(ioremap(virt_to_phys(p), PAGE_SIZE));
	free_page((long)p);
	p = memremap(0x2000000, 4096, MEMREMAP_WB);
	HEX(p == phys_to_virt(0x2000000));
	memunmap(p);
	NIL(memremap(0x2000000, 4096, MEMREMAP_WT));
	NIL(memremap(0x2000000, 4096, 0));
	NIL(p = memremap(0xd0000000, 4096, MEMREMAP_WB));
	if (p)
		memunmap(p);
	iounmap(NULL);
	return 0;
}
static void __exit io_mod_exit(void)
{
	if (*what)
		return;
	release_region(0x300, 16);
	release_mem_region(0xd0000000, 0x1000);
}
module_init(io_mod_init);
module_exit(io_mod_exit);
