#include "calls.h"
#include <linux/input.h>
#include <linux/keyboard.h>
#include <linux/notifier.h>
#include <linux/delay.h>
#include <linux/platform_device.h>

static struct input_dev *button, *pad;
static int opens;

static int button_open(struct input_dev *dev) { pr_info("open %s\n", dev->name); opens++; return 0; }
static void button_close(struct input_dev *dev) { pr_info("close %s\n", dev->name); }
static int button_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	pr_info("to the device: type %u code %u value %d\n", type, code, value);
	return 0;
}

static void logger_event(struct input_handle *handle, unsigned int type, unsigned int code, int value)
{
	pr_info("event of %s: type %u code %u value %d\n", handle->dev->name, type, code, value);
}

static int logger_connect(struct input_handler *handler, struct input_dev *dev, const struct input_device_id *id)
{
	struct input_handle *handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	int result;
	pr_info("connect %s, driver_info %lu\n", dev->name ? dev->name : "none", id->driver_info);
	handle->dev = dev;
	handle->handler = handler;
	handle->name = "logger";
	INT(result = input_register_handle(handle));
	INT(result = input_open_device(handle));
	return 0;
}

static void logger_disconnect(struct input_handle *handle)
{
	pr_info("disconnect %s\n", handle->dev->name);
	input_close_device(handle);
	input_unregister_handle(handle);
	kfree(handle);
}

static bool logger_match(struct input_handler *handler, struct input_dev *dev)
{
	return dev->name && dev->id.bustype == BUS_VIRTUAL;
}

static const struct input_device_id logger_ids[] = {
	{ .driver_info = 7 },
	{ },
};

static struct input_handler logger = {
	.event = logger_event,
	.match = logger_match,
	.connect = logger_connect,
	.disconnect = logger_disconnect,
	.name = "calls_logger",
	.id_table = logger_ids,
};

static int keys(struct notifier_block *nb, unsigned long action, void *data)
{
	struct keyboard_notifier_param *p = data;
	pr_info("keyboard: action %lu value %u down %d shift %d led %d\n", action, p->value, p->down, p->shift, p->ledstate);
	return NOTIFY_OK;
}
static struct notifier_block keys_nb = { .notifier_call = keys };

static void numbers(struct input_dev *dev)
{
	INT(dev->rep[REP_DELAY]);
	INT(dev->rep[REP_PERIOD]);
	HEX(dev->evbit[0]);
	HEX(dev->key[BIT_WORD(KEY_A)]);
	HEX(dev->led[0]);
	INT(dev->users);
	INT(dev->hint_events_per_packet);
	INT(dev->max_vals);
	INT(dev->num_vals);
}

static void button_make(void)
{
	INT(register_keyboard_notifier(&keys_nb));
	button = input_allocate_device();
	button->name = "Calls button";
	button->phys = "calls/input0";
	button->uniq = "one";
	button->id.bustype = BUS_VIRTUAL;
	button->id.vendor = 1;
	button->id.product = 2;
	button->id.version = 0x300;
	button->open = button_open;
	button->close = button_close;
	button->event = button_event;
	__set_bit(EV_REP, button->evbit);
	input_set_capability(button, EV_KEY, KEY_A);
	input_set_capability(button, EV_KEY, KEY_LEFTSHIFT);
	input_set_capability(button, EV_KEY, KEY_CAPSLOCK);
	input_set_capability(button, EV_KEY, BTN_LEFT);
	input_set_capability(button, EV_REL, REL_X);
	input_set_capability(button, EV_MSC, MSC_SCAN);
	input_set_capability(button, EV_LED, LED_CAPSL);
	input_set_capability(button, EV_SW, SW_LID);
	INT(input_register_device(button));
	numbers(button);
	STR(dev_name(&button->dev));
	INT(input_register_handler(&logger));
}

static void send(void)
{
	input_report_key(button, KEY_A, 1);
	input_sync(button);
	HEX(button->key[BIT_WORD(KEY_A)]);
	input_report_key(button, KEY_A, 1);
	input_sync(button);
	input_report_key(button, KEY_A, 0);
	input_sync(button);
	input_sync(button);
	input_report_key(button, KEY_B, 1);
	input_report_key(button, KEY_LEFTSHIFT, 1);
	input_report_key(button, KEY_A, 1);
	input_sync(button);
	input_report_key(button, KEY_A, 0);
	input_report_key(button, KEY_LEFTSHIFT, 0);
	input_sync(button);
	input_report_rel(button, REL_X, 3);
	input_report_rel(button, REL_X, 0);
	input_report_rel(button, REL_Y, 3);
	input_sync(button);
	input_report_key(button, BTN_LEFT, 1);
	input_sync(button);
	input_event(button, EV_MSC, MSC_SCAN, 30);
	input_sync(button);
	input_event(button, EV_SW, SW_LID, 1);
	input_event(button, EV_SW, SW_LID, 1);
	input_sync(button);
	input_event(button, EV_LED, LED_CAPSL, 1);
	input_sync(button);
	HEX(button->led[0]);
	input_event(button, EV_REP, REP_DELAY, 300);
	input_report_key(button, KEY_CAPSLOCK, 1);
	input_sync(button);
	input_report_key(button, KEY_CAPSLOCK, 0);
	input_sync(button);
	msleep(20);
	numbers(button);
	input_inject_event(list_first_entry(&button->h_list, struct input_handle, d_node), EV_KEY, KEY_A, 1);
	input_report_key(button, KEY_A, 0);
	input_sync(button);
}

static void pad_make(void)
{
	pad = input_allocate_device();
	INT(input_register_device(pad));
	input_free_device(pad);
	pad = input_allocate_device();
	pad->name = "Calls pad";
	pad->id.bustype = BUS_VIRTUAL;
	input_set_capability(pad, EV_KEY, BTN_TOUCH);
	input_set_abs_params(pad, ABS_X, 0, 100, 4, 2);
	input_set_abs_params(pad, ABS_Y, -5, 5, 0, 0);
	INT(input_abs_get_max(pad, ABS_X));
	INT(input_register_device(pad));
	input_report_abs(pad, ABS_X, 50);
	input_report_abs(pad, ABS_Y, 3);
	input_sync(pad);
	input_report_abs(pad, ABS_X, 51);
	input_sync(pad);
	input_report_abs(pad, ABS_X, 55);
	input_sync(pad);
	input_report_abs(pad, ABS_X, 58);
	input_report_abs(pad, ABS_Y, 3);
	input_sync(pad);
	INT(input_abs_get_val(pad, ABS_X));
	INT(input_abs_get_val(pad, ABS_Y));
}

static int __init start(void)
{
	button_make();
	send();
	pad_make();
	return 0;
}

static void __exit stop(void)
{
	input_unregister_device(pad);
	input_report_key(button, KEY_A, 1);
	input_sync(button);
	input_unregister_device(button);
	input_unregister_handler(&logger);
	INT(unregister_keyboard_notifier(&keys_nb));
	INT(opens);
}

module_init(start);
module_exit(stop);
