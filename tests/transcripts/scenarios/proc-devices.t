# which device numbers are taken, and by whom
  $ cat /proc/devices
  Character devices:
    1 mem
    4 /dev/vc/0
    4 tty
    4 ttyS
    5 /dev/tty
    5 /dev/console
    5 /dev/ptmx
    7 vcs
   10 misc
   13 input
   29 fb
  128 ptm
  136 pts
  153 spi
  247 cxl
  248 bsg
  249 ptp
  250 pps
  251 rtc
  252 dax
  253 tpm
  254 gpiochip
  
  Block devices:
  259 blkext
  $ cat /proc/misc
  125 cpu_dma_latency
    1 psaux
  228 hpet
  126 userfaultfd
  231 snapshot
  183 hw_random
  127 vga_arbiter
  $ insmod device_numbers.ko
  k|<4>device_numbers: loading out-of-tree module taints kernel.
  k|<5>device_numbers: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>device_numbers: 0
  k|<6>device_numbers: 0
  k|<6>device_numbers: -16
  k|<6>device_numbers: 0
  k|<6>device_numbers: 0
  k|<6>device_numbers: 246, 244
  k|<6>device_numbers: 254
  k|<6>device_numbers: 0
  k|<6>device_numbers: 0
  $ cat /proc/devices
  Character devices:
    1 mem
    4 /dev/vc/0
    4 tty
    4 ttyS
    5 /dev/tty
    5 /dev/console
    5 /dev/ptmx
    7 vcs
   10 misc
   13 input
   29 fb
  128 ptm
  136 pts
  153 spi
  202 free
  244 a name that is longer than sixty-four letters, of which the tab
  245 first half
  245 second half
  246 found
  247 cxl
  248 bsg
  249 ptp
  250 pps
  251 rtc
  252 dax
  253 tpm
  254 gpiochip
  
  Block devices:
  254 blocks
  259 blkext
  $ cat /proc/misc
  200 fixed_misc
  124 some_misc
  125 cpu_dma_latency
    1 psaux
  228 hpet
  126 userfaultfd
  231 snapshot
  183 hw_random
  127 vga_arbiter
  $ rmmod device_numbers
  $ cat /proc/devices
  Character devices:
    1 mem
    4 /dev/vc/0
    4 tty
    4 ttyS
    5 /dev/tty
    5 /dev/console
    5 /dev/ptmx
    7 vcs
   10 misc
   13 input
   29 fb
  128 ptm
  136 pts
  153 spi
  245 first half
  245 second half
  247 cxl
  248 bsg
  249 ptp
  250 pps
  251 rtc
  252 dax
  253 tpm
  254 gpiochip
  
  Block devices:
  259 blkext
  $ cat /proc/misc
  125 cpu_dma_latency
    1 psaux
  228 hpet
  126 userfaultfd
  231 snapshot
  183 hw_random
  127 vga_arbiter
