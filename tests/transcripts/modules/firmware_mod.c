#include <linux/init.h>
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/firmware.h>
#include <linux/platform_device.h>
#include <linux/completion.h>
MODULE_LICENSE("GPL");
static char *name = "firmware.bin";
module_param(name, charp, 0444);
static char *how = "plain";
module_param(how, charp, 0444);
static int size = 64;
module_param(size, int, 0444);
static int offset;
module_param(offset, int, 0444);
static char buf[4096];
static struct platform_device *device;
static DECLARE_COMPLETION(done);
static void firmware_show(int r, const struct firmware *fw)
{
	pr_info("firmware_mod: %s(%s) = %d\n", how, name, r);
	if (fw && fw->data)
		pr_info("firmware_mod: %zu bytes: %*ph\n", fw->size, (int)min_t(size_t, fw->size, 32), fw->data);
	if (fw && fw->data == (void *)buf)
		pr_info("firmware_mod: in the buffer\n");
	release_firmware(fw);
}
static void firmware_done(const struct firmware *fw, void *context)
{
	firmware_show(context == buf, fw);
	complete(&done);
}
static int firmware_ask(void)
{
	const struct firmware *fw = NULL, *again = NULL;
	int r;

	if (!strcmp(how, "plain")) r = request_firmware(&fw, name, &device->dev);
	else if (!strcmp(how, "null")) r = request_firmware(&fw, name, NULL);
	else if (!strcmp(how, "nowarn")) r = firmware_request_nowarn(&fw, name, &device->dev);
	else if (!strcmp(how, "direct")) r = request_firmware_direct(&fw, name, &device->dev);
	else if (!strcmp(how, "platform")) r = firmware_request_platform(&fw, name, &device->dev);
	else if (!strcmp(how, "buf")) r = request_firmware_into_buf(&fw, name, &device->dev, buf, size);
	else if (!strcmp(how, "partial")) r = request_partial_firmware_into_buf(&fw, name, &device->dev, buf, size, offset);
	else if (!strcmp(how, "twice")) {
		r = request_firmware(&fw, name, &device->dev);
		pr_info("firmware_mod: again %d\n", request_firmware(&again, name, &device->dev));
		if (fw && again)
			pr_info("firmware_mod: same data: %d\n", fw->data == again->data);
		release_firmware(again);
	} else if (!strcmp(how, "nowait")) {
		r = request_firmware_nowait(THIS_MODULE, true, name, &device->dev, GFP_KERNEL, buf, firmware_done);
		pr_info("firmware_mod: nowait %d, %d references\n", r, module_refcount(THIS_MODULE) > 1);
		wait_for_completion(&done);
		return 0;
	} else return -EINVAL;
	firmware_show(r, fw);
	return 0;
}
static int __init firmware_mod_init(void)
{
	int r;

	device = platform_device_register_simple("fw_dev", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	r = firmware_ask();
	if (r)
		platform_device_unregister(device);
	return r;
}
static void __exit firmware_mod_exit(void) { platform_device_unregister(device); }
module_init(firmware_mod_init);
module_exit(firmware_mod_exit);
