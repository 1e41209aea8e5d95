// SPDX-License-Identifier: GPL-2.0-or-later
/* Sends a signal to a program: write "NUMBER SIGNAL" or, a moment later, "NUMBER SIGNAL later". */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>
#include <linux/uaccess.h>

static struct pid *target;
static int number;

static void send(struct timer_list *timer)
{
	pr_info("signaller: signal %d sent: %d\n", number, kill_pid(target, number, 1));
	put_pid(target);
	target = NULL;
}

static DEFINE_TIMER(timer, send);

static ssize_t signaller_write(struct file *file, const char __user *data, size_t size, loff_t *at)
{
	char text[40] = {}, later[10] = "";
	struct task_struct *task;
	int program, result = 0;

	if (size >= sizeof(text) || copy_from_user(text, data, size))
		return -EFAULT;
	if (sscanf(text, "%d %d %9s", &program, &number, later) < 2 || target)
		return -EINVAL;
	target = find_get_pid(program);
	task = pid_task(target, PIDTYPE_PID);
	if (!task)
		return -ESRCH;
	pr_info("signaller: %s, itself %d\n", task->comm, task == current);
	if (*later) {
		mod_timer(&timer, jiffies + HZ / 10);
		return size;
	}
	result = send_sig(number, task, 1);
	put_pid(target);
	target = NULL;
	return result ?: size;
}

static const struct file_operations operations = { .owner = THIS_MODULE, .write = signaller_write };
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "signaller", .fops = &operations, .mode = 0666 };

static int __init signaller_init(void)
{
	return misc_register(&device);
}

static void __exit signaller_exit(void)
{
	del_timer_sync(&timer);
	misc_deregister(&device);
}

module_init(signaller_init);
module_exit(signaller_exit);
MODULE_DESCRIPTION("sends signals to programs");
MODULE_LICENSE("GPL");
