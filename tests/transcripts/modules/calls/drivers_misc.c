#include "calls.h"
#include <linux/acpi.h>
#include <linux/attribute_container.h>
#include <linux/auxiliary_bus.h>
#include <linux/blkdev.h>
#include <linux/cpufreq.h>
#include <linux/binfmts.h>
#include <linux/dmaengine.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/input.h>
#include <linux/key-type.h>
#include <linux/leds.h>
#include <linux/nls.h>
#include <linux/pci.h>
#include <linux/pnp.h>
#include <linux/serdev.h>
#include <linux/serial_core.h>
#include <linux/serio.h>
#include <linux/spi/spi.h>
#include <linux/sysctl.h>
#include <linux/transport_class.h>
#include <linux/tty.h>
#include <linux/interrupt.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <linux/tty_ldisc.h>
#include <linux/zpool.h>
#include <linux/firmware.h>
#include <linux/platform_device.h>
#include <keys/asymmetric-parser.h>

#define NAME "calls"
static struct pci_driver pci = { .name = NAME, .id_table = (const struct pci_device_id[]) { { } } };
static struct i2c_driver i2c = { .driver.name = NAME, .id_table = (const struct i2c_device_id[]) { { } } };
static struct spi_driver spi = { .driver.name = NAME };
static struct pnp_driver pnp = { .name = NAME, .id_table = (const struct pnp_device_id[]) { { } } };
static struct serdev_device_driver serdev = { .driver.name = NAME };
static int aux_probe(struct auxiliary_device *d, const struct auxiliary_device_id *id) { return 0; }
static const struct auxiliary_device_id aux_ids[] = { { .name = "calls.x" }, { } };
static struct auxiliary_driver aux = { .name = NAME, .probe = aux_probe, .id_table = aux_ids };
static const struct acpi_device_id acpi_ids[] = { { "CALL0000" }, { } };
static struct acpi_driver acpi = { .name = NAME, .ids = acpi_ids };
static int connect(struct serio *s, struct serio_driver *d) { return -ENODEV; }
static struct serio_driver serio = { .driver.name = NAME, .connect = connect, .id_table = (const struct serio_device_id[]) { { } }, .manual_bind = true };
static int iconnect(struct input_handler *h, struct input_dev *d, const struct input_device_id *id) { return -ENODEV; }
static struct input_handler handler = { .name = NAME, .connect = iconnect, .id_table = (const struct input_device_id[]) { { } } };
static struct file_system_type fs = { .name = "callsfs", .owner = THIS_MODULE }, twin = { .name = "callsfs", .owner = THIS_MODULE };
static struct nls_table nls = { .charset = "calls-charset" };
static int load(struct linux_binprm *p) { return -ENOEXEC; }
static struct linux_binfmt binfmt = { .module = THIS_MODULE, .load_binary = load };
static struct key_type keys = { .name = "calls" }, keys2 = { .name = "calls" };
static struct led_trigger trigger = { .name = "calls" }, again = { .name = "calls" }, *simple;
static struct asymmetric_key_parser parser = { .owner = THIS_MODULE, .name = NAME };
static struct cpufreq_governor governor = { .name = "callsgov", .owner = THIS_MODULE }, governor2 = { .name = "callsgov", .owner = THIS_MODULE };
static int number = 5;
static struct ctl_table table[] = { { .procname = "calls_number", .data = &number, .maxlen = sizeof(int), .mode = 0644, .proc_handler = proc_dointvec }, { } };
static int open(struct tty_struct *t, struct file *f) { return -ENODEV; }
static void close(struct tty_struct *t, struct file *f) { }
static const struct tty_operations tty_ops = { .open = open, .close = close };
static struct tty_ldisc_ops ldisc = { .owner = THIS_MODULE, .num = 25, .name = NAME };
static struct uart_driver uart = { .owner = THIS_MODULE, .driver_name = "calls_uart", .dev_name = "ttyCALLS", .nr = 1 };
static int cmatch(struct attribute_container *c, struct device *d) { return 0; }
static DECLARE_TRANSPORT_CLASS(transport, "calls_transport", NULL, NULL, NULL);
static struct attribute_container container = { .match = cmatch, .class = &transport.class };

static int __init calls_init(void)
{
	struct ctl_table_header *h;
	struct tty_driver *tty;
	const struct firmware *fw = (void *)1;
	struct class_compat *compat;
	struct platform_device *pdev = platform_device_register_simple("calls_dev", -1, NULL, 0);
	struct input_dev *dev;
	static struct tty_port port;
	unsigned long irqs;
	int major;

	INT(pci_register_driver(&pci)); pci_unregister_driver(&pci); STR(pci_bus_type.name);
	INT(i2c_add_driver(&i2c)); i2c_del_driver(&i2c); STR(i2c_bus_type.name);
	INT(spi_register_driver(&spi)); spi_unregister_driver(&spi); STR(spi_bus_type.name);
	INT(pnp_register_driver(&pnp)); pnp_unregister_driver(&pnp);
	INT(serdev_device_driver_register(&serdev)); serdev_device_driver_unregister(&serdev);
	INT(auxiliary_driver_register(&aux)); auxiliary_driver_unregister(&aux);
	INT(acpi_bus_register_driver(&acpi)); acpi_bus_unregister_driver(&acpi);
	INT(serio_register_driver(&serio)); serio_unregister_driver(&serio); STR(serio_bus.name);
	INT(input_register_handler(&handler)); input_unregister_handler(&handler);
	STR(input_class.name);
	dev = input_allocate_device();
	input_alloc_absinfo(dev);
	NIL(dev->absinfo);
	input_free_device(dev);
	INT(register_filesystem(&fs)); INT(register_filesystem(&fs)); INT(register_filesystem(&twin)); INT(unregister_filesystem(&fs)); INT(unregister_filesystem(&fs));
	INT(register_nls(&nls)); INT(unregister_nls(&nls)); INT(unregister_nls(&nls));
	register_binfmt(&binfmt); unregister_binfmt(&binfmt);
	INT(register_key_type(&keys)); INT(register_key_type(&keys2)); unregister_key_type(&keys);
	INT(led_trigger_register(&trigger)); INT(led_trigger_register(&again)); led_trigger_event(&trigger, LED_FULL); led_trigger_blink_oneshot(&trigger, (ulong[]) { 1 }, (ulong[]) { 1 }, 0);
	led_trigger_unregister(&trigger);
	led_trigger_register_simple("calls-simple", &simple); NIL(simple); led_trigger_unregister_simple(simple);
	INT(register_asymmetric_key_parser(&parser)); INT(register_asymmetric_key_parser(&parser)); unregister_asymmetric_key_parser(&parser);
	INT(cpufreq_register_governor(&governor)); INT(cpufreq_register_governor(&governor2)); cpufreq_unregister_governor(&governor);
	NIL(cpufreq_get_current_driver());
	h = register_sysctl("dev/calls", table); NIL(h); unregister_sysctl_table(h);
	tty = tty_alloc_driver(1, TTY_DRIVER_REAL_RAW | TTY_DRIVER_DYNAMIC_DEV);
	INT(IS_ERR(tty));
	tty->driver_name = "calls_tty"; tty->name = "ttycalls"; tty->init_termios = tty_std_termios; tty_set_operations(tty, &tty_ops);
	HEX(tty_std_termios.c_cflag);
	INT(tty_register_driver(tty));
	INT(IS_ERR(tty_register_device(tty, 0, NULL)));
	tty_unregister_device(tty, 0);
	tty_port_init(&port);
	tty_port_link_device(&port, tty, 0);
	INT(tty->ports[0] == &port);
	tty->ports[0] = NULL;
	INT(IS_ERR(tty_port_register_device(&port, tty, 0, NULL)));
	INT(tty->ports[0] == &port);
	tty_unregister_device(tty, 0);
	tty_port_destroy(&port);
	irqs = probe_irq_on(); HEX(irqs); INT(probe_irq_off(irqs));
 tty_unregister_driver(tty); tty_driver_kref_put(tty);
	INT(tty_register_ldisc(&ldisc)); tty_unregister_ldisc(&ldisc);
	INT(uart_register_driver(&uart)); uart_unregister_driver(&uart);
	major = register_blkdev(0, "callsblk"); INT(major > 0); INT(register_blkdev(major, "callsblk2")); unregister_blkdev(major, "callsblk");
	INT(transport_class_register(&transport)); INT(attribute_container_register(&container));
	INT(attribute_container_unregister(&container)); transport_class_unregister(&transport);
	compat = class_compat_register("calls_compat"); NIL(compat); class_compat_unregister(compat);
	INT(request_firmware(&fw, "calls-none.bin", &pdev->dev)); NIL(fw); release_firmware(fw);
	dmaengine_get(); dmaengine_put();
	platform_device_unregister(pdev);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
