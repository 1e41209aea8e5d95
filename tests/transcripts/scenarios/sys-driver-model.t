# what /sys shows of buses, drivers and devices
  $ insmod driver_model.ko
  k|<4>driver_model: loading out-of-tree module taints kernel.
  k|<5>driver_model: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>driver_model: probe part0 by part
  k|<6>driver_model: probe model-platform
  $ cd /sys/bus/model && ls -l | awk '{print $1,$5,$9,$10,$11}'; cat /sys/bus/model/drivers_autoprobe
  total    
  drwxr-xr-x 0 devices  
  drwxr-xr-x 0 drivers  
  -rw-r--r-- 4096 drivers_autoprobe  
  --w------- 4096 drivers_probe  
  --w------- 4096 uevent  
  1
  $ cd /sys/bus/model && ls devices drivers drivers/*; readlink devices/part0; readlink drivers/part/part0; readlink drivers/part/module
  devices:
  part0
  
  drivers:
  par
  part
  quiet
  
  drivers/par:
  bind
  module
  uevent
  unbind
  
  drivers/part:
  bind
  module
  part0
  uevent
  unbind
  
  drivers/quiet:
  module
  uevent
  ../../../devices/model0/part0
  ../../../../devices/model0/part0
  ../../../../module/driver_model
  $ cd /sys/bus/model/drivers/part && ls -l | awk '{print $1,$5,$9,$10,$11}'; cat /sys/bus/model/drivers/part/uevent
  total    
  --w------- 4096 bind  
  lrwxrwxrwx 0 module -> ../../../../module/driver_model
  lrwxrwxrwx 0 part0 -> ../../../../devices/model0/part0
  --w------- 4096 uevent  
  --w------- 4096 unbind  
  2| cat: can't open '/sys/bus/model/drivers/part/uevent': Permission denied
  [1]
  $ cd /sys/devices/model0 && ls -l . part0 | awk '{print $1,$5,$9,$10,$11}'
  .:    
  total    
  drwxr-xr-x 0 part0  
  drwxr-xr-x 0 power  
  -rw-r--r-- 4096 uevent  
      
  part0:    
  total    
  lrwxrwxrwx 0 driver -> ../../../bus/model/drivers/part
  drwxr-xr-x 0 model-class  
  drwxr-xr-x 0 power  
  lrwxrwxrwx 0 subsystem -> ../../../bus/model
  -rw-r--r-- 4096 uevent  
  $ cd /sys/devices/model0/part0 && grep . uevent power/*; ls -l power | awk '{print $1,$5,$9}'
  uevent:DRIVER=part
  power/async:disabled
  power/control:auto
  power/runtime_active_kids:0
  power/runtime_active_time:0
  power/runtime_enabled:disabled
  power/runtime_status:unsupported
  power/runtime_suspended_time:0
  power/runtime_usage:0
  total  
  -rw-r--r-- 4096 async
  -rw-r--r-- 4096 autosuspend_delay_ms
  -rw-r--r-- 4096 control
  -r--r--r-- 4096 runtime_active_kids
  -r--r--r-- 4096 runtime_active_time
  -r--r--r-- 4096 runtime_enabled
  -r--r--r-- 4096 runtime_status
  -r--r--r-- 4096 runtime_suspended_time
  -r--r--r-- 4096 runtime_usage
  $ cd /sys/devices/model0/part0/model-class/model-node && ls && readlink device && readlink subsystem && cat uevent dev && ls power
  dev
  device
  power
  subsystem
  uevent
  ../../../part0
  ../../../../../class/model-class
  MAJOR=240
  MINOR=3
  DEVNAME=model-node
  240:3
  async
  autosuspend_delay_ms
  control
  runtime_active_kids
  runtime_active_time
  runtime_enabled
  runtime_status
  runtime_suspended_time
  runtime_usage
  $ cd /sys/devices/virtual/model-class/model-none && ls && readlink subsystem && cat uevent
  power
  subsystem
  uevent
  ../../../../class/model-class
  $ ls -l /sys/class/model-class | awk '{print $1,$9,$10,$11}'
  total   
  lrwxrwxrwx model-node -> ../../devices/model0/part0/model-class/model-node
  lrwxrwxrwx model-none -> ../../devices/virtual/model-class/model-none
  $ cd /sys/bus/model/drivers && echo part0 > part/unbind; ls part; echo part0 > par/bind; echo part0 > part/bind; ls part; echo part0 > part/bind
  bind
  module
  uevent
  unbind
  bind
  module
  part0
  uevent
  unbind
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  k|<6>driver_model: remove part0
  k|<4>par: probe of part0 failed with error -22
  k|<6>driver_model: probe part0 by part
  [1]
  $ cd /sys/bus/model/drivers && echo nothing > part/bind; echo nothing > part/unbind; echo part0 > par/unbind
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  [1]
  $ cd /sys/bus/model && echo part0 > drivers/part/unbind; echo part0 > drivers_probe; echo nothing > drivers_probe; ls drivers/part
  bind
  module
  part0
  uevent
  unbind
  2| sh: 1: echo: echo: I/O error
  k|<6>driver_model: remove part0
  k|<6>driver_model: probe part0 by part
  $ cd /sys/bus/model && echo 0 > drivers_autoprobe; cat drivers_autoprobe; echo 7 > drivers_autoprobe; cat drivers_autoprobe
  0
  1
  $ cd /sys/bus/platform/drivers/model-platform && ls -l | awk '{print $1,$5,$9,$10,$11}'
  total    
  --w------- 4096 bind  
  lrwxrwxrwx 0 model-platform.7 -> ../../../../devices/platform/model-platform.7
  lrwxrwxrwx 0 module -> ../../../../module/driver_model
  --w------- 4096 uevent  
  --w------- 4096 unbind  
  $ cd /sys/devices/platform/model-platform.7 && ls -l | awk '{print $1,$5,$9,$10,$11}'; cat modalias uevent driver_override
  total    
  lrwxrwxrwx 0 driver -> ../../../bus/platform/drivers/model-platform
  -rw-r--r-- 4096 driver_override  
  -r--r--r-- 4096 modalias  
  drwxr-xr-x 0 power  
  lrwxrwxrwx 0 subsystem -> ../../../bus/platform
  -rw-r--r-- 4096 uevent  
  platform:model-platform
  DRIVER=model-platform
  MODALIAS=platform:model-platform
  (null)
  $ cd /sys/devices/platform/model-platform.7 && echo other > driver_override; cat driver_override; echo model-platform.7 > driver/unbind; echo model-platform.7 > /sys/bus/platform/drivers/model-platform/bind; ls
  other
  driver_override
  modalias
  power
  subsystem
  uevent
  2| sh: 1: echo: echo: I/O error
  k|<6>driver_model: remove model-platform
  $ cd /sys/devices/platform/model-platform.7 && echo > driver_override; cat driver_override; echo model-platform.7 > /sys/bus/platform/drivers_probe; readlink driver
  (null)
  ../../../bus/platform/drivers/model-platform
  k|<6>driver_model: probe model-platform
  $ ls /sys/bus/platform; ls /sys/bus/platform/devices | grep model; ls /sys/bus/platform/drivers | grep model
  devices
  drivers
  drivers_autoprobe
  drivers_probe
  uevent
  model-platform.7
  model-platform
  $ ls /sys/module/driver_model; ls /sys/module/driver_model/drivers
  coresize
  drivers
  holders
  initsize
  initstate
  notes
  refcnt
  sections
  taint
  uevent
  model:par
  model:part
  model:quiet
  platform:model-platform
  $ rmmod driver_model
  k|<6>driver_model: remove model-platform
  k|<6>driver_model: remove part0
  k|<6>driver_model: part0 released
  k|<6>driver_model: model0 released
  $ ls /sys/bus/model /sys/devices/model0 /sys/class/model-class /sys/bus/platform/drivers/model-platform
  2| ls: /sys/bus/model: No such file or directory
  2| ls: /sys/devices/model0: No such file or directory
  2| ls: /sys/class/model-class: No such file or directory
  2| ls: /sys/bus/platform/drivers/model-platform: No such file or directory
  [1]
