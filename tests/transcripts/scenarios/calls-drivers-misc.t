# drivers of many buses, and what else is registered: drivers, fs, security/keys
  $ insmod calls/drivers_misc.ko
  k|<4>drivers_misc: loading out-of-tree module taints kernel.
  k|<5>drivers_misc: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_misc: pci_register_driver(&pci) = 0
  k|<6>drivers_misc: pci_bus_type.name = "pci"
  k|<6>drivers_misc: i2c_add_driver(&i2c) = 0
  k|<6>drivers_misc: i2c_bus_type.name = "i2c"
  k|<6>drivers_misc: spi_register_driver(&spi) = 0
  k|<6>drivers_misc: spi_bus_type.name = "spi"
  k|<6>drivers_misc: pnp_register_driver(&pnp) = 0
  k|<6>drivers_misc: serdev_device_driver_register(&serdev) = 0
  k|<6>drivers_misc: auxiliary_driver_register(&aux) = 0
  k|<6>drivers_misc: acpi_bus_register_driver(&acpi) = 0
  k|<6>drivers_misc: serio_register_driver(&serio) = 0
  k|<6>drivers_misc: serio_bus.name = "serio"
  k|<6>drivers_misc: input_register_handler(&handler) = 0
  k|<6>drivers_misc: input_class.name = "input"
  k|<6>drivers_misc: dev->absinfo is there
  k|<6>drivers_misc: register_filesystem(&fs) = 0
  k|<6>drivers_misc: register_filesystem(&fs) = -16
  k|<6>drivers_misc: register_filesystem(&twin) = -16
  k|<6>drivers_misc: unregister_filesystem(&fs) = 0
  k|<6>drivers_misc: unregister_filesystem(&fs) = -22
  k|<6>drivers_misc: register_nls(&nls) = 0
  k|<6>drivers_misc: unregister_nls(&nls) = 0
  k|<6>drivers_misc: unregister_nls(&nls) = -22
  k|<5>Key type calls registered
  k|<6>drivers_misc: register_key_type(&keys) = 0
  k|<6>drivers_misc: register_key_type(&keys2) = -17
  k|<5>Key type calls unregistered
  k|<6>drivers_misc: led_trigger_register(&trigger) = 0
  k|<6>drivers_misc: led_trigger_register(&again) = -17
  k|<6>drivers_misc: simple is there
  k|<5>Asymmetric key parser 'calls' registered
  k|<6>drivers_misc: register_asymmetric_key_parser(&parser) = 0
  k|<3>Asymmetric key parser 'calls' already registered
  k|<6>drivers_misc: register_asymmetric_key_parser(&parser) = -17
  k|<5>Asymmetric key parser 'calls' unregistered
  k|<6>drivers_misc: cpufreq_register_governor(&governor) = 0
  k|<6>drivers_misc: cpufreq_register_governor(&governor2) = -16
  k|<6>drivers_misc: cpufreq_get_current_driver() is NULL
  k|<6>drivers_misc: h is there
  k|<6>drivers_misc: IS_ERR(tty) = 0
  k|<6>drivers_misc: tty_std_termios.c_cflag = 0x4bf
  k|<6>drivers_misc: tty_register_driver(tty) = 0
  k|<6>drivers_misc: IS_ERR(tty_register_device(tty, 0, NULL)) = 0
  k|<6>drivers_misc: tty->ports[0] == &port = 1
  k|<6>drivers_misc: IS_ERR(tty_port_register_device(&port, tty, 0, NULL)) = 0
  k|<6>drivers_misc: tty->ports[0] == &port = 1
  k|<6>drivers_misc: irqs = 0xecec
  k|<6>drivers_misc: probe_irq_off(irqs) = 0
  k|<6>drivers_misc: tty_register_ldisc(&ldisc) = 0
  k|<6>drivers_misc: uart_register_driver(&uart) = 0
  k|<6>drivers_misc: major > 0 = 1
  k|<4>register_blkdev: cannot get major 254 for callsblk2
  k|<6>drivers_misc: register_blkdev(major, "callsblk2") = -16
  k|<6>drivers_misc: transport_class_register(&transport) = 0
  k|<6>drivers_misc: attribute_container_register(&container) = 0
  k|<6>drivers_misc: attribute_container_unregister(&container) = 0
  k|<6>drivers_misc: compat is there
  k|<3>platform calls_dev: firmware: failed to load calls-none.bin (-2)
  k|<3>firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware
  k|<3>platform calls_dev: firmware: failed to load calls-none.bin (-2)
  k|<4>platform calls_dev: Direct firmware load for calls-none.bin failed with error -2
  k|<6>drivers_misc: request_firmware(&fw, "calls-none.bin", &pdev->dev) = -2
  k|<6>drivers_misc: fw is NULL
  $ rmmod drivers_misc
