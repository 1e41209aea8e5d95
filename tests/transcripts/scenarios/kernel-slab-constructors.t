# caches with a constructor: it makes all objects of a slab, and free ones keep what is in them
  $ insmod slab_ctor.ko size=12
  k|<4>slab_ctor: loading out-of-tree module taints kernel.
  k|<5>slab_ctor: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>slab_ctor: size 12: made 0
  k|<6>slab_ctor: object 0: 170 made
  k|<6>slab_ctor: again: 0 made, has 0x5678
  k|<6>slab_ctor: all: 170 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=24
  k|<6>slab_ctor: size 24: made 0
  k|<6>slab_ctor: object 0: 128 made
  k|<6>slab_ctor: again: 0 made, has 0x5678
  k|<6>slab_ctor: all: 128 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=64
  k|<6>slab_ctor: size 64: made 0
  k|<6>slab_ctor: object 0: 56 made
  k|<6>slab_ctor: again: 0 made, has 0x5678
  k|<6>slab_ctor: all: 56 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=100
  k|<6>slab_ctor: size 100: made 0
  k|<6>slab_ctor: object 0: 36 made
  k|<6>slab_ctor: object 36: 36 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 72 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=300
  k|<6>slab_ctor: size 300: made 0
  k|<6>slab_ctor: object 0: 13 made
  k|<6>slab_ctor: object 13: 13 made
  k|<6>slab_ctor: object 26: 13 made
  k|<6>slab_ctor: object 39: 13 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 52 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=700
  k|<6>slab_ctor: size 700: made 0
  k|<6>slab_ctor: object 0: 11 made
  k|<6>slab_ctor: object 11: 11 made
  k|<6>slab_ctor: object 22: 11 made
  k|<6>slab_ctor: object 33: 11 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 44 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=1000
  k|<6>slab_ctor: size 1000: made 0
  k|<6>slab_ctor: object 0: 8 made
  k|<6>slab_ctor: object 8: 8 made
  k|<6>slab_ctor: object 16: 8 made
  k|<6>slab_ctor: object 24: 8 made
  k|<6>slab_ctor: object 32: 8 made
  k|<6>slab_ctor: again: 0 made, has 0x5678
  k|<6>slab_ctor: all: 40 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=2048
  k|<6>slab_ctor: size 2048: made 0
  k|<6>slab_ctor: object 0: 15 made
  k|<6>slab_ctor: object 15: 15 made
  k|<6>slab_ctor: object 30: 15 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 45 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=4096
  k|<6>slab_ctor: size 4096: made 0
  k|<6>slab_ctor: object 0: 7 made
  k|<6>slab_ctor: object 7: 7 made
  k|<6>slab_ctor: object 14: 7 made
  k|<6>slab_ctor: object 21: 7 made
  k|<6>slab_ctor: object 28: 7 made
  k|<6>slab_ctor: object 35: 7 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 42 made
  $ rmmod slab_ctor
  $ insmod slab_ctor.ko size=5000
  k|<6>slab_ctor: size 5000: made 0
  k|<6>slab_ctor: object 0: 6 made
  k|<6>slab_ctor: object 6: 6 made
  k|<6>slab_ctor: object 12: 6 made
  k|<6>slab_ctor: object 18: 6 made
  k|<6>slab_ctor: object 24: 6 made
  k|<6>slab_ctor: object 30: 6 made
  k|<6>slab_ctor: object 36: 6 made
  k|<6>slab_ctor: again: 0 made, has 0x1234
  k|<6>slab_ctor: all: 42 made
  $ rmmod slab_ctor
