# input devices, their events and handlers: drivers/input, drivers/tty/vt/keyboard.c
  $ insmod calls/drivers_input.ko
  k|<4>drivers_input: loading out-of-tree module taints kernel.
  k|<5>drivers_input: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_input: register_keyboard_notifier(&keys_nb) = 0
  k|<6>input: Calls button as /devices/virtual/input/input2
  k|<6>drivers_input: open Calls button
  k|<6>drivers_input: input_register_device(button) = 0
  k|<6>drivers_input: dev->rep[REP_DELAY] = 250
  k|<6>drivers_input: dev->rep[REP_PERIOD] = 33
  k|<6>drivers_input: dev->evbit[0] = 0x120037
  k|<6>drivers_input: dev->key[BIT_WORD(KEY_A)] = 0x0
  k|<6>drivers_input: dev->led[0] = 0x0
  k|<6>drivers_input: dev->users = 2
  k|<6>drivers_input: dev->hint_events_per_packet = 9
  k|<6>drivers_input: dev->max_vals = 11
  k|<6>drivers_input: dev->num_vals = 0
  k|<6>drivers_input: dev_name(&button->dev) = "input2"
  k|<6>drivers_input: connect Calls button, driver_info 7
  k|<6>drivers_input: result = input_register_handle(handle) = 0
  k|<6>drivers_input: result = input_open_device(handle) = 0
  k|<6>drivers_input: input_register_handler(&logger) = 0
  k|<6>drivers_input: keyboard: action 1 value 30 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 4 value 64353 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 5 value 64353 down 1 shift 0 led 0
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: button->key[BIT_WORD(KEY_A)] = 0x40000000
  k|<6>drivers_input: keyboard: action 1 value 30 down 0 shift 0 led 0
  k|<6>drivers_input: keyboard: action 4 value 64353 down 0 shift 0 led 0
  k|<6>drivers_input: keyboard: action 5 value 64353 down 0 shift 0 led 0
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 0
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: keyboard: action 1 value 42 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 4 value 63232 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 5 value 63232 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 1 value 30 down 1 shift 1 led 0
  k|<6>drivers_input: keyboard: action 4 value 64321 down 1 shift 1 led 0
  k|<6>drivers_input: keyboard: action 5 value 64321 down 1 shift 1 led 0
  k|<6>drivers_input: event of Calls button: type 1 code 42 value 1
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: keyboard: action 1 value 30 down 0 shift 1 led 0
  k|<6>drivers_input: keyboard: action 4 value 64321 down 0 shift 1 led 0
  k|<6>drivers_input: keyboard: action 5 value 64321 down 0 shift 1 led 0
  k|<6>drivers_input: keyboard: action 1 value 42 down 0 shift 1 led 0
  k|<6>drivers_input: keyboard: action 4 value 63232 down 0 shift 1 led 0
  k|<6>drivers_input: keyboard: action 5 value 63232 down 0 shift 1 led 0
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 0
  k|<6>drivers_input: event of Calls button: type 1 code 42 value 0
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: event of Calls button: type 2 code 0 value 3
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: keyboard: action 1 value 272 down 1 shift 0 led 0
  k|<6>drivers_input: event of Calls button: type 1 code 272 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: to the device: type 4 code 4 value 30
  k|<6>drivers_input: event of Calls button: type 4 code 4 value 30
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: event of Calls button: type 5 code 0 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: to the device: type 17 code 1 value 1
  k|<6>drivers_input: event of Calls button: type 17 code 1 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: button->led[0] = 0x2
  k|<6>drivers_input: to the device: type 20 code 0 value 300
  k|<6>drivers_input: keyboard: action 1 value 58 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 4 value 61959 down 1 shift 0 led 0
  k|<6>drivers_input: keyboard: action 5 value 61959 down 1 shift 0 led 4
  k|<6>drivers_input: event of Calls button: type 20 code 0 value 300
  k|<6>drivers_input: event of Calls button: type 1 code 58 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: keyboard: action 1 value 58 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 4 value 61959 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 5 value 61959 down 0 shift 0 led 4
  k|<6>drivers_input: event of Calls button: type 1 code 58 value 0
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: dev->rep[REP_DELAY] = 300
  k|<6>drivers_input: dev->rep[REP_PERIOD] = 33
  k|<6>drivers_input: dev->evbit[0] = 0x120037
  k|<6>drivers_input: dev->key[BIT_WORD(KEY_A)] = 0x0
  k|<6>drivers_input: dev->led[0] = 0x2
  k|<6>drivers_input: dev->users = 3
  k|<6>drivers_input: dev->hint_events_per_packet = 9
  k|<6>drivers_input: dev->max_vals = 11
  k|<6>drivers_input: dev->num_vals = 0
  k|<6>drivers_input: keyboard: action 1 value 30 down 1 shift 0 led 4
  k|<6>drivers_input: keyboard: action 4 value 64321 down 1 shift 0 led 4
  k|<6>drivers_input: keyboard: action 5 value 64321 down 1 shift 0 led 4
  k|<6>drivers_input: keyboard: action 1 value 30 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 4 value 64321 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 5 value 64321 down 0 shift 0 led 4
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 1
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 0
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>input: Unspecified device as /devices/virtual/input/input3
  k|<6>drivers_input: input_register_device(pad) = 0
  k|<6>drivers_input: input_abs_get_max(pad, ABS_X) = 100
  k|<6>input: Calls pad as /devices/virtual/input/input4
  k|<6>drivers_input: connect Calls pad, driver_info 7
  k|<6>drivers_input: result = input_register_handle(handle) = 0
  k|<6>drivers_input: result = input_open_device(handle) = 0
  k|<6>drivers_input: input_register_device(pad) = 0
  k|<6>drivers_input: event of Calls pad: type 3 code 0 value 50
  k|<6>drivers_input: event of Calls pad: type 3 code 1 value 3
  k|<6>drivers_input: event of Calls pad: type 0 code 0 value 0
  k|<6>drivers_input: event of Calls pad: type 3 code 0 value 52
  k|<6>drivers_input: event of Calls pad: type 0 code 0 value 0
  k|<6>drivers_input: event of Calls pad: type 3 code 0 value 55
  k|<6>drivers_input: event of Calls pad: type 0 code 0 value 0
  k|<6>drivers_input: input_abs_get_val(pad, ABS_X) = 55
  k|<6>drivers_input: input_abs_get_val(pad, ABS_Y) = 3
  $ cat /proc/bus/input/devices /proc/bus/input/handlers
  I: Bus=0011 Vendor=0001 Product=0001 Version=ab41
  N: Name="AT Translated Set 2 keyboard"
  P: Phys=isa0060/serio0/input0
  S: Sysfs=/devices/platform/i8042/serio0/input/input0
  U: Uniq=
  H: Handlers=sysrq kbd leds 
  B: PROP=0
  B: EV=120013
  B: KEY=402000002 3803078f800d001 feffffdfffefffff fffffffffffffffe
  B: MSC=10
  B: LED=7
  
  I: Bus=0006 Vendor=0001 Product=0002 Version=0300
  N: Name="Calls button"
  P: Phys=calls/input0
  S: Sysfs=/devices/virtual/input/input2
  U: Uniq=one
  H: Handlers=kbd leds logger 
  B: PROP=0
  B: EV=120037
  B: KEY=10000 0 0 0 400040040000000
  B: REL=1
  B: MSC=10
  B: LED=2
  B: SW=1
  
  I: Bus=0000 Vendor=0000 Product=0000 Version=0000
  N: Name=""
  P: Phys=
  S: Sysfs=/devices/virtual/input/input3
  U: Uniq=
  H: Handlers=
  B: PROP=0
  B: EV=1
  
  I: Bus=0006 Vendor=0000 Product=0000 Version=0000
  N: Name="Calls pad"
  P: Phys=
  S: Sysfs=/devices/virtual/input/input4
  U: Uniq=
  H: Handlers=mouse0 logger 
  B: PROP=0
  B: EV=b
  B: KEY=400 0 0 0 0 0
  B: ABS=3
  
  N: Number=0 Name=kbd
  N: Number=1 Name=sysrq (filter)
  N: Number=2 Name=leds
  N: Number=3 Name=mousedev Minor=32
  N: Number=4 Name=calls_logger
  $ cat /sys/class/input/input2/name /sys/class/input/input2/phys /sys/class/input/input2/uniq /sys/class/input/input2/modalias
  Calls button
  calls/input0
  one
  input:b0006v0001p0002e0300-e0,1,2,4,5,11,14,k110,r0,am4,l1,sfw0,
  $ cat /sys/class/input/input2/uevent /sys/class/input/input4/uevent
  PRODUCT=6/1/2/300
  NAME="Calls button"
  PHYS="calls/input0"
  UNIQ="one"
  PROP=0
  EV=120037
  KEY=10000 0 0 0 400040040000000
  REL=1
  MSC=10
  LED=2
  SW=1
  MODALIAS=input:b0006v0001p0002e0300-e0,1,2,4,5,11,14,k110,r0,am4,l1,sfw0,
  PRODUCT=6/0/0/0
  NAME="Calls pad"
  PROP=0
  EV=b
  KEY=400 0 0 0 0 0
  ABS=3
  MODALIAS=input:b0006v0000p0000e0000-e0,1,3,k14A,ra0,1,mlsfw
  $ grep . /sys/class/input/input2/id/* /sys/class/input/input2/capabilities/*
  /sys/class/input/input2/id/bustype:0006
  /sys/class/input/input2/id/product:0002
  /sys/class/input/input2/id/vendor:0001
  /sys/class/input/input2/id/version:0300
  /sys/class/input/input2/capabilities/abs:0
  /sys/class/input/input2/capabilities/ev:120037
  /sys/class/input/input2/capabilities/ff:0
  /sys/class/input/input2/capabilities/key:10000 0 0 0 400040040000000
  /sys/class/input/input2/capabilities/led:2
  /sys/class/input/input2/capabilities/msc:10
  /sys/class/input/input2/capabilities/rel:1
  /sys/class/input/input2/capabilities/snd:0
  /sys/class/input/input2/capabilities/sw:1
  $ ls /sys/class/input/input2/capabilities/ /sys/class/input/input2/id
  /sys/class/input/input2/capabilities/:
  abs
  ev
  ff
  key
  led
  msc
  rel
  snd
  sw
  
  /sys/class/input/input2/id:
  bustype
  product
  vendor
  version
  $ rmmod drivers_input
  k|<6>drivers_input: disconnect Calls pad
  k|<6>drivers_input: keyboard: action 1 value 30 down 1 shift 0 led 4
  k|<6>drivers_input: keyboard: action 4 value 64321 down 1 shift 0 led 4
  k|<6>drivers_input: keyboard: action 5 value 64321 down 1 shift 0 led 4
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 1
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 0
  k|<6>drivers_input: keyboard: action 1 value 30 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 4 value 64321 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 5 value 64321 down 0 shift 0 led 4
  k|<6>drivers_input: keyboard: action 1 value 272 down 0 shift 0 led 4
  k|<6>drivers_input: event of Calls button: type 1 code 30 value 0
  k|<6>drivers_input: event of Calls button: type 1 code 272 value 0
  k|<6>drivers_input: event of Calls button: type 0 code 0 value 1
  k|<6>drivers_input: to the device: type 17 code 1 value 0
  k|<6>drivers_input: disconnect Calls button
  k|<6>drivers_input: close Calls button
  k|<6>drivers_input: unregister_keyboard_notifier(&keys_nb) = 0
  k|<6>drivers_input: opens = 1
