# what drivers ask for of terminals, PCI, programs and much else: drivers, kernel/umh.c, kernel/trace
  $ insmod calls/drivers_odds.ko
  k|<4>drivers_odds: loading out-of-tree module taints kernel.
  k|<5>drivers_odds: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_odds: tty_termios_baud_rate(&t) = 38400
  k|<6>drivers_odds: 0
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x4b0 0 0: 0
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x4be 0 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x4b0 0 0: 0
  k|<6>drivers_odds: 50
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x4b1 50 50: 50
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x104be 50 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x704b1 300 50: 50
  k|<6>drivers_odds: 134
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x4b4 134 134: 134
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x404be 134 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x704b4 300 134: 134
  k|<6>drivers_odds: 9600
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x4bd 9600 9600: 9600
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0xd04be 9600 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x704bd 300 9600: 9600
  k|<6>drivers_odds: 9700
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x4bd 9700 9700: 9600
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0xd04be 9700 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x704bd 300 9700: 9600
  k|<6>drivers_odds: 9800
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x14b0 9800 9800: 9800
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x100004be 9800 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x714b0 300 9800: 9800
  k|<6>drivers_odds: 31250
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x14b0 31250 31250: 31250
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x100004be 31250 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x714b0 300 31250: 31250
  k|<6>drivers_odds: 115200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x14b2 115200 115200: 115200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x100204be 115200 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x714b2 300 115200: 115200
  k|<6>drivers_odds: 4000000
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], rates[i])
  k|<6>drivers_odds: 0x14bf 4000000 4000000: 4000000
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, rates[i], 19200)
  k|<6>drivers_odds: 0x100f04be 4000000 19200: 19200
  k|<6>drivers_odds: tty_termios_encode_baud_rate(&t, 300, rates[i])
  k|<6>drivers_odds: 0x714bf 300 4000000: 4000000
  k|<6>drivers_odds: ttyS0: 0 0x400040
  k|<6>drivers_odds: ttyS31: 0 0x40005f
  k|<6>drivers_odds: ttyS32: -19 0x0
  k|<6>drivers_odds: tty1: 0 0x400002
  k|<6>drivers_odds: ttyS: -22 0x0
  k|<6>drivers_odds: ttyS1x: -22 0x0
  k|<6>drivers_odds: tty99999999999: -34 0x0
  k|<6>drivers_odds: none0: -19 0x0
  k|<6>drivers_odds: ptm5: 0 0x8000005
  k|<6>drivers_odds: PTR_ERR(tty_kopen_exclusive(MKDEV(4, 64))) = -16
  k|<6>drivers_odds: PTR_ERR(tty_kopen_exclusive(MKDEV(77, 0))) = -19
  k|<6>drivers_odds: vc_cons[0].d is there
  k|<6>drivers_odds: vc_cons[1].d is NULL
  k|<6>drivers_odds: vc_cons[0].d->vc_num = 0
  k|<6>drivers_odds: vc_cons[0].d->vc_cols = 80
  k|<6>drivers_odds: vc_cons[0].d->vc_rows = 25
  k|<6>drivers_odds: screen_pos(vc_cons[0].d, 81, true) = 162
  k|<6>drivers_odds: d is there
  k|<6>drivers_odds: pci_name(d) = "0000:00:00.0"
  k|<6>drivers_odds: pci_read_config_byte(d, 0x5d, &byte) = 0
  k|<6>drivers_odds: byte = 0x11
  k|<6>drivers_odds: pci_read_config_word(d, PCI_DEVICE_ID, &word) = 0
  k|<6>drivers_odds: word = 0x1237
  k|<6>drivers_odds: pci_read_config_word(d, 1, &word) = 135
  k|<6>drivers_odds: pci_read_config_dword(d, PCI_CLASS_REVISION, &dword) = 0
  k|<6>drivers_odds: dword = 0x6000002
  k|<6>drivers_odds: pci_get_device(PCI_VENDOR_ID_INTEL, 0x1237, d) is NULL
  k|<6>drivers_odds: d is there
  k|<6>drivers_odds: pci_get_subsys(PCI_ANY_ID, PCI_ANY_ID, 0x1af4, 1, NULL) is NULL
  k|<6>drivers_odds: probe 0000:00:00.0 0 0
  k|<6>drivers_odds: probe 0000:00:01.0 1 1
  k|<6>drivers_odds: pci_register_driver(&driver) = 0
  k|<6>drivers_odds: remove 0000:00:00.0
  k|<6>drivers_odds: pci_unregister_driver(&driver)
  k|<6>drivers_odds: cn_netlink_send(&m, 0, 0, GFP_KERNEL) = -19
  k|<6>drivers_odds: cn_netlink_send(&m, 0, 90, GFP_KERNEL) = -3
  k|<6>drivers_odds: cn_netlink_send_mult(&m, 0, 0, 0, GFP_KERNEL) = -19
  k|<6>drivers_odds: cn_add_callback(&m.id, "calls", callback) = 0
  k|<6>drivers_odds: cn_netlink_send(&m, 0, 0, GFP_KERNEL) = -3
  k|<6>drivers_odds: cn_del_callback(&m.id)
  k|<6>drivers_odds: call_usermodehelper(words[0], words, place, UMH_WAIT_PROC) = -2
  k|<6>drivers_odds: call_usermodehelper(words[0], words, place, UMH_WAIT_EXEC) = -2
  k|<6>drivers_odds: call_usermodehelper(words[0], words, place, UMH_NO_WAIT) = 0
  k|<6>drivers_odds: call_usermodehelper("", words, place, UMH_WAIT_PROC) = 0
  k|<6>drivers_odds: t is there
  k|<6>drivers_odds: trace_array_get_by_name("calls") == t = 1
  k|<6>drivers_odds: trace_array_set_clr_event(NULL, "calls", NULL, true) = -2
  k|<6>drivers_odds: trace_array_destroy(t) = -16
  k|<6>drivers_odds: trace_array_put(t)
  k|<6>drivers_odds: trace_array_put(t)
  k|<6>drivers_odds: trace_array_destroy(t) = 0
  k|<6>drivers_odds: trace_array_destroy(NULL) = -22
  k|<6>drivers_odds: crypto_has_ahash("sha1", 0, CRYPTO_ALG_ASYNC) = 1
  k|<6>drivers_odds: crypto_has_ahash("sha256-generic", 0, 0) = 1
  k|<6>drivers_odds: crypto_has_ahash("aes", 0, 0) = 0
  k|<6>drivers_odds: crypto_has_ahash("sha3-256", 0, 0) = 0
  k|<6>drivers_odds: mdiobus_setup_mdiodev_from_board_info(bus, (void *)met)
  k|<6>drivers_odds: mdiobus_register_board_info(&info, 1) = 0
  k|<6>drivers_odds: calls-bus calls-device
  k|<6>drivers_odds: mdiobus_setup_mdiodev_from_board_info(bus, (void *)met)
  k|<6>drivers_odds: devm_gpiod_get_optional(&p->dev, "reset", GPIOD_OUT_LOW) is NULL
  k|<6>drivers_odds: PTR_ERR(devm_gpiod_get(&p->dev, "reset", GPIOD_OUT_LOW)) = -2
  k|<6>drivers_odds: platform_device_unregister(p)
  k|<6>drivers_odds: (char *)fb->par - (char *)fb - sizeof(*fb) = 8
  k|<6>drivers_odds: fb->fbcon_rotate_hint = -1
  k|<6>drivers_odds: framebuffer_release(fb)
  k|<6>drivers_odds: fb->par is NULL
  k|<6>drivers_odds: framebuffer_release(fb)
  k|<6>drivers_odds: framebuffer_release(NULL)
  k|<6>drivers_odds: rtc_cmos_read(0x7c) = 0x0
  k|<6>drivers_odds: ms_hyperv.features = 0x0
  k|<6>drivers_odds: nodes 0 0
  k|<6>drivers_odds: :: ::1 ff02::1 ff02::2 ff01::1 ff01::2 ff05::2
  $ rmmod drivers_odds
