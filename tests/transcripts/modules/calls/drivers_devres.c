#include "calls.h"
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/pci.h>
#include <linux/property.h>

static void action(void *data) { pr_info("action %ld\n", (long)data); }
static void freed(struct device *dev, void *res) { pr_info("resource %d of %s\n", *(int *)res, dev_name(dev)); }
static int is(struct device *dev, void *res, void *data) { return *(int *)res == *(int *)data; }

static char *format(struct device *dev, const char *fmt, ...)
{
	va_list args;
	char *r;

	va_start(args, fmt);
	r = devm_kvasprintf(dev, GFP_KERNEL, fmt, args);
	va_end(args);
	return r;
}

static void *resource(int value)
{
	int *r = devres_alloc(freed, sizeof(int), GFP_KERNEL);

	*r = value;
	return r;
}

static irqreturn_t handler(int irq, void *data) { return IRQ_NONE; }

static int probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	int v = 2, w = 9;
	void *p;

	pr_info("probe %s %d\n", pdev->name, pdev->id);
	p = devm_kzalloc(dev, 100, GFP_KERNEL);
	INT(memchr_inv(p, 0, 100) == NULL);
	devm_kfree(dev, p);
	INT(devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	STR(devm_kstrdup(dev, "copied", GFP_KERNEL));
	NIL(devm_kstrdup(dev, NULL, GFP_KERNEL));
	STR(devm_kstrdup_const(dev, "const", GFP_KERNEL));
	STR(devm_kmemdup(dev, "mem", 4, GFP_KERNEL));
	STR(devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "fmt", 3));
	STR(format(dev, "%x", 255));
	INT(devm_add_action(dev, action, (void *)1));
	INT(devm_add_action(dev, action, (void *)2));
	INT(devm_add_action(dev, action, (void *)3));
	DO(devm_remove_action(dev, action, (void *)2));
	DO(devm_release_action(dev, action, (void *)3));
	devres_add(dev, resource(1));
	devres_add(dev, resource(2));
	devres_add(dev, resource(3));
	devres_add(dev, resource(4));
	INT(*(int *)devres_find(dev, freed, is, &v));
	NIL(devres_find(dev, freed, is, &w));
	p = devres_remove(dev, freed, is, &v);
	INT(*(int *)p);
	devres_free(p);
	devres_free(NULL);
	v = 3;
	INT(devres_release(dev, freed, is, &v));
	INT(devres_release(dev, freed, is, &v));
	v = 4;
	INT(devres_destroy(dev, freed, is, &v));
	INT(devres_destroy(dev, freed, is, &v));
	INT(platform_get_irq_optional(pdev, 0));
	INT(platform_get_irq_byname_optional(pdev, "none"));
	if (dev->platform_data)
		STR(dev->platform_data);
	return pdev->id == 5 ? -EIO : 0;
}

static int remove(struct platform_device *pdev) { pr_info("remove %s %d\n", pdev->name, pdev->id); return 0; }
static void shutdown(struct platform_device *pdev) { }
static struct platform_driver driver = { .probe = probe, .remove = remove, .driver = { .name = "calls_platform" } };
static struct platform_driver second = { .probe = probe, .remove = remove, .shutdown = shutdown, .driver = { .name = "calls_second" } };
static struct platform_driver third = { .probe = probe, .remove = remove, .driver = { .name = "calls_third" } };
static struct platform_driver fourth = { .remove = remove, .driver = { .name = "calls_fourth" } };
static struct platform_driver fifth = { .remove = remove, .driver = { .name = "calls_fifth" } };
static struct platform_driver *const both[] = { &second, &third };
static struct platform_device *made[6];
static void release(struct device *dev) { pr_info("release %s\n", dev_name(dev)); }
static struct platform_device own = { .name = "calls_second", .id = PLATFORM_DEVID_NONE, .dev.release = release };
static struct platform_device more[2] = { { .name = "calls_third", .id = 1, .dev.release = release }, { .name = "calls_third", .id = 2, .dev.release = release } };
static struct platform_device *list[] = { &more[0], &more[1] };
static const struct resource res[] = { DEFINE_RES_MEM_NAMED(0xf0000000, 16, "regs"), DEFINE_RES_IRQ(11) };

static void interrupts(void)
{
	struct device *dev = &own.dev;

	INT(devm_request_irq(dev, 1, handler, IRQF_SHARED, "calls", dev));
	DO(disable_irq(1));
	DO(enable_irq(1));
	DO(disable_irq_nosync(1));
	DO(enable_irq(1));
	DO(synchronize_irq(1));
	INT(devm_request_irq(dev, 1000, handler, 0, "calls", dev));
}

static void pci(void)
{
	static struct pci_dev own = { .vendor = 0x8086, .device = 0x1237, .class = PCI_CLASS_BRIDGE_HOST << 8 };
	static const struct pci_device_id ids[] = { { PCI_DEVICE(0x8086, 0x1237) }, { } }, none[] = { { PCI_DEVICE(0x1234, 0x5678) }, { } };
	static const struct pci_device_id any[] = { { PCI_DEVICE_CLASS(PCI_CLASS_BRIDGE_HOST << 8, ~0) }, { } };

	AT(ids, pci_match_id(ids, &own));
	AT(none, pci_match_id(none, &own));
	AT(any, pci_match_id(any, &own));
	NIL(pci_match_id(NULL, &own));
	pci_dev_put(NULL);
	NIL(pci_dev_get(NULL));
	INT(pci_dev_present(none));
	NIL(pci_get_class(PCI_CLASS_NOT_DEFINED_VGA << 8, NULL));
	NIL(pci_get_subsys(0x1234, 0x5678, PCI_ANY_ID, PCI_ANY_ID, NULL));
}

static int __init calls_init(void)
{
	struct platform_device_info info = { .name = "calls_platform", .id = 7, .data = "full", .size_data = 5, .res = res, .num_res = 2 };

	made[0] = platform_device_alloc("calls_platform", 3);
	INT(platform_device_add_data(made[0], "data", 5));
	INT(platform_device_add_data(made[0], NULL, 0));
	INT(platform_device_add_data(made[0], "again", 6));
	INT(platform_device_add(made[0]));
	INT(platform_driver_register(&driver));
	made[1] = platform_device_alloc("calls_platform", 4);
	platform_device_put(made[1]);
	platform_device_put(NULL);
	made[1] = platform_device_register_simple("calls_platform", 5, NULL, 0);
	NIL(made[1]->dev.driver);
	made[2] = platform_device_register_full(&info);
	INT(made[2]->num_resources);
	INT(platform_register_drivers(both, 2));
	INT(platform_device_register(&own));
	INT(platform_add_devices(list, 2));
	made[3] = platform_create_bundle(&fourth, probe, NULL, 0, NULL, 0);
	INT(IS_ERR(made[3]));
	INT(platform_driver_probe(&fifth, probe));
	STR(platform_bus_type.name);
	STR(dev_name(&platform_bus));
	interrupts();
	pci();
	return 0;
}
static void __exit calls_exit(void)
{
	platform_device_unregister(made[3]);
	platform_driver_unregister(&fourth);
	platform_device_unregister(&more[1]);
	platform_device_unregister(&more[0]);
	platform_device_unregister(&own);
	platform_unregister_drivers(both, 2);
	platform_device_unregister(made[2]);
	platform_device_unregister(made[1]);
	platform_driver_unregister(&driver);
	platform_device_unregister(made[0]);
}
module_init(calls_init);
module_exit(calls_exit);
