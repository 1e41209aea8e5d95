# an install command for a module that has softdeps
  $ printf 'install softdep_mod echo instead of softdep_mod\n' > /etc/modprobe.d/a.conf
  $ modprobe -n -v softdep_mod
  insmod /lib/modules/6.1.0-56-amd64/extra/soft_pre.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/softdep_mod.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/soft_post.ko 
  $ modprobe -v softdep_mod
  insmod /lib/modules/6.1.0-56-amd64/extra/soft_pre.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/softdep_mod.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/soft_post.ko 
  k|<4>soft_pre: loading out-of-tree module taints kernel.
  k|<5>soft_pre: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>soft_pre: init
  k|<6>softdep_mod: init
  k|<6>soft_post: init
  $ lsmod
  Module                  Size  Used by
  soft_post              16384  0
  softdep_mod            16384  0
  soft_pre               16384  0
  $ modprobe -D softdep_mod
  insmod /lib/modules/6.1.0-56-amd64/extra/soft_pre.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/softdep_mod.ko 
  insmod /lib/modules/6.1.0-56-amd64/extra/soft_post.ko 
  $ modprobe -v --ignore-install softdep_mod
  $ lsmod
  Module                  Size  Used by
  soft_post              16384  0
  softdep_mod            16384  0
  soft_pre               16384  0
  $ modprobe -r -v softdep_mod
  rmmod soft_post
  rmmod softdep_mod
  rmmod soft_pre
  k|<6>soft_post: exit
  k|<6>softdep_mod: exit
  k|<6>soft_pre: exit
  $ lsmod
  Module                  Size  Used by
