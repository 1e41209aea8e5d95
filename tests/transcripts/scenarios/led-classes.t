# LEDs of a module's own, in /sys/class/leds
  $ insmod led_mod.ko
  k|<4>led_mod: loading out-of-tree module taints kernel.
  k|<5>led_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>led_mod: led_classdev_register(&parent->dev, &first) = 0
  k|<6>led_mod: led_classdev_register(NULL, &second) = 0
  k|<6>led_mod: led_classdev_register(&parent->dev, &third) = 0
  k|<6>led_mod: name mod:green:first, max 15 255, flags 0
  k|<6>led_mod: mod:green:first set to 3
  k|<6>led_mod: brightness 3
  k|<6>led_mod: mod:green:first set to 15
  k|<6>led_mod: brightness 15
  k|<6>led_mod: asked
  k|<6>led_mod: mod:red:second set to 200, may sleep 1
  k|<6>led_mod: mod:red:second set to 4, may sleep 1
  k|<6>led_mod: led_set_brightness_sync(&second, 4) = 0
  k|<6>led_mod: led_set_brightness_sync(&first, 4) = -524
  k|<6>led_mod: led_update_brightness(&first) = 0
  k|<6>led_mod: mod:green:first set to 5
  k|<6>led_mod: devm_led_classdev_register(&device->dev, &fourth) = 0
  k|<6>led_mod: platform_driver_register(&driver) = 0
  $ ls /sys/class/leds | grep mod:
  mod::fourth
  mod:blue:third
  mod:green:first
  mod:red:second
  $ ls /sys/class/leds/mod:green:first /sys/class/leds/mod:red:second
  /sys/class/leds/mod:green:first:
  brightness
  device
  max_brightness
  power
  subsystem
  trigger
  uevent
  
  /sys/class/leds/mod:red:second:
  brightness
  max_brightness
  power
  subsystem
  trigger
  uevent
  $ cd /sys/class/leds/mod:green:first; cat brightness max_brightness uevent; cat trigger
  5
  15
  [none] kbd-scrolllock kbd-numlock kbd-capslock kbd-kanalock kbd-shiftlock kbd-altgrlock kbd-ctrllock kbd-altlock kbd-shiftllock kbd-shiftrlock kbd-ctrlllock kbd-ctrlrlock disk-activity disk-read disk-write ide-disk mtd nand-disk cpu cpu0 panic
  $ cat /sys/class/leds/mod:green:first/trigger
  [none] kbd-scrolllock kbd-numlock kbd-capslock kbd-kanalock kbd-shiftlock kbd-altgrlock kbd-ctrllock kbd-altlock kbd-shiftllock kbd-shiftrlock kbd-ctrlllock kbd-ctrlrlock disk-activity disk-read disk-write ide-disk mtd nand-disk cpu cpu0 panic
  $ echo 9 > /sys/class/leds/mod:green:first/brightness
  k|<6>led_mod: mod:green:first set to 9
  $ echo 99 > /sys/class/leds/mod:green:first/brightness
  k|<6>led_mod: mod:green:first set to 15
  $ cat /sys/class/leds/mod:green:first/brightness
  15
  $ echo 0 > /sys/class/leds/mod:green:first/brightness
  k|<6>led_mod: mod:green:first set to 0
  $ echo on > /sys/class/leds/mod:green:first/brightness
  2| sh: 1: echo: echo: I/O error
  [1]
  $ echo -1 > /sys/class/leds/mod:green:first/brightness
  2| sh: 1: echo: echo: I/O error
  [1]
  $ cat /sys/class/leds/mod:red:second/brightness /sys/class/leds/mod:red:second/max_brightness
  4
  255
  $ echo 255 > /sys/class/leds/mod:red:second/brightness; sleep 1
  k|<6>led_mod: mod:red:second set to 255, may sleep 1
  $ cat /sys/class/leds/mod:blue:third/brightness
  7
  $ echo nobody > /sys/class/leds/mod:red:second/trigger
  2| sh: 1: echo: echo: I/O error
  [1]
  $ echo none > /sys/class/leds/mod:red:second/trigger
  $ rmmod led_mod
  k|<6>led_mod: mod::fourth set to 0
  k|<6>led_mod: no driver
  k|<6>led_mod: mod:blue:third set to 0
  k|<6>led_mod: mod:red:second set to 0, may sleep 1
  k|<6>led_mod: mod:green:first set to 0
  k|<6>led_mod: gone
