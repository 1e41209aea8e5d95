# an init that returns -EAGAIN or -EIO
  $ insmod fail_eagain.ko
  2| insmod: ERROR: could not insert module fail_eagain.ko: Resource temporarily unavailable
  k|<4>fail_eagain: loading out-of-tree module taints kernel.
  k|<5>fail_eagain: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>fail_eagain: init returns -EAGAIN
  [1]
  $ insmod fail_eio.ko
  2| insmod: ERROR: could not insert module fail_eio.ko: Input/output error
  k|<6>fail_eio: init returns -EIO
  [1]
  $ modprobe fail_eagain
  2| modprobe: ERROR: could not insert 'fail_eagain': Resource temporarily unavailable
  k|<6>fail_eagain: init returns -EAGAIN
  [1]
  $ modprobe fail_eio
  2| modprobe: ERROR: could not insert 'fail_eio': Input/output error
  k|<6>fail_eio: init returns -EIO
  [1]
  $ lsmod
  Module                  Size  Used by
