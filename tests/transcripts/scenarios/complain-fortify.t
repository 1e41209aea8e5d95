# a copy of more than there is room for, which is stopped before
  $ insmod complain_fortify.ko
  2| Segmentation fault
  k|<4>complain_fortify: loading out-of-tree module taints kernel.
  k|<5>complain_fortify: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_fortify: copying
  k|<0>detected buffer overflow in memcpy
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/string_helpers.c:1027!
  k|<4>invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  [139]
  $ lsmod
  Module                  Size  Used by
  complain_fortify       16384  1
