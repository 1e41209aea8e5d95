#include "calls.h"
#include <linux/delay.h>
#include <linux/dmaengine.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>
#include <linux/wait_bit.h>

static int told(struct notifier_block *nb, unsigned long event, void *data)
{
	pr_info("%s told of %lu\n", (char *)data, event);
	return event == 7 ? notifier_from_errno(-EBUSY) : NOTIFY_OK;
}
static int first(struct notifier_block *nb, unsigned long event, void *data)
{
	pr_info("first told of %lu\n", event);
	return NOTIFY_DONE;
}
static struct notifier_block late = { .notifier_call = told }, early = { .notifier_call = first, .priority = 5 };
static struct srcu_notifier_head chain;
static BLOCKING_NOTIFIER_HEAD(blocking);
static RAW_NOTIFIER_HEAD(raw);

static void chains(void)
{
	srcu_init_notifier_head(&chain);
	INT(srcu_notifier_chain_register(&chain, &late));
	INT(srcu_notifier_chain_register(&chain, &early));
	INT(srcu_notifier_call_chain(&chain, 3, "srcu"));
	INT(notifier_to_errno(srcu_notifier_call_chain(&chain, 7, "srcu")));
	INT(srcu_notifier_chain_unregister(&chain, &early));
	INT(srcu_notifier_chain_unregister(&chain, &early));
	INT(srcu_notifier_chain_unregister(&chain, &late));
	srcu_cleanup_notifier_head(&chain);

	blocking_notifier_chain_register(&blocking, &late);
	blocking_notifier_chain_register(&blocking, &early);
	INT(notifier_to_errno(blocking_notifier_call_chain_robust(&blocking, 7, 8, "blocking")));
	INT(notifier_to_errno(blocking_notifier_call_chain_robust(&blocking, 6, 8, "blocking")));
	raw_notifier_chain_register(&raw, &early);
	raw_notifier_chain_register(&raw, &late);
	early.next = &late;
	INT(notifier_to_errno(raw_notifier_call_chain_robust(&raw, 7, 9, "raw")));
}

static void interrupted(struct irq_work *work)
{
	pr_info("work in an interrupt: %d %d %d\n", !!in_hardirq(), !!irqs_disabled(), irq_work_is_busy(work));
}
static DEFINE_IRQ_WORK(work, interrupted);

static unsigned long word = 0x24;
static int waiting(void *unused)
{
	pr_info("the thread waits\n");
	INT(wait_on_bit(&word, 5, TASK_UNINTERRUPTIBLE));
	INT(wait_on_bit(&word, 4, TASK_UNINTERRUPTIBLE));
	INT(wait_on_bit_timeout(&word, 2, TASK_UNINTERRUPTIBLE, HZ / 20));
	return 0;
}

static int variable;
static struct { char first[4], second[4]; } pair;
static char whole[16];

static int __init calls_init(void)
{
	struct platform_device *device;
	struct task_struct *thread;
	dma_cap_mask_t mask;
	char *memory = kmalloc(10, GFP_KERNEL);

	chains();
	INT(irq_work_queue(&work));
	INT(irq_work_is_busy(&work));
	INT(irq_work_queue(&work));
	DO(irq_work_sync(&work));

	thread = kthread_run(waiting, NULL, "calls");
	get_task_struct(thread);
	msleep(20);
	clear_and_wake_up_bit(5, &word);
	HEX(word);
	msleep(200);
	kthread_stop(thread);
	put_task_struct(thread);
	DO(yield());

	INT(virt_addr_valid(memory));
	INT(virt_addr_valid(&variable));
	INT(virt_addr_valid(0x1000));
	INT(virt_addr_valid(PAGE_OFFSET));
	INT(virt_addr_valid(PAGE_OFFSET + (1UL << 40)));
	INT(virt_addr_valid(&jiffies));
	kfree(memory);

	INT(PTR_ERR(pwm_request(0, "calls")));
	INT(PTR_ERR(pwm_request(-1, "calls")));
	INT(PTR_ERR(pwm_request(1024, "calls")));
	DO(pwm_free(NULL));
	dma_cap_zero(mask);
	dma_cap_set(DMA_MEMCPY, mask);
	NIL(dma_request_channel(mask, NULL, NULL));
	INT(PTR_ERR(dma_request_chan_by_mask(&mask)));
	INT(PTR_ERR(dma_request_chan_by_mask(NULL)));
	device = platform_device_register_simple("calls", PLATFORM_DEVID_NONE, NULL, 0);
	INT(PTR_ERR(dma_request_chan(&device->dev, "tx")));
	platform_device_unregister(device);
	HEX(read_cr0());

	INT(refcount_read(&init_task.usage));
	thread = pid_task(find_vpid(2), PIDTYPE_PID);
	STR(thread->comm);
	INT(refcount_read(&thread->usage));
	INT(refcount_read(&get_task_struct(thread)->usage));
	put_task_struct(thread);
	INT(refcount_read(&thread->usage));

	memcpy(pair.first, "1234567", 8);
	STR(pair.second);
	memcpy(whole, pair.first, 8);
	STR(whole);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
