# what a uevent file takes
  $ insmod hello_export.ko
  k|<4>hello_export: loading out-of-tree module taints kernel.
  k|<5>hello_export: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>Hello,world
  $ cat /sys/module/printk/uevent
  2| cat: can't open '/sys/module/printk/uevent': Permission denied
  [1]
  $ echo add > /sys/module/hello_export/uevent
  $ echo remove > /sys/module/hello_export/uevent
  $ echo change > /sys/module/hello_export/uevent
  $ echo move > /sys/module/hello_export/uevent
  $ echo online > /sys/module/hello_export/uevent
  $ echo offline > /sys/module/hello_export/uevent
  $ echo bind > /sys/module/hello_export/uevent
  $ echo unbind > /sys/module/hello_export/uevent
  $ echo what > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: unknown uevent action string
  [1]
  $ echo '' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: unknown uevent action string
  [1]
  $ echo offlinex > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: unknown uevent action string
  [1]
  $ echo of > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: unknown uevent action string
  [1]
  $ echo ' add' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: unknown uevent action string
  [1]
  $ echo 'add ' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add  ' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'change x=y' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed' > /sys/module/hello_export/uevent
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=1 b2=cD' > /sys/module/hello_export/uevent
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed =1' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=1 ' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed  A=1' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eedA=1' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A_B=1' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=/x' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18ee' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eeg' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: incorrect uevent action arguments
  [1]
  $ echo 'add FE4D7C9D-B8C6-4A70-9EF1-3D8A58D18EED A=1' > /sys/module/hello_export/uevent
  $ echo 'what fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed' > /sys/module/hello_export/uevent
  2| sh: 1: echo: echo: I/O error
  k|<4>synth uevent: /module/hello_export: unknown uevent action string
  [1]
  $ printf add > /sys/module/printk/uevent
  $ printf 'add\n\n' > /sys/module/printk/uevent
  2| sh: 1: printf: printf: I/O error
  k|<4>synth uevent: /module/printk: unknown uevent action string
  [1]
  $ printf 'add\0' > /sys/module/printk/uevent
  $ printf 'add\0x' > /sys/module/printk/uevent
  2| sh: 1: printf: printf: I/O error
  k|<4>synth uevent: /module/printk: unknown uevent action string
  [1]
