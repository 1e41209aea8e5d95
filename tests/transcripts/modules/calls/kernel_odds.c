#include "calls.h"
#include <linux/backing-dev.h>
#include <linux/console.h>
#include <linux/cpufreq.h>
#include <linux/dma-mapping.h>
#include <linux/edac.h>
#include <linux/efi.h>
#include <linux/fips.h>
#include <linux/key.h>
#include <linux/keyctl.h>
#include <linux/kobject.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/panic_notifier.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/proc_fs.h>
#include <linux/regmap.h>
#include <linux/time.h>
#include <linux/vt_kern.h>
#include <linux/zlib.h>
#include <linux/zpool.h>
#include <linux/seq_file.h>
#include <linux/fb.h>
#include <linux/acpi.h>
#include <asm/hypervisor.h>
#include <xen/xen.h>
#include <crypto/algapi.h>
#include <linux/mmu_notifier.h>
#include <linux/memory.h>
#include <drm/drm_drv.h>

static int event(struct notifier_block *nb, unsigned long action, void *data) { return NOTIFY_DONE; }
static struct notifier_block nb = { .notifier_call = event }, cb = { .notifier_call = event };
static struct zpool_driver pool = { .type = "callspool", .owner = THIS_MODULE };
static void release(struct kobject *k) { pr_info("release %s\n", kobject_name(k)); }
static const struct kobj_type ktype = { .release = release };
static struct kset own;

static int __init calls_init(void)
{
	struct platform_device *pdev = platform_device_register_simple("calls_odds", -1, NULL, 0);
	struct backing_dev_info *bdi;
	char *option = (char *)1;

	INT(fg_console);
	INT(fips_enabled);
	INT(reset_devices);
	INT(sys_tz.tz_minuteswest);
	INT(pci_pci_problems);
	INT(edac_op_state);
	INT(x86_hyper_type);
	INT(xen_domain_type);
	INT(efi.flags != 0);
	HEX(vmalloc_base);
	HEX(page_offset_base);
	HEX(vmemmap_base);
	INT(atomic_notifier_chain_register(&panic_notifier_list, &nb));
	INT(atomic_notifier_chain_unregister(&panic_notifier_list, &nb));
	INT(crypto_register_notifier(&cb));
	INT(crypto_unregister_notifier(&cb));
	zpool_register_driver(&pool);
	INT(zpool_unregister_driver(&pool));
	INT(zlib_inflate_workspacesize());
	INT(dma_set_mask(&pdev->dev, DMA_BIT_MASK(32)));
	INT(dma_set_coherent_mask(&pdev->dev, DMA_BIT_MASK(32)));
	NIL(dev_get_regmap(&pdev->dev, NULL));
	bdi = bdi_alloc(NUMA_NO_NODE);
	NIL(bdi);
	INT(bdi_register(bdi, "calls-%d", 1));
	bdi_unregister(bdi);
	bdi_put(bdi);
	INT(fb_get_options("callsfb", &option));
	NIL(option);
	mmu_notifier_synchronize();
	INT(drm_firmware_drivers_only());
	INT(acpi_quirk_skip_acpi_ac_and_battery());
	INT(acpi_osi_is_win8());
	__module_get(THIS_MODULE);
	INT(module_refcount(THIS_MODULE));
	module_put(THIS_MODULE);
	INT(module_refcount(THIS_MODULE));
	INT(!!__symbol_get("calls_no_such"));
	NIL(__symbol_get("_printk"));
	symbol_put_addr((void *)_printk);
	INT(kobject_set_name(&own.kobj, "calls_own_set"));
	own.kobj.parent = kernel_kobj;
	own.kobj.ktype = (struct kobj_type *)&ktype;
	INT(kset_register(&own));
	kset_unregister(&own);
	platform_device_unregister(pdev);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
