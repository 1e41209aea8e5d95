# writing to parameters of what is compiled in
  $ cd /sys/module/firmware_class/parameters; printf 777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777 > path; cat path
  777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777
  $ cd /sys/module/firmware_class/parameters; printf 8888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888 > path; cat path
  777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777
  2| sh: 1: printf: printf: I/O error
  k|<3>firmware_class.path: string doesn't fit in 255 chars.
  $ cd /sys/module/firmware_class/parameters; echo /own > path; cat path
  /own
  
  $ cd /sys/module/firmware_class/parameters; echo 999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999 > path; cat path
  /own
  
  2| sh: 1: echo: echo: I/O error
  k|<3>firmware_class.path: string doesn't fit in 255 chars.
  $ cd /sys/module/firmware_class/parameters; printf /öwn > path; cat path
  /öwn
  $ cd /sys/module/firmware_class/parameters; printf '' > path; cat path
  /öwn
  $ cd /sys/module/printk/parameters; echo n > time; cat time
  N
  $ cd /sys/module/printk/parameters; echo maybe > time; cat time
  N
  2| sh: 1: echo: echo: I/O error
  $ cd /sys/module/printk/parameters; echo 1 > time; cat time
  Y
  $ cd /sys/module/printk/parameters; echo '' > time; cat time
  Y
  2| sh: 1: echo: echo: I/O error
  $ cd /sys/module/rcupdate/parameters; echo 0x20 > rcu_cpu_stall_timeout; cat rcu_cpu_stall_timeout
  32
  $ cd /sys/module/rcupdate/parameters; echo 12x > rcu_cpu_stall_timeout; cat rcu_cpu_stall_timeout
  32
  2| sh: 1: echo: echo: I/O error
  $ cd /sys/module/rcupdate/parameters; echo 99999999999 > rcu_cpu_stall_timeout; cat rcu_cpu_stall_timeout
  32
  2| sh: 1: echo: echo: I/O error
  $ cd /sys/module/rcupdate/parameters; echo '' > rcu_cpu_stall_timeout; cat rcu_cpu_stall_timeout
  32
  2| sh: 1: echo: echo: I/O error
  $ cd /sys/module/kernel/parameters; echo 1 > initcall_debug; cat initcall_debug
  Y
  $ cd /sys/module/kernel/parameters; echo Y > initcall_debug; cat initcall_debug
  Y
  $ cd /sys/module/kernel/parameters; echo f > initcall_debug; cat initcall_debug
  N
