/* Memory for devices that read and write it themselves, for a platform device of the module's own. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/platform_device.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/io.h>
MODULE_LICENSE("GPL");
static char *what = "";
module_param(what, charp, 0444);

#define NIL(call) pr_info("%s is %s\n", #call, (call) ? "there" : "NULL")
#define INT(call) pr_info("%s = %d\n", #call, (int)(call))
#define HEX(call) pr_info("%s = %#llx\n", #call, (unsigned long long)(call))

static void coherent(struct device *dev, size_t size)
{
	dma_addr_t dma = 1;
	u8 *p = dma_alloc_coherent(dev, size, &dma, GFP_KERNEL);

	pr_info("%zu bytes: %s, address is %s, zeroed %d, aligned %d\n", size, p ? "there" : "NULL", !p ? "-" : dma == virt_to_phys(p) ? "physical" : "other", p ? !memchr_inv(p, 0, size) : -1, p ? !(dma & (PAGE_ALIGN(size) - 1)) : -1);
	if (p)
		dma_free_coherent(dev, size, p, dma);
}
static void streaming(struct device *dev)
{
	char *p = kmalloc(256, GFP_KERNEL);
	dma_addr_t dma = dma_map_single(dev, p, 256, DMA_TO_DEVICE);
	struct scatterlist sg[2];
	struct page *page = alloc_page(GFP_KERNEL);

	pr_info("mapped: error %d, physical %d\n", dma_mapping_error(dev, dma), dma == virt_to_phys(p));
	if (!dma_mapping_error(dev, dma)) {
		dma_sync_single_for_cpu(dev, dma, 256, DMA_TO_DEVICE);
		dma_sync_single_for_device(dev, dma, 256, DMA_TO_DEVICE);
		dma_unmap_single(dev, dma, 256, DMA_TO_DEVICE);
	}
	dma = dma_map_page(dev, page, 16, 100, DMA_BIDIRECTIONAL);
	pr_info("page: error %d, physical %d\n", dma_mapping_error(dev, dma), dma == page_to_phys(page) + 16);
	if (!dma_mapping_error(dev, dma))
		dma_unmap_page(dev, dma, 100, DMA_BIDIRECTIONAL);
	sg_init_table(sg, 2);
	sg_set_buf(&sg[0], p, 128);
	sg_set_page(&sg[1], page, 512, 64);
	INT(dma_map_sg(dev, sg, 2, DMA_FROM_DEVICE));
	pr_info("%d %d, %u %u\n", sg_dma_address(&sg[0]) == virt_to_phys(p), sg_dma_address(&sg[1]) == page_to_phys(page) + 64, sg_dma_len(&sg[0]), sg_dma_len(&sg[1]));
	dma_sync_sg_for_cpu(dev, sg, 2, DMA_FROM_DEVICE);
	dma_sync_sg_for_device(dev, sg, 2, DMA_FROM_DEVICE);
	dma_unmap_sg(dev, sg, 2, DMA_FROM_DEVICE);
	__free_page(page);
	kfree(p);
}
static void pool(struct device *dev)
{
	struct dma_pool *pool;
	dma_addr_t first, second, third;
	char *a, *b, *c;

	NIL(dma_pool_create("none", dev, 0, 8, 0));
	NIL(dma_pool_create("odd", dev, 64, 24, 0));
	NIL(dma_pool_create("small", dev, 64, 8, 32));
	pool = dma_pool_create("dma_mod", dev, 64, 64, 0);
	NIL(pool);
	a = dma_pool_alloc(pool, GFP_KERNEL, &first);
	b = dma_pool_zalloc(pool, GFP_KERNEL, &second);
	pr_info("%d %d, %ld apart, %d\n", first == virt_to_phys(a), second == virt_to_phys(b), (long)(b - a), memchr_inv(b, 0, 64) != NULL);
	dma_pool_free(pool, a, first);
	c = dma_pool_alloc(pool, GFP_KERNEL, &third);
	pr_info("the same again %d\n", c == a);
	dma_pool_free(pool, b, second);
	dma_pool_free(pool, c, third);
	dma_pool_destroy(pool);
	dma_pool_destroy(NULL);
}
static void masks(struct device *dev)
{
	INT(dma_set_mask(dev, DMA_BIT_MASK(32)));
	INT(dma_set_coherent_mask(dev, DMA_BIT_MASK(32)));
	INT(dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64)));
	HEX(dma_get_mask(dev));
	INT(dma_set_mask(dev, DMA_BIT_MASK(8)));
	INT(dma_set_coherent_mask(dev, DMA_BIT_MASK(8)));
	INT(dma_set_mask(dev, DMA_BIT_MASK(24)));
	HEX(dma_max_mapping_size(dev));
	HEX(dma_opt_mapping_size(dev));
	INT(dma_need_sync(dev, 4096));
	INT(dma_get_required_mask(dev) >= 0xfffffff);
	INT(dma_can_mmap(dev));
	INT(dma_get_cache_alignment());
	INT(dma_set_max_seg_size(dev, 4096));
	INT(dma_get_max_seg_size(dev));
	INT(dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64)));
}
static int __init dma_mod_init(void)
{
	struct platform_device *pdev = platform_device_register_simple("dma_mod", -1, NULL, 0);
	struct device *dev = &pdev->dev, bare;

	void __iomem *p;

	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	memset(&bare, 0, sizeof(bare));
	if (!strcmp(what, "bare")) {
		device_initialize(&bare);
		dev_set_name(&bare, "bare");
		INT(dma_set_mask(&bare, DMA_BIT_MASK(32)));
		coherent(&bare, 64);
		streaming(&bare);
	} else if (!strcmp(what, "null")) {
		platform_device_unregister(pdev);
		coherent(NULL, 64);
		return 0;
	} else if (!strcmp(what, "simple")) {
		coherent(dev, 64);
		streaming(dev);
	} else {
		HEX(dev->coherent_dma_mask);
		HEX(dma_get_mask(dev));
		masks(dev);
		coherent(dev, 64);
		coherent(dev, 4096);
		coherent(dev, 70000);
		coherent(dev, 1 << 24);
		streaming(dev);
		pool(dev);
		NIL(p = devm_ioremap(dev, 0xd0000000, 4096));
		pr_info("%x\n", readl(p));
		devm_iounmap(dev, p);
		NIL(devm_ioremap_uc(dev, 0xd0001000, 4096));
		NIL(devm_ioremap_wc(dev, 0xd0002000, 4096));
		NIL(dmam_alloc_coherent(dev, 128, &(dma_addr_t){ 0 }, GFP_KERNEL));
		NIL(dmam_pool_create("managed", dev, 32, 0, 0));
	}
	platform_device_unregister(pdev);
	return 0;
}
static void __exit dma_mod_exit(void) { }
module_init(dma_mod_init);
module_exit(dma_mod_exit);
