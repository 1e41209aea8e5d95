# a bus of a module's own, and drivers of what is on it: drivers/i2c
  $ insmod calls/drivers_i2c.ko
  k|<4>drivers_i2c: loading out-of-tree module taints kernel.
  k|<5>drivers_i2c: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<4>i2c adapter has no name
  k|<4>WARNING: CPU: 0 PID: 88 at drivers/i2c/i2c-core-base.c:1525 i2c_register_adapter+0x4dc/0x750
  k|<...>
  k|<6>drivers_i2c: i2c_add_adapter(&nothing) = -22
  k|<6>drivers_i2c: i2c_add_adapter(&bus) = 0
  k|<6>drivers_i2c: bus.nr = 0
  k|<6>drivers_i2c: dev_name(&bus.dev) = "i2c-0"
  k|<6>drivers_i2c: bus.timeout = 250
  k|<6>drivers_i2c: bus.retries = 0
  k|<6>drivers_i2c: i2c_add_numbered_adapter(&other) = 0
  k|<6>drivers_i2c: other.nr = 10
  k|<6>drivers_i2c: found == &bus = 1
  k|<6>drivers_i2c: module_refcount(THIS_MODULE) = 2
  k|<6>drivers_i2c: i2c_get_adapter(77) is NULL
  k|<6>drivers_i2c: i2c_adapter_id(&other) = 10
  k|<6>drivers_i2c: i2c_add_driver(&driver) = 0
  k|<6>drivers_i2c: probe 0-003c: calls_chip at 0x3c, data 3
  k|<6>calls_driver 0-003c: probed
  k|<6>drivers_i2c: client is there
  k|<6>drivers_i2c: dev_name(&client->dev) = "0-003c"
  k|<6>drivers_i2c: client->name = "calls_chip"
  k|<6>drivers_i2c: client->dev.driver->name = "calls_driver"
  k|<3>i2c i2c-0: Failed to register i2c client calls_chip at 0x3c (-16)
  k|<6>drivers_i2c: PTR_ERR(i2c_new_client_device(&bus, &chip)) = -16
  k|<3>i2c i2c-0: Invalid 7-bit I2C address 0x80
  k|<6>drivers_i2c: PTR_ERR(i2c_new_client_device(&bus, &wrong)) = -22
  k|<6>drivers_i2c: third->dev.driver is NULL
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x1
  k|<6>drivers_i2c: msg 1: addr 0x3c flags 0x1 len 4
  k|<6>drivers_i2c: i2c_transfer(c->adapter, msgs, 2) = 2
  k|<6>drivers_i2c: in[3] = 0x43
  k|<6>drivers_i2c: msg 0: addr 0x50 flags 0x0 len 1
  k|<6>drivers_i2c: i2c_transfer(c->adapter, &absent, 1) = -6
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 3
  k|<6>drivers_i2c:   sent 0x1
  k|<6>drivers_i2c:   sent 0x2
  k|<6>drivers_i2c:   sent 0x3
  k|<6>drivers_i2c: i2c_master_send(c, out, 3) = 3
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x1 len 2
  k|<6>drivers_i2c: i2c_master_recv(c, in, 2) = 2
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x1 len 1
  k|<6>drivers_i2c: i2c_smbus_read_byte(c) = 0x40
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x9
  k|<6>drivers_i2c: i2c_smbus_write_byte(c, 9) = 0
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x10
  k|<6>drivers_i2c: msg 1: addr 0x3c flags 0x1 len 1
  k|<6>drivers_i2c: i2c_smbus_read_byte_data(c, 0x10) = 0x40
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 2
  k|<6>drivers_i2c:   sent 0x10
  k|<6>drivers_i2c:   sent 0x7
  k|<6>drivers_i2c: i2c_smbus_write_byte_data(c, 0x10, 7) = 0
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x11
  k|<6>drivers_i2c: msg 1: addr 0x3c flags 0x1 len 2
  k|<6>drivers_i2c: i2c_smbus_read_word_data(c, 0x11) = 0x4140
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 3
  k|<6>drivers_i2c:   sent 0x11
  k|<6>drivers_i2c:   sent 0xcd
  k|<6>drivers_i2c:   sent 0xab
  k|<6>drivers_i2c: i2c_smbus_write_word_data(c, 0x11, 0xabcd) = 0
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x11
  k|<6>drivers_i2c: msg 1: addr 0x3c flags 0x1 len 2
  k|<6>drivers_i2c: i2c_smbus_read_word_swapped(c, 0x11) = 0x4041
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x200 len 4
  k|<6>drivers_i2c:   sent 0x12
  k|<6>drivers_i2c:   sent 0x1
  k|<6>drivers_i2c:   sent 0x2
  k|<6>drivers_i2c:   sent 0x3
  k|<6>drivers_i2c: i2c_smbus_write_i2c_block_data(c, 0x12, 3, out) = 0
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x12
  k|<6>drivers_i2c: msg 1: addr 0x3c flags 0x201 len 4
  k|<6>drivers_i2c: i2c_smbus_read_i2c_block_data(c, 0x12, 4, in) = 4
  k|<6>drivers_i2c: msg 0: addr 0x3c flags 0x200 len 4
  k|<6>drivers_i2c:   sent 0x13
  k|<6>drivers_i2c:   sent 0x2
  k|<6>drivers_i2c:   sent 0x1
  k|<6>drivers_i2c:   sent 0x2
  k|<6>drivers_i2c: i2c_smbus_write_block_data(c, 0x13, 2, out) = 0
  k|<6>drivers_i2c: i2c_check_functionality(c->adapter, I2C_FUNC_I2C) = 1
  k|<6>drivers_i2c: i2c_check_functionality(c->adapter, I2C_FUNC_10BIT_ADDR) = 0
  k|<6>drivers_i2c: probe 10-0051: calls_eeprom at 0x51, data 4
  k|<6>calls_driver 10-0051: probed
  k|<6>drivers_i2c: dev_name(&second->dev) = "10-0051"
  k|<6>drivers_i2c: smbus: addr 0x51 rw 1 command 0x1 size 2
  k|<6>drivers_i2c: i2c_smbus_read_byte_data(second, 1) = 0x34
  k|<6>drivers_i2c: smbus: addr 0x51 rw 0 command 0x1 size 2
  k|<6>drivers_i2c: i2c_smbus_write_byte_data(second, 1, 2) = 0
  k|<6>drivers_i2c: i2c_master_send(second, "x", 1) = -95
  k|<6>drivers_i2c: smbus: addr 0x51 rw 1 command 0x1 size 3
  k|<6>drivers_i2c: i2c_smbus_read_word_data(second, 1) = 0x1234
  k|<6>drivers_i2c: i2c_verify_client(&second->dev) is there
  k|<6>drivers_i2c: i2c_verify_client(&bus.dev) is NULL
  k|<6>drivers_i2c: i2c_verify_adapter(&bus.dev) is there
  k|<6>drivers_i2c: dummy->name = "dummy"
  k|<6>drivers_i2c: dummy->dev.driver->name = "dummy"
  k|<6>drivers_i2c: devm_i2c_new_dummy_device(dev, &bus, 0x17) is there
  k|<6>drivers_i2c: devm_i2c_add_adapter(dev, &managed) = 0
  k|<6>drivers_i2c: managed.nr = 1
  k|<6>drivers_i2c: msg 0: addr 0x50 flags 0x1 len 1
  k|<6>drivers_i2c: msg 0: addr 0x19 flags 0x0 len 0
  k|<6>drivers_i2c: found->addr = 0x19
  k|<6>drivers_i2c: msg 0: addr 0x50 flags 0x1 len 0
  k|<6>drivers_i2c: i2c_probe_func_quick_read(&bus, 0x50) = 0
  k|<6>drivers_i2c: msg 0: addr 0x19 flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x2
  k|<6>drivers_i2c: msg 1: addr 0x19 flags 0x601 len 1
  k|<3>i2c i2c-0: Invalid block size returned: 64
  k|<6>drivers_i2c: i2c_smbus_read_block_data(found, 2, block) = -71
  k|<6>drivers_i2c: msg 0: addr 0x19 flags 0x0 len 0
  k|<6>drivers_i2c: i2c_smbus_xfer(&bus, 0x19, 0, I2C_SMBUS_WRITE, 0, I2C_SMBUS_QUICK, NULL) = 0
  k|<6>drivers_i2c: i2c_adapter_depth(&bus) = 0
  k|<6>drivers_i2c: i2c_trylock_bus(&bus, I2C_LOCK_SEGMENT) = 0
  k|<6>drivers_i2c: msg 0: addr 0x19 flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x5
  k|<6>drivers_i2c: __i2c_smbus_xfer(&bus, 0x19, 0, I2C_SMBUS_WRITE, 5, I2C_SMBUS_BYTE, NULL) = 0
  k|<6>drivers_i2c: msg 0: addr 0x19 flags 0x0 len 1
  k|<6>drivers_i2c:   sent 0x0
  k|<6>drivers_i2c: __i2c_transfer(&bus, &(struct i2c_msg) { .addr = 0x19, .len = 1, .buf = block }, 1) = 1
  k|<6>drivers_i2c: i2c_match_id(ids, client) is there
  k|<6>drivers_i2c: i2c_match_id(ids, found) is NULL
  k|<6>drivers_i2c: i2c_client_get_device_id(client) is there
  k|<6>drivers_i2c: bus.dev.type == &i2c_adapter_type = 1
  k|<6>drivers_i2c: client->dev.type == &i2c_client_type = 1
  $ ls /sys/bus/i2c/devices /sys/class/i2c-adapter
  /sys/bus/i2c/devices:
  0-0018
  0-0019
  0-0020
  0-003c
  10-0051
  i2c-0
  i2c-10
  
  /sys/class/i2c-adapter:
  i2c-0
  i2c-10
  $ cat /sys/bus/i2c/devices/i2c-0/name /sys/bus/i2c/devices/0-003c/name /sys/bus/i2c/devices/0-003c/modalias
  calls bus
  calls_chip
  i2c:calls_chip
  $ cat /sys/bus/i2c/devices/i2c-0/uevent /sys/bus/i2c/devices/0-003c/uevent
  DRIVER=calls_driver
  MODALIAS=i2c:calls_chip
  $ echo calls_chip 0x44 > /sys/bus/i2c/devices/i2c-0/new_device
  k|<6>drivers_i2c: probe 0-0044: calls_chip at 0x44, data 3
  k|<6>calls_driver 0-0044: probed
  k|<6>i2c i2c-0: new_device: Instantiated device calls_chip at 0x44
  $ ls /sys/bus/i2c/devices
  0-0018
  0-0019
  0-0020
  0-003c
  0-0044
  10-0051
  i2c-0
  i2c-10
  $ echo calls_chip 0x44 > /sys/bus/i2c/devices/i2c-0/new_device
  2| sh: 1: echo: echo: I/O error
  k|<3>i2c i2c-0: Failed to register i2c client calls_chip at 0x44 (-16)
  [1]
  $ echo calls_chip > /sys/bus/i2c/devices/i2c-0/new_device
  2| sh: 1: echo: echo: I/O error
  k|<3>i2c i2c-0: new_device: Missing parameters
  [1]
  $ echo calls_chip 0x45 x > /sys/bus/i2c/devices/i2c-0/new_device
  2| sh: 1: echo: echo: I/O error
  k|<3>i2c i2c-0: new_device: Extra parameters
  [1]
  $ echo 0x44 > /sys/bus/i2c/devices/i2c-0/delete_device
  k|<6>i2c i2c-0: delete_device: Deleting device calls_chip at 0x44
  k|<6>drivers_i2c: remove calls_chip, data 1
  $ echo 0x44 > /sys/bus/i2c/devices/i2c-0/delete_device
  2| sh: 1: echo: echo: I/O error
  k|<3>i2c i2c-0: delete_device: Can't find device in list
  [1]
  $ echo 0x3c > /sys/bus/i2c/devices/i2c-0/delete_device
  2| sh: 1: echo: echo: I/O error
  k|<3>i2c i2c-0: delete_device: Can't find device in list
  [1]
  $ echo calls_eeprom 0x21 > /sys/bus/i2c/devices/i2c-10/new_device
  k|<6>drivers_i2c: probe 10-0021: calls_eeprom at 0x21, data 4
  k|<6>calls_driver 10-0021: probed
  k|<6>i2c i2c-10: new_device: Instantiated device calls_eeprom at 0x21
  $ rmmod drivers_i2c
  k|<6>drivers_i2c: remove calls_chip, data 1
  k|<6>drivers_i2c: remove calls_eeprom, data 1
  k|<6>drivers_i2c: remove calls_eeprom, data 1
  k|<6>drivers_i2c: i2c_del_driver(&driver)
  k|<6>drivers_i2c: i2c_del_adapter(&other)
  k|<6>drivers_i2c: i2c_del_adapter(&bus)
  $ ls /sys/bus/i2c/devices
