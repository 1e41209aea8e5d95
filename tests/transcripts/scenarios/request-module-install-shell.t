# Install commands that request_module() leads to: what their shell is given, and how they fail
  $ echo 'install dia_base echo "$HOME $TERM $MODPROBE_OPTIONS $MODPROBE_MODULE $USER" > /tmp/given; (umask; id -u) >> /tmp/given' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for dia_base
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ cat /tmp/given
  / linux -q dia_base 
  0022
  0
  $ echo 'install dia_base echo hello; echo $? > /tmp/status; echo oops >&2; echo $? >> /tmp/status; cat; echo $? >> /tmp/status; /sbin/modprobe -i dia_base' > /etc/modprobe.d/a.conf
  $ insmod request_mod.ko name=dia_base; rmmod request_mod; rmmod dia_base; cat /tmp/status
  1
  2
  1
  k|<6>request_mod: asking for dia_base
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  k|<6>dia_base: exit
  $ echo 'install dia_base /sbin/modprobe -i dia_base; exit 3' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; rmmod dia_base
  k|<6>request_mod: asking for dia_base
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>dia_base: exit
  $ echo 'install dia_base /sbin/modprobe -i dia_base; kill -9 $$' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; rmmod dia_base
  k|<6>request_mod: asking for dia_base
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  k|<6>dia_base: exit
  $ echo 'install dia_base no_such_command' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<6>request_mod: asking for dia_base
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ echo 'install dia_base /sbin/modprobe fail_enodev || /sbin/modprobe no_such || /sbin/insmod /t/hello_export.ko' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod
  Module                  Size  Used by
  hello_export           16384  0
  k|<6>request_mod: asking for dia_base
  k|<6>fail_enodev: init returns -ENODEV
  k|<6>Hello,world
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo 'install dia_base lsmod > /tmp/mods; rmmod request_mod 2>> /tmp/mods; echo $? >> /tmp/mods; rmmod hello_export; echo $? >> /tmp/mods; modprobe -q no_such 2>> /tmp/mods; modprobe no_such 2>> /tmp/mods; MODPROBE_OPTIONS= modprobe no_such 2>> /tmp/mods; modprobe -n -v --show-depends chain_a >> /tmp/mods' > /etc/modprobe.d/a.conf
  $ insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod; cat /tmp/mods
  Module                  Size  Used by
  Module                  Size  Used by
  request_mod            16384  1
  hello_export           16384  0
  rmmod: ERROR: Module request_mod is in use
  1
  0
  modprobe: FATAL: Module no_such not found in directory /lib/modules/6.1.0-56-amd64
  insmod /lib/modules/6.1.0-56-amd64/extra/chain_c.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/chain_b.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/chain_a.ko 
  k|<6>request_mod: asking for dia_base
  k|<6>Bye bye
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo 'install dia_base yes; /sbin/modprobe -i dia_base' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; rmmod dia_base
  k|<6>request_mod: asking for dia_base
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  k|<6>dia_base: exit
  $ insmod hello_export.ko; echo 'install dia_base rmmod hello_export; modprobe chain_b; rmmod chain_b; insmod /t/hello_export.ko; modprobe -r hello_export; insmod /t/hello_export.ko; insmod /t/params_quiet.ko bool_val=1; modprobe -i dia_base' > /etc/modprobe.d/a.conf
  k|<6>Hello,world
  $ insmod request_mod.ko name=dia_base; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  params_quiet           16384  0
  hello_export           16384  0
  chain_c                16384  0
  request_mod            16384  0
  k|<6>request_mod: asking for dia_base
  k|<6>Bye bye
  k|<6>chain_c: init 11
  k|<6>chain_b: init 22
  k|<6>chain_b: exit
  k|<6>Hello,world
  k|<6>Bye bye
  k|<6>Hello,world
  k|<4>params_quiet: unknown parameter 'bool_val' ignored
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 0
  $ rmmod request_mod; rmmod dia_base; rmmod hello_export; lsmod
  Module                  Size  Used by
  params_quiet           16384  0
  chain_c                16384  0
  k|<6>request_mod: exit
  k|<6>dia_base: exit
  k|<6>Bye bye
