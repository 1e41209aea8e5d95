# GPIO lines, where there is no chip, and of a chip of a module's own: drivers/gpio
  $ insmod calls/drivers_gpio.ko
  k|<4>drivers_gpio: loading out-of-tree module taints kernel.
  k|<5>drivers_gpio: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_gpio: gpio_is_valid(-1) = 0
  k|<6>drivers_gpio: gpio_is_valid(4) = 1
  k|<6>drivers_gpio: gpio_is_valid(511) = 1
  k|<6>drivers_gpio: gpio_is_valid(512) = 1
  k|<6>drivers_gpio: gpio_is_valid(2048) = 0
  k|<6>drivers_gpio: gpio_request(4, "led") = -517
  k|<6>drivers_gpio: gpio_request(100, "led") = -517
  k|<4>invalid GPIO -1
  k|<6>drivers_gpio: gpio_request(-1, "led") = 0
  k|<6>drivers_gpio: gpio_request_one(17, GPIOF_OUT_INIT_LOW, "led") = -517
  k|<6>drivers_gpio: gpio_to_desc(4) is NULL
  k|<4>invalid GPIO -1
  k|<6>drivers_gpio: gpio_to_desc(-1) is NULL
  k|<4>invalid GPIO 100000
  k|<6>drivers_gpio: gpio_to_desc(100000) is NULL
  k|<6>drivers_gpio: PTR_ERR(gpiod_get(NULL, "led", GPIOD_OUT_LOW)) = -2
  k|<6>drivers_gpio: gpiod_get_optional(NULL, "led", GPIOD_OUT_LOW) is NULL
  k|<6>drivers_gpio: PTR_ERR(gpiod_get_index(NULL, "led", 1, GPIOD_IN)) = -2
  k|<6>drivers_gpio: gpiod_count(NULL, "led") = -2
  k|<6>drivers_gpio: gpiod_get_value(NULL) = 0
  k|<6>drivers_gpio: gpiod_set_value(NULL, 1)
  k|<6>drivers_gpio: gpiod_direction_output(NULL, 1) = 0
  k|<6>drivers_gpio: gpiod_to_irq(NULL) = -22
  k|<6>drivers_gpio: gpiod_put(NULL)
  k|<6>drivers_gpio: gpiochip_find("none", NULL) is NULL
  k|<6>drivers_gpio: gpiochip_add_data(&chip, &values) = 0
  k|<6>drivers_gpio: chip.base = 100
  k|<6>drivers_gpio: gpiochip_get_data(&chip) == &values = 1
  k|<6>drivers_gpio: chip: request 1
  k|<6>drivers_gpio: gpio_request(101, "one") = 0
  k|<6>drivers_gpio: gpio_request(101, "again") = -16
  k|<6>drivers_gpio: chip: request 7
  k|<6>drivers_gpio: gpio_request(107, "refused") = -13
  k|<6>drivers_gpio: gpio_request(108, "beyond") = -517
  k|<6>drivers_gpio: chip: 1 is an output, 1
  k|<6>drivers_gpio: chip: set 1 to 1
  k|<6>drivers_gpio: gpio_direction_output(101, 1) = 0
  k|<6>drivers_gpio: chip: get 1
  k|<6>drivers_gpio: gpio_get_value(101) = 1
  k|<6>drivers_gpio: chip: set 1 to 0
  k|<6>drivers_gpio: gpio_set_value(101, 0)
  k|<6>drivers_gpio: chip: 1 is an input
  k|<6>drivers_gpio: gpio_direction_input(101) = 0
  k|<6>drivers_gpio: chip: get 1
  k|<6>drivers_gpio: gpio_get_value(101) = 0
  k|<6>drivers_gpio: chip: set 1 to 1
  k|<6>drivers_gpio: gpio_set_value(101, 1)
  k|<6>drivers_gpio: gpio_to_irq(101) = 6
  k|<6>drivers_gpio: gpio_cansleep(101) = 0
  k|<6>drivers_gpio: d is there
  k|<6>drivers_gpio: desc_to_gpio(d) = 102
  k|<6>drivers_gpio: gpiod_to_chip(d) == &chip = 1
  k|<6>drivers_gpio: gpiod_get_direction(d) = 1
  k|<6>drivers_gpio: gpiod_is_active_low(d) = 0
  k|<6>drivers_gpio: chip: 2 is an output, 1
  k|<6>drivers_gpio: chip: set 2 to 1
  k|<6>drivers_gpio: gpiod_direction_output(d, 1) = 0
  k|<6>drivers_gpio: chip: set 2 to 0
  k|<6>drivers_gpio: gpiod_set_value(d, 0)
  k|<6>drivers_gpio: chip: get 2
  k|<6>drivers_gpio: gpiod_get_value(d) = 0
  k|<6>drivers_gpio: chip: set 2 to 1
  k|<6>drivers_gpio: gpiod_set_raw_value(d, 1)
  k|<6>drivers_gpio: chip: get 2
  k|<6>drivers_gpio: gpiod_get_raw_value_cansleep(d) = 1
  k|<6>drivers_gpio: gpiod_toggle_active_low(d)
  k|<6>drivers_gpio: chip: get 2
  k|<6>drivers_gpio: gpiod_get_value(d) = 0
  k|<6>drivers_gpio: chip: set 2 to 0
  k|<6>drivers_gpio: gpiod_set_value(d, 1)
  k|<6>drivers_gpio: gpiod_toggle_active_low(d)
  k|<6>drivers_gpio: gpiod_cansleep(d) = 0
  k|<6>drivers_gpio: chip: get 2
  k|<6>drivers_gpio: gpiod_get_value_cansleep(d) = 0
  k|<6>drivers_gpio: chip: set 2 to 1
  k|<6>drivers_gpio: gpiod_set_value_cansleep(d, 1)
  k|<6>drivers_gpio: chip: set 2 to 0
  k|<6>drivers_gpio: gpiod_set_raw_value_cansleep(d, 0)
  k|<6>drivers_gpio: gpiod_set_debounce(d, 200) = -524
  k|<6>drivers_gpio: gpiod_set_consumer_name(d, "renamed") = 0
  k|<6>drivers_gpio: chip: request 3
  k|<6>drivers_gpio: chip: 3 is an output, 1
  k|<6>drivers_gpio: chip: set 3 to 1
  k|<6>drivers_gpio: gpio_request_one(103, GPIOF_OUT_INIT_HIGH, "three") = 0
  k|<6>drivers_gpio: gpio_export(103, true) = 0
  k|<6>drivers_gpio: gpio_export(103, true) = -1
  k|<6>drivers_gpio: gpio_unexport(103)
  k|<6>drivers_gpio: !!gpiochip_is_requested(&chip, 3) = 1
  k|<6>drivers_gpio: gpiochip_is_requested(&chip, 3) = "three"
  k|<6>drivers_gpio: gpiochip_is_requested(&chip, 4) is NULL
  k|<6>drivers_gpio: gpiochip_find(&chip, is_chip) is there
  k|<6>drivers_gpio: gpiochip_get_desc(&chip, 2) == d = 1
  k|<6>drivers_gpio: PTR_ERR(gpiochip_get_desc(&chip, 8)) = -22
  k|<6>drivers_gpio: gpiochip_line_is_valid(&chip, 2) = 1
  k|<6>drivers_gpio: gpiod_set_config(d, 5) = -524
  k|<6>drivers_gpio: chip: free 1
  k|<6>drivers_gpio: gpio_free(101)
  k|<6>drivers_gpio: gpio_free(101)
  k|<6>drivers_gpio: chip: free 3
  k|<6>drivers_gpio: gpio_free(103)
  k|<6>drivers_gpio: chip: request 5
  k|<6>drivers_gpio: chip: 5 is an output, 0
  k|<6>drivers_gpio: chip: set 5 to 0
  k|<6>drivers_gpio: desc_to_gpio(d) = 105
  k|<6>drivers_gpio: chip: set 5 to 1
  k|<6>drivers_gpio: gpiod_set_value(d, 0)
  k|<6>drivers_gpio: chip: free 5
  k|<6>drivers_gpio: gpiod_put(d)
  k|<6>drivers_gpio: gpiod_count(NULL, "pair") = 2
  k|<6>drivers_gpio: chip: request 2
  k|<6>drivers_gpio: chip: 2 is an input
  k|<6>drivers_gpio: desc_to_gpio(d) = 102
  k|<6>drivers_gpio: chip: free 2
  k|<6>drivers_gpio: PTR_ERR(gpiod_get_index(NULL, "pair", 2, GPIOD_IN)) = -2
  k|<6>drivers_gpio: chip: request 0
  k|<6>drivers_gpio: chip: 0 is an input
  k|<6>drivers_gpio: chip: request 4
  k|<6>drivers_gpio: chip: 4 is an output, 1
  k|<6>drivers_gpio: chip: set 4 to 1
  k|<6>drivers_gpio: chip: request 7
  k|<6>drivers_gpio: chip: free 4
  k|<6>drivers_gpio: chip: free 0
  k|<6>drivers_gpio: gpio_request_array(array, 3) = -13
  k|<6>drivers_gpio: chip: request 0
  k|<6>drivers_gpio: chip: 0 is an input
  k|<6>drivers_gpio: chip: request 4
  k|<6>drivers_gpio: chip: 4 is an output, 1
  k|<6>drivers_gpio: chip: set 4 to 1
  k|<6>drivers_gpio: gpio_request_array(array, 2) = 0
  k|<6>drivers_gpio: chip: free 0
  k|<6>drivers_gpio: chip: free 4
  k|<6>drivers_gpio: gpio_free_array(array, 2)
  k|<6>drivers_gpio: chip: request 0
  k|<6>drivers_gpio: devm_gpio_request(dev, 100, "managed") = 0
  k|<6>drivers_gpio: chip: request 4
  k|<6>drivers_gpio: chip: 4 is an output, 0
  k|<6>drivers_gpio: chip: set 4 to 0
  k|<6>drivers_gpio: devm_gpio_request_one(dev, 104, GPIOF_OUT_INIT_LOW, "managed") = 0
  k|<6>drivers_gpio: PTR_ERR(devm_gpiod_get_index(dev, "led", 1, GPIOD_IN)) = -2
  k|<6>drivers_gpio: devm_gpiod_get_index_optional(dev, "led", 1, GPIOD_IN) is NULL
  k|<6>drivers_gpio: gpiod_get_index_optional(dev, "led", 1, GPIOD_IN) is NULL
  k|<6>drivers_gpio: devm_gpiochip_add_data(dev, &more, NULL) = 0
  k|<6>drivers_gpio: more.base = 1020
  k|<3>gpio gpiochip2: (over): GPIO integer space overlap, cannot add chip
  k|<3>gpiochip_add_data_with_key: GPIOs 106..109 (over) failed to register, -16
  k|<6>drivers_gpio: gpiochip_add_data(&over, NULL) = -16
  k|<6>drivers_gpio: chip: free 4
  k|<6>drivers_gpio: chip: free 0
  k|<6>drivers_gpio: root_device_unregister(dev)
  $ ls /sys/class/gpio /sys/bus/gpio/devices
  /sys/bus/gpio/devices:
  gpiochip0
  
  /sys/class/gpio:
  export
  gpiochip100
  unexport
  $ cat /sys/class/gpio/gpiochip100/base /sys/class/gpio/gpiochip100/label /sys/class/gpio/gpiochip100/ngpio
  100
  calls-gpio
  8
  $ echo 103 > /sys/class/gpio/export
  k|<6>drivers_gpio: chip: request 3
  $ ls /sys/class/gpio
  export
  gpio103
  gpiochip100
  unexport
  $ cat /sys/class/gpio/gpio103/direction /sys/class/gpio/gpio103/active_low /sys/class/gpio/gpio103/edge
  out
  0
  none
  $ echo 0 > /sys/class/gpio/gpio103/value
  k|<6>drivers_gpio: chip: set 3 to 0
  $ cat /sys/class/gpio/gpio103/value
  0
  k|<6>drivers_gpio: chip: get 3
  k|<6>drivers_gpio: chip: get 3
  $ echo 104 > /sys/class/gpio/export
  k|<6>drivers_gpio: chip: request 4
  $ echo in > /sys/class/gpio/gpio104/direction
  k|<6>drivers_gpio: chip: 4 is an input
  $ echo 1 > /sys/class/gpio/gpio104/value
  2| sh: 1: echo: echo: I/O error
  [1]
  $ echo out > /sys/class/gpio/gpio104/direction
  k|<6>drivers_gpio: chip: 4 is an output, 0
  k|<6>drivers_gpio: chip: set 4 to 0
  $ echo 1 > /sys/class/gpio/gpio104/value
  k|<6>drivers_gpio: chip: set 4 to 1
  $ cat /sys/class/gpio/gpio104/value
  1
  k|<6>drivers_gpio: chip: get 4
  k|<6>drivers_gpio: chip: get 4
  $ echo 1 > /sys/class/gpio/gpio104/active_low
  $ cat /sys/class/gpio/gpio104/value
  0
  k|<6>drivers_gpio: chip: get 4
  k|<6>drivers_gpio: chip: get 4
  $ echo 300 > /sys/class/gpio/export
  2| sh: 1: echo: echo: I/O error
  k|<4>export_store: invalid GPIO 300
  [1]
  $ rmmod drivers_gpio
  2| rmmod: ERROR: Module drivers_gpio is in use
  [1]
  $ echo 103 > /sys/class/gpio/unexport
  k|<6>drivers_gpio: chip: free 3
  $ echo 104 > /sys/class/gpio/unexport
  k|<6>drivers_gpio: chip: free 4
  $ echo 104 > /sys/class/gpio/unexport
  2| sh: 1: echo: echo: I/O error
  [1]
  $ rmmod drivers_gpio
  k|<6>drivers_gpio: gpiochip_remove(&chip)
  k|<6>drivers_gpio: gpio_request(101, "gone") = -517
  $ ls /sys/class/gpio
  export
  unexport
