# request_module() of names that are odd
  $ for n in %n %s%s%s%n a%20b ../../etc/passwd /t/hello_export.ko 'dia-base' '-r' '--' ' dia_base' 'dia_base hello_export' '*' '[' '[a' 'dia?base' 'alias:x'; do insmod request_mod.ko name="\"$n\""; rmmod request_mod; done
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for %n
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for %s%s%s%n
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for a%20b
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for ../../etc/passwd
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for /t/hello_export.ko
  k|<6>Hello,world
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  k|<6>request_mod: asking for dia-base
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  k|<6>request_mod: asking for -r
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for --
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for  dia_base
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for dia_base hello_export
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for *
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for [
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for [a
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for dia?base
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  k|<6>request_mod: asking for alias:x
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ lsmod
  Module                  Size  Used by
  dia_base               16384  0
  hello_export           16384  0
  $ printf 'alias %%n hello_export\nalias quo"te hello_export\n' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=%n; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  hello_export           16384  0
  k|<6>request_mod: asking for %n
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
