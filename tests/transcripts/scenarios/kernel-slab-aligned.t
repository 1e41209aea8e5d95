# caches with a constructor whose objects are aligned, or freed by RCU
  $ insmod slab_ctor.ko size=100 align=64
  k|<4>slab_ctor: loading out-of-tree module taints kernel.
  k|<5>slab_ctor: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>slab_ctor: size 100: made 0
  k|<6>slab_ctor: object 0: 32 made
  k|<6>slab_ctor: object 32: 32 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 64 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=100 flags=0x2000
  k|<6>slab_ctor: size 100: made 0
  k|<6>slab_ctor: object 0: 32 made
  k|<6>slab_ctor: object 32: 32 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 64 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=100 flags=0x80000
  k|<6>slab_ctor: size 100: made 0
  k|<6>slab_ctor: object 0: 36 made
  k|<6>slab_ctor: object 36: 36 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 72 made
  $ rmmod slab_ctor
