#include "calls.h"
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/input.h>
#include <linux/vt_kern.h>

static int repeats;

static void event(struct input_handle *handle, unsigned int type, unsigned int code, int value)
{
	if (type == EV_KEY && value == 2)
		repeats++;
}

static int connect(struct input_handler *handler, struct input_dev *dev, const struct input_device_id *id)
{
	struct input_handle *handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	handle->dev = dev;
	handle->handler = handler;
	handle->name = "more";
	INT(input_match_device_id(dev, id));
	INT(input_register_handle(handle));
	INT(input_open_device(handle));
	INT(input_grab_device(handle));
	INT(input_grab_device(handle));
	DO(input_release_device(handle));
	INT(input_flush_device(handle, NULL));
	return 0;
}

static void disconnect(struct input_handle *handle)
{
	input_close_device(handle);
	input_unregister_handle(handle);
	kfree(handle);
}

static const struct input_device_id ids[] = {
	{ .flags = INPUT_DEVICE_ID_MATCH_BUS | INPUT_DEVICE_ID_MATCH_EVBIT, .bustype = BUS_VIRTUAL, .evbit = { BIT_MASK(EV_KEY) } },
	{ },
};
static struct input_handler handler = { .event = event, .connect = connect, .disconnect = disconnect, .name = "calls_more", .id_table = ids };

static int each(struct input_handle *handle, void *data) { pr_info("handle of %s\n", handle->dev->name); return 7; }

static int __init start(void)
{
	struct device *dev = root_device_register("calls_input");
	struct input_dev *key = devm_input_allocate_device(dev), *pad = input_allocate_device();
	int minor;
	key->name = "Calls key";
	key->id.bustype = BUS_VIRTUAL;
	__set_bit(EV_REP, key->evbit);
	input_set_capability(key, EV_KEY, KEY_Q);
	input_set_capability(key, EV_KEY, KEY_LEFTALT);
	input_enable_softrepeat(key, 100, 40);
	INT(input_register_handler(&handler));
	INT(input_register_device(key));
	INT(input_device_enabled(key));
	input_report_key(key, KEY_Q, 1);
	input_sync(key);
	msleep(300);
	INT(repeats > 2 && repeats < 8);
	input_report_key(key, KEY_Q, 0);
	input_sync(key);
	NIL(input_get_timestamp(key));
	INT(input_handler_for_each_handle(&handler, NULL, each));
	input_set_abs_params(pad, ABS_X, 1, 9, 0, 0);
	input_copy_abs(pad, ABS_Y, pad, ABS_X);
	INT(input_abs_get_max(pad, ABS_Y));
	INT(minor = input_get_new_minor(64, 32, true));
	input_free_minor(minor);
	INT(input_get_new_minor(64, 32, true));
	input_free_minor(minor);
	INT(vt_get_leds(0, 1));
	root_device_unregister(dev);
	input_unregister_handler(&handler);
	input_free_device(pad);
	return 0;
}

static void __exit stop(void) { }

module_init(start);
module_exit(stop);
