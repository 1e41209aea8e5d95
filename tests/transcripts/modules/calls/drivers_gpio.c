#include "calls.h"
#include <linux/gpio.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

struct gpio_desc *gpiochip_get_desc(struct gpio_chip *gc, unsigned int hwnum);

static unsigned long values, inputs = 0xff;

static int get(struct gpio_chip *gc, unsigned offset) { pr_info("chip: get %u\n", offset); return !!(values & BIT(offset)); }
static void set(struct gpio_chip *gc, unsigned offset, int value)
{
	pr_info("chip: set %u to %d\n", offset, value);
	if (value) values |= BIT(offset); else values &= ~BIT(offset);
}
static int get_direction(struct gpio_chip *gc, unsigned offset) { return !!(inputs & BIT(offset)); }
static int input(struct gpio_chip *gc, unsigned offset) { pr_info("chip: %u is an input\n", offset); inputs |= BIT(offset); return 0; }
static int output(struct gpio_chip *gc, unsigned offset, int value)
{
	pr_info("chip: %u is an output, %d\n", offset, value);
	inputs &= ~BIT(offset);
	set(gc, offset, value);
	return 0;
}
static int request(struct gpio_chip *gc, unsigned offset) { pr_info("chip: request %u\n", offset); return offset == 7 ? -EACCES : 0; }
static void release(struct gpio_chip *gc, unsigned offset) { pr_info("chip: free %u\n", offset); }
static int to_irq(struct gpio_chip *gc, unsigned offset) { return 5 + offset; }

static struct gpio_chip chip = {
	.label = "calls-gpio", .owner = THIS_MODULE, .base = 100, .ngpio = 8,
	.get = get, .set = set, .get_direction = get_direction, .direction_input = input, .direction_output = output,
	.request = request, .free = release, .to_irq = to_irq,
};

static void absent(void)
{
	INT(gpio_is_valid(-1));
	INT(gpio_is_valid(4));
	INT(gpio_is_valid(511));
	INT(gpio_is_valid(512));
	INT(gpio_is_valid(2048));
	INT(gpio_request(4, "led"));
	INT(gpio_request(100, "led"));
	INT(gpio_request(-1, "led"));
	INT(gpio_request_one(17, GPIOF_OUT_INIT_LOW, "led"));
	NIL(gpio_to_desc(4));
	NIL(gpio_to_desc(-1));
	NIL(gpio_to_desc(100000));
	LONG(PTR_ERR(gpiod_get(NULL, "led", GPIOD_OUT_LOW)));
	NIL(gpiod_get_optional(NULL, "led", GPIOD_OUT_LOW));
	LONG(PTR_ERR(gpiod_get_index(NULL, "led", 1, GPIOD_IN)));
	INT(gpiod_count(NULL, "led"));
	INT(gpiod_get_value(NULL));
	DO(gpiod_set_value(NULL, 1));
	INT(gpiod_direction_output(NULL, 1));
	INT(gpiod_to_irq(NULL));
	DO(gpiod_put(NULL));
	NIL(gpiochip_find("none", NULL));
}

static int is_chip(struct gpio_chip *gc, void *data) { return gc == data; }

static void present(void)
{
	struct gpio_desc *d;
	INT(gpiochip_add_data(&chip, &values));
	INT(chip.base);
	INT(gpiochip_get_data(&chip) == &values);
	INT(gpio_request(101, "one"));
	INT(gpio_request(101, "again"));
	INT(gpio_request(107, "refused"));
	INT(gpio_request(108, "beyond"));
	INT(gpio_direction_output(101, 1));
	INT(gpio_get_value(101));
	DO(gpio_set_value(101, 0));
	INT(gpio_direction_input(101));
	INT(gpio_get_value(101));
	DO(gpio_set_value(101, 1));
	INT(gpio_to_irq(101));
	INT(gpio_cansleep(101));
	d = gpio_to_desc(102);
	NIL(d);
	INT(desc_to_gpio(d));
	INT(gpiod_to_chip(d) == &chip);
	INT(gpiod_get_direction(d));
	INT(gpiod_is_active_low(d));
	INT(gpiod_direction_output(d, 1));
	DO(gpiod_set_value(d, 0));
	INT(gpiod_get_value(d));
	DO(gpiod_set_raw_value(d, 1));
	INT(gpiod_get_raw_value_cansleep(d));
	DO(gpiod_toggle_active_low(d));
	INT(gpiod_get_value(d));
	DO(gpiod_set_value(d, 1));
	DO(gpiod_toggle_active_low(d));
	INT(gpiod_cansleep(d));
	INT(gpiod_get_value_cansleep(d));
	DO(gpiod_set_value_cansleep(d, 1));
	DO(gpiod_set_raw_value_cansleep(d, 0));
	INT(gpiod_set_debounce(d, 200));
	INT(gpiod_set_consumer_name(d, "renamed"));
	INT(gpio_request_one(103, GPIOF_OUT_INIT_HIGH, "three"));
	INT(gpio_export(103, true));
	INT(gpio_export(103, true));
	DO(gpio_unexport(103));
	INT(!!gpiochip_is_requested(&chip, 3));
	STR(gpiochip_is_requested(&chip, 3));
	NIL(gpiochip_is_requested(&chip, 4));
	NIL(gpiochip_find(&chip, is_chip));
	INT(gpiochip_get_desc(&chip, 2) == d);
	LONG(PTR_ERR(gpiochip_get_desc(&chip, 8)));
	INT(gpiochip_line_is_valid(&chip, 2));
	INT(gpiod_set_config(d, 5));
	DO(gpio_free(101));
	DO(gpio_free(101));
	DO(gpio_free(103));
}

static struct gpio array[] = { { 100, GPIOF_IN, "zero" }, { 104, GPIOF_OUT_INIT_HIGH, "four" }, { 107, GPIOF_IN, "refused" } };

static void managed(void)
{
	struct device *dev = root_device_register("calls_gpio");
	static struct gpio_chip more = { .label = "more", .base = -1, .ngpio = 4, .get = get, .direction_input = input };
	static struct gpio_chip over = { .label = "over", .base = 106, .ngpio = 4 };
	INT(gpio_request_array(array, 3));
	INT(gpio_request_array(array, 2));
	DO(gpio_free_array(array, 2));
	INT(devm_gpio_request(dev, 100, "managed"));
	INT(devm_gpio_request_one(dev, 104, GPIOF_OUT_INIT_LOW, "managed"));
	LONG(PTR_ERR(devm_gpiod_get_index(dev, "led", 1, GPIOD_IN)));
	NIL(devm_gpiod_get_index_optional(dev, "led", 1, GPIOD_IN));
	NIL(gpiod_get_index_optional(dev, "led", 1, GPIOD_IN));
	INT(devm_gpiochip_add_data(dev, &more, NULL));
	INT(more.base);
	INT(gpiochip_add_data(&over, NULL));
	DO(root_device_unregister(dev));
}

static struct gpiod_lookup_table table = {
	.dev_id = NULL,
	.table = {
		GPIO_LOOKUP("calls-gpio", 5, "led", GPIO_ACTIVE_LOW),
		GPIO_LOOKUP_IDX("calls-gpio", 6, "pair", 0, GPIO_ACTIVE_HIGH),
		GPIO_LOOKUP_IDX("calls-gpio", 2, "pair", 1, GPIO_ACTIVE_HIGH),
		{ },
	},
};

static void looked_up(void)
{
	struct gpio_desc *d;
	gpiod_add_lookup_table(&table);
	d = gpiod_get(NULL, "led", GPIOD_OUT_HIGH);
	INT(desc_to_gpio(d));
	DO(gpiod_set_value(d, 0));
	DO(gpiod_put(d));
	INT(gpiod_count(NULL, "pair"));
	d = gpiod_get_index(NULL, "pair", 1, GPIOD_IN);
	INT(desc_to_gpio(d));
	gpiod_put(d);
	LONG(PTR_ERR(gpiod_get_index(NULL, "pair", 2, GPIOD_IN)));
	gpiod_remove_lookup_table(&table);
}

static int __init start(void)
{
	absent();
	present();
	looked_up();
	managed();
	return 0;
}

static void __exit stop(void)
{
	DO(gpiochip_remove(&chip));
	INT(gpio_request(101, "gone"));
}

module_init(start);
module_exit(stop);
