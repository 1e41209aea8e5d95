# keys that repeat, devices that end with another one, and what handlers ask of a device: drivers/input
  $ insmod calls/drivers_input_more.ko
  k|<4>drivers_input_more: loading out-of-tree module taints kernel.
  k|<5>drivers_input_more: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_input_more: input_register_handler(&handler) = 0
  k|<6>input: Calls key as /devices/calls_input/input/input2
  k|<6>drivers_input_more: input_match_device_id(dev, id) = 1
  k|<6>drivers_input_more: input_register_handle(handle) = 0
  k|<6>drivers_input_more: input_open_device(handle) = 0
  k|<6>drivers_input_more: input_grab_device(handle) = 0
  k|<6>drivers_input_more: input_grab_device(handle) = -16
  k|<6>drivers_input_more: input_release_device(handle)
  k|<6>drivers_input_more: input_flush_device(handle, NULL) = 0
  k|<6>drivers_input_more: input_register_device(key) = 0
  k|<6>drivers_input_more: input_device_enabled(key) = 1
  k|<6>drivers_input_more: repeats > 2 && repeats < 8 = 1
  k|<6>drivers_input_more: input_get_timestamp(key) is there
  k|<6>drivers_input_more: handle of Calls key
  k|<6>drivers_input_more: input_handler_for_each_handle(&handler, NULL, each) = 7
  k|<6>drivers_input_more: input_abs_get_max(pad, ABS_Y) = 9
  k|<6>drivers_input_more: minor = input_get_new_minor(64, 32, true) = 64
  k|<6>drivers_input_more: input_get_new_minor(64, 32, true) = 64
  k|<6>drivers_input_more: vt_get_leds(0, 1) = 0
  $ rmmod drivers_input_more
