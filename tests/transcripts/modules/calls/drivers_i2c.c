#include "calls.h"
#include <linux/i2c.h>

/* A bus without hardware: what is sent to an address is logged, what is read counts up. */
static int at_bus(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	int i, j;
	for (i = 0; i < num; i++) {
		pr_info("msg %d: addr %#x flags %#x len %d\n", i, msgs[i].addr, msgs[i].flags, msgs[i].len);
		if (msgs[i].addr == 0x50)
			return -ENXIO;
		for (j = 0; j < msgs[i].len; j++) {
			if (msgs[i].flags & I2C_M_RD)
				msgs[i].buf[j] = 0x40 + j;
			else
				pr_info("  sent %#x\n", msgs[i].buf[j]);
		}
	}
	return num;
}

static s32 smbus(struct i2c_adapter *adap, u16 addr, unsigned short flags, char rw, u8 command, int size, union i2c_smbus_data *data)
{
	pr_info("smbus: addr %#x rw %d command %#x size %d\n", addr, rw, command, size);
	if (rw && data)
		data->word = 0x1234;
	return 0;
}

static u32 functionality(struct i2c_adapter *adap) { return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL; }
static u32 smbus_functionality(struct i2c_adapter *adap) { return I2C_FUNC_SMBUS_BYTE_DATA | I2C_FUNC_SMBUS_QUICK; }

static const struct i2c_algorithm algorithm = { .master_xfer = at_bus, .functionality = functionality };
static const struct i2c_algorithm smbus_algorithm = { .smbus_xfer = smbus, .functionality = smbus_functionality };

static struct i2c_adapter bus = { .owner = THIS_MODULE, .class = I2C_CLASS_HWMON, .algo = &algorithm, .name = "calls bus" };
static struct i2c_adapter other = { .owner = THIS_MODULE, .algo = &smbus_algorithm, .name = "calls smbus", .nr = 10 };
static struct i2c_adapter nothing = { .owner = THIS_MODULE, .algo = &algorithm };

static int probe(struct i2c_client *client, const struct i2c_device_id *id)
{
	pr_info("probe %s: %s at %#x, data %lu\n", dev_name(&client->dev), client->name, client->addr, id->driver_data);
	dev_info(&client->dev, "probed\n");
	i2c_set_clientdata(client, &bus);
	return 0;
}

static void remove(struct i2c_client *client) { pr_info("remove %s, data %d\n", client->name, i2c_get_clientdata(client) == &bus); }

static const struct i2c_device_id ids[] = { { "calls_chip", 3 }, { "calls_eeprom", 4 }, { } };
MODULE_DEVICE_TABLE(i2c, ids);

static struct i2c_driver driver = {
	.driver = { .name = "calls_driver", .owner = THIS_MODULE },
	.probe = probe,
	.remove = remove,
	.id_table = ids,
};

static struct i2c_board_info chip = { I2C_BOARD_INFO("calls_chip", 0x3c) };
static struct i2c_board_info eeprom = { I2C_BOARD_INFO("calls_eeprom", 0x51) };
static struct i2c_board_info nobodys = { I2C_BOARD_INFO("calls_other", 0x20) };
static struct i2c_board_info wrong = { I2C_BOARD_INFO("calls_chip", 0x80) };
static struct i2c_client *client, *second, *third;

static void transfers(struct i2c_client *c)
{
	u8 out[3] = { 1, 2, 3 }, in[4] = { 0 };
	struct i2c_msg msgs[] = {
		{ .addr = c->addr, .len = 1, .buf = out },
		{ .addr = c->addr, .flags = I2C_M_RD, .len = 4, .buf = in },
	};
	struct i2c_msg absent = { .addr = 0x50, .len = 1, .buf = out };
	INT(i2c_transfer(c->adapter, msgs, 2));
	HEX(in[3]);
	INT(i2c_transfer(c->adapter, &absent, 1));
	INT(i2c_master_send(c, out, 3));
	INT(i2c_master_recv(c, in, 2));
	HEX(i2c_smbus_read_byte(c));
	INT(i2c_smbus_write_byte(c, 9));
	HEX(i2c_smbus_read_byte_data(c, 0x10));
	INT(i2c_smbus_write_byte_data(c, 0x10, 7));
	HEX(i2c_smbus_read_word_data(c, 0x11));
	INT(i2c_smbus_write_word_data(c, 0x11, 0xabcd));
	HEX(i2c_smbus_read_word_swapped(c, 0x11));
	INT(i2c_smbus_write_i2c_block_data(c, 0x12, 3, out));
	INT(i2c_smbus_read_i2c_block_data(c, 0x12, 4, in));
	INT(i2c_smbus_write_block_data(c, 0x13, 2, out));
	INT(i2c_check_functionality(c->adapter, I2C_FUNC_I2C));
	INT(i2c_check_functionality(c->adapter, I2C_FUNC_10BIT_ADDR));
}

static struct i2c_client *dummy, *found;
static struct i2c_adapter managed = { .owner = THIS_MODULE, .algo = &algorithm, .name = "managed" };

static void more_clients(void)
{
	static const unsigned short addresses[] = { 0x50, 0x19, 0x1a, I2C_CLIENT_END };
	static struct i2c_board_info scanned = { I2C_BOARD_INFO("calls_other", 0) };
	struct device *dev = root_device_register("calls_i2c");
	u8 block[32] = { 0 };
	dummy = i2c_new_dummy_device(&bus, 0x18);
	STR(dummy->name);
	STR(dummy->dev.driver->name);
	NIL(devm_i2c_new_dummy_device(dev, &bus, 0x17));
	INT(devm_i2c_add_adapter(dev, &managed));
	INT(managed.nr);
	root_device_unregister(dev);
	found = i2c_new_scanned_device(&bus, &scanned, addresses, NULL);
	HEX(found->addr);
	INT(i2c_probe_func_quick_read(&bus, 0x50));
	INT(i2c_smbus_read_block_data(found, 2, block));
	INT(i2c_smbus_xfer(&bus, 0x19, 0, I2C_SMBUS_WRITE, 0, I2C_SMBUS_QUICK, NULL));
	INT(i2c_adapter_depth(&bus));
	i2c_lock_bus(&bus, I2C_LOCK_SEGMENT);
	INT(i2c_trylock_bus(&bus, I2C_LOCK_SEGMENT));
	INT(__i2c_smbus_xfer(&bus, 0x19, 0, I2C_SMBUS_WRITE, 5, I2C_SMBUS_BYTE, NULL));
	INT(__i2c_transfer(&bus, &(struct i2c_msg) { .addr = 0x19, .len = 1, .buf = block }, 1));
	i2c_unlock_bus(&bus, I2C_LOCK_SEGMENT);
	NIL(i2c_match_id(ids, client));
	NIL(i2c_match_id(ids, found));
	NIL(i2c_client_get_device_id(client));
}

static void clients(void)
{
	client = i2c_new_client_device(&bus, &chip);
	NIL(client);
	STR(dev_name(&client->dev));
	STR(client->name);
	STR(client->dev.driver->name);
	LONG(PTR_ERR(i2c_new_client_device(&bus, &chip)));
	LONG(PTR_ERR(i2c_new_client_device(&bus, &wrong)));
	third = i2c_new_client_device(&bus, &nobodys);
	NIL(third->dev.driver);
	transfers(client);
	second = i2c_new_client_device(&other, &eeprom);
	STR(dev_name(&second->dev));
	HEX(i2c_smbus_read_byte_data(second, 1));
	INT(i2c_smbus_write_byte_data(second, 1, 2));
	INT(i2c_master_send(second, "x", 1));
	HEX(i2c_smbus_read_word_data(second, 1));
	NIL(i2c_verify_client(&second->dev));
	NIL(i2c_verify_client(&bus.dev));
	NIL(i2c_verify_adapter(&bus.dev));
}

static int __init start(void)
{
	struct i2c_adapter *found;
	INT(i2c_add_adapter(&nothing));
	INT(i2c_add_adapter(&bus));
	INT(bus.nr);
	STR(dev_name(&bus.dev));
	INT(bus.timeout);
	INT(bus.retries);
	INT(i2c_add_numbered_adapter(&other));
	INT(other.nr);
	found = i2c_get_adapter(bus.nr);
	INT(found == &bus);
	INT(module_refcount(THIS_MODULE));
	i2c_put_adapter(found);
	NIL(i2c_get_adapter(77));
	INT(i2c_adapter_id(&other));
	INT(i2c_add_driver(&driver));
	clients();
	more_clients();
	INT(bus.dev.type == &i2c_adapter_type);
	INT(client->dev.type == &i2c_client_type);
	return 0;
}

static void __exit stop(void)
{
	i2c_unregister_device(third);
	i2c_unregister_device(client);
	DO(i2c_del_driver(&driver));
	DO(i2c_del_adapter(&other));
	DO(i2c_del_adapter(&bus));
	i2c_del_adapter(&nothing);
}

module_init(start);
module_exit(stop);
