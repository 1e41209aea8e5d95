# a controller of a module's own, and a driver of what is behind it: drivers/spi
  $ insmod calls/drivers_spi.ko
  k|<4>drivers_spi: loading out-of-tree module taints kernel.
  k|<5>drivers_spi: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_spi: spi_controller_get_devdata(bus) is there
  k|<6>drivers_spi: spi_register_controller(bus) = -22
  k|<6>drivers_spi: spi_register_controller(bus) = -22
  k|<6>drivers_spi: spi_register_controller(bus) = 0
  k|<6>drivers_spi: bus->bus_num = 0
  k|<6>drivers_spi: dev_name(&bus->dev) = "spi0"
  k|<6>drivers_spi: spi_register_controller(messages) = 0
  k|<6>drivers_spi: spi_register_driver(&driver) = 0
  k|<6>drivers_spi: devm_spi_register_controller(dev, c) = 0
  k|<6>drivers_spi: spi_add_device(spi) = 0
  k|<6>drivers_spi: spi->dev.driver is NULL
  k|<6>drivers_spi: spi_bus_lock(c) = 0
  k|<6>drivers_spi: spi_bus_unlock(c) = 0
  k|<6>drivers_spi: c->xfer_completion.done = 1
  k|<6>drivers_spi: setup spi0.0: 1000000 Hz, mode 0x0, 8 bits
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: probe spi0.0: calls_flash, data 5
  k|<6>calls_spi spi0.0: probed
  k|<6>drivers_spi: spi is there
  k|<6>drivers_spi: dev_name(&spi->dev) = "spi0.0"
  k|<3>platform calls-spi: chipselect 0 already in use
  k|<6>drivers_spi: spi_new_device(bus, &flash) is NULL
  k|<3>platform calls-spi: cs2 >= max 2
  k|<6>drivers_spi: spi_new_device(bus, &beyond) is NULL
  k|<3>spi spi0.1: setup: unsupported mode bits 20
  k|<3>platform calls-spi: can't setup spi0.1, status -22
  k|<6>drivers_spi: spi_new_device(bus, &odd) is NULL
  k|<6>drivers_spi: setup spi0.1: 2000000 Hz, mode 0x3, 8 bits
  k|<6>drivers_spi: chip select 1: 1
  k|<6>drivers_spi: second->dev.driver is NULL
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 3 speed 1000000 bits 8 tx 1 rx 0
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_write(spi, out, 3) = 0
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 2 speed 1000000 bits 8 tx 0 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_read(spi, in, 2) = 0
  k|<6>drivers_spi: in[1] = 0x11
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 1 speed 1000000 bits 8 tx 1 rx 0
  k|<6>drivers_spi: transfer len 1 speed 1000000 bits 8 tx 0 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_w8r8(spi, 0x40) = 17
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 1 speed 1000000 bits 8 tx 1 rx 0
  k|<6>drivers_spi: transfer len 2 speed 1000000 bits 8 tx 0 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_w8r16(spi, 0x40) = 4369
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 2 speed 1000000 bits 8 tx 1 rx 0
  k|<6>drivers_spi: transfer len 3 speed 1000000 bits 8 tx 0 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_write_then_read(spi, out, 2, in, 3) = 0
  k|<6>drivers_spi: in[2] = 0x11
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 3 speed 1000000 bits 8 tx 1 rx 1
  k|<6>drivers_spi: transfer len 2 speed 500 bits 8 tx 0 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_sync(spi, &m) = 0
  k|<6>drivers_spi: m.status = 0
  k|<6>drivers_spi: m.actual_length = 5
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 3 speed 1000000 bits 8 tx 1 rx 1
  k|<6>drivers_spi: transfer len 2 speed 500 bits 8 tx 0 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_sync_transfer(spi, pair, 2) = 0
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 13 speed 1000000 bits 8 tx 1 rx 0
  k|<3>calls_spi spi0.0: SPI transfer failed: -5
  k|<6>drivers_spi: chip select 0: 1
  k|<3>spi_master spi0: failed to transfer one message from queue
  k|<3>spi_master spi0: noqueue transfer failed
  k|<6>drivers_spi: spi_sync_transfer(spi, &wrong, 1) = -5
  k|<6>drivers_spi: prepare message
  k|<6>drivers_spi: chip select 0: 0
  k|<6>drivers_spi: transfer len 3 speed 1000000 bits 8 tx 1 rx 1
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_sync_locked(spi, &m) = 0
  k|<6>drivers_spi: setup spi0.0: 1000000 Hz, mode 0x0, 16 bits
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_setup(spi) = 0
  k|<6>drivers_spi: setup spi0.0: 1000000 Hz, mode 0x1, 16 bits
  k|<6>drivers_spi: chip select 0: 1
  k|<6>drivers_spi: spi_setup(spi) = 0
  k|<6>drivers_spi: cleanup spi0.1
  k|<6>drivers_spi: probe spi3.0: calls_flash, data 5
  k|<6>calls_spi spi3.0: probed
  k|<6>drivers_spi: whole message, 3 bytes
  k|<6>drivers_spi: spi_write(spi, "abc", 3) = 0
  k|<6>drivers_spi: spi_get_drvdata(spi) == &bus ? "ours" : "not ours" = "ours"
  $ ls /sys/bus/spi/devices /sys/class/spi_master
  /sys/bus/spi/devices:
  spi0.0
  spi3.0
  
  /sys/class/spi_master:
  spi0
  spi3
  $ cat /sys/bus/spi/devices/spi3.0/modalias /sys/bus/spi/devices/spi3.0/uevent
  spi:calls_flash
  DRIVER=calls_spi
  MODALIAS=spi:calls_flash
  $ rmmod drivers_spi
  k|<6>drivers_spi: remove spi3.0
  k|<6>drivers_spi: remove spi0.0
  k|<6>drivers_spi: spi_unregister_driver(&driver)
  k|<6>drivers_spi: spi_unregister_controller(messages)
  k|<6>drivers_spi: cleanup spi0.0
  k|<6>drivers_spi: spi_unregister_controller(bus)
  $ ls /sys/bus/spi/devices /sys/class/spi_master
  /sys/bus/spi/devices:
  
  /sys/class/spi_master:
