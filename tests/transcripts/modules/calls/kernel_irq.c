#include "calls.h"
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/device.h>
#include <linux/delay.h>
#include <linux/seq_file.h>

/* The vector that raises the line, found by trying; what comes to others is nobody's. */
static int hits, threaded, one, two;

static irqreturn_t handler(int irq, void *data)
{
	pr_info("handler of irq %d, in_hardirq %d, irqs_disabled %d\n", irq, !!in_hardirq(), irqs_disabled());
	hits++;
	return IRQ_HANDLED;
}

static irqreturn_t quiet(int irq, void *data)
{
	hits++;
	return IRQ_NONE;
}

static irqreturn_t bad(int irq, void *data)
{
	hits++;
	return 17;
}

static irqreturn_t wake(int irq, void *data)
{
	pr_info("first half of irq %d\n", irq);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int irq, void *data)
{
	pr_info("thread of irq %d: in_hardirq %d, %s\n", irq, !!in_hardirq(), current->comm);
	threaded++;
	return IRQ_HANDLED;
}

static void managed(void)
{
	struct device *dev = root_device_register("calls_irq");
	INT(devm_request_irq(dev, 7, handler, 0, "managed", &one));
	INT(irq_has_action(7));
	DO(devm_free_irq(dev, 7, &one));
	INT(irq_has_action(7));
	INT(irq_has_action(8));
	INT(irq_has_action(99));
	INT(devm_request_any_context_irq(dev, 7, handler, 0, NULL, &one));
	INT(devm_request_threaded_irq(dev, 6, handler, thread, 0, "woken", &two));
	DO(irq_wake_thread(6, &two));
	DO(irq_wake_thread(7, &one));
	synchronize_irq(6);
	root_device_unregister(dev);
	INT(irq_has_action(7));
}

static int __init start(void)
{
	managed();
	INT(request_irq(5, handler, IRQF_SHARED, "nodev", NULL));
	INT(request_irq(5, NULL, 0, "nohandler", &one));
	INT(request_irq(2, handler, 0, "cascade", &one));
	INT(request_irq(100, handler, 0, "absent", &one));
	INT(request_irq(0, handler, 0, "timer", &one));
	INT(request_irq(1, handler, 0, "keyboard", &one));
	INT(request_irq(1, handler, IRQF_SHARED, "keyboard", &one));
	INT(request_irq(12, handler, IRQF_SHARED, "mouse", &one));
	INT(request_irq(8, handler, IRQF_SHARED, "clock", &one));
	INT(request_irq(9, handler, IRQF_SHARED, "acpi", &one));
	free_irq(9, &one);
	INT(request_irq(9, handler, IRQF_SHARED | IRQF_TRIGGER_RISING, "acpi", &one));
	INT(request_threaded_irq(9, NULL, thread, IRQF_SHARED | IRQF_ONESHOT, "acpi", &one));
	INT(request_threaded_irq(9, NULL, thread, IRQF_SHARED, "acpi", &one));
	INT(request_irq(3, handler, 0, "serial", &one));
	INT(request_irq(4, handler, 0, "serial", &one));
	asm volatile("int $0x21; int $0x22; int $0x23");
	free_irq(3, &one);
	INT(request_irq(IRQ_NOTCONNECTED, handler, 0, "none", &one));
	INT(request_irq(5, handler, 0, "five", &one));
	INT(request_irq(5, handler, IRQF_SHARED, "five_too", &two));
	INT(request_irq(5, handler, IRQF_SHARED | IRQF_PROBE_SHARED, "probing", &two));
	asm volatile("int $0x26");
	INT(hits);
	asm volatile("int $0x27");
	INT(hits);
	asm volatile("int $0x35");
	INT(hits);
	asm volatile("int $0x25");
	INT(hits);
	disable_irq(5);
	asm volatile("int $0x26");
	INT(hits);
	enable_irq(5);
	INT(hits);
	STR((char *)free_irq(5, &one));
	INT(request_irq(5, handler, IRQF_SHARED, "shared one", &one));
	INT(request_irq(5, quiet, IRQF_SHARED, "shared two", &two));
	asm volatile("int $0x26");
	INT(hits);
	asm volatile("int $0x27");
	INT(hits);
	asm volatile("int $0x28");
	INT(hits);
	STR((char *)free_irq(5, &two));
	STR((char *)free_irq(5, &one));
	NIL(free_irq(5, &one));
	INT(request_threaded_irq(6, wake, thread, 0, "both", &one));
	INT(request_threaded_irq(7, NULL, thread, IRQF_ONESHOT, "lower", &two));
	INT(request_threaded_irq(10, NULL, thread, 0, "no oneshot", &two));
	asm volatile("int $0x26; int $0x27; int $0x28");
	INT(threaded);
	msleep(20);
	INT(threaded);
	synchronize_irq(6);
	free_irq(6, &one);
	free_irq(7, &two);
	INT(request_irq(5, bad, 0, "bad", &one));
	asm volatile("int $0x26");
	INT(hits);
	asm volatile("int $0x27; int $0x28; int $0x29");
	INT(hits);
	free_irq(5, &one);
	INT(request_irq(6, handler, 0, "edge", &one));
	disable_irq(6);
	asm volatile("int $0x26");
	DO(enable_irq(6));
	disable_irq_nosync(6);
	disable_irq_nosync(6);
	asm volatile("int $0x26");
	DO(enable_irq(6));
	DO(enable_irq(6));
	DO(enable_irq(6));
	free_irq(6, &one);
	INT(request_irq(6, wake, 0, "no thread", &one));
	asm volatile("int $0x26; int $0x26");
	free_irq(6, &one);
	INT(request_any_context_irq(5, handler, 0, "any", &one));
	free_irq(5, &one);
	INT(request_irq(11, handler, IRQF_NO_AUTOEN, "later", &one));
	enable_irq(11);
	disable_irq_nosync(11);
	INT(irq_set_irq_type(11, IRQ_TYPE_EDGE_RISING));
	INT(irq_set_irq_wake(11, 1));
	return 0;
}

static void __exit stop(void)
{
	static const int lines[] = { 1, 2, 9, 11, 12 };
	int i;
	for (i = 0; i < ARRAY_SIZE(lines); i++)
		free_irq(lines[i], &one);
}

module_init(start);
module_exit(stop);
